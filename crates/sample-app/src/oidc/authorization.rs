//! The authorization request as an app with a fault sends it.

use url::Url;

use crate::fault::Fault;
use crate::switches::Switches;
use crate::trust::OidcTrust;
use crate::variant::Variant;

/// The same request, with what is switched on.
pub(super) fn spoiled(url: &Url, trust: &OidcTrust, verifier: &str, switches: Switches) -> Url {
    let on = |fault: Fault| switches.has(fault);
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut set = |name: &str, value: &str| match pairs.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => value.clone_into(known),
        None => pairs.push((name.to_owned(), value.to_owned())),
    };
    if switches.is(Variant::OidcFormPost) {
        set("response_mode", "form_post");
    }
    if on(Fault::OidcResponseTypeHybrid) {
        set("response_type", "code token");
    }
    if on(Fault::OidcScopeWithoutOpenid) {
        set("scope", "profile email");
    }
    if on(Fault::OidcScopeGroups) {
        set("scope", "openid profile email groups");
    }
    if on(Fault::OidcScopeOffline) {
        set("scope", "openid profile email offline_access");
    }
    if on(Fault::OidcPkcePlain) {
        set("code_challenge", verifier);
        set("code_challenge_method", "plain");
    }
    if on(Fault::OidcSecretInUrl) {
        set("client_secret", &trust.client_secret);
    }
    let gone = |name: &str| match name {
        "state" => on(Fault::OidcStateAbsent),
        "nonce" => on(Fault::OidcNonceAbsent),
        "code_challenge" | "code_challenge_method" => on(Fault::OidcPkceAbsent),
        _ => false,
    };
    pairs.retain(|(name, _)| !gone(name));
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(pairs);
    if on(Fault::OidcDefaultIssuer) {
        url.set_path("/oauth2/default/v1/authorize");
    }
    url
}
