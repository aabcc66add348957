//! The HTTP-Redirect and HTTP-POST bindings: messages packed into parameters and unpacked from them.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use sha2::Sha256;
use url::Url;
use url::form_urlencoded::{byte_serialize, parse};

use crate::RSA_SHA256;
use crate::authn_request::AuthnRequest;
use crate::document::{DecodeError, MAX_BYTES, from_base64, utf8};
use crate::escape::WriteError;
use crate::keys::KeyPair;
use crate::verify::DetachedSignature;

/// How a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// In the query, compressed.
    Redirect,
    /// In a form.
    Post,
}

/// A message out of its parameters; what kind it is, is not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// How it came.
    pub binding: Binding,
    /// The message.
    pub xml: String,
    /// RelayState, if the parameter was there.
    pub relay_state: Option<String>,
    /// The signature beside the message, which only the Redirect binding knows.
    pub signature: Option<DetachedSignature>,
}

/// An AuthnRequest as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// How it came.
    pub binding: Binding,
    /// What it asks for.
    pub request: AuthnRequest,
    /// The message itself.
    pub xml: String,
    /// RelayState, if the parameter was there.
    pub relay_state: Option<String>,
    /// The signature beside the message, which only the Redirect binding knows.
    pub signature: Option<DetachedSignature>,
}

impl Incoming {
    fn read(unpacked: Unpacked) -> Result<Self, DecodeError> {
        let request = AuthnRequest::parse(&unpacked.xml)?;
        let Unpacked { binding, xml, relay_state, signature } = unpacked;
        Ok(Self { binding, request, xml, relay_state, signature })
    }

    /// Whether the request carries a signature, inside or beside it; nothing is said of its worth.
    pub fn is_signed(&self) -> bool {
        self.signature.is_some() || self.request.embedded_signature.is_some()
    }
}

/// Reads an AuthnRequest from a URL with `SAMLRequest` in its query.
pub fn read_redirect(url: &Url) -> Result<Incoming, DecodeError> {
    read_redirect_query(url.query().unwrap_or_default())
}

/// Reads an AuthnRequest from the octets of a query as they came.
pub fn read_redirect_query(query: &str) -> Result<Incoming, DecodeError> {
    Incoming::read(unpack_redirect(query, "SAMLRequest")?)
}

/// Reads an AuthnRequest from the fields of a form.
pub fn read_post(saml_request: &str, relay_state: Option<&str>) -> Result<Incoming, DecodeError> {
    Incoming::read(unpack_post(saml_request, relay_state)?)
}

/// Unpacks `parameter` (`SAMLRequest` or `SAMLResponse`) of a query, within bounds.
pub fn unpack_redirect(query: &str, parameter: &'static str) -> Result<Unpacked, DecodeError> {
    let raw = raw_value(query, parameter)?.ok_or(DecodeError::Missing(parameter))?;
    let relay_state = raw_value(query, "RelayState")?;
    let algorithm = raw_value(query, "SigAlg")?;
    let signature = raw_value(query, "Signature")?;
    let signature = match (signature, algorithm) {
        (None, _) => None,
        (Some(_), None) => return Err(DecodeError::Missing("SigAlg")),
        (Some(signature), Some(algorithm)) => {
            let relay = relay_state.map(|raw| format!("&RelayState={raw}")).unwrap_or_default();
            Some(DetachedSignature {
                signed_octets: format!("{parameter}={raw}{relay}&SigAlg={algorithm}"),
                algorithm: decoded(algorithm),
                value: from_base64(&decoded(signature).replace(' ', "+"))?,
            })
        }
    };
    // A bare plus sign means a space here, but base64 has no spaces.
    let xml = utf8(inflate(&from_base64(&decoded(raw).replace(' ', "+"))?)?)?;
    Ok(Unpacked { binding: Binding::Redirect, xml, relay_state: relay_state.map(decoded), signature })
}

/// Unpacks the value of a form field, within bounds.
pub fn unpack_post(value: &str, relay_state: Option<&str>) -> Result<Unpacked, DecodeError> {
    let bytes = from_base64(value)?;
    let is_text = std::str::from_utf8(&bytes).is_ok();
    if !is_text && inflate(&bytes).is_ok_and(|plain| plain.trim_ascii_start().starts_with(b"<")) {
        return Err(DecodeError::Deflated);
    }
    Ok(Unpacked {
        binding: Binding::Post,
        xml: utf8(bytes)?,
        relay_state: relay_state.map(str::to_owned),
        signature: None,
    })
}

/// The query that carries `xml` in the Redirect binding, unsigned.
pub fn redirect_query(parameter: &str, xml: &str, relay_state: Option<&str>) -> String {
    let relay = relay_state.map(|state| format!("&RelayState={}", encoded(state))).unwrap_or_default();
    format!("{parameter}={}{relay}", encoded(&deflate_for_query(xml)))
}

/// The query that carries `xml` in the Redirect binding, signed with RSA-SHA256.
pub fn signed_redirect_query(
    parameter: &str,
    xml: &str,
    relay_state: Option<&str>,
    key: &KeyPair,
) -> Result<String, WriteError> {
    let private = RsaPrivateKey::from_pkcs8_pem(&key.private_pem)
        .map_err(|error| WriteError::PrivateKey { reason: error.to_string() })?;
    let octets = format!("{}&SigAlg={}", redirect_query(parameter, xml, relay_state), encoded(RSA_SHA256));
    let signature = SigningKey::<Sha256>::new(private)
        .try_sign(octets.as_bytes())
        .map_err(|error| WriteError::PrivateKey { reason: error.to_string() })?;
    Ok(format!("{octets}&Signature={}", encoded(&STANDARD.encode(signature.to_bytes()))))
}

/// Raw DEFLATE, then base64.
pub fn deflate_for_query(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(xml.as_bytes()).expect("writing to a Vec cannot fail");
    STANDARD.encode(encoder.finish().expect("writing to a Vec cannot fail"))
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let mut inflated = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    match DeflateDecoder::new(bytes).take(limit).read_to_end(&mut inflated) {
        Ok(_) if inflated.len() > MAX_BYTES => Err(DecodeError::TooLarge),
        Ok(_) => Ok(inflated),
        // The first byte of zlib's header says DEFLATE with some window; the two bytes are a multiple of 31.
        Err(_) => match bytes {
            [first, second, ..]
                if first & 0x0f == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31) =>
            {
                Err(DecodeError::ZlibWrapped)
            }
            _ => Err(DecodeError::NotDeflated),
        },
    }
}

fn raw_value<'a>(query: &'a str, name: &'static str) -> Result<Option<&'a str>, DecodeError> {
    let mut values = query.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(key) == name).then_some(value)
    });
    let value = values.next();
    if values.next().is_some() { Err(DecodeError::Repeated(name)) } else { Ok(value) }
}

fn decoded(raw: &str) -> String {
    // As a value of a pair, so that a stray `=` inside of it stays what it is.
    let pair = format!("v={raw}");
    parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authn_request::tests::REQUEST;
    use crate::keys::test::{IDP_CERT, ROGUE_CERT, keys};
    use crate::verify::verify_detached;

    #[test]
    fn a_request_survives_both_bindings() {
        let url = Url::parse(&format!(
            "https://idp.test/sso?x=1&{}",
            redirect_query("SAMLRequest", REQUEST, Some("a b&c"))
        ))
        .unwrap();
        let incoming = read_redirect(&url).unwrap();
        assert_eq!(incoming.xml, REQUEST);
        assert_eq!(incoming.relay_state.as_deref(), Some("a b&c"));
        assert!(!incoming.is_signed());
        let posted = read_post(&STANDARD.encode(REQUEST), None).unwrap();
        assert_eq!(posted.request, incoming.request);
        // Some libraries compress what they post, too.
        let compressed = deflate_for_query(REQUEST);
        assert!(matches!(read_post(&compressed, None), Err(DecodeError::Deflated)));
    }

    #[test]
    fn a_signature_beside_the_message_covers_the_octets_as_sent() {
        let query = signed_redirect_query("SAMLRequest", REQUEST, Some("deep"), &keys().trusted).unwrap();
        let signature = read_redirect_query(&query).unwrap().signature.unwrap();
        assert_eq!(signature.algorithm, RSA_SHA256);
        verify_detached(&signature, &[ROGUE_CERT, IDP_CERT]).unwrap();
        assert!(verify_detached(&signature, &[ROGUE_CERT]).is_err());
        let other = query.replace("RelayState=deep", "RelayState=de%65p");
        let signature = read_redirect_query(&other).unwrap().signature.unwrap();
        assert!(verify_detached(&signature, &[IDP_CERT]).is_err());
    }

    #[test]
    fn a_zip_bomb_is_refused() {
        let bomb = redirect_query("SAMLRequest", &" ".repeat(8 * MAX_BYTES), None);
        assert!(bomb.len() < 20_000);
        assert_eq!(read_redirect_query(&bomb), Err(DecodeError::TooLarge));
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        let query = redirect_query("SAMLRequest", REQUEST, None);
        let twice = format!("{query}&{query}");
        assert_eq!(read_redirect_query(&twice), Err(DecodeError::Repeated("SAMLRequest")));
        assert_eq!(read_redirect_query(""), Err(DecodeError::Missing("SAMLRequest")));
    }

    #[test]
    fn zlib_is_told_from_deflate() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(REQUEST.as_bytes()).unwrap();
        let packed = encoded(&STANDARD.encode(encoder.finish().unwrap()));
        let query = format!("SAMLRequest={packed}");
        assert_eq!(read_redirect_query(&query), Err(DecodeError::ZlibWrapped));
        assert_eq!(read_redirect_query("SAMLRequest=AAAA"), Err(DecodeError::NotDeflated));
        assert_eq!(read_redirect_query("SAMLRequest=%21"), Err(DecodeError::NotBase64));
    }
}
