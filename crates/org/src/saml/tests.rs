//! What the org answers to SAML requests, over HTTP.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oinspect_saml::{
    Bend, KeyPair, LogoutRequest, ReadResponse, read_response, redirect_query, signed_redirect_query, verify,
};

use crate::access::sign_in_path;
use crate::app::{
    AcsEndpoint, App, AttributeStatement, GroupFilter, GroupStatement, LogoutEndpoint, SamlApp,
};
use crate::identity::AppIds;
use crate::test_bench::{Bench, field, location};

const SP_CERT: &str = include_str!("../../../../fixtures/keys/test-sp.crt");
const ACS: &str = "https://sp.test/acs";

fn sp_key() -> KeyPair {
    let private_pem = include_str!("../../../../fixtures/keys/test-sp.pem").to_owned();
    KeyPair { private_pem, certificate: SP_CERT.to_owned() }
}

fn sp() -> SamlApp {
    let mut saml = SamlApp::for_sp(ACS, "https://sp.test");
    saml.attribute_statements = vec![
        AttributeStatement::of("firstName", "user.firstName"),
        AttributeStatement::of("mail", "<${user.email}>"),
        AttributeStatement::of("phone", "user.mobilePhone"),
    ];
    saml.group_statements = vec![GroupStatement::of("groups", GroupFilter::StartsWith("Staff".to_owned()))];
    saml.acs_endpoints = vec![AcsEndpoint { index: 3, url: "https://sp.test/acs3".to_owned() }];
    saml
}

fn request(more: &str) -> String {
    format!(
        "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_r1\" Version=\"2.0\" \
         IssueInstant=\"2026-03-25T13:45:47Z\" {more}><saml:Issuer>https://sp.test</saml:Issuer>\
         <samlp:NameIDPolicy Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\"/>\
         </samlp:AuthnRequest>"
    )
}

fn sso(ids: &AppIds) -> String {
    format!("/app/{}/{}/sso/saml", ids.name, ids.external_key)
}

fn start(ids: &AppIds, more: &str) -> String {
    format!("{}?{}", sso(ids), redirect_query("SAMLRequest", &request(more), Some("deep \"link\"")))
}

async fn response_in(response: reqwest::Response) -> (ReadResponse, String) {
    assert_eq!(response.status(), 200);
    let html = response.text().await.unwrap();
    (read_response(&field(&html, "SAMLResponse").unwrap()).unwrap(), html)
}

#[tokio::test]
async fn a_signed_in_user_is_sent_to_the_app_with_a_signed_response() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let group = bench.org.store().add_group("Staff Zürich", None, bench.clock.now());
    bench.org.store().groups.get_mut(&group).unwrap().members.insert(bench.user_id.clone());
    let cookie = bench.sign_in(None);
    let (read, html) = response_in(bench.get(&start(&ids, ""), &cookie).await).await;
    assert!(html.contains("id=\"appForm\" method=\"post\" action=\"https://sp.test/acs\""), "{html}");
    assert_eq!(read.in_response_to.as_deref(), Some("_r1"));
    assert_eq!(read.session_index.as_deref(), Some("_r1"));
    assert_eq!(read.name_id.as_deref(), Some("ann@ex.test"));
    assert_eq!(read.audience, ["https://sp.test"]);
    assert_eq!(read.not_on_or_after.as_deref(), Some("2026-03-25T13:50:47.123Z"));
    let attributes: Vec<_> =
        read.attributes.iter().map(|one| (one.name.as_str(), one.values.join("|"))).collect();
    let expected = [("firstName", "Ann"), ("mail", "<ann.ox@ex.test>"), ("groups", "Staff Zürich")];
    assert_eq!(attributes, expected.map(|(name, value)| (name, value.to_owned())));
    let covered = verify(&read.xml, &[&bench.org.identity.saml.certificate_pem]).unwrap();
    assert_eq!(covered.len(), 2);
    let event = bench.org.store().events.last().unwrap().event.clone();
    assert_eq!(event.kind, "user.authentication.sso");
    assert_eq!(event.debug["requestId"], "_r1");
    assert_eq!(event.debug["initiator"], "sp");
    assert_eq!(event.debug["relayState"], "deep \"link\"");
}

#[tokio::test]
async fn somebody_unknown_signs_in_first_and_both_bindings_find_back() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let path = start(&ids, "");
    let to = location(&bench.get(&path, "").await);
    assert_eq!(to, sign_in_path(&path, false));
    let form = [("SAMLRequest", STANDARD.encode(request(""))), ("RelayState", "x".to_owned())];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let to = location(&bench.post(&sso(&ids), "", &form).await);
    let back = crate::test_bench::parameter(&to, "fromURI").unwrap();
    let cookie = bench.sign_in(Some(&back));
    let (read, html) = response_in(bench.get(&back, &cookie).await).await;
    assert_eq!(read.in_response_to.as_deref(), Some("_r1"));
    assert_eq!(field(&html, "RelayState").as_deref(), Some("x"));
}

#[tokio::test]
async fn only_registered_consumers_are_answered() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let cookie = bench.sign_in(None);
    for (asked, answered) in [
        ("AssertionConsumerServiceURL=\"https://sp.test/acs3\"", "https://sp.test/acs3"),
        ("AssertionConsumerServiceIndex=\"3\"", "https://sp.test/acs3"),
        ("AssertionConsumerServiceIndex=\"9\"", ACS),
        ("AssertionConsumerServiceURL=\"https://evil.test/acs\"", ACS),
    ] {
        let (read, _) = response_in(bench.get(&start(&ids, asked), &cookie).await).await;
        assert_eq!(read.destination.as_deref(), Some(answered), "{asked}");
        assert_eq!(read.recipient.as_deref(), Some(answered), "{asked}");
    }
}

#[tokio::test]
async fn force_authn_asks_again_and_lets_through_once() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let path = start(&ids, "ForceAuthn=\"true\"");
    let cookie = bench.sign_in(None);
    assert_eq!(location(&bench.get(&path, &cookie).await), sign_in_path(&path, true));
    let cookie = bench.sign_in(Some(&path));
    response_in(bench.get(&path, &cookie).await).await;
    location(&bench.get(&path, &cookie).await);
}

#[tokio::test]
async fn is_passive_without_a_session_is_answered_with_no_passive() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let path = start(&ids, "IsPassive=\"true\"");
    let (read, _) = response_in(bench.get(&path, "").await).await;
    assert!(read.status[0].ends_with(":Responder") && read.status[1].ends_with(":NoPassive"));
    assert_eq!((read.assertions, read.in_response_to.as_deref()), (0, Some("_r1")));
    let cookie = bench.sign_in(None);
    assert_eq!(response_in(bench.get(&path, &cookie).await).await.0.assertions, 1);
}

#[tokio::test]
async fn somebody_unassigned_sees_the_orgs_page_and_the_app_hears_nothing() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    bench.unassign(&ids);
    let cookie = bench.sign_in(None);
    let response = bench.get(&start(&ids, ""), &cookie).await;
    assert_eq!(response.status(), 403);
    assert!(!response.text().await.unwrap().contains("SAMLResponse"));
    assert_eq!(bench.events(), ["app.generic.unauth_app_access_attempt"]);
}

#[tokio::test]
async fn what_is_no_request_is_a_page_of_the_org() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let broken = [
        format!("{}?SAMLRequest=%21", sso(&ids)),
        sso(&ids),
        start(&ids, "").replace("SAMLRequest=", "SAMLRequest=&SAMLRequest="),
        format!("{}?{}", sso(&ids), redirect_query("SAMLRequest", "<!DOCTYPE a><a/>", None)),
        format!(
            "{}?{}",
            sso(&ids),
            redirect_query("SAMLRequest", &request("").replace("2.0\"", "1.1\""), None)
        ),
    ];
    for path in broken {
        assert_eq!(bench.get(&path, "").await.status(), 400, "{path}");
    }
    let unknown = start(&ids, "").replace(&ids.external_key, "exknobody");
    assert_eq!(bench.get(&unknown, "").await.status(), 404);
}

#[tokio::test]
async fn an_app_that_demands_signed_requests_gets_no_others() {
    let bench = Bench::start().await;
    let signed_requests = Some(SP_CERT.to_owned());
    let ids = bench.install(App::saml("saml", "Acme", SamlApp { signed_requests, ..sp() }));
    let cookie = bench.sign_in(None);
    let xml = request(&format!("AssertionConsumerServiceURL=\"{ACS}\""));
    let query = signed_redirect_query("SAMLRequest", &xml, Some("r"), &sp_key()).unwrap();
    response_in(bench.get(&format!("{}?{query}", sso(&ids)), &cookie).await).await;
    let other = query.replace("RelayState=r", "RelayState=s");
    for bad in [redirect_query("SAMLRequest", &xml, None), other] {
        assert_eq!(bench.get(&format!("{}?{bad}", sso(&ids)), &cookie).await.status(), 400);
    }
}

#[tokio::test]
async fn messages_are_bent_until_they_are_mended() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let cookie = bench.sign_in(None);
    bench.org.saml_outbox.bend("ann@ex.test", Bend::WrongAudience);
    for _ in 0..2 {
        let (bent, _) = response_in(bench.get(&start(&ids, ""), &cookie).await).await;
        assert_ne!(bent.audience, ["https://sp.test"]);
    }
    assert!(bench.org.saml_outbox.mend("ann@ex.test"));
    let (good, _) = response_in(bench.get(&start(&ids, ""), &cookie).await).await;
    assert_eq!(good.audience, ["https://sp.test"]);
}

#[tokio::test]
async fn an_unsolicited_response_takes_the_apps_relay_state_unless_given_one() {
    let bench = Bench::start().await;
    let default_relay_state = Some("home".to_owned());
    let ids = bench.install(App::saml("saml", "Acme", SamlApp { default_relay_state, ..sp() }));
    let cookie = bench.sign_in(None);
    let headers = std::iter::once((axum::http::header::COOKIE, cookie.parse().unwrap())).collect();
    let who = bench.org.signed_in(&headers).unwrap();
    let app = bench.org.store().app(&ids.app_id).cloned().unwrap();
    for (given, expected) in [(None, "home"), (Some("deep"), "deep")] {
        let answer = super::idp_initiated(&bench.org, &who, &app, given);
        let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let html = String::from_utf8(body.to_vec()).unwrap();
        assert_eq!(field(&html, "RelayState").as_deref(), Some(expected));
        let read = read_response(&field(&html, "SAMLResponse").unwrap()).unwrap();
        assert_eq!(read.in_response_to, None);
        assert!(read.session_index.unwrap().starts_with("id1774446347123."));
    }
}

#[tokio::test]
async fn metadata_is_there_for_everybody() {
    let bench = Bench::start().await;
    let ids = bench.install(App::saml("saml", "Acme", sp()));
    let response = bench.get(&format!("/app/{}/sso/saml/metadata", ids.external_key), "").await;
    assert_eq!(response.headers()["content-type"], "application/xml;charset=utf-8");
    let xml = response.text().await.unwrap();
    assert!(xml.contains(&format!("entityID=\"http://www.okta.com/{}\"", ids.external_key)), "{xml}");
    assert!(xml.contains(&format!("Location=\"{}\"", bench.url(&sso(&ids)))));
    assert_eq!(bench.get("/app/exkno/sso/saml/metadata", "").await.status(), 404);
}

#[tokio::test]
async fn a_signed_logout_request_ends_the_session_and_is_answered() {
    let bench = Bench::start().await;
    let slo = LogoutEndpoint {
        url: "https://sp.test/slo".to_owned(),
        issuer: "https://sp.test".to_owned(),
        certificate_pem: SP_CERT.to_owned(),
    };
    let ids = bench.install(App::saml("saml", "Acme", SamlApp { slo: Some(slo), ..sp() }));
    let cookie = bench.sign_in(None);
    let logout = LogoutRequest {
        id: "_l1".to_owned(),
        issued: bench.clock.now(),
        issuer: "https://sp.test".to_owned(),
        destination: None,
        name_id: "ann@ex.test".to_owned(),
        format: None,
        session_indexes: vec!["_r1".to_owned()],
        embedded_signature: None,
    };
    let path = format!("/app/{}/{}/slo/saml", ids.name, ids.external_key);
    let post = async |xml: String| {
        bench.post(&path, &cookie, &[("SAMLRequest", &STANDARD.encode(xml)), ("RelayState", "r")]).await
    };
    assert_eq!(post(logout.write(None).unwrap()).await.status(), 400);
    let answer = post(logout.write(Some(&sp_key())).unwrap()).await;
    assert_eq!(answer.status(), 200);
    let html = answer.text().await.unwrap();
    assert!(html.contains("action=\"https://sp.test/slo\""));
    let xml = STANDARD.decode(field(&html, "SAMLResponse").unwrap()).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    verify(&xml, &[&bench.org.identity.saml.certificate_pem]).unwrap();
    assert!(oinspect_saml::read_logout_response(&xml).unwrap().succeeded());
    assert_eq!(bench.events(), ["user.session.end"]);
    location(&bench.get(&start(&ids, ""), &cookie).await);
    let without = bench.install(App::saml("other", "Other", sp()));
    let path = format!("/app/{}/{}/slo/saml", without.name, without.external_key);
    assert_eq!(bench.get(&path, &cookie).await.status(), 404);
}
