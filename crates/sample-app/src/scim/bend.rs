//! What faulty servers make of a new user: of its body, of what they store, and of what they show.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::intake::{self, member};
use super::representation::ENTERPRISE;
use crate::fault::{CreateFault, EnterpriseFault, PasswordFault, ReadFault, ValuesFault};
use crate::http::{Answer, Content, Refusal};
use crate::schema::{ResourceType, extension_named};
use crate::store::Record;
use crate::switches::Switches;

/// The body that the server goes on with; as it is where no fault is on.
pub(super) fn body(
    switches: Switches,
    kind: ResourceType,
    body: &Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    let mut bent = body.clone();
    let core = json!([kind.schema().urn]);
    if switches.has(CreateFault::MissingSchemasAccepted) {
        bent.entry("schemas").or_insert(core);
    }
    if switches.has(CreateFault::UnknownSchemaAccepted)
        && let Some(Value::Array(schemas)) = bent.get_mut("schemas")
    {
        let known = |urn: &str| urn == kind.schema().urn || extension_named(kind, switches, urn).is_some();
        schemas.retain(|urn| urn.as_str().is_some_and(known));
    }
    if switches.has(CreateFault::AnyTextIsTrue) && bent.get("active").is_some_and(Value::is_string) {
        bent.insert("active".to_owned(), json!(true));
    }
    if switches.has(ValuesFault::NamesMindCase) {
        bent.retain(|name, _| name.contains(':') || kind.attributes().any(|known| known.name == name));
    }
    // Put back as it came when the rest was read.
    if takes_emails_as_they_come(switches, body) {
        bent.shift_remove("emails");
    }
    fails(switches, body)?;
    Ok(bent)
}

/// What makes a faulty server fail, or refuse what it has to take.
fn fails(switches: Switches, body: &Map<String, Value>) -> Result<(), Refusal> {
    let is_text = |name: &str| member(body, name).is_some_and(Value::is_string);
    let has_null = |value: Option<&Value>| {
        value.and_then(Value::as_object).is_some_and(|members| members.values().any(Value::is_null))
    };
    let empty_text = |(name, value): (&String, &Value)| name != "userName" && value == &json!("");
    let empty_list = |(name, value): (&String, &Value)| name != "groups" && value == &json!([]);
    let user_name = member(body, "userName").and_then(Value::as_str).unwrap_or_default();
    let manager = body.get(ENTERPRISE).and_then(|extension| extension.get("manager"));
    let fails = switches.has(CreateFault::TextForObjectAnswers500) && is_text("name")
        || switches.has(CreateFault::TextForListAnswers500) && is_text("emails")
        || switches.has(ValuesFault::EmptyTextAnswers500) && body.iter().any(empty_text)
        || switches.has(ValuesFault::LongUserNameAnswers500) && user_name.len() > 100
        || switches.has(ValuesFault::ControlAnswers500)
            && Value::Object(body.clone()).to_string().contains("\\u0001");
    if fails {
        return Err(Refusal::internal());
    }
    let refuses = switches.has(ValuesFault::NullRefused) && body.values().any(Value::is_null)
        || switches.has(ValuesFault::EmptyListRefused) && body.iter().any(empty_list)
        || switches.has(EnterpriseFault::NullInManagerRefused) && has_null(manager);
    if refuses {
        return Err(Refusal::invalid_value("a value is missing"));
    }
    Ok(())
}

/// Whether a faulty server does not look at the e-mail addresses of this body.
fn takes_emails_as_they_come(switches: Switches, body: &Map<String, Value>) -> bool {
    let Some(Value::Array(emails)) = body.get("emails") else { return false };
    let seen: HashSet<String> = emails.iter().map(intake::identity).collect();
    let primary = emails.iter().filter(|email| intake::is_primary(email)).count();
    switches.has(ValuesFault::TwoPrimariesStored) && primary > 1
        || switches.has(ValuesFault::DoublesStored) && seen.len() < emails.len()
}

/// Whether a faulty server does without a userName.
pub(super) fn may_lack_name(switches: Switches, body: &Map<String, Value>) -> bool {
    let name = member(body, "userName").and_then(Value::as_str);
    switches.has(CreateFault::MissingUserNameAccepted) && name.is_none()
        || switches.has(CreateFault::EmptyUserNameAccepted) && name == Some("")
        || switches.has(CreateFault::BlankUserNameAccepted)
            && name.is_some_and(|name| !name.is_empty() && name.trim().is_empty())
}

/// What a faulty server stores instead of what it read.
pub(super) fn attributes(
    switches: Switches,
    kind: ResourceType,
    body: &Map<String, Value>,
    read: &mut Map<String, Value>,
) {
    for (fault, name) in [
        (ValuesFault::ExternalIdLost, "externalId"),
        (ValuesFault::PhoneNumbersLost, "phoneNumbers"),
        (ValuesFault::ImsLost, "ims"),
    ] {
        if switches.has(fault) {
            read.shift_remove(name);
        }
    }
    if takes_emails_as_they_come(switches, body)
        && let Some(emails) = body.get("emails")
    {
        read.insert("emails".to_owned(), emails.clone());
    }
    if switches.has(ValuesFault::SecondEmailLost)
        && let Some(Value::Array(emails)) = read.get_mut("emails")
    {
        emails.truncate(1);
    }
    if switches.has(ValuesFault::StreetAddressLost)
        && let Some(Value::Array(addresses)) = read.get_mut("addresses")
    {
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            address.shift_remove("streetAddress");
        }
    }
    for (folds, name) in [
        (switches.has(ValuesFault::ExternalIdFolded), "externalId"),
        (switches.has(ReadFault::UserNamesFolded), "userName"),
    ] {
        if let (true, Some(Value::String(text))) = (folds, read.get_mut(name)) {
            *text = text.to_lowercase();
        }
    }
    if switches.has(ValuesFault::ActiveDefaultDiffers) {
        read.entry("active").or_insert(json!(false));
    }
    if switches.has(ValuesFault::UndeclaredStored) {
        let unknown = body.iter().filter(|(name, _)| !name.contains(':') && kind.attribute(name).is_none());
        read.extend(unknown.map(|(name, value)| (name.clone(), value.clone())));
    }
    enterprise(switches, body, read);
    for (_, value) in read.iter_mut().filter(|(name, _)| *name != "userName") {
        texts(switches, value);
    }
}

fn enterprise(switches: Switches, body: &Map<String, Value>, read: &mut Map<String, Value>) {
    let Some(Value::Object(extension)) = read.get_mut(ENTERPRISE) else { return };
    for (fault, name) in
        [(EnterpriseFault::DepartmentLost, "department"), (EnterpriseFault::ManagerLost, "manager")]
    {
        if switches.has(fault) {
            extension.shift_remove(name);
        }
    }
    if switches.has(EnterpriseFault::ManagerNamedByClient)
        && let Some(name) = body.get(ENTERPRISE).and_then(|sent| sent.pointer("/manager/displayName"))
        && let Some(Value::Object(manager)) = extension.get_mut("manager")
    {
        manager.insert("displayName".to_owned(), name.clone());
    }
}

fn texts(switches: Switches, value: &mut Value) {
    match value {
        Value::String(text) => *text = mangled(switches, text),
        Value::Array(elements) => elements.iter_mut().for_each(|element| texts(switches, element)),
        Value::Object(members) => members.values_mut().for_each(|member| texts(switches, member)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn mangled(switches: Switches, text: &str) -> String {
    let mut text = text.to_owned();
    if switches.has(ValuesFault::LatinLettersGarbled) {
        text = text
            .chars()
            .flat_map(|c| match c {
                '\u{80}'..='\u{ff}' => c.to_string().bytes().map(char::from).collect(),
                other => vec![other],
            })
            .collect();
    }
    if switches.has(ValuesFault::AstralReplaced) {
        text = text.chars().map(|c| if c > '\u{ffff}' { '?' } else { c }).collect();
    }
    if switches.has(ValuesFault::RightToLeftReversed)
        && text.chars().any(|c| ('\u{590}'..='\u{6ff}').contains(&c))
    {
        text = text.chars().rev().collect();
    }
    if switches.has(ValuesFault::CombiningAccentsStripped) {
        text.retain(|c| !('\u{300}'..='\u{36f}').contains(&c));
    }
    for (fault, from, to) in [
        (ValuesFault::QuotesDoubled, "'", "''"),
        (ValuesFault::MarkupEscaped, "&", "&amp;"),
        (ValuesFault::MarkupEscaped, "<", "&lt;"),
        (ValuesFault::MarkupEscaped, ">", "&gt;"),
        (ValuesFault::SqlWordsRemoved, "DROP ", ""),
        (ValuesFault::SqlWordsRemoved, "--", ""),
        (ValuesFault::ValuesPercentDecoded, "%41", "A"),
    ] {
        if switches.has(fault) {
            text = text.replace(from, to);
        }
    }
    if switches.has(ValuesFault::CutAtLineBreak) {
        text = text.lines().next().unwrap_or_default().to_owned();
    }
    if switches.has(ValuesFault::LongValueCut) {
        text = text.chars().take(255).collect();
    }
    text
}

/// What a faulty server shows of a user.
pub(super) fn shown(
    switches: Switches,
    record: &Record,
    asks_for_password: bool,
    shown: &mut Map<String, Value>,
) {
    if switches.has(PasswordFault::PasswordInFilter) {
        shown.shift_remove("password");
    }
    if switches.has(PasswordFault::HashOnRequest) && asks_for_password {
        shown.insert("password".to_owned(), json!(record.password));
    }
    if switches.has(ValuesFault::UndeclaredStored) {
        let unknown = record.attributes.iter();
        let unknown =
            unknown.filter(|(name, _)| !name.contains(':') && record.kind.attribute(name).is_none());
        shown.extend(unknown.map(|(name, value)| (name.clone(), value.clone())));
    }
    if switches.has(EnterpriseFault::EnterpriseUrnMissing)
        && let Some(Value::Array(schemas)) = shown.get_mut("schemas")
    {
        schemas.retain(|urn| urn != ENTERPRISE);
    }
    if switches.has(EnterpriseFault::ManagerNamedByClient)
        && let Some(name) =
            record.attributes.get(ENTERPRISE).and_then(|own| own.pointer("/manager/displayName"))
        && let Some(manager) = shown.get_mut(ENTERPRISE).and_then(|extension| extension.get_mut("manager"))
    {
        manager["displayName"] = name.clone();
    }
    if switches.has(EnterpriseFault::EnterpriseFlattened)
        && let Some(Value::Object(extension)) = shown.shift_remove(ENTERPRISE)
    {
        shown.extend(extension);
    }
}

/// What a faulty server answers to a creation that worked.
pub(super) fn created(switches: Switches, body: &Map<String, Value>, mut answer: Answer) -> Answer {
    if let Content::Scim(Value::Object(shown)) = &mut answer.content {
        if switches.has(CreateFault::AnswerWithoutSchemas) {
            shown.shift_remove("schemas");
        }
        if switches.has(ValuesFault::ActiveDefaultDiffers) && !body.contains_key("active") {
            shown.insert("active".to_owned(), json!(true));
        }
        if switches.has(ValuesFault::FlagsAsTexts)
            && let Some(Value::Array(emails)) = shown.get_mut("emails")
        {
            for primary in emails.iter_mut().filter_map(|email| email.get_mut("primary")) {
                *primary = json!(primary.to_string());
            }
        }
        if switches.has(CreateFault::ClientMetaShown)
            && let Some(created) = body.get("meta").and_then(|meta| meta.get("created"))
            && let Some(meta) = shown.get_mut("meta")
        {
            meta["created"] = created.clone();
        }
    }
    if switches.has(CreateFault::CreateWithoutLocation) {
        answer.headers.retain(|(name, _)| *name != "location");
    }
    if switches.has(CreateFault::LocationOfInnerHost) {
        for (_, value) in answer.headers.iter_mut().filter(|(name, _)| *name == "location") {
            *value =
                format!("http://app-7.internal:8080/{}", value.splitn(4, '/').nth(3).unwrap_or_default());
        }
    }
    answer
}

/// How a faulty server words the refusal of a creation.
pub(super) fn refused(switches: Switches, body: &Map<String, Value>, mut refusal: Refusal) -> Refusal {
    if refusal.status == 400 && switches.has(CreateFault::RefusalWithoutScimType) {
        refusal.scim_type = None;
    }
    if refusal.status == 400 && switches.has(PasswordFault::ErrorQuotesBody) {
        refusal.detail = format!("{} in {}", refusal.detail, Value::Object(body.clone()));
    }
    refusal
}
