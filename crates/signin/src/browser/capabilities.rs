//! What a browser is asked to be: clean, quiet, and telling everything about its network.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::settings::AgentSettings;

/// What no browser of ours does: talk to its maker, ask, remember, prepare for what nobody will do.
const QUIET: [&str; 14] = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-crash-reporter",
    "--disable-search-engine-choice-screen",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--window-size=1280,900",
    // Pages of the address bar that nobody types into, and processes in store: a third of a start.
    "--disable-features=SpareRendererForSitePerProcess,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
];

/// The capabilities of a new session.
pub(crate) fn capabilities(settings: &AgentSettings, profile: Option<&Path>) -> Map<String, Value> {
    let mut arguments: Vec<String> = QUIET.iter().map(ToString::to_string).collect();
    if !settings.headed {
        arguments.push("--headless=new".to_owned());
    }
    // Chromium has no sandbox for root, and does not start.
    if profile.is_some() && is_root() {
        arguments.push("--no-sandbox".to_owned());
    }
    if let Some(profile) = profile {
        arguments.push(format!("--user-data-dir={}", profile.display()));
    }
    if !settings.trusted_keys.is_empty() {
        if profile.is_none() {
            // Keys are trusted only together with a profile; where the browser runs elsewhere, its
            // temporary directory is not known, and one that all sessions share is no clean profile.
            arguments.push("--incognito".to_owned());
            arguments.push("--user-data-dir=/tmp/oinspect-trusted-keys".to_owned());
        }
        arguments.push(format!("--ignore-certificate-errors-spki-list={}", settings.trusted_keys.join(",")));
    }
    let mut options = json!({
        "args": arguments,
        // Distributions open a start page of theirs otherwise.
        "prefs": {
            "session.restore_on_startup": 4,
            "session.startup_urls": ["about:blank"],
            "homepage": "about:blank",
            "credentials_enable_service": false,
            "profile.password_manager_enabled": false,
            "profile.password_manager_leak_detection": false,
        },
        "excludeSwitches": ["enable-logging"],
    });
    if let (Some(browser), Value::Object(options)) = (&settings.browser, &mut options) {
        options.insert("binary".to_owned(), Value::String(browser.display().to_string()));
    }
    let wanted = json!({
        "browserName": "chrome",
        // We wait ourselves: the driver knows nothing of pages that go on by themselves.
        "pageLoadStrategy": "none",
        "acceptInsecureCerts": false,
        "unhandledPromptBehavior": "dismiss",
        "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        "goog:chromeOptions": options,
    });
    match wanted {
        Value::Object(wanted) => wanted,
        _ => Map::new(),
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
