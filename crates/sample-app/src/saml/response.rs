//! Judging a response: the envelope, then what of it is signed, then the assertion in there.

use bergshamra::xml::{Document, NodeId};
use jiff::Timestamp;

use super::assertion::{self, Accepted};
use super::decrypt;
use super::document::{ASSERTION, DSIG, PROTOCOL, attribute, child, children, everywhere, is, parsed, text};
use super::idp::IdentityProvider;
use super::rejected::Rejected;
use super::signature::signed_nodes;
use crate::fault::SamlFault;
use crate::switches::Switches;
use crate::trust::SamlEndpoints;

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// What a response must fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub(super) idp: &'a IdentityProvider,
    pub(super) endpoints: &'a SamlEndpoints,
    pub(super) now: Timestamp,
    pub(super) switches: Switches,
}

/// Believes a response or says why not. What it answers, and whether it was seen before, is for the
/// caller to judge: both take a memory.
pub(super) fn validate(xml: &str, expected: Expected<'_>) -> Result<Accepted, Rejected> {
    let document = parsed(xml)?;
    let root = response_in(&document)?;
    check_envelope(&document, root, expected)?;
    let signed = signed_nodes(&document, xml, expected.idp, true, expected.switches)?;
    let response_signed = signed.contains(&root);
    if expected.switches.has(SamlFault::AssertionSignatureIgnored) && !response_signed {
        return Err(Rejected::Unsigned);
    }
    let in_response_to = attribute(&document, root, "InResponseTo").map(str::to_owned);
    if children(&document, root, ASSERTION, "EncryptedAssertion").is_empty() {
        let node = only_assertion(&document, root)?;
        let nobody_signed = everywhere(&document, DSIG, "Signature").is_empty();
        if !(nobody_signed && expected.switches.has(SamlFault::UnsignedAccepted)) {
            check_covered(signed.contains(&node), response_signed, expected)?;
        }
        return assertion::accept(&document, node, in_response_to.as_deref(), expected);
    }
    if !everywhere(&document, ASSERTION, "Assertion").is_empty() {
        return Err(Rejected::NotOneAssertion);
    }
    let opened = decrypt::opened(xml, &document)?;
    let document = parsed(&opened)?;
    let holder = child(&document, response_in(&document)?, ASSERTION, "EncryptedAssertion");
    let node = only_assertion(&document, holder.ok_or(Rejected::NotOneAssertion)?)?;
    // The signature around it was over the encrypted form, and was verified there.
    let signed = signed_nodes(&document, &opened, expected.idp, false, expected.switches)?;
    check_covered(signed.contains(&node), response_signed, expected)?;
    assertion::accept(&document, node, in_response_to.as_deref(), expected)
}

fn response_in(document: &Document<'_>) -> Result<NodeId, Rejected> {
    let root = document.document_element().filter(|root| is(document, *root, PROTOCOL, "Response"));
    root.ok_or(Rejected::NotAResponse)
}

/// The assertion in this place, which must be the only one in the whole document: one that was signed
/// and moved away can then not be mistaken for it.
fn only_assertion(document: &Document<'_>, holder: NodeId) -> Result<NodeId, Rejected> {
    let node = child(document, holder, ASSERTION, "Assertion").ok_or(Rejected::NotOneAssertion)?;
    if everywhere(document, ASSERTION, "Assertion").len() == 1 {
        Ok(node)
    } else {
        Err(Rejected::NotOneAssertion)
    }
}

fn check_covered(itself: bool, response: bool, expected: Expected<'_>) -> Result<(), Rejected> {
    let counts = response && !expected.switches.has(SamlFault::ResponseSignatureIgnored);
    if itself || counts { Ok(()) } else { Err(Rejected::Unsigned) }
}

fn check_envelope(document: &Document<'_>, root: NodeId, expected: Expected<'_>) -> Result<(), Rejected> {
    let of_root = |name: &str| attribute(document, root, name);
    if of_root("Version") != Some("2.0") || of_root("ID").is_none_or(str::is_empty) {
        return Err(Rejected::NotAResponse);
    }
    let status = child(document, root, PROTOCOL, "Status").ok_or(Rejected::NotAResponse)?;
    let code = child(document, status, PROTOCOL, "StatusCode").ok_or(Rejected::NotAResponse)?;
    let value = attribute(document, code, "Value").unwrap_or_default();
    if value != SUCCESS {
        let second = child(document, code, PROTOCOL, "StatusCode");
        let second = second.and_then(|code| attribute(document, code, "Value"));
        let code = second.unwrap_or(value).rsplit(':').next().unwrap_or_default().to_owned();
        return Err(Rejected::Status { code });
    }
    let destination = of_root("Destination");
    let is_signed = child(document, root, DSIG, "Signature").is_some();
    match destination {
        Some(destination) if destination == expected.endpoints.acs_url => {}
        None if !is_signed => {}
        other => {
            return Err(Rejected::Destination { destination: other.unwrap_or("none is named").to_owned() });
        }
    }
    for issuer in children(document, root, ASSERTION, "Issuer") {
        let issuer = text(document, issuer);
        if issuer != expected.idp.entity_id {
            return Err(Rejected::Issuer { issuer });
        }
    }
    let issued = of_root("IssueInstant").ok_or(Rejected::NotAResponse)?;
    assertion::check_issued(issued, expected)
}
