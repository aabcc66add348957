//! The variables of a run: their values, what they replace in texts, and why some have no value.

use std::collections::BTreeMap;
use std::sync::Arc;

use oinspect_core::{Redactor, is_secret_name};

use crate::function::{Functions, is_bare};
use crate::template::{Piece, pieces};

/// The variables of a run.
#[derive(Debug)]
pub(crate) struct Variables {
    values: BTreeMap<String, String>,
    /// Why a variable that some step or script defines has no value.
    missing: BTreeMap<String, String>,
    functions: Functions,
    redactor: Arc<Redactor>,
}

impl Variables {
    pub(crate) fn new(functions: Functions, redactor: Arc<Redactor>) -> Self {
        Self { values: BTreeMap::new(), missing: BTreeMap::new(), functions, redactor }
    }

    /// The values by name, for scripts.
    pub(crate) fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    /// Whether the variable has a value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Gives a variable its value; a secret is taught to the redactor before anything shows it.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        if is_secret_name(name) {
            self.redactor.learn(value);
        }
        self.missing.remove(name);
        self.values.insert(name.to_owned(), value.to_owned());
    }

    /// Takes a variable's value away: it should have got one, and did not.
    pub(crate) fn lose(&mut self, name: &str, why: &str) {
        self.values.remove(name);
        self.missing.insert(name.to_owned(), why.to_owned());
    }

    /// A number from the run's seed.
    pub(crate) fn random(&mut self) -> u64 {
        self.functions.rng.u64(..)
    }

    /// A text with its templates replaced. What they are replaced by is not looked at again.
    ///
    /// # Errors
    /// Says which variable has no value, and why.
    pub(crate) fn resolve(&mut self, text: &str) -> Result<String, String> {
        self.join(&pieces(text))
    }

    fn join(&mut self, pieces: &[Piece]) -> Result<String, String> {
        let mut joined = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => joined.push_str(text),
                Piece::Name(name) => joined.push_str(&self.value(name)?),
                Piece::Call(name, argument) => {
                    let argument = self.join(argument)?;
                    joined.push_str(&self.functions.call(name, &argument)?);
                }
            }
        }
        Ok(joined)
    }

    fn value(&mut self, name: &str) -> Result<String, String> {
        match (self.values.get(name), self.missing.get(name)) {
            (Some(value), _) => Ok(value.clone()),
            (None, Some(why)) => Err(format!("{{{{{name}}}}} has no value: {why}")),
            (None, None) if is_bare(name) => self.functions.call(name, ""),
            (None, None) => Err(format!("{{{{{name}}}}} has no value: no earlier step or script set it")),
        }
    }
}

#[cfg(test)]
mod tests {
    use oinspect_core::Clock;

    use super::*;

    fn variables() -> Variables {
        let functions = Functions { clock: Clock::System, rng: fastrand::Rng::with_seed(1) };
        let mut variables = Variables::new(functions, Arc::new(Redactor::default()));
        variables.set("base", "http://localhost");
        variables.set("nested", "{{base}}");
        variables.set("auth", "Bearer abcdefgh12345678");
        variables
    }

    #[test]
    fn templates_are_replaced_once() {
        let mut variables = variables();
        assert_eq!(variables.resolve("{{base}}/x").as_deref(), Ok("http://localhost/x"));
        assert_eq!(variables.resolve("{{nested}}").as_deref(), Ok("{{base}}"));
        assert_eq!(
            variables.resolve("{{encode_base64({{base}})}}").as_deref(),
            Ok("aHR0cDovL2xvY2FsaG9zdA==")
        );
    }

    #[test]
    fn a_variable_without_value_is_named_with_its_reason() {
        let mut variables = variables();
        assert!(variables.resolve("{{id}}").unwrap_err().contains("{{id}}"));
        variables.lose("base", "step 1 found no id");
        assert_eq!(variables.resolve("{{base}}").unwrap_err(), "{{base}} has no value: step 1 found no id");
        variables.set("base", "again");
        assert_eq!(variables.resolve("{{base}}").as_deref(), Ok("again"));
    }

    #[test]
    fn a_variable_hides_the_function_of_its_name() {
        let mut variables = variables();
        assert_eq!(variables.resolve("{{uuid}}").map(|uuid| uuid.len()), Ok(36));
        variables.set("uuid", "mine");
        assert_eq!(variables.resolve("{{uuid}}").as_deref(), Ok("mine"));
    }

    #[test]
    fn secrets_are_known_as_soon_as_they_are_set() {
        let variables = variables();
        assert!(!variables.redactor.text("x abcdefgh12345678 y").contains("abcdefgh"));
    }
}
