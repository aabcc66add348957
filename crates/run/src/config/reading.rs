//! One value of the configuration as the type that its key demands.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::SignedDuration;
use oinspect_core::Profile;
use oinspect_signin::{Selector, Step};
use url::Url;

use crate::config::keys::{self, Kind};
use crate::config::layers::Assignment;
use crate::document::{Node, Value};
use crate::nearest::nearest;
use crate::place::Origin;
use crate::problem::Problem;

/// Reads the values that count.
pub(crate) struct Reading<'a> {
    pub(crate) assignments: &'a [Assignment],
    /// Where relative paths of the file begin.
    pub(crate) file_directory: &'a Path,
    /// Where relative paths of options and variables begin.
    pub(crate) working_directory: &'a Path,
}

impl Reading<'_> {
    fn node(&self, name: &str) -> Option<&Node> {
        self.assignments.iter().find(|one| one.key.name == name && one.member.is_none()).map(|one| &one.node)
    }

    /// The value of a key, or its default; `read` turns the node into what is wanted.
    fn read<T>(
        &self,
        name: &str,
        read: impl Fn(&Node, &str) -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        if let Some(node) = self.node(name) {
            return read(node, name).map(Some);
        }
        let default = keys::find(name).map_or("", |key| key.default);
        match crate::document::parse_value(default, &Origin::Default) {
            Some(node) => read(&node, name).map(Some),
            None => Ok(None),
        }
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        self.read(name, |node, key| Ok(node.text(expected(key), key)?.to_owned()))
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, Problem> {
        let texts = self.read(name, |node, key| {
            let texts = node.texts(expected(key), key)?;
            Ok(texts.into_iter().map(|(text, _)| text.to_owned()).collect())
        })?;
        Ok(texts.unwrap_or_default())
    }

    pub(crate) fn template(&self, name: &str) -> Result<Option<String>, Problem> {
        self.read(name, |node, key| {
            let template = node.text(expected(key), key)?;
            if template.contains("{name}") {
                Ok(template.to_owned())
            } else {
                let why = "without {name} every user would have the same userName; write it like \
                           \"{name}@example.com\"";
                Err(node.is_bad(why, key))
            }
        })
    }

    pub(crate) fn url(&self, name: &str) -> Result<Option<Url>, Problem> {
        self.read(name, |node, key| {
            let text = node.text(expected(key), key)?;
            url(text, &shown(node)).map_err(|why| node.is_bad(why, key))
        })
    }

    /// The value of a header that is sent as it stands.
    pub(crate) fn header_value(&self, name: &str) -> Result<Option<String>, Problem> {
        self.read(name, |node, key| header_value(node, expected(key), key))
    }

    /// The error of a value that makes no sense.
    pub(crate) fn bad(&self, name: &str, why: &str) -> Problem {
        match self.node(name) {
            Some(node) => node.is_bad(why, name),
            None => Problem::BadValue {
                key: name.to_owned(),
                why: why.to_owned(),
                origin: Box::new(Origin::Default),
            },
        }
    }

    pub(crate) fn profile(&self, name: &str) -> Result<Profile, Problem> {
        let profile = self.read(name, |node, key| profile(node.text(expected(key), key)?, node, key))?;
        Ok(profile.unwrap_or_default())
    }

    pub(crate) fn duration(&self, name: &str) -> Result<Option<Duration>, Problem> {
        self.read(name, |node, key| {
            let text = node.text(expected(key), key)?;
            let parsed: Result<SignedDuration, _> = text.parse();
            parsed.ok().and_then(|duration| Duration::try_from(duration).ok()).ok_or_else(|| {
                node.is_bad(
                    format!("\"{}\" is no duration; write it like \"500ms\" or \"2s\"", shown(node)),
                    key,
                )
            })
        })
    }

    /// A time limit: no limit of zero lets anything through.
    pub(crate) fn limit(&self, name: &str) -> Result<Option<Duration>, Problem> {
        let limit = self.duration(name)?;
        match (limit, self.node(name)) {
            (Some(Duration::ZERO), Some(node)) => {
                Err(node.is_bad("a limit of zero lets nothing through; write it like \"10s\"", name))
            }
            _ => Ok(limit),
        }
    }

    pub(crate) fn count(&self, name: &str) -> Result<Option<usize>, Problem> {
        self.read(name, |node, key| match node.value {
            Value::Integer(number) => match usize::try_from(number) {
                Ok(count) if count > 0 => Ok(count),
                _ => Err(node.is_bad(format!("{number} is not above zero"), key)),
            },
            _ => Err(node.is_not(expected(key), key)),
        })
    }

    pub(crate) fn bytes(&self, name: &str) -> Result<Option<usize>, Problem> {
        self.read(name, |node, key| match &node.value {
            Value::Integer(number) => usize::try_from(*number)
                .ok()
                .filter(|bytes| *bytes > 0)
                .ok_or_else(|| node.is_bad(format!("{number} is not above zero"), key)),
            Value::Text { text, .. } => size(text)
                .ok_or_else(|| node.is_bad(format!("\"{text}\" is no size; write it like \"8 MiB\""), key)),
            _ => Err(node.is_not(expected(key), key)),
        })
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<f64>, Problem> {
        self.read(name, |node, key| {
            #[expect(clippy::cast_precision_loss, reason = "a rate or a scale is never that large")]
            let number = match node.value {
                Value::Integer(number) => number as f64,
                Value::Float(number) => number,
                _ => return Err(node.is_not(expected(key), key)),
            };
            if number.is_finite() && number >= 0.0 {
                Ok(number)
            } else {
                Err(node.is_bad(format!("{number} is not zero or above"), key))
            }
        })
    }

    pub(crate) fn path(&self, name: &str) -> Result<Option<PathBuf>, Problem> {
        self.read(name, |node, key| {
            let base = match node.origin {
                Origin::File(_) => self.file_directory,
                Origin::Default | Origin::Option(_) | Origin::Variable(_) => self.working_directory,
            };
            Ok(base.join(node.text(expected(key), key)?))
        })
    }

    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        self.read(name, |node, key| match &node.value {
            Value::Boolean(truth) => Ok(*truth),
            // From the environment or the command line.
            Value::Text { text, .. } if text == "true" => Ok(true),
            Value::Text { text, .. } if text == "false" => Ok(false),
            _ => Err(node.is_not(expected(key), key)),
        })
    }

    /// One of a few words; the key has a default.
    pub(crate) fn word(&self, name: &str, words: &[&str]) -> Result<String, Problem> {
        let word = self.read(name, |node, key| {
            let text = node.text(expected(key), key)?;
            if words.contains(&text) {
                return Ok(text.to_owned());
            }
            let meant = nearest(text, words.iter().copied())
                .map(|nearest| format!("; did you mean \"{nearest}\"?"))
                .unwrap_or_default();
            Err(node.is_bad(format!("\"{}\" is not {}{meant}", shown(node), expected(key)), key))
        })?;
        Ok(word.unwrap_or_default())
    }

    pub(crate) fn selector(&self, name: &str) -> Result<Option<Selector>, Problem> {
        self.read(name, |node, key| {
            let text = node.text(expected(key), key)?;
            // The parser's own words are for its developers.
            Selector::parse(text).map_err(|_| {
                let why = format!(
                    "\"{text}\" is no selector; write CSS such as \"#sign-out\", or text= and words on the page"
                );
                node.is_bad(why, key)
            })
        })
    }

    pub(crate) fn steps(&self, name: &str) -> Result<Vec<Step>, Problem> {
        let steps = self.read(name, |node, key| match &node.value {
            Value::List(nodes) => nodes
                .iter()
                .map(|node| serde_json::from_value(node.json(false)).map_err(|_| node.is_bad(NO_STEP, key)))
                .collect(),
            _ => Err(node.is_not(expected(key), key)),
        })?;
        Ok(steps.unwrap_or_default())
    }

    /// Whether somebody set a key of this section.
    pub(crate) fn has_section(&self, section: &str) -> bool {
        self.assignments
            .iter()
            .any(|one| one.key.name.strip_prefix(section).is_some_and(|rest| rest.starts_with('.')))
    }

    pub(crate) fn headers(&self, name: &str) -> Result<Vec<(String, String)>, Problem> {
        self.members(name)
            .map(|(header, node)| {
                let key = format!("{name}.{header}");
                if header.is_empty() || !header.chars().all(is_header_character) {
                    return Err(node.is_bad("this is no name of a header", &key));
                }
                Ok((header.to_owned(), header_value(node, "a string", &key)?))
            })
            .collect()
    }

    pub(crate) fn attributes(&self, name: &str) -> serde_json::Map<String, serde_json::Value> {
        self.members(name).map(|(attribute, node)| (attribute.to_owned(), node.json(false))).collect()
    }

    fn members(&self, name: &str) -> impl Iterator<Item = (&str, &Node)> {
        self.assignments
            .iter()
            .filter(move |one| one.key.name == name)
            .filter_map(|one| Some((one.member.as_deref()?, &one.node)))
    }
}

/// Said of a step that is none; the parser's own words are for its developers.
const NO_STEP: &str = "this is no step; write { click = \"#next\" }, \
    { fill = { field = \"#email\", text = \"{login}\" } }, { wait = \"#form\" }, \
    { wait_for_url = \"https://*/login\" } or \
    { if_visible = { selector = \"#cookies\", steps = [{ click = \"#accept\" }] } }";

fn expected(key: &str) -> &'static str {
    keys::find(key).map_or("another type", |key| key.kind.expected())
}

/// A text as an error may show it.
fn shown(node: &Node) -> String {
    node.json(true).as_str().unwrap_or_default().to_owned()
}

/// The profile with this name.
pub(crate) fn profile(name: &str, node: &Node, key: &str) -> Result<Profile, Problem> {
    Profile::ALL.into_iter().find(|profile| profile.name() == name).ok_or_else(|| {
        let meant = nearest(name, Profile::ALL.map(Profile::name))
            .map(|nearest| format!("; did you mean \"{nearest}\"?"))
            .unwrap_or_default();
        node.is_bad(format!("there is no profile \"{name}\", only {}{meant}", Kind::Profile.expected()), key)
    })
}

fn url(text: &str, shown: &str) -> Result<Url, String> {
    let example = || {
        // `localhost:8080/scim` parses as the scheme `localhost`.
        if text.contains("://") {
            "http://localhost:8080/scim/v2".to_owned()
        } else {
            format!("http://{shown}")
        }
    };
    let parsed = Url::parse(text).ok().filter(Url::has_host);
    let Some(parsed) = parsed else {
        let lacks = if text.contains("://") { "is no URL" } else { "has no scheme" };
        return Err(format!("\"{shown}\" {lacks}; write it like \"{}\"", example()));
    };
    if matches!(parsed.scheme(), "http" | "https") {
        Ok(parsed)
    } else {
        Err(format!("\"{shown}\" is neither http nor https"))
    }
}

fn header_value(node: &Node, expected: &str, key: &str) -> Result<String, Problem> {
    let value = node.text(expected, key)?;
    if value.chars().any(char::is_control) {
        return Err(node.is_bad("a header cannot hold line ends or control characters", key));
    }
    Ok(value.trim().to_owned())
}

fn is_header_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

fn size(text: &str) -> Option<usize> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: usize = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" | "bytes" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return None,
    };
    number.parse::<usize>().ok()?.checked_mul(factor).filter(|bytes| *bytes > 0)
}
