//! Judgement by samael, a service provider's library that others wrote.

use jiff::{Timestamp, ToSpan as _};
use samael::crypto::{AllowedSignatureAlgorithm, Crypto, CryptoProvider};
use samael::metadata::EntityDescriptor;
use samael::schema::Assertion;
use samael::service_provider::ServiceProvider;

use super::assertion::Accepted;
use super::keys;
use super::rejected::Rejected;
use super::response::Expected;

const SKEW_MINUTES: i64 = 3;

/// Believes a response or says why not, like the app's own judgement.
pub(super) fn validate(xml: &str, expected: Expected<'_>) -> Result<Accepted, Rejected> {
    let assertion = provider(expected)?.parse_xml_response(xml, None).map_err(|error| refused(&error))?;
    accepted(assertion, expected).ok_or(Rejected::Missing { what: "a person" })
}

/// What it answers is judged by the app, which remembers its requests: here anything may be answered.
fn provider(expected: Expected<'_>) -> Result<ServiceProvider, Rejected> {
    type PrivateKey = <Crypto as CryptoProvider>::PrivateKey;
    let idp_metadata: EntityDescriptor = expected.idp.metadata.parse().map_err(|error| refused(&error))?;
    let defaults = ServiceProvider::default();
    let key = PrivateKey::private_key_from_pem(keys::ENCRYPTION_KEY.as_bytes());
    Ok(ServiceProvider {
        entity_id: Some(expected.endpoints.entity_id.clone()),
        key: Some(key.map_err(|error| refused(&error))?),
        acs_url: Some(expected.endpoints.acs_url.clone()),
        metadata_url: Some(expected.endpoints.metadata_url.clone()),
        slo_url: Some(expected.endpoints.slo_url.clone()),
        idp_metadata,
        allow_idp_initiated: true,
        // Three minutes, 480 times: a day, as in the app's own judgement.
        max_issue_delay: defaults.max_clock_skew * 480,
        allowed_signature_algorithms: Some(vec![
            AllowedSignatureAlgorithm::RsaSha256,
            AllowedSignatureAlgorithm::RsaSha384,
            AllowedSignatureAlgorithm::RsaSha512,
            AllowedSignatureAlgorithm::EcdsaSha256,
            AllowedSignatureAlgorithm::EcdsaSha384,
        ]),
        ..defaults
    })
}

fn accepted(assertion: Assertion, expected: Expected<'_>) -> Option<Accepted> {
    let subject = assertion.subject?;
    let name = subject.name_id?;
    let data =
        subject.subject_confirmations.into_iter().flatten().find_map(|one| one.subject_confirmation_data);
    let statements = assertion.attribute_statements.into_iter().flatten();
    let attributes = statements.flat_map(|statement| statement.attributes).map(|attribute| {
        let values = attribute.values.into_iter().filter_map(|value| value.value);
        (attribute.name.unwrap_or_default(), values.collect())
    });
    let until = assertion.conditions.and_then(|conditions| conditions.not_on_or_after);
    let until = until.and_then(|until| Timestamp::from_second(until.timestamp()).ok());
    Some(Accepted {
        assertion_id: assertion.id,
        worthless: until.unwrap_or(expected.now).checked_add(SKEW_MINUTES.minutes()).ok()?,
        in_response_to: data.and_then(|data| data.in_response_to),
        name_id: name.value.trim().to_owned(),
        format: name.format,
        session_index: assertion.authn_statements.into_iter().flatten().find_map(|one| one.session_index),
        attributes: attributes.collect(),
    })
}

fn refused(why: &impl std::fmt::Display) -> Rejected {
    Rejected::Independent { why: why.to_string().chars().take(200).collect() }
}

#[cfg(test)]
#[path = "../../tests/it/idp/message.rs"]
mod message;

#[cfg(test)]
mod tests {
    use super::message::{Message, metadata};
    use super::*;
    use crate::clock;
    use crate::saml::idp::IdentityProvider;
    use crate::saml::response;
    use crate::switches::Switches;
    use crate::trust::SamlEndpoints;

    const HOME: &str = "http://localhost:8480/t/acme";

    /// What the app and samael say about a message.
    fn both(message: &Message) -> (Result<Accepted, Rejected>, Result<Accepted, Rejected>) {
        let idp = IdentityProvider::read(&metadata()).unwrap();
        let at = |below: &str| format!("{HOME}/saml/{below}");
        let endpoints = SamlEndpoints {
            entity_id: at("metadata"),
            acs_url: at("acs"),
            metadata_url: at("metadata"),
            start_url: at("login"),
            slo_url: at("slo"),
            idp_initiated: true,
        };
        let expected =
            Expected { idp: &idp, endpoints: &endpoints, now: clock::now(), switches: Switches::default() };
        let xml = message.xml();
        (response::validate(&xml, expected), validate(&xml, expected))
    }

    #[test]
    fn the_app_and_samael_read_the_same_in_good_messages() {
        for (response_signed, assertion_signed) in [(true, true), (true, false), (false, true)] {
            let good = Message::of("ann@ex.test", HOME).with("groups", &["A", "B"]);
            let answers = Some("_request".to_owned());
            let message = Message { response_signed, assertion_signed, in_response_to: answers, ..good };
            let (ours, theirs) = both(&message);
            let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
            let said = |accepted: Accepted| {
                let Accepted { worthless: _, assertion_id, in_response_to, name_id, attributes, .. } =
                    accepted;
                (assertion_id, in_response_to, name_id, attributes)
            };
            assert_eq!(said(ours), said(theirs));
        }
    }

    #[test]
    fn the_app_and_samael_refuse_the_same_messages() {
        type Bend = fn(&mut Message);
        let bends: [(&str, Bend); 10] = [
            ("issuer of the response", |message| message.issuer = "https://evil.example".to_owned()),
            ("issuer of the assertion", |message| {
                message.assertion_issuer = "https://evil.example".to_owned();
            }),
            ("destination", |message| message.destination = "https://evil.example".to_owned()),
            ("recipient", |message| message.recipient = "https://evil.example".to_owned()),
            ("audience", |message| message.audience = Some("https://evil.example".to_owned())),
            ("status", |message| message.status = "Responder"),
            ("expired", |message| message.minutes = -30),
            ("key", |message| message.rogue = true),
            ("algorithm", |message| message.sha1 = true),
            ("unsigned", |message| (message.response_signed, message.assertion_signed) = (false, false)),
        ];
        for (what, bend) in bends {
            let mut message = Message::of("ann@ex.test", HOME);
            bend(&mut message);
            let (ours, theirs) = both(&message);
            assert!(ours.is_err(), "the app takes another {what}");
            assert!(theirs.is_err(), "samael takes another {what}");
        }
    }
}
