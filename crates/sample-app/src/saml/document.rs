//! A SAML message as a tree: parsed with limits, and searched by namespace.

use bergshamra::xml::{Document, NodeId, uppsala};

use super::rejected::Rejected;

pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub(super) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
pub(super) const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";

/// The largest message that is read, in bytes.
pub(super) const LARGEST: usize = 262_144;

/// Parses a message; the parser bounds its depth. A document type is refused before anything of it
/// is read.
pub(super) fn parsed(xml: &str) -> Result<Document<'_>, Rejected> {
    if xml.len() > LARGEST {
        return Err(Rejected::Unreadable);
    }
    if xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY") {
        return Err(Rejected::Doctype);
    }
    uppsala::parse(xml).map_err(|_| Rejected::Unreadable)
}

/// Whether a node is this element.
pub(super) fn is(document: &Document<'_>, node: NodeId, namespace: &str, name: &str) -> bool {
    document.element(node).is_some_and(|element| element.matches_name_ns(namespace, name))
}

/// The children of this name.
pub(super) fn children(document: &Document<'_>, node: NodeId, namespace: &str, name: &str) -> Vec<NodeId> {
    document.children(node).into_iter().filter(|child| is(document, *child, namespace, name)).collect()
}

/// The only child of this name.
pub(super) fn child(document: &Document<'_>, node: NodeId, namespace: &str, name: &str) -> Option<NodeId> {
    match children(document, node, namespace, name).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Every element of this name, wherever it is.
pub(super) fn everywhere(document: &Document<'_>, namespace: &str, name: &str) -> Vec<NodeId> {
    document.get_elements_by_tag_name_ns(namespace, name)
}

/// An attribute without a namespace.
pub(super) fn attribute<'a>(document: &'a Document<'_>, node: NodeId, name: &str) -> Option<&'a str> {
    document.element(node)?.get_attribute(name)
}

/// The whole text of an element, with comments left out, as the signature sees it.
pub(super) fn text(document: &Document<'_>, node: NodeId) -> String {
    document.text_content_deep(node).trim().to_owned()
}
