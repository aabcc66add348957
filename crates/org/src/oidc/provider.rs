//! What the provider remembers: keys, codes, tokens, and who takes part in a session.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use oinspect_oidc::{Keys, Outbox, SigningKey};

use crate::identity::Identity;
use crate::random;

/// How long a code can be redeemed.
pub(super) const CODE_LIFETIME: SignedDuration = SignedDuration::from_secs(300);
/// How long an access token is good.
pub(super) const ACCESS_LIFETIME: SignedDuration = SignedDuration::from_secs(3600);
const REFRESH_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The OpenID provider's own state.
pub(crate) struct Provider {
    /// The first signs at the beginning; both are published.
    pair: [SigningKey; 2],
    rogue: SigningKey,
    pub(super) outbox: Outbox,
    memory: Mutex<Memory>,
}

/// What comes and goes.
#[derive(Debug, Default)]
pub(super) struct Memory {
    rotations: usize,
    codes: BTreeMap<String, Code>,
    access: BTreeMap<String, Grant>,
    refresh: BTreeMap<String, Grant>,
    /// `jti` of client assertions, until they expire.
    assertions: BTreeMap<String, Timestamp>,
    /// Clients by the session in which they were given tokens.
    participants: BTreeMap<String, BTreeSet<String>>,
}

/// What a user let a client have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grant {
    /// Ties the tokens of one sign-in together, so that they can be revoked together.
    pub(super) id: String,
    pub(super) client_id: String,
    pub(super) user_id: String,
    pub(super) session_id: String,
    pub(super) scopes: Vec<String>,
    pub(super) auth_time: Timestamp,
    pub(super) nonce: Option<String>,
    pub(super) expires: Timestamp,
}

/// An authorization code.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) grant: Grant,
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<String>,
    used: bool,
}

/// What redeeming a code comes to.
pub(super) enum Redeemed {
    /// It is good, and now used.
    Good(Box<Code>),
    /// Unknown, expired, used, or another client's.
    Refused,
    /// It is good, but the request does not fit.
    Unfit(&'static str),
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").finish_non_exhaustive()
    }
}

impl Provider {
    pub(crate) fn new(identity: &Identity, outbox: Outbox) -> Self {
        let key = |kid: &str, pem: &str| {
            SigningKey::from_pem(kid, pem).expect("an identity holds keys that were read when it was made")
        };
        let of = |token: &crate::identity::TokenKey| key(&token.kid, &token.private_key_pem);
        Self {
            pair: [of(&identity.oidc_current), of(&identity.oidc_next)],
            rogue: key(&random::token(43), &identity.rogue.private_key_pem),
            outbox,
            memory: Mutex::new(Memory::default()),
        }
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next of the published keys signs from now on.
    pub(crate) fn rotate(&self) {
        self.memory().rotations += 1;
    }

    /// The keys that are published, the current one first.
    pub(super) fn published(&self) -> [&SigningKey; 2] {
        let [first, second] = &self.pair;
        if self.memory().rotations.is_multiple_of(2) { [first, second] } else { [second, first] }
    }

    /// What signs now.
    pub(super) fn keys(&self) -> Keys {
        let [current, _] = self.published();
        Keys { trusted: current.clone(), rogue: self.rogue.clone() }
    }
}

impl Memory {
    pub(super) fn new_code(&mut self, grant: Grant, redirect_uri: &str, challenge: Option<String>) -> String {
        let code = random::token(43);
        let participants = self.participants.entry(grant.session_id.clone()).or_default();
        participants.insert(grant.client_id.clone());
        let redirect_uri = redirect_uri.to_owned();
        self.codes.insert(code.clone(), Code { grant, redirect_uri, challenge, used: false });
        code
    }

    /// Redeems a code once. Somebody who comes with a used one ends what it was used for.
    pub(super) fn redeem(
        &mut self,
        code: &str,
        client_id: &str,
        now: Timestamp,
        complaint: impl FnOnce(&Code) -> Option<&'static str>,
    ) -> Redeemed {
        let Some(found) = self.codes.get_mut(code) else { return Redeemed::Refused };
        if found.used {
            let grant = found.grant.id.clone();
            self.revoke_grant(&grant);
            return Redeemed::Refused;
        }
        if found.grant.client_id != client_id || found.grant.expires <= now {
            return Redeemed::Refused;
        }
        if let Some(complaint) = complaint(found) {
            return Redeemed::Unfit(complaint);
        }
        found.used = true;
        Redeemed::Good(Box::new(found.clone()))
    }

    /// Remembers an access token.
    pub(super) fn keep_access(&mut self, token: &str, grant: &Grant, now: Timestamp) {
        self.access.retain(|_, grant| grant.expires > now);
        let expires = now.checked_add(ACCESS_LIFETIME).unwrap_or(now);
        self.access.insert(token.to_owned(), Grant { expires, ..grant.clone() });
    }

    pub(super) fn new_refresh(&mut self, grant: &Grant, now: Timestamp) -> String {
        let token = random::token(43);
        let expires = now.checked_add(REFRESH_LIFETIME).unwrap_or(now);
        self.refresh.insert(token.clone(), Grant { expires, ..grant.clone() });
        token
    }

    pub(super) fn access(&self, token: &str, now: Timestamp) -> Option<Grant> {
        self.access.get(token).filter(|grant| grant.expires > now).cloned()
    }

    pub(super) fn refresh(&self, token: &str, now: Timestamp) -> Option<Grant> {
        self.refresh.get(token).filter(|grant| grant.expires > now).cloned()
    }

    /// Ends one of the client's own tokens; a refresh token ends the access tokens that it gave as well.
    pub(super) fn revoke(&mut self, token: &str, client_id: &str) {
        if self.access.get(token).is_some_and(|grant| grant.client_id == client_id) {
            self.access.remove(token);
        }
        let grant = self.refresh.get(token).filter(|grant| grant.client_id == client_id);
        if let Some(grant) = grant.map(|grant| grant.id.clone()) {
            self.revoke_grant(&grant);
        }
    }

    fn revoke_grant(&mut self, id: &str) {
        self.access.retain(|_, grant| grant.id != id);
        self.refresh.retain(|_, grant| grant.id != id);
    }

    /// Whether this assertion is the first with its id.
    pub(super) fn is_first_use(&mut self, client_id: &str, jti: &str, now: Timestamp) -> bool {
        self.assertions.retain(|_, until| *until > now);
        // No assertion may be good for longer than an hour.
        let until = now.checked_add(ACCESS_LIFETIME).unwrap_or(now);
        self.assertions.insert(format!("{client_id} {jti}"), until).is_none()
    }

    /// Clients that were given tokens in this session, which ends now.
    pub(super) fn take_participants(&mut self, session_id: &str) -> BTreeSet<String> {
        self.participants.remove(session_id).unwrap_or_default()
    }
}
