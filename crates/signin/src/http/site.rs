//! Which hosts are one site, as cookies see it.

use std::net::IpAddr;

use url::{Host, Url};

/// Names under which anybody can register a name of two labels; the frequent ones. A host under one
/// that is missing here is taken for one site with its neighbours.
const SHARED: [&str; 44] = [
    "co.uk",
    "org.uk",
    "ac.uk",
    "gov.uk",
    "com.au",
    "net.au",
    "org.au",
    "co.nz",
    "co.jp",
    "ne.jp",
    "or.jp",
    "co.kr",
    "co.in",
    "com.br",
    "com.mx",
    "com.ar",
    "com.cn",
    "com.tw",
    "com.hk",
    "com.sg",
    "com.tr",
    "co.za",
    "co.il",
    "com.pl",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "vercel.app",
    "netlify.app",
    "pages.dev",
    "workers.dev",
    "fly.dev",
    "onrender.com",
    "web.app",
    "firebaseapp.com",
    "azurewebsites.net",
    "cloudfront.net",
    "ngrok.io",
    "ngrok.app",
    "ngrok-free.app",
    "trycloudflare.com",
    "run.app",
    "appspot.com",
    "elasticbeanstalk.com",
];

/// Whether two addresses are one site: scheme and registrable name; ports do not count.
pub(crate) fn is_same(one: &Url, other: &Url) -> bool {
    match (site(one), site(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

fn site(url: &Url) -> Option<(String, String)> {
    let host = url.host_str().filter(|host| !host.is_empty())?;
    Some((url.scheme().to_owned(), registrable(host).to_owned()))
}

/// The name that somebody registered: the last two labels, or three; an address is itself.
pub(crate) fn registrable(host: &str) -> &str {
    if is_address(host) {
        return host;
    }
    let mut starts: Vec<usize> = vec![0];
    starts.extend(host.match_indices('.').map(|(at, _)| at + 1));
    let last = |labels: usize| starts.len().checked_sub(labels).and_then(|at| host.get(starts[at]..));
    match last(2) {
        Some(two) if SHARED.contains(&two) => last(3).unwrap_or(two),
        Some(two) => two,
        None => host,
    }
}

/// Whether a cookie may not be set for a whole domain, because strangers live there.
pub(crate) fn is_shared(domain: &str) -> bool {
    !domain.contains('.') || SHARED.contains(&domain)
}

pub(crate) fn is_address(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

/// Whether a cookie of this domain goes to this host. A leading dot means hosts below, too.
pub(crate) fn host_matches(host: &str, domain: &str) -> bool {
    let (host, whole) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    match whole.strip_prefix('.') {
        Some(domain) => host == domain || (host.ends_with(&whole) && !is_address(&host)),
        None => host == whole,
    }
}

/// Whether cookies marked `Secure` may travel: encrypted, or never leaving this machine, as browsers
/// see it.
pub(crate) fn is_trustworthy(url: &Url) -> bool {
    url.scheme() == "https"
        || match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_scheme_and_registrable_name_whatever_the_port() {
        for (one, other, expected) in [
            ("http://localhost:1/", "http://localhost:2/x", true),
            ("http://localhost/", "http://127.0.0.1/", false),
            ("https://a.example.com/", "https://b.example.com/", true),
            ("https://a.example.co.uk/", "https://b.other.co.uk/", false),
            ("https://one.github.io/", "https://two.github.io/", false),
            ("http://example.com/", "https://example.com/", false),
            ("http://10.0.0.1/", "http://10.0.0.2/", false),
            ("about:blank", "about:blank", false),
        ] {
            let (one, other) = (Url::parse(one).unwrap(), Url::parse(other).unwrap());
            assert_eq!(is_same(&one, &other), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_cookie_goes_to_its_host_or_its_domain() {
        for (host, domain, expected) in [
            ("app.test", "app.test", true),
            ("www.app.test", "app.test", false),
            ("www.app.test", ".app.test", true),
            ("app.test", ".app.test", true),
            ("evilapp.test", ".app.test", false),
            ("127.0.0.1", ".0.0.1", false),
        ] {
            assert_eq!(host_matches(host, domain), expected, "{host} {domain}");
        }
    }
}
