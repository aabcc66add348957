//! Parameters of a query or a form, each of which may occur once.

use std::collections::BTreeMap;

use url::form_urlencoded::parse;

/// Parameters by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parameters {
    values: BTreeMap<String, String>,
    /// The first name that occurred again.
    pub(crate) repeated: Option<String>,
}

impl Parameters {
    /// Reads the octets of a query or a form.
    pub(crate) fn read(text: &str) -> Self {
        let mut read = Self::default();
        for (name, value) in parse(text.as_bytes()) {
            if read.values.insert(name.clone().into_owned(), value.into_owned()).is_some() {
                read.repeated.get_or_insert(name.into_owned());
            }
        }
        read
    }

    /// The value of this name, unless it is absent or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value of this name, empty or not.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}
