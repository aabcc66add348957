//! An ID token before it is signed, with the claims of Okta's org authorization server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::claims::{Profile, has, userinfo_claims};
use crate::jwt::sign;
use crate::key::Keys;

/// How long an ID token is good for.
const LIFETIME_SECONDS: i64 = 3600;

/// An ID token as it will be signed. Build a good one, bend it if a check asks for that, then write it.
#[derive(Debug, Clone, PartialEq)]
pub struct IdTokenDraft {
    /// The claims in order.
    pub claims: Map<String, Value>,
    /// Which key signs.
    pub signed_by: SigningKeyChoice,
}

/// Which of the provider's keys signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningKeyChoice {
    /// The key in the JWKS.
    Trusted,
    /// The key that nobody trusts, under its own kid.
    Rogue,
}

/// Who signed in, where, and what for.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The person.
    pub profile: &'a Profile,
    /// The issuer.
    pub issuer: &'a str,
    /// The client.
    pub client_id: &'a str,
    /// The granted scopes.
    pub scopes: &'a [String],
    /// The request's nonce.
    pub nonce: Option<&'a str>,
    /// The org's id.
    pub org_id: &'a str,
    /// When the token is issued.
    pub now: Timestamp,
    /// When the person signed in to the org.
    pub auth_time: Timestamp,
    /// A random text for `jti`.
    pub token_id: &'a str,
}

impl IdTokenDraft {
    /// A good token. With an access token beside it, it is thin: names come from userinfo alone.
    pub fn good(subject: &Subject<'_>, access_token: Option<&str>, code: Option<&str>) -> Self {
        let mut claims = Map::new();
        claims.insert("sub".to_owned(), json!(subject.profile.id));
        if access_token.is_some() {
            claims.extend(subject.profile.thin(subject.scopes));
        } else {
            claims.extend(userinfo_claims(subject.profile, subject.scopes));
        }
        let issued = subject.now.as_second();
        let mut claim = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        claim("ver", json!(1));
        claim("iss", json!(subject.issuer));
        claim("aud", json!(subject.client_id));
        claim("iat", json!(issued));
        claim("exp", json!(issued + LIFETIME_SECONDS));
        claim("jti", json!(format!("ID.{}", subject.token_id)));
        claim("amr", json!(["pwd"]));
        claim("idp", json!(subject.org_id));
        if let Some(nonce) = subject.nonce {
            claim("nonce", json!(nonce));
        }
        if has(subject.scopes, "profile") {
            claim("preferred_username", json!(subject.profile.login));
        }
        claim("auth_time", json!(subject.auth_time.as_second()));
        if let Some(token) = access_token {
            claim("at_hash", json!(half_hash(token)));
        }
        if let Some(code) = code {
            claim("c_hash", json!(half_hash(code)));
        }
        Self { claims, signed_by: SigningKeyChoice::Trusted }
    }

    /// The signed token.
    pub fn write(&self, keys: &Keys) -> String {
        let key = match self.signed_by {
            SigningKeyChoice::Trusted => &keys.trusted,
            SigningKeyChoice::Rogue => &keys.rogue,
        };
        sign(&self.claims, key, &[])
    }
}

/// `at_hash` and `c_hash`: the left half of the SHA-256, base64url.
pub fn half_hash(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash[..16])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::claims::tests::ann;
    use crate::jwt::verify;
    use crate::key::test::keys;

    pub(crate) fn draft(access_token: Option<&str>) -> IdTokenDraft {
        let profile = ann();
        let scopes: Vec<String> = ["openid", "profile", "email"].map(str::to_owned).into();
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let subject = Subject {
            profile: &profile,
            issuer: "https://org.test",
            client_id: "0oa1",
            scopes: &scopes,
            nonce: Some("n"),
            org_id: "00o1",
            now,
            auth_time: now - jiff::SignedDuration::from_secs(10),
            token_id: "pq8",
        };
        IdTokenDraft::good(&subject, access_token, None)
    }

    #[test]
    fn a_token_beside_an_access_token_is_thin() {
        let token = draft(Some("at")).write(&keys());
        let read = verify(&token, &keys().trusted.private.to_public_key()).unwrap();
        let order =
            "sub name email ver iss aud iat exp jti amr idp nonce preferred_username auth_time at_hash";
        assert_eq!(read.claims.keys().cloned().collect::<Vec<_>>().join(" "), order);
        assert_eq!(read.claims["aud"], "0oa1");
        assert_eq!(read.claims["ver"], 1);
        assert_eq!(read.number("exp"), Some(1_790_003_600));
        assert_eq!(read.number("auth_time"), Some(1_789_999_990));
        assert_eq!(read.text("jti"), Some("ID.pq8"));
    }

    #[test]
    fn a_token_alone_holds_the_names() {
        let alone = draft(None);
        assert_eq!(alone.claims["given_name"], "Ann");
        assert!(!alone.claims.contains_key("at_hash"));
    }

    /// The example of OpenID Connect Core, appendix A.4.
    #[test]
    fn the_half_hash_of_the_specification_comes_out() {
        assert_eq!(half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
