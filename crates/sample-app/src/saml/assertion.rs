//! Judging an assertion that is known to be signed (SAML Profiles, section 4.1.4.3).

use bergshamra::xml::{Document, NodeId};
use jiff::{Timestamp, ToSpan as _};

use super::document::{ASSERTION, attribute, child, children, text};
use super::rejected::Rejected;
use super::response::Expected;
use crate::fault::SamlFault;

/// How far the two clocks may be apart, in minutes.
const SKEW_MINUTES: i64 = 3;
/// A message older than this is not taken, whatever its conditions say, in hours.
const OLDEST_HOURS: i64 = 24;
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// What a believed assertion says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) assertion_id: String,
    /// From then on the assertion is worthless, so that its ID need not be remembered.
    pub(super) worthless: Timestamp,
    pub(super) in_response_to: Option<String>,
    pub(super) name_id: String,
    pub(super) format: Option<String>,
    pub(super) session_index: Option<String>,
    pub(super) attributes: Vec<(String, Vec<String>)>,
}

/// Reads an assertion and checks all that it says about itself.
pub(super) fn accept(
    document: &Document<'_>,
    node: NodeId,
    response_answers: Option<&str>,
    expected: Expected<'_>,
) -> Result<Accepted, Rejected> {
    let assertion_id = attribute(document, node, "ID").filter(|id| !id.is_empty());
    let assertion_id = assertion_id.ok_or(Rejected::Missing { what: "its own ID" })?.to_owned();
    if attribute(document, node, "Version") != Some("2.0") {
        return Err(Rejected::NotAResponse);
    }
    let issued = attribute(document, node, "IssueInstant");
    check_issued(issued.ok_or(Rejected::Missing { what: "when it was made" })?, expected)?;
    let issuer = child(document, node, ASSERTION, "Issuer").map(|issuer| text(document, issuer));
    let issuer = issuer.ok_or(Rejected::Missing { what: "who made it" })?;
    if issuer != expected.idp.entity_id {
        return Err(Rejected::Issuer { issuer });
    }
    let subject =
        child(document, node, ASSERTION, "Subject").ok_or(Rejected::Missing { what: "a person" })?;
    let name = child(document, subject, ASSERTION, "NameID").ok_or(Rejected::Missing { what: "a person" })?;
    let name_id = text(document, name);
    if name_id.is_empty() {
        return Err(Rejected::Missing { what: "a person" });
    }
    let in_response_to = confirmed(document, subject, response_answers, expected)?;
    let conditions = child(document, node, ASSERTION, "Conditions");
    let conditions = conditions.ok_or(Rejected::Missing { what: "whom it is for" })?;
    let worthless = check_conditions(document, conditions, expected)?;
    let session_index = check_authenticated(document, node, expected)?;
    Ok(Accepted {
        assertion_id,
        worthless,
        in_response_to,
        name_id,
        format: attribute(document, name, "Format").map(str::to_owned),
        session_index,
        attributes: attributes(document, node),
    })
}

/// Checks when a message was made.
pub(super) fn check_issued(issued: &str, expected: Expected<'_>) -> Result<(), Rejected> {
    let moment = moment("IssueInstant", issued)?;
    let early = moment > later(expected.now, SKEW_MINUTES);
    let late = moment < later(expected.now, -OLDEST_HOURS * 60);
    if early || late && !expected.switches.has(SamlFault::ExpiredAccepted) {
        return Err(Rejected::Time { what: "IssueInstant", moment: issued.to_owned() });
    }
    Ok(())
}

/// Finds a bearer confirmation that fits, and the request that it answers.
fn confirmed(
    document: &Document<'_>,
    subject: NodeId,
    response_answers: Option<&str>,
    expected: Expected<'_>,
) -> Result<Option<String>, Rejected> {
    let mut reason = Rejected::Missing { what: "who may present it" };
    for confirmation in children(document, subject, ASSERTION, "SubjectConfirmation") {
        if attribute(document, confirmation, "Method") != Some(BEARER) {
            continue;
        }
        let Some(data) = child(document, confirmation, ASSERTION, "SubjectConfirmationData") else {
            continue;
        };
        let of_data = |name: &str| attribute(document, data, name);
        let answers = of_data("InResponseTo");
        let until = match of_data("NotOnOrAfter") {
            Some(until) => not_on_or_after(until, expected).map(|_| ()),
            None => Err(Rejected::Confirmation),
        };
        let from = of_data("NotBefore").map_or(Ok(()), |from| not_before(from, expected));
        if of_data("Recipient") != Some(expected.endpoints.acs_url.as_str()) {
            reason = Rejected::Confirmation;
        } else if let Err(late) = until.and(from) {
            reason = late;
        } else if response_answers.is_some() && response_answers != answers {
            reason = Rejected::UnknownRequest;
        } else {
            return Ok(answers.map(str::to_owned));
        }
    }
    Err(reason)
}

fn check_conditions(
    document: &Document<'_>,
    conditions: NodeId,
    expected: Expected<'_>,
) -> Result<Timestamp, Rejected> {
    if let Some(from) = attribute(document, conditions, "NotBefore") {
        not_before(from, expected)?;
    }
    let worthless = match attribute(document, conditions, "NotOnOrAfter") {
        Some(until) => not_on_or_after(until, expected)?,
        None => later(expected.now, OLDEST_HOURS * 60),
    };
    if !children(document, conditions, ASSERTION, "Condition").is_empty() {
        return Err(Rejected::Condition);
    }
    let restrictions = children(document, conditions, ASSERTION, "AudienceRestriction");
    if restrictions.is_empty() {
        return Err(Rejected::Missing { what: "whom it is for" });
    }
    for restriction in restrictions {
        let audiences: Vec<String> = children(document, restriction, ASSERTION, "Audience")
            .into_iter()
            .map(|audience| text(document, audience))
            .collect();
        let ours = audiences.contains(&expected.endpoints.entity_id);
        if !ours && !expected.switches.has(SamlFault::WrongAudienceAccepted) {
            return Err(Rejected::Audience { audience: audiences.join(", ") });
        }
    }
    Ok(worthless)
}

/// Checks that somebody did sign in, and returns the session's index.
fn check_authenticated(
    document: &Document<'_>,
    node: NodeId,
    expected: Expected<'_>,
) -> Result<Option<String>, Rejected> {
    let statements = children(document, node, ASSERTION, "AuthnStatement");
    let statement = statements.first().ok_or(Rejected::Missing { what: "how the person signed in" })?;
    if let Some(until) = attribute(document, *statement, "SessionNotOnOrAfter") {
        not_on_or_after(until, expected)?;
    }
    Ok(attribute(document, *statement, "SessionIndex").map(str::to_owned))
}

/// The values of each attribute, those of one name together.
fn attributes(document: &Document<'_>, node: NodeId) -> Vec<(String, Vec<String>)> {
    let mut read: Vec<(String, Vec<String>)> = Vec::new();
    for statement in children(document, node, ASSERTION, "AttributeStatement") {
        for one in children(document, statement, ASSERTION, "Attribute") {
            let name = attribute(document, one, "Name").unwrap_or_default();
            let values = children(document, one, ASSERTION, "AttributeValue");
            let values =
                values.into_iter().map(|value| text(document, value)).filter(|value| !value.is_empty());
            match read.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.extend(values),
                None => read.push((name.to_owned(), values.collect())),
            }
        }
    }
    read
}

fn not_before(text: &str, expected: Expected<'_>) -> Result<(), Rejected> {
    if moment("NotBefore", text)? > later(expected.now, SKEW_MINUTES) {
        return Err(Rejected::Time { what: "NotBefore", moment: text.to_owned() });
    }
    Ok(())
}

/// The moment from which this is too late, our clock's leeway included.
fn not_on_or_after(text: &str, expected: Expected<'_>) -> Result<Timestamp, Rejected> {
    let until = later(moment("NotOnOrAfter", text)?, SKEW_MINUTES);
    if until <= expected.now && !expected.switches.has(SamlFault::ExpiredAccepted) {
        return Err(Rejected::Time { what: "NotOnOrAfter", moment: text.to_owned() });
    }
    Ok(until)
}

fn moment(what: &'static str, text: &str) -> Result<Timestamp, Rejected> {
    text.parse().map_err(|_| Rejected::Time { what, moment: text.to_owned() })
}

fn later(moment: Timestamp, minutes: i64) -> Timestamp {
    moment.checked_add(minutes.minutes()).unwrap_or(moment)
}
