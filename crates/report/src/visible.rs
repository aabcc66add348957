//! Text from a target as a person may see it: nothing in it steers what shows it.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with everything invisible made visible, so that no terminal obeys an escape sequence
/// and no reader is misled by text that runs backwards. Line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // A Windows line break is a line break.
            '\r' if characters.peek() == Some(&'\n') => {}
            '\0'..='\u{1f}' if is_hidden(character) => {
                shown.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => shown.push('\u{2421}'),
            hidden if is_hidden(hidden) => {
                let _ = write!(shown, "<U+{:04X}>", u32::from(hidden));
            }
            plain => shown.push(plain),
        }
    }
    Cow::Owned(shown)
}

/// Controls, marks that turn the direction of text, and code points that XML forbids.
const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// The text on one line, of at most this many characters.
pub(crate) fn one_line(text: &str, most: usize) -> String {
    // Reads a little more than is kept, and never all of a long body.
    let beginning: String = text.chars().take(most.saturating_mul(2)).collect();
    let words: Vec<&str> = beginning.split_whitespace().collect();
    let line = visible(&words.join(" ")).into_owned();
    if line.chars().count() <= most && beginning.len() == text.len() {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_turned_text_become_visible() {
        assert_eq!(visible("a\u{1b}[31m\0b\tc\r\nd\u{7f}"), "a␛[31m␀b\tc\nd␡");
        assert_eq!(visible("user\u{202e}txt.exe"), "user<U+202E>txt.exe");
        assert_eq!(visible("a\rb"), "a␍b");
    }

    #[test]
    fn plain_text_is_left_alone() {
        assert!(matches!(visible("Grüße, 世界 🎉\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_is_short_and_says_that_something_was_left_out() {
        assert_eq!(one_line("a\n b\t c", 20), "a b c");
        assert_eq!(one_line("üüüüü", 3), "üü…");
        assert_eq!(one_line(&"x".repeat(100_000), 10).chars().count(), 10);
    }
}
