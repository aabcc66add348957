//! The assertion consumer service: a response comes in, a session goes out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::ToSpan as _;

use super::assertion::Accepted;
use super::document::LARGEST;
use super::rejected::Rejected;
use super::response::{Expected, validate};
use super::start::SentRequest;
use crate::clock;
use crate::fault::SamlFault;
use crate::http::Answer;
use crate::portal::{Arrival, Person, Portal, Refused, Via, Visit, own_page};
use crate::switches::Switches;
use crate::variant::Variant;

const FIRST_NAME: [&str; 4] = ["firstname", "givenname", "userfirstname", "urn:oid:2542"];
const LAST_NAME: [&str; 6] = ["lastname", "familyname", "surname", "sn", "userlastname", "urn:oid:2544"];
const EMAIL: [&str; 5] = ["email", "mail", "emailaddress", "useremail", "urn:oid:09234219200300100113"];
const GROUPS: [&str; 4] = ["groups", "group", "memberof", "urn:oid:13614159231511"];

impl Portal {
    /// Takes a response and signs its person in.
    pub(crate) fn consume(&self, visit: &Visit<'_>) -> Result<Answer, Refused> {
        if self.switches.has(SamlFault::AcsMoved) && !visit.slash_at_end {
            return Ok(Answer::nothing(307).with("location", format!("{}/saml/acs/", self.path)));
        }
        let Some(idp) = self.memory().saml.clone() else {
            return Err(Refused { status: 404, reason: "Sign-in by SAML is not set up.".to_owned() });
        };
        let relay_state = visit.posted("RelayState");
        let xml = decoded(visit.posted("SAMLResponse"))?;
        if self.switches.has(SamlFault::EncryptedFails) && xml.contains("EncryptedAssertion") {
            return Err(Refused::crash());
        }
        let expected =
            Expected { idp: &idp, endpoints: &self.saml, now: clock::now(), switches: self.switches };
        let accepted = judged(&xml, expected).map_err(|rejected| {
            let crashes = self.switches.has(SamlFault::RefusalAnswers500);
            if crashes { Refused::crash() } else { Refused::from(rejected) }
        })?;
        let sent = match &accepted.in_response_to {
            Some(id) => Some(self.answered(visit, id).ok_or(Rejected::UnknownRequest)?),
            None if self.saml.idp_initiated && !self.switches.has(SamlFault::IdpInitiatedRefused) => None,
            None => return Err(Rejected::Unsolicited.into()),
        };
        self.spend(&accepted)?;
        let arrival = Arrival {
            person: person(&accepted, self.switches),
            via: Via::Saml {
                name_id: accepted.name_id,
                format: accepted.format,
                session_index: accepted.session_index,
            },
            page: self.page_after(sent.as_ref(), relay_state),
            session_before: sent.and_then(|sent| sent.session_before),
        };
        self.admit(visit, arrival)
    }

    /// Remembers an assertion for as long as it could be presented again.
    fn spend(&self, accepted: &Accepted) -> Result<(), Rejected> {
        let now = clock::now();
        let soonest = now.checked_add(10.minutes()).unwrap_or(now);
        let mut memory = self.memory();
        if memory.spent.get(&accepted.assertion_id).is_some() {
            return Err(Rejected::Replayed);
        }
        memory.spent.put_until(accepted.assertion_id.clone(), accepted.worthless.max(soonest), ());
        Ok(())
    }

    /// Where to go: back to the page that was asked for when the app started, and to a page of its own
    /// that the identity provider names when it did.
    fn page_after(&self, sent: Option<&SentRequest>, relay_state: Option<&str>) -> String {
        let home = format!("{}/home", self.path);
        match sent {
            Some(_) if self.switches.has(SamlFault::DeepLinkLost) => home,
            Some(sent) => {
                let known = sent.relay_state.as_deref() == relay_state;
                let known = known || self.switches.is(Variant::SamlNoRelayState);
                sent.page.clone().filter(|_| known).unwrap_or(home)
            }
            None if self.switches.has(SamlFault::IdpRelayStateIgnored) => home,
            None => {
                let wanted = relay_state.unwrap_or_default();
                if self.switches.has(SamlFault::ForeignRelayStateFollowed) && wanted.contains("//") {
                    return wanted.to_owned();
                }
                own_page(&self.home, wanted).unwrap_or(home)
            }
        }
    }
}

/// The app's own judgement, and before it samael's where that is built in: what is read is then what
/// samael read. Alone it is too lax: it needs no audience, and overlooks an unsigned assertion beside a
/// signed one. It is not asked where a fault is on, for the faults are in the app's own code, nor about
/// encrypted assertions: it knows AES-128 only, and verifies no signature inside.
fn judged(xml: &str, expected: Expected<'_>) -> Result<Accepted, Rejected> {
    #[cfg(feature = "samael")]
    if expected.switches.is_faultless() && !xml.contains("EncryptedAssertion") {
        let accepted = super::independent::validate(xml, expected)?;
        return validate(xml, expected).map(|_| accepted);
    }
    validate(xml, expected)
}

fn decoded(message: Option<&str>) -> Result<String, Rejected> {
    let message = message.filter(|message| message.len() <= 2 * LARGEST).ok_or(Rejected::Unreadable)?;
    let message: String = message.split_whitespace().collect();
    let bytes = STANDARD.decode(message).map_err(|_| Rejected::Unreadable)?;
    let xml = String::from_utf8(bytes).map_err(|_| Rejected::Unreadable)?;
    Ok(xml.trim_start_matches('\u{feff}').to_owned())
}

fn person(accepted: &Accepted, switches: Switches) -> Person {
    let values = |names: &[&str]| {
        let named = accepted.attributes.iter().filter(|(name, _)| names.contains(&plain(name).as_str()));
        named.flat_map(|(_, values)| values.iter().cloned()).collect::<Vec<_>>()
    };
    let first = |names: &[&str]| values(names).into_iter().next();
    let mut groups = values(&GROUPS);
    if switches.has(SamlFault::GroupsFirstOnly) {
        groups.truncate(1);
    }
    let has_address = accepted.name_id.contains('@');
    Person {
        user_name: accepted.name_id.clone(),
        first_name: if switches.has(SamlFault::JitWrongAttribute) {
            first(&["nickname"])
        } else {
            first(&FIRST_NAME)
        },
        last_name: first(&LAST_NAME).filter(|_| !switches.has(SamlFault::JitDropsLastName)),
        email: first(&EMAIL).or_else(|| has_address.then(|| accepted.name_id.clone())),
        groups,
    }
}

/// An attribute's name without what apps, providers and fashions add to it.
fn plain(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or_default();
    last.chars()
        .filter(|letter| !matches!(letter, '.' | '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}
