//! Single sign-on at the command line: the sample app in one process, `run` and `doctor` in another.

use oinspect_core::Verdict;

use crate::stage::{Desk, Serving, free_address};

/// A desk, and on it an app that trusts the org of the desk.
pub(crate) struct Trusting {
    pub(crate) desk: Desk,
    pub(crate) client_secret: String,
    _app: Serving,
}

/// What `org setup` printed behind a name.
fn told(setup: &str, name: &str) -> String {
    let line = setup.lines().find_map(|line| line.trim_start().strip_prefix(name));
    line.unwrap_or_else(|| panic!("{name}: {setup}")).trim().to_owned()
}

/// The sections of the app at this address.
fn described(app: &str, org: &str, sections: &[&str]) -> String {
    let app = format!("http://{}/t/acme", app.replace("127.0.0.1", "localhost"));
    let mut text = format!(
        "name = \"Sample app\"\n[org]\nlisten = \"{org}\"\n[browser]\nagent = \"http\"\n\
         [app]\nprotected_url = \"{app}/home\"\nsigned_in = \"#signed-in\"\n\
         profile_url = \"{app}/profile\"\nfirst_name = \"#first-name\"\nlast_name = \"#last-name\"\n\
         email = \"#email\"\nsign_out = \"{app}/sign-out\"\n"
    );
    if sections.contains(&"saml") {
        text.extend([format!(
            "[saml]\nsp_metadata = \"{app}/saml/metadata\"\nstart_url = \"{app}/saml/login\"\n"
        )]);
    }
    if sections.contains(&"oidc") {
        text.extend([format!(
            "[oidc]\nredirect_uri = \"{app}/oidc/callback\"\nstart_url = \"{app}/oidc/login\"\n\
             initiate_login_uri = \"{app}/oidc/initiate\"\n"
        )]);
    }
    text
}

/// As the README has it: describe the app, ask what it is to be told, tell it.
pub(crate) fn trusting(sections: &[&str]) -> Trusting {
    let (app, org) = (free_address(), free_address());
    let desk = Desk::new();
    desk.write("oinspect.toml", &described(&app, &org, sections));
    let said = desk.oinspect(&["org", "setup"]);
    assert_eq!(said.code, 0, "{said:#?}");
    let mut args = vec!["sample-app", "--listen", &app, "--users", "1"];
    let of = |name| if sections.contains(&"oidc") { told(&said.out, name) } else { String::new() };
    let (issuer, client_id, client_secret) = (of("issuer "), of("client ID"), of("client secret"));
    if sections.contains(&"saml") {
        args.extend(["--saml-metadata", "idp-metadata.xml"]);
    }
    if sections.contains(&"oidc") {
        args.extend(["--oidc-issuer", &issuer, "--oidc-client-id", &client_id]);
        args.extend(["--oidc-client-secret", &client_secret]);
    }
    let app = Serving::start(&desk, &args);
    Trusting { desk, client_secret, _app: app }
}

/// How many cases passed. That of accounts by the SP flow is for apps whose only flow it is.
fn passed(cases: &[(String, Verdict)]) -> usize {
    cases.iter().filter(|(id, verdict)| *verdict == Verdict::Passed && !id.ends_with("jit-sp-flow")).count()
}

/// The verdicts of the tester's cases.
fn cases(desk: &Desk) -> Vec<(String, Verdict)> {
    let report = desk.report();
    let cases = report.checks().filter(|check| check.id.contains(".cases."));
    cases.map(|check| (check.id.clone(), check.verdict)).collect()
}

#[test]
fn the_commands_of_the_readme_pass_the_cases_of_both_protocols() {
    let stage = trusting(&["saml", "oidc"]);
    let said = stage.desk.oinspect(&["doctor"]);
    said.expect(0, &["fine", "saml.start_url", "leads to http://127.0.0.1:"]);
    said.expect(0, &["fine", "saml: two users sign on"]);
    said.expect(0, &["fine", "oidc: two users sign on"]);
    said.expect(0, &["nothing keeps a run from working"]);
    let said = stage.desk.oinspect(&["run", "--tag", "cases"]);
    assert_eq!(said.code, 0, "{said:#?}");
    let cases = cases(&stage.desk);
    assert_eq!(cases.len(), 8, "{cases:?}");
    assert_eq!(passed(&cases), 6, "{cases:?}");
    assert!(said.err.contains("no SCIM server is configured that could remove it"), "{said:#?}");
}

#[test]
fn an_app_that_only_speaks_saml_is_asked_nothing_else() {
    let stage = trusting(&["saml"]);
    let said = stage.desk.oinspect(&["run"]);
    assert_eq!(said.code, 0, "{said:#?}");
    let report = stage.desk.report();
    assert!(report.checks().all(|check| check.id.starts_with("saml.")));
    let cases = cases(&stage.desk);
    assert_eq!(passed(&cases), 3, "{cases:?}");
}

#[test]
fn accounts_by_the_sp_flow_are_a_case_where_it_is_the_only_flow() {
    let stage = trusting(&["saml"]);
    let said = stage.desk.oinspect(&["run", "--tag", "cases", "--set", "saml.idp_flow=false"]);
    assert_eq!(said.code, 0, "{said:#?}");
    let cases = cases(&stage.desk);
    assert!(cases.contains(&("saml.cases.jit-sp-flow".to_owned(), Verdict::Passed)), "{cases:?}");
    assert!(cases.contains(&("saml.cases.idp-flow".to_owned(), Verdict::Skipped)), "{cases:?}");
}

#[test]
fn an_app_that_does_not_know_the_org_fails_and_is_told_what_to_compare() {
    let stage = trusting(&["oidc"]);
    let other = Desk::new();
    let text = stage.desk.read("oinspect.toml");
    other.write("oinspect.toml", &text);
    // Another folder has another org: the app's client secret is not its own.
    let said = other.oinspect(&["run", "--check", "oidc.cases.*"]);
    assert!([1, 3].contains(&said.code), "{said:#?}");
    said.expect(said.code, &["oidc.cases.idp-flow"]);
    let said = other.oinspect(&["doctor"]);
    said.expect(3, &["wrong oidc", "a control login failed"]);
}

#[test]
fn doctor_shows_both_values_where_settings_and_metadata_disagree() {
    let stage = trusting(&["saml"]);
    let set = ["--set", "saml.entity_id=http://other.example/saml"];
    let said = stage.desk.oinspect(&[&["doctor"][..], &set].concat());
    said.expect(
        3,
        &["wrong saml.sp_metadata", "saml.entity_id is http://other.example/saml", "/t/acme/saml/metadata"],
    );
}

#[test]
fn the_sample_app_says_what_is_wrong_with_whom_it_should_trust() {
    let desk = Desk::new();
    let at = ["sample-app", "--listen", "127.0.0.1:0"];
    desk.oinspect(&[&at[..], &["--saml-metadata", "nope.xml"]].concat()).expect_only(2, &["read nope.xml"]);
    desk.oinspect(&[&at[..], &["--saml-metadata", "http://127.0.0.1:1/m"]].concat())
        .expect_only(3, &["fetch http://127.0.0.1:1/m", "connection refused"]);
    desk.write("page.xml", "<html/>");
    desk.oinspect(&[&at[..], &["--saml-metadata", "page.xml"]].concat()).expect_only(3, &["--saml-metadata"]);
    let half = desk.oinspect(&[&at[..], &["--oidc-issuer", "http://127.0.0.1:1"]].concat());
    assert_eq!(half.code, 2);
    assert!(half.err.contains("--oidc-client-id <ID>"), "{half:#?}");
}
