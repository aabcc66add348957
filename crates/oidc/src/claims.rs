//! Which claims about a person a scope opens, in the thin ID token and in userinfo.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What the org knows of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The user's id.
    pub id: String,
    /// The user's login, which need not be an email address.
    pub login: String,
    /// The email address.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// Names of the groups that the app may know of.
    pub groups: Vec<String>,
    /// When the profile was last changed.
    pub updated: Timestamp,
}

impl Profile {
    /// The claims of an ID token that comes together with an access token: hardly any.
    pub(crate) fn thin(&self, scopes: &[String]) -> Map<String, Value> {
        let mut claims = Map::new();
        if has(scopes, "profile") {
            claims.insert("name".to_owned(), json!(self.name()));
        }
        if has(scopes, "email") {
            claims.insert("email".to_owned(), json!(self.email));
        }
        claims
    }

    fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// What userinfo answers for these scopes. An ID token without an access token holds the same.
pub fn userinfo_claims(profile: &Profile, scopes: &[String]) -> Map<String, Value> {
    let mut claims = Map::new();
    let mut claim = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    claim("sub", json!(profile.id));
    if has(scopes, "profile") {
        claim("name", json!(profile.name()));
        claim("locale", json!("en_US"));
    }
    if has(scopes, "email") {
        claim("email", json!(profile.email));
    }
    if has(scopes, "profile") {
        claim("preferred_username", json!(profile.login));
        claim("given_name", json!(profile.first_name));
        claim("family_name", json!(profile.last_name));
        claim("zoneinfo", json!("America/Los_Angeles"));
        claim("updated_at", json!(profile.updated.as_second()));
    }
    if has(scopes, "email") {
        claim("email_verified", json!(true));
    }
    if has(scopes, "groups") {
        claim("groups", json!(profile.groups));
    }
    claims
}

pub(crate) fn has(scopes: &[String], scope: &str) -> bool {
    scopes.iter().any(|one| one == scope)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn ann() -> Profile {
        Profile {
            id: "00u1".to_owned(),
            login: "ann@ex.test".to_owned(),
            email: "ann.ox@ex.test".to_owned(),
            first_name: "Ann".to_owned(),
            last_name: "Ox".to_owned(),
            groups: vec!["Staff".to_owned()],
            updated: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_scope_opens_its_claims_only() {
        let scopes = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let openid = userinfo_claims(&ann(), &scopes("openid"));
        assert_eq!(openid.keys().collect::<Vec<_>>(), ["sub"]);
        let email = userinfo_claims(&ann(), &scopes("openid email"));
        assert_eq!(email.keys().collect::<Vec<_>>(), ["sub", "email", "email_verified"]);
        let all = userinfo_claims(&ann(), &scopes("openid profile email groups"));
        assert_eq!(all["family_name"], "Ox");
        assert_eq!(all["groups"], json!(["Staff"]));
    }
}
