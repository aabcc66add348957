//! Accounts, in the same store that SCIM serves: found, made at the first sign-in, shown.

use serde_json::{Map, Value, json};

use super::person::Person;
use super::refused::Refused;
use super::session::Session;
use crate::clock;
use crate::fault::AccountFault;
use crate::http::Refusal;
use crate::random;
use crate::schema::ResourceType;
use crate::store::{Narrowing, NewRecord, Record, Store, folded};
use crate::switches::Switches;

/// What the pages show of an account.
#[derive(Debug)]
pub(super) struct Account {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub groups: Vec<String>,
}

impl Account {
    /// The account behind a session, if it exists and may sign in. The groups are those that the
    /// identity provider named, then those that were provisioned.
    pub(super) fn read(store: &Store, tenant: u32, session: &Session) -> Result<Option<Self>, Refusal> {
        let Some(record) = store.find(tenant, ResourceType::User, &session.user_id)? else { return Ok(None) };
        if !is_active(&record) {
            return Ok(None);
        }
        let mut groups = session.groups.clone();
        for group in store.groups_of(&record.id)?.into_iter().filter_map(|group| group.display) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let name = |part: &str| {
            let name = record.attributes.get("name").and_then(|name| name.get(part));
            name.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        Ok(Some(Self {
            first_name: name("givenName"),
            last_name: name("familyName"),
            email: email(&record).unwrap_or_default().to_owned(),
            groups,
        }))
    }

    /// The name to greet with.
    pub(super) fn name(&self) -> String {
        let name = format!("{} {}", self.first_name, self.last_name);
        let name = name.trim();
        if name.is_empty() { self.email.clone() } else { name.to_owned() }
    }
}

/// The id of the person's account, made if there is none. Names that changed are taken over.
pub(super) fn find_or_make(
    store: &Store,
    tenant: u32,
    person: &Person,
    makes_accounts: bool,
    switches: Switches,
) -> Result<String, Refused> {
    const LONGEST: usize = 1000;
    if person.user_name.trim().is_empty() || person.user_name.len() > LONGEST {
        return Err(Refused::because("The identity provider did not say who is signing in."));
    }
    let person = &spoiled(person, switches);
    let known = named(store, tenant, &person.user_name)?;
    match known {
        Some(record) if !is_active(&record) => Err(Refused::because("This account is switched off.")),
        Some(record) if switches.has(AccountFault::RenameAnswers500) && is_renamed(&record, person) => {
            Err(Refused::crash())
        }
        Some(record) if !switches.has(AccountFault::JitDuplicates) => {
            refresh(store, &record, person)?;
            Ok(record.id)
        }
        None if !makes_accounts => {
            Err(Refused::because("There is no account for you yet. Ask an administrator for one."))
        }
        Some(_) | None => make(store, tenant, person, switches),
    }
}

fn make(store: &Store, tenant: u32, person: &Person, switches: Switches) -> Result<String, Refused> {
    let mut attributes = Map::new();
    attributes.insert("userName".to_owned(), json!(person.user_name));
    let mut name = Map::new();
    if let Some(first) = &person.first_name {
        name.insert("givenName".to_owned(), json!(first));
    }
    if let Some(last) = &person.last_name {
        name.insert("familyName".to_owned(), json!(last));
    }
    let parts = [person.first_name.as_deref(), person.last_name.as_deref()];
    let display = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !name.is_empty() {
        attributes.insert("name".to_owned(), Value::Object(name));
        attributes.insert("displayName".to_owned(), json!(display));
    }
    if let Some(email) = &person.email {
        attributes.insert("emails".to_owned(), json!([{ "value": email, "type": "work", "primary": true }]));
    }
    attributes.insert("active".to_owned(), json!(true));
    let new = NewRecord {
        kind: ResourceType::User,
        id: random::uuid(),
        attributes,
        password: None,
        moment: clock::written(clock::now()),
    };
    let made = if switches.has(AccountFault::JitDuplicates) {
        store.insert_beside(tenant, &new)?
    } else {
        store.insert(tenant, &new)?
    };
    Ok(made.id)
}

fn refresh(store: &Store, record: &Record, person: &Person) -> Result<(), Refusal> {
    let mut after = record.clone();
    let name = after.attributes.entry("name").or_insert_with(|| json!({}));
    for (part, asserted) in [("givenName", &person.first_name), ("familyName", &person.last_name)] {
        if let (Some(name), Some(asserted)) = (name.as_object_mut(), asserted) {
            name.insert(part.to_owned(), json!(asserted));
        }
    }
    if name.as_object().is_some_and(Map::is_empty) {
        after.attributes.shift_remove("name");
    }
    if after.attributes == record.attributes {
        return Ok(());
    }
    after.modified = clock::written(clock::after(&record.modified));
    store.update(&after, false)
}

/// The person as an app with a fault stores them.
fn spoiled(person: &Person, switches: Switches) -> Person {
    let mut person = person.clone();
    for name in [&mut person.first_name, &mut person.last_name].into_iter().flatten() {
        if switches.has(AccountFault::UnicodeMangled) {
            *name = name.chars().map(|letter| if letter.is_ascii() { letter } else { '?' }).collect();
        }
        if switches.has(AccountFault::ApostropheEscapedTwice) {
            *name = name.replace('\'', "&#39;");
        }
    }
    if switches.has(AccountFault::JitLosesEmail) {
        person.email = None;
    }
    person
}

fn named(store: &Store, tenant: u32, user_name: &str) -> Result<Option<Record>, Refusal> {
    let mut found = None;
    let by_name = Narrowing::Name(folded(user_name.trim()));
    store.scan(tenant, ResourceType::User, &by_name, |record| {
        found.get_or_insert(record);
        Ok(())
    })?;
    Ok(found)
}

fn is_renamed(record: &Record, person: &Person) -> bool {
    let kept = record.attributes.get("name").and_then(|name| name.get("familyName"));
    kept.and_then(Value::as_str) != person.last_name.as_deref()
}

fn is_active(record: &Record) -> bool {
    record.attributes.get("active") != Some(&Value::Bool(false))
}

/// The preferred address, or the first.
fn email(record: &Record) -> Option<&str> {
    let emails = record.attributes.get("emails")?.as_array()?;
    let primary = emails.iter().find(|email| email.get("primary") == Some(&Value::Bool(true)));
    primary.or_else(|| emails.first())?.get("value")?.as_str()
}
