//! Judging a user name and a password, wherever they come from.

use jiff::Timestamp;

use crate::store::{Event, Party, Store, User, UserStatus};

/// Wrong passwords in a row that lock a user out.
const ATTEMPTS: u32 = 10;

/// What comes of a user name and a password.
#[derive(Debug, Clone)]
pub(crate) enum Attempt {
    /// They belong together, and the user may sign in.
    SignedIn(Box<User>),
    /// Too many wrong passwords went before.
    LockedOut,
    /// There is no such user, it may not sign in, or the password is another. Nobody is told which.
    Refused,
}

/// Judges them and logs a refusal.
pub(crate) fn attempt(store: &mut Store, login: &str, password: &str, now: Timestamp) -> Attempt {
    let Some(user) = store.user_of_login(login).cloned() else {
        let event = Event::of("user.session.start", Party::unknown(login), vec![Party::unknown(login)]);
        store.log(event.failed("VERIFICATION_ERROR"), now);
        return Attempt::Refused;
    };
    let party = Party::user(&user);
    let refused = Event::of("user.session.start", party.clone(), vec![party.clone()]);
    match user.status {
        UserStatus::LockedOut => {
            store.log(refused.failed("LOCKED_OUT"), now);
            return Attempt::LockedOut;
        }
        UserStatus::Active => {}
        UserStatus::Staged | UserStatus::Provisioned | UserStatus::Suspended | UserStatus::Deprovisioned => {
            store.log(refused.failed("VERIFICATION_ERROR"), now);
            return Attempt::Refused;
        }
    }
    if user.password.as_ref().is_some_and(|known| known.is(password)) {
        if let Some(user) = store.users.get_mut(&user.id) {
            user.failed_sign_ins = 0;
        }
        return Attempt::SignedIn(Box::new(user));
    }
    store.log(refused.failed("INVALID_CREDENTIALS"), now);
    let failed = user.failed_sign_ins + 1;
    if let Some(user) = store.users.get_mut(&user.id) {
        user.failed_sign_ins = failed;
    }
    if failed >= ATTEMPTS {
        store.change_status(&user.id, UserStatus::LockedOut, "user.account.lock", &party, now);
        return Attempt::LockedOut;
    }
    Attempt::Refused
}
