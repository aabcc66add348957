//! Users.

use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::Store;
use crate::random;

/// A user of the org.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: String,
    /// Its place in the order of creation, which is the order of lists.
    pub(crate) serial: u64,
    pub(crate) status: UserStatus,
    pub(crate) created: Timestamp,
    pub(crate) activated: Option<Timestamp>,
    pub(crate) status_changed: Option<Timestamp>,
    pub(crate) last_login: Option<Timestamp>,
    pub(crate) last_updated: Timestamp,
    pub(crate) password_changed: Option<Timestamp>,
    /// Wrong passwords in a row.
    pub(crate) failed_sign_ins: u32,
    /// `login`, `email`, `firstName`, `lastName` and whatever else was stored; no nulls.
    pub(crate) profile: Map<String, Value>,
    pub(crate) password: Option<Password>,
}

/// Where a user is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UserStatus {
    Staged,
    Provisioned,
    Active,
    LockedOut,
    Suspended,
    Deprovisioned,
}

impl UserStatus {
    /// The name in the API.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Staged => "STAGED",
            Self::Provisioned => "PROVISIONED",
            Self::Active => "ACTIVE",
            Self::LockedOut => "LOCKED_OUT",
            Self::Suspended => "SUSPENDED",
            Self::Deprovisioned => "DEPROVISIONED",
        }
    }
}

/// A password, as good as forgotten: only its salted hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Password {
    salt: String,
    hash: Vec<u8>,
}

impl Password {
    pub(crate) fn new(password: &str) -> Self {
        let salt = random::token(16);
        let hash = hash(&salt, password);
        Self { salt, hash }
    }

    pub(crate) fn is(&self, password: &str) -> bool {
        hash(&self.salt, password) == self.hash
    }
}

fn hash(salt: &str, password: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(password).finalize().to_vec()
}

impl User {
    /// A text of the profile; empty when it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.profile.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The login (`user.userName` in expressions).
    pub(crate) fn login(&self) -> &str {
        self.text("login")
    }

    /// First and last name.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.text("firstName"), self.text("lastName")).trim().to_owned()
    }
}

impl Store {
    /// The user of this login, in whatever case it is written.
    pub(crate) fn user_of_login(&self, login: &str) -> Option<&User> {
        let login = login.to_lowercase();
        self.users.values().find(|user| user.login().to_lowercase() == login)
    }

    /// The user of this id or login.
    pub(crate) fn user(&self, id_or_login: &str) -> Option<&User> {
        self.users.get(id_or_login).or_else(|| self.user_of_login(id_or_login))
    }
}
