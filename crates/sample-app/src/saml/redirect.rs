//! The HTTP-Redirect binding: compress, encode, sign (SAML Bindings, section 3.4.4.1).

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use url::form_urlencoded::byte_serialize;

use super::keys;
use crate::fault::SamlFault;
use crate::switches::Switches;

pub(super) const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

/// The URL that carries a request; signed if asked to.
pub(super) fn url(
    destination: &str,
    xml: &str,
    relay_state: Option<&str>,
    signed: bool,
    switches: Switches,
) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let compressed = deflated(xml.as_bytes(), switches.has(SamlFault::RequestZlib));
    let mut query = format!("SAMLRequest={}", encoded(&STANDARD.encode(compressed)));
    if let Some(relay_state) = relay_state {
        query = format!("{query}&RelayState={}", encoded(relay_state));
    }
    if signed {
        let algorithm = if switches.has(SamlFault::RequestSha1) { RSA_SHA1 } else { RSA_SHA256 };
        query = format!("{query}&SigAlg={}", encoded(algorithm));
        let covered = if switches.has(SamlFault::RequestBadSignature) {
            // What an app signs that forgets the parameters' names.
            query.replace("SAMLRequest=", "").into_bytes()
        } else {
            query.clone().into_bytes()
        };
        query = format!("{query}&Signature={}", encoded(&STANDARD.encode(signature(algorithm, &covered))));
    }
    let joint = if destination.contains('?') { '&' } else { '?' };
    format!("{destination}{joint}{query}")
}

fn signature(algorithm: &str, covered: &[u8]) -> Vec<u8> {
    let key = keys::signing().to_signing_key().ok().flatten().expect("the app's key can sign");
    bergshamra::crypto::sign::from_uri(algorithm)
        .and_then(|algorithm| algorithm.sign(&key, covered))
        .expect("an RSA key signs any bytes with RSA")
}

fn deflated(bytes: &[u8], with_header: bool) -> Vec<u8> {
    let written = if with_header {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).and_then(|()| encoder.finish())
    } else {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).and_then(|()| encoder.finish())
    };
    written.expect("a vector takes any number of bytes")
}
