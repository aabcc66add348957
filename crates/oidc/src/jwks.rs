//! JSON Web Key Sets: written as Okta writes them, read leniently.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::pkcs8::DecodePublicKey as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, RsaPublicKey};
use serde_json::{Value, json};

use crate::key::{KeyError, SigningKey};

/// A public key of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwksKey {
    /// kid, if it has one.
    pub kid: Option<String>,
    /// The key.
    pub key: RsaPublicKey,
}

/// The key set document: RSA keys with `kty, alg, kid, use, e, n`.
pub fn jwks(keys: &[&SigningKey]) -> Value {
    let keys: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({
                "kty": "RSA",
                "alg": "RS256",
                "kid": key.kid,
                "use": "sig",
                "e": URL_SAFE_NO_PAD.encode(key.private.e().to_bytes_be()),
                "n": URL_SAFE_NO_PAD.encode(key.private.n().to_bytes_be()),
            })
        })
        .collect();
    json!({ "keys": keys })
}

/// The key set document of one public key, read from its PEM.
///
/// # Errors
/// The text is no RSA public key in PEM.
pub fn jwks_of_public_pem(pem: &str) -> Result<Value, KeyError> {
    let key = RsaPublicKey::from_public_key_pem(pem)
        .or_else(|error| RsaPublicKey::from_pkcs1_pem(pem).map_err(|_| error))
        .map_err(|error| KeyError { reason: error.to_string() })?;
    Ok(json!({ "keys": [{
        "kty": "RSA",
        "alg": "RS256",
        "use": "sig",
        "e": URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()),
        "n": URL_SAFE_NO_PAD.encode(key.n().to_bytes_be()),
    }] }))
}

/// The RSA keys of a set, or the one key if the document is a bare key; others are passed over.
pub fn read_jwks(document: &Value) -> Vec<JwksKey> {
    let keys = match document.get("keys").and_then(Value::as_array) {
        Some(keys) => keys.as_slice(),
        None => std::slice::from_ref(document),
    };
    keys.iter().take(100).filter_map(read_key).collect()
}

fn read_key(key: &Value) -> Option<JwksKey> {
    let text = |name: &str| key.get(name).and_then(Value::as_str);
    if text("kty") != Some("RSA") || text("use").is_some_and(|usage| usage != "sig") {
        return None;
    }
    let number = |name: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(text(name)?.trim_end_matches('=')).ok()?;
        Some(BigUint::from_bytes_be(&bytes))
    };
    let public = RsaPublicKey::new(number("n")?, number("e")?).ok()?;
    Some(JwksKey { kid: text("kid").map(str::to_owned), key: public })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::test::keys;

    #[test]
    fn a_set_survives_and_other_kinds_are_passed_over() {
        let keys = keys();
        let mut set = jwks(&[&keys.trusted, &keys.rogue]);
        set["keys"].as_array_mut().unwrap().insert(0, json!({"kty": "EC", "kid": "x"}));
        let read = read_jwks(&set);
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].kid.as_deref(), Some("good"));
        assert_eq!(read[0].key, keys.trusted.private.to_public_key());
        assert_eq!(read_jwks(&set["keys"][1]).len(), 1);
        assert_eq!(read_jwks(&json!({"keys": 3})), []);
    }
}
