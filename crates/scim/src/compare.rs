//! Whether a server kept what it was sent, and whether two representations say the same.
//!
//! Servers may order, complete and leave out: the order of values and members, an added `primary`,
//! `type`, `display` or `$ref`, null or an empty list for absent, letters' case in e-mail addresses, the
//! signs between the digits of telephone numbers.

use serde_json::{Map, Value};

/// Where something sent is not to be found in what came back; `None` where all of it is.
///
/// What came back may hold more than was sent.
pub(crate) fn lost(sent: &Value, kept: Option<&Value>) -> Option<String> {
    lost_at("", sent, kept)
}

fn lost_at(path: &str, sent: &Value, kept: Option<&Value>) -> Option<String> {
    if is_nothing(sent) {
        return None;
    }
    let difference = || Some(format!("{} is {}, not {sent}", named(path), shown(kept)));
    match (sent, kept) {
        (Value::Object(sent), Some(Value::Object(kept))) => sent
            .iter()
            .find_map(|(name, value)| lost_at(&format!("{path}.{name}"), value, member(kept, name))),
        (Value::Array(sent), Some(Value::Array(kept))) => sent
            .iter()
            .find(|one| !kept.iter().any(|other| lost_at(path, one, Some(other)).is_none()))
            .map(|one| {
                format!("{} is {}, without {one}", named(path), shown(Some(&Value::from(kept.clone()))))
            }),
        (Value::String(sent), Some(Value::String(kept))) => {
            let same = sent == kept
                || sent.contains('@') && sent.eq_ignore_ascii_case(kept)
                || path.ends_with(".phoneNumbers.value") && digits(sent).eq(digits(kept));
            if same { None } else { difference() }
        }
        (sent, Some(kept)) if sent == kept => None,
        // An unset flag and one that is false are the same.
        (Value::Bool(false), None | Some(Value::Null)) => None,
        _ => difference(),
    }
}

/// Where two representations of one resource differ; `None` where they say the same. These paths, such
/// as `meta.lastModified`, are not compared.
pub(crate) fn differs(one: &Value, other: &Value, except: &[&str]) -> Option<String> {
    let (one, other) = (without(one, except), without(other, except));
    lost(&one, Some(&other))
        .or_else(|| lost(&other, Some(&one)).map(|difference| format!("the other way round, {difference}")))
}

fn without(value: &Value, paths: &[&str]) -> Value {
    let mut value = value.clone();
    for path in paths {
        let mut names: Vec<&str> = path.split('.').collect();
        let last = names.pop().unwrap_or_default();
        let holder = names.iter().try_fold(&mut value, |holder, name| holder.get_mut(*name));
        if let Some(Value::Object(members)) = holder {
            members.retain(|name, _| !name.eq_ignore_ascii_case(last));
        }
    }
    value
}

/// Null, the empty list and the empty object are all the same as absent (RFC 7643, 2.5).
pub(crate) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// What counts of a telephone number: servers store it as a URI, with other signs in between, or with none.
fn digits(number: &str) -> impl Iterator<Item = char> {
    number.chars().filter(char::is_ascii_digit)
}

fn member<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    members.get(name).or_else(|| {
        members.iter().find(|(member, _)| member.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    })
}

fn named(path: &str) -> &str {
    match path.trim_start_matches('.') {
        "" => "the resource",
        path => path,
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "absent".to_owned(), Value::to_string)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_server_adds_is_no_loss() {
        let sent = json!({ "emails": [{ "value": "a@x.example" }], "groups": [], "title": null });
        let kept = json!({
            "Emails": [{ "value": "b@x.example" }, { "value": "A@x.example", "primary": true }],
            "id": "1",
        });
        assert_eq!(lost(&sent, Some(&kept)), None);
    }

    #[test]
    fn a_telephone_number_is_its_digits() {
        let sent = json!({ "phoneNumbers": [{ "value": "+44 20 7946 0101" }] });
        let kept = |number: &str| json!({ "phoneNumbers": [{ "value": number }] });
        assert_eq!(lost(&sent, Some(&kept("tel:+44-20-7946-0101"))), None);
        assert!(lost(&sent, Some(&kept("tel:+44-20-7946-0102"))).is_some());
        assert!(lost(&json!({ "title": "1 2" }), Some(&json!({ "title": "12" }))).is_some());
    }

    #[test]
    fn what_is_missing_or_other_is_named_with_its_path() {
        let sent = json!({ "name": { "familyName": "Ox", "givenName": "Ann" } });
        let kept = json!({ "name": { "familyName": "Ox" } });
        assert_eq!(lost(&sent, Some(&kept)).unwrap(), "name.givenName is absent, not \"Ann\"");
        let other = json!({ "active": "true" });
        assert_eq!(lost(&json!({ "active": true }), Some(&other)).unwrap(), "active is \"true\", not true");
        let home = json!({ "emails": [{ "type": "home" }] });
        let work = json!({ "emails": [{ "type": "work" }] });
        assert!(lost(&home, Some(&work)).unwrap().starts_with("emails is"));
    }

    #[test]
    fn two_representations_differ_both_ways_but_not_where_it_is_allowed() {
        let one = json!({ "a": [1, 2], "meta": { "lastModified": "x" }, "b": null });
        let other = json!({ "a": [2, 1], "meta": { "lastModified": "y" } });
        assert_eq!(differs(&one, &other, &["meta.lastModified"]), None);
        assert!(differs(&one, &other, &[]).is_some());
        assert!(differs(&json!({}), &json!({ "c": 1 }), &[]).is_some());
    }
}
