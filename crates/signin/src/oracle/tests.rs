//! The oracle over made pages: healthy apps, and those that cannot be judged.

use url::Url;

use super::{
    AppPages, AsWhom, Calibration, Judgement, Outcome, Says, Snapshot, Uncalibrated, calibrate, snapshot,
};
use crate::agent::CookieSeen;
use crate::identity::Identity;
use crate::page::Page;
use crate::selector::Selector;

const LOGIN: &str = "<title>Login</title><form id=login><h1>Please sign in</h1><input name=user><input type=password name=pw><button>Sign in</button></form>";

fn home(user: &str) -> String {
    format!(
        "<title>Home</title><nav class=menu><a href=/out>Sign out</a></nav><h1>Welcome {user}</h1><p>Your projects</p>"
    )
}

fn look(path: &str, status: u16, html: &str, cookies: &[&str]) -> Snapshot {
    let url = Url::parse("https://app.test").unwrap().join(path).unwrap();
    let cookies: Vec<CookieSeen> = cookies
        .iter()
        .map(|name| CookieSeen {
            name: (*name).to_owned(),
            value_hash: String::new(),
            domain: "app.test".to_owned(),
            path: "/".to_owned(),
            is_session: true,
            same_site: None,
            http_only: true,
            secure: false,
        })
        .collect();
    snapshot(&Page::new(url, Some(status), html.to_owned()), &cookies)
}

fn user(name: &str) -> Identity {
    let email = format!("{name}@example.com");
    Identity { login: email.clone(), email, first_name: name.to_owned(), last_name: format!("{name}son") }
}

fn out() -> Snapshot {
    look("/login", 200, LOGIN, &["visit"])
}

fn signed_in(name: &str) -> Snapshot {
    look("/home", 200, &home(&format!("{name}@example.com")), &["visit", "session"])
}

fn learn(c0: Snapshot, c1: Snapshot, c2: Snapshot, c3: Snapshot) -> Result<Calibration, Uncalibrated> {
    calibrate(c0, c1, c2, c3, &user("alice"), &user("robert"), &AppPages::default())
}

fn healthy() -> Calibration {
    learn(out(), signed_in("alice"), signed_in("robert"), out()).unwrap()
}

fn judge(calibration: &Calibration, probe: &Snapshot) -> Judgement {
    calibration.judge(probe, None, &user("alice"), Some(&user("mallory")), &["code redeemed".to_owned()])
}

fn why(refused: Result<Calibration, Uncalibrated>) -> String {
    let refused = refused.unwrap_err();
    assert!(!refused.what_to_declare.is_empty());
    refused.why
}

#[test]
fn a_healthy_app_is_judged_from_its_own_pages() {
    let calibration = healthy();
    assert!(calibration.identity_is_shown && calibration.notes.is_empty(), "{:?}", calibration.notes);
    let judgement = judge(&calibration, &signed_in("alice"));
    assert!(judgement.is_expected_user(), "{}", judgement.sentence());
    assert_eq!(judgement.signals.len(), 5);
    let judgement = judge(&calibration, &out());
    assert!(judgement.is_rejected(), "{}", judgement.sentence());
    let judgement = judge(&calibration, &signed_in("mallory"));
    assert_eq!(judgement.outcome, Outcome::SignedIn { as_whom: AsWhom::Canary });
    let judgement = judge(&calibration, &signed_in("somebody"));
    assert_eq!(judgement.outcome, Outcome::SignedIn { as_whom: AsWhom::Somebody });
    assert!(!judgement.is_expected_user());
}

#[test]
fn a_rejection_with_a_session_or_a_canary_is_none() {
    let calibration = healthy();
    let with_session = look("/login", 200, LOGIN, &["visit", "session"]);
    let judgement = judge(&calibration, &with_session);
    assert_eq!((judgement.outcome, judgement.inconsistent), (Outcome::NotSignedIn, true));
    assert!(
        !judgement.is_rejected() && judgement.sentence().contains("contradict"),
        "{}",
        judgement.sentence()
    );
    let with_canary = look("/login", 200, &format!("{LOGIN}<p>Hello mallory@example.com</p>"), &[]);
    assert!(!judge(&calibration, &with_canary).is_rejected());
    let callback = look("/acs", 200, "<p>Created mallory@example.com</p>", &[]);
    let judgement = calibration.judge(&out(), Some(&callback), &user("alice"), Some(&user("mallory")), &[]);
    assert!(!judgement.is_rejected(), "the attempt's own answer shows the canary");
}

#[test]
fn the_callbacks_status_says_nothing_of_the_outcome() {
    for status in [200, 400, 403, 500, 503] {
        let callback = look("/acs", status, "<p>Something</p>", &[]);
        let judgement = healthy().judge(&out(), Some(&callback), &user("alice"), None, &[]);
        assert!(judgement.is_rejected(), "{status}: {}", judgement.sentence());
    }
}

#[test]
fn a_broken_probe_is_no_rejection() {
    let calibration = healthy();
    let judgement = judge(&calibration, &look("/home", 500, "<p>Oops</p>", &[]));
    assert_eq!((judgement.outcome, judgement.signals[0].says), (Outcome::ServerError, Says::Broken));
    let mut circles = look("/login", 302, "", &[]);
    circles.page.loop_found = true;
    assert_eq!(judge(&calibration, &circles).outcome, Outcome::Loop);
    let strange = look("/maintenance", 200, "<h1>Back soon</h1>", &[]);
    assert_eq!(judge(&calibration, &strange).outcome, Outcome::Undetermined);
}

#[test]
fn what_changes_from_look_to_look_does_not_disturb() {
    let page = |count: &str| {
        format!(
            "{}<p>{count} people are here, it is 12:0{count}:00</p><i>{count}</i>",
            home("alice@example.com")
        )
    };
    let calibration = learn(
        look("/login?next=1", 200, LOGIN, &["state_Ab3dEf6hIj9kLm2nOp"]),
        look("/home", 200, &page("1"), &["session"]),
        look("/home", 200, &page("2").replace("alice", "robert"), &["session"]),
        look("/login?next=2", 200, LOGIN, &["state_Zz8xYy7wVv6uTt5sRr"]),
    )
    .unwrap();
    let judgement = judge(&calibration, &look("/home", 200, &page("7"), &["session"]));
    assert!(judgement.is_expected_user(), "{}", judgement.sentence());
    assert!(judge(&calibration, &look("/login", 200, LOGIN, &["state_Qq1wWe2eEr3rRt4tTy"])).is_rejected());
}

#[test]
fn an_app_that_cannot_be_told_apart_is_never_judged() {
    let login_always = why(learn(out(), out(), out(), out()));
    assert!(login_always.contains("login page whatever happens"), "{login_always}");
    let everybody =
        why(learn(signed_in("guest"), signed_in("guest"), signed_in("guest"), signed_in("guest")));
    assert!(everybody.contains("everybody is signed in"), "{everybody}");
    let same = || look("/", 200, "<h1>The shop</h1><p>Things to buy</p>", &[]);
    let same = why(learn(same(), same(), same(), same()));
    assert!(same.contains("C0 and C1 cannot be told apart"), "{same}");
    let kept = why(learn(out(), signed_in("alice"), signed_in("robert"), signed_in("alice")));
    assert!(kept.contains("after A's cookies were dropped"), "{kept}");
    let no_b = why(learn(out(), signed_in("alice"), out(), out()));
    assert!(no_b.contains("user B"), "{no_b}");
    let broken = why(learn(out(), look("/home", 500, "no", &[]), signed_in("robert"), out()));
    assert!(broken.contains("500 after the happy login of user A"), "{broken}");
    let mut circles = out();
    circles.page.loop_found = true;
    let circles = why(learn(circles, signed_in("alice"), signed_in("robert"), out()));
    assert!(circles.contains("round in circles to somebody who is not signed in"), "{circles}");
}

#[test]
fn an_app_that_shows_no_identity_is_judged_with_a_note() {
    let anonymous = || look("/home", 200, &home("back"), &["session"]);
    let calibration = learn(out(), anonymous(), anonymous(), out()).unwrap();
    assert!(!calibration.identity_is_shown);
    assert!(calibration.notes[0].contains("the same page to users A and B"), "{:?}", calibration.notes);
    let judgement = judge(&calibration, &anonymous());
    assert_eq!(judgement.outcome, Outcome::SignedIn { as_whom: AsWhom::Somebody });
    let profile = Page::new(
        Url::parse("https://app.test/me").unwrap(),
        Some(200),
        "<input id=mail value='alice@example.com'>".to_owned(),
    );
    let judgement = judge(&calibration, &anonymous().with_profile(&profile));
    assert!(judgement.is_expected_user(), "{}", judgement.sentence());
}

#[test]
fn declared_markers_decide_and_are_checked() {
    let marker = |css: &str| Some(Selector::parse(css).unwrap());
    let pages = |signed_in: &str, signed_out: &str| AppPages {
        signed_in: marker(signed_in),
        signed_out: marker(signed_out),
        ..AppPages::default()
    };
    let (a, b) = (user("alice"), user("robert"));
    let good = pages("text=Sign out", "#login");
    let calibration =
        calibrate(out(), signed_in("alice"), signed_in("robert"), out(), &a, &b, &good).unwrap();
    let other_page = look("/inbox", 200, "<a>Sign out</a><p>alice@example.com</p>", &["session"]);
    assert!(judge(&calibration, &other_page).is_expected_user());
    let both = look("/inbox", 200, "<a>Sign out</a><form id=login></form>", &[]);
    assert_eq!(judge(&calibration, &both).outcome, Outcome::Undetermined);
    let bad = pages("h1", "#login");
    let refused = calibrate(out(), signed_in("alice"), signed_in("robert"), out(), &a, &b, &bad).unwrap_err();
    assert!(
        refused.why.contains("app.signed_in = `h1`: the app shows it to somebody who is not"),
        "{}",
        refused.why
    );
}
