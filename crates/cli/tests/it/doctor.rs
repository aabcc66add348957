//! What doctor says of targets that would keep a run from working, and of one that would not.

use oinspect_sample_app::{Misbehaviour, Running, Settings};

use crate::stage::{Desk, Said, healthy_app, sample_app};

fn doctor_of(app: &Running, args: &[&str]) -> Said {
    Desk::facing(app).oinspect(&[&["doctor"], args].concat())
}

fn doctor_of_misbehaving(misbehaviour: Misbehaviour, args: &[&str]) -> Said {
    let app = sample_app(Settings { misbehaviour: Some(misbehaviour), ..Settings::default() });
    doctor_of(&app, args)
}

#[test]
fn a_good_app_is_fine_in_every_respect() {
    let app = healthy_app();
    let said = doctor_of(&app, &[]);
    said.expect(0, &["nothing keeps a run from working"]);
    assert_eq!(said.out.matches("✓ fine").count(), 5, "{said:#?}");
}

#[test]
fn a_wrong_token_names_the_setting_and_nothing_follows_from_it() {
    let app = healthy_app();
    let said = doctor_of(&app, &["--set", "scim.auth=Bearer another-token"]);
    said.expect(3, &["wrong scim.auth: the server refuses it with 401", "still valid?"]);
    assert!(!said.out.contains("discovery"), "{said:#?}");
}

#[test]
fn a_token_without_scheme_is_told_apart() {
    let app = healthy_app();
    let token = format!("scim.auth={}", app.tenants[0].token);
    doctor_of(&app, &["--set", &token]).expect(3, &["refuses it with 401", "lack a scheme, such as Bearer"]);
}

#[test]
fn a_missing_token_says_how_to_write_it() {
    let app = healthy_app();
    let base_url = format!("scim.base_url={}", app.tenants[0].scim_url);
    let said = Desk::new().oinspect(&["doctor", "--set", &base_url]);
    said.expect(3, &["scim.auth: it is not set", "answers 401", "auth = \"Bearer ${SCIM_TOKEN}\""]);
}

#[test]
fn a_wrong_path_says_what_is_probably_missing() {
    let app = healthy_app();
    let base_url = format!("scim.base_url={}", app.url);
    doctor_of(&app, &["--set", &base_url])
        .expect(3, &[&format!("there is no {}/Users", app.url), "such as /scim/v2"]);
}

#[test]
fn a_dead_port_asks_whether_the_app_is_running() {
    let said = Desk::new().oinspect(&["doctor", "--set", "scim.base_url=http://127.0.0.1:1/scim"]);
    said.expect(3, &["scim.base_url: ", "connection refused by 127.0.0.1:1", "is the app running"]);
}

#[test]
fn https_where_http_is_spoken_is_told_apart() {
    let app = healthy_app();
    let base_url = format!("scim.base_url={}", app.tenants[0].scim_url.replace("http:", "https:"));
    doctor_of(&app, &["--set", &base_url]).expect(3, &["does not speak TLS", "http rather than https"]);
}

#[test]
fn a_web_site_is_told_apart_from_a_scim_server() {
    let said = doctor_of_misbehaving(Misbehaviour::AnswersHtml, &[]);
    said.expect(3, &["HTML page", "the address of the web site"]);
}

#[test]
fn a_redirect_to_itself_is_no_final_url() {
    let said = doctor_of_misbehaving(Misbehaviour::RedirectLoop, &[]);
    said.expect(3, &["/Users redirects to itself"]);
}

#[test]
fn a_server_that_hangs_or_fails_says_where_to_look() {
    doctor_of_misbehaving(Misbehaviour::Hangs, &["--set", "limits.request=300ms"])
        .expect(3, &["within 300ms", "limits.request"]);
    doctor_of_misbehaving(Misbehaviour::RejectsEverything, &[]).expect(3, &["answers 500", "the app's log"]);
}
