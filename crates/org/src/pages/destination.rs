//! Which app a user is on the way to.

use url::form_urlencoded::parse;

use crate::store::{Instance, Store};

/// The app behind a path of the org with its query, if it is one that leads to an app.
pub(super) fn app_at<'a>(store: &'a Store, path: &str) -> Option<&'a Instance> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["app", _, key, "sso", "saml"] => store.app_of_external_key(key),
        ["home", _, id, _] => store.app(id),
        ["oauth2", "v1", "authorize"] => {
            let (_, client) = parse(query.as_bytes()).find(|(name, _)| name == "client_id")?;
            store.app_of_client(&client)
        }
        _ => None,
    }
}
