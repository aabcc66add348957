//! Settings of single sign-on that are wrong, missing, or that nothing can be done with.

use crate::door::{Answered, Door};
use crate::stage::{Desk, Said};

const SAML: &str = "[saml]\nentity_id = \"http://localhost:1/saml\"\nacs_url = \"http://localhost:1/acs\"\n\
                    start_url = \"http://localhost:1/login\"\n";

/// Any free port; no browser.
const QUIETLY: [&str; 4] = ["--set", "org.listen=127.0.0.1:0", "--set", "browser.agent=http"];

fn desk(text: &str) -> Desk {
    let desk = Desk::new();
    desk.write("oinspect.toml", text);
    desk
}

fn run(text: &str) -> Said {
    desk(text).oinspect(&[&["run"][..], &QUIETLY].concat())
}

#[test]
fn an_unknown_key_gets_the_nearest() {
    run("[saml]\nentityid = \"x\"\n").expect_only(2, &["`saml.entityid`", "`saml.entity_id`"]);
    run("[oidc]\nredirect_url = \"x\"\n").expect_only(2, &["`oidc.redirect_url`", "`oidc.redirect_uri`"]);
    run("[org]\nbaseurl = \"x\"\n").expect_only(2, &["`org.baseurl`", "`org.base_url`"]);
}

#[test]
fn a_selector_and_a_step_that_are_none_say_how_to_write_one() {
    for key in ["signed_in = \"a[[\"", "signed_out = \"\"", "sign_out = \"a[[\""] {
        run(&format!("[app]\n{key}\n{SAML}")).expect_only(2, &["`app.sign", "selector", "CSS"]);
    }
    for step in ["{ clack = \"#x\" }", "{ fill = \"#x\" }", "{ click = \"a[[\" }"] {
        run(&format!("{SAML}steps = [{step}]\n")).expect_only(2, &["`saml.steps`", "click = \"#next\""]);
    }
    let profile = format!("[app]\nprofile_url = \"http://localhost:1/me\"\n{SAML}");
    run(&profile).expect_only(2, &["`app.profile_url`", "app.first_name, app.last_name and app.email"]);
}

#[test]
fn an_address_to_listen_at_is_an_address() {
    desk(&format!("{SAML}[org]\nlisten = \"8490\"\n"))
        .oinspect(&["run"])
        .expect_only(2, &["`org.listen`", "\"8490\"", "127.0.0.1:8490"]);
}

#[test]
fn values_that_contradict_each_other_are_refused() {
    run(&format!("{SAML}response_signed = false\nassertion_signed = false\n"))
        .expect_only(2, &["`saml.assertion_signed`", "neither"]);
    run("[oidc]\nredirect_uri = \"http://localhost:1/cb\"\nclient_auth = \"basic\"\n")
        .expect_only(2, &["`oidc.client_auth`", "client_secret_basic", "private_key_jwt"]);
    run("[saml]\nentity_id = \"http://localhost:1/saml\"\n")
        .expect_only(2, &["`saml.acs_url`", "sp_metadata"]);
    run("[oidc]\nstart_url = \"http://localhost:1/\"\n").expect_only(2, &["`oidc.redirect_uri`"]);
}

#[test]
fn checks_of_what_nobody_described_name_the_section() {
    let scim = "[scim]\nbase_url = \"http://127.0.0.1:1/scim\"\n";
    desk(scim).oinspect(&["run", "--check", "saml.*"]).expect_only(2, &["[saml]", "oinspect.toml"]);
    desk(scim).oinspect(&["run", "--check", "oidc.cases.*"]).expect_only(2, &["[oidc]", "oinspect.toml"]);
}

#[test]
fn metadata_that_cannot_be_read_name_the_file_and_the_key() {
    let text = "[saml]\nsp_metadata = \"sp.xml\"\n";
    run(text).expect_only(2, &["sp.xml (saml.sp_metadata)"]);
    for xml in ["no XML at all", "<a/>", ""] {
        let desk = desk(text);
        desk.write("sp.xml", xml);
        desk.oinspect(&[&["run"][..], &QUIETLY].concat()).expect_only(2, &["sp.xml (saml.sp_metadata)"]);
        desk.oinspect(&[&["doctor"][..], &QUIETLY].concat())
            .expect(3, &["wrong", "sp.xml (saml.sp_metadata)"]);
    }
}

#[test]
fn a_browser_that_is_not_there_is_said_once() {
    let desk = desk(&format!("{SAML}[browser]\nagent = \"webdriver\"\ndriver = \"nowhere/chromedriver\"\n"));
    let listen = ["--set", "org.listen=127.0.0.1:0"];
    let said = desk.oinspect(&[&["doctor"][..], &listen].concat());
    said.expect(3, &["wrong browser", "nowhere/chromedriver", "driver"]);
    assert_eq!(said.out.matches("nowhere").count(), 1, "{said:#?}");
    let said = desk.oinspect(&[&["run", "--check", "saml.cases.sp-flow"][..], &listen].concat());
    said.expect(3, &["because", "nowhere/chromedriver"]);
    assert_eq!(desk.report().summary.blocked, 1);
}

#[test]
fn a_person_is_asked_at_a_terminal_about_a_window_or_not_at_all() {
    for command in ["run", "demo"] {
        let desk = desk(SAML);
        desk.oinspect(&[command, "--confirm"]).expect_only(
            2,
            &["--confirm wants a terminal on standard input and standard error", "app.signed_in"],
        );
        desk.oinspect(&[command, "--confirm", "--agent", "http"])
            .expect_only(2, &["--agent http", "no window", "leave out"]);
        assert!(!desk.path("oinspect-out").exists(), "nothing was measured");
    }
}

#[test]
fn an_app_that_is_down_blocks_its_cases_and_the_cause_is_said_once() {
    let said = desk(SAML).oinspect(&[&["run", "--check", "saml.cases.*"][..], &QUIETLY].concat());
    said.expect(3, &["connection refused by localhost:1"]);
    assert_eq!(said.out.matches("because").count(), 1, "{said:#?}");
}

#[test]
fn a_real_org_wants_a_token_and_the_ids_of_the_instances() {
    let org = "[org]\nbase_url = \"http://127.0.0.1:1\"\n";
    desk(&format!("{SAML}{org}")).oinspect(&["run"]).expect_only(2, &["`org.token`", "${OKTA_TOKEN}"]);
    desk(&format!("{SAML}{org}token = \"${{OKTA_TOKEN}}\"\n"))
        .env("OKTA_TOKEN", "a-token-of-an-org")
        .oinspect(&["run"])
        .expect_only(2, &["`saml.app_id`", "0oa"]);
}

#[test]
fn a_token_that_a_real_org_refuses_is_named_and_not_shown() {
    let door = Door::open(|asked| {
        let known = asked.target == "/.well-known/okta-organization";
        let (status, body) = if known {
            (200, r#"{"id":"00o1","pipeline":"idx"}"#)
        } else {
            (401, r#"{"errorCode":"E0000011","errorSummary":"Invalid token provided"}"#)
        };
        let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        Some(Answered { status, headers, body: body.into() })
    });
    let org = format!("[org]\nbase_url = \"{}\"\ntoken = \"${{OKTA_TOKEN}}\"\n", door.url);
    let desk = desk(&format!("{SAML}app_id = \"0oa1\"\n{org}[browser]\nagent = \"http\"\n"))
        .env("OKTA_TOKEN", "SSWS expired-token-of-an-org");
    let doctor = desk.oinspect(&["doctor"]);
    doctor.expect(3, &["wrong org:", "401", "Invalid token", "set org.token to a new one"]);
    let run = desk.oinspect(&["run", "--check", "saml.cases.*"]);
    run.expect(3, &["401", "set org.token to a new one"]);
    for said in [doctor, run] {
        assert!(!format!("{}{}", said.out, said.err).contains("expired-token-of"), "{said:#?}");
    }
    assert!(!desk.read("oinspect-out/report.json").contains("expired-token-of"));
}

#[test]
fn an_address_that_is_no_org_is_told_by_doctor() {
    let door = Door::open(|_| Some(Answered { status: 404, ..Answered::default() }));
    let org = format!("[org]\nbase_url = \"{}\"\ntoken = \"${{OKTA_TOKEN}}\"\n", door.url);
    desk(&format!("{SAML}app_id = \"0oa1\"\n{org}[browser]\nagent = \"http\"\n"))
        .env("OKTA_TOKEN", "a-token-of-an-org")
        .oinspect(&["doctor"])
        .expect(3, &["wrong org:", "is no Okta org", "org.base_url"]);
}
