//! Sessions of users who signed in.

use jiff::{SignedDuration, Timestamp};

use super::{Store, UserStatus};
use crate::random;

/// How long a session lives without being used.
const IDLE: SignedDuration = SignedDuration::from_hours(2);

/// A user who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The value of the cookie; a secret.
    pub(crate) cookie: String,
    /// The public name of the session, `102...`, which the log shows.
    pub(crate) id: String,
    pub(crate) user_id: String,
    /// When the user gave the password.
    pub(crate) authenticated: Timestamp,
    pub(crate) expires: Timestamp,
    /// The page that the user signed in for, until that page has taken notice (`ForceAuthn`, `prompt=login`).
    pub(crate) signed_in_for: Option<String>,
}

impl Store {
    /// Starts a session for a user who gave the password, perhaps on the way to a page.
    pub(crate) fn start_session(&mut self, user_id: &str, for_page: Option<&str>, now: Timestamp) -> Session {
        let session = Session {
            cookie: random::token(40),
            id: format!("102{}", random::token(22)),
            user_id: user_id.to_owned(),
            authenticated: now,
            expires: now.checked_add(IDLE).unwrap_or(now),
            signed_in_for: for_page.map(str::to_owned),
        };
        if let Some(user) = self.users.get_mut(user_id) {
            user.last_login = Some(now);
        }
        self.sessions.insert(session.cookie.clone(), session.clone());
        session
    }

    /// The live session of this cookie, which from now on lives its whole time again.
    pub(crate) fn session(&mut self, cookie: &str, now: Timestamp) -> Option<Session> {
        self.sessions.retain(|_, session| session.expires > now);
        let session = self.sessions.get_mut(cookie)?;
        session.expires = now.checked_add(IDLE).unwrap_or(now);
        let active = self.users.get(&session.user_id).is_some_and(|user| user.status == UserStatus::Active);
        active.then(|| session.clone())
    }

    /// Whether the user signed in for this very page since it was asked for. Says so once.
    pub(crate) fn take_fresh_sign_in(&mut self, cookie: &str, page: &str) -> bool {
        match self.sessions.get_mut(cookie) {
            Some(session) if session.signed_in_for.as_deref() == Some(page) => {
                session.signed_in_for = None;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Ends the session of this cookie.
    pub(crate) fn end_session(&mut self, cookie: &str) -> Option<Session> {
        self.sessions.remove(cookie)
    }

    /// Ends all sessions of a user and says how many there were.
    pub(crate) fn end_sessions_of(&mut self, user_id: &str) -> usize {
        let before = self.sessions.len();
        self.sessions.retain(|_, session| session.user_id != user_id);
        before - self.sessions.len()
    }
}
