//! Everything the org remembers, in memory.

mod app;
mod group;
mod life;
mod log;
mod session;
mod token;
mod user;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::identity::Identity;

pub(crate) use app::{Assignment, Instance, InstanceStatus, Scope};
pub(crate) use group::{EVERYONE, Group};
pub(crate) use life::Wanted;
pub(crate) use log::{Event, LogEvent, Outcome, Party};
pub(crate) use session::Session;
pub(crate) use token::AccessToken;
pub(crate) use user::{Password, User, UserStatus};

/// Users, groups, apps, assignments, sessions and the system log.
#[derive(Debug)]
pub(crate) struct Store {
    identity: Identity,
    seed: u64,
    /// How many ids were given out, so that a name that comes again gets another one.
    ids: u64,
    /// By id; lists are in the order of `serial`.
    pub(crate) users: BTreeMap<String, User>,
    pub(crate) groups: BTreeMap<String, Group>,
    pub(crate) apps: BTreeMap<String, Instance>,
    sessions: BTreeMap<String, Session>,
    session_tokens: BTreeMap<String, token::SessionToken>,
    access_tokens: BTreeMap<String, AccessToken>,
    pub(crate) events: Vec<LogEvent>,
}

impl Store {
    /// An org without users and apps. The group of everyone is always there.
    pub(crate) fn new(identity: Identity, seed: u64, now: Timestamp) -> Self {
        let mut store = Self {
            identity,
            seed,
            ids: 0,
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            apps: BTreeMap::new(),
            sessions: BTreeMap::new(),
            session_tokens: BTreeMap::new(),
            access_tokens: BTreeMap::new(),
            events: Vec::new(),
        };
        store.make_everyone(now);
        store
    }

    /// The place of what was made last in the order of everything.
    fn serial(&self) -> u64 {
        self.ids
    }

    /// The place of what comes next.
    fn next_serial(&mut self) -> u64 {
        self.ids += 1;
        self.ids
    }

    /// An id for something new of this name. The same seed, name and order give the same id.
    pub(crate) fn new_id(&mut self, prefix: &str, name: &str) -> String {
        let serial = self.next_serial();
        self.identity.id(prefix, &format!("{}/{serial}/{name}", self.seed))
    }
}
