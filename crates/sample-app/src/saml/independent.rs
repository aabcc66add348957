//! The same judgement by samael, a service provider's library that others wrote.

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
    let idp_metadata: EntityDescriptor = expected.idp.metadata.parse().map_err(|error| refused(&error))?;
    type PrivateKey = <Crypto as CryptoProvider>::PrivateKey;
    let key = PrivateKey::private_key_from_pem(keys::ENCRYPTION_KEY.as_bytes());
    Ok(ServiceProvider {
        entity_id: Some(expected.endpoints.entity_id.clone()),
        key: Some(key.map_err(|error| refused(&error))?),
        acs_url: Some(expected.endpoints.acs_url.clone()),
        metadata_url: Some(expected.endpoints.metadata_url.clone()),
        slo_url: Some(expected.endpoints.slo_url.clone()),
        idp_metadata,
        allow_idp_initiated: true,
        max_issue_delay: std::time::Duration::from_secs(24 * 3600).try_into().unwrap_or_default(),
        allowed_signature_algorithms: Some(vec![
            AllowedSignatureAlgorithm::RsaSha256,
            AllowedSignatureAlgorithm::RsaSha384,
            AllowedSignatureAlgorithm::RsaSha512,
            AllowedSignatureAlgorithm::EcdsaSha256,
            AllowedSignatureAlgorithm::EcdsaSha384,
        ]),
        ..ServiceProvider::default()
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
