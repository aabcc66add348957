//! What becomes of the values that a client sends: RFC 7643 sections 2 and 3.1.

pub(crate) mod many;
pub(crate) mod texts;

use oinspect_core::Capability::Active;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must, should};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, at, shown};
use crate::compare::{is_nothing, lost};
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{Scim, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.values",
    title: "Values of attributes",
    tags: &["users", "create", "values"],
    alone: false,
    checks: &[
        Check {
            id: "scim.values.null-is-no-value",
            title: "An attribute that is null is one without a value",
            requirement: must(Rfc7643, "2.5", "null, an empty list and no value at all are the same")
                .entra(Level::Should),
            needs: &[],
            pitfall: "null is refused as being no text, or stored as the text \"null\".",
            fix: "Treat an attribute that is null in POST /Users as if it were not there.",
            run: |cx| {
                let sent = json!({
                    "nickName": null, "title": null,
                    "name": { "givenName": "Ann", "familyName": "Ox", "middleName": null },
                });
                let user = accepted(cx, &sent, "null is refused")?;
                for path in ["nickName", "title", "name.middleName"] {
                    if user.answer.text_at(path).is_some_and(|text| text.eq_ignore_ascii_case("null")) {
                        return Err(Finding::broken(format!("no {path}"), shown(user.answer.at(path))));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.values.empty-list-is-no-value",
            title: "An attribute that is an empty list is one without values",
            requirement: must(Rfc7643, "2.5", "null, an empty list and no value at all are the same")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The validator demands one element of each list that is there.",
            fix: "Treat an attribute that is [] in POST /Users as if it were not there.",
            run: |cx| {
                need(cx, Kind::User, "phoneNumbers")?;
                let user = accepted(cx, &json!({ "phoneNumbers": [] }), "an empty list is refused")?;
                match user.answer.at("phoneNumbers") {
                    Some(kept) if !is_nothing(kept) => {
                        Err(Finding::broken("no phoneNumbers", kept.to_string()))
                    }
                    _ => Ok(()),
                }
            },
        },
        Check {
            id: "scim.values.empty-text-is-answered",
            title: "An attribute that is an empty text does not make the server fail",
            requirement: should(Rfc7643, "2.3.1", "a text has zero or more characters")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The first letter of an empty text is asked for, and the server answers 500.",
            fix: "Store \"\", take it for no value, or answer 400 with scimType invalidValue.",
            run: |cx| {
                user::shared(cx)?;
                let body = user::body_with(cx, &json!({ "title": "", "nickName": "" }))?;
                answered(&cx.post_user(&body)?)
            },
        },
        Check {
            id: "scim.values.long-user-name-is-answered",
            title: "A very long userName is kept whole or refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a value that the server cannot take is answered 400, and does not end in an internal error",
            ),
            needs: &[],
            pitfall: "The column holds 100 characters: the database fails, or cuts the name and two people share it.",
            fix: "Check the length before you store, and answer 400 with scimType invalidValue.",
            run: |cx| {
                user::shared(cx)?;
                let name = format!("{}-{}", cx.name(), "x".repeat(240));
                let mut body = user::new_body(cx)?;
                let long = cx.target()?.user_name.replace("{name}", &name);
                body["userName"] = Value::from(long.as_str());
                let answer = cx.post_user(&body)?;
                answered(&answer)?;
                match answer.text_at("userName") {
                    Some(kept) if answer.is_success() && !kept.eq_ignore_ascii_case(&long) => {
                        Err(Finding::broken(
                            format!("{} characters", long.chars().count()),
                            format!("{} characters", kept.chars().count()),
                        ))
                    }
                    _ => Ok(()),
                }
            },
        },
        Check {
            id: "scim.values.flags-are-booleans",
            title: "Flags are shown as true or false",
            requirement: must(Rfc7643, "2.3.2", "a boolean is the literal true or false, without quotes")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "The flag comes from a text column, and is shown as \"true\".",
            fix: "Write `active` and `primary` as JSON booleans.",
            run: |cx| {
                let user = user::shared(cx)?;
                let emails =
                    user.answer.at("emails").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let primary = emails.iter().filter_map(|email| at(email, "primary"));
                match user.answer.at("active").into_iter().chain(primary).find(|flag| !is_flag(flag)) {
                    Some(other) => Err(Finding::broken("true or false", other.to_string())),
                    None => Ok(()),
                }
            },
        },
        Check {
            id: "scim.values.default-of-active-is-stored",
            title: "A user created without active is read as the answer showed it",
            requirement: should(
                Rfc7644,
                "3.3",
                "the answer shows the resource as it was stored, with what the server chose by itself",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Active],
            pitfall: "The answer is made from the request and a default, and the database has another default.",
            fix: "Answer POST /Users with what was stored, and let `active` be true unless a client says otherwise.",
            run: |cx| {
                let mut body = user::new_body(cx)?;
                if let Some(members) = body.as_object_mut() {
                    members.shift_remove("active");
                }
                let user = user::create(cx, body)
                    .map_err(|finding| finding.as_obstacle("no user without active"))?;
                let created = user.answer.at("active").cloned().unwrap_or_default();
                let same = |read: &Answer| read.at("active").unwrap_or(&Value::Null) == &created;
                let read = cx.get_when(&user.path, |read| read.is_success() && same(read))?;
                read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
                if same(&read) || user.answer.is_empty() {
                    return Ok(());
                }
                Err(Finding::broken(
                    format!("active {created}"),
                    format!("active {}", shown(read.at("active"))),
                ))
            },
        },
        Check {
            id: "scim.values.undeclared-attribute-is-not-stored",
            title: "An attribute that no schema knows is not stored",
            requirement: should(
                Rfc7643,
                "3",
                "`schemas` names the schemas that define the attributes of a representation",
            ),
            needs: &[],
            pitfall: "Every member of the body becomes a column: a client sets isAdmin by writing it.",
            fix: "Copy only declared attributes from the body; ignore the others, or answer 400.",
            run: |cx| {
                user::shared(cx)?;
                let mut body = user::new_body(cx)?;
                body["oinspectShoeSize"] = json!("forty-two");
                let answer = cx.post_user(&body)?;
                if answer.is_refusal() {
                    return Ok(());
                }
                answer.expect_success()?;
                let id = answer.text_at("id").ok_or_else(|| Finding::blocked("the new user has no id"))?;
                let read = cx.get_when(&Kind::User.path(id), Answer::is_success)?;
                read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
                match read.at("oinspectShoeSize") {
                    Some(value) if !is_nothing(value) => {
                        Err(Finding::broken("no oinspectShoeSize", value.to_string()))
                    }
                    _ => Ok(()),
                }
            },
        },
        Check {
            id: "scim.values.attribute-names-ignore-case",
            title: "The names of attributes are understood in any case",
            requirement: must(Rfc7643, "2.1", "attribute names are compared without case"),
            needs: &[],
            pitfall: "The body is read into a class whose members match by their exact names.",
            fix: "Read the members of a body without regard to case.",
            run: |cx| {
                let known = user::shared(cx)?;
                let body = user::new_body(cx)?;
                let name = at(&body, "userName").and_then(Value::as_str).unwrap_or_default().to_owned();
                let capitals: Map<String, Value> = body
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, value)| match name.as_str() {
                        // A URN is the name of a schema.
                        "userName" | "displayName" => (name.to_uppercase(), value.clone()),
                        _ => (name.clone(), value.clone()),
                    })
                    .collect();
                let request =
                    with_json(cx.request(Method::Post, "/Users")?, Value::from(capitals).to_string());
                let answer = cx.send_creation(Kind::User, Some(&name), &request)?;
                answer.expect_success()?;
                if known.answer.text_at("displayName").is_none() || answer.is_empty() {
                    return Ok(());
                }
                lost(&json!({ "userName": name, "displayName": "Ann Ox" }), answer.any_json())
                    .map_or(Ok(()), |lost| Err(Finding::broken("the values under their names", lost)))
            },
        },
        Check {
            id: "scim.values.external-id-is-kept",
            title: "The externalId of a new user is kept, letter by letter",
            requirement: must(
                Rfc7643,
                "3.1",
                "externalId is the client's own name for the resource, compared with case",
            )
            .okta(Level::Should)
            .entra(Level::Must),
            needs: &[],
            pitfall: "The attribute is ignored, or folded to lower case with the others.",
            fix: "Store externalId as it was sent and return it: it is how a client knows its users again.",
            run: |cx| {
                let external = format!("00u{}-AbC", cx.name());
                let user = user::with(cx, &json!({ "externalId": external }))?;
                let read = cx.get_when(&user.path, Answer::is_success)?;
                read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
                match read.text_at("externalId") {
                    Some(kept) if kept == external => Ok(()),
                    _ => Err(Finding::broken(format!("externalId {external}"), shown(read.at("externalId")))),
                }
            },
        },
    ],
};

fn is_flag(value: &Value) -> bool {
    value.is_boolean() || value.is_null()
}

/// A new user with these attributes, which every server has to accept. A sound user was accepted
/// before.
fn accepted(cx: &mut Cx, attributes: &Value, otherwise: &str) -> Result<User, Finding> {
    user::shared(cx)?;
    let body = user::body_with(cx, attributes)?;
    user::create(cx, body).map_err(|finding| match finding {
        Finding::Broken { actual, .. } => Finding::broken("status 201", format!("{otherwise}: {actual}")),
        obstacle => obstacle,
    })
}

/// Judges that the server took or refused a value, and did not fail over it.
fn answered(answer: &Answer) -> Result<(), Finding> {
    if answer.is_success() || answer.is_refusal() {
        return Ok(());
    }
    Err(Finding::broken("status 201 or 400", answer.described()))
}
