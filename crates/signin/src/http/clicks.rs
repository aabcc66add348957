//! What a click or a keystroke does without scripts.

use scraper::{ElementRef, Html};

use crate::error::AgentError;
use crate::form::{self, Edits, Form};
use crate::page::Page;
use crate::selector::Selector;

/// What a click does.
pub(crate) enum Click {
    /// Follows a link.
    Link(url::Url),
    /// Sends a form.
    Send(Box<Form>),
    /// Changes boxes: places and whether they are ticked.
    Tick(Vec<(usize, bool)>),
    /// Nothing that matters.
    Nothing,
}

/// What clicking there does.
pub(crate) fn click(page: &Page, edits: &Edits, selector: &Selector) -> Result<Click, AgentError> {
    let document = page.document();
    let found = selector.all(&document);
    let element = *found.first().ok_or_else(|| not_there("click", selector, page))?;
    let needs_script = || AgentError::NeedsScript { selector: selector.clone(), url: page.url.to_string() };
    let holder = std::iter::once(element)
        .chain(element.ancestors().filter_map(ElementRef::wrap))
        .find(|node| matches!(node.value().name(), "a" | "area" | "button" | "input" | "label" | "summary"));
    let Some(holder) = holder else { return Err(needs_script()) };
    match holder.value().name() {
        "a" | "area" => link(&document, holder, page).ok_or_else(needs_script),
        "label" => match labelled(&document, holder) {
            Some(control) => Ok(press(&document, control, edits, page).unwrap_or(Click::Nothing)),
            None => Ok(Click::Nothing),
        },
        "summary" => Ok(Click::Nothing),
        _ => press(&document, holder, edits, page).ok_or_else(needs_script),
    }
}

fn link(document: &Html, link: ElementRef<'_>, page: &Page) -> Option<Click> {
    let href = link.attr("href")?.trim();
    if href.starts_with('#') {
        return Some(Click::Nothing);
    }
    let url = form::base(document, &page.url).join(href).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(Click::Link(url))
}

fn labelled<'a>(document: &'a Html, label: ElementRef<'a>) -> Option<ElementRef<'a>> {
    match label.attr("for") {
        Some(id) => form::controls(document).into_iter().find(|(_, control)| control.attr("id") == Some(id)),
        None => {
            let inside = |control: &ElementRef<'_>| control.ancestors().any(|node| node.id() == label.id());
            form::controls(document).into_iter().find(|(_, control)| inside(control))
        }
    }
    .map(|(_, control)| control)
}

fn press(document: &Html, control: ElementRef<'_>, edits: &Edits, page: &Page) -> Option<Click> {
    if form::is_submit(control) {
        let owner = form::owner(document, control)?;
        return Some(Click::Send(Box::new(Form::of(document, owner, Some(control), edits, &page.url))));
    }
    let place = form::place_of(document, control)?;
    match (control.value().name(), control.attr("type").unwrap_or_default().to_ascii_lowercase().as_str()) {
        ("input", "checkbox") => {
            let is = edits.ticks.get(&place).copied().unwrap_or_else(|| control.attr("checked").is_some());
            Some(Click::Tick(vec![(place, !is)]))
        }
        ("input", "radio") => {
            let rivals = form::controls(document).into_iter().filter(|(_, rival)| {
                rival.attr("type") == Some("radio") && rival.attr("name") == control.attr("name")
            });
            Some(Click::Tick(rivals.map(|(rival, _)| (rival, rival == place)).collect()))
        }
        ("input", "button" | "reset") | ("button", _) => None,
        _ => Some(Click::Nothing),
    }
}

/// The place of a field that can be written into.
pub(crate) fn field(page: &Page, selector: &Selector) -> Result<usize, AgentError> {
    let document = page.document();
    let found = selector.all(&document);
    let element = *found.first().ok_or_else(|| not_there("fill", selector, page))?;
    let element = match element.value().name() {
        "label" => labelled(&document, element).unwrap_or(element),
        _ => element,
    };
    match element.value().name() {
        "input" | "textarea" | "select" => form::place_of(&document, element),
        _ => None,
    }
    .ok_or_else(|| AgentError::NoElement {
        doing: "fill",
        selector: selector.clone(),
        url: page.url.to_string(),
        why: format!("a <{}> cannot be filled", element.value().name()),
    })
}

fn not_there(doing: &'static str, selector: &Selector, page: &Page) -> AgentError {
    let why = "nothing of the kind is in the page as it is without scripts".to_owned();
    AgentError::NoElement { doing, selector: selector.clone(), url: page.url.to_string(), why }
}
