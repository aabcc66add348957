//! The way back to the relying party, and the way to it that begins at the org's tile.

use oinspect_core::Capability::{OidcDeepLink, OidcIdpFlow, OidcSpFlow};
use oinspect_core::Document::{OidcCore, Rfc6749, Rfc9700};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, Request, must, oin_demands, should};
use oinspect_signin::Act;
use url::Url;

use crate::attempt::judged;
use crate::landing;
use crate::oidc::app::OidcInstance;
use crate::oidc::seen;
use crate::person;
use crate::protocol::Protocol;
use crate::rehearsal::rehearsed;
use crate::stage::stage;
use crate::walk::Walk;

const OIDC: Protocol = Protocol::Oidc;

pub(crate) static GROUP: Group = Group {
    id: "oidc.callback",
    title: "The way back to the relying party",
    tags: &["sso", "oidc", "callback"],
    alone: false,
    checks: &[
        Check {
            id: "oidc.callback.not-moved",
            title: "The code is taken where it is sent",
            requirement: oin_demands(
                "Test your integration",
                "the redirect URI answers itself; 307 and 308 have lost code and state before",
            ),
            needs: &[],
            pitfall: "A proxy answers 307 or 308 to add a slash, or to change http into https.",
            fix: "Register the redirect URI under its final address.",
            run: not_moved,
        },
        Check {
            id: "oidc.callback.foreign-state",
            title: "A code that comes back with another state is refused",
            requirement: must(
                Rfc6749,
                "10.12",
                "a callback whose state does not belong to this browser is refused",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[OidcSpFlow],
            pitfall: "The state is sent and never compared: an attacker can sign a victim in to the attacker's account.",
            fix: "Compare the state with the one kept in this browser's session before the code is redeemed.",
            run: foreign_state,
        },
        Check {
            id: "oidc.callback.access-denied",
            title: "A refusal by the org ends in a page for people",
            requirement: must(OidcCore, "3.1.2.6", "an error comes back to the redirect URI as parameters")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[OidcSpFlow],
            pitfall: "Every callback without a code begins a new sign-on: the browser runs in circles.",
            fix: "Show a page that says that access was denied, with a link to try again.",
            run: access_denied,
        },
        Check {
            id: "oidc.callback.deep-link",
            title: "Sign-on from a page deep in the app leads back there",
            requirement: should(Rfc6749, "3.1.2.2", "where to go after sign-on is kept with the state")
                .okta(Level::Should),
            needs: &[OidcSpFlow, OidcDeepLink],
            pitfall: "Everybody lands on the start page, because the page asked for is not remembered.",
            fix: "Keep the address beside the state, and go there after sign-on.",
            run: |cx| landing::deep_link(cx, OIDC),
        },
        Check {
            id: "oidc.callback.foreign-issuer",
            title: "A tile of an unknown issuer leads nowhere",
            requirement: must(
                Rfc9700,
                "4.4.2",
                "a request goes to an issuer that the client has been set up with",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[OidcIdpFlow],
            pitfall: "The app redirects to whatever `iss` says: a door for phishing.",
            fix: "Look `iss` up among the configured issuers and refuse every other.",
            run: foreign_issuer,
        },
        Check {
            id: "oidc.callback.second-login",
            title: "A user who is signed in already can sign on again",
            requirement: oin_demands(
                "Test your integration",
                "opening the tile a second time works as the first time does",
            ),
            needs: &[OidcIdpFlow],
            pitfall: "A live session makes the callback answer with an error.",
            fix: "Replace the old session by a new one.",
            run: |cx| landing::second_login(cx, OIDC),
        },
        Check {
            id: "oidc.callback.switch-user",
            title: "Sign-on by another user in the same browser ends the first one's session",
            requirement: oin_demands(
                "Test your integration",
                "a user who opens the tile is signed in as that user, whoever used the browser before",
            ),
            needs: &[OidcIdpFlow],
            pitfall: "The old session wins: the second user sees the first one's data.",
            fix: "Begin a new session for the ID token's subject, whoever was signed in before.",
            run: |cx| landing::switch_user(cx, OIDC),
        },
    ],
};

fn not_moved(cx: &mut Cx) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, OIDC)?;
    let app = cx.settings::<OidcInstance>()?;
    for login in &rehearsal.logins {
        for passage in &login.passages {
            let returned = seen::returned(std::slice::from_ref(passage), &app.redirect_uris);
            if let Some(status) =
                returned.and_then(|returned| returned.status).filter(|status| matches!(status, 307 | 308))
            {
                return Err(Finding::broken("an answer to the code where it is sent", format!("{status}")));
            }
        }
    }
    Ok(())
}

fn foreign_state(cx: &mut Cx) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, OIDC)?;
    let instance = OIDC.instance(cx)?;
    let person = rehearsal.first().person.clone();
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    walk.start(cx, &instance, &person.login)?;
    let stage = stage(cx)?;
    let Some(sent) = seen::request(&walk.passages, &stage.org.base_url) else {
        return Err(Finding::blocked("no authorization request was seen"));
    };
    if sent.url.query_pairs().any(|(name, mode)| name == "response_mode" && mode != "query") {
        let why = "the app takes codes otherwise than in the URL, in which alone this check brings one";
        return Err(Finding::NotApplicable { why: why.to_owned() });
    }
    cx.note("the org is asked for a code for this very request; another browser brings it back");
    let token = stage.org.session_token(cx, &person.login, &person.password)?;
    let mut url = sent.url.clone();
    let others: Vec<(String, String)> =
        sent.url.query_pairs().into_owned().filter(|(name, _)| name != "prompt").collect();
    url.query_pairs_mut().clear().extend_pairs(others).append_pair("sessionToken", &token);
    let back = code_for(cx, url)?;
    // Whoever looks is to see one window alone.
    drop(walk);
    let mut victim = Walk::new(cx, rehearsal.eyes)?;
    victim.start(cx, &instance, &person.login)?;
    let landing = victim.perform(cx, "come back with the other browser's state", &[Act::Open(back)])?;
    judged(cx, OIDC, &rehearsal, victim, landing, &person)?.expect_refused(cx, "a code with another's state")
}

/// Where the org sends a browser that brings this request: followed by hand as far as the org goes,
/// so that the app does not see it yet.
fn code_for(cx: &mut Cx, mut url: Url) -> Result<Url, Finding> {
    let org = url.origin();
    let mut cookies: Vec<String> = Vec::new();
    for _ in 0..5 {
        let request = Request::new(Method::Get, url.as_str()).header("Cookie", cookies.join("; "));
        let answer = cx.send(&request)?;
        let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        cookies.extend(set.filter_map(|(_, cookie)| cookie.split(';').next().map(str::to_owned)));
        let next = answer.header("location").and_then(|location| url.join(location).ok());
        match next {
            Some(next) if next.origin() == org => url = next,
            Some(next) if next.query_pairs().any(|(name, _)| name == "code") => return Ok(next),
            Some(_) | None => {
                return Err(Finding::blocked(format!(
                    "the org gave no code for the attempt ({})",
                    answer.status
                )));
            }
        }
    }
    Err(Finding::blocked("the org gave no code for the attempt"))
}

fn access_denied(cx: &mut Cx) -> Result<(), Finding> {
    let instance = OIDC.instance(cx)?;
    let rehearsal = rehearsed(cx, OIDC)?;
    let person = person::unassigned(cx, ("Nemo", "Stranger-{name}"))?;
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    let org = stage(cx)?.org.base_url.clone();
    let home = org.join("/app/UserHome").map_err(|_| Finding::blocked("the org has no dashboard"))?;
    let page = walk.perform(cx, "sign in to the org, without the app", &[Act::Open(home)])?;
    walk.sign_in_to_org(cx, &page, &person)?;
    let landing = walk.start(cx, &instance, &person.login)?;
    let app = cx.settings::<OidcInstance>()?;
    let is_told = seen::returned(&walk.passages, &app.redirect_uris)
        .is_some_and(|returned| returned.get("error").is_some());
    if !is_told {
        return Err(Finding::blocked("the org did not come back to the app with an error"));
    }
    landing::is_for_people(&landing)?;
    judged(cx, OIDC, &rehearsal, walk, landing, &person)?.expect_refused(cx, "an error instead of a code")
}

fn foreign_issuer(cx: &mut Cx) -> Result<(), Finding> {
    // A name that is reserved and belongs to nobody.
    const FOREIGN: &str = "https://elsewhere.example";
    let app = cx.settings::<OidcInstance>()?;
    let Some(mut uri) = app.initiate_login_uri.clone() else { return Err(OidcIdpFlow.missing()) };
    let rehearsal = rehearsed(cx, OIDC)?;
    uri.query_pairs_mut().append_pair("iss", FOREIGN);
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    let page = walk.perform(cx, "open the tile of an unknown issuer", &[Act::Open(uri)]);
    let leads_away = walk.passages.iter().any(|passage| {
        Url::parse(&passage.request.url).is_ok_and(|url| url.host_str() == Some("elsewhere.example"))
    });
    if leads_away {
        return Err(Finding::broken("the browser stays at the app", format!("it was sent to {FOREIGN}")));
    }
    let page = page?;
    if let Some(status) = page.status.filter(|status| *status >= 500) {
        return Err(Finding::broken("a refusal", format!("{status} at {}", page.place())));
    }
    let org = stage(cx)?.org.base_url.clone();
    if seen::request(&walk.passages, &org).is_some() {
        cx.note("the app ignores `iss` and begins a sign-on at the issuer that it knows");
    }
    Ok(())
}
