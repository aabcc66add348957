//! Creating users: RFC 7644 section 3.3.

pub(crate) mod concurrency;
pub(crate) mod meta;
pub(crate) mod refusals;
pub(crate) mod uniqueness;

use std::sync::Arc;

use oinspect_core::Capability::{CaselessUserName, Password};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must, okta_demands, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at, shown};
use crate::user::{self, User};
use crate::verbs::{Scim, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.create",
    title: "Creating users",
    tags: &["users", "create"],
    alone: false,
    checks: &[
        Check {
            id: "scim.create.answers-201-with-the-user",
            title: "Creating a user answers 201 with the new user",
            requirement: must(Rfc7644, "3.3", "a created resource is answered 201, with its representation")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "200 instead of 201, or an empty body: the client never learns the id.",
            fix: "Answer POST /Users with 201 and the stored user: `id`, `userName`, `schemas`, `meta`.",
            run: |cx| {
                let body = user::new_body(cx)?;
                let user = user::create(cx, body)?;
                user.answer.expect_status(201)?;
                let user_name = user.answer.text_at("userName").unwrap_or_default();
                if user_name.eq_ignore_ascii_case(&user.user_name) {
                    return Ok(());
                }
                Err(Finding::broken(format!("userName {}", user.user_name), user.answer.described()))
            },
        },
        Check {
            id: "scim.create.location-leads-to-the-user",
            title: "The Location of a new user leads to it",
            requirement: must(
                Rfc7644,
                "3.3",
                "the new resource's URI is in the Location header and in meta.location",
            ),
            needs: &[],
            pitfall: "The header is forgotten, or built from an internal host name.",
            fix: "Send the user's public URL in the Location header and in `meta.location`.",
            run: |cx| {
                let user = user::shared(cx)?;
                location_leads_to(cx, &user)
            },
        },
        Check {
            id: "scim.create.meta-is-complete",
            title: "A new user says of what type it is, where it is and when it was made",
            requirement: must(
                Rfc7643,
                "3.1",
                "the server assigns meta.resourceType, meta.created, meta.lastModified and meta.location",
            ),
            needs: &[],
            pitfall: "Times are left out, or written in a format of the database's own.",
            fix: "Fill `meta` on every resource; write times as xsd:dateTime, such as 2026-01-31T09:00:00Z.",
            run: |cx| {
                let user = user::shared(cx)?;
                let answer = &user.answer;
                match answer.text_at("meta.resourceType") {
                    Some("User") => {}
                    _ => return Err(Finding::broken("meta.resourceType User", shown(answer.at("meta")))),
                }
                for path in ["meta.created", "meta.lastModified"] {
                    if !answer.text_at(path).is_some_and(is_date_time) {
                        return Err(Finding::broken(
                            format!("a date and time in {path}"),
                            shown(answer.at("meta")),
                        ));
                    }
                }
                match answer.text_at("meta.location") {
                    Some(location) if !location.is_empty() => Ok(()),
                    _ => Err(Finding::broken("meta.location", shown(answer.at("meta")))),
                }
            },
        },
        Check {
            id: "scim.create.client-id-is-ignored",
            title: "An id that the client chose is ignored",
            requirement: must(Rfc7643, "3.1", "the id is always issued by the server, never by the client"),
            needs: &[],
            pitfall: "The body is stored as it came, and clients can choose or overwrite ids.",
            fix: "Drop `id` (and every other read-only attribute) from what a client sends, then create your own.",
            run: |cx| {
                let chosen = cx.name();
                let mut body = user::new_body(cx)?;
                body["id"] = Value::from(chosen.as_str());
                let user = user::create(cx, body)?;
                if user.id != chosen {
                    return Ok(());
                }
                Err(Finding::broken("an id of the server's own", format!("the client's id {chosen}")))
            },
        },
        Check {
            id: "scim.create.names-and-emails-are-kept",
            title: "A new user keeps its names and its e-mail address",
            requirement: should(Rfc7644, "3.3", "the answer shows the resource as the server stored it")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "The request is accepted and a part of it is thrown away in silence.",
            fix: "Store name.givenName, name.familyName and emails, and return them.",
            run: |cx| {
                let user = user::shared(cx)?;
                keeps(&user, &user.answer)
            },
        },
        Check {
            id: "scim.create.okta-user-is-accepted",
            title: "A user as Okta sends it is accepted",
            requirement: okta_demands(
                "Create user",
                "a new user comes with an externalId, a password, a locale and an empty list of groups",
            ),
            needs: &[],
            pitfall: "`groups: []` or an unasked password is refused as unknown or read-only.",
            fix: "Ignore read-only attributes such as `groups`, and accept a password even if you do not use it.",
            run: |cx| {
                let body = okta_body(cx)?;
                let answer = cx.post_user(&body)?;
                answer.expect_success()?;
                match answer.at("active") {
                    Some(Value::Bool(true)) => Ok(()),
                    active => Err(Finding::broken("active true", format!("active {}", shown(active)))),
                }
            },
        },
        Check {
            id: "scim.create.duplicate-user-name-conflicts",
            title: "A userName that is taken is a conflict",
            requirement: must(
                Rfc7644,
                "3.3",
                "a resource that conflicts with an existing one is refused with 409",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[],
            pitfall: "The database's own error surfaces as 500, or a second user is made.",
            fix: "Make userName unique in the store, and turn its violation into 409 with scimType uniqueness.",
            run: |cx| conflict(cx)?.expect_status(409).map(drop),
        },
        Check {
            id: "scim.create.conflict-says-uniqueness",
            title: "A conflict says that it is about uniqueness",
            requirement: must(Rfc7644, "3.3", "the 409 of a conflict carries scimType uniqueness"),
            needs: &[],
            pitfall: "The error body has a text and no scimType.",
            fix: "Add `\"scimType\": \"uniqueness\"` to the body of the 409.",
            run: |cx| {
                let answer = conflict(cx)?;
                answer.expect_status(409).map_err(|finding| finding.as_obstacle("no conflict"))?;
                match answer.text_at("scimType") {
                    Some("uniqueness") => Ok(()),
                    _ => Err(Finding::broken("scimType uniqueness", answer.described())),
                }
            },
        },
        Check {
            id: "scim.create.duplicate-in-other-case-conflicts",
            title: "A userName that is taken in another case is a conflict",
            requirement: must(Rfc7643, "4.1.1", "userName is unique and is compared without case")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[CaselessUserName],
            pitfall: "The unique index compares bytes, so that Ann and ann are two users.",
            fix: "Compare userName without case in the unique index (or store a folded copy and index that).",
            run: |cx| {
                let taken = conflicting_user(cx)?;
                let mut body = taken.sent.clone();
                body["userName"] = Value::from(other_case(&taken.user_name));
                cx.post_user(&body)?.expect_status(409).map(drop)
            },
        },
        Check {
            id: "scim.create.missing-user-name-is-refused",
            title: "A user without a userName is refused",
            requirement: must(Rfc7643, "4.1.1", "every user has a non-empty userName").okta(Level::Should),
            needs: &[],
            pitfall: "The user is made with an empty name, or the database fails and the server answers 500.",
            fix: "Check required attributes before storing, and answer 400 with scimType invalidValue.",
            run: |cx| {
                user::shared(cx)?;
                let mut body = user::new_body(cx)?;
                if let Some(members) = body.as_object_mut() {
                    members.shift_remove("userName");
                }
                expect_nameless_refused(&cx.post_user(&body)?)
            },
        },
        Check {
            id: "scim.create.malformed-json-is-refused",
            title: "A body that is no JSON is refused",
            requirement: should(Rfc7644, "3.12", "a request that cannot be parsed is answered 400")
                .okta(Level::Should),
            needs: &[],
            pitfall: "The parser's exception is not caught and becomes a 500.",
            fix: "Answer 400 with scimType invalidSyntax when the body cannot be parsed.",
            run: |cx| {
                user::shared(cx)?;
                let request = with_json(cx.request(Method::Post, "/Users")?, r#"{"schemas": ["#.to_owned());
                cx.ask(&request)?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.create.password-is-never-returned",
            title: "A password is never returned",
            requirement: must(Rfc7643, "4.1.1", "neither a password nor its hash can be read back")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Password],
            pitfall: "The stored row is serialised as it is, with the password or its hash.",
            fix: "Leave `password` out of every representation, whatever `attributes` asks for.",
            run: |cx| {
                let password = format!("Aa1!{:016x}", cx.rng().u64(..));
                let mut body = user::new_body(cx)?;
                body["password"] = Value::from(password.as_str());
                let user = user::create(cx, body)
                    .map_err(|finding| finding.as_obstacle("no user with a password"))?;
                let read = cx.get(&user.path)?;
                for answer in [&user.answer, &read] {
                    if answer.at("password").is_some_and(|value| !value.is_null())
                        || answer.text().contains(&password)
                    {
                        return Err(Finding::broken(
                            "no password in any answer",
                            "the password, or something in its place",
                        ));
                    }
                }
                Ok(())
            },
        },
    ],
};

/// Judges that a user without a name is refused for that. 409 calls it a duplicate (RFC 7644, 3.12): of
/// another nameless user, whom the server has accepted.
pub(in crate::checks) fn expect_nameless_refused(answer: &Answer) -> Result<(), Finding> {
    answer.expect_refusal()?;
    if answer.status() == 409 && answer.text_at("scimType") != Some("invalidValue") {
        return Err(Finding::broken(
            "a refusal of the value (status 400)",
            format!("no name counts as a name that somebody else has: {}", answer.described()),
        ));
    }
    Ok(())
}

/// A user whose name others try to take.
fn conflicting_user(cx: &mut Cx) -> Result<Arc<User>, Finding> {
    cx.once("user whose name is taken", |cx| {
        let body = user::new_body(cx)?;
        user::create(cx, body)
    })
}

/// The answer to the second creation of one user.
fn conflict(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let taken = conflicting_user(cx)?;
    cx.once("answer to a userName that is taken", |cx| cx.post_user(&taken.sent))
}

fn location_leads_to(cx: &mut Cx, user: &User) -> Result<(), Finding> {
    let Some(location) = user.answer.header("location") else {
        return Err(Finding::broken("a Location header", "none"));
    };
    if user.answer.text_at("meta.location").is_none() && !user.answer.is_empty() {
        return Err(Finding::broken("meta.location", user.answer.described()));
    }
    // A relative address begins below the base (RFC 7643, 2.3.7).
    let base = url::Url::parse(&format!("{}/", cx.target()?.base_url));
    let base = base.map_err(|error| Finding::blocked(error.to_string()))?;
    let url = match base.join(location) {
        Ok(url) => url,
        Err(error) => {
            return Err(Finding::broken("a URL in the Location header", format!("{location} ({error})")));
        }
    };
    if url.origin() != base.origin() {
        // Credentials stay with the host that they were given for.
        cx.note(format!("{location} is on another host than the base URL and is not followed"));
        return Ok(());
    }
    let mut request = cx.request(Method::Get, "")?;
    request.url = url.into();
    let found = cx.ask(&request)?;
    if found.is_success() && found.text_at("id") == Some(user.id.as_str()) {
        return Ok(());
    }
    Err(Finding::broken(format!("the user {} at {location}", user.id), found.described()))
}

/// Judges that an answer shows the names and addresses that were sent.
fn keeps(user: &User, answer: &Answer) -> Result<(), Finding> {
    for path in ["name.givenName", "name.familyName"] {
        let (sent, kept) = (at(&user.sent, path), answer.at(path));
        if sent != kept {
            return Err(Finding::broken(format!("{path} {}", shown(sent)), shown(kept)));
        }
    }
    let sent = addresses(at(&user.sent, "emails"));
    let kept = addresses(answer.at("emails"));
    if sent.iter().all(|address| kept.contains(address)) {
        return Ok(());
    }
    Err(Finding::broken(format!("emails with {}", sent.join(", ")), shown(answer.at("emails"))))
}

/// The addresses of an `emails` value, in lower case: servers may canonicalise them.
pub(crate) fn addresses(emails: Option<&Value>) -> Vec<String> {
    let emails = emails.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    emails.iter().filter_map(|email| at(email, "value")?.as_str()).map(str::to_lowercase).collect()
}

/// Upper case where it was lower, and the other way round.
pub(crate) fn other_case(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect()
}

/// A new user with everything that Okta adds of its own accord.
fn okta_body(cx: &mut Cx) -> Result<Value, Finding> {
    let external = format!("00u{:017x}", cx.rng().u64(..));
    let password = format!("{:08x}", cx.rng().u32(..));
    let mut body = user::new_body(cx)?;
    for (name, value) in [
        ("locale", json!("en-US")),
        ("externalId", json!(external)),
        ("groups", json!([])),
        ("password", json!(password)),
        ("active", json!(true)),
    ] {
        body[name] = value;
    }
    Ok(body)
}

/// Whether a text is an xsd:dateTime, with or without an offset.
fn is_date_time(text: &str) -> bool {
    text.contains('T')
        && (text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok())
}
