//! What is wrong outside of the app's messages: verdict and reason name it.

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Stdio};

use oinspect_core::Verdict;
use oinspect_sample_app::Misbehaviour;
use serde_json::{Value, json};

use crate::door::{Asked, ask};
use crate::service_providers::sample::{connected, description};
use crate::service_providers::{desk, expect_no_case, org_port};
use crate::stage::{Desk, healthy_app};

const CASES: [&str; 7] = ["run", "--check", "saml.cases.*", "--check", "oidc.cases.*", "--agent", "http"];

/// A sample app with this misbehaviour passes no case, and each protocol's reason says which it is.
#[track_caller]
fn expect(misbehaviour: Misbehaviour, verdict: Verdict, parts: &[&str]) {
    let (_app, desk) = connected(Some(misbehaviour), None);
    let said = desk.oinspect(&CASES);
    for case in
        ["saml.cases.sp-flow", "saml.cases.jit-idp-flow", "oidc.cases.sp-flow", "oidc.cases.jit-idp-flow"]
    {
        expect_no_case(&desk, &said, case, verdict, parts);
    }
}

#[test]
fn a_login_page_whatever_happens_is_not_verified() {
    expect(Misbehaviour::LoginPageWhateverHappens, Verdict::NotVerified, &["login page whatever happens"]);
}

#[test]
fn the_same_page_for_everybody_is_not_verified() {
    expect(Misbehaviour::SamePageForEverybody, Verdict::NotVerified, &["the same page"]);
}

#[test]
fn everybody_signed_in_is_not_verified() {
    expect(Misbehaviour::EverybodySignedIn, Verdict::NotVerified, &["everybody is signed in"]);
}

#[test]
fn an_app_that_answers_500_fails_and_the_answer_is_named() {
    expect(Misbehaviour::SsoAnswers500, Verdict::Failed, &["500"]);
}

#[test]
fn a_loop_fails_and_is_called_one() {
    // Its protected page begins sign-on by SAML, also for who came by OpenID Connect and may not use that.
    let (_app, desk) = connected(Some(Misbehaviour::SignInLoop), None);
    let said = desk.oinspect(&CASES);
    for case in ["saml.cases.sp-flow", "saml.cases.jit-idp-flow"] {
        expect_no_case(&desk, &said, case, Verdict::Failed, &["loop"]);
    }
}

#[test]
fn an_app_that_is_down_blocks_and_its_address_is_named() {
    // Nobody listens there any more.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let desk = desk();
    let start = format!("http://{closed}/login");
    desk.write(
        "oinspect.toml",
        &format!(
            "org.listen = \"127.0.0.1:0\"\n\
             [saml]\nentity_id = \"an-app\"\nacs_url = \"http://{closed}/acs\"\nstart_url = \"{start}\"\n\
             [oidc]\nredirect_uri = \"http://{closed}/callback\"\nstart_url = \"{start}\"\n"
        ),
    );
    let said = desk.oinspect(&CASES);
    for case in ["saml.cases.sp-flow", "oidc.cases.sp-flow"] {
        expect_no_case(&desk, &said, case, Verdict::Blocked, &[&start, "refused"]);
    }
}

/// An org that runs by itself, and is used as a real one would be.
struct Org {
    process: Child,
    announced: Value,
}

impl Org {
    fn serve(desk: &Desk) -> Self {
        let mut process = desk.command(&["org"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { process, announced: serde_json::from_str(&line).unwrap() }
    }

    fn said(&self, name: &str) -> &str {
        self.announced[name].as_str().unwrap_or_else(|| panic!("{name}: {}", self.announced))
    }

    fn app_id(&self, sign_on: &str) -> &str {
        let apps = self.announced["apps"].as_array().unwrap();
        let app = apps.iter().find(|app| app["sign_on"] == sign_on).unwrap();
        app["app_id"].as_str().unwrap()
    }

    fn add_user(&self, login: &str, password: &str) {
        let profile = json!({ "login": login, "email": login, "firstName": "Old", "lastName": "Hand" });
        let user = json!({ "profile": profile, "credentials": { "password": { "value": password } } });
        let headers = [
            ("Authorization", format!("SSWS {}", self.said("token"))),
            ("Content-Type", "application/json".to_owned()),
        ];
        let asked = Asked {
            method: "POST".to_owned(),
            target: "/api/v1/users?activate=true".to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value)).into(),
            body: user.to_string().into_bytes(),
        };
        let answered = ask(self.said("url"), &asked);
        assert_eq!(answered.status, 200, "{}", String::from_utf8_lossy(&answered.body));
    }
}

impl Drop for Org {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A desk for the sample app at an org that runs beside it, with two users of the same password; the
/// test says which app instance is configured, and which password.
fn expect_of_real_org(sign_on: &str, password: &str, parts: &[&str]) {
    let app = healthy_app();
    let org_desk = desk();
    let described = description(&app, None);
    org_desk.write("oinspect.toml", &format!("org.listen = \"127.0.0.1:{}\"\n{described}", org_port()));
    crate::service_providers::provider::set_up(&org_desk);
    let org = Org::serve(&org_desk);
    let saml = oinspect_sample_app::SamlTrust { idp_metadata: org_desk.read("idp-metadata.xml") };
    let sso = oinspect_sample_app::Sso { saml: Some(saml), ..Default::default() };
    app.connect(&app.tenants[0].name, sso).unwrap();
    let logins = ["old.hand.one@example.com", "old.hand.two@example.com"];
    for login in logins {
        org.add_user(login, "Correct-horse-1");
    }

    let (described, _) = described.split_once("[oidc]").unwrap();
    let mut text = described
        .replace("[saml]\n", &format!("[saml]\njit = false\napp_id = \"{}\"\n", org.app_id(sign_on)));
    write!(text, "[org]\nbase_url = \"{}\"\ntoken = \"${{TOKEN}}\"\n", org.said("url")).unwrap();
    let text = text
        .replace("[app]\n", &format!("[app]\naccounts = {logins:?}\naccount_password = \"${{PASSWORD}}\"\n"));
    let desk = desk().env("TOKEN", org.said("token")).env("PASSWORD", password);
    desk.write("oinspect.toml", &text);
    let said = desk.oinspect(&CASES[..3]);
    expect_no_case(&desk, &said, "saml.cases.sp-flow", Verdict::Blocked, parts);
}

#[test]
fn a_wrong_password_blocks_and_is_named() {
    expect_of_real_org("saml", "Wrong-horse-1", &["old.hand.one@example.com", "app.account_password"]);
}

#[test]
fn a_user_who_is_assigned_to_another_app_blocks_and_is_named() {
    expect_of_real_org("oidc", "Correct-horse-1", &["not assigned", "saml.app_id"]);
}
