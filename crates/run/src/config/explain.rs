//! Which value each key has and where it comes from, and the fingerprint of those that matter.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::config::keys::{KEYS, Key, Kind};
use crate::config::layers::Assignment;
use crate::document;
use crate::place::Origin;

/// One key as `oinspect config show --origin` lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The key, with the member of a table where it is one.
    pub key: String,
    /// The value, secrets masked; `null` where there is none.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// Every key, in the order in which they are listed.
pub(crate) fn explain(assignments: &[Assignment]) -> Vec<Explained> {
    KEYS.iter().flat_map(|key| of_key(key, assignments)).collect()
}

fn of_key(key: &'static Key, assignments: &[Assignment]) -> Vec<Explained> {
    let set: Vec<Explained> = assignments
        .iter()
        .filter(|one| one.key == key)
        .map(|one| Explained { key: one.name(), value: one.node.json(true), origin: one.node.origin.clone() })
        .collect();
    if !set.is_empty() {
        return set;
    }
    let value =
        document::parse_value(key.default, &Origin::Default).map_or(Value::Null, |node| node.json(true));
    vec![Explained { key: key.name.to_owned(), value, origin: Origin::Default }]
}

/// SHA-256 over the values that a result is valid for, in the order of the keys.
pub(crate) fn fingerprint(assignments: &[Assignment]) -> String {
    let mut hash = Sha256::new();
    for key in KEYS.iter().filter(|key| key.identifies) {
        let mut values: Vec<(String, Value)> = of_key(key, assignments)
            .into_iter()
            .map(|one| match (key.kind, one.value) {
                // Header names are the same in any case; a slash at the end is no other server.
                (Kind::Headers, value) => (one.key.to_lowercase(), value),
                (Kind::Url, Value::String(url)) => (one.key, Value::from(url.trim_end_matches('/'))),
                (_, value) => (one.key, value),
            })
            .collect();
        values.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, value) in values {
            hash.update(json!([name, value]).to_string());
            hash.update("\n");
        }
    }
    format!("{:x}", hash.finalize())
}
