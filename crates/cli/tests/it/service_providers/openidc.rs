//! `mod_auth_openidc`, an OpenID Connect relying party.

use oinspect_core::Verdict;
use serde_json::json;

use crate::service_providers::provider::{Provider, set_up};
use crate::service_providers::{expect_all_but, expect_no_case, has_browser, printed};
use crate::stage::Desk;

pub(super) fn sp_flow_only(provider: &Provider) -> String {
    let mut text = "[oidc]\n".to_owned();
    for (key, name) in [
        ("redirect_uri", "redirect_uri"),
        ("post_logout_redirect_uri", "post_logout_redirect_uri"),
        ("start_url", "start_url"),
        ("deep_link", "deep_link"),
    ] {
        text.push_str(&provider.key(key, name));
    }
    text
}

pub(super) fn section(provider: &Provider) -> String {
    sp_flow_only(provider) + &provider.key("initiate_login_uri", "initiate_login_uri")
}

/// The relying party and a desk that describes it; it is told this secret instead of the org's.
fn connected(section: fn(&Provider) -> String, secret: Option<&str>) -> Option<(Provider, Desk)> {
    let mut provider = Provider::announce("openidc")?;
    let desk = provider.describe(&section(&provider));
    let setup = set_up(&desk);
    provider.meet(&json!({
        "discovery_url": printed(&setup, "discovery URL"),
        "client_id": printed(&setup, "client ID"),
        "client_secret": secret.map_or_else(|| printed(&setup, "client secret"), str::to_owned),
    }));
    Some((provider, desk))
}

#[test]
fn mod_auth_openidc_keeps_everything_that_openid_connect_demands() {
    let Some((_provider, desk)) = connected(section, None) else { return };
    let said = desk.oinspect(&["run", "--check", "oidc.*", "--agent", "http"]);
    // It has both flows: this case is for apps with the SP flow alone.
    expect_all_but(&desk, &said, &["oidc.cases.jit-sp-flow skipped"]);
}

#[test]
fn mod_auth_openidc_without_an_initiate_login_uri_passes_the_cases_of_the_sp_flow() {
    let Some((_provider, desk)) = connected(sp_flow_only, None) else { return };
    let said = desk.oinspect(&["run", "--check", "oidc.cases.*", "--agent", "http"]);
    expect_all_but(&desk, &said, &["oidc.cases.idp-flow skipped", "oidc.cases.jit-idp-flow skipped"]);
}

#[test]
fn mod_auth_openidc_passes_the_cases_in_a_browser() {
    if !has_browser() {
        return;
    }
    let Some((_provider, desk)) = connected(section, None) else { return };
    let said = desk.oinspect(&["run", "--check", "oidc.cases.*", "--agent", "webdriver"]);
    expect_all_but(&desk, &said, &["oidc.cases.jit-sp-flow skipped"]);
}

#[test]
fn a_wrong_client_secret_fails_the_cases_and_the_orgs_refusal_is_named() {
    let Some((_provider, desk)) = connected(section, Some("not-the-secret")) else { return };
    let said = desk.oinspect(&["run", "--check", "oidc.cases.*", "--agent", "http"]);
    let parts = ["refused the app's token request", "invalid_client", "client secret"];
    expect_no_case(&desk, &said, "oidc.cases.sp-flow", Verdict::Failed, &parts);
}
