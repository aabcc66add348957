//! The `{{template}}` syntax: variables, and functions whose arguments may hold templates.

/// How deep templates may stand inside the arguments of functions.
const DEEPEST: usize = 8;
/// The longest text between braces that is taken for a template.
const LONGEST: usize = 4096;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Stands for itself.
    Text(String),
    /// `{{name}}`: a variable, or a function without arguments.
    Name(String),
    /// `{{name(argument)}}`.
    Call(String, Vec<Piece>),
}

/// The pieces of a text. Braces that are no template stand for themselves.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    pieces_at(text, 0)
}

fn pieces_at(text: &str, depth: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        match inside(&from[2..]).and_then(|inside| Some((inside.len(), template(inside, depth)?))) {
            Some((length, piece)) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(piece);
                rest = &from[length + 4..];
            }
            // One brace further: of three in a row, the last two may open a template.
            None => {
                plain.push('{');
                rest = &from[1..];
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

/// What stands before the braces that close a template just opened.
fn inside(text: &str) -> Option<&str> {
    let window = &text[..text.floor_char_boundary(LONGEST)];
    let (mut open, mut position) = (1_usize, 0);
    while let Some(offset) = window[position..].find(['{', '}']) {
        let at = position + offset;
        if window[at..].starts_with("}}") {
            open -= 1;
            if open == 0 {
                return Some(&text[..at]);
            }
            position = at + 2;
        } else if window[at..].starts_with("{{") {
            open += 1;
            if open > DEEPEST + 1 {
                return None;
            }
            position = at + 2;
        } else {
            position = at + 1;
        }
    }
    None
}

fn template(inside: &str, depth: usize) -> Option<Piece> {
    let inside = inside.trim();
    if let Some((name, rest)) = inside.split_once('(') {
        let argument = rest.strip_suffix(')')?;
        let name = name.trim();
        return (depth < DEEPEST && is_identifier(name))
            .then(|| Piece::Call(name.to_owned(), pieces_at(argument, depth + 1)));
    }
    is_name(inside).then(|| Piece::Name(inside.to_owned()))
}

/// Names are free, as long as they cannot be mistaken for JSON that happens to hold two braces.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 200 && !text.contains(['{', '}', '"', '\'', '\n', '\r', ',', ')'])
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Piece {
        Piece::Name(text.to_owned())
    }

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn variables_stand_between_texts() {
        assert_eq!(pieces("{{a}}/x/{{ b }}"), [name("a"), text("/x/"), name("b")]);
    }

    #[test]
    fn braces_of_json_stand_for_themselves() {
        assert_eq!(pieces(r#"{"a":{"b":{{n}}}}"#), [text(r#"{"a":{"b":"#), name("n"), text("}}")]);
        assert_eq!(pieces("{{{n}}}"), [text("{"), name("n"), text("}")]);
        for plain in [r#"{"a":{"b":{}}}"#, r#"{{"a": 1}}"#, "{{", "}}", "{{}}", "{{a", "{{ü", "a}}b"] {
            assert_eq!(pieces(plain), [text(plain)], "{plain}");
        }
    }

    #[test]
    fn arguments_of_functions_hold_templates() {
        assert_eq!(pieces("{{md5({{a}}:b)}}"), [Piece::Call("md5".to_owned(), vec![name("a"), text(":b")])]);
    }

    #[test]
    fn endless_nesting_ends() {
        let nested = format!("{}{}", "{{f(".repeat(500), ")}}".repeat(500));
        let _ = pieces(&nested);
        let _ = pieces(&"{{".repeat(20_000));
    }
}
