//! The cookies of a browser's profile.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::tab::Tab;
use crate::agent::CookieSeen;
use crate::error::AgentError;
use crate::http::site::host_matches;

/// Those that would be sent to this host, whatever the path.
pub(crate) async fn seen(tab: &Tab, of: &Url) -> Result<Vec<CookieSeen>, AgentError> {
    Ok(raw(tab, of).await?.iter().map(cookie_seen).collect())
}

/// Forgets them, and what the host's scripts have stored.
pub(crate) async fn forget(tab: &Tab, of: &Url) -> Result<(), AgentError> {
    for cookie in raw(tab, of).await? {
        let mut which = json!({
            "name": text(&cookie, "name"), "domain": text(&cookie, "domain"), "path": text(&cookie, "path"),
        });
        if let (Some(key), Value::Object(which)) = (cookie.get("partitionKey"), &mut which) {
            which.insert("partitionKey".to_owned(), key.clone());
        }
        tab.devtools("Network.deleteCookies", which).await?;
    }
    let origin = of.origin().ascii_serialization();
    let storage =
        json!({ "origin": origin, "storageTypes": "local_storage,indexeddb,cache_storage,service_workers" });
    // Where a browser does not know these, there is nothing more to forget.
    tab.devtools("Storage.clearDataForOrigin", storage).await.ok();
    let script = "if (location.origin === arguments[0]) sessionStorage.clear()";
    tab.script("clear the session storage", script, vec![json!(origin)]).await.ok();
    Ok(())
}

async fn raw(tab: &Tab, of: &Url) -> Result<Vec<Value>, AgentError> {
    let answer = tab.devtools("Network.getAllCookies", json!({})).await?;
    let cookies = answer.get("cookies").and_then(Value::as_array).cloned().unwrap_or_default();
    let host = of.host_str().unwrap_or_default();
    Ok(cookies.into_iter().filter(|cookie| host_matches(host, text(cookie, "domain"))).collect())
}

fn cookie_seen(cookie: &Value) -> CookieSeen {
    let is = |name: &str| cookie.get(name).and_then(Value::as_bool).unwrap_or(false);
    CookieSeen {
        name: text(cookie, "name").to_owned(),
        value_hash: value_hash(text(cookie, "value")),
        domain: text(cookie, "domain").to_owned(),
        path: text(cookie, "path").to_owned(),
        is_session: is("session"),
        same_site: cookie.get("sameSite").and_then(Value::as_str).map(str::to_owned),
        http_only: is("httpOnly"),
        secure: is("secure"),
    }
}

/// Enough of a hash to see whether a value changed.
pub(crate) fn value_hash(value: &str) -> String {
    format!("{:x}", Sha256::digest(value.as_bytes()))[..16].to_owned()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
