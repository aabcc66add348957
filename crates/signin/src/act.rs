//! What a user agent is asked to do.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::selector::Selector;

/// One thing that a person would do in a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Opens an address, as if it were typed.
    Open(Url),
    /// Writes into a field, in place of what is there.
    Fill {
        /// The field.
        field: Selector,
        /// What to write.
        text: String,
    },
    /// Clicks a link, a button, a box.
    Click(Selector),
    /// Waits until something is so.
    WaitFor(Until),
    /// Does more, if something is to be seen.
    IfVisible(Selector, Vec<Act>),
    /// Posts a form to an address from the present page, as a page does that submits itself.
    PostForm {
        /// Where to.
        action: Url,
        /// Names and values.
        fields: Vec<(String, String)>,
    },
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// The address matches.
    Url(UrlGlob),
    /// Something is to be seen.
    Visible(Selector),
}

impl std::fmt::Display for Until {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Url(glob) => write!(f, "an address like {}", glob.0),
            Self::Visible(selector) => write!(f, "{selector}"),
        }
    }
}

/// A pattern of addresses: `*` stands for anything, slashes too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UrlGlob(pub String);

impl UrlGlob {
    /// Whether an address, with its query or without, is one of these.
    pub fn matches(&self, url: &Url) -> bool {
        let whole = url.as_str();
        let bare = whole.split(['?', '#']).next().unwrap_or(whole);
        fits(&self.0, whole) || fits(&self.0, bare)
    }
}

fn fits(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_an_address_stands_for_anything() {
        let url = Url::parse("https://app.test/t/acme/login?next=/x").unwrap();
        for (glob, expected) in [
            ("https://app.test/t/acme/login", true),
            ("*/login", true),
            ("*/login*", true),
            ("https://*/acme/*", true),
            ("*/home", false),
            ("https://app.test", false),
            ("*login*login*", false),
        ] {
            assert_eq!(UrlGlob(glob.to_owned()).matches(&url), expected, "{glob}");
        }
    }
}
