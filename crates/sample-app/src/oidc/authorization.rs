//! The authorization request as an app with a fault sends it.

use url::Url;

use crate::fault::OidcFault;
use crate::switches::Switches;
use crate::trust::OidcTrust;
use crate::variant::Variant;

/// The same request, with what is switched on.
pub(super) fn spoiled(url: &Url, trust: &OidcTrust, verifier: &str, switches: Switches) -> Url {
    let on = |fault: OidcFault| switches.has(fault);
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut set = |name: &str, value: &str| match pairs.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => value.clone_into(known),
        None => pairs.push((name.to_owned(), value.to_owned())),
    };
    if switches.is(Variant::OidcFormPost) {
        set("response_mode", "form_post");
    }
    if on(OidcFault::ResponseTypeHybrid) {
        set("response_type", "code token");
    }
    if on(OidcFault::ScopeWithoutOpenid) {
        set("scope", "profile email");
    }
    if on(OidcFault::ScopeGroups) {
        set("scope", "openid profile email groups");
    }
    if on(OidcFault::ScopeOffline) {
        set("scope", "openid profile email offline_access");
    }
    if on(OidcFault::PkcePlain) {
        set("code_challenge", verifier);
        set("code_challenge_method", "plain");
    }
    if on(OidcFault::SecretInUrl) {
        set("client_secret", &trust.client_secret);
    }
    let gone = |name: &str| match name {
        "state" => on(OidcFault::StateAbsent),
        "nonce" => on(OidcFault::NonceAbsent),
        "code_challenge" | "code_challenge_method" => on(OidcFault::PkceAbsent),
        _ => false,
    };
    pairs.retain(|(name, _)| !gone(name));
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(pairs);
    if on(OidcFault::DefaultIssuer) {
        url.set_path("/oauth2/default/v1/authorize");
    }
    url
}
