//! Attributes with several values: RFC 7643 sections 2.4 and 4.1.2.

use oinspect_core::Document::Rfc7643;
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at, shown};
use crate::compare::{is_nothing, lost};
use crate::kind::Kind;
use crate::schema::{need, schemas};
use crate::user;
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.multi-valued",
    title: "Attributes with several values",
    tags: &["users", "create", "values"],
    alone: false,
    checks: &[
        Check {
            id: "scim.multi-valued.several-emails-are-kept",
            title: "Several e-mail addresses are kept with their types",
            requirement: should(Rfc7643, "7", "what a schema calls readWrite can be written and read")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The table of users has one column for an address, and the others are thrown away in silence.",
            fix: "Store each element of `emails` with its value and its type, and return all of them.",
            run: |cx| {
                need(cx, Kind::User, "emails.type")?;
                let name = cx.name();
                let emails = json!([
                    { "value": format!("{name}@example.com"), "type": "work" },
                    { "value": format!("{name}-home@example.com"), "type": "home" },
                ]);
                keeps(cx, "emails", &emails)
            },
        },
        Check {
            id: "scim.multi-valued.phone-numbers-are-kept",
            title: "Telephone numbers are kept with their types",
            requirement: should(Rfc7643, "7", "what a schema calls readWrite can be written and read")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The schema declares phoneNumbers, and nothing is behind it.",
            fix: "Store phoneNumbers with value and type, or take them out of /Schemas.",
            run: |cx| {
                need(cx, Kind::User, "phoneNumbers.type")?;
                let phones = json!([
                    { "value": "+1-201-555-0123", "type": "work" },
                    { "value": "+1-201-555-0124", "type": "mobile" },
                ]);
                keeps(cx, "phoneNumbers", &phones)
            },
        },
        Check {
            id: "scim.multi-valued.addresses-are-kept",
            title: "A postal address is kept with its parts",
            requirement: should(Rfc7643, "7", "what a schema calls readWrite can be written and read")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Only `formatted` is read, and the parts are thrown away in silence.",
            fix: "Store the parts of each address and return them, or take them out of /Schemas.",
            run: |cx| {
                need(cx, Kind::User, "addresses.streetAddress")?;
                let addresses = json!([{
                    "type": "work", "streetAddress": "Karl Johans gate 1", "locality": "Oslo",
                    "postalCode": "0154", "country": "NO",
                }]);
                keeps(cx, "addresses", &addresses)
            },
        },
        Check {
            id: "scim.multi-valued.ims-are-kept",
            title: "Addresses for instant messages are kept with their types",
            requirement: should(Rfc7643, "7", "what a schema calls readWrite can be written and read"),
            needs: &[],
            pitfall: "The schema declares ims, and nothing is behind it.",
            fix: "Store ims with value and type, or take them out of /Schemas.",
            run: |cx| {
                need(cx, Kind::User, "ims.type")?;
                keeps(cx, "ims", &json!([{ "value": "annox", "type": "xmpp" }]))
            },
        },
        Check {
            id: "scim.multi-valued.at-most-one-is-primary",
            title: "Of several values, at most one is primary",
            requirement: must(Rfc7643, "2.4", "primary is true for no more than one value")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The flag of each value is stored by itself, and nobody looks at the others.",
            fix: "Refuse a user with two primary values with 400, or leave only one of them primary.",
            run: |cx| {
                need(cx, Kind::User, "emails.primary")?;
                let name = cx.name();
                let emails = json!([
                    { "value": format!("{name}@example.com"), "type": "work", "primary": true },
                    { "value": format!("{name}-home@example.com"), "type": "home", "primary": true },
                ]);
                let Some(shown) = taken(cx, &emails)? else { return Ok(()) };
                let primary = |email: &&Value| at(email, "primary") == Some(&Value::Bool(true));
                match shown.iter().filter(primary).count() {
                    0 | 1 => Ok(()),
                    many => Err(Finding::broken("at most 1 primary value", format!("{many} primary values"))),
                }
            },
        },
        Check {
            id: "scim.multi-valued.same-value-is-shown-once",
            title: "A value that is sent twice is shown once",
            requirement: should(Rfc7643, "2.4", "the same value of the same type is not returned twice")
                .entra(Level::Should),
            needs: &[],
            pitfall: "Each element becomes a row, and a later removal takes away only one of them.",
            fix: "Drop elements whose value and type are there already, or answer 400.",
            run: |cx| {
                need(cx, Kind::User, "emails.type")?;
                let email = format!("{}@example.com", cx.name());
                let one = json!({ "value": email, "type": "work" });
                let Some(shown) = taken(cx, &json!([one, one]))? else { return Ok(()) };
                let same = |shown: &&Value| {
                    let is = |path: &str, wanted: &str| {
                        at(shown, path)
                            .and_then(Value::as_str)
                            .is_some_and(|is| is.eq_ignore_ascii_case(wanted))
                    };
                    is("value", &email) && is("type", "work")
                };
                match shown.iter().filter(same).count() {
                    0 | 1 => Ok(()),
                    many => Err(Finding::broken(format!("{email} once"), format!("{many} times"))),
                }
            },
        },
    ],
};

/// Judges that a new user keeps these values, in any order and with whatever the server adds.
fn keeps(cx: &mut Cx, attribute: &str, values: &Value) -> Result<(), Finding> {
    let user = user::with(cx, &json!({ attribute: values }))?;
    let read = cx.get_when(&user.path, Answer::is_success)?;
    read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    // Creating and reading may show different things; that is a requirement of its own.
    let kept = read.at(attribute).or_else(|| user.answer.at(attribute));
    if kept.is_none_or(is_nothing) && !schemas(cx)?.describes(Kind::User) {
        return Err(Finding::NotOffered { what: format!("nothing says that the server has `{attribute}`") });
    }
    let kept_digits = kept.map(only_digits);
    let (sent, kept_whole) = match attribute {
        // Numbers have many spellings.
        "phoneNumbers" => (only_digits(values), kept_digits.as_ref()),
        _ => (values.clone(), kept),
    };
    match lost(&sent, kept_whole) {
        None => Ok(()),
        Some(_) => Err(Finding::broken(format!("{attribute} with {values}"), shown(kept))),
    }
}

/// The same elements, their values reduced to digits.
fn only_digits(elements: &Value) -> Value {
    let reduced = |element: &Value| {
        let mut element = element.clone();
        if let Some(Value::String(value)) = element.get_mut("value") {
            value.retain(|c| c.is_ascii_digit());
        }
        element
    };
    elements.as_array().map_or(Value::Null, |elements| elements.iter().map(reduced).collect())
}

/// What is shown of these e-mail addresses of a new user; `None` where they are refused. A sound user
/// was accepted before.
fn taken(cx: &mut Cx, emails: &Value) -> Result<Option<Vec<Value>>, Finding> {
    user::shared(cx)?;
    let body = user::body_with(cx, &json!({ "emails": emails }))?;
    let answer = cx.post_user(&body)?;
    if answer.is_refusal() {
        return Ok(None);
    }
    answer.expect_success()?;
    let id = answer.text_at("id").ok_or_else(|| Finding::blocked("the new user has no id"))?;
    let read = cx.get_when(&Kind::User.path(id), Answer::is_success)?;
    read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    Ok(Some(read.at("emails").and_then(Value::as_array).cloned().unwrap_or_default()))
}
