//! The name that somebody probably meant.

/// Less alike than this is no suggestion but a guess.
const ALIKE: f64 = 0.55;

/// The name that is most like the given one, if any is like it at all.
///
/// A name whose last part is the given one counts as nearly the same: the section was forgotten.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let last = |name: &'a str| name.rsplit('.').next().unwrap_or(name);
    names
        .into_iter()
        .map(|candidate| {
            let whole = strsim::normalized_damerau_levenshtein(name, candidate);
            let part = strsim::normalized_damerau_levenshtein(name, last(candidate)) * 0.95;
            (whole.max(part), candidate)
        })
        .filter(|(score, _)| *score >= ALIKE)
        // The first of equals: `max_by` would take the last.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_and_a_forgotten_section_are_recognised() {
        let names = ["scim.base_url", "scim.auth", "network.proxy"];
        assert_eq!(nearest("scim.base_ulr", names), Some("scim.base_url"));
        assert_eq!(nearest("proxy", names), Some("network.proxy"));
        assert_eq!(nearest("zzzzzzzz", names), None);
    }
}
