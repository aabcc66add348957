//! Clients that prove who they are with a token: private_key_jwt and client_secret_jwt.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::Sha256;
use thiserror::Error;

use crate::jwks::JwksKey;
use crate::jwt::{DecodeError, Decoded, VerifyError, decode, sign, unsigned, verify};
use crate::key::SigningKey;

/// What `client_assertion_type` has to be.
pub const CLIENT_ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// No assertion may be good for longer.
const MAX_LIFETIME_SECONDS: i64 = 3600;

/// A verified assertion. Whether its `jti` was used before is for the caller to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientAssertion {
    /// Who it is.
    pub client_id: String,
    /// jti.
    pub jti: String,
}

/// Why an assertion is refused; each text completes "failed to accept the client assertion: ...".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AssertionError {
    /// No token, or not signed by the client's key.
    #[error(transparent)]
    Token(#[from] VerifyError),
    /// `iss` and `sub` have to be the client.
    #[error("iss and sub are not both {0:?}")]
    NotTheClient(String),
    /// `aud` is another endpoint.
    #[error("aud is not {0:?}")]
    WrongAudience(String),
    /// No `exp`, or it is over.
    #[error("it is expired")]
    Expired,
    /// `exp` is too far ahead.
    #[error("it is good for more than an hour")]
    TooLong,
    /// No `jti`, without which a replay could not be noticed.
    #[error("it has no jti")]
    NoId,
}

/// Verifies a private_key_jwt with the client's keys; `audiences` are the names of this endpoint.
pub fn verify_private_key_jwt(
    assertion: &str,
    client_id: &str,
    keys: &[JwksKey],
    audiences: &[&str],
    now: Timestamp,
) -> Result<ClientAssertion, AssertionError> {
    let mut last = VerifyError::Signature;
    for key in keys {
        match verify(assertion, &key.key) {
            Ok(decoded) => return accept(&decoded, client_id, audiences, now),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// Verifies a client_secret_jwt (HS256) with the client's secret.
pub fn verify_secret_jwt(
    assertion: &str,
    client_id: &str,
    secret: &str,
    audiences: &[&str],
    now: Timestamp,
) -> Result<ClientAssertion, AssertionError> {
    let decoded = decode(assertion).map_err(|error: DecodeError| VerifyError::Decode(error))?;
    let algorithm = decoded.header.get("alg").and_then(Value::as_str).unwrap_or_default();
    if algorithm != "HS256" {
        return Err(VerifyError::Algorithm(algorithm.to_owned()).into());
    }
    keyed(secret, &decoded.signed).verify_slice(&decoded.signature).map_err(|_| VerifyError::Signature)?;
    accept(&decoded, client_id, audiences, now)
}

/// Makes a private_key_jwt, good for five minutes.
pub fn sign_private_key_jwt(
    client_id: &str,
    audience: &str,
    jti: &str,
    now: Timestamp,
    key: &SigningKey,
) -> String {
    sign(&claims(client_id, audience, jti, now), key, &[])
}

/// Makes a client_secret_jwt, good for five minutes.
pub fn sign_secret_jwt(client_id: &str, audience: &str, jti: &str, now: Timestamp, secret: &str) -> String {
    let header = Map::from_iter([("alg".to_owned(), json!("HS256"))]);
    let signed = unsigned(&header, &claims(client_id, audience, jti, now));
    let signature = keyed(secret, &signed).finalize().into_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn keyed(secret: &str, signed: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(signed.as_bytes());
    mac
}

fn claims(client_id: &str, audience: &str, jti: &str, now: Timestamp) -> Map<String, Value> {
    let issued = now.as_second();
    let claims = json!({
        "iss": client_id, "sub": client_id, "aud": audience,
        "iat": issued, "exp": issued + 300, "jti": jti,
    });
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

fn accept(
    decoded: &Decoded,
    client_id: &str,
    audiences: &[&str],
    now: Timestamp,
) -> Result<ClientAssertion, AssertionError> {
    if decoded.text("iss") != Some(client_id) || decoded.text("sub") != Some(client_id) {
        return Err(AssertionError::NotTheClient(client_id.to_owned()));
    }
    if !audiences.iter().any(|audience| decoded.is_for(audience)) {
        return Err(AssertionError::WrongAudience(audiences.first().copied().unwrap_or_default().to_owned()));
    }
    match decoded.number("exp").map(|expiry| expiry.saturating_sub(now.as_second())) {
        None | Some(..=0) => Err(AssertionError::Expired),
        Some(left) if left > MAX_LIFETIME_SECONDS => Err(AssertionError::TooLong),
        Some(_) => {
            let jti = decoded.text("jti").ok_or(AssertionError::NoId)?.to_owned();
            Ok(ClientAssertion { client_id: client_id.to_owned(), jti })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwks::{jwks, read_jwks};
    use crate::key::test::keys;

    const ENDPOINT: &str = "https://org.test/oauth2/v1/token";

    fn now() -> Timestamp {
        Timestamp::from_second(1_790_000_000).unwrap()
    }

    #[test]
    fn a_private_key_jwt_is_accepted_for_its_endpoint_and_time_only() {
        let keys = keys();
        let known = read_jwks(&jwks(&[&keys.rogue, &keys.trusted]));
        let assertion = sign_private_key_jwt("0oa1", ENDPOINT, "j", now(), &keys.trusted);
        let at = |client: &str, audience: &str, now| {
            verify_private_key_jwt(&assertion, client, &known, &[audience], now)
        };
        assert_eq!(at("0oa1", ENDPOINT, now()).unwrap().jti, "j");
        assert_eq!(at("0oa2", ENDPOINT, now()), Err(AssertionError::NotTheClient("0oa2".to_owned())));
        assert!(matches!(at("0oa1", "https://x", now()), Err(AssertionError::WrongAudience(_))));
        let later = now() + jiff::SignedDuration::from_mins(5);
        assert_eq!(at("0oa1", ENDPOINT, later), Err(AssertionError::Expired));
        let earlier = now() - jiff::SignedDuration::from_hours(1);
        assert_eq!(at("0oa1", ENDPOINT, earlier), Err(AssertionError::TooLong));
        assert!(verify_private_key_jwt(&assertion, "0oa1", &known[..1], &[ENDPOINT], now()).is_err());
    }

    #[test]
    fn a_secret_jwt_needs_the_secret() {
        let assertion = sign_secret_jwt("0oa1", ENDPOINT, "j", now(), "secret");
        assert!(verify_secret_jwt(&assertion, "0oa1", "secret", &[ENDPOINT], now()).is_ok());
        assert!(verify_secret_jwt(&assertion, "0oa1", "other", &[ENDPOINT], now()).is_err());
    }
}
