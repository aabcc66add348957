//! The faults of sign-in by SAML, seen from outside.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::keys::loader::load_x509_cert_pem;
use oinspect_sample_app::{Fault, SamlFault};
use serde_json::Value;
use url::Url;

use crate::idp::browser::{Browser, parameter};
use crate::idp::message::{Message, SSO_URL, now};
use crate::portal_faults::browser;
use crate::saml::{ANN, answer_to, attribute, request_in};
use crate::setting::{App, Reply};

const SP_CERTIFICATE: &str = include_str!("../../keys/sp-signing.cert.pem");

/// Whether the app shows the fault.
pub(crate) async fn shows(fault: SamlFault, app: &App) -> bool {
    let id = Fault::from(fault).id();
    if id.starts_with("saml-request-") || fault == SamlFault::RelayStateLong {
        shows_in_request(fault, app).await
    } else if id.starts_with("saml-jit-") || fault == SamlFault::GroupsFirstOnly {
        shows_in_account(fault, app).await
    } else {
        shows_in_response(fault, app).await
    }
}

async fn shows_in_request(fault: SamlFault, app: &App) -> bool {
    let mut browser = browser(app);
    let (first, url) = (browser.start("acme/saml/login").await, browser.start("acme/saml/login").await);
    let bytes = STANDARD.decode(parameter(&url, "SAMLRequest").unwrap()).unwrap();
    if fault == SamlFault::RequestZlib {
        return bytes[0] == 0x78;
    }
    let xml = request_in(&url);
    if fault == SamlFault::RequestWithDoctype {
        return xml.starts_with("<!DOCTYPE");
    }
    let of = |name: &str| attribute(&xml, name);
    let acs = Some(browser.tenant.saml.acs_url.clone());
    match fault {
        SamlFault::RequestIdStartsWithDigit => of("ID").unwrap().starts_with('7'),
        SamlFault::RequestIdRepeats => of("ID") == attribute(&request_in(&first), "ID"),
        SamlFault::RequestVersion11 => of("Version").as_deref() == Some("1.1"),
        SamlFault::RequestLocalTime => !of("IssueInstant").unwrap().ends_with('Z'),
        SamlFault::RequestStale => {
            let issued: jiff::Timestamp = of("IssueInstant").unwrap().parse().unwrap();
            now().duration_since(issued).as_mins() >= 59
        }
        SamlFault::RequestOtherIssuer => !xml.contains(&format!(">{}<", browser.tenant.saml.entity_id)),
        SamlFault::RequestOtherDestination => of("Destination").as_deref() != Some(SSO_URL),
        SamlFault::RequestWithoutDestination => of("Destination").is_none(),
        SamlFault::RequestUnregisteredAcs => of("AssertionConsumerServiceURL").unwrap().ends_with("/consume"),
        SamlFault::RequestAcsTrailingSlash => of("AssertionConsumerServiceURL").unwrap().ends_with("/acs/"),
        SamlFault::RequestAcsTwice => {
            of("AssertionConsumerServiceURL") == acs && of("AssertionConsumerServiceIndex").is_some()
        }
        SamlFault::RequestAsksRedirect => of("ProtocolBinding").unwrap().ends_with("HTTP-Redirect"),
        SamlFault::RequestConfirmsSubject => xml.contains("<saml:SubjectConfirmation "),
        SamlFault::RequestUnsigned => parameter(&url, "Signature").is_none(),
        SamlFault::RequestBadSignature => !is_signed(&url),
        SamlFault::RequestSha1 => {
            parameter(&url, "SigAlg").unwrap().ends_with("#rsa-sha1") && is_signed(&url)
        }
        SamlFault::RequestAsksKerberos => xml.contains("nameid-format:kerberos"),
        SamlFault::RequestDemandsX509 => {
            xml.contains("Comparison=\"exact\"") && xml.contains("ac:classes:X509<")
        }
        _ => parameter(&url, "RelayState").unwrap().len() == 200,
    }
}

/// Whether the signature of a redirect covers what was sent.
fn is_signed(url: &Url) -> bool {
    let (covered, _) = url.query().unwrap().split_once("&Signature=").unwrap();
    let signature = STANDARD.decode(parameter(url, "Signature").unwrap()).unwrap();
    let key = load_x509_cert_pem(SP_CERTIFICATE.as_bytes()).unwrap().to_signing_key().unwrap().unwrap();
    let algorithm = bergshamra::crypto::sign::from_uri(&parameter(url, "SigAlg").unwrap()).unwrap();
    algorithm.verify(&key, covered.as_bytes(), &signature).unwrap_or(false)
}

async fn shows_in_account(fault: SamlFault, app: &App) -> bool {
    let mut browser = browser(app);
    let message = Message::of(ANN, browser.home()).with("groups", &["A", "B"]);
    let reply = browser.respond(&message, None).await;
    if fault == SamlFault::JitOff {
        return reply.status == 400;
    }
    let profile = browser.profile().await.unwrap();
    let name = app.get("/Users").await.body["Resources"][0]["name"].clone();
    match fault {
        SamlFault::JitDropsLastName => name["familyName"] == Value::Null && name["givenName"] == "Ann",
        SamlFault::JitWrongAttribute => name["givenName"] == Value::Null && name["familyName"] == "Ox",
        _ => profile.contains("<li>A</li>") && !profile.contains("<li>B</li>"),
    }
}

/// Signs in as Ann from the app's own start.
async fn sign_in(browser: &mut Browser, start: &str) -> Reply {
    let url = browser.start(start).await;
    let (message, state) = answer_to(&url, browser.home());
    browser.respond(&message, Some(&state)).await
}

async fn shows_in_response(fault: SamlFault, app: &App) -> bool {
    let mut browser = browser(app);
    let good = Message::of(ANN, browser.home());
    let start = "acme/saml/login?return_to=reports/7";
    match fault {
        SamlFault::IdpInitiatedRefused => {
            browser.respond(&good, None).await.status == 400
                && sign_in(&mut browser, start).await.status == 303
        }
        SamlFault::PendingInLaxCookie => sign_in(&mut browser, start).await.status == 400,
        SamlFault::DeepLinkLost => sign_in(&mut browser, start).await.header("location") == "/t/acme/home",
        SamlFault::IdpRelayStateIgnored => {
            browser.respond(&good, Some("reports/7")).await.header("location") == "/t/acme/home"
        }
        SamlFault::ForeignRelayStateFollowed => {
            let evil = "https://evil.example/x";
            browser.respond(&good, Some(evil)).await.header("location") == evil
        }
        SamlFault::RefusalAnswers500 => {
            browser.respond(&Message { minutes: -60, ..good }, None).await.status == 500
        }
        SamlFault::RefusalAsksAgain => {
            let refused = browser.respond(&Message { minutes: -60, ..good }, None).await;
            refused.status == 303 && refused.header("location").ends_with("/saml/login")
        }
        SamlFault::AcsMoved => browser.respond(&good, None).await.status == 307,
        SamlFault::SecondLoginFails | SamlFault::KeepsOldUser => {
            let first = browser.respond(&good, None).await;
            browser.get(first.header("location")).await;
            let bob = Message::of("bob@ex.test", browser.home());
            let second = browser.respond(&bob, None).await;
            let end = browser.get(second.header("location")).await;
            let profile = browser.profile().await.unwrap();
            if fault == SamlFault::SecondLoginFails {
                end.status == 400
            } else {
                end.status == 303 && profile.contains(">ann@ex.test<")
            }
        }
        accepted_or_refused => {
            let (response_signed, assertion_signed) = (good.response_signed, good.assertion_signed);
            let message = match accepted_or_refused {
                SamlFault::AssertionSignatureIgnored => Message { response_signed: false, ..good },
                SamlFault::ResponseSignatureIgnored => Message { assertion_signed: false, ..good },
                SamlFault::EncryptedFails => Message { encrypted: true, ..good },
                SamlFault::WrongAudienceAccepted => Message { audience: Some("other".to_owned()), ..good },
                SamlFault::UnknownKeyAccepted => Message { rogue: true, ..good },
                SamlFault::UnsignedAccepted => {
                    Message { response_signed: false, assertion_signed: false, ..good }
                }
                SamlFault::ExpiredAccepted => Message { minutes: -60, ..good },
                _ => Message { response_signed, assertion_signed, ..good },
            };
            let reply = browser.respond(&message, None).await;
            let is_laxer = Fault::from(fault).id().ends_with("-accepted");
            (reply.status == 303) == is_laxer
        }
    }
}
