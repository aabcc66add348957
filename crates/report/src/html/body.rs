//! A body laid out for reading. Only white space is added or taken: evidence stays what it was.

use std::borrow::Cow;

use oinspect_core::BODY_CAP;
use serde::de::IgnoredAny;

/// Deep nesting makes far more white space than text; longer than this, a body stays as it is.
const LONGEST: usize = 8 * BODY_CAP;

/// JSON indented; anything else as it is.
///
/// Parsing and writing it again would round long numbers and lose repeated members, and both may
/// be the very thing that a check found.
pub(crate) fn laid_out(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let is_container = trimmed.starts_with('{') || trimmed.starts_with('[');
    if is_container && serde_json::from_str::<IgnoredAny>(trimmed).is_ok() {
        let indented = indented(trimmed);
        if indented.len() <= LONGEST {
            return Cow::Owned(indented);
        }
    }
    Cow::Borrowed(text)
}

/// Valid JSON, one member or element a line.
fn indented(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut characters = json.chars().filter(|character| !character.is_control()).peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                text.push('"');
                copy_string(&mut text, &mut characters);
            }
            '{' | '[' => {
                text.push(character);
                while characters.next_if_eq(&' ').is_some() {}
                // An empty container stays on its line.
                if let Some(end) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    text.push(end);
                } else {
                    depth += 1;
                    break_line(&mut text, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                break_line(&mut text, depth);
                text.push(character);
            }
            ',' => {
                text.push(',');
                break_line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            ' ' => {}
            other => text.push(other),
        }
    }
    text
}

fn break_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth));
}

fn copy_string(text: &mut String, characters: &mut impl Iterator<Item = char>) {
    while let Some(character) = characters.next() {
        text.push(character);
        match character {
            '"' => return,
            '\\' => text.extend(characters.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_indented_and_nothing_else_about_it_changes() {
        let sent = r#"{"a":12345678901234567890123,"a":[ ],"b":["x, \"y\": {z",{ }],"c":1.0e+2}"#;
        assert_eq!(
            laid_out(sent),
            "{\n  \"a\": 12345678901234567890123,\n  \"a\": [],\n  \"b\": [\n    \"x, \\\"y\\\": {z\",\n    {}\n  ],\n  \"c\": 1.0e+2\n}"
        );
    }

    #[test]
    fn json_that_was_already_indented_comes_out_the_same() {
        let once = laid_out(r#"{"a":[1,{"b":null}]}"#).into_owned();
        assert_eq!(laid_out(&once), once);
    }

    #[test]
    fn nesting_does_not_blow_up_the_page() {
        let deep = format!("{}{}1{}", "[".repeat(100), "1,".repeat(BODY_CAP / 2 - 200), "]".repeat(100));
        assert_eq!(laid_out(&deep), deep);
    }

    #[test]
    fn what_is_no_json_stays_as_it_is() {
        for text in ["<html> </html>", "{\"cut\": tr", "plain", "7", "", "{\"a\":\"\u{0}\"}"] {
            assert_eq!(laid_out(text), text);
        }
    }
}
