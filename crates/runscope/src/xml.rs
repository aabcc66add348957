//! XPath over XML bodies, bounded: a hostile body costs an error, not the stack or the afternoon.
//!
//! `sxd-xpath` speaks XPath 1.0, which is what the format's authors write, brings five small crates
//! (`xee-xpath` brings 199) and knows neither entities of a document's own nor external ones. It has
//! no limits of its own, so they are set here, before it sees anything.

use std::fmt::Display;

use serde_json::Value;
use sxd_document::dom::ChildOfRoot;
use sxd_document::parser;
use sxd_xpath::{Context, Factory, Value as Found};

use crate::source::Unreadable;

/// The largest body that is read as XML.
const LARGEST_BODY: usize = 1024 * 1024;
/// The deepest nesting of elements, and of brackets in an expression.
const DEEPEST: usize = 64;
/// The longest expression.
const LONGEST_EXPRESSION: usize = 512;
/// How many elements an expression may come to look at: each `//` or axis may sweep the whole body for
/// every element that the one before found.
const MOST_VISITS: f64 = 2e6;

/// What an XPath expression finds: one text, a list of texts, a number, a truth, or no value.
pub(crate) fn find(body: &str, expression: &str) -> Result<Option<Value>, Unreadable> {
    if expression.is_empty() {
        return Ok(Some(body.into()));
    }
    if body.len() > LARGEST_BODY {
        return Err(Unreadable::Question(format!("the XML body is larger than {LARGEST_BODY} bytes")));
    }
    let elements = survey(body)?;
    check_cost(expression, elements).map_err(Unreadable::Question)?;
    let package =
        parser::parse(body).map_err(|error| Unreadable::Body(format!("the body is no XML: {error}")))?;
    let document = package.as_document();
    let mut context = Context::new();
    let mut known = Vec::new();
    for root in document.root().children().into_iter().filter_map(ChildOfRoot::element) {
        for namespace in root.namespaces_in_scope() {
            context.set_namespace(namespace.prefix(), namespace.uri());
            known.push(namespace.prefix().to_owned());
        }
    }
    // The library panics on a prefix that it does not know.
    if let Some(prefix) = prefixes(expression).find(|prefix| !known.iter().any(|one| one == prefix)) {
        return Err(Unreadable::Body(format!("the root element declares no prefix {prefix:?}")));
    }
    let refused = |why: &dyn Display| Unreadable::Question(format!("the XPath {expression:?}: {why}"));
    let xpath = Factory::new()
        .build(expression)
        .map_err(|error| refused(&error))?
        .ok_or_else(|| refused(&"there is none"))?;
    let found = xpath.evaluate(&context, document.root()).map_err(|error| refused(&error))?;
    Ok(match found {
        Found::Boolean(truth) => Some(truth.into()),
        Found::Number(number) => {
            Some(serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number))
        }
        Found::String(text) => Some(text.into()),
        Found::Nodeset(nodes) => {
            let mut texts: Vec<Value> =
                nodes.document_order().iter().map(|node| node.string_value().into()).collect();
            if texts.len() > 1 { Some(Value::Array(texts)) } else { texts.pop() }
        }
    })
}

/// The namespace prefixes in an expression, quoted texts left out.
fn prefixes(expression: &str) -> impl Iterator<Item = &str> {
    let is_name = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    expression.split(['"', '\'']).step_by(2).flat_map(move |code| {
        code.match_indices(':').filter_map(move |(at, _)| {
            let (before, after) = (&code[..at], &code[at + 1..]);
            if before.ends_with(':') || after.starts_with(':') {
                return None;
            }
            let start = before
                .rfind(|c| !is_name(c))
                .map_or(0, |position| position + before[position..].chars().next().map_or(1, char::len_utf8));
            Some(&before[start..])
        })
    })
}

/// Counts elements, and refuses what is nested too deeply or declares entities.
fn survey(body: &str) -> Result<usize, Unreadable> {
    let (mut depth, mut elements) = (0_usize, 0_usize);
    let mut rest = body;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = if rest.starts_with("!--") {
            after(rest, "-->")
        } else if rest.starts_with("![CDATA[") {
            after(rest, "]]>")
        } else if rest.starts_with('?') {
            after(rest, "?>")
        } else if rest.starts_with('!') {
            return Err(Unreadable::Question("the XML body has a document type".to_owned()));
        } else {
            let end = tag_end(rest);
            if rest.starts_with('/') {
                depth = depth.saturating_sub(1);
            } else {
                elements += 1;
                let closed = end.is_some_and(|end| rest[..end].ends_with("/>"));
                depth += usize::from(!closed);
            }
            end
        };
        if depth > DEEPEST {
            return Err(Unreadable::Question(format!("the XML body nests more than {DEEPEST} elements")));
        }
        match end {
            Some(end) => rest = &rest[end..],
            None => return Err(Unreadable::Body("the body is no XML: a tag does not end".to_owned())),
        }
    }
    Ok(elements)
}

fn after(text: &str, end: &str) -> Option<usize> {
    text.find(end).map(|position| position + end.len())
}

/// Behind the `>` that ends a tag; one inside a quoted attribute does not.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (position, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(position + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn check_cost(expression: &str, elements: usize) -> Result<(), String> {
    if expression.len() > LONGEST_EXPRESSION {
        return Err(format!("the XPath is longer than {LONGEST_EXPRESSION} bytes"));
    }
    let mut depth = 0_usize;
    for byte in expression.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("the XPath is nested deeper than {DEEPEST} brackets"));
        }
    }
    let sweeps = expression.matches("//").count() + expression.matches("::").count();
    let visits = f64::from(u32::try_from(elements).unwrap_or(u32::MAX))
        .powi(i32::try_from(sweeps).unwrap_or(i32::MAX).max(1));
    if visits > MOST_VISITS {
        return Err(format!("the XPath {expression:?} would take too long on {elements} elements"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_attributes_counts_and_truths_are_found() {
        let body = "<r><a id='1'>x</a><a id='2'>y</a></r>";
        assert_eq!(find(body, "/r/a[1]"), Ok(Some(json!("x"))));
        assert_eq!(find(body, "//a/@id"), Ok(Some(json!(["1", "2"]))));
        assert_eq!(find(body, "count(//a)"), Ok(Some(json!(2.0))));
        assert_eq!(find(body, "//a = 'y'"), Ok(Some(json!(true))));
        assert_eq!(find(body, "/r/b"), Ok(None));
    }

    #[test]
    fn prefixes_of_the_root_element_can_be_used() {
        let body = "<s:Envelope xmlns:s='urn:s'><s:Body>b</s:Body></s:Envelope>";
        assert_eq!(find(body, "/s:Envelope/s:Body"), Ok(Some(json!("b"))));
    }

    #[test]
    fn hostile_bodies_and_expressions_cost_an_error() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        let hidden = format!("<r><!-- {} -->{}</r>", "</a>".repeat(50), "<a>".repeat(200));
        let entities = "<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><r>&e;</r>";
        for body in [deep.as_str(), hidden.as_str(), entities, "<a", "<a>", "<a><b></a>", "{}", ""] {
            assert!(find(body, "//a").is_err(), "{}", &body[..body.len().min(40)]);
        }
        let wide = format!("<r>{}</r>", "<a/>".repeat(10_000));
        for expression in
            ["//a//a//a", "//a[", &"(".repeat(500), &"/a".repeat(400), "$nobody", "nothing()", "p:a"]
        {
            assert!(find(&wide, expression).is_err(), "{expression}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_expression_and_no_body_panics(
            expression in "[-+*/@.:()\\[\\]|$='\"<>! 0-9a-c,]{0,24}",
            body in "(<r>)?([<>/&;'\"=! a-c\\[\\]?-]|<a|</|/>|<b>x</b>){0,12}(</r>)?",
        ) {
            let _ = find("<r><a b='1'>c</a></r>", &expression);
            let _ = find(&body, "//a");
        }
    }
}
