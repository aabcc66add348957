//! Who a user is, in the words that an app may show.

/// A user of the run. Every string but the first name is unique to the run, so that it is found where it
/// shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// The name to sign in with.
    pub login: String,
    /// The address.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
}

impl Identity {
    /// Which of the user's strings occur in a text, whatever their case.
    pub fn shown_in(&self, text: &str) -> Vec<&str> {
        let text = text.to_lowercase();
        let mut shown: Vec<&str> = Vec::new();
        for part in [&self.email, &self.login, &self.last_name] {
            if part.chars().count() >= 3
                && text.contains(&part.to_lowercase())
                && !shown.contains(&part.as_str())
            {
                shown.push(part);
            }
        }
        if is_word_of(&text, &self.first_name.to_lowercase()) && !shown.contains(&self.first_name.as_str()) {
            shown.push(&self.first_name);
        }
        shown
    }
}

/// Whether a name stands in a text as a word of its own. Three letters of a first name are soon found
/// within a code challenge or a state.
fn is_word_of(text: &str, name: &str) -> bool {
    let is_free = |next: Option<char>| !next.is_some_and(char::is_alphanumeric);
    name.chars().count() >= 3
        && text.match_indices(name).any(|(at, found)| {
            is_free(text[..at].chars().next_back()) && is_free(text[at + found.len()..].chars().next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_name_within_random_letters_is_nobody() {
        let ada =
            Identity { first_name: "Ada".to_owned(), last_name: "Love-1".to_owned(), ..Identity::default() };
        assert!(ada.shown_in("state=nKHtN27nFDAdanWpRBK").is_empty());
        assert_eq!(ada.shown_in("Hello, ada! state=x"), ["Ada"]);
        assert_eq!(ada.shown_in("xxlove-12"), ["Love-1"]);
    }
}
