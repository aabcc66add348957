//! Finds, before anything is sent, what no step and no script could ever define.

use std::collections::BTreeSet;

use crate::error::Error;
use crate::function::{is_bare, is_known};
use crate::parse::text_of;
use crate::suite::{Payload, RequestStep, Suite};
use crate::template::{Piece, pieces};
use crate::variables::Variables;

/// Refuses a suite with a variable that nothing could define, or a function that does not exist.
pub(crate) fn check(suite: &Suite, variables: &Variables) -> Result<(), Error> {
    let mut defined = Defined { variables, extracted: BTreeSet::new(), scripts: Vec::new() };
    for (_, step, request) in suite.requests() {
        if step.skipped {
            continue;
        }
        for text in sent_texts(request) {
            defined.check(&text, step.number)?;
        }
        // What follows already sees what this step defines.
        defined.scripts.extend(request.before_scripts.iter().chain(&request.scripts).map(String::as_str));
        defined.extracted.extend(request.extractions.iter().map(|extraction| extraction.name.as_str()));
        for assertion in &request.assertions {
            defined.check(&assertion.source.property, step.number)?;
            defined.check(&text_of(&assertion.target), step.number)?;
        }
        for extraction in &request.extractions {
            defined.check(&extraction.source.property, step.number)?;
        }
    }
    Ok(())
}

/// Every text of a step that is resolved before the request is sent.
fn sent_texts(request: &RequestStep) -> Vec<String> {
    let mut texts = vec![request.url.clone()];
    let pairs = |pairs: &[(String, String)]| -> Vec<String> {
        pairs.iter().flat_map(|(name, value)| [name.clone(), value.clone()]).collect()
    };
    texts.extend(pairs(&request.headers));
    match &request.payload {
        Payload::None => {}
        Payload::Text(text) => texts.push(text.clone()),
        Payload::Form(fields) | Payload::Multipart(fields) => texts.extend(pairs(fields)),
    }
    if let Some((user, password)) = &request.basic_auth {
        texts.extend([user.clone(), password.clone()]);
    }
    texts
}

struct Defined<'a> {
    variables: &'a Variables,
    extracted: BTreeSet<&'a str>,
    scripts: Vec<&'a str>,
}

impl Defined<'_> {
    fn check(&self, text: &str, step: usize) -> Result<(), Error> {
        self.check_pieces(&pieces(text), step)
    }

    fn check_pieces(&self, pieces: &[Piece], step: usize) -> Result<(), Error> {
        for piece in pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::Name(name) if self.could_have(name) => {}
                Piece::Name(name) => return Err(Error::UndefinedVariable { name: name.clone(), step }),
                Piece::Call(name, argument) if is_known(name) => self.check_pieces(argument, step)?,
                Piece::Call(name, _) => return Err(Error::UnknownFunction { name: name.clone(), step }),
            }
        }
        Ok(())
    }

    fn could_have(&self, name: &str) -> bool {
        self.variables.has(name)
            || is_bare(name)
            || self.extracted.contains(name)
            || self.scripts.iter().any(|script| could_set(script, name))
    }
}

/// Whether a script could set this variable: it names it, or it computes the names that it sets.
fn could_set(script: &str, name: &str) -> bool {
    script.contains("variables")
        && script.contains("set")
        && (script.contains(name)
            || script.split("set(").skip(1).any(|argument| !argument.trim_start().starts_with(['"', '\''])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_defines_what_it_names_and_maybe_what_it_computes() {
        assert!(could_set("variables.set('id', 1)", "id"));
        assert!(could_set("let n = 'i' + 'd'; variables.set(n, 1)", "id"));
        assert!(!could_set("variables.set(\"other\", 1)", "id"));
        assert!(!could_set("log('id')", "id"));
    }
}
