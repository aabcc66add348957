//! Paths into JSON bodies, in JavaScript's notation: `a.b[0].c`, `a["b c"]`, `[2]`.

use std::borrow::Cow;

use serde_json::Value;

/// The value at a path; an empty path is the whole body.
///
/// # Errors
/// Says where the path itself cannot be read.
pub(crate) fn find<'a>(body: &'a Value, path: &str) -> Result<Option<Cow<'a, Value>>, String> {
    let mut current = Cow::Borrowed(body);
    for part in parts(path)? {
        let next = match (&current, &part) {
            (Cow::Borrowed(Value::Object(members)), Part::Member(name)) => {
                members.get(name).map(Cow::Borrowed)
            }
            (Cow::Borrowed(Value::Array(elements)), Part::Index(index)) => {
                elements.get(*index).map(Cow::Borrowed)
            }
            // As in JavaScript, a list and a text know their length.
            (Cow::Borrowed(Value::Array(elements)), Part::Member(name)) if name == "length" => {
                Some(Cow::Owned(elements.len().into()))
            }
            (Cow::Borrowed(Value::Object(members)), Part::Index(index)) => {
                members.get(&index.to_string()).map(Cow::Borrowed)
            }
            _ => None,
        };
        match next {
            Some(next) => current = next,
            None => return Ok(None),
        }
    }
    Ok(Some(current))
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Member(String),
    Index(usize),
}

fn parts(path: &str) -> Result<Vec<Part>, String> {
    let mut rest = path.trim();
    // A leading `$` is how JSONPath names the whole body.
    rest = rest.strip_prefix("$.").unwrap_or(rest);
    let mut parts = Vec::new();
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (part, after) = bracket(inside).ok_or_else(|| format!("the path {path:?} is malformed"))?;
            parts.push(part);
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("the path {path:?} is malformed"));
            }
            parts.push(Part::Member(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        if let Some(after) = rest.strip_prefix('.') {
            if after.is_empty() {
                return Err(format!("the path {path:?} is malformed"));
            }
            rest = after;
        }
    }
    Ok(parts)
}

/// What stands in brackets, and what follows them.
fn bracket(inside: &str) -> Option<(Part, &str)> {
    for quote in ['"', '\''] {
        if let Some(quoted) = inside.strip_prefix(quote) {
            let (name, after) = quoted.split_once(quote)?;
            return Some((Part::Member(name.to_owned()), after.trim_start().strip_prefix(']')?));
        }
    }
    let (index, after) = inside.split_once(']')?;
    Some((Part::Index(index.trim().parse().ok()?), after))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(path: &str) -> Option<Value> {
        let body = json!({"a": {"b": [{"c": 7}, {"c": null}]}, "x y": [1], "urn:ext:2.0:User": {"d": 3}});
        find(&body, path).expect(path).map(Cow::into_owned)
    }

    #[test]
    fn members_and_indexes_are_followed() {
        assert_eq!(found("a.b[0].c"), Some(json!(7)));
        assert_eq!(found("a.b[1].c"), Some(json!(null)));
        assert_eq!(found("a.b.length"), Some(json!(2)));
        assert_eq!(found("['x y'][0]"), Some(json!(1)));
        assert_eq!(found("[\"urn:ext:2.0:User\"].d"), Some(json!(3)));
    }

    #[test]
    fn what_is_not_there_is_no_value() {
        for path in ["a.x", "a.b[2]", "a[0]", "a.b.c", "a.b[0].c.d", "a.b.length.x"] {
            assert_eq!(found(path), None, "{path}");
        }
    }

    #[test]
    fn a_malformed_path_is_an_error_and_no_panic() {
        for path in ["a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "['a", "a[99999999999999999999999]"] {
            assert!(find(&json!({}), path).is_err(), "{path}");
        }
    }
}
