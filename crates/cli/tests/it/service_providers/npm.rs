//! The libraries of single sign-on that apps on Node.js use most.

use serde_json::json;

use crate::service_providers::provider::{Provider, set_up};
use crate::service_providers::{expect_all_but, mellon, openidc, printed};
use crate::stage::Desk;

fn saml(mode: &str) -> Option<(Provider, Desk)> {
    let mut provider = Provider::announce_from_npm(mode)?;
    let desk = provider.describe(&mellon::section(&provider));
    set_up(&desk);
    provider.meet(&json!({ "idp_metadata": desk.read("idp-metadata.xml") }));
    Some((provider, desk))
}

fn oidc(mode: &str) -> Option<(Provider, Desk)> {
    let mut provider = Provider::announce_from_npm(mode)?;
    let desk = provider.describe(&openidc::section(&provider));
    let setup = set_up(&desk);
    provider.meet(&json!({
        "discovery_url": printed(&setup, "discovery URL"),
        "client_id": printed(&setup, "client ID"),
        "client_secret": printed(&setup, "client secret"),
    }));
    Some((provider, desk))
}

#[test]
fn passport_saml_keeps_everything_but_wants_both_signatures() {
    let Some((_provider, desk)) = saml("node-saml") else { return };
    let said = desk.oinspect(&["run", "--check", "saml.*", "--agent", "http"]);
    let known = [
        "saml.cases.jit-sp-flow skipped",
        // Unless it is told otherwise, it wants the response signed besides its assertion.
        "saml.response.assertion-only warned",
        "saml.response.response-only skipped",
    ];
    expect_all_but(&desk, &said, &known);
}

#[test]
fn samlify_keeps_everything_that_saml_demands() {
    let Some((_provider, desk)) = saml("samlify") else { return };
    let said = desk.oinspect(&["run", "--check", "saml.*", "--agent", "http"]);
    let known = [
        "saml.cases.jit-sp-flow skipped",
        // It signs no requests and offers no encryption, and its metadata say so.
        "saml.request.signed-as-declared skipped",
        "saml.request.signature-sha256 skipped",
        "saml.response.response-only skipped",
        "saml.response.encrypted skipped",
    ];
    expect_all_but(&desk, &said, &known);
}

/// Both trust TLS instead of an ID token's signature, which OpenID Connect Core allows.
const TRUSTS_TLS: [&str; 2] = ["oidc.cases.jit-sp-flow skipped", "oidc.response.unknown-key warned"];

#[test]
fn openid_client_keeps_everything_but_verifies_no_signature() {
    let Some((_provider, desk)) = oidc("openid-client") else { return };
    let said = desk.oinspect(&["run", "--check", "oidc.*", "--agent", "http"]);
    expect_all_but(&desk, &said, &TRUSTS_TLS);
}

#[test]
fn express_openid_connect_keeps_everything_but_verifies_no_signature() {
    let Some((_provider, desk)) = oidc("express-openid-connect") else { return };
    let said = desk.oinspect(&["run", "--check", "oidc.*", "--agent", "http"]);
    expect_all_but(&desk, &said, &TRUSTS_TLS);
}
