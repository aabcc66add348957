//! Sign-in by SAML: both flows, accounts made on the way, and everything that is refused.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oinspect_sample_app::{ConnectError, SamlTrust, Settings, Sso, Variant};
use serde_json::json;
use url::Url;

use crate::idp::browser::{Browser, parameter};
use crate::idp::message::{Message, SLO_URL, SSO_URL, metadata};
use crate::setting::App;

pub(crate) const ANN: &str = "ann@ex.test";

pub(crate) fn trust() -> Sso {
    Sso { saml: Some(SamlTrust { idp_metadata: metadata() }), oidc: None }
}

pub(crate) async fn connected(settings: Settings) -> App {
    let sso = vec![("acme".to_owned(), trust()), ("globex".to_owned(), trust())];
    App::with(Settings { sso, ..settings }).await
}

pub(crate) fn browser(app: &App) -> Browser {
    Browser::new(&app.running.tenants[0])
}

/// The AuthnRequest in a URL.
pub(crate) fn request_in(url: &Url) -> String {
    let bytes = STANDARD.decode(parameter(url, "SAMLRequest").unwrap()).unwrap();
    let mut xml = String::new();
    flate2::read::DeflateDecoder::new(bytes.as_slice()).read_to_string(&mut xml).unwrap();
    xml
}

pub(crate) fn attribute(xml: &str, name: &str) -> Option<String> {
    roxmltree::Document::parse(xml).unwrap().root_element().attribute(name).map(str::to_owned)
}

/// Answers the request that a browser was sent off with.
pub(crate) fn answer_to(url: &Url, base: &str) -> (Message, String) {
    let mut message = Message::of(ANN, base);
    message.in_response_to = attribute(&request_in(url), "ID");
    (message, parameter(url, "RelayState").unwrap_or_default())
}

#[tokio::test]
async fn a_sign_in_that_starts_here_makes_an_account_and_ends_on_the_page_that_was_asked_for() {
    let app = connected(Settings::default()).await;
    let mut browser = browser(&app);
    let deep_link = browser.tenant.deep_link.clone();
    let turned_away = browser.get(&deep_link).await;
    assert_eq!(turned_away.status, 302);
    let login = browser.get(turned_away.header("location")).await;
    assert!(login.text.contains("id=\"signed-out\"") && login.text.contains("Sign in with SAML"));
    assert!(!login.text.contains("OpenID Connect"));
    let url = browser.start("acme/saml/login?return_to=%2Ft%2Facme%2Freports%2F7").await;
    assert!(url.as_str().starts_with(SSO_URL));
    let relay_state = parameter(&url, "RelayState").unwrap();
    assert!(relay_state.len() <= 80 && parameter(&url, "Signature").is_some());
    let request = request_in(&url);
    assert_eq!(attribute(&request, "AssertionConsumerServiceURL"), Some(browser.tenant.saml.acs_url.clone()));
    assert_eq!(attribute(&request, "Destination").as_deref(), Some(SSO_URL));
    let (message, relay_state) = answer_to(&url, browser.home());
    let reply = browser.respond(&message.with("groups", &["A & B", "C"]), Some(&relay_state)).await;
    assert_eq!((reply.status, reply.header("location")), (303, "/t/acme/reports/7"), "{}", reply.text);
    let profile = browser.profile().await.unwrap();
    for shown in ["id=\"first-name\">Ann<", "id=\"last-name\">Ox<", "id=\"email\">ann@ex.test<", "<li>C</li>"]
    {
        assert!(profile.contains(shown), "{shown} in {profile}");
    }
    assert!(profile.contains("<li>A &#38; B</li>"), "{profile}");
    let made = app.filtered("/Users", &format!("userName eq \"{ANN}\"")).await.body;
    assert_eq!(
        (&made["totalResults"], &made["Resources"][0]["name"]["familyName"]),
        (&json!(1), &json!("Ox"))
    );
}

#[tokio::test]
async fn a_sign_in_that_starts_elsewhere_works_where_the_tenant_lets_it() {
    let app = connected(Settings::default()).await;
    let mut browser = browser(&app);
    let message = Message::of(ANN, browser.home());
    let reply = browser.respond(&message, Some("reports/7")).await;
    assert_eq!(reply.header("location"), "/t/acme/reports/7", "{}", reply.text);
    assert!(browser.is_signed_in().await);
    let mut other = Browser::new(&app.running.tenants[1]);
    let message = Message::of(ANN, other.home());
    let reply = other.respond(&message, None).await;
    assert_eq!((reply.status, other.is_signed_in().await), (400, false));
    assert!(reply.text.contains("start from this app") && reply.text.contains("/t/globex/login"));
    let url = other.start("globex/saml/login").await;
    let (message, relay_state) = answer_to(&url, other.home());
    assert_eq!(other.respond(&message, Some(&relay_state)).await.status, 303);
    assert!(other.is_signed_in().await);
}

#[tokio::test]
async fn one_signature_is_enough_wherever_it_is_and_whatever_is_encrypted() {
    let app = connected(Settings::default()).await;
    for (response_signed, assertion_signed, encrypted) in [
        (true, false, false),
        (false, true, false),
        (true, true, true),
        (false, true, true),
        (true, false, true),
    ] {
        let mut browser = browser(&app);
        let good = Message::of(ANN, browser.home());
        let message = Message { response_signed, assertion_signed, encrypted, ..good };
        let reply = browser.respond(&message, None).await;
        let kind = (response_signed, assertion_signed, encrypted);
        assert_eq!(reply.status, 303, "{kind:?}: {}", reply.text);
        assert!(browser.is_signed_in().await);
    }
    assert_eq!(app.get("/Users").await.body["totalResults"], 1);
}

#[tokio::test]
async fn what_is_not_right_in_every_respect_is_refused_with_a_reason_and_a_way_back() {
    type Bend = fn(&mut Message);
    let app = connected(Settings::default()).await;
    let bends: [(&str, Bend); 16] = [
        ("issuer of the response", |message| message.issuer = "https://evil.example".to_owned()),
        ("issuer of the assertion", |message| message.assertion_issuer = "https://evil.example".to_owned()),
        ("destination", |message| message.destination = "https://evil.example".to_owned()),
        ("recipient", |message| message.recipient = "https://evil.example".to_owned()),
        ("audience", |message| message.audience = Some("https://evil.example".to_owned())),
        ("no audience", |message| message.audience = None),
        ("request of somebody else", |message| message.in_response_to = Some("_other".to_owned())),
        ("status", |message| message.status = "Responder"),
        ("expired", |message| message.minutes = -30),
        ("not valid yet", |message| message.minutes = 30),
        ("key", |message| message.rogue = true),
        ("key of an encrypted one", |message| (message.rogue, message.encrypted) = (true, true)),
        ("algorithm", |message| message.sha1 = true),
        ("unsigned", |message| (message.response_signed, message.assertion_signed) = (false, false)),
        ("unsigned and encrypted", |message| {
            (message.response_signed, message.assertion_signed, message.encrypted) = (false, false, true);
        }),
        ("nobody", |message| message.name_id = String::new()),
    ];
    for (what, bend) in bends {
        let mut browser = browser(&app);
        let mut message = Message::of(ANN, browser.home());
        bend(&mut message);
        let reply = browser.respond(&message, None).await;
        assert_eq!((reply.status, browser.is_signed_in().await), (400, false), "{what}: {}", reply.text);
        assert!(reply.text.contains("Back to the login page") && browser.cookies.is_empty(), "{what}");
    }
    assert_eq!(app.get("/Users").await.body["totalResults"], 0);
}

#[tokio::test]
async fn rubbish_tampering_wrapping_and_document_types_are_refused() {
    let app = connected(Settings::default()).await;
    let mut browser = browser(&app);
    let acs = browser.tenant.saml.acs_url.clone();
    let good = Message { response_signed: false, ..Message::of("eve@ex.test", browser.home()) }.xml();
    let evil =
        Message { assertion_signed: false, response_signed: false, ..Message::of(ANN, browser.home()) };
    let evil = evil.xml();
    let evil_assertion =
        evil.split_once("<saml2:Assertion").unwrap().1.split_once("</saml2p:Response>").unwrap().0;
    let evil_assertion = format!("<saml2:Assertion{evil_assertion}");
    let wrapped_before = good.replacen("<saml2:Assertion", &format!("{evil_assertion}<saml2:Assertion"), 1);
    let hidden = good.split_once("<saml2:Assertion").unwrap().1.split_once("</saml2p:Response>").unwrap().0;
    let extensions = format!("<saml2p:Extensions><saml2:Assertion{hidden}</saml2p:Extensions>");
    let moved = format!(
        "{}{extensions}{evil_assertion}</saml2p:Response>",
        good.split_once("<saml2:Assertion").unwrap().0
    );
    let doctype = format!("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>{good}");
    for xml in [
        good.replace("eve@ex.test</saml2:NameID>", "ann@ex.test</saml2:NameID>"),
        wrapped_before,
        moved,
        doctype,
        "<a/>".to_owned(),
        String::new(),
        "<a>".repeat(10_000),
        format!("<a>{}</a>", "x".repeat(300_000)),
    ] {
        let reply = browser.post_from_elsewhere(&acs, &[("SAMLResponse", &STANDARD.encode(&xml))]).await;
        let start: String = xml.chars().take(60).collect();
        assert_eq!((reply.status, browser.is_signed_in().await), (400, false), "{start}: {}", reply.text);
    }
    for fields in [&[("SAMLResponse", "!!!")][..], &[]] {
        assert_eq!(browser.post_from_elsewhere(&acs, fields).await.status, 400);
    }
    assert_eq!(browser.get(&acs).await.status, 405);
}

#[tokio::test]
async fn nothing_is_taken_twice() {
    let app = connected(Settings::default()).await;
    let mut first = browser(&app);
    let message = Message::of(ANN, first.home());
    let response = STANDARD.encode(message.xml());
    let acs = first.tenant.saml.acs_url.clone();
    assert_eq!(first.post_from_elsewhere(&acs, &[("SAMLResponse", &response)]).await.status, 303);
    let mut second = browser(&app);
    let reply = second.post_from_elsewhere(&acs, &[("SAMLResponse", &response)]).await;
    assert!(reply.status == 400 && reply.text.contains("used already"), "{}", reply.text);
    let url = second.start("acme/saml/login").await;
    let (message, relay_state) = answer_to(&url, second.home());
    assert_eq!(second.respond(&message, Some(&relay_state)).await.status, 303);
    let again = Message { id: "idAgain".to_owned(), ..message };
    assert_eq!(browser(&app).respond(&again, Some(&relay_state)).await.status, 400);
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_elsewhere_only_when_told_to() {
    let app = connected(Settings::default()).await;
    let mut browser = browser(&app);
    let message = Message::of(ANN, browser.home());
    browser.respond(&message, None).await;
    let kept = browser.cookies.clone();
    let reply = browser.get("acme/sign-out").await;
    assert_eq!((reply.status, reply.header("location")), (303, "/t/acme/login"));
    browser.cookies = kept;
    assert!(!browser.is_signed_in().await);
    let everywhere = vec!["acme".to_owned()];
    let app = connected(Settings { sign_out_everywhere: everywhere, ..Settings::default() }).await;
    let mut browser = self::browser(&app);
    let message = Message::of(ANN, browser.home());
    browser.respond(&message, None).await;
    let reply = browser.get("acme/sign-out").await;
    assert!(reply.header("location").starts_with(SLO_URL), "{reply:?}");
    let request = request_in(&Url::parse(reply.header("location")).unwrap());
    assert!(request.contains(">ann@ex.test</saml:NameID>") && request.contains(">s1<"));
    assert_eq!(browser.get("acme/saml/slo?SAMLResponse=x").await.header("location"), "/t/acme/login");
}

#[tokio::test]
async fn an_account_that_is_switched_off_or_gone_has_no_way_in() {
    let app = connected(Settings::default()).await;
    let made = app.user_with(ANN, json!({ "emails": [{ "value": ANN }] })).await;
    let mut browser = browser(&app);
    let message = Message::of(ANN, browser.home());
    assert_eq!(browser.respond(&message, None).await.status, 303);
    assert!(browser.profile().await.unwrap().contains(">Ox<"));
    app.patch(&crate::setting::path(&made), json!([{ "op": "replace", "value": { "active": false } }])).await;
    assert!(!browser.is_signed_in().await);
    let message = Message::of(ANN, browser.home());
    let reply = browser.respond(&message, None).await;
    assert!(reply.status == 400 && reply.text.contains("switched off"), "{}", reply.text);
}

#[tokio::test]
async fn the_metadata_is_read_back_and_bad_settings_are_not_taken() {
    let app = connected(Settings::default()).await;
    let mut browser = browser(&app);
    let url = browser.tenant.saml.metadata_url.clone();
    let reply = browser.get(&url).await;
    assert_eq!(reply.header("content-type"), "application/samlmetadata+xml");
    assert_eq!(attribute(&reply.text, "entityID").unwrap(), url);
    assert!(reply.text.contains("AuthnRequestsSigned=\"true\""));
    let connect = |tenant: &str, idp_metadata: &str| {
        let saml = Some(SamlTrust { idp_metadata: idp_metadata.to_owned() });
        app.running.connect(tenant, Sso { saml, oidc: None })
    };
    assert!(matches!(connect("nobody", &metadata()), Err(ConnectError::UnknownTenant { .. })));
    assert!(matches!(connect("acme", "<a/>"), Err(ConnectError::Metadata(_))));
    assert!(connect("acme", &metadata()).is_ok());
}

#[tokio::test]
async fn every_variant_signs_the_user_in() {
    for variant in Variant::ALL.iter().copied() {
        let app = connected(Settings { variants: vec![variant], ..Settings::default() }).await;
        let mut browser = browser(&app);
        let reply = browser.get("acme/saml/login?return_to=reports/7").await;
        let posted = variant == Variant::SamlPostRequest;
        let (message, relay_state) = if posted {
            let field = |name: &str| {
                let value = reply.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
                value.split_once('"').unwrap().0.replace("&#43;", "+").replace("&#61;", "=")
            };
            let xml = String::from_utf8(STANDARD.decode(field("SAMLRequest")).unwrap()).unwrap();
            assert!(xml.contains("<ds:SignatureValue>"), "{xml}");
            let in_response_to = attribute(&xml, "ID");
            (Message { in_response_to, ..Message::of(ANN, browser.home()) }, field("RelayState"))
        } else {
            answer_to(&Url::parse(reply.header("location")).unwrap(), browser.home())
        };
        let state = Some(relay_state.as_str()).filter(|state| !state.is_empty());
        let reply = browser.respond(&message, state).await;
        let status = match variant {
            Variant::AcsAnswers302 => 302,
            Variant::AcsAnswersPage => 200,
            _ => 303,
        };
        assert_eq!(reply.status, status, "{}: {}", variant.id(), reply.text);
        assert!(reply.text.contains("/reports/7") || reply.header("location").ends_with("/reports/7"));
        let profile = browser.profile().await.unwrap();
        assert!(profile.contains(if variant == Variant::ProfileOfInputs { "value=\"Ox\"" } else { ">Ox<" }));
        let name = if variant == Variant::SessionCookieRenamed { "portal_sid" } else { "session" };
        assert!(browser.cookies.contains_key(name));
        let refused = self::browser(&app).respond(&message, None).await;
        let status = match variant {
            Variant::RefusalAnswers200 => 200,
            Variant::RefusalAnswers403 => 403,
            Variant::RefusalRedirects => 303,
            _ => 400,
        };
        assert_eq!(refused.status, status, "{}", variant.id());
    }
}
