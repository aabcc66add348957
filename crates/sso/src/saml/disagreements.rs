//! Settings that disagree: what the configuration says, what the metadata say, what the app sends.

use oinspect_core::{Cx, Passage};

use crate::saml::app::SamlInstance;
use crate::saml::seen::{request, response};

/// Every setting that is seen to disagree, one sentence each, with both values.
pub(crate) fn of(cx: &Cx, passages: &[Passage]) -> Vec<String> {
    let Ok(app) = cx.settings::<SamlInstance>() else { return Vec::new() };
    let mut found = of_request(cx, passages);
    match response(passages) {
        None => found.push("no SAML response was posted to the app".to_owned()),
        Some(posted) => {
            let agrees = found.is_empty();
            if let Some(status) = posted.status.filter(|status| *status >= 400) {
                found.push(format!("it answered the response at {} with {status}", posted.posted_to));
            }
            if agrees {
                found.push(
                    "the response was good: compare the app's trust (certificate, issuer, audience) with \
                     `oinspect org setup`"
                        .to_owned(),
                );
            }
        }
    }
    found.extend(of_metadata(&app));
    found
}

/// Where the app's own request disagrees with the configuration.
pub(crate) fn of_request(cx: &Cx, passages: &[Passage]) -> Vec<String> {
    let Ok(app) = cx.settings::<SamlInstance>() else { return Vec::new() };
    let Some(sent) = request(passages) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(known) = app.sign_on_url.as_deref().filter(|known| *known != sent.sent_to) {
        found.push(format!(
            "the app sends its request to {}, but the org's sign-on URL for this app is {known}: the app has \
             the settings of another org or of another app (see `oinspect org setup`)",
            sent.sent_to
        ));
    }
    let Ok(asked) = &sent.decoded else { return found };
    if let Some(issuer) = asked.issuer.as_deref().filter(|issuer| *issuer != app.entity_id) {
        found.push(format!(
            "the app calls itself {issuer} in its request, but the org's audience is {} (saml.entity_id)",
            app.entity_id
        ));
    }
    if let Some(acs) = asked.acs_url.as_deref().filter(|acs| !app.acs_urls().any(|known| known == *acs)) {
        found.push(format!(
            "the app asks for its answer at {acs}, but the org answers at {} (saml.acs_url)",
            app.acs_url
        ));
    }
    found
}

/// Where configuration and metadata disagree.
pub(crate) fn of_metadata(app: &SamlInstance) -> Vec<String> {
    let Some(metadata) = &app.metadata else { return Vec::new() };
    let mut found = Vec::new();
    if metadata.entity_id != app.entity_id {
        found.push(format!(
            "saml.entity_id is {}, but the metadata say {}",
            app.entity_id, metadata.entity_id
        ));
    }
    if !metadata.acs.iter().any(|acs| acs.url == app.acs_url) {
        let known: Vec<&str> = metadata.acs.iter().map(|acs| acs.url.as_str()).collect();
        found.push(format!("saml.acs_url is {}, but the metadata list {}", app.acs_url, known.join(", ")));
    }
    found
}
