//! What this house demands and adds beyond the specifications, as many servers do: all of it is legal.

use serde_json::{Map, Value, json};

use super::representation::ENTERPRISE;
use super::service::Service;
use crate::http::Refusal;
use crate::schema::ResourceType;
use crate::store::Narrowing;
use crate::variant::Variant;

impl Service<'_> {
    /// A user as this house keeps it; `own` is the id that it has already.
    pub(super) fn keep_house(self, own: Option<&str>, user: &mut Map<String, Value>) -> Result<(), Refusal> {
        if self.switches.is(Variant::LeanUsers) {
            user.retain(|name, _| is_lean(name));
        }
        if self.switches.is(Variant::LowercaseEmails) {
            for address in elements(user, "emails").filter_map(|email| email.get_mut("value")) {
                *address = json!(address.as_str().unwrap_or_default().to_lowercase());
            }
        }
        self.demand(user)?;
        self.keep_apart(own, user)?;
        self.fill_in(user);
        Ok(())
    }

    /// Refuses a user that lacks what this house wants.
    fn demand(self, user: &Map<String, Value>) -> Result<(), Refusal> {
        let lacks = |what: &str| Err(Refusal::invalid_value(what));
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        if self.switches.is(Variant::UserNameInDomain)
            && !text(user.get("userName")).to_lowercase().ends_with("@corp.example")
        {
            return lacks("userName must be an e-mail address at corp.example");
        }
        let extension = user.get(ENTERPRISE);
        let department = extension.and_then(|extension| extension.get("department"));
        let wants_department =
            self.switches.is(Variant::DepartmentRequired) && !self.switches.is(Variant::LeanUsers);
        if wants_department && department.is_none() {
            return lacks("department is required");
        }
        if self.switches.is(Variant::EmailsRequired) && !user.contains_key("emails") {
            return lacks("emails is required");
        }
        let part = |name: &str| text(user.get("name").and_then(|whole| whole.get(name)));
        if self.switches.is(Variant::NamesRequired)
            && (part("givenName").is_empty() || part("familyName").is_empty())
        {
            return lacks("name.givenName and name.familyName are required");
        }
        let manager = extension.and_then(|extension| extension.get("manager")?.get("value")?.as_str());
        if self.switches.is(Variant::ManagerMustExist)
            && let Some(manager) = manager
            && self.store.find(self.tenant, ResourceType::User, manager)?.is_none()
        {
            return lacks("the manager must be a user");
        }
        Ok(())
    }

    /// Refuses what another user has already.
    fn keep_apart(self, own: Option<&str>, user: &mut Map<String, Value>) -> Result<(), Refusal> {
        let taken = |what: &str| Err(Refusal::name_taken(what, self.switches));
        if self.switches.is(Variant::ExternalIdsUnique)
            && let Some(external) = user.get("externalId").and_then(Value::as_str)
            && self.is_had(own, &Narrowing::ExternalId(external.to_owned()), |_| true)?
        {
            return taken("externalId");
        }
        if self.switches.is(Variant::EmailsUnique) {
            let wanted: Vec<String> = addresses(user).collect();
            let has = |other: &Map<String, Value>| addresses(other).any(|address| wanted.contains(&address));
            if !wanted.is_empty() && self.is_had(own, &Narrowing::Everything, has)? {
                return taken("emails");
            }
        }
        Ok(())
    }

    /// Whether another user is like this.
    fn is_had(
        self,
        own: Option<&str>,
        narrowing: &Narrowing,
        alike: impl Fn(&Map<String, Value>) -> bool,
    ) -> Result<bool, Refusal> {
        let mut found = false;
        self.store.scan(self.tenant, ResourceType::User, narrowing, |record| {
            found |= own != Some(record.id.as_str()) && alike(&record.attributes);
            Ok(())
        })?;
        Ok(found)
    }

    /// Adds what this house knows or assumes by itself.
    fn fill_in(self, user: &mut Map<String, Value>) {
        if self.switches.is(Variant::TypesAdded) {
            for name in ["emails", "phoneNumbers"] {
                add_types(user, name);
            }
        }
        if self.switches.is(Variant::PhoneNumbersCanonical) {
            for number in elements(user, "phoneNumbers").filter_map(|phone| phone.get_mut("value")) {
                *number = json!(canonical(number.as_str().unwrap_or_default()));
            }
        }
        if self.switches.is(Variant::FormattedNameComputed)
            && let Some(name) = user.get_mut("name").and_then(Value::as_object_mut)
        {
            name.shift_remove("formatted");
            let parts = ["honorificPrefix", "givenName", "middleName", "familyName", "honorificSuffix"];
            let whole: Vec<&str> = parts.iter().filter_map(|part| name.get(*part)?.as_str()).collect();
            let whole = whole.join(" ");
            if !whole.is_empty() {
                name.insert("formatted".to_owned(), json!(whole));
            }
        }
        if self.switches.is(Variant::DisplayNameComputed) && !user.contains_key("displayName") {
            let formatted = user.get("name").and_then(|name| name.get("formatted"));
            if let Some(name) = formatted.or_else(|| user.get("userName")).cloned() {
                user.insert("displayName".to_owned(), name);
            }
        }
        let gives_role = self.switches.is(Variant::DefaultRole) && !self.switches.is(Variant::LeanUsers);
        if gives_role && !user.contains_key("roles") {
            user.insert("roles".to_owned(), json!([{ "value": "member" }]));
        }
    }
}

/// What lean users have.
pub(crate) fn is_lean(attribute: &str) -> bool {
    ["schemas", "userName", "externalId", "name", "displayName", "active", "password", "emails", "groups"]
        .contains(&attribute)
}

fn elements<'a>(user: &'a mut Map<String, Value>, name: &str) -> impl Iterator<Item = &'a mut Value> {
    user.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten()
}

/// The e-mail addresses, whatever their case.
fn addresses(user: &Map<String, Value>) -> impl Iterator<Item = String> {
    let emails = user.get("emails").and_then(Value::as_array).into_iter().flatten();
    emails.filter_map(|email| email.get("value")?.as_str().map(str::to_lowercase))
}

fn add_types(user: &mut Map<String, Value>, name: &str) {
    let mut has_primary = elements(user, name).any(|element| element.get("primary") == Some(&json!(true)));
    for element in elements(user, name) {
        let Some(members) = element.as_object_mut() else { continue };
        members.entry("type").or_insert(json!("work"));
        if let Some(value) = members.get("value").cloned() {
            members.entry("display").or_insert(value);
        }
        if !has_primary {
            members.insert("primary".to_owned(), json!(true));
            has_primary = true;
        }
    }
}

/// A telephone number as a URI (RFC 3966): signs that only separate become hyphens.
fn canonical(number: &str) -> String {
    let digits = number.strip_prefix("tel:").unwrap_or(number);
    if digits.chars().any(|sign| sign.is_ascii_alphabetic()) {
        return number.to_owned();
    }
    format!(
        "tel:{}",
        digits
            .split([' ', '.', '-', '/', '(', ')'])
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    )
}
