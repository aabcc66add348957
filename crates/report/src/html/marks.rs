//! Text cut where a secret was taken out, so that the page can show the gap.

use crate::visible::visible;

/// No placeholder is longer, in bytes.
const LONGEST: usize = 64;

/// A piece of text, and whether it is what redaction has left.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The text, with nothing invisible in it.
    pub(crate) text: String,
    /// Whether it stands for a secret.
    pub(crate) placeholder: bool,
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
                push(&mut pieces, &text[plain..start], false);
                push(&mut pieces, &text[start..start + length], true);
                plain = start + length;
                from = plain;
            }
            None => from = start + 1,
        }
    }
    push(&mut pieces, &text[plain..], false);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, placeholder: bool) {
    if !text.is_empty() {
        pieces.push(Piece { text: text.to_owned(), placeholder });
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
        pieces(text).into_iter().filter(|piece| piece.placeholder).map(|piece| piece.text).collect()
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
    fn what_only_looks_like_a_placeholder_is_text() {
        assert!(placeholders("[secretary] [secret x] [secret 1 [secret").is_empty());
        assert!(pieces("").is_empty());
    }
}
