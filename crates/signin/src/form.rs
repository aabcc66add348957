//! The forms of a page, and what a browser would send for them.

use std::collections::HashMap;

use scraper::{ElementRef, Html};
use url::Url;

use crate::visible::{is_hidden, squeeze};

/// More fields than this are not sent.
const FIELDS: usize = 2000;

/// A form, and what would be sent if nobody touched it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its `id`.
    pub id: Option<String>,
    /// Where it goes.
    pub action: Url,
    /// Whether it is posted.
    pub is_post: bool,
    /// Whether it is posted in parts, as for files.
    pub is_multipart: bool,
    /// Names and values.
    pub fields: Vec<(String, String)>,
    /// Whether the page sends it by itself.
    pub sends_itself: bool,
}

/// What was written into fields and which boxes were clicked, by the place of the control in the page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edits {
    pub(crate) texts: HashMap<usize, String>,
    pub(crate) ticks: HashMap<usize, bool>,
}

impl Form {
    pub(crate) fn all(document: &Html, page: &Url) -> Vec<Self> {
        let forms = elements(document, "form");
        let alone = forms.len() == 1;
        let body =
            elements(document, "body").first().and_then(|body| body.attr("onload")).unwrap_or_default();
        let scripts: String =
            elements(document, "script").iter().flat_map(ElementRef::text).take(64).collect();
        forms
            .into_iter()
            .map(|form| {
                let mut made = Self::of(document, form, None, &Edits::default(), page);
                made.sends_itself = alone && submits(body, &scripts) && only_hidden(document, form);
                made
            })
            .collect()
    }

    /// The form as it is sent by one of its buttons, or by the page.
    pub(crate) fn of(
        document: &Html,
        form: ElementRef<'_>,
        button: Option<ElementRef<'_>>,
        edits: &Edits,
        page: &Url,
    ) -> Self {
        let told = |name: &str| {
            let from_button = button.and_then(|button| button.attr(&format!("form{name}")));
            from_button.or_else(|| form.attr(name)).map(str::trim)
        };
        let action = match told("action") {
            None | Some("") => page.clone(),
            Some(action) => base(document, page).join(action).unwrap_or_else(|_| page.clone()),
        };
        Self {
            id: form.attr("id").map(str::to_owned),
            action,
            is_post: told("method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
            is_multipart: told("enctype")
                .is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/form-data")),
            fields: fields(document, form, button, edits),
            sends_itself: false,
        }
    }

    /// The fields as `application/x-www-form-urlencoded`.
    pub fn encoded(&self) -> String {
        encode(&self.fields)
    }
}

/// Names and values as `application/x-www-form-urlencoded`.
pub(crate) fn encode(fields: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The address that relative ones are relative to.
pub(crate) fn base(document: &Html, page: &Url) -> Url {
    let href = elements(document, "base").into_iter().find_map(|base| base.attr("href"));
    href.and_then(|href| page.join(href).ok()).unwrap_or_else(|| page.clone())
}

/// A script that sends a form without being asked.
fn submits(onload: &str, scripts: &str) -> bool {
    let calls = |text: &str| text.contains(".submit()") || text.contains(".requestSubmit()");
    calls(onload) || calls(scripts) || (!onload.is_empty() && scripts.contains("submit"))
}

/// Nothing in it waits for a person; a button may stand there for those without scripts.
fn only_hidden(document: &Html, form: ElementRef<'_>) -> bool {
    let mut any = false;
    for (_, control) in controls(document) {
        if !belongs(document, control, form) {
            continue;
        }
        match (control.value().name(), control.attr("type").unwrap_or("text").to_ascii_lowercase().as_str()) {
            ("input", "hidden") => any = true,
            ("input", "submit" | "button" | "image") | ("button", _) => {}
            ("textarea", _) if control.attr("style").is_some() || is_hidden(control) => any = true,
            _ if is_hidden(control) => {}
            _ => return false,
        }
    }
    any
}

/// What can be filled or clicked in a page, each with its place.
pub(crate) fn controls(document: &Html) -> Vec<(usize, ElementRef<'_>)> {
    let names = ["input", "textarea", "select", "button"];
    let all = document.root_element().descendent_elements();
    all.filter(|element| names.contains(&element.value().name())).enumerate().collect()
}

/// The place of a control in its page.
pub(crate) fn place_of(document: &Html, element: ElementRef<'_>) -> Option<usize> {
    controls(document).into_iter().find(|(_, control)| control.id() == element.id()).map(|(place, _)| place)
}

/// The form that a control is sent with.
pub(crate) fn owner<'a>(document: &'a Html, control: ElementRef<'a>) -> Option<ElementRef<'a>> {
    match control.attr("form") {
        Some(id) => elements(document, "form").into_iter().find(|form| form.attr("id") == Some(id)),
        None => control.ancestors().filter_map(ElementRef::wrap).find(|node| node.value().name() == "form"),
    }
}

/// Whether a control sends its form.
pub(crate) fn is_submit(control: ElementRef<'_>) -> bool {
    let kind = control.attr("type").unwrap_or_default().to_ascii_lowercase();
    match control.value().name() {
        "button" => !matches!(kind.as_str(), "button" | "reset"),
        "input" => matches!(kind.as_str(), "submit" | "image"),
        _ => false,
    }
}

fn belongs(document: &Html, control: ElementRef<'_>, form: ElementRef<'_>) -> bool {
    owner(document, control).is_some_and(|owner| owner.id() == form.id())
}

fn fields(
    document: &Html,
    form: ElementRef<'_>,
    button: Option<ElementRef<'_>>,
    edits: &Edits,
) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (place, control) in controls(document) {
        if fields.len() >= FIELDS {
            break;
        }
        let Some(name) = control.attr("name").filter(|name| !name.is_empty()) else { continue };
        if !belongs(document, control, form) || is_disabled(control) {
            continue;
        }
        let kind = control.attr("type").unwrap_or_default().to_ascii_lowercase();
        let pressed = button.is_some_and(|button| button.id() == control.id());
        let value = || control.attr("value").unwrap_or_default().to_owned();
        let written = edits.texts.get(&place).cloned();
        match (control.value().name(), kind.as_str()) {
            ("button", _) | ("input", "submit") if pressed => fields.push((name.to_owned(), value())),
            ("input", "image") if pressed => {
                fields.push((format!("{name}.x"), "0".to_owned()));
                fields.push((format!("{name}.y"), "0".to_owned()));
            }
            ("button", _) | ("input", "submit" | "image" | "button" | "reset" | "file") => {}
            ("input", "checkbox" | "radio") => {
                let ticked = edits.ticks.get(&place).copied();
                if ticked.unwrap_or_else(|| control.attr("checked").is_some()) {
                    fields.push((name.to_owned(), control.attr("value").unwrap_or("on").to_owned()));
                }
            }
            ("input", _) => fields.push((name.to_owned(), written.unwrap_or_else(value))),
            ("textarea", _) => {
                let text = || control.text().collect::<String>().trim_start_matches('\n').to_owned();
                fields.push((name.to_owned(), written.unwrap_or_else(text)));
            }
            ("select", _) => match written {
                Some(value) => fields.push((name.to_owned(), value)),
                None => fields.extend(chosen(control).into_iter().map(|(value, _)| (name.to_owned(), value))),
            },
            _ => {}
        }
    }
    fields
}

fn is_disabled(control: ElementRef<'_>) -> bool {
    let fieldset =
        |node: ElementRef<'_>| node.value().name() == "fieldset" && node.attr("disabled").is_some();
    control.attr("disabled").is_some() || control.ancestors().filter_map(ElementRef::wrap).any(fieldset)
}

/// Values and labels of the options that are chosen: those marked so, else the first of a single choice.
pub(crate) fn chosen(select: ElementRef<'_>) -> Vec<(String, String)> {
    let options: Vec<ElementRef<'_>> =
        select.descendent_elements().filter(|node| node.value().name() == "option").collect();
    let marked: Vec<ElementRef<'_>> =
        options.iter().copied().filter(|option| option.attr("selected").is_some()).collect();
    let chosen = match (marked.is_empty(), select.attr("multiple").is_some()) {
        (true, false) => options.into_iter().take(1).collect(),
        (false, false) => marked.into_iter().rev().take(1).collect(),
        (_, true) => marked,
    };
    let told = |option: ElementRef<'_>| {
        let label = squeeze(&option.text().collect::<String>());
        (option.attr("value").map_or_else(|| label.clone(), str::to_owned), label)
    };
    chosen.into_iter().map(told).collect()
}

/// Every element with this name, in order.
pub(crate) fn elements<'a>(document: &'a Html, name: &str) -> Vec<ElementRef<'a>> {
    document.root_element().descendent_elements().filter(|node| node.value().name() == name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Url {
        Url::parse("https://app.test/dir/page?x=1").unwrap()
    }

    fn forms(html: &str) -> Vec<Form> {
        Form::all(&Html::parse_document(html), &page())
    }

    #[test]
    fn a_form_sends_what_a_browser_would_send() {
        let html = r#"<form action="go" method=POST><input name=a value=1><input name=b type=checkbox checked>
            <input name=c type=checkbox><input name=d disabled value=4><textarea name=e>
five</textarea><select name=f><option value=x>X<option selected>Y</select>
            <fieldset disabled><input name=g></fieldset><input type=submit name=h value=H><input value=none></form>
            <input name=i value=9>"#;
        let form = &forms(html)[0];
        assert_eq!(form.action.as_str(), "https://app.test/dir/go");
        assert!(form.is_post && !form.sends_itself);
        assert_eq!(form.encoded(), "a=1&b=on&e=five&f=Y");
    }

    #[test]
    fn a_button_brings_its_name_and_its_own_address() {
        let html = Html::parse_document(
            r#"<form id=f action=a><input name=q value=1></form><button form=f name=way value=saml formaction="/saml" formmethod=post>"#,
        );
        let form = elements(&html, "form")[0];
        let button = elements(&html, "button")[0];
        let sent = Form::of(&html, form, Some(button), &Edits::default(), &page());
        assert_eq!(
            (sent.action.path(), sent.is_post, sent.encoded().as_str()),
            ("/saml", true, "q=1&way=saml")
        );
    }

    #[test]
    fn a_form_that_its_page_sends_by_itself_is_known() {
        for (html, expected) in [
            (
                "<body onload='document.forms[0].submit()'><form method=post><input type=hidden name=SAMLResponse value=x></form>",
                true,
            ),
            (
                "<form id=appForm method=post><input type=hidden name=a><noscript><input type=submit></noscript></form><script>document.getElementById('appForm').submit();</script>",
                true,
            ),
            (
                "<form method=post><input type=hidden name=a><input name=user></form><script>f.submit()</script>",
                false,
            ),
            ("<form method=post><input type=hidden name=a></form>", false),
        ] {
            assert_eq!(forms(html)[0].sends_itself, expected, "{html}");
        }
    }
}
