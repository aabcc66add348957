//! Written messages: what they hold, and that their signatures hold for other readers too.

use bergshamra::{EncContext, KeysManager};
use proptest::prelude::*;

use super::*;
use crate::draft::{Attribute, Times};
use crate::keys::test::{IDP_CERT, ROGUE_CERT, SP_CERT, SP_KEY, keys};
use crate::received::{Signed, read_response};
use crate::verify::verify;
use crate::{Bend, pretty};

pub(crate) fn draft() -> Draft {
    let now = "2026-03-25T13:45:47.123Z".parse().unwrap();
    let times = Times::around(now, now - jiff::SignedDuration::from_mins(10));
    let mut draft = Draft::good(
        7,
        "http://www.okta.com/exk1",
        "https://sp.test/acs?a=1&b=2",
        "https://sp.test/",
        "zoë.o'neil@ex.test",
        times,
    )
    .in_answer_to("_request1");
    draft.attributes = vec![
        Attribute::new("firstName", "Zoë & <Co>"),
        Attribute { name: "groups".to_owned(), values: vec!["a".to_owned(), "b".to_owned()] },
        Attribute { name: "empty".to_owned(), values: Vec::new() },
    ];
    draft
}

/// Signed in every way that an app can ask for.
fn good_drafts() -> Vec<Draft> {
    let with = |response_signed, assertion_signed| Draft { response_signed, assertion_signed, ..draft() };
    let bare = Draft { attributes: Vec::new(), ..draft() };
    let refused = Draft { status: Status::no_passive(), ..draft() };
    vec![with(true, true), with(true, false), with(false, true), bare, refused]
}

#[test]
fn every_good_message_verifies_and_names_what_it_covers() {
    for good in good_drafts() {
        let xml = good.write(&keys()).unwrap();
        let covered = verify(&xml, &[IDP_CERT]).unwrap();
        let mut ids: Vec<_> = covered.into_iter().map(|element| element.id).collect();
        if good.response_signed {
            assert_eq!(ids.remove(0), good.id);
        }
        if good.assertion_signed && good.status == Status::Success {
            assert_eq!(ids.remove(0), good.assertion_id);
        }
        assert!(ids.is_empty());
        assert!(verify(&xml, &[ROGUE_CERT]).is_err());
    }
}

#[test]
fn every_good_message_verifies_with_xmlsec1() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = folder.path().join("idp.crt");
    std::fs::write(&certificate, IDP_CERT).unwrap();
    if std::process::Command::new("xmlsec1").arg("--version").output().is_err() {
        println!("skipped: xmlsec1 is not installed");
        return;
    }
    for (number, good) in good_drafts().into_iter().enumerate() {
        let message = folder.path().join(format!("{number}.xml"));
        std::fs::write(&message, good.write(&keys()).unwrap()).unwrap();
        let signed = [
            (good.response_signed, good.id.as_str(), "Response"),
            (
                good.assertion_signed && good.status == Status::Success,
                good.assertion_id.as_str(),
                "Assertion",
            ),
        ];
        for (_, id, element) in signed.into_iter().filter(|(is_signed, ..)| *is_signed) {
            let output = std::process::Command::new("xmlsec1")
                .args(["--verify", "--enabled-reference-uris", "same-doc"])
                .arg("--pubkey-cert-pem")
                .arg(&certificate)
                .args(["--id-attr:ID", "Response", "--id-attr:ID", "Assertion"])
                .args(["--node-xpath"])
                .arg(format!(
                    "/descendant::*[local-name()='{element}' and @ID='{id}']/*[local-name()='Signature']"
                ))
                .arg(&message)
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "message {number}, {element}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
}

#[test]
fn a_message_says_what_its_draft_says() {
    let good = draft();
    let read = read_response(&good.write(&keys()).unwrap()).unwrap();
    assert_eq!(read.issuer.as_deref(), Some("http://www.okta.com/exk1"));
    assert_eq!(read.destination.as_deref(), Some("https://sp.test/acs?a=1&b=2"));
    assert_eq!(read.name_id.as_deref(), Some("zoë.o'neil@ex.test"));
    assert_eq!(read.session_index.as_deref(), Some("_request1"));
    assert_eq!(read.issue_instant.as_deref(), Some("2026-03-25T13:45:47.123Z"));
    assert_eq!(read.not_before.as_deref(), Some("2026-03-25T13:40:47.123Z"));
    assert_eq!(read.not_on_or_after.as_deref(), Some("2026-03-25T13:50:47.123Z"));
    assert_eq!(read.authn_instant.as_deref(), Some("2026-03-25T13:35:47.123Z"));
    assert_eq!(read.attributes, good.attributes[..2]);
    assert_eq!(read.signed, Signed { response: true, assertion: true });
    assert_eq!(read.signature_algorithms.len(), 2);
    assert_eq!(read.audience, ["https://sp.test/"]);
}

#[test]
fn without_attributes_nothing_of_the_schema_namespace_is_left() {
    let xml = Draft { attributes: vec![], ..draft() }.write(&keys()).unwrap();
    for absent in ["AttributeStatement", "xmlns:xs", "InclusiveNamespaces"] {
        assert!(!xml.contains(absent), "{absent}");
    }
    let xml = draft().write(&keys()).unwrap();
    assert_eq!(xml.matches("PrefixList=\"xs\"").count(), 2);
    assert!(!xml.contains("Name=\"empty\""));
    let certificate = xml.split("X509Certificate>").nth(1).unwrap();
    assert_eq!(certificate.lines().next().unwrap().len(), 76);
}

#[test]
fn a_refusal_has_no_assertion() {
    let xml = Draft { status: Status::no_passive(), ..draft() }.write(&keys()).unwrap();
    let read = read_response(&xml).unwrap();
    assert_eq!(read.assertions, 0);
    let codes: Vec<_> = read.status.iter().filter_map(|code| code.rsplit(':').next()).collect();
    assert_eq!(codes, ["Responder", "NoPassive"]);
}

#[test]
fn an_encrypted_assertion_opens_with_its_key_alone_and_still_verifies() {
    let xml = Draft { encrypt_for: Some(SP_CERT.to_owned()), ..draft() }.write(&keys()).unwrap();
    assert!(read_response(&xml).unwrap().encrypted);
    assert!(!xml.contains("neil"));
    assert_eq!(verify(&xml, &[IDP_CERT]).unwrap()[0].name, "Response");
    let mut manager = KeysManager::new();
    manager.add_key(bergshamra::keys::loader::load_rsa_private_pem(SP_KEY.as_bytes()).unwrap());
    let opened = bergshamra::decrypt(&EncContext::new(manager), &xml).unwrap();
    let start = opened.find("<saml2:Assertion").unwrap();
    let end = opened.find("</saml2:Assertion>").unwrap() + "</saml2:Assertion>".len();
    assert_eq!(verify(&opened[start..end], &[IDP_CERT]).unwrap()[0].name, "Assertion");
}

#[test]
fn a_bent_message_differs_from_the_good_one_in_that_place_alone() {
    let places = |bend: Bend| {
        let unsigned = |draft: &Draft| {
            let plain = Draft { response_signed: false, assertion_signed: false, ..draft.clone() };
            pretty(&plain.write(&keys()).unwrap())
        };
        let good = draft();
        let mut bent = draft();
        bend.apply(&mut bent);
        let (good, bent) = (unsigned(&good), unsigned(&bent));
        assert_eq!(good.lines().count(), bent.lines().count());
        good.lines().zip(bent.lines()).filter(|(good, bent)| good != bent).count()
    };
    assert_eq!(places(Bend::WrongAudience), 1);
    assert_eq!(places(Bend::WrongRecipient), 1);
    assert_eq!(places(Bend::WrongDestination), 1);
    assert_eq!(places(Bend::Expired), 2);
    assert_eq!(places(Bend::UnknownKey), 0);
    let mut rogue = draft();
    Bend::UnknownKey.apply(&mut rogue);
    let xml = rogue.write(&keys()).unwrap();
    assert!(verify(&xml, &[ROGUE_CERT]).is_ok() && verify(&xml, &[IDP_CERT]).is_err());
}

#[test]
fn a_control_character_is_refused() {
    let draft = Draft { name_id: "a\u{0}".to_owned(), ..draft() };
    assert!(matches!(draft.write(&keys()), Err(WriteError::Unwritable { what: "the NameID", .. })));
}

fn writable(character: char) -> bool {
    text("a value", &character.to_string()).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_survives(
        value in proptest::collection::vec(any::<char>().prop_filter("XML holds it", |c| writable(*c)), 1..40)
            .prop_map(String::from_iter),
        name in "[a-z&<>\"'é]{1,12}",
    ) {
        let plain = Draft {
            response_signed: false,
            assertion_signed: false,
            attributes: vec![Attribute::new(name.clone(), value.clone())],
            ..draft()
        };
        let read = read_response(&plain.write(&keys()).unwrap()).unwrap();
        prop_assert_eq!(read.attributes, vec![Attribute::new(name, value)]);
    }
}
