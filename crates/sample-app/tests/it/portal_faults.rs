//! The faults of accounts, sessions and sign-in can be seen from outside, and never in the healthy app.

use oinspect_sample_app::{AccountFault, Fault, Misbehaviour, Settings};

use crate::idp::browser::{Browser, parameter};
use crate::idp::message::Message;
use crate::idp::op::Op;
use crate::saml::{ANN, answer_to, trust};
use crate::setting::App;
use crate::{oidc_faults, saml_faults};

/// An app that trusts both providers.
pub(crate) async fn connected(op: &Op, settings: Settings) -> App {
    let mut sso = op.trust();
    sso.saml = trust().saml;
    App::with(Settings { sso: vec![("acme".to_owned(), sso)], ..settings }).await
}

pub(crate) fn browser(app: &App) -> Browser {
    Browser::new(&app.running.tenants[0])
}

/// Signs in by SAML, unasked, and returns the profile.
async fn profile_of(app: &App, message: &Message) -> String {
    let mut browser = browser(app);
    browser.respond(message, None).await;
    browser.profile().await.unwrap_or_default()
}

async fn shows_in_accounts(fault: AccountFault, app: &App) -> bool {
    let mut browser = browser(app);
    let ann = Message::of(ANN, browser.home());
    match fault {
        AccountFault::UnicodeMangled => {
            profile_of(app, &ann.with("firstName", &["Zoë"])).await.contains(">Zo?<")
        }
        AccountFault::ApostropheEscapedTwice => {
            !profile_of(app, &ann.with("lastName", &["O'Brien"])).await.contains(">O&#39;Brien<")
        }
        AccountFault::ProfileUnescaped => {
            profile_of(app, &ann.with("lastName", &["<i>x</i>"])).await.contains("<i>x</i>")
        }
        AccountFault::JitDuplicates => {
            profile_of(app, &ann).await;
            profile_of(app, &Message::of(ANN, browser.home())).await;
            app.get("/Users").await.body["totalResults"] == 2
        }
        AccountFault::JitLosesEmail => profile_of(app, &ann).await.contains("id=\"email\"><"),
        AccountFault::SignOutKeepsSession => {
            browser.respond(&ann, None).await;
            browser.get("acme/sign-out").await;
            browser.is_signed_in().await
        }
        AccountFault::RenameAnswers500 => {
            browser.respond(&ann, None).await;
            let renamed = Message::of(ANN, browser.home()).with("lastName", &["Ash"]);
            browser.respond(&renamed, None).await.status == 500
        }
    }
}

#[tokio::test]
async fn every_fault_of_signing_in_shows_when_it_is_on_and_never_in_the_healthy_app() {
    for fault in Fault::all().filter(|fault| !fault.breaks()[0].starts_with("scim")) {
        for on in [true, false] {
            let op = Op::start().await;
            let faults = if on { vec![fault] } else { Vec::new() };
            let app = connected(&op, Settings { faults, ..Settings::default() }).await;
            let id = fault.id();
            let shows = match fault {
                Fault::Saml(fault) => saml_faults::shows(fault, &app).await,
                Fault::Oidc(fault) => oidc_faults::shows(fault, &app, &op).await,
                Fault::Account(fault) => shows_in_accounts(fault, &app).await,
                _ => unreachable!("{id} is no fault of signing in"),
            };
            assert_eq!(shows, on, "{id} when it is {}", if on { "on" } else { "off" });
        }
    }
}

#[tokio::test]
async fn portals_that_judge_nothing_do_so_in_five_ways() {
    for misbehaviour in [
        Misbehaviour::LoginPageWhateverHappens,
        Misbehaviour::SamePageForEverybody,
        Misbehaviour::EverybodySignedIn,
        Misbehaviour::SsoAnswers500,
        Misbehaviour::SignInLoop,
    ] {
        let op = Op::start().await;
        let app = connected(&op, Settings { misbehaviour: Some(misbehaviour), ..Settings::default() }).await;
        let mut browser = browser(&app);
        let before = browser.get("acme/home").await;
        let url = browser.start("acme/saml/login").await;
        assert!(parameter(&url, "SAMLRequest").is_some());
        let (message, state) = answer_to(&url, browser.home());
        let end = browser.respond(&message, Some(&state)).await;
        let after = browser.get("acme/home").await;
        let seen = (before.status, end.status, after.status);
        assert_eq!(
            seen,
            match misbehaviour {
                Misbehaviour::SamePageForEverybody | Misbehaviour::EverybodySignedIn => (200, 303, 200),
                Misbehaviour::SsoAnswers500 => (302, 500, 302),
                Misbehaviour::SignInLoop => (302, 303, 302),
                _ => (200, 200, 200),
            },
            "{}",
            misbehaviour.id()
        );
        assert_eq!(before.text, after.text);
        assert_eq!(before.text.contains("Sam Sample"), misbehaviour == Misbehaviour::EverybodySignedIn);
    }
}
