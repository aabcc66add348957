//! What one look at the protected page shows, without what changes from look to look.

use std::collections::BTreeSet;

use scraper::ElementRef;
use sha2::{Digest, Sha256};

use crate::agent::CookieSeen;
use crate::page::Page;
use crate::visible::{is_hidden, squeeze};

/// More facts about one page than this are not compared.
const FACTS: usize = 4000;

/// What one look at a page shows.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The page itself.
    pub page: Page,
    /// A hash over its elements and words, without what changes from look to look.
    pub fingerprint: String,
    /// The names of its host's cookies, what is volatile in them replaced, each with whether it ends
    /// with the browser.
    pub cookies: BTreeSet<(String, bool)>,
    /// Single things that can be said of it, to be compared with other looks.
    pub(crate) facts: BTreeSet<String>,
    /// The words of the profile page, where that was looked at too.
    pub(crate) profile: Option<String>,
}

/// What this page shows, with the cookies that its host would get.
pub fn snapshot(page: &Page, cookies: &[CookieSeen]) -> Snapshot {
    let elements = elements(page);
    let mut hash = Sha256::new();
    for element in &elements {
        hash.update(element.as_bytes());
        hash.update([0]);
    }
    let mut facts: BTreeSet<String> = elements.into_iter().collect();
    facts.insert(format!("address {}", steady(&page.place())));
    facts.insert(format!("title {}", steady(&page.title)));
    if let Some(status) = page.status {
        facts.insert(format!("status {status}"));
    }
    Snapshot {
        page: page.clone(),
        fingerprint: format!("{:x}", hash.finalize())[..32].to_owned(),
        cookies: cookies.iter().map(|cookie| (steady(&cookie.name), cookie.is_session)).collect(),
        facts,
        profile: None,
    }
}

impl Snapshot {
    /// The same look, with the profile page that was opened after it: one more place where it may
    /// show who is signed in.
    #[must_use]
    pub fn with_profile(mut self, profile: &Page) -> Self {
        self.profile = Some(words_of(profile));
        self
    }

    /// Everything that can be read in it: words, values of fields, the profile page.
    pub(crate) fn words(&self) -> String {
        format!("{} {}", words_of(&self.page), self.profile.as_deref().unwrap_or_default())
    }

    /// Whether a password is asked for.
    pub(crate) fn asks_for_password(&self) -> bool {
        self.facts.contains("asks for a password")
    }
}

fn words_of(page: &Page) -> String {
    let document = page.document();
    let values = crate::form::controls(&document);
    let values = values.iter().filter(|(_, control)| control.value().name() == "input");
    let values: Vec<&str> = values.filter_map(|(_, input)| input.attr("value")).collect();
    format!("{} {} {}", page.title, page.text, values.join(" "))
}

/// One line an element: name, id, classes, and its own words.
fn elements(page: &Page) -> Vec<String> {
    let document = page.document();
    let mut lines = Vec::new();
    for element in document.root_element().descendent_elements() {
        let name = element.value().name();
        if lines.len() >= FACTS {
            break;
        }
        let aside =
            matches!(name, "html" | "head" | "body" | "meta" | "link" | "title" | "br" | "hr" | "base");
        if aside || is_hidden(element) {
            continue;
        }
        if name == "input" && element.attr("type") == Some("password") {
            lines.push("asks for a password".to_owned());
        }
        lines.push(line(element));
    }
    lines
}

fn line(element: ElementRef<'_>) -> String {
    let mut classes: Vec<String> = element.value().classes().map(steady).collect();
    classes.sort();
    let id = element.attr("id").map(|id| format!("#{}", steady(id))).unwrap_or_default();
    let own: String =
        element.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect();
    let name = element.attr("name").map(|name| format!("[{}]", steady(name))).unwrap_or_default();
    let class = if classes.is_empty() { String::new() } else { format!(".{}", classes.join(".")) };
    format!("{}{id}{class}{name} {}", element.value().name(), steady(&squeeze(&own)))
}

/// A text without what changes from look to look: times, dates, long numbers, random strings.
pub(crate) fn steady(text: &str) -> String {
    let cut = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '+' | '=' | '/' | '.' | '@'));
    let mut out = String::new();
    for piece in text.split_inclusive(cut) {
        let word = piece.trim_end_matches(cut);
        let rest = &piece[word.len()..];
        if is_time(word) {
            out.push('*');
        } else {
            for part in word.split_inclusive(['/', ':', '.', '_', '-', '@', '=']) {
                let bare = part.trim_end_matches(['/', ':', '.', '_', '-', '@', '=']);
                out.push_str(if is_random(bare) { "*" } else { bare });
                out.push_str(&part[bare.len()..]);
            }
        }
        out.push_str(rest);
    }
    out
}

/// `12:30`, `12:30:01`, `2026-01-02`, `2026-01-02T12:30:00Z`: digits with colons or dashes.
fn is_time(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let signs = word.chars().filter(|c| matches!(c, ':' | '-' | '/' | '.')).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 3 && signs >= 1 && letters <= 2 && digits + signs + letters == word.chars().count()
}

/// A number of four digits or more, or a long word with digits and letters mixed as nobody speaks.
fn is_random(word: &str) -> bool {
    let length = word.chars().count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let is_hex = word.chars().all(|c| c.is_ascii_hexdigit());
    (digits == length && length >= 4)
        || (is_hex && length >= 8 && digits >= 1)
        || (length >= 16 && digits >= 2)
        || (length >= 24
            && word.chars().any(|c| c.is_ascii_uppercase())
            && word.chars().any(|c| c.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn look(html: &str) -> Snapshot {
        snapshot(&Page::new(Url::parse("https://app.test/home").unwrap(), Some(200), html.to_owned()), &[])
    }

    #[test]
    fn what_changes_from_look_to_look_is_not_part_of_the_fingerprint() {
        let first = look(
            "<p>Hello, it is 12:30:05 on 2026-03-01</p><form><input type=hidden name=csrf value=8f3b1c></form>\
             <div class='css-1a2b3c4d box' id=react-81723>Request 918273645</div><script nonce=x>1</script>",
        );
        let second = look(
            "<p>Hello, it is 09:01:44 on 2026-03-02</p><form><input type=hidden name=csrf value=00aa11></form>\
             <div class='css-9f8e7d6c box' id=react-55511>Request 111222333</div><script nonce=y>2</script>",
        );
        assert_eq!(first.fingerprint, second.fingerprint);
        assert_ne!(first.fingerprint, look("<p>Bye</p>").fingerprint);
    }

    #[test]
    fn ordinary_words_stay() {
        for text in
            ["Welcome back, Ann", "3 items", "https://app.test/t/acme/home", "session_id", "PHPSESSID"]
        {
            assert_eq!(steady(text), text);
        }
        assert_eq!(steady("_shibsession_64656661756c7468"), "_shibsession_*");
        assert_eq!(steady("mod_auth_openidc_state_Ab3dEf6hIj9kLm2nOp"), "mod_auth_openidc_state_*");
    }
}
