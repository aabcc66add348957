//! The page's own addresses: one for each check and group, so that a colleague can be sent there.

use std::collections::HashSet;

/// Gives out ids that are unique on the page.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    taken: HashSet<String>,
}

impl Anchors {
    /// The id of a thing: its own id where that is free and fit for an address.
    ///
    /// The page's own elements have ids that begin with `page-`; nothing else gets such a one.
    pub(crate) fn take(&mut self, id: &str) -> String {
        let fit: String = id
            .chars()
            .take(120)
            .map(|character| {
                if character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-' | '/') {
                    character
                } else {
                    '-'
                }
            })
            .collect();
        let fit = if fit.is_empty() || fit.starts_with("page-") { format!("x-{fit}") } else { fit };
        let mut anchor = fit.clone();
        let mut number = 2;
        while !self.taken.insert(anchor.clone()) {
            anchor = format!("{fit}~{number}");
            number += 1;
        }
        anchor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_unique_and_never_those_of_the_page() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.take("scim.patch.replace"), "scim.patch.replace");
        assert_eq!(anchors.take("scim.patch.replace"), "scim.patch.replace~2");
        assert_eq!(anchors.take("page-search"), "x-page-search");
        assert_eq!(anchors.take("a\" onclick=\"b"), "a--onclick--b");
    }
}
