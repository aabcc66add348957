//! What of a page a person would see: neither scripts nor what is hidden.

use scraper::{ElementRef, Node};

/// How deep a page is looked into, as in Chromium. A deeper one was made to hurt: parsing takes time
/// that grows with the square of the depth.
const DEPTH: usize = 512;

/// The part of a source that is not nested too deep; nearly always all of it.
pub(crate) fn bounded(mut html: String) -> String {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let rest = &html[start + 1..];
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        at = html.len() - rest.len() + end;
        if name.is_empty() || closes_itself(&name) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            continue;
        }
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            // What looks like an element in there is none.
            at = end_of(&html, at, &name);
            continue;
        }
        depth += 1;
        if depth > DEPTH {
            html.truncate(start);
            break;
        }
    }
    html
}

/// Where the end of an element begins whose content is only text.
fn end_of(html: &str, from: usize, name: &str) -> usize {
    let ends = html[from..].match_indices("</").map(|(found, _)| from + found);
    let mut ours = ends.filter(|end| {
        html.get(end + 2..end + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    });
    ours.next().map_or(html.len(), |end| end + 2 + name.len())
}

/// Elements that need no end.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "option"
            | "optgroup"
            | "colgroup"
            | "rp"
            | "rt"
            | "path"
            | "circle"
            | "rect"
            | "line"
            | "use"
            | "polygon"
    )
}

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
