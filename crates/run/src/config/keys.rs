//! Every key of `oinspect.toml`: the one table that reading, errors, `--set` and the docs share.

mod table;

use crate::nearest::nearest;

/// The sections of the file.
pub(crate) const SECTIONS: [&str; 9] =
    ["app", "saml", "oidc", "scim", "org", "browser", "network", "limits", "run"];

/// A key of `oinspect.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key with its section, such as `scim.base_url`.
    pub name: &'static str,
    /// What belongs there.
    pub kind: Kind,
    /// The value when nobody sets it, as TOML; empty where there is none.
    pub default: &'static str,
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// Whether results are valid for this value only.
    pub identifies: bool,
}

/// What belongs to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A credential: never shown.
    Secret,
    /// An absolute http or https URL.
    Url,
    /// A text in which `{name}` stands for a unique name.
    Template,
    /// `rfc`, `okta` or `entra`.
    Profile,
    /// A length of time such as `500ms`, `2s` or `1m 30s`.
    Duration,
    /// A whole number above zero.
    Count,
    /// A number of bytes, or a text such as `8 MiB`.
    Bytes,
    /// A number, zero or above.
    Number,
    /// A file or folder; in the file relative to it, elsewhere to the working directory.
    Path,
    /// A text, or a list of texts.
    Texts,
    /// A table of texts: header names and values.
    Headers,
    /// A table of anything: SCIM attributes and values.
    Attributes,
    /// `true` or `false`.
    Flag,
    /// Something on a page: a CSS selector, or `text=` and what is written there.
    Selector,
    /// A list of what a user does on the app's own pages before the identity provider is asked.
    Steps,
    /// `auto`, `webdriver` or `http`.
    Agent,
    /// How a relying party identifies itself at the token endpoint.
    ClientAuthentication,
}

impl Kind {
    /// What belongs there, with an example, for error messages and the docs.
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Secret => "a string such as \"Bearer ${SCIM_TOKEN}\"",
            Self::Url => "a URL such as \"http://localhost:8080/scim/v2\"",
            Self::Template => "a string with {name} in it, such as \"{name}@example.com\"",
            Self::Profile => "one of \"rfc\", \"okta\", \"entra\"",
            Self::Duration => "a duration such as \"500ms\" or \"2s\"",
            Self::Count => "a whole number above zero",
            Self::Bytes => "a number of bytes, or a size such as \"8 MiB\"",
            Self::Number => "a number, zero or above",
            Self::Path => "the path of a file or folder, as a string",
            Self::Texts => "a string or a list of strings",
            Self::Headers => "a table of header names and values",
            Self::Attributes => "a table of attributes and values",
            Self::Flag => "true or false",
            Self::Selector => "a CSS selector such as \"#email\", or \"text=Sign out\"",
            Self::Steps => {
                "a list of tables such as { click = \"#next\" } or { fill = { field = \"#email\", text = \"{login}\" } }"
            }
            Self::Agent => "one of \"auto\", \"webdriver\", \"http\"",
            Self::ClientAuthentication => {
                "one of \"client_secret_basic\", \"client_secret_post\", \"private_key_jwt\""
            }
        }
    }

    /// Whether each member of the table is set and shown on its own.
    pub(crate) const fn is_table(self) -> bool {
        matches!(self, Self::Headers | Self::Attributes)
    }

    /// Whether a value that is no TOML string is meant as a text all the same.
    pub(crate) const fn is_text(self) -> bool {
        match self {
            Self::Text
            | Self::Secret
            | Self::Url
            | Self::Template
            | Self::Profile
            | Self::Duration
            | Self::Path
            | Self::Selector
            | Self::Agent
            | Self::ClientAuthentication => true,
            Self::Count
            | Self::Bytes
            | Self::Number
            | Self::Texts
            | Self::Headers
            | Self::Attributes
            | Self::Flag
            | Self::Steps => false,
        }
    }
}

const fn key(name: &'static str, kind: Kind, default: &'static str, about: &'static str) -> Key {
    Key { name, kind, default, about, identifies: false }
}

impl Key {
    /// The same key, part of what a result is valid for.
    const fn identifies(self) -> Self {
        Self { identifies: true, ..self }
    }

    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("OINSPECT_{}", self.name.to_uppercase().replace('.', "_"))
    }
}

pub use table::KEYS;

/// The key with this name.
pub(crate) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The table key that this name is a member of, and the member.
pub(crate) fn find_member(name: &str) -> Option<(&'static Key, &str)> {
    KEYS.iter().filter(|key| key.kind.is_table()).find_map(|key| {
        let member = name.strip_prefix(key.name)?.strip_prefix('.')?;
        (!member.is_empty()).then_some((key, member))
    })
}

/// Whether some key lies below this name.
pub(crate) fn is_section(name: &str) -> bool {
    KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// The key or section that was probably meant.
pub(crate) fn nearest_key(name: &str) -> Option<String> {
    let sections = SECTIONS;
    if name.contains('.') {
        nearest(name, KEYS.iter().map(|key| key.name))
    } else {
        nearest(name, sections.into_iter().chain(KEYS.iter().map(|key| key.name)))
    }
    .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_environment_variables_are_unique() {
        for (position, key) in KEYS.iter().enumerate() {
            assert!(KEYS[position + 1..].iter().all(|other| other.name != key.name), "{}", key.name);
            assert!(
                KEYS[position + 1..].iter().all(|other| other.variable() != key.variable()),
                "{}",
                key.name
            );
        }
    }

    #[test]
    fn a_variable_is_named_after_its_key() {
        assert_eq!(find("scim.base_url").unwrap().variable(), "OINSPECT_SCIM_BASE_URL");
    }
}
