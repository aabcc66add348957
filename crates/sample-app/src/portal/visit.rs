//! One request of a browser.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::cookie;
use crate::store::Store;

/// A request for a tenant's pages, taken apart.
#[derive(Debug)]
pub(crate) struct Visit<'a> {
    pub method: &'a str,
    /// The path's segments below the tenant.
    pub below: Vec<&'a str>,
    /// Whether the path ends with a slash.
    pub slash_at_end: bool,
    pub query: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    pub cookies: Option<String>,
    pub store: &'a Mutex<Store>,
}

impl Visit<'_> {
    /// Takes a query string or a form apart; a few fields are enough for anybody.
    pub(crate) fn fields(encoded: &[u8]) -> Vec<(String, String)> {
        const MOST: usize = 32;
        url::form_urlencoded::parse(encoded)
            .take(MOST)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }

    /// A parameter of the query.
    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        field(&self.query, name)
    }

    /// A field of the form.
    pub(crate) fn posted(&self, name: &str) -> Option<&str> {
        field(&self.form, name)
    }

    /// The first value of a cookie that the app could have set.
    pub(crate) fn cookie(&self, name: &'static str) -> Option<&str> {
        cookie::values(self.cookies.as_deref(), name).next()
    }

    /// Every such value: a browser may hold two of one name.
    pub(super) fn cookies_named(&self, name: &'static str) -> impl Iterator<Item = &str> {
        cookie::values(self.cookies.as_deref(), name)
    }

    /// The store, for as long as the guard lives.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
