//! XML from others, parsed within bounds: no DTD, no duplicate IDs, no depth or size without end.

use std::collections::HashSet;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use roxmltree::{Document, Node, ParsingOptions};
use thiserror::Error;

/// Messages and metadata of real parties stay far below this.
pub(crate) const MAX_BYTES: usize = 256 * 1024;
const MAX_NODES: u32 = 20_000;
const MAX_DEPTH: usize = 64;

/// Why a message cannot be read; each text completes "failed to read the message: ...".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// A parameter of the binding is missing.
    #[error("there is no {0}")]
    Missing(&'static str),
    /// A parameter occurs twice, so that two readers may read two messages.
    #[error("{0} occurs more than once")]
    Repeated(&'static str),
    /// The parameter is not base64.
    #[error("it is not base64")]
    NotBase64,
    /// The Redirect binding wants raw DEFLATE, and these bytes are none.
    #[error("it is not compressed with DEFLATE")]
    NotDeflated,
    /// The Redirect binding wants raw DEFLATE, and these bytes have a zlib header around it.
    #[error("it is compressed in the zlib format instead of raw DEFLATE")]
    ZlibWrapped,
    /// More bytes than any honest message has.
    #[error("it is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// The POST binding compresses nothing, and these bytes are raw DEFLATE.
    #[error("it is compressed with DEFLATE, which belongs to the Redirect binding alone")]
    Deflated,
    /// The bytes are not UTF-8.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// It has a document type declaration, which SAML messages must not have.
    #[error("it holds a DOCTYPE")]
    Doctype,
    /// Not well-formed.
    #[error("it is not well-formed XML: {0}")]
    NotXml(String),
    /// Nested deeper than any honest message is.
    #[error("its elements are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// Two elements with one ID: what a signature refers to would be ambiguous.
    #[error("the ID {0:?} occurs more than once")]
    DuplicateId(String),
    /// Another message than the one expected.
    #[error("its root element is {found}, not {expected}")]
    WrongRoot {
        /// What was expected.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// An element or attribute without which nothing can be made of it.
    #[error("it has no {0}")]
    Lacks(&'static str),
}

/// Parses within bounds.
pub(crate) fn parse(xml: &str) -> Result<Document<'_>, DecodeError> {
    if xml.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge);
    }
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => DecodeError::Doctype,
        roxmltree::Error::NodesLimitReached => DecodeError::TooLarge,
        error => DecodeError::NotXml(error.to_string()),
    })?;
    let mut ids = HashSet::new();
    let mut stack = vec![(document.root_element(), 1)];
    while let Some((node, depth)) = stack.pop() {
        if depth > MAX_DEPTH {
            return Err(DecodeError::TooDeep);
        }
        for id in ["ID", "Id", "id"].iter().filter_map(|name| node.attribute(*name)) {
            if !ids.insert(id.to_owned()) {
                return Err(DecodeError::DuplicateId(id.to_owned()));
            }
        }
        stack.extend(node.children().filter(Node::is_element).map(|child| (child, depth + 1)));
    }
    Ok(document)
}

/// Decodes base64 as other parties write it: with line breaks, with or without padding.
pub(crate) fn from_base64(text: &str) -> Result<Vec<u8>, DecodeError> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    if text.len() > MAX_BYTES * 2 {
        return Err(DecodeError::TooLarge);
    }
    let compact: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    LENIENT.decode(compact).map_err(|_| DecodeError::NotBase64)
}

pub(crate) fn utf8(bytes: Vec<u8>) -> Result<String, DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|_| DecodeError::NotUtf8)?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// The root element, if it has this local name.
pub(crate) fn root<'a, 'input>(
    document: &'a Document<'input>,
    expected: &'static str,
) -> Result<Node<'a, 'input>, DecodeError> {
    let root = document.root_element();
    if root.tag_name().name() == expected {
        Ok(root)
    } else {
        Err(DecodeError::WrongRoot { expected, found: root.tag_name().name().to_owned() })
    }
}

/// Child elements with this local name; namespaces are judged apart, so that a wrong one can be shown.
pub(crate) fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

pub(crate) fn child<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> Option<Node<'a, 'input>> {
    children(node, name).next()
}

/// The whole text of an element, trimmed; a comment in the middle does not cut it short.
pub(crate) fn full_text(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    text.trim().to_owned()
}

pub(crate) fn owned(node: Node<'_, '_>, attribute: &str) -> Option<String> {
    node.attribute(attribute).map(str::to_owned)
}

/// An xs:boolean; what is none counts as false.
pub(crate) fn flag(node: Node<'_, '_>, attribute: &str) -> bool {
    matches!(node.attribute(attribute).map(str::trim), Some("true" | "1"))
}

/// The algorithm of the signature that is a child of `node`, if it is signed.
pub(crate) fn signature_algorithm(node: Node<'_, '_>) -> Option<String> {
    let signature =
        child(node, "Signature").filter(|it| it.tag_name().namespace() == Some(crate::XMLDSIG))?;
    let method = child(child(signature, "SignedInfo")?, "SignatureMethod")?;
    Some(method.attribute("Algorithm").unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doctype_is_reported_as_such() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>";
        assert_eq!(parse(bomb).unwrap_err(), DecodeError::Doctype);
        assert_eq!(parse("<!DOCTYPE a><a/>").unwrap_err(), DecodeError::Doctype);
    }

    #[test]
    fn depth_without_end_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(30_000), "</a>".repeat(30_000));
        assert!(parse(&deep).is_err());
        let deep = format!("{}{}", "<a>".repeat(65), "</a>".repeat(65));
        assert_eq!(parse(&deep).unwrap_err(), DecodeError::TooDeep);
    }

    #[test]
    fn one_id_twice_is_refused() {
        let twice = "<a ID=\"x\"><b ID=\"x\"/></a>";
        assert_eq!(parse(twice).unwrap_err(), DecodeError::DuplicateId("x".to_owned()));
    }

    #[test]
    fn a_comment_does_not_cut_a_text_short() {
        let document = parse("<a>ann@ex.test<!-- -->.evil.example</a>").unwrap();
        assert_eq!(full_text(document.root_element()), "ann@ex.test.evil.example");
    }
}
