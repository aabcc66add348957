//! The alias of the authenticated subject (RFC 7644, section 3.11).

use super::dispatch::Call;
use super::service::Service;
use crate::fault::MeFault;
use crate::http::{Answer, Content, Refusal};
use crate::schema::ResourceType;
use crate::store::Order;
use crate::variant::Variant;

impl Service<'_> {
    /// Tokens belong to a directory and not to a person; where the alias is served, the tenant's
    /// first user stands for the subject.
    pub(super) fn me(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        if self.switches.has(MeFault::MeAnswers500) {
            return Err(Refusal::internal());
        }
        if !self.switches.is(Variant::MeServed) && !self.switches.is(Variant::MeRedirects) {
            return Err(Refusal::new(501, "a token here stands for no user"));
        }
        let first = self.store.page(self.tenant, ResourceType::User, Order::Made, 0, 1)?;
        let Some(subject) = first.first() else { return Err(Refusal::not_found("the subject")) };
        if self.switches.is(Variant::MeRedirects) {
            return Ok(Answer::nothing(308).with("location", format!("{}/Users/{}", self.base, subject.id)));
        }
        let mut answer = self.resource(call, ResourceType::User, &subject.id)?;
        if self.switches.has(MeFault::MeWithoutName)
            && let Content::Scim(shown) = &mut answer.content
            && let Some(members) = shown.as_object_mut()
        {
            members.shift_remove("userName");
        }
        if self.switches.has(MeFault::MeLocationIsTheAlias) {
            return Ok(answer.with("location", format!("{}/Me", self.base)));
        }
        Ok(answer)
    }
}
