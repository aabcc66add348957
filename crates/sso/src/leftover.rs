//! Accounts that apps made just in time: removed where SCIM can, listed where it cannot.

use oinspect_core::{Cx, Finding};
use oinspect_scim::Target;

/// Remembers that the app may now have an account of this name.
pub(crate) fn account(cx: &mut Cx, login: &str) {
    let login = login.to_owned();
    let label = format!("the account {login} in the app");
    // Once for each, however often the user signs on.
    cx.forget(&label);
    cx.created(
        label,
        Box::new(move |cx| {
            if cx.session().settings::<Target>().is_none() {
                return Err(Finding::blocked(
                    "made by sign-on; no SCIM server is configured that could remove it",
                ));
            }
            oinspect_scim::remove_account(cx, &login)
        }),
    );
}

/// How many accounts of this name SCIM sees; `None` where no SCIM server is configured.
pub(crate) fn accounts_seen(cx: &mut Cx, login: &str) -> Result<Option<usize>, Finding> {
    if cx.session().settings::<Target>().is_none() {
        return Ok(None);
    }
    oinspect_scim::accounts_named(cx, login).map(|accounts| Some(accounts.len()))
}
