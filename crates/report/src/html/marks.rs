//! Text cut where a secret was taken out, so that the page can show the gap, and where our own prose
//! quotes code.

use crate::visible::visible;

/// No placeholder is longer, in bytes.
const LONGEST: usize = 64;

/// A piece of text, and what it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The text, with nothing invisible in it.
    pub(crate) text: String,
    /// What it is.
    pub(crate) mark: Mark,
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Text.
    Plain,
    /// What redaction has left of a secret.
    Secret,
    /// What stood between backticks.
    Code,
}

/// Our own prose in pieces: what stands between backticks is code.
pub(crate) fn prose(text: &str) -> Vec<Piece> {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without its partner is a backtick.
    if parts.len().is_multiple_of(2) {
        return pieces(&text);
    }
    let marks = [Mark::Plain, Mark::Code].into_iter().cycle();
    let mut pieces = Vec::new();
    for (part, mark) in parts.into_iter().zip(marks) {
        push(&mut pieces, part, mark);
    }
    pieces
}

/// The text in pieces; joined, they are the text.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let text = visible(text);
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut from = 0;
    while let Some(start) = text[from..].find('[').map(|found| from + found) {
        match placeholder_length(&text[start..]) {
            Some(length) => {
                push(&mut pieces, &text[plain..start], Mark::Plain);
                push(&mut pieces, &text[start..start + length], Mark::Secret);
                plain = start + length;
                from = plain;
            }
            None => from = start + 1,
        }
    }
    push(&mut pieces, &text[plain..], Mark::Plain);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, mark: Mark) {
    if !text.is_empty() {
        pieces.push(Piece { text: text.to_owned(), mark });
    }
}

/// The length of the placeholder at the beginning of a text: `[secret]`, `[secret 7]` or
/// `[withheld: why]`.
fn placeholder_length(text: &str) -> Option<usize> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b']')?;
    let inside = &text[1..end];
    let is_one = inside == "secret"
        || inside.starts_with("withheld")
        || inside
            .strip_prefix("secret ")
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    is_one.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(text: &str) -> Vec<String> {
        pieces(text).into_iter().filter(|piece| piece.mark == Mark::Secret).map(|piece| piece.text).collect()
    }

    #[test]
    fn every_kind_of_placeholder_is_found() {
        let text = "Bearer [secret 12], [secret] and [withheld: it would have shown a secret].";
        assert_eq!(
            placeholders(text),
            ["[secret 12]", "[secret]", "[withheld: it would have shown a secret]"]
        );
        let joined: String = pieces(text).into_iter().map(|piece| piece.text).collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn prose_shows_code_and_a_lone_backtick_stays() {
        let shown = |text: &str| -> Vec<(String, Mark)> {
            prose(text).into_iter().map(|piece| (piece.text, piece.mark)).collect()
        };
        let wanted = [("send ", Mark::Plain), ("eq", Mark::Code), (" too", Mark::Plain)];
        assert_eq!(shown("send `eq` too"), wanted.map(|(text, mark)| (text.to_owned(), mark)));
        assert_eq!(shown("one ` alone"), [("one ` alone".to_owned(), Mark::Plain)]);
        assert_eq!(shown("`all`"), [("all".to_owned(), Mark::Code)]);
    }

    #[test]
    fn what_only_looks_like_a_placeholder_is_text() {
        assert!(placeholders("[secretary] [secret x] [secret 1 [secret").is_empty());
        assert!(pieces("").is_empty());
    }
}
