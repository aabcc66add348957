//! One-step changes to a good message, and the outbox that applies them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;

use crate::draft::{Draft, SigningKeyChoice, Times};

/// Far enough outside of a message's validity that no clock skew explains it.
const AN_HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A change of a good draft in exactly one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bend {
    /// The audience is another service provider.
    WrongAudience,
    /// Signed by a key that the service provider was never given.
    UnknownKey,
    /// The assertion's time was over an hour ago.
    Expired,
    /// The assertion's time begins in an hour.
    NotYetValid,
    /// The assertion is meant for another consumer URL.
    WrongRecipient,
    /// The Response is meant for another URL.
    WrongDestination,
    /// Another identity provider is named as issuer.
    WrongIssuer,
    /// Answers a request that the service provider never made.
    WrongInResponseTo,
    /// Nothing is signed.
    Unsigned,
    /// Only the assertion is signed: legal.
    AssertionOnly,
    /// Only the Response is signed: legal.
    ResponseOnly,
    /// The assertion is encrypted for the service provider: legal. Which certificate, the app's settings say.
    Encrypted,
}

impl Bend {
    /// Every bend.
    pub const ALL: [Self; 12] = [
        Self::WrongAudience,
        Self::UnknownKey,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongRecipient,
        Self::WrongDestination,
        Self::WrongIssuer,
        Self::WrongInResponseTo,
        Self::Unsigned,
        Self::AssertionOnly,
        Self::ResponseOnly,
        Self::Encrypted,
    ];

    /// Bends the draft.
    pub fn apply(self, draft: &mut Draft) {
        match self {
            Self::WrongAudience => draft.audience = elsewhere(&draft.audience),
            Self::UnknownKey => draft.signed_by = SigningKeyChoice::Rogue,
            Self::Expired => draft.times = moved(draft.times, -AN_HOUR),
            Self::NotYetValid => draft.times = moved(draft.times, AN_HOUR),
            Self::WrongRecipient => draft.recipient = elsewhere(&draft.recipient),
            Self::WrongDestination => draft.destination = elsewhere(&draft.destination),
            Self::WrongIssuer => draft.issuer = elsewhere(&draft.issuer),
            Self::WrongInResponseTo => {
                draft.in_response_to = Some("id4040404040404040404040404".to_owned());
            }
            Self::Unsigned => {
                draft.response_signed = false;
                draft.assertion_signed = false;
            }
            Self::AssertionOnly => {
                draft.response_signed = false;
                draft.assertion_signed = true;
            }
            Self::ResponseOnly => {
                draft.response_signed = true;
                draft.assertion_signed = false;
            }
            Self::Encrypted => draft.encrypt_for.clone_from(&draft.encryption_certificate),
        }
    }

    /// What was changed, in one sentence for a report.
    pub fn describe(self) -> &'static str {
        match self {
            Self::WrongAudience => {
                "The Audience names another service provider; all else is as in a good message."
            }
            Self::UnknownKey => {
                "The message is signed by a key that is not in the identity provider's metadata, with that key's \
                 certificate in KeyInfo; all else is as in a good message."
            }
            Self::Expired => {
                "Conditions and subject confirmation ended 55 minutes before the message was sent; all else is as \
                 in a good message."
            }
            Self::NotYetValid => {
                "The Conditions begin 55 minutes after the message was sent; all else is as in a good message."
            }
            Self::WrongRecipient => "The Recipient is another URL; all else is as in a good message.",
            Self::WrongDestination => "The Destination is another URL; all else is as in a good message.",
            Self::WrongIssuer => {
                "The Issuer names another identity provider; all else is as in a good message."
            }
            Self::WrongInResponseTo => {
                "InResponseTo names a request that was never made; all else is as in a good message."
            }
            Self::AssertionOnly => "Only the assertion is signed; all else is as in a good message.",
            Self::ResponseOnly => "Only the response is signed; all else is as in a good message.",
            Self::Encrypted => {
                "The assertion is encrypted for the key in the service provider's metadata; all else is as in a \
                 good message."
            }
            Self::Unsigned => "Neither Response nor assertion is signed; all else is as in a good message.",
        }
    }
}

/// The same name in another place: on a reserved host, so that nobody real is meant.
fn elsewhere(name: &str) -> String {
    let tail: String = name.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    format!("https://elsewhere.example/{tail}")
}

fn moved(times: Times, by: SignedDuration) -> Times {
    Times { not_before: times.not_before + by, not_on_or_after: times.not_on_or_after + by, ..times }
}

/// Bends for the messages about somebody. Clones share their content.
///
/// A bend stays until it is taken back: an app that asks once more after a refusal gets no good message
/// instead.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    bends: Arc<Mutex<HashMap<String, InUse>>>,
}

#[derive(Debug, Clone, Copy)]
struct InUse {
    bend: Bend,
    has_left: bool,
}

impl Outbox {
    /// Every message about `name_id` is bent from now on.
    pub fn bend(&self, name_id: &str, bend: Bend) {
        self.lock().insert(name_id.to_owned(), InUse { bend, has_left: false });
    }

    /// Takes the bend back. Says whether anything that was bent has left.
    pub fn mend(&self, name_id: &str) -> bool {
        self.lock().remove(name_id).is_some_and(|used| used.has_left)
    }

    /// The bend for what is being written now.
    pub fn leaves(&self, name_id: &str) -> Option<Bend> {
        let mut bends = self.lock();
        let used = bends.get_mut(name_id)?;
        used.has_left = true;
        Some(used.bend)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, InUse>> {
        self.bends.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::tests::draft;

    #[test]
    fn each_bend_changes_one_field_of_the_draft() {
        for bend in Bend::ALL {
            let good = Draft { encryption_certificate: Some("a certificate".to_owned()), ..draft() };
            let mut bent = good.clone();
            bend.apply(&mut bent);
            assert_ne!(good, bent, "{bend:?}");
            match bend {
                Bend::WrongAudience => bent.audience = good.audience.clone(),
                Bend::UnknownKey => bent.signed_by = good.signed_by,
                Bend::Expired | Bend::NotYetValid => {
                    assert_eq!(bent.times.issued, good.times.issued);
                    bent.times = good.times;
                }
                Bend::WrongRecipient => bent.recipient = good.recipient.clone(),
                Bend::WrongDestination => bent.destination = good.destination.clone(),
                Bend::WrongIssuer => bent.issuer = good.issuer.clone(),
                Bend::WrongInResponseTo => bent.in_response_to = good.in_response_to.clone(),
                Bend::Unsigned | Bend::AssertionOnly | Bend::ResponseOnly => {
                    bent.response_signed = true;
                    bent.assertion_signed = true;
                }
                Bend::Encrypted => bent.encrypt_for = None,
            }
            assert_eq!(good, bent, "{bend:?}");
        }
    }

    #[test]
    fn a_bend_stays_until_it_is_taken_back() {
        let outbox = Outbox::default();
        outbox.clone().bend("ann", Bend::Expired);
        assert_eq!(outbox.leaves("bob"), None);
        for _ in 0..2 {
            assert_eq!(outbox.leaves("ann"), Some(Bend::Expired));
        }
        assert!(outbox.mend("ann"));
        assert_eq!(outbox.leaves("ann"), None);
        outbox.bend("ann", Bend::Expired);
        assert!(!outbox.mend("ann"), "nothing left");
    }
}
