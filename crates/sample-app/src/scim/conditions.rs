//! Conditional requests by entity tag (RFC 7644, section 3.14; RFC 9110, section 13).

use super::service::{Service, version_of};
use crate::fault::VersionFault;
use crate::http::Refusal;
use crate::store::Record;
use crate::variant::Variant;

/// The preconditions of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    pub if_match: Option<String>,
    pub if_none_match: Option<String>,
}

impl Conditions {
    /// Whether the client already holds this version.
    pub(super) fn already_held(&self, version: &str) -> bool {
        self.if_none_match.as_deref().is_some_and(|tags| names(tags, version))
    }
}

impl Service<'_> {
    /// Refuses a change of a version that the client did not mean.
    pub(super) fn check_version(self, record: &Record, conditions: &Conditions) -> Result<(), Refusal> {
        let unconditional = conditions.if_match.is_none() && conditions.if_none_match.is_none();
        if unconditional || self.switches.is(Variant::NoEtag) {
            return Ok(());
        }
        let version = version_of(&self.represent(record)?).unwrap_or_default();
        // A strong comparison, which no weak tag ever passes (RFC 9110, section 8.8.3.2).
        let weak_refused = self.switches.has(VersionFault::WeakTagsNeverMatch);
        let star_refused = self.switches.has(VersionFault::StarNeverMatches);
        let expected = conditions.if_match.as_deref().is_none_or(|tags| {
            names(tags, &version)
                && !(weak_refused && tags.starts_with("W/"))
                && !(star_refused && tags.contains('*'))
        });
        let excluded = conditions.already_held(&version);
        if expected && !excluded {
            Ok(())
        } else {
            Err(Refusal::new(412, "the resource is at another version"))
        }
    }
}

/// Whether a list of entity tags names this one, by the weak comparison.
fn names(tags: &str, version: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    tags.split(',').any(|tag| tag.trim() == "*" || opaque(tag) == opaque(version))
}
