//! `mod_auth_mellon`, a SAML service provider.

use oinspect_core::Verdict;
use serde_json::json;

use crate::service_providers::provider::{Provider, set_up};
use crate::service_providers::{desk, expect_all_but, expect_no_case, has_browser};
use crate::stage::Desk;

pub(super) fn section(provider: &Provider) -> String {
    let mut text = "[saml]\ngroup_attribute = \"groups\"\n".to_owned();
    for (key, name) in
        [("sp_metadata", "metadata_file"), ("start_url", "start_url"), ("deep_link", "deep_link")]
    {
        text.push_str(&provider.key(key, name));
    }
    text
}

/// The service provider and a desk that describes it; `bend` changes the metadata that it is given.
fn connected(section: fn(&Provider) -> String, bend: fn(String) -> String) -> Option<(Provider, Desk)> {
    let mut provider = Provider::announce("mellon")?;
    let desk = provider.describe(&section(&provider));
    set_up(&desk);
    provider.meet(&json!({ "idp_metadata": bend(desk.read("idp-metadata.xml")) }));
    Some((provider, desk))
}

#[test]
fn mod_auth_mellon_keeps_everything_that_saml_demands() {
    let Some((_provider, desk)) = connected(section, |metadata| metadata) else { return };
    let said = desk.oinspect(&["run", "--check", "saml.*", "--agent", "http"]);
    let known = [
        // It has both flows: this case is for apps with the SP flow alone.
        "saml.cases.jit-sp-flow skipped",
        // Its metadata say WantAssertionsSigned: it may refuse an assertion that only the response's signature covers.
        "saml.response.response-only skipped",
    ];
    expect_all_but(&desk, &said, &known);

    let case =
        ["run", "--check", "saml.cases.jit-sp-flow", "--agent", "http", "--set", "saml.idp_flow=false"];
    expect_all_but(&desk, &desk.oinspect(&case), &[]);
}

#[test]
fn mod_auth_mellon_passes_the_cases_in_a_browser() {
    if !has_browser() {
        return;
    }
    let Some((_provider, desk)) = connected(section, |metadata| metadata) else { return };
    let said = desk.oinspect(&["run", "--check", "saml.cases.*", "--agent", "webdriver"]);
    expect_all_but(&desk, &said, &["saml.cases.jit-sp-flow skipped"]);
}

fn certificate(metadata: &str) -> String {
    let (_, rest) = metadata.split_once("X509Certificate>").unwrap();
    rest.split_once("</").unwrap().0.to_owned()
}

#[test]
fn a_response_by_a_key_that_the_app_does_not_trust_fails_the_cases() {
    // Issuer and addresses are the org's; the certificate is another org's.
    let foreign = |metadata: String| {
        let other = desk();
        other.write("oinspect.toml", "saml.entity_id = \"another-app\"\n");
        set_up(&other);
        metadata.replace(&certificate(&metadata), &certificate(&other.read("idp-metadata.xml")))
    };
    let Some((_provider, desk)) = connected(section, foreign) else { return };
    let said = desk.oinspect(&["run", "--check", "saml.cases.*", "--agent", "http"]);
    let parts = ["postResponse", "certificate"];
    expect_no_case(&desk, &said, "saml.cases.sp-flow", Verdict::Failed, &parts);
}

#[test]
fn an_acs_that_is_not_the_apps_fails_the_cases_and_both_addresses_are_named() {
    let elsewhere = |provider: &Provider| {
        let wrong = format!("acs_url = \"{}/mellon/elsewhere\"\n", provider.at("url"));
        format!(
            "[saml]\n{}{}{wrong}",
            provider.key("entity_id", "entity_id"),
            provider.key("start_url", "start_url")
        )
    };
    let Some((provider, desk)) = connected(elsewhere, |metadata| metadata) else { return };
    let said = desk.oinspect(&["run", "--check", "saml.cases.*", "--agent", "http"]);
    let parts = ["mellon/elsewhere", provider.at("acs_url"), "saml.acs_url"];
    expect_no_case(&desk, &said, "saml.cases.sp-flow", Verdict::Failed, &parts);
}
