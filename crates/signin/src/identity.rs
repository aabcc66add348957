//! Who a user is, in the words that an app may show.

/// A user of the run. Every string is unique to the run, so that it is found where it shows.
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
        for part in [&self.email, &self.login, &self.last_name, &self.first_name] {
            if part.chars().count() >= 3
                && text.contains(&part.to_lowercase())
                && !shown.contains(&part.as_str())
            {
                shown.push(part);
            }
        }
        shown
    }
}
