//! One-step changes to a good ID token, and the outbox that applies them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};

use serde_json::json;

use crate::id_token::{IdTokenDraft, SigningKeyChoice};

/// A change of a good draft in exactly one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bend {
    /// The nonce is another one than the request's.
    WrongNonce,
    /// The token is for another client.
    WrongAudience,
    /// Signed by a key that is in no JWKS.
    UnknownKey,
    /// The token is from another issuer.
    WrongIssuer,
    /// The token was over an hour ago.
    Expired,
    /// The hash is that of another access token.
    WrongAccessTokenHash,
}

impl Bend {
    /// Every bend.
    pub const ALL: [Self; 6] = [
        Self::WrongNonce,
        Self::WrongAudience,
        Self::UnknownKey,
        Self::WrongIssuer,
        Self::Expired,
        Self::WrongAccessTokenHash,
    ];

    /// Bends the draft.
    pub fn apply(self, draft: &mut IdTokenDraft) {
        let (claim, value) = match self {
            Self::WrongNonce => ("nonce", json!("a-nonce-that-was-never-sent")),
            Self::WrongAudience => ("aud", json!("0oanotthisclient0000")),
            Self::UnknownKey => {
                draft.signed_by = SigningKeyChoice::Rogue;
                return;
            }
            Self::WrongIssuer => ("iss", json!("https://elsewhere.example")),
            Self::Expired => {
                let issued = draft.claims.get("iat").and_then(Value::as_i64).unwrap_or_default();
                ("exp", json!(issued - 3600))
            }
            Self::WrongAccessTokenHash => ("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA")),
        };
        draft.claims.insert(claim.to_owned(), value);
    }

    /// What was changed, in one sentence for a report.
    pub fn describe(self) -> &'static str {
        match self {
            Self::WrongNonce => {
                "The ID token's nonce is not the one of the request; all else is as in a good token."
            }
            Self::WrongAudience => "The ID token's aud names another client; all else is as in a good token.",
            Self::UnknownKey => {
                "The ID token is signed by a key that the provider's key set does not hold, under that key's kid; \
                 all else is as in a good token."
            }
            Self::WrongIssuer => "The ID token's iss names another provider; all else is as in a good token.",
            Self::Expired => {
                "The ID token's exp was an hour before it was issued; all else is as in a good token."
            }
            Self::WrongAccessTokenHash => {
                "The ID token's at_hash belongs to another access token; all else is as in a good token."
            }
        }
    }
}

/// Bends for the ID tokens of somebody. Clones share their content.
///
/// A bend stays until it is taken back: an app that asks once more after a refusal gets no good message
/// instead.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    bends: Arc<Mutex<HashMap<String, InUse>>>,
    /// What left, by login, the latest of each kind.
    left: Arc<Mutex<HashMap<String, Vec<SentClaims>>>>,
}

#[derive(Debug, Clone, Copy)]
struct InUse {
    bend: Bend,
    has_left: bool,
}

/// What a relying party was told of a user on the back channel.
pub type SentClaims = (&'static str, Map<String, Value>);

impl Outbox {
    /// Every ID token of the user with this login is bent from now on.
    pub fn bend(&self, login: &str, bend: Bend) {
        self.lock().insert(login.to_owned(), InUse { bend, has_left: false });
    }

    /// Takes the bend back. Says whether anything that was bent has left.
    pub fn mend(&self, login: &str) -> bool {
        self.lock().remove(login).is_some_and(|used| used.has_left)
    }

    /// The bend for what is being written now.
    pub fn leaves(&self, login: &str) -> Option<Bend> {
        let mut bends = self.lock();
        let used = bends.get_mut(login)?;
        used.has_left = true;
        Some(used.bend)
    }

    /// Keeps what a relying party was told of a user: "ID token" or "userinfo".
    pub fn has_left(&self, login: &str, kind: &'static str, claims: Map<String, Value>) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let told = left.entry(login.to_owned()).or_default();
        told.retain(|(known, _)| *known != kind);
        told.push((kind, claims));
    }

    /// What relying parties were last told of a user.
    pub fn sent_to(&self, login: &str) -> Vec<SentClaims> {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.get(login).cloned().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, InUse>> {
        self.bends.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id_token::tests::draft;

    #[test]
    fn each_bend_changes_one_thing() {
        for bend in Bend::ALL {
            let good = draft(Some("at"));
            let mut bent = good.clone();
            bend.apply(&mut bent);
            let claims = good.claims.iter().zip(&bent.claims).filter(|(good, bent)| good != bent).count();
            let changes = claims + usize::from(good.signed_by != bent.signed_by);
            assert_eq!((changes, bent.claims.len()), (1, good.claims.len()), "{bend:?}");
        }
    }

    #[test]
    fn a_bend_stays_until_it_is_taken_back() {
        let outbox = Outbox::default();
        outbox.clone().bend("ann", Bend::WrongNonce);
        assert_eq!(outbox.leaves("bob"), None);
        for _ in 0..2 {
            assert_eq!(outbox.leaves("ann"), Some(Bend::WrongNonce));
        }
        assert!(outbox.mend("ann"));
        assert_eq!(outbox.leaves("ann"), None);
        outbox.bend("ann", Bend::WrongNonce);
        assert!(!outbox.mend("ann"), "nothing left");
    }
}
