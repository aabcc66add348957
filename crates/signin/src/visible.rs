//! What of a page a person would see: neither scripts nor what is hidden.

use scraper::{ElementRef, Node};

/// How deep a page is looked into; a deeper one was made to hurt.
const DEPTH: usize = 400;

/// One space between words, none around them.
pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of an element in the order of the document.
pub(crate) fn visible_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    if !hides(element) {
        gather(element, &mut text, 0);
    }
    squeeze(&text)
}

fn gather(element: ElementRef<'_>, text: &mut String, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for child in element.children() {
        match child.value() {
            Node::Text(words) => text.push_str(words),
            Node::Element(_) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                if hides(child) {
                    continue;
                }
                let apart = !is_inline(child.value().name());
                if apart {
                    text.push('\n');
                }
                gather(child, text, depth + 1);
                if apart {
                    text.push('\n');
                }
            }
            _ => {}
        }
    }
}

/// Whether an element, or one around it, is not shown.
pub(crate) fn is_hidden(element: ElementRef<'_>) -> bool {
    hides(element) || element.ancestors().filter_map(ElementRef::wrap).any(hides)
}

/// Whether an element hides itself and what is in it. What style sheets hide, the browser marks with
/// `hidden` in the source that it hands over.
fn hides(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    matches!(name, "script" | "style" | "template" | "noscript")
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let style: String = style.to_ascii_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "em"
            | "i"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}
