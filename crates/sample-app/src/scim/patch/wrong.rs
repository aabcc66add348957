//! How PATCH of a user goes wrong while a fault is on.

use serde_json::{Map, Value, json};

use super::apply::Patch;
use crate::fault::{AddFault, PatchFault, PathFault, RefusalFault};
use crate::http::{Answer, Content, Refusal, ScimType};
use crate::schema::{Attribute, DataType, Mutability, ResourceType};
use crate::scim::intake::member;
use crate::scim::projection::Projection;
use crate::scim::representation::ENTERPRISE;
use crate::scim::service::Service;
use crate::store::Record;
use crate::switches::Switches;

/// An operation as far as a fault looks at it.
struct Seen<'a> {
    op: String,
    path: Option<&'a str>,
    value: Option<&'a Value>,
}

impl<'a> Seen<'a> {
    fn of(sent: &'a Value) -> Self {
        let part = |name: &str| sent.as_object().and_then(|members| member(members, name));
        Self {
            op: part("op").and_then(Value::as_str).unwrap_or_default().to_lowercase(),
            path: part("path").and_then(Value::as_str),
            value: part("value"),
        }
    }

    fn path_is(&self, test: impl Fn(&str) -> bool) -> bool {
        self.path.is_some_and(test)
    }

    /// The writable attribute that a path without dots and brackets names.
    fn attribute(&self, patch: &Patch<'_>) -> Option<&'static Attribute> {
        let attribute = patch.kind.attribute(self.path?)?;
        (attribute.mutability == Mutability::ReadWrite).then_some(attribute)
    }

    /// The same, where it has one text.
    fn plain(&self, patch: &Patch<'_>) -> Option<&'static Attribute> {
        let is_plain = |one: &&Attribute| !one.multi_valued && one.data_type == DataType::String;
        self.attribute(patch).filter(is_plain)
    }

    fn list(&self, patch: &Patch<'_>) -> Option<&'static Attribute> {
        self.attribute(patch).filter(|attribute| attribute.multi_valued)
    }

    fn is_of_extension(&self) -> bool {
        self.path_is(|path| path.starts_with(ENTERPRISE) && !path.ends_with(":manager"))
    }

    fn is_of_manager(&self) -> bool {
        self.path_is(|path| path.ends_with(":manager"))
    }

    fn selects_elements(&self) -> bool {
        self.path_is(|path| path.contains('[') && path.ends_with(']'))
    }

    fn array(&self) -> &'a [Value] {
        self.value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn is_object(&self) -> bool {
        self.value.is_some_and(Value::is_object)
    }
}

/// Applies an operation, the wrong way if a fault says so.
pub(super) fn apply(patch: &mut Patch<'_>, sent: &Value) -> Result<(), Refusal> {
    if patch.kind != ResourceType::User {
        return patch.apply_sent(sent);
    }
    let seen = Seen::of(sent);
    if let Some(refusal) = refused(patch, &seen, sent) {
        return Err(refusal);
    }
    if ignored(patch, &seen) {
        return Ok(());
    }
    let before = patch.draft.clone();
    let reworded = reworded(patch, &seen, sent);
    let applied = patch.apply_sent(reworded.as_ref().unwrap_or(sent));
    applied.or_else(|refusal| misjudged(patch.switches, &seen, refusal))?;
    bend(patch, &before, &seen);
    Ok(())
}

/// Operations that are refused though nothing is wrong with them.
fn refused(patch: &Patch<'_>, seen: &Seen<'_>, sent: &Value) -> Option<Refusal> {
    let on = patch.switches;
    let (adds, replaces) = (seen.op == "add", seen.op == "replace");
    let has = |attribute: &Attribute| patch.draft.contains_key(attribute.name);
    let password = seen.path_is(|path| path == "password")
        || seen.path.is_none() && seen.value.is_some_and(|value| value.get("password").is_some());
    let text = seen.value.and_then(Value::as_str);
    let refuses = on.has(PathFault::PathMindsCase)
        && seen.path_is(|path| !path.contains(|c: char| c.is_ascii_lowercase()))
        || on.has(PathFault::CoreUrnRefused)
            && seen.path_is(|path| path.starts_with("urn:ietf:params:scim:schemas:core"))
        || on.has(PathFault::AndInPathRefused) && seen.path_is(|path| path.contains(" and "))
        || on.has(PathFault::BooleanInPathRefused) && seen.path_is(|path| path.contains(" eq true]"))
        || on.has(PathFault::ExtensionPathRefused) && adds && seen.is_of_extension()
        || on.has(AddFault::AddNeedsMatch) && adds && nothing_of_type(patch, seen);
    if refuses {
        return Some(Refusal::invalid_path("the path is not understood"));
    }
    let refuses = on.has(PatchFault::NullRefused) && seen.value == Some(&Value::Null)
        || on.has(PatchFault::PatchRefusesPassword) && password
        || on.has(AddFault::AddWantsList) && adds && seen.list(patch).is_some() && seen.is_object()
        || on.has(PathFault::ManagerObjectRefused) && seen.is_of_manager() && seen.is_object()
        || on.has(PathFault::BareManagerRefused)
            && seen.is_of_manager()
            && text.is_some_and(|id| !id.is_empty())
        || on.has(PathFault::EmptyManagerRefused) && seen.is_of_manager() && text == Some("");
    if refuses {
        return Some(Refusal::invalid_value("the value is not understood"));
    }
    let unset = replaces && seen.plain(patch).is_some_and(|attribute| !has(attribute));
    if on.has(PatchFault::ReplaceUnsetRefused) && unset {
        return Some(Refusal::no_target("there is nothing to replace"));
    }
    let crashes = on.has(PathFault::OddPathAnswers500) && seen.path_is(|path| path.contains("__proto__"))
        || on.has(RefusalFault::NullOperationAnswers500) && sent.is_null();
    crashes.then(Refusal::internal)
}

/// Whether no element has the type that a filter in the path asks for.
fn nothing_of_type(patch: &Patch<'_>, seen: &Seen<'_>) -> bool {
    let Some((attribute, rest)) = seen.path.and_then(|path| path.split_once("[type eq \"")) else {
        return false;
    };
    let wanted = rest.split('"').next().unwrap_or_default();
    !elements(&patch.draft, attribute).iter().any(|element| element.get("type") == Some(&json!(wanted)))
}

/// Operations that are answered 200 and do nothing.
fn ignored(patch: &Patch<'_>, seen: &Seen<'_>) -> bool {
    let on = patch.switches;
    let (adds, removes) = (seen.op == "add", seen.op == "remove");
    let has = |name: &str| patch.draft.contains_key(name);
    let plain = seen.plain(patch).filter(|_| seen.value.is_some() || removes);
    let switched_on = match seen.path {
        Some(path) => path == "active" && seen.value == Some(&json!(true)),
        None => seen.value.and_then(|value| value.get("active")) == Some(&json!(true)),
    };
    on.has(AddFault::AddToUnsetIgnored) && adds && plain.is_some_and(|one| !has(one.name))
        || on.has(AddFault::AddKeepsOldValue) && adds && plain.is_some_and(|one| has(one.name))
        || on.has(AddFault::PathlessAddIgnored) && adds && seen.path.is_none()
        || on.has(PatchFault::ElementReplaceIgnored) && seen.op == "replace" && seen.selects_elements()
        || on.has(PatchFault::PatchNeverReactivates)
            && switched_on
            && patch.draft.get("active") == Some(&json!(false))
        || on.has(PatchFault::EmptyListIgnored) && seen.value == Some(&json!([]))
        || on.has(PatchFault::ExternalIdFixed) && seen.path == Some("externalId") && has("externalId")
        || on.has(PatchFault::RemoveIgnored) && removes && plain.is_some_and(|one| !one.required)
        || on.has(PathFault::ExtensionRemoveIgnored) && removes && seen.is_of_extension()
        || on.has(PathFault::ManagerNotRemoved) && removes && seen.is_of_manager()
}

/// What is done instead of what was sent.
fn reworded(patch: &Patch<'_>, seen: &Seen<'_>, sent: &Value) -> Option<Value> {
    let on = patch.switches;
    let with = |name: &str, value: Value| {
        let mut sent = sent.clone();
        sent[name] = value;
        Some(sent)
    };
    let list = seen.list(patch).is_some() && !seen.array().is_empty();
    match (seen.op.as_str(), seen.path) {
        ("add", Some(_)) if list && on.has(AddFault::AddReplacesList) => with("op", json!("replace")),
        ("add", Some(_)) if list && on.has(AddFault::AddTakesFirst) => {
            with("value", json!([seen.array()[0]]))
        }
        ("replace", Some(_)) if list && on.has(PatchFault::ReplaceAppends) => with("op", json!("add")),
        ("replace", Some("emails[type eq \"work\"].value")) if on.has(PatchFault::PathFilterIgnored) => {
            with("path", json!("emails.value"))
        }
        (_, Some("active"))
            if on.has(RefusalFault::TextIsTrue) && seen.value.is_some_and(Value::is_string) =>
        {
            with("value", json!(true))
        }
        ("remove", Some(path)) => {
            let (whole, part) = path.split_once('.').unwrap_or((path, ""));
            let is_part = !part.is_empty() && !path.contains([':', '[']);
            match path.split_once('[') {
                Some((list, _)) if seen.selects_elements() && on.has(PatchFault::RemoveIgnoresFilter) => {
                    with("path", json!(list))
                }
                Some(_) if on.has(PatchFault::RemovePartTakesElement) => {
                    with("path", json!(path.rsplit_once('.').map_or(path, |(element, _)| element)))
                }
                None if is_part && on.has(PatchFault::RemovePartTakesWhole) => with("path", json!(whole)),
                _ => None,
            }
        }
        ("add", None) if on.has(AddFault::PathlessAddReplaces) => with("op", json!("replace")),
        (_, None) => {
            let mut value = seen.value?.as_object()?.clone();
            let first = value.keys().next().cloned();
            let full = format!("{ENTERPRISE}:");
            value.retain(|key, _| {
                let dotted = key.contains('.') && !key.contains(':');
                !(on.has(PathFault::DottedKeyIgnored) && dotted
                    || on.has(PathFault::ExtensionObjectIgnored) && key == ENTERPRISE
                    || on.has(PathFault::FullNameKeyIgnored) && key.starts_with(&full)
                    || on.has(PatchFault::PathlessTakesFirst) && first.as_deref() != Some(key))
            });
            with("value", Value::Object(value))
        }
        _ => None,
    }
}

/// Refusals that are swallowed, or say something else.
fn misjudged(on: Switches, seen: &Seen<'_>, mut refusal: Refusal) -> Result<(), Refusal> {
    let removes = seen.op == "remove";
    let no_match = refusal.scim_type == Some(ScimType::NoTarget) && seen.path_is(|path| path.contains('['));
    let name_gone = removes && seen.path == Some("userName");
    let nowhere = removes && seen.path.is_none();
    let of_id = seen.path == Some("id");
    let malformed = seen.path_is(|path| path.contains(".."));
    let unknown = refusal.scim_type == Some(ScimType::InvalidPath)
        && seen.path_is(|path| path.chars().all(char::is_alphanumeric));
    let wrong_type =
        refusal.scim_type == Some(ScimType::InvalidValue) && seen.path.is_some() && seen.is_object();
    let swallowed = on.has(PatchFault::NoMatchAccepted) && no_match
        || on.has(RefusalFault::AddWithoutValueAccepted) && seen.op == "add" && seen.value.is_none()
        || on.has(RefusalFault::RemoveWithoutPathAccepted) && nowhere
        || on.has(RefusalFault::RequiredRemovalAccepted) && name_gone
        || on.has(RefusalFault::IdChangeIgnored) && of_id
        || on.has(RefusalFault::MetaChangeAccepted) && seen.path == Some("meta.created")
        || on.has(RefusalFault::GroupsChangeIgnored) && seen.path == Some("groups")
        || on.has(RefusalFault::MalformedPathIgnored) && malformed
        || on.has(RefusalFault::UnknownPathIgnored) && unknown
        || on.has(RefusalFault::WrongTypeSkipped) && wrong_type;
    if swallowed {
        return Ok(());
    }
    for (fault, about, says) in [
        (on.has(PatchFault::NoMatchSaysInvalidPath), no_match, ScimType::InvalidPath),
        (on.has(RefusalFault::RemoveWithoutPathSaysSyntax), nowhere, ScimType::InvalidSyntax),
        (on.has(RefusalFault::RequiredRemovalSaysValue), name_gone, ScimType::InvalidValue),
        (on.has(RefusalFault::IdChangeSaysPath), of_id, ScimType::InvalidPath),
        (on.has(RefusalFault::MalformedPathSaysSyntax), malformed, ScimType::InvalidSyntax),
    ] {
        if fault && about {
            refusal.scim_type = Some(says);
        }
    }
    Err(refusal)
}

/// What comes out otherwise than it should.
fn bend(patch: &mut Patch<'_>, before: &Map<String, Value>, seen: &Seen<'_>) {
    let on = patch.switches;
    if on.has(RefusalFault::MetaChangeAccepted) && seen.path == Some("meta.created") {
        patch.draft.insert("meta".to_owned(), json!({ "created": seen.value }));
    }
    let replaces_object = on.has(PatchFault::ObjectReplacesComplex) && seen.op == "replace"
        || on.has(AddFault::AddedObjectReplaces) && seen.op == "add";
    if let (true, Some("name"), Some(Value::Object(sent))) = (replaces_object, seen.path, seen.value) {
        patch.draft.insert("name".to_owned(), json!(sent));
    }
    if seen.op == "remove"
        && let Some(path) = seen.path
    {
        let name = path.split('[').next().unwrap_or_default();
        let held = elements(before, name);
        if on.has(PatchFault::RemoveTakesFirst) && name == path && held.len() > 1 {
            patch.draft.insert(name.to_owned(), json!(held[1..]));
        }
        let emptied = seen.selects_elements() && !held.is_empty() && !patch.draft.contains_key(name);
        if on.has(PatchFault::RemoveLeavesEmptyElement) && emptied {
            patch.draft.insert(name.to_owned(), json!([{}]));
        }
    }
    if seen.op == "add"
        && let Some(list) = seen.list(patch)
        && let Some(Value::Array(held)) = patch.draft.get_mut(list.name)
    {
        let before = elements(before, list.name);
        if on.has(AddFault::AddDoubles) {
            let known = |new: &&Value| before.iter().any(|old| old.get("value") == new.get("value"));
            held.extend(seen.array().iter().filter(known).cloned());
        }
        if on.has(AddFault::PrimaryNotDemoted) {
            let was =
                |one: &Value| before.iter().any(|old| old["value"] == one["value"] && old["primary"] == true);
            for one in held.iter_mut().filter(|one| was(one)) {
                one["primary"] = json!(true);
            }
        }
    }
}

fn elements<'a>(draft: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    draft.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

impl Service<'_> {
    /// The answer that a fault gives in place of the right one.
    pub(super) fn misanswer(
        self,
        (before, after): (&Record, &Record),
        operations: &[Value],
        projection: &Projection,
    ) -> Result<Option<Answer>, Refusal> {
        let on = self.switches;
        if after.kind != ResourceType::User {
            return Ok(None);
        }
        if on.has(PatchFault::PatchAnswersWithoutBody) {
            return Ok(Some(Answer::nothing(200)));
        }
        if on.has(PatchFault::PatchAlwaysAnswers204) && projection.is_asked_for() {
            return Ok(Some(Answer::nothing(204)));
        }
        if on.has(PatchFault::PatchAnswersOldUser) {
            return self.show(200, before, projection).map(Some);
        }
        let password = operations.iter().find_map(|operation| operation.get("value")?.get("password"));
        if let (true, Some(password)) = (on.has(PatchFault::PatchShowsPassword), password) {
            let mut answer = self.show(200, after, projection)?;
            if let Content::Scim(shown) = &mut answer.content {
                shown["password"] = password.clone();
            }
            return Ok(Some(answer));
        }
        Ok(None)
    }
}
