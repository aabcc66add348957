//! Settings that disagree: what the configuration says, and what the app sends.

use jiff::Timestamp;
use oinspect_core::{Cx, Passage};

use crate::oidc::app::OidcInstance;
use crate::oidc::seen::{request, returned};
use crate::stage::stage;

/// Every setting that is seen to disagree, one sentence each, with both values.
pub(crate) fn of(cx: &mut Cx, passages: &[Passage], began: Timestamp) -> Vec<String> {
    let (Ok(app), Ok(stage)) = (cx.settings::<OidcInstance>(), stage(cx)) else { return Vec::new() };
    let mut found = of_request(cx, passages);
    if request(passages, &stage.org.base_url).is_none() {
        found.push(format!(
            "the app sent no authorization request to {}: compare its issuer with `oinspect org setup`, letter by \
             letter (localhost is another host than 127.0.0.1), and see in its log whether it can reach the org",
            stage.org.base_url
        ));
    }
    let Some(returned) = returned(passages, &app.redirect_uris) else { return found };
    if let Some(error) = returned.get("error") {
        let about = returned.get("error_description").unwrap_or_default();
        found.push(format!("the org came back with the error {error} {about}").trim().to_owned());
    } else if let Some(status) = returned.status.filter(|status| *status >= 400) {
        found.push(format!("the app answered the code at {} with {status}", returned.place));
    }
    if returned.get("code").is_some() {
        found.push(of_token_requests(cx, began));
    }
    found
}

/// What became of the code, as the org's log has it.
fn of_token_requests(cx: &mut Cx, began: Timestamp) -> String {
    const COMPARE: &str = "compare client id, client secret and issuer in the app with `oinspect org setup`";
    let events = stage(cx).and_then(|stage| stage.org.events(cx, began, None));
    let Ok(events) = events else { return format!("the org sent a good code: {COMPARE}") };
    let mut requests: Vec<_> =
        events.iter().filter(|event| event.event_type.starts_with("app.oauth2.token.grant")).collect();
    requests.sort_by_key(|event| event.published);
    match requests.last() {
        None => format!("the org sent a good code, and the app never asked for its tokens: {COMPARE}"),
        Some(event) if event.outcome == "SUCCESS" => {
            "the org sent a good code, and tokens for it: the app's own log says what it has against them"
                .to_owned()
        }
        Some(event) => {
            let reason = event.reason.as_deref().unwrap_or("no reason");
            format!("the org refused the app's token request ({reason}): {COMPARE}")
        }
    }
}

/// Where the app's own request disagrees with the configuration.
pub(crate) fn of_request(cx: &Cx, passages: &[Passage]) -> Vec<String> {
    let (Ok(app), Ok(stage)) = (cx.settings::<OidcInstance>(), stage(cx)) else { return Vec::new() };
    let Some(sent) = request(passages, &stage.org.base_url) else { return Vec::new() };
    let asked = sent.request;
    let mut found = Vec::new();
    if let Some(id) = asked.client_id.as_deref().filter(|id| *id != app.client_id) {
        found.push(format!(
            "the app's client id is {id}, but the org knows {} (oidc.client_id)",
            app.client_id
        ));
    }
    let is_known = |uri: &str| app.redirect_uris.iter().any(|known| known == uri);
    if let Some(uri) = asked.redirect_uri.as_deref().filter(|uri| !is_known(uri)) {
        found.push(format!(
            "the app's redirect URI is {uri}, but the org knows {} (oidc.redirect_uri)",
            app.redirect_uris.join(", ")
        ));
    }
    found
}
