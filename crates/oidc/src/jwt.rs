//! Compact JSON Web Tokens: signed with RS256, decoded within bounds, verified.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::RsaPublicKey;
use rsa::pkcs1v15::{self, Signature, VerifyingKey};
use rsa::signature::{SignatureEncoding as _, Signer as _, Verifier as _};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use thiserror::Error;

use crate::key::SigningKey;

const MAX_BYTES: usize = 64 * 1024;

/// A token taken apart; nothing in it is trusted yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The header.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
    /// The signature's bytes.
    pub signature: Vec<u8>,
    /// What is signed: the first two parts as they came.
    pub signed: String,
}

impl Decoded {
    /// A claim that is a text.
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str()
    }

    /// A claim that is a whole number.
    pub fn number(&self, claim: &str) -> Option<i64> {
        self.claims.get(claim)?.as_i64()
    }

    /// Whether `aud` is, or holds, this audience.
    pub fn is_for(&self, audience: &str) -> bool {
        match self.claims.get("aud") {
            Some(Value::String(only)) => only == audience,
            Some(Value::Array(several)) => several.iter().any(|one| one == audience),
            _ => false,
        }
    }
}

/// Why something is no token; each text completes "failed to decode the token: ...".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// More bytes than any honest token has.
    #[error("it is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// Not three parts with dots between them.
    #[error("it does not have three parts")]
    NotThreeParts,
    /// A part is not base64url.
    #[error("its {0} is not base64url")]
    NotBase64(&'static str),
    /// A part is not a JSON object.
    #[error("its {0} is not a JSON object")]
    NotAnObject(&'static str),
}

/// Why a token is not to be trusted; each text completes "failed to verify the token: ...".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// No token at all.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Another algorithm than the one demanded.
    #[error("its algorithm is {0:?}")]
    Algorithm(String),
    /// The signature does not fit.
    #[error("its signature does not fit the key")]
    Signature,
}

/// A compact token over `claims`, RS256, with Okta's header: `kid`, then `alg`, then what `more` adds.
pub fn sign(claims: &Map<String, Value>, key: &SigningKey, more: &[(&str, &str)]) -> String {
    let mut header = Map::new();
    header.insert("kid".to_owned(), json!(key.kid));
    header.insert("alg".to_owned(), json!("RS256"));
    for (name, value) in more {
        header.insert((*name).to_owned(), json!(value));
    }
    let signed = unsigned(&header, claims);
    let signature = pkcs1v15::SigningKey::<Sha256>::new(key.private.clone()).sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

pub(crate) fn unsigned(header: &Map<String, Value>, claims: &Map<String, Value>) -> String {
    let part = |object: &Map<String, Value>| {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(object).expect("a map of JSON values is JSON"))
    };
    format!("{}.{}", part(header), part(claims))
}

/// Takes a compact token apart, within bounds.
pub fn decode(token: &str) -> Result<Decoded, DecodeError> {
    if token.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(DecodeError::NotThreeParts)?;
    let (header, claims) = signed.split_once('.').ok_or(DecodeError::NotThreeParts)?;
    if claims.contains('.') {
        return Err(DecodeError::NotThreeParts);
    }
    Ok(Decoded {
        header: object("header", header)?,
        claims: object("payload", claims)?,
        signature: bytes("signature", signature)?,
        signed: signed.to_owned(),
    })
}

/// Takes a token apart whose RS256 signature `key` made; any other algorithm is refused.
pub fn verify(token: &str, key: &RsaPublicKey) -> Result<Decoded, VerifyError> {
    let decoded = decode(token)?;
    let algorithm = decoded.header.get("alg").and_then(Value::as_str).unwrap_or_default();
    if algorithm != "RS256" {
        return Err(VerifyError::Algorithm(algorithm.to_owned()));
    }
    let signature = Signature::try_from(decoded.signature.as_slice()).map_err(|_| VerifyError::Signature)?;
    VerifyingKey::<Sha256>::new(key.clone())
        .verify(decoded.signed.as_bytes(), &signature)
        .map_err(|_| VerifyError::Signature)?;
    Ok(decoded)
}

fn bytes(part: &'static str, text: &str) -> Result<Vec<u8>, DecodeError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| DecodeError::NotBase64(part))
}

fn object(part: &'static str, text: &str) -> Result<Map<String, Value>, DecodeError> {
    serde_json::from_slice(&bytes(part, text)?).map_err(|_| DecodeError::NotAnObject(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::test::keys;

    #[test]
    fn a_signed_token_verifies_with_its_key_alone() {
        let claims = Map::from_iter([("sub".to_owned(), json!("zoë"))]);
        let token = sign(&claims, &keys().trusted, &[]);
        let decoded = verify(&token, &keys().trusted.private.to_public_key()).unwrap();
        assert_eq!(decoded.claims, claims);
        let header: Vec<_> = decoded.header.keys().collect();
        assert_eq!(header, ["kid", "alg"]);
        let other = keys().rogue.private.to_public_key();
        assert_eq!(verify(&token, &other), Err(VerifyError::Signature));
    }

    #[test]
    fn the_algorithm_none_is_refused() {
        let header = Map::from_iter([("alg".to_owned(), json!("none"))]);
        let token = format!("{}.", unsigned(&header, &Map::new()));
        let key = keys().trusted.private.to_public_key();
        assert_eq!(verify(&token, &key), Err(VerifyError::Algorithm("none".to_owned())));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        assert_eq!(decode("a.b"), Err(DecodeError::NotThreeParts));
        assert_eq!(decode("a.b.c.d"), Err(DecodeError::NotThreeParts));
        assert_eq!(decode("!.b.c"), Err(DecodeError::NotBase64("header")));
        assert_eq!(decode("e30.W10.AA"), Err(DecodeError::NotAnObject("payload")));
        assert_eq!(decode(&"a".repeat(70_000)), Err(DecodeError::TooLarge));
        let deep = URL_SAFE_NO_PAD.encode("[".repeat(10_000));
        assert_eq!(decode(&format!("{deep}.e30.")), Err(DecodeError::NotAnObject("header")));
    }
}
