//! The SCIM server under test, as the configuration describes it.

use std::time::Duration;

use serde_json::{Map, Value};

/// The SCIM server under test, as the configuration describes it.
#[derive(Clone)]
pub struct Target {
    /// The base URL, without a slash at the end.
    pub base_url: String,
    /// The whole value of the Authorization header; `None` for a server that asks for nothing.
    pub auth: Option<String>,
    /// The same of another tenant of the server, which must see nothing of the first one.
    pub other_auth: Option<String>,
    /// Further headers that every request carries.
    pub headers: Vec<(String, String)>,
    /// How a userName looks; `{name}` stands for a name that is unique in the run.
    pub user_name: String,
    /// Attributes that this server wants in every user beyond `userName`, `name` and `emails`.
    pub user_attributes: Map<String, Value>,
    /// How long a change may take until it can be read; zero for a server that shows it at once.
    pub settle: Duration,
}

impl Target {
    /// A server at this base URL, with everything else as most servers want it.
    pub fn at(base_url: &str) -> Self {
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            auth: None,
            other_auth: None,
            headers: Vec::new(),
            user_name: "{name}@example.com".to_owned(),
            user_attributes: Map::new(),
            settle: Duration::ZERO,
        }
    }
}

// The Authorization header is a secret: a target never prints it.
impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Target").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
