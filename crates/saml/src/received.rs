//! A Response read back, ours or anybody's, for showing it; nothing in it is trusted.

use roxmltree::Node;

use crate::document::{self, DecodeError, child, children, from_base64, full_text, owned, utf8};
use crate::draft::Attribute;

/// What a Response says, as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadResponse {
    /// ID of the Response.
    pub id: Option<String>,
    /// Issuer of the Response, or of the assertion where the Response names none.
    pub issuer: Option<String>,
    /// Destination.
    pub destination: Option<String>,
    /// InResponseTo of the Response.
    pub in_response_to: Option<String>,
    /// IssueInstant of the Response.
    pub issue_instant: Option<String>,
    /// The status codes, outermost first.
    pub status: Vec<String>,
    /// StatusMessage.
    pub status_message: Option<String>,
    /// How many assertions are inside, encrypted ones included.
    pub assertions: usize,
    /// Whether an assertion is encrypted; what follows is then empty.
    pub encrypted: bool,
    /// The subject's NameID.
    pub name_id: Option<String>,
    /// The NameID's format.
    pub name_id_format: Option<String>,
    /// Recipient of the subject confirmation.
    pub recipient: Option<String>,
    /// Start of the conditions.
    pub not_before: Option<String>,
    /// End of the conditions.
    pub not_on_or_after: Option<String>,
    /// Every Audience.
    pub audience: Vec<String>,
    /// SessionIndex.
    pub session_index: Option<String>,
    /// AuthnInstant.
    pub authn_instant: Option<String>,
    /// Attributes in order.
    pub attributes: Vec<Attribute>,
    /// What carries a signature; nothing is said of its worth.
    pub signed: Signed,
    /// Algorithms of the signatures, outermost first.
    pub signature_algorithms: Vec<String>,
    /// The message.
    pub xml: String,
}

/// Which elements carry a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// The Response.
    pub response: bool,
    /// Its first assertion.
    pub assertion: bool,
}

/// Reads a Response, from XML or from the base64 of the POST binding.
pub fn read_response(message: &str) -> Result<ReadResponse, DecodeError> {
    let xml =
        if message.trim_start().starts_with('<') { message.to_owned() } else { utf8(from_base64(message)?)? };
    let document = document::parse(&xml)?;
    let root = document::root(&document, "Response")?;
    let assertion = child(root, "Assertion");
    let status = child(root, "Status");
    let subject = assertion.and_then(|assertion| child(assertion, "Subject"));
    let name_id = subject.and_then(|subject| child(subject, "NameID"));
    let confirmation = subject
        .and_then(|subject| child(subject, "SubjectConfirmation"))
        .and_then(|confirmation| child(confirmation, "SubjectConfirmationData"));
    let conditions = assertion.and_then(|assertion| child(assertion, "Conditions"));
    let statement = assertion.and_then(|assertion| child(assertion, "AuthnStatement"));
    let of_response = document::signature_algorithm(root);
    let of_assertion = assertion.and_then(document::signature_algorithm);
    let encrypted = children(root, "EncryptedAssertion").count();
    Ok(ReadResponse {
        id: owned(root, "ID"),
        issuer: child(root, "Issuer")
            .or_else(|| assertion.and_then(|assertion| child(assertion, "Issuer")))
            .map(full_text),
        destination: owned(root, "Destination"),
        in_response_to: owned(root, "InResponseTo"),
        issue_instant: owned(root, "IssueInstant"),
        status: status.map(status_codes).unwrap_or_default(),
        status_message: status.and_then(|status| child(status, "StatusMessage")).map(full_text),
        assertions: children(root, "Assertion").count() + encrypted,
        encrypted: encrypted > 0,
        name_id: name_id.map(full_text),
        name_id_format: name_id.and_then(|name_id| owned(name_id, "Format")),
        recipient: confirmation.and_then(|data| owned(data, "Recipient")),
        not_before: conditions.and_then(|conditions| owned(conditions, "NotBefore")),
        not_on_or_after: conditions.and_then(|conditions| owned(conditions, "NotOnOrAfter")),
        audience: conditions.map(audiences).unwrap_or_default(),
        session_index: statement.and_then(|statement| owned(statement, "SessionIndex")),
        authn_instant: statement.and_then(|statement| owned(statement, "AuthnInstant")),
        attributes: assertion.map(attributes).unwrap_or_default(),
        signed: Signed { response: of_response.is_some(), assertion: of_assertion.is_some() },
        signature_algorithms: of_response.into_iter().chain(of_assertion).collect(),
        xml: xml.clone(),
    })
}

fn status_codes(status: Node<'_, '_>) -> Vec<String> {
    let mut codes = Vec::new();
    let mut at = child(status, "StatusCode");
    while let Some(code) = at {
        codes.push(code.attribute("Value").unwrap_or_default().to_owned());
        at = child(code, "StatusCode");
    }
    codes
}

fn audiences(conditions: Node<'_, '_>) -> Vec<String> {
    children(conditions, "AudienceRestriction")
        .flat_map(|restriction| children(restriction, "Audience"))
        .map(full_text)
        .collect()
}

fn attributes(assertion: Node<'_, '_>) -> Vec<Attribute> {
    children(assertion, "AttributeStatement")
        .flat_map(|statement| children(statement, "Attribute"))
        .map(|attribute| Attribute {
            name: attribute.attribute("Name").unwrap_or_default().to_owned(),
            values: children(attribute, "AttributeValue").map(untrimmed).collect(),
        })
        .collect()
}

fn untrimmed(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}
