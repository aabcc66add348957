//! Configurations and plans that are missing or wrong.

use crate::stage::{Desk, healthy_app};

/// A desk with this configuration.
fn configured(text: &str) -> Desk {
    let desk = Desk::new();
    desk.write("oinspect.toml", text);
    desk
}

#[test]
fn without_any_configuration_the_missing_key_is_named() {
    for command in ["run", "doctor"] {
        let said = Desk::new().oinspect(&[command]);
        said.expect_only(
            2,
            &["[scim], [saml] or [oidc]", "oinspect.toml", "--set scim.base_url=http", "oinspect init"],
        );
    }
}

#[test]
fn a_configuration_that_was_named_must_be_there() {
    Desk::new().oinspect(&["run", "--config", "nope.toml"]).expect_only(2, &["read nope.toml"]);
}

#[test]
fn a_wrong_key_is_shown_where_it_stands_with_the_nearest() {
    let said = configured("[scim]\nbase_ulr = \"http://localhost\"\n").oinspect(&["run"]);
    said.expect_only(2, &["`scim.base_ulr` (oinspect.toml:2:1)", "did you mean `scim.base_url`?"]);
    said.expect(2, &["2 | base_ulr = "]);
}

#[test]
fn a_value_of_the_wrong_type_is_shown_where_it_stands() {
    let said = configured("[scim]\nbase_url = 3\n").oinspect(&["run"]);
    said.expect_only(2, &["oinspect.toml:2:12", "expected a URL", "found an integer"]);
}

#[test]
fn a_file_that_is_no_toml_is_shown_where_it_ends_to_be() {
    configured("[scim\n").oinspect(&["run"]).expect_only(2, &["oinspect.toml:1:6"]);
}

#[test]
fn a_secret_that_is_not_set_names_the_variable_and_the_key() {
    let said = configured("[scim]\nbase_url = \"http://localhost\"\nauth = \"Bearer ${SCIM_TOKEN}\"\n")
        .oinspect(&["run"]);
    said.expect_only(2, &["`scim.auth`", "SCIM_TOKEN is not set", "export SCIM_TOKEN="]);
}

#[test]
fn a_secret_in_the_open_is_a_warning_and_the_run_goes_on() {
    let app = healthy_app();
    let tenant = &app.tenants[0];
    let desk = configured(&format!(
        "[scim]\nbase_url = \"{}\"\nauth = \"Bearer {}\"\n",
        tenant.scim_url, tenant.token
    ));
    let said = desk.oinspect(&["run", "--check", "scim.auth"]);
    said.expect(0, &["warning: `scim.auth` (oinspect.toml:3:8) holds a secret in the open", "${NAME}"]);
    for text in [said.out, said.err, desk.read("oinspect-out/report.json")] {
        assert!(!text.contains(&tenant.token));
    }
}

#[test]
fn a_missing_plan_gets_the_nearest_and_the_list() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    desk.oinspect(&["run", "scim-cor"]).expect_only(2, &["`scim-cor`", "did you mean `scim-core`?"]);
    desk.oinspect(&["run", "mine.toml"])
        .expect_only(2, &["`mine.toml`", "there are: scim-1.1, scim-core", "--check"]);
}

#[test]
fn an_id_of_a_plan_that_matches_nothing_is_shown_where_it_stands() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    desk.write("plan.toml", "checks = [\"scim.*\", \"!scim.reed\"]\n");
    let said = desk.oinspect(&["run", "plan.toml"]);
    said.expect_only(2, &["`scim.reed`", "plan.toml:1:21", "did you mean `scim.read`?"]);
    assert!(!desk.path("oinspect-out").exists());
}

#[test]
fn a_plan_with_a_wrong_key_is_shown_where_it_is_wrong() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    desk.write("plan.toml", "checks = [\"scim.*\"]\n[[waiver]]\ncheck = \"scim.*\"\n");
    desk.oinspect(&["run", "plan.toml"]).expect_only(2, &["plan.toml:2:", "did you mean `waivers`?"]);
}
