//! Cookies: one for the session, one that ties a sign-in under way to its browser.

use crate::switches::Switches;
use crate::variant::Variant;

/// The cookie that ties a sign-in under way to its browser.
pub(crate) const BROWSER: &str = "browser";

/// The session cookie's name.
pub(super) fn session_name(switches: Switches) -> &'static str {
    if switches.is(Variant::SessionCookieRenamed) { "portal_sid" } else { "session" }
}

/// Every value that the browser sent for a cookie, at most a few.
pub(super) fn values<'a>(header: Option<&'a str>, name: &'a str) -> impl Iterator<Item = &'a str> {
    const MOST: usize = 8;
    let pairs = header.unwrap_or_default().split([';', ',']);
    let named = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(move |(known, _)| *known == name);
    named.map(|(_, value)| value.trim()).filter(|value| is_id(value)).take(MOST)
}

/// Whether this has the form of the ids that the app gives out.
fn is_id(value: &str) -> bool {
    value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Sets a cookie for the tenant's pages until the browser closes.
pub(super) fn set(name: &str, value: &str, path: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax{secure}")
}

/// Sets the cookie that ties a sign-in to its browser.
pub(crate) fn browser_cookie(value: &str, path: &str, secure: bool) -> String {
    set(BROWSER, value, path, secure)
}

/// Makes the browser forget a cookie.
pub(super) fn clear(name: &str, path: &str) -> String {
    format!("{name}=; Path={path}; HttpOnly; SameSite=Lax; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_values_that_the_app_could_have_given_out_count() {
        let id = "0123456789abcdef0123456789abcdef";
        let header = format!("other=1; session=x; session={id}; session2={id}");
        assert_eq!(values(Some(&header), "session").collect::<Vec<_>>(), [id]);
        assert_eq!(values(None, "session").count(), 0);
    }
}
