//! Signatures: what of a document is really signed by the identity provider.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::dsig::verify::verify_all_document_with_source;
use bergshamra::keys::loader::load_x509_cert_der;
use bergshamra::xml::{Document, NodeId};
use bergshamra::{DsigContext, Key, KeysManager, VerifyResult};

use super::document::{DSIG, attribute, everywhere, is};
use super::idp::IdentityProvider;
use super::rejected::Rejected;
use crate::fault::SamlFault;
use crate::switches::Switches;

/// A message has one signature around and one inside; more is an attempt at something.
const MOST_SIGNATURES: usize = 3;

const SIGNATURE_METHODS: [&str; 6] = [
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
];
const DIGEST_METHODS: [&str; 3] = [
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
];
const TRANSFORMS: [&str; 3] = [
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
];

/// The elements that a valid signature of the identity provider covers. Nothing else in the document
/// may be believed. Any signature that does not verify is refused when `all` of them must.
pub(super) fn signed_nodes(
    document: &Document<'_>,
    xml: &str,
    idp: &IdentityProvider,
    all: bool,
    switches: Switches,
) -> Result<Vec<NodeId>, Rejected> {
    let signatures = everywhere(document, DSIG, "Signature");
    if signatures.is_empty() {
        return Ok(Vec::new());
    }
    if signatures.len() > MOST_SIGNATURES {
        return Err(Rejected::BadSignature);
    }
    check_algorithms(document, switches)?;
    let mut keys = idp.keys.clone();
    if switches.has(SamlFault::UnknownKeyAccepted) {
        keys.extend(keys_in(document));
    }
    let mut signed = Vec::new();
    let mut verified = 0;
    let mut seen = Vec::new();
    for key in keys {
        for (signature, node) in verified_with(key, document, xml)? {
            if !seen.contains(&signature) {
                seen.push(signature);
                verified += 1;
                signed.push(node);
            }
        }
    }
    if all && verified < signatures.len() { Err(Rejected::BadSignature) } else { Ok(signed) }
}

/// The signatures that this key made, each with the element around it that it covers.
fn verified_with(key: Key, document: &Document<'_>, xml: &str) -> Result<Vec<(NodeId, NodeId)>, Rejected> {
    let mut manager = KeysManager::new();
    manager.add_key(key);
    let context = DsigContext::new(manager);
    let results =
        verify_all_document_with_source(&context, document, Some(xml)).map_err(|_| Rejected::BadSignature)?;
    let mut verified = Vec::new();
    for result in results {
        if let VerifyResult::Valid { signature_node, references, .. } = result
            && let [reference] = references.as_slice()
            && let Some(node) = reference.resolved_node
            && reference.digest_verified
            && document.parent(signature_node) == Some(node)
        {
            verified.push((signature_node, node));
        }
    }
    Ok(verified)
}

fn check_algorithms(document: &Document<'_>, switches: Switches) -> Result<(), Rejected> {
    for (name, allowed) in [
        ("SignatureMethod", SIGNATURE_METHODS.as_slice()),
        ("DigestMethod", &DIGEST_METHODS),
        ("Transform", &TRANSFORMS),
    ] {
        for node in everywhere(document, DSIG, name) {
            // The padding of an encrypted key has a DigestMethod too, of its own rules.
            let is_padding = name == "DigestMethod"
                && document.parent(node).is_some_and(|parent| !is(document, parent, DSIG, "Reference"));
            let algorithm = attribute(document, node, "Algorithm").unwrap_or_default();
            if !is_padding && !allowed.contains(&algorithm) {
                return Err(Rejected::Algorithm { algorithm: algorithm.to_owned() });
            }
        }
    }
    let prefixes = everywhere(document, "http://www.w3.org/2001/10/xml-exc-c14n#", "InclusiveNamespaces");
    if switches.has(SamlFault::InclusivePrefixesIgnored) && !prefixes.is_empty() {
        return Err(Rejected::BadSignature);
    }
    Ok(())
}

/// The keys that a message brings along: trusted only by an app with a fault.
fn keys_in(document: &Document<'_>) -> Vec<Key> {
    let certificates = everywhere(document, DSIG, "X509Certificate").into_iter();
    certificates
        .filter_map(|node| {
            let base64: String = document.text_content_deep(node).split_whitespace().collect();
            load_x509_cert_der(&STANDARD.decode(base64).ok()?).ok()
        })
        .collect()
}
