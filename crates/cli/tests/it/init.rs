//! `oinspect init`: what it writes, what it never overwrites, and what it says where it knows nothing.

use crate::stage::{Desk, healthy_app};

const ALL: [&str; 15] = [
    "init",
    "--name",
    "My \"app\"",
    "--scim",
    "http://localhost:1/scim/v2",
    "--saml-start",
    "http://localhost:1/login/saml",
    "--redirect-uri",
    "http://localhost:1/callback",
    "--oidc-start",
    "http://localhost:1/login/oidc",
    "--initiate-login-uri",
    "http://localhost:1/initiate",
    "--file",
    "oinspect.toml",
];

#[test]
fn what_was_said_is_in_the_file_and_the_file_is_a_configuration() {
    let desk = Desk::new().env("SCIM_AUTH", "Bearer something-long");
    let said = desk.oinspect(&ALL);
    said.expect(0, &["export SCIM_AUTH", "oinspect org setup", "oinspect doctor", "oinspect run"]);
    let file = desk.read("oinspect.toml");
    for line in [
        "name = \"My \\\"app\\\"\"",
        "start_url = \"http://localhost:1/login/saml\"",
        "redirect_uri = \"http://localhost:1/callback\"",
        "initiate_login_uri = \"http://localhost:1/initiate\"",
        "base_url = \"http://localhost:1/scim/v2\"",
    ] {
        assert!(file.lines().any(|one| one == line), "{line}: {file}");
    }
    assert!(file.contains("auth = \"${SCIM_AUTH}\""), "no secret stands in the file: {file}");
    desk.oinspect(&["org", "setup"]).expect(0, &["client secret"]);
}

#[test]
fn an_app_without_sign_on_is_not_sent_to_the_org() {
    let said = Desk::new().oinspect(&["init", "--scim", "http://localhost:1/scim/v2"]);
    said.expect(0, &["next: export SCIM_AUTH"]);
    assert!(!said.out.contains("org setup"), "{said:#?}");
}

#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let desk = Desk::new();
    desk.write("oinspect.toml", "# mine\n");
    desk.oinspect(&ALL).expect_only(2, &["oinspect.toml", "there already", "--file"]);
    assert_eq!(desk.read("oinspect.toml"), "# mine\n");
}

#[test]
fn where_nothing_is_known_and_nobody_can_be_asked_the_options_are_named() {
    let desk = Desk::new();
    let said = desk.oinspect(&["init"]);
    said.expect_only(2, &["--scim, --sp-metadata, --saml-start, --redirect-uri"]);
    let half = desk.oinspect(&["init", "--oidc-start", "http://localhost:1/login"]);
    assert_eq!(half.code, 2);
    assert!(half.err.contains("--redirect-uri <URL>"), "{half:#?}");
    assert!(!desk.path("oinspect.toml").exists());
}

#[test]
fn a_value_that_run_would_refuse_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    desk.oinspect(&["init", "--scim", "localhost:80/scim"])
        .expect_only(2, &["`scim.base_url`", "has no scheme", "http://localhost:80/scim"]);
    desk.oinspect(&["init", "--redirect-uri", "callback"])
        .expect_only(2, &["`oidc.redirect_uri`", "is no URL"]);
    desk.oinspect(&["init", "--sp-metadata", "nope.xml"]).expect_only(2, &["read nope.xml (--sp-metadata)"]);
    desk.write("page.xml", "<html/>");
    desk.oinspect(&["init", "--sp-metadata", "page.xml"]).expect_only(2, &["page.xml", "no SPSSODescriptor"]);
    assert!(!desk.path("oinspect.toml").exists());
}

#[test]
fn metadata_are_read_where_they_can_be_had_and_otherwise_their_absence_is_written_down() {
    let app = healthy_app();
    let saml = &app.tenants[0].saml;
    let desk = Desk::new();
    desk.oinspect(&["init", "--sp-metadata", &saml.metadata_url]).expect(0, &["wrote oinspect.toml"]);
    let file = desk.read("oinspect.toml");
    assert!(file.contains(&format!("# entity id: {}", saml.entity_id)), "{file}");
    assert!(file.contains(&format!("# consumer service: {}", saml.acs_url)), "{file}");

    let later = ["init", "--sp-metadata", "http://127.0.0.1:1/metadata", "--file", "later.toml"];
    desk.oinspect(&later).expect(0, &["wrote later.toml"]);
    assert!(desk.read("later.toml").contains("# it could not be reached when this file was written"));
}
