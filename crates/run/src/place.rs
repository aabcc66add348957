//! Where something is written: a file, line and column, an option, or an environment variable.

use std::fmt;
use std::ops::Range;

use oinspect_core::is_secret_name;

/// A place in a file, with the line as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user knows it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The source line; values of secrets are left out.
    pub text: String,
    /// How many characters of the line are meant, at least 1.
    pub width: usize,
}

impl Place {
    /// The place of a range of bytes.
    pub fn of(file: &str, source: &str, span: &Range<usize>) -> Self {
        let start = source.floor_char_boundary(span.start.min(source.len()));
        let end = source.floor_char_boundary(span.end.clamp(start, source.len()));
        let line_start = source[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |newline| start + newline);
        let is_in_long_text =
            ["\"\"\"", "'''"].iter().any(|quotes| source[..line_start].matches(quotes).count() % 2 == 1);
        // What such a line belongs to stands further up: it may be a secret.
        let line = if is_in_long_text { "..." } else { source[line_start..line_end].trim_end() };
        let meant = &source[start..end.min(line_end)];
        Self {
            file: file.to_owned(),
            line: source[..start].matches('\n').count() + 1,
            column: source[line_start..start].chars().count() + 1,
            text: without_secrets(line),
            width: meant.chars().count().max(1),
        }
    }

    /// The source line with a mark under what is meant, on lines of their own.
    pub fn excerpt(&self) -> String {
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        // The mark never runs past what is shown: the rest of the line may be left out.
        let shown = self.text.chars().count().saturating_sub(self.column - 1).max(1);
        let indent = " ".repeat(self.column - 1);
        let mark = "^".repeat(self.width.min(shown));
        format!("\n  {number} | {}\n  {margin} | {indent}{mark}", self.text)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Whether the value under this key or in this header is a credential.
pub(crate) fn is_credential(name: &str) -> bool {
    let header = ["authorization", "proxy-authorization", "cookie"];
    is_secret_name(name) || header.iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// A source line without the values of keys that hold secrets, and without the credentials of URLs.
fn without_secrets(line: &str) -> String {
    for (at, _) in line.match_indices('=') {
        let key = line[..at].trim_end().trim_end_matches(['"', '\'']);
        let name = key.rsplit(['.', ' ', '\t', '{', ',', '"', '\'']).next().unwrap_or_default();
        if is_credential(name) {
            return format!("{}= ...", &line[..at]);
        }
    }
    without_credentials(line)
}

fn without_credentials(line: &str) -> String {
    let mut parts = line.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['"', '\'', ' ']).unwrap_or(part.len());
        let rest = part[..end].rfind('@').map_or(part, |at| &part[at..]);
        let mask = if rest.len() < part.len() { "..." } else { "" };
        shown = format!("{shown}://{mask}{rest}");
    }
    shown
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A file.
    File(Place),
    /// An option of the command line, such as `--set scim.base_url`; never with its value.
    Option(String),
    /// An environment variable, such as `OINSPECT_SCIM_BASE_URL`.
    Variable(String),
}

impl Origin {
    /// The source line with a mark; empty where there is no file.
    pub(crate) fn excerpt(&self) -> String {
        match self {
            Self::File(place) => place.excerpt(),
            Self::Default | Self::Option(_) | Self::Variable(_) => String::new(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(place) => place.fmt(f),
            Self::Option(option) => f.write_str(option),
            Self::Variable(name) => write!(f, "environment variable {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_under_what_is_meant() {
        let source = "a = 1\nnäme = \"x\"\n";
        let at = source.find("\"x\"").unwrap();
        let place = Place::of("f.toml", source, &(at..at + 3));
        assert_eq!(place.to_string(), "f.toml:2:8");
        assert_eq!(place.excerpt(), "\n  2 | näme = \"x\"\n    |        ^^^");
    }

    #[test]
    fn an_excerpt_never_shows_a_secret() {
        for line in ["auth = \"Bearer abc", "scim = { auth = \"abc\" }", "\"Authorization\" = 'abc'"] {
            let place = Place::of("f.toml", line, &(0..4));
            assert!(!place.excerpt().contains("abc"), "{}", place.excerpt());
        }
    }

    #[test]
    fn an_excerpt_shows_neither_a_long_text_nor_the_credentials_of_a_url() {
        let source = "auth = \"\"\"\nabc\"\"\" x\nurl = \"http://ann:p/a@ss@h/abc\" x\n";
        let place = |at: &str| Place::of("f", source, &(source.find(at).unwrap()..source.len())).text;
        assert_eq!(place("abc"), "...");
        assert_eq!(place("url"), "url = \"http://...@h/abc\" x");
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        assert_eq!(Place::of("f", "a", &(7..9)).to_string(), "f:1:2");
    }
}
