//! How a setting names a place in a page: a CSS selector, or `text=` and what is to be read there.

use scraper::{ElementRef, Html};
use serde::{Deserialize, Serialize};

use crate::visible::{is_hidden, squeeze, visible_text};

/// A place in a page: CSS, or `text=Sign in` for what one reads on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Selector(pub String);

/// A text that is no selector. Completes "failed to read the setting: ...".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no selector ({why}); write CSS, or `text=` and the words on the page")]
pub struct BadSelector {
    /// What was written.
    pub text: String,
    /// What is wrong with it.
    pub why: String,
}

impl Selector {
    /// Reads a selector as it is written in settings.
    pub fn parse(text: &str) -> Result<Self, BadSelector> {
        let text = text.trim();
        let bad = |why: String| BadSelector { text: text.to_owned(), why };
        match text.strip_prefix("text=") {
            Some(words) if words.trim().is_empty() => return Err(bad("no words after `text=`".to_owned())),
            Some(_) => {}
            None => {
                scraper::Selector::parse(text).map_err(|error| bad(error.to_string()))?;
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The words of a `text=` selector.
    pub fn words(&self) -> Option<String> {
        self.0.strip_prefix("text=").map(squeeze)
    }

    /// The elements that one would see there, in the order of the document. Nothing, where this is
    /// no selector.
    pub(crate) fn all<'a>(&self, document: &'a Html) -> Vec<ElementRef<'a>> {
        match self.words() {
            Some(words) => by_words(document, &words),
            None => match scraper::Selector::parse(&self.0) {
                Ok(css) => document.select(&css).filter(|element| !is_hidden(*element)).collect(),
                Err(_) => Vec::new(),
            },
        }
    }
}

/// The innermost elements that read so; those that can be clicked come first, exact ones before others.
fn by_words<'a>(document: &'a Html, words: &str) -> Vec<ElementRef<'a>> {
    let mut found: Vec<(u8, ElementRef<'a>)> = Vec::new();
    for element in document.root_element().descendent_elements() {
        let name = element.value().name();
        if matches!(name, "html" | "head" | "body" | "script" | "style" | "title") || is_hidden(element) {
            continue;
        }
        let clickable = matches!(name, "a" | "button" | "summary" | "label" | "input");
        let text = match name {
            "input" if matches!(element.attr("type"), Some("submit" | "button" | "reset")) => {
                squeeze(element.attr("value").unwrap_or_default())
            }
            "input" => continue,
            _ => visible_text(element),
        };
        if !text.contains(words) {
            continue;
        }
        let rank = match (clickable, text == words) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        // A child that reads so stands for its parents.
        found
            .retain(|(old, parent)| *old < rank || !element.ancestors().any(|node| node.id() == parent.id()));
        found.push((rank, element));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, element)| element).collect()
}

impl TryFrom<String> for Selector {
    type Error = BadSelector;

    fn try_from(text: String) -> Result<Self, BadSelector> {
        Self::parse(&text)
    }
}

impl From<Selector> for String {
    fn from(selector: Selector) -> Self {
        selector.0
    }
}

impl std::fmt::Display for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_selector_is_said_when_it_is_read() {
        for bad in ["", "p[", "text=", "text=  ", ">>"] {
            assert!(Selector::parse(bad).is_err(), "{bad}");
        }
        for good in ["#signed-in", "text=Sign in", r#"input[name="x"], .y > a"#] {
            assert_eq!(Selector::parse(good).unwrap().0, good);
        }
    }

    #[test]
    fn words_find_the_button_before_the_paragraph_that_mentions_it() {
        let page = Html::parse_document(
            r#"<p>Press Sign in to go on</p><div><button><b>Sign</b> in</button></div><input type=submit value="Sign in">"#,
        );
        let found = Selector("text=Sign in".to_owned()).all(&page);
        assert_eq!(found[0].value().name(), "button");
        assert_eq!(found[1].value().name(), "input");
    }

    #[test]
    fn what_is_hidden_is_not_there() {
        let page =
            Html::parse_document("<div hidden><a id=out>Sign out</a></div><i style='display: none' class=x>");
        assert!(Selector("#out".to_owned()).all(&page).is_empty());
        assert!(Selector("text=Sign out".to_owned()).all(&page).is_empty());
        assert!(Selector(".x".to_owned()).all(&page).is_empty());
    }
}
