//! The alias of the authenticated subject (RFC 7644, section 3.11).

use super::dispatch::Call;
use super::service::Service;
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;
use crate::store::Order;
use crate::variant::Variant;

impl Service<'_> {
    /// Tokens belong to a directory and not to a person; where the alias is served, the tenant's
    /// first user stands for the subject.
    pub(super) fn me(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        if !self.switches.is(Variant::MeServed) {
            return Err(Refusal::new(501, "a token here stands for no user"));
        }
        let first = self.store.page(self.tenant, ResourceType::User, Order::Made, 0, 1)?;
        match first.first() {
            Some(subject) => self.resource(call, ResourceType::User, &subject.id),
            None => Err(Refusal::not_found("the subject")),
        }
    }
}
