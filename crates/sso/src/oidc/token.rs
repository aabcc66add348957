//! What the relying party says to the token endpoint, as the embedded org saw it.

use oinspect_core::Capability::BendableOrg;
use oinspect_core::Document::{OidcCore, Rfc6749};
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use oinspect_okta::LogEvent;

use crate::oidc::app::OidcInstance;
use crate::protocol::Protocol;
use crate::rehearsal::rehearsed;
use crate::stage::stage;

const ID_TOKEN: &str = "app.oauth2.token.grant.id_token";
const ACCESS_TOKEN: &str = "app.oauth2.token.grant.access_token";

pub(crate) static GROUP: Group = Group {
    id: "oidc.token",
    title: "What the relying party says to the token endpoint",
    tags: &["sso", "oidc", "token"],
    alone: false,
    checks: &[
        Check {
            id: "oidc.token.client-auth",
            title: "The app identifies itself as it is registered",
            requirement: must(
                OidcCore,
                "9",
                "a client authenticates by the method that it is registered for",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "The library's default differs from what is configured at the org, or it sends both.",
            fix: "Set the method in the library, and say the same in oidc.client_auth.",
            run: client_auth,
        },
        Check {
            id: "oidc.token.code-once",
            title: "A code is redeemed once",
            requirement: must(Rfc6749, "4.1.2", "a client uses a code no more than once")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "A retry, or two handlers for one callback: the org then takes the tokens back.",
            fix: "Redeem the code in one place and never retry with the same one.",
            run: code_once,
        },
    ],
};

/// The token requests of the first happy login, as the org's log has them.
fn requests(cx: &mut Cx) -> Result<Vec<LogEvent>, Finding> {
    let rehearsal = rehearsed(cx, Protocol::Oidc)?;
    let login = rehearsal.first();
    let (began, ended, id) = (login.began, login.ended, login.person.user.id.clone());
    let client = cx.settings::<OidcInstance>()?.client_id.clone();
    let events = stage(cx)?.org.events(cx, began, None)?;
    let requests: Vec<LogEvent> = events
        .into_iter()
        .filter(|event| event.published <= ended)
        // One that succeeds is logged once for each token.
        .filter(|event| {
            event.event_type == ID_TOKEN || event.event_type == ACCESS_TOKEN && event.outcome != "SUCCESS"
        })
        // One that fails names no user, only the client.
        .filter(|event| {
            let of = if event.outcome == "SUCCESS" { &id } else { &client };
            event.actor == *of || event.targets.contains(of)
        })
        .collect();
    if requests.is_empty() {
        return Err(Finding::blocked("the org's log has no token request of the first happy login"));
    }
    Ok(requests)
}

fn client_auth(cx: &mut Cx) -> Result<(), Finding> {
    let app = cx.settings::<OidcInstance>()?;
    let requests = requests(cx)?;
    let mut granted = requests.iter().filter(|request| request.outcome == "SUCCESS").peekable();
    if granted.peek().is_none() {
        let why = "the org granted no token in the first happy login: by which method the app identifies itself is \
                   not known";
        return Err(Finding::NotVerified { why: why.to_owned() });
    }
    for request in granted {
        let used = request.debug.get("clientAuthType").map(String::as_str);
        if used != Some(app.client_auth.as_str()) {
            return Err(Finding::broken(app.client_auth.clone(), used.unwrap_or("nothing").to_owned()));
        }
    }
    Ok(())
}

fn code_once(cx: &mut Cx) -> Result<(), Finding> {
    let requests = requests(cx)?;
    if requests.len() == 1 {
        return Ok(());
    }
    let refused = requests.iter().filter(|request| request.outcome != "SUCCESS").count();
    let seen = format!("{} requests, of which the org refused {refused}", requests.len());
    Err(Finding::broken("one token request for the code", seen))
}
