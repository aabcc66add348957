//! Whether a suite talks to this machine alone: then its pauses wait for nobody.

use std::collections::BTreeMap;

use url::{Host, Url};

use crate::suite::Suite;
use crate::template::{Piece, pieces};

/// By how much pauses are scaled unless the user says otherwise: not at all where every host is this
/// machine, fully elsewhere.
pub fn default_pause_scale(suite: &Suite, variables: &BTreeMap<String, String>) -> f64 {
    let local = suite
        .requests()
        .filter(|(_, step, _)| !step.skipped)
        .all(|(_, _, request)| is_local(&filled_in(&request.url, variables)));
    if local { 0.0 } else { 1.0 }
}

/// A URL with the variables that are known; the others stand for something harmless.
fn filled_in(url: &str, variables: &BTreeMap<String, String>) -> String {
    pieces(url)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Name(name) => variables.get(&name).cloned().unwrap_or_else(|| "x".to_owned()),
            Piece::Call(..) => "x".to_owned(),
        })
        .collect()
}

fn is_local(url: &str) -> bool {
    let Ok(url) = Url::parse(url.trim()) else { return false };
    match url.host() {
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
    fn only_this_machine_is_local() {
        for url in ["http://localhost:80/x", "http://127.0.0.9", "http://[::1]:1/", "https://a.localhost/"] {
            assert!(is_local(url), "{url}");
        }
        for url in ["http://localhost.example.com", "http://10.0.0.1", "x/Users", "http://x"] {
            assert!(!is_local(url), "{url}");
        }
    }

    #[test]
    fn one_host_elsewhere_keeps_the_pauses() {
        let suite = Suite::parse(
            br#"{"name": "n", "steps": [
                {"step_type": "request", "url": "{{a}}/x/{{id}}"},
                {"step_type": "request", "url": "{{b}}/y"}]}"#,
        )
        .expect("a suite");
        let mut variables = BTreeMap::from([("a", "http://localhost:1"), ("b", "http://127.0.0.1:2")])
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<BTreeMap<_, _>>();
        assert!(default_pause_scale(&suite, &variables).abs() < f64::EPSILON);
        variables.insert("b".to_owned(), "https://example.com".to_owned());
        assert!((default_pause_scale(&suite, &variables) - 1.0).abs() < f64::EPSILON);
    }
}
