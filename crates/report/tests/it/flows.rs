//! The sample's flows: single sign-on with every verdict, told by two user agents.

use oinspect_core::{
    Arrived, Cause, CheckResult, Displayed, Document, Exchange, GroupResult, Hop, Level, Message,
    RequestRecord, RequirementRecord, ResponseRecord, Screenshot, SentValue, Step, Verdict, VisitRecord,
    Weight,
};

use crate::sample::{NASTY, after, body, broken, check, evidence, exchange, group, headers, reason};

/// A sign-in form, 60 by 40 pixels, drawn for this test.
const FORM: (&str, &str) = (
    "iVBORw0KGgoAAAANSUhEUgAAADwAAAAoCAMAAACVZWnNAAAACVBMVEX///8oWqDc4ejHQYTaAAAAJ0lEQVR42mNgpAAwjGoeMppHwQACJrxgVPOo5lHNo5qJ0TwKhicAADfPBhkW3rwtAAAAAElFTkSuQmCC",
    "364e64b3f9c24873a754ac1a86abc824008ffb9eee6a930e167ac638d98837c6",
);
/// An app's page, drawn likewise.
const HOME: (&str, &str) = (
    "iVBORw0KGgoAAAANSUhEUgAAADwAAAAoCAMAAACVZWnNAAAACVBMVEX///8oWqDc4ejHQYTaAAAAKklEQVR42mNgpAAwjGoeMppHAVmAiUQwGmCUBNhoaI+G9mhoj4b2yAttABLNBUFWgpRCAAAAAElFTkSuQmCC",
    "d9c250878ec356e0c602725d434e196598dff37aa81bc4238df57e47ecc9b421",
);

const ORG: &str = "http://127.0.0.1:8490";
const APP: &str = "http://localhost:8480/t/acme";

/// The group.
pub(crate) fn sign_on() -> GroupResult {
    let checks = vec![passed(), failed(), warned(), skipped(), blocked(), not_verified(), crashed()];
    group("sso.saml", "SAML sign-on", "Single sign-on", checks)
}

fn row(name: &str, title: &str, verdict: Verdict) -> CheckResult {
    let mut check = check("sso.saml", name, title, Level::Must, verdict);
    check.requirement = RequirementRecord {
        document: Document::SamlProfiles,
        section: "4.1.4.3".to_owned(),
        level: Level::Must,
        demand: "an assertion that passes every check of the receiver signs its subject in".to_owned(),
        link: Document::SamlProfiles.link("4.1.4.3"),
    };
    check.started = after(4_000);
    check.finished = after(7_350);
    check.set_validity();
    check
}

fn hop(at: i64, cause: Cause, method: &str, url: String, status: u16, location: Option<&str>) -> Hop {
    let mut answer = headers(&[("content-type", "text/html; charset=utf-8")]);
    answer.extend(location.map(|location| ("location".to_owned(), location.to_owned())));
    let page = "<!doctype html>\n<title>Acme</title>\n<p id=\"signed-in\">Anna Meier</p>";
    let exchange = Exchange {
        started: after(at),
        duration_ms: 14.25,
        request: RequestRecord {
            method: method.to_owned(),
            url,
            headers: headers(&[("User-Agent", "Mozilla/5.0"), ("Cookie", "sid=[secret 4]")]),
            body: (method == "POST").then(|| body("SAMLResponse=[secret 5]&RelayState=%2Freports%2F7")),
        },
        response: Some(ResponseRecord {
            status,
            headers: answer,
            body: location.is_none().then(|| body(page)),
            retries: 0,
        }),
        error: None,
    };
    Hop { cause, exchange }
}

fn picture((png, sha256): (&str, &str)) -> Screenshot {
    Screenshot { png: Some(png.to_owned()), bytes: 120, sha256: sha256.to_owned() }
}

fn visit(at: i64, title: &str, hops: Vec<Hop>, arrived: (&str, String, u16)) -> VisitRecord {
    VisitRecord {
        title: title.to_owned(),
        agent: "Chromium 156".to_owned(),
        started: after(at),
        duration_ms: 1_204.5,
        hops,
        arrived: Some(Arrived { url: arrived.1, title: arrived.0.to_owned(), status: Some(arrived.2) }),
        screenshot: None,
        console: Vec::new(),
        error: None,
    }
}

fn told(visit: VisitRecord) -> Step {
    Step::Visit(Box::new(visit))
}

/// The app sends the user to the org, where the sign-in form is.
fn to_the_org() -> VisitRecord {
    let sso =
        format!("{ORG}/app/acme/exk1/sso/saml?SAMLRequest={}&RelayState=%2Freports%2F7", "fZJNT8".repeat(60));
    let login = format!("{APP}/login");
    let start = format!("{APP}/saml/login?return_to=%2Freports%2F7");
    let hops = vec![
        hop(4_010, Cause::Navigation, "GET", format!("{APP}/reports/7"), 302, Some(&login)),
        hop(4_030, Cause::Redirect, "GET", start, 302, Some(&sso)),
        hop(4_050, Cause::Redirect, "GET", sso.clone(), 200, None),
    ];
    let mut visit = visit(4_005, "open the deep link without a session", hops, ("Sign in", sso, 200));
    visit.screenshot = Some(picture(FORM));
    visit
}

/// The org posts its response to the app.
fn to_the_app(status: u16, title: &str) -> VisitRecord {
    let end = format!("{APP}/reports/7");
    let location = (status < 400).then_some(end.as_str());
    let mut hops = vec![
        hop(5_300, Cause::Script, "POST", format!("{ORG}/api/v1/authn"), 200, None),
        hop(
            5_340,
            Cause::Form,
            "POST",
            format!("{APP}/saml/acs"),
            if status < 400 { 303 } else { status },
            location,
        ),
    ];
    if status < 400 {
        hops.push(hop(5_360, Cause::Redirect, "GET", end.clone(), status, None));
    }
    let mut visit = visit(5_250, "sign in as anna.meier@oinspect.test", hops, (title, end, status));
    visit.screenshot = Some(picture(HOME));
    visit
}

fn request() -> Step {
    let value =
        |name: &str, sent: &str| SentValue { name: name.to_owned(), sent: sent.to_owned(), displayed: None };
    Step::Message(Box::new(Message {
        kind: "AuthnRequest".to_owned(),
        text: "<samlp:AuthnRequest ID=\"_a1\" Version=\"2.0\">\n  <saml:Issuer>acme</saml:Issuer>\n</samlp:AuthnRequest>".to_owned(),
        values: vec![value("Issuer", "acme"), value("AssertionConsumerServiceURL", &format!("{APP}/saml/acs"))],
    }))
}

fn response(shown_first_name: Option<&str>) -> Step {
    let value = |name: &str, sent: &str, displayed: Option<Displayed>| SentValue {
        name: name.to_owned(),
        sent: sent.to_owned(),
        displayed,
    };
    let shown = |text: &str, same| Some(Displayed { text: Some(text.to_owned()), same });
    let first =
        Displayed { text: shown_first_name.map(str::to_owned), same: shown_first_name == Some("Anna") };
    Step::Message(Box::new(Message {
        kind: "SAML response".to_owned(),
        text: "<samlp:Response ID=\"_r1\" Version=\"2.0\">\n  <saml:Assertion ID=\"_s1\">\n    <saml:Subject>anna.meier@oinspect.test</saml:Subject>\n  </saml:Assertion>\n</samlp:Response>".to_owned(),
        values: vec![
            value("NameID", "anna.meier@oinspect.test", shown("anna.meier@oinspect.test", true)),
            value("firstName", "Anna", Some(first)),
            value("lastName", "Meier", shown("Meier", true)),
            value("groups", "oinspect-k7m2pq9x-staff\noinspect-k7m2pq9x-<b>admins</b>", None),
        ],
    }))
}

fn passed() -> CheckResult {
    let mut check = row(
        "sp-flow",
        "A sign-in that begins at the app ends on the page that was asked for",
        Verdict::Passed,
    );
    check.evidence = evidence(vec![
        Step::Exchange(Box::new(exchange(
            3_900,
            "POST",
            "/api/v1/users",
            Some(body("{\"login\":\"anna.meier@oinspect.test\"}")),
            200,
            Some(body("{\"id\":\"00u1\"}")),
        ))),
        told(to_the_org()),
        request(),
        told(to_the_app(200, "Report 7")),
        response(Some("Anna")),
        Step::Note { text: "The app shows the page that was asked for.".to_owned() },
    ]);
    check
}

fn failed() -> CheckResult {
    let mut check = row("update", "A changed first name is taken over at the next sign-in", Verdict::Failed);
    check.finding = Some(broken("first name Anna", "first name Annette"));
    let mut visit = to_the_app(200, NASTY);
    visit.console = vec![format!("Uncaught TypeError: {NASTY}"), "404 /favicon.ico".to_owned()];
    check.evidence = evidence(vec![told(to_the_org()), told(visit), response(Some("Annette"))]);
    check
}

fn warned() -> CheckResult {
    let mut check = row("shown", "The app shows who is signed in", Verdict::Warned);
    check.weight = Weight::Recommended;
    check.finding = Some(broken("the first name on the profile page", "no element #first-name"));
    check.evidence = evidence(vec![told(to_the_app(200, "")), response(None)]);
    check
}

fn skipped() -> CheckResult {
    let mut check = row("encrypted", "An encrypted assertion signs in", Verdict::Skipped);
    check.finding = Some(reason("the app's metadata has no certificate for encryption"));
    check
}

fn blocked() -> CheckResult {
    let mut check = row("idp-flow", "A sign-in that begins at the org ends in the app", Verdict::Blocked);
    check.finding = Some(reason("the app does not answer: connection refused"));
    let mut lost = hop(5_500, Cause::Navigation, "GET", format!("{ORG}/home/acme/0oa1/aln1"), 200, None);
    lost.exchange.response = None;
    lost.exchange.error = Some("connection refused".to_owned());
    let mut visit = visit(5_490, "open the app's tile", vec![lost], ("", String::new(), 0));
    visit.arrived = None;
    visit.error = Some(format!("the page did not load within 15 s: {NASTY}"));
    check.evidence = evidence(vec![told(visit)]);
    check
}

fn not_verified() -> CheckResult {
    let mut check = row("replay", "A response that was used before is refused", Verdict::NotVerified);
    check.finding = Some(reason("no rule tells whether somebody is signed in"));
    let mut visit = to_the_app(500, "Internal Server Error");
    "HTTP agent".clone_into(&mut visit.agent);
    // Larger than is kept.
    visit.screenshot = Some(Screenshot { png: None, bytes: 812_345, sha256: "feed".repeat(16) });
    check.evidence = evidence(vec![told(visit)]);
    check
}

fn crashed() -> CheckResult {
    let mut check = row("logout", "Signing out at the org signs out of the app", Verdict::Crashed);
    check.finding = Some(reason("the check panicked: no session to end"));
    check.evidence = evidence(vec![told(to_the_org())]);
    check
}
