//! Instants as SAML writes them: UTC, and with milliseconds where Okta writes.

use jiff::Timestamp;

/// The instant with exactly three decimals and a `Z`, as Okta writes it.
pub fn format_instant(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Reads an instant leniently: any number of decimals, `Z` or an offset. `None` if it is no instant at all.
pub fn parse_instant(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_always_written() {
        let instant = parse_instant("2026-03-25T13:45:47Z").unwrap();
        assert_eq!(format_instant(instant), "2026-03-25T13:45:47.000Z");
        let instant = parse_instant("2026-03-25T13:45:47.1239999Z").unwrap();
        assert_eq!(format_instant(instant), "2026-03-25T13:45:47.123Z");
        assert_eq!(parse_instant("yesterday"), None);
    }
}
