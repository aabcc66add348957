//! The authorization request that a relying party sends.

use std::collections::HashSet;

use oinspect_core::Capability::OidcSpFlow;
use oinspect_core::Document::{OidcCore, Rfc6749, Rfc7636, Rfc9700};
use oinspect_core::{Check, Cx, Finding, Group, Level, must, oin_demands, should};

use crate::expected::same;
use crate::oidc::app::OidcInstance;
use crate::oidc::seen::{SentRequest, requests};

/// The scopes that a submitted app may ask for.
const ALLOWED_SCOPES: [&str; 5] = ["openid", "profile", "email", "address", "phone"];
/// What 128 random bits need in base64url.
const ENOUGH_CHARACTERS: usize = 16;

pub(crate) static GROUP: Group = Group {
    id: "oidc.request",
    title: "The request that the relying party sends",
    tags: &["sso", "oidc", "request"],
    alone: false,
    checks: &[
        Check {
            id: "oidc.request.response-type",
            title: "The request asks for a code",
            requirement: oin_demands("OIDC", "a submitted app uses the authorization code flow"),
            needs: &[OidcSpFlow],
            pitfall: "An implicit or hybrid response type that brings tokens into the browser's address bar.",
            fix: "Ask for response_type=code.",
            run: |cx| same("response_type", "code", newest(cx)?.request.response_type.as_deref()),
        },
        Check {
            id: "oidc.request.scope-openid",
            title: "The request asks for the scope openid",
            requirement: must(OidcCore, "3.1.2.1", "an OpenID Connect request has openid among its scopes")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[OidcSpFlow],
            pitfall: "Only profile and email are asked for: that is OAuth, and there is no ID token.",
            fix: "Put openid first in the scope parameter.",
            run: |cx| {
                let scopes = newest(cx)?.request.scopes;
                if scopes.iter().any(|scope| scope == "openid") {
                    return Ok(());
                }
                Err(Finding::broken("openid among the scopes", listed(&scopes)))
            },
        },
        Check {
            id: "oidc.request.allowed-scopes",
            title: "The request asks for no scope that a submitted app may not have",
            requirement: oin_demands(
                "OIDC",
                "no refresh tokens, no groups and no scopes of the app's own: neither offline_access nor groups",
            ),
            needs: &[OidcSpFlow],
            pitfall: "offline_access or groups, which worked with a custom authorization server.",
            fix: "Ask for openid, profile and email alone.",
            run: |cx| {
                let scopes = newest(cx)?.request.scopes;
                let others: Vec<String> =
                    scopes.into_iter().filter(|scope| !ALLOWED_SCOPES.contains(&scope.as_str())).collect();
                if others.is_empty() {
                    return Ok(());
                }
                Err(Finding::broken(format!("scopes out of {}", ALLOWED_SCOPES.join(", ")), listed(&others)))
            },
        },
        Check {
            id: "oidc.request.redirect-uri",
            title: "The request names a registered redirect URI exactly",
            requirement: must(
                OidcCore,
                "3.1.2.1",
                "the redirect URI is one of the registered ones, compared letter by letter",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[OidcSpFlow],
            pitfall: "http instead of https behind a proxy, another port, or a slash at the end.",
            fix: "Build the redirect URI from the public address of the app, and register exactly that.",
            run: |cx| {
                let app = cx.settings::<OidcInstance>()?;
                let asked = newest(cx)?.request.redirect_uri;
                if asked.as_deref().is_some_and(|asked| app.redirect_uris.iter().any(|uri| uri == asked)) {
                    return Ok(());
                }
                Err(Finding::broken(
                    format!("redirect_uri {}", app.redirect_uris.join(" or ")),
                    asked.map_or_else(|| "absent".to_owned(), |asked| format!("\"{asked}\"")),
                ))
            },
        },
        Check {
            id: "oidc.request.state",
            title: "The request has a state that nobody can guess",
            requirement: must(
                Rfc6749,
                "10.12",
                "the callback is bound to the browser by a value that cannot be guessed",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[OidcSpFlow],
            pitfall: "No state at all, which Okta refuses, or a counter or return path in its place.",
            fix: "Send at least 128 random bits as state and keep them in the browser's session.",
            run: |cx| unguessable("state", newest(cx)?.request.state.as_deref()),
        },
        Check {
            id: "oidc.request.fresh-state",
            title: "Every request has a state of its own",
            requirement: must(
                Rfc9700,
                "2.1",
                "a state is used once, unless PKCE or the nonce bind the answer to the browser",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[OidcSpFlow],
            pitfall: "The state is made once at start-up, or from the tenant's name.",
            fix: "Make a new state for every request.",
            run: fresh_state,
        },
        Check {
            id: "oidc.request.nonce",
            title: "The request has a nonce that is new each time",
            requirement: should(
                OidcCore,
                "15.5.2",
                "a nonce binds the ID token to the browser's session and cannot be guessed",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[OidcSpFlow],
            pitfall: "No nonce in the code flow, or a constant one.",
            fix: "Send a random nonce, keep it, and compare it with the ID token's.",
            run: |cx| {
                unguessable("nonce", newest(cx)?.request.nonce.as_deref())?;
                fresh(cx, "nonce", |sent| sent.request.nonce.clone())
            },
        },
        Check {
            id: "oidc.request.pkce",
            title: "The request has a code challenge",
            requirement: should(Rfc9700, "2.1.1", "confidential clients, too, protect the code with PKCE")
                .okta(Level::Should),
            needs: &[OidcSpFlow],
            pitfall: "PKCE is thought to be for mobile apps only.",
            fix: "Send code_challenge with code_challenge_method=S256, and code_verifier to the token endpoint.",
            run: |cx| match newest(cx)?.request.code_challenge {
                Some(challenge) if (43..=128).contains(&challenge.len()) => Ok(()),
                Some(challenge) => Err(Finding::broken(
                    "a code_challenge of 43 to 128 characters",
                    format!("{} characters", challenge.len()),
                )),
                None => Err(Finding::broken("a code_challenge", "absent")),
            },
        },
        Check {
            id: "oidc.request.pkce-s256",
            title: "A code challenge is a SHA-256",
            requirement: must(Rfc7636, "4.2", "a client that can compute SHA-256 uses the method S256")
                .okta(Level::Must),
            needs: &[OidcSpFlow],
            pitfall: "code_challenge_method is left out, which means plain; Okta offers S256 alone.",
            fix: "Send code_challenge_method=S256.",
            run: |cx| {
                let request = newest(cx)?.request;
                match (request.code_challenge, request.code_challenge_method.as_deref()) {
                    (None, _) => Err(Finding::NotApplicable {
                        why: "the app's requests have no code_challenge".to_owned(),
                    }),
                    (Some(_), Some("S256")) => Ok(()),
                    (Some(_), method) => Err(Finding::broken(
                        "code_challenge_method \"S256\"",
                        method.map_or_else(
                            || "absent, which means plain".to_owned(),
                            |method| format!("\"{method}\""),
                        ),
                    )),
                }
            },
        },
        Check {
            id: "oidc.request.org-server",
            title: "The request goes to the org's own authorization server",
            requirement: oin_demands(
                "OIDC",
                "a submitted app talks to the org authorization server, whose issuer has no path",
            ),
            needs: &[OidcSpFlow],
            pitfall: "/oauth2/default is built into the app: customers need not have that server.",
            fix: "Read every endpoint from the discovery document of the issuer that the customer gives.",
            run: |cx| {
                let sent = newest(cx)?;
                let path = sent.url.path();
                if path == "/oauth2/v1/authorize" {
                    return Ok(());
                }
                Err(Finding::broken("a request to /oauth2/v1/authorize", format!("a request to {path}")))
            },
        },
        Check {
            id: "oidc.request.no-secret",
            title: "The request holds no client secret",
            requirement: must(Rfc6749, "2.3.1", "client credentials are never sent in a URL")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[OidcSpFlow],
            pitfall: "One list of parameters is used for the authorization and for the token request.",
            fix: "Send the secret to the token endpoint alone, and change it: browsers and logs have seen it.",
            run: |cx| {
                let sent = newest(cx)?;
                if sent
                    .url
                    .query_pairs()
                    .any(|(name, _)| name == "client_secret" || name == "client_assertion")
                {
                    return Err(Finding::broken(
                        "no client_secret in the browser",
                        "client_secret in the URL",
                    ));
                }
                Ok(())
            },
        },
    ],
};

/// The request of the latest of the shared logins.
fn newest(cx: &mut Cx) -> Result<SentRequest, Finding> {
    requests(cx)?.into_iter().last().ok_or_else(|| {
        Finding::blocked(
            "the app's sign-on went to the org without an authorization request that could be seen",
        )
    })
}

fn listed(scopes: &[String]) -> String {
    if scopes.is_empty() { "none".to_owned() } else { scopes.join(", ") }
}

/// Present, and long enough to hold what cannot be guessed.
fn unguessable(what: &str, value: Option<&str>) -> Result<(), Finding> {
    match value {
        None | Some("") => Err(Finding::broken(format!("a {what}"), "absent")),
        Some(value) if value.len() < ENOUGH_CHARACTERS => Err(Finding::broken(
            format!("a {what} of at least {ENOUGH_CHARACTERS} characters"),
            format!("{} characters", value.len()),
        )),
        Some(_) => Ok(()),
    }
}

/// A state that comes again is no harm where a challenge or a nonce is new each time.
fn fresh_state(cx: &mut Cx) -> Result<(), Finding> {
    let came = fresh(cx, "state", |sent| sent.request.state.clone());
    let Err(Finding::Broken { .. }) = &came else { return came };
    let sent = requests(cx)?;
    let differ = |of: &dyn Fn(&SentRequest) -> Option<String>| {
        let values: HashSet<String> = sent.iter().filter_map(of).collect();
        values.len() == sent.len()
    };
    for (name, of) in [
        ("PKCE challenge", &(|sent: &SentRequest| sent.request.code_challenge.clone()) as &dyn Fn(&_) -> _),
        ("nonce", &|sent: &SentRequest| sent.request.nonce.clone()),
    ] {
        if differ(of) {
            cx.note(format!(
                "the state is the same in two requests; the {name} is new each time, which is as good"
            ));
            return Ok(());
        }
    }
    came
}

/// Different in every request that was seen.
fn fresh(cx: &mut Cx, what: &str, of: impl Fn(&SentRequest) -> Option<String>) -> Result<(), Finding> {
    let values: Vec<String> = requests(cx)?.iter().filter_map(of).collect();
    match values.as_slice() {
        [] => Err(Finding::blocked(format!("no request had a {what}"))),
        [_] => {
            Err(Finding::NotVerified { why: format!("only one {what} was seen: nothing to compare it with") })
        }
        [first, rest @ ..] if rest.contains(first) => {
            Err(Finding::broken(format!("another {what} in every request"), "the same in two requests"))
        }
        [_, ..] => Ok(()),
    }
}
