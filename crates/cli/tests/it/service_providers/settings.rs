//! Settings that reach both sides: TLS at the org, and an app that was told of another org.

use oinspect_sample_app::Settings;

use crate::service_providers::provider::set_up;
use crate::service_providers::sample::{connected, description, introduce};
use crate::service_providers::{desk, expect_all_but, has_browser, org_port, others};
use crate::stage::sample_app;

#[test]
fn an_org_with_tls_is_trusted_by_its_own_run_and_by_an_app_that_has_its_authority() {
    let desk = desk();
    let org = format!("org.listen = \"127.0.0.1:{}\"\norg.tls = true\n", org_port());
    desk.write("oinspect.toml", &format!("{org}[oidc]\nredirect_uri = \"http://localhost:1/callback\"\n"));
    assert!(set_up(&desk).out.contains("org-ca.pem"));
    let trusted_ca_pem = Some(desk.read("org-ca.pem"));
    let app = sample_app(Settings { users: 0, trusted_ca_pem, ..Settings::default() });
    desk.write("oinspect.toml", &format!("{org}{}", description(&app, None)));
    introduce(&app, &desk);

    let known = ["saml.cases.jit-sp-flow skipped", "oidc.cases.jit-sp-flow skipped"];
    let case = ["run", "--check", "saml.cases.*", "--check", "oidc.cases.*", "--agent"];
    for agent in ["http", "webdriver"] {
        if agent == "http" || has_browser() {
            let said = desk.oinspect(&[case.as_slice(), &[agent]].concat());
            expect_all_but(&desk, &said, &known);
        }
    }
    desk.oinspect(&["doctor", "--set", "browser.agent=http"]).expect(0, &["https://127.0.0.1:"]);
}

#[test]
fn an_app_that_was_told_of_another_app_is_told_both_sign_on_urls() {
    let (_app, desk) = connected(None, None);
    // Another name is another app at the org.
    let text = desk.read("oinspect.toml").replace("name = \"Sample app\"", "name = \"Renamed app\"");
    desk.write("oinspect.toml", &text);
    let parts = ["the app sends its request to http://", "the org's sign-on URL for this app is http://"];
    let said = desk.oinspect(&["run", "--check", "saml.cases.*", "--agent", "http"]);
    // Key and issuer are the same, so that the other flow works.
    assert_eq!(others(&desk.report()), ["saml.cases.sp-flow failed", "saml.cases.jit-sp-flow skipped"]);
    said.expect(1, &parts);
    desk.oinspect(&["doctor", "--set", "browser.agent=http"]).expect(3, &parts);
}
