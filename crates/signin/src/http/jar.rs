//! Cookies of the HTTP agent, sent when Chromium would send them.
//!
//! Decided as Chromium does: a cookie that says nothing of `SameSite` is `Lax`, but for its first two
//! minutes goes with cross-site posts of the whole page, too; `None` without `Secure` is refused;
//! `Secure` works on the loopback without TLS; one site needs one scheme.

use cookie::{Cookie, SameSite};
use jiff::{SignedDuration, Timestamp};
use oinspect_core::Method;
use url::Url;

use super::site::{host_matches, is_address, is_same, is_shared, is_trustworthy};
use crate::agent::CookieSeen;
use crate::browser::value_hash;

/// The longest cookie.
const LONGEST: usize = 4096;
/// More cookies than this are not kept; the oldest go.
const MOST: usize = 500;
/// How long a cookie without `SameSite` goes with cross-site posts.
const FRESH: SignedDuration = SignedDuration::from_secs(120);

struct Kept {
    name: String,
    value: String,
    /// With a leading dot, where hosts below get it, too.
    domain: String,
    path: String,
    expires: Option<Timestamp>,
    same_site: Option<SameSite>,
    http_only: bool,
    secure: bool,
    created: Timestamp,
}

/// The cookies of one profile.
#[derive(Default)]
pub(crate) struct Jar(Vec<Kept>);

impl Jar {
    /// Keeps what an answer sets; what a browser would refuse is not kept.
    pub(crate) fn set(&mut self, from: &Url, line: &str, now: Timestamp) {
        let Some(mut kept) = accept(from, line, now) else { return };
        let same = |old: &Kept| old.name == kept.name && old.domain == kept.domain && old.path == kept.path;
        if let Some(at) = self.0.iter().position(same) {
            // An older cookie keeps its place in the order, and its age, when it is set again.
            kept.created = self.0.remove(at).created;
            if kept.expires.is_none_or(|expires| expires > now) {
                self.0.insert(at, kept);
            }
            return;
        }
        if kept.expires.is_none_or(|expires| expires > now) {
            if self.0.len() >= MOST {
                self.0.remove(0);
            }
            self.0.push(kept);
        }
    }

    /// The `Cookie` header of a page's request. The initiator is the page that led there; none where
    /// somebody typed the address.
    pub(crate) fn header(
        &self,
        to: &Url,
        method: Method,
        initiator: Option<&Url>,
        now: Timestamp,
    ) -> Option<String> {
        let same_site = initiator.is_none_or(|initiator| is_same(initiator, to));
        let is_safe = matches!(method, Method::Get | Method::Head | Method::Options);
        let host = to.host_str().unwrap_or_default();
        let mut sent: Vec<&Kept> = self
            .0
            .iter()
            .filter(|kept| {
                kept.expires.is_none_or(|expires| expires > now)
                    && host_matches(host, &kept.domain)
                    && path_matches(to.path(), &kept.path)
                    && (!kept.secure || is_trustworthy(to))
            })
            .filter(|kept| {
                same_site
                    || match kept.same_site {
                        Some(SameSite::None) => true,
                        Some(SameSite::Lax) => is_safe,
                        Some(SameSite::Strict) => false,
                        None => is_safe || now.duration_since(kept.created) < FRESH,
                    }
            })
            .collect();
        sent.sort_by_key(|kept| std::cmp::Reverse(kept.path.len()));
        let pairs: Vec<String> = sent.iter().map(|kept| format!("{}={}", kept.name, kept.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    pub(crate) fn forget(&mut self, of: &Url) {
        let host = of.host_str().unwrap_or_default();
        self.0.retain(|kept| !host_matches(host, &kept.domain));
    }

    pub(crate) fn seen(&self, of: &Url, now: Timestamp) -> Vec<CookieSeen> {
        let host = of.host_str().unwrap_or_default();
        let alive = self.0.iter().filter(|kept| kept.expires.is_none_or(|expires| expires > now));
        alive
            .filter(|kept| host_matches(host, &kept.domain))
            .map(|kept| CookieSeen {
                name: kept.name.clone(),
                value_hash: value_hash(&kept.value),
                domain: kept.domain.clone(),
                path: kept.path.clone(),
                is_session: kept.expires.is_none(),
                same_site: kept.same_site.map(|same_site| same_site.to_string()),
                http_only: kept.http_only,
                secure: kept.secure,
            })
            .collect()
    }
}

fn accept(from: &Url, line: &str, now: Timestamp) -> Option<Kept> {
    if line.len() > LONGEST {
        return None;
    }
    let cookie = Cookie::parse(line).ok()?;
    let host = from.host_str()?.to_ascii_lowercase();
    let secure = cookie.secure().unwrap_or(false);
    if secure && !is_trustworthy(from) {
        return None;
    }
    if cookie.same_site() == Some(SameSite::None) && !secure {
        return None;
    }
    let domain = match cookie.domain().map(|domain| domain.trim_start_matches('.').to_ascii_lowercase()) {
        Some(domain) if domain.is_empty() || domain == host && (is_address(&host) || is_shared(&domain)) => {
            None
        }
        Some(domain) => {
            let domain = format!(".{domain}");
            if !host_matches(&host, &domain) || is_shared(domain.trim_start_matches('.')) {
                return None;
            }
            Some(domain)
        }
        None => None,
    };
    let path = match cookie.path() {
        Some(path) if path.starts_with('/') => path.to_owned(),
        _ => default_path(from.path()),
    };
    if cookie.name().starts_with("__Secure-") && !secure {
        return None;
    }
    if cookie.name().starts_with("__Host-") && (!secure || domain.is_some() || cookie.path() != Some("/")) {
        return None;
    }
    let expires = match (cookie.max_age(), cookie.expires_datetime()) {
        (Some(age), _) => {
            let age = SignedDuration::from_secs(age.whole_seconds());
            Some(now.checked_add(age).unwrap_or(Timestamp::MAX))
        }
        (None, Some(moment)) => Timestamp::from_second(moment.unix_timestamp()).ok(),
        (None, None) => None,
    };
    Some(Kept {
        name: cookie.name().to_owned(),
        value: cookie.value().to_owned(),
        domain: domain.unwrap_or(host),
        path,
        expires,
        same_site: cookie.same_site(),
        http_only: cookie.http_only().unwrap_or(false),
        secure,
        created: now,
    })
}

/// RFC 6265, section 5.1.4.
fn default_path(path: &str) -> String {
    match path.rfind('/') {
        Some(0) | None => "/".to_owned(),
        Some(at) => path[..at].to_owned(),
    }
}

/// RFC 6265, section 5.1.4.
fn path_matches(path: &str, cookie: &str) -> bool {
    path == cookie
        || path.strip_prefix(cookie).is_some_and(|rest| cookie.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn jar(from: &str, lines: &[&str]) -> Jar {
        let mut jar = Jar::default();
        for line in lines {
            jar.set(&url(from), line, at(0));
        }
        jar
    }

    fn sent(jar: &Jar, to: &str, method: Method, from: Option<&str>, second: i64) -> String {
        jar.header(&url(to), method, from.map(url).as_ref(), at(second)).unwrap_or_default()
    }

    #[test]
    fn same_site_decides_what_a_post_from_elsewhere_carries() {
        let jar = jar(
            "https://app.test/",
            &[
                "n=1; SameSite=None; Secure",
                "l=1; SameSite=Lax",
                "s=1; SameSite=Strict",
                "u=1",
                "x=1; SameSite=None",
            ],
        );
        let org = Some("https://org.test/");
        assert_eq!(sent(&jar, "https://app.test/acs", Method::Post, org, 10), "n=1; u=1");
        assert_eq!(sent(&jar, "https://app.test/acs", Method::Post, org, 130), "n=1");
        assert_eq!(sent(&jar, "https://app.test/acs", Method::Get, org, 130), "n=1; l=1; u=1");
        assert_eq!(sent(&jar, "https://app.test/acs", Method::Get, None, 130), "n=1; l=1; s=1; u=1");
        assert_eq!(
            sent(&jar, "https://app.test/", Method::Post, Some("https://www.app.test/"), 130),
            "n=1; l=1; s=1; u=1"
        );
        assert_eq!(sent(&jar, "http://app.test/", Method::Get, None, 0), "l=1; s=1; u=1");
    }

    #[test]
    fn domain_path_and_age_decide_where_a_cookie_goes() {
        let jar = jar(
            "http://www.app.test/a/b",
            &[
                "h=1",
                "d=1; Domain=app.test; Path=/",
                "p=1; Path=/a",
                "m=1; Max-Age=60; Path=/",
                "o=1; Domain=other.test",
                "e=1; Max-Age=0",
            ],
        );
        assert_eq!(sent(&jar, "http://www.app.test/a/c", Method::Get, None, 0), "h=1; p=1; d=1; m=1");
        assert_eq!(sent(&jar, "http://www.app.test/ab", Method::Get, None, 61), "d=1");
        assert_eq!(sent(&jar, "http://app.test/a", Method::Get, None, 0), "d=1");
        assert_eq!(sent(&jar, "http://www.app.test:81/a", Method::Get, None, 99), "h=1; p=1; d=1");
    }

    #[test]
    fn what_a_browser_refuses_is_not_kept() {
        for line in [
            "",
            "__Host-a=1; Secure; Path=/; Domain=app.test",
            "__Secure-a=1",
            "a=1; Domain=com",
            "a=1; Secure",
        ] {
            let jar = jar("http://app.test/", &[line]);
            assert_eq!(sent(&jar, "https://app.test/", Method::Get, None, 0), "", "{line}");
        }
        let local = jar("http://localhost:8480/", &["a=1; Secure; SameSite=None", "b=1; Domain=localhost"]);
        assert_eq!(
            sent(&local, "http://localhost:9000/", Method::Post, Some("http://127.0.0.1/"), 500),
            "a=1"
        );
        assert_eq!(sent(&local, "http://localhost:9000/", Method::Post, None, 500), "a=1; b=1");
    }

    #[test]
    fn a_cookie_is_replaced_and_forgotten() {
        let mut jar = jar("http://app.test/", &["a=1", "a=2"]);
        assert_eq!(sent(&jar, "http://app.test/", Method::Get, None, 0), "a=2");
        jar.set(&url("http://app.test/"), "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", at(0));
        assert!(jar.seen(&url("http://app.test/"), at(0)).is_empty());
    }
}
