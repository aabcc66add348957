//! The lists of entitlements and roles that Okta reads; nobody writes them.

use serde_json::{Value, json};

use super::dispatch::Call;
use super::service::Service;
use crate::fault::EntitlementFault;
use crate::http::{Answer, Query, Refusal};
use crate::schema::GrantType;
use crate::variant::Variant;

impl Service<'_> {
    /// The kinds of lists that this app has.
    pub(super) fn grant_types(self) -> impl Iterator<Item = GrantType> {
        let none = self.switches.is(Variant::NoGrants);
        GrantType::ALL.into_iter().filter(move |_| !none)
    }

    /// What an endpoint lists, if it is such a list.
    pub(super) fn grant_type(self, endpoint: &str) -> Option<GrantType> {
        self.grant_types().find(|grant| grant.endpoint() == endpoint)
    }

    /// The list, or the one that is named below it.
    pub(super) fn grants(self, call: &Call<'_>, grant: GrantType, below: &[&str]) -> Result<Answer, Refusal> {
        let missing = match grant {
            GrantType::Entitlement => EntitlementFault::EntitlementsNotListed,
            GrantType::Role => EntitlementFault::RolesNotListed,
        };
        if self.switches.has(missing) {
            return Err(Refusal::not_found("this endpoint"));
        }
        match below {
            [] => self.grant_list(grant, &call.query),
            [id] => {
                let entry = grant.entries().iter().find(|(known, _)| known == id);
                let (id, name) = entry.ok_or_else(|| Refusal::not_found(grant.name()))?;
                let shown = self.grant(grant, id, name);
                let location = shown["meta"]["location"].as_str().unwrap_or_default().to_owned();
                Ok(Answer::scim(200, shown).with("location", location))
            }
            _ => Err(Refusal::not_found("this endpoint")),
        }
    }

    fn grant_list(self, grant: GrantType, query: &Query) -> Result<Answer, Refusal> {
        if query.get("filter").is_some() {
            return Err(Refusal::invalid_filter(format!("{} cannot be filtered", grant.endpoint())));
        }
        let number = |name: &str, otherwise: usize| match query.get(name) {
            None => Ok(otherwise),
            Some(text) => text
                .trim()
                .parse::<i64>()
                .map(|number| usize::try_from(number).unwrap_or(0))
                .map_err(|_| Refusal::invalid_value(format!("{name} must be an integer"))),
        };
        let entries = grant.entries();
        let of_entitlements =
            |fault: EntitlementFault| grant == GrantType::Entitlement && self.switches.has(fault);
        let start = match number("startIndex", 1)?.max(1) {
            _ if of_entitlements(EntitlementFault::EntitlementPagesRepeat) => 1,
            start => start,
        };
        let count = match number("count", entries.len())? {
            _ if of_entitlements(EntitlementFault::EntitlementCountIgnored) => entries.len(),
            count => count,
        };
        let page: Vec<Value> = entries
            .iter()
            .skip(start - 1)
            .take(count)
            .map(|(id, name)| self.grant(grant, id, name))
            .collect();
        let list = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": entries.len(),
            "startIndex": start,
            "itemsPerPage": page.len(),
            "Resources": page,
        });
        Ok(Answer::scim(200, list))
    }

    fn grant(self, grant: GrantType, id: &str, name: &str) -> Value {
        let mut shown = json!({ "schemas": [grant.schema().urn], "id": id });
        let nameless = match grant {
            GrantType::Entitlement => EntitlementFault::EntitlementWithoutName,
            GrantType::Role => EntitlementFault::RoleWithoutName,
        };
        if !self.switches.has(nameless) {
            shown["displayName"] = json!(name);
        }
        if grant == GrantType::Entitlement && !self.switches.has(EntitlementFault::EntitlementWithoutType) {
            shown["type"] = json!(grant.name());
        }
        shown["meta"] = json!({
            "resourceType": grant.name(),
            "location": format!("{}/{}/{id}", self.base, grant.endpoint()),
        });
        shown
    }
}
