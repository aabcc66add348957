//! `"${NAME}"` in any text: filled in from the environment, and a secret from then on.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::config::keys::Kind;
use crate::config::layers::Assignment;
use crate::document::{Node, Value};
use crate::place::{Origin, is_credential};
use crate::problem::Problem;

/// How a secret is shown.
pub(crate) const MASK: &str = "[secret]";

/// Fills in environment variables; collects secrets and warnings.
pub(crate) struct Interpolation<'a> {
    pub(crate) environment: &'a BTreeMap<String, String>,
    /// Everything that must never be shown.
    pub(crate) secrets: Vec<String>,
    /// A sentence for each credential that stands in the open.
    pub(crate) warnings: Vec<String>,
}

impl Interpolation<'_> {
    /// Fills in every text of one assignment.
    pub(crate) fn fill(&mut self, assignment: &mut Assignment) -> Result<(), Problem> {
        let name = assignment.name();
        let is_credential = match assignment.key.kind {
            Kind::Secret => true,
            Kind::Headers | Kind::Attributes => assignment.member.as_deref().is_some_and(is_credential),
            _ => false,
        };
        self.node(&mut assignment.node, &name, is_credential, assignment.key.kind)
    }

    fn node(
        &mut self,
        node: &mut Node,
        key: &str,
        is_credential_here: bool,
        kind: Kind,
    ) -> Result<(), Problem> {
        match &mut node.value {
            Value::Text { text, shown } => {
                let mut filled = self.text(text, key, &node.origin)?;
                if is_credential_here {
                    if filled.variables == 0 && !text.is_empty() && kind != Kind::Attributes {
                        self.warn(key, &node.origin);
                    }
                    self.secrets.push(filled.text.clone());
                    *shown = Some(MASK.to_owned());
                } else {
                    if kind == Kind::Url {
                        self.password_of(&mut filled, text, key, &node.origin);
                    }
                    if filled.shown != filled.text {
                        *shown = Some(filled.shown);
                    }
                }
                *text = filled.text;
                Ok(())
            }
            Value::List(nodes) => {
                nodes.iter_mut().try_for_each(|node| self.node(node, key, is_credential_here, kind))
            }
            Value::Table(members) => members.iter_mut().try_for_each(|member| {
                let is_credential = is_credential_here || is_credential(&member.name);
                self.node(&mut member.node, &format!("{key}.{}", member.name), is_credential, kind)
            }),
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Date(_) => Ok(()),
        }
    }

    /// Masks the password of a URL, as a proxy may have one.
    fn password_of(&mut self, filled: &mut Filled, written: &str, key: &str, origin: &Origin) {
        // As it is written, and as the URL has it: that may be encoded further.
        let of_url = Url::parse(&filled.text).ok().and_then(|url| url.password().map(str::to_owned));
        let passwords: Vec<String> =
            of_url.into_iter().chain(password(&filled.text).map(str::to_owned)).collect();
        if passwords.iter().any(|password| written.contains(password)) {
            self.warn(key, origin);
        }
        for password in passwords {
            filled.shown = filled.shown.replace(&password, MASK);
            self.secrets.push(percent_decode_str(&password).decode_utf8_lossy().into_owned());
            self.secrets.push(password);
        }
    }

    fn warn(&mut self, key: &str, origin: &Origin) {
        self.warnings.push(format!(
            "`{key}` ({origin}) holds a secret in the open: write \"${{NAME}}\" and set the environment \
             variable NAME instead"
        ));
    }

    fn text(&mut self, text: &str, key: &str, origin: &Origin) -> Result<Filled, Problem> {
        let mut filled = Filled { text: String::new(), shown: String::new(), variables: 0 };
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            // Without a closing brace, or with anything but a name inside, it is plain text.
            let Some((variable, behind)) = after.split_once('}').filter(|(name, _)| is_name(name)) else {
                filled.plain(before);
                filled.plain("${");
                rest = after;
                continue;
            };
            // CI systems hand in an unknown secret as an empty text.
            let Some(value) = self.environment.get(variable).filter(|value| !value.is_empty()) else {
                return Err(Problem::UndefinedVariable {
                    variable: variable.to_owned(),
                    key: key.to_owned(),
                    origin: Box::new(origin.clone()),
                });
            };
            filled.plain(before);
            filled.text.push_str(value);
            filled.shown.push_str(MASK);
            filled.variables += 1;
            self.secrets.push(value.clone());
            rest = behind;
        }
        filled.plain(rest);
        Ok(filled)
    }
}

struct Filled {
    text: String,
    shown: String,
    variables: usize,
}

impl Filled {
    fn plain(&mut self, text: &str) {
        self.text.push_str(text);
        self.shown.push_str(text);
    }
}

/// The password in the text of a URL, whether or not it is one.
fn password(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (credentials, _) = rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())].rsplit_once('@')?;
    credentials.split_once(':').map(|(_, password)| password).filter(|password| !password.is_empty())
}

fn is_name(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts_well && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
