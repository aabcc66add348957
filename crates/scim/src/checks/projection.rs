//! Choosing what a single read shows: RFC 7644 sections 3.9 and 3.10.

use std::sync::Arc;

use oinspect_core::Capability::Enterprise;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, outlined, shown};
use crate::compare::is_nothing;
use crate::kind::Kind;
use crate::schema::{ENTERPRISE, need};
use crate::user::{self, USER, User};
use crate::verbs::{Scim, component};

pub(crate) static GROUP: Group = Group {
    id: "scim.projection",
    title: "Choosing what is shown of a user",
    tags: &["users", "read", "attributes"],
    alone: false,
    checks: &[
        Check {
            id: "scim.projection.attributes-choose-what-is-shown",
            title: "Only the attributes that were asked for are shown",
            requirement: must(Rfc7644, "3.9", "`attributes` takes the place of what is returned by default"),
            needs: &[],
            pitfall: "The parameter is not read.",
            fix: "Return the attributes that `attributes` names, and those that are always returned.",
            run: |cx| {
                whole(cx)?;
                let answer = narrowed(cx)?;
                answer.expect_status(200)?.json()?;
                if shows(&answer, "userName") && !shows(&answer, "displayName") && !shows(&answer, "name") {
                    return Ok(());
                }
                Err(Finding::broken("userName, without displayName and name", outlined(answer.any_json())))
            },
        },
        Check {
            id: "scim.projection.sub-attribute-is-shown-alone",
            title: "A part of a complex attribute is shown without its siblings",
            requirement: must(
                Rfc7644,
                "3.9",
                "`attributes` may name sub-attributes, and returns those alone",
            ),
            needs: &[],
            pitfall: "Names with a dot are unknown, or they bring the whole attribute.",
            fix: "Split the name at the dot, and return that part alone.",
            run: |cx| {
                need(cx, Kind::User, "name.givenName")?;
                let answer = chosen(cx, "name.givenName")?;
                if shows(&answer, "name.givenName") && !shows(&answer, "name.familyName") {
                    return Ok(());
                }
                Err(Finding::broken("name with givenName alone", shown(answer.at("name"))))
            },
        },
        Check {
            id: "scim.projection.urn-names-a-core-attribute",
            title: "An attribute can be named with its schema's URN",
            requirement: must(
                Rfc7644,
                "3.10",
                "an attribute's full name is its schema's URN, a colon and its name",
            ),
            needs: &[],
            pitfall: "Only short names are known, and the answer is empty.",
            fix: "Strip the URN of the core schema from a name before it is looked up.",
            run: |cx| asked_for_alone(cx, &format!("{USER}:displayName")),
        },
        Check {
            id: "scim.projection.urn-names-an-extension-attribute",
            title: "An attribute of an extension can be asked for",
            requirement: must(Rfc7644, "3.10", "an extension's attribute is named with the extension's URN"),
            needs: &[Enterprise],
            pitfall: "Names are split at the dot of the URN's version, and nothing is found.",
            fix: "Split off the URN at the last colon before anything else.",
            run: |cx| {
                let user = extended(cx)?;
                knows_attributes(cx)?;
                let name = format!("{ENTERPRISE}:department");
                let answer = cx.get(&format!("{}?attributes={}", user.path, component(&name)))?;
                answer.expect_status(200)?;
                if department(&answer).is_some() {
                    return Ok(());
                }
                Err(Finding::broken("the department", answer.described()))
            },
        },
        Check {
            id: "scim.projection.names-ignore-case",
            title: "The names of attributes are understood in any case",
            requirement: must(Rfc7644, "3.10", "names of attributes are case insensitive"),
            needs: &[],
            pitfall: "Names are compared byte by byte.",
            fix: "Compare the names of attributes without case.",
            run: |cx| asked_for_alone(cx, "DISPLAYNAME"),
        },
        Check {
            id: "scim.projection.id-comes-with-any-attributes",
            title: "The id is shown, whatever is asked for",
            requirement: must(
                Rfc7644,
                "3.9",
                "what is always returned comes with every choice of attributes",
            ),
            needs: &[],
            pitfall: "Only what was named is sent, and the client does not know whom it got.",
            fix: "Add `id` to every representation, asked for or not.",
            run: |cx| {
                let answer = narrowed(cx)?;
                answer.expect_status(200).map_err(|one| one.as_obstacle("`attributes` is not understood"))?;
                if shows(&answer, "id") { Ok(()) } else { Err(Finding::broken("the id", answer.described())) }
            },
        },
        Check {
            id: "scim.projection.excluded-attribute-is-left-out",
            title: "What is excluded is left out, and the rest stays",
            requirement: must(
                Rfc7644,
                "3.9",
                "`excludedAttributes` is taken away from what is returned by default",
            )
            .entra(Level::Should),
            needs: &[],
            pitfall: "The parameter is not read.",
            fix: "Leave out the attributes that `excludedAttributes` names, and nothing else.",
            run: |cx| {
                whole(cx)?;
                let answer = excluded(cx)?;
                answer.expect_status(200)?.json()?;
                if !shows(&answer, "displayName") && shows(&answer, "userName") && shows(&answer, "name") {
                    return Ok(());
                }
                Err(Finding::broken("no displayName, but userName and name", outlined(answer.any_json())))
            },
        },
        Check {
            id: "scim.projection.excluding-keeps-extensions",
            title: "What an extension holds stays, whatever else is excluded",
            requirement: must(Rfc7644, "3.9", "attributes that are not excluded are returned as ever")
                .entra(Level::Should),
            needs: &[Enterprise],
            pitfall: "The representation is built anew from the core attributes, and extensions are forgotten.",
            fix: "Take the excluded attributes out of the whole representation.",
            run: |cx| {
                let user = extended(cx)?;
                knows_exclusion(cx)?;
                let answer = cx.get(&format!("{}?excludedAttributes=displayName", user.path))?;
                answer.expect_status(200).map_err(|one| one.as_obstacle("nothing can be excluded"))?;
                if department(&answer).is_some() {
                    return Ok(());
                }
                Err(Finding::broken("the department", answer.described()))
            },
        },
        Check {
            id: "scim.projection.id-cannot-be-excluded",
            title: "The id cannot be excluded",
            requirement: must(Rfc7644, "3.4.2.5", "excluding has no effect on what is always returned")
                .entra(Level::Should),
            needs: &[],
            pitfall: "Whatever is named is taken away, the id too.",
            fix: "Ignore names in `excludedAttributes` whose attribute is always returned.",
            run: |cx| {
                let user = user::shared(cx)?;
                knows_exclusion(cx)?;
                let answer = cx.get(&format!("{}?excludedAttributes=id", user.path))?;
                answer.expect_status(200)?;
                if shows(&answer, "id") { Ok(()) } else { Err(Finding::broken("the id", answer.described())) }
            },
        },
        Check {
            id: "scim.projection.both-lists-are-no-failure",
            title: "Asking for some attributes and excluding others does not break the server",
            requirement: should(
                Rfc7644,
                "3.12",
                "a mistake of the client is answered as one, with status 400",
            ),
            needs: &[],
            pitfall: "Nobody thought of both, and an assertion fails.",
            fix: "Answer 400 with scimType invalidValue, or let `attributes` win.",
            run: |cx| {
                let user = whole(cx)?.0.clone();
                no_failure(cx, &format!("{}?attributes=userName&excludedAttributes=displayName", user.path))
            },
        },
        Check {
            id: "scim.projection.unknown-attribute-is-no-failure",
            title: "Asking for an attribute that does not exist does not break the server",
            requirement: should(
                Rfc7644,
                "3.12",
                "a mistake of the client is answered as one, with status 400",
            ),
            needs: &[],
            pitfall: "The name is looked up without a second look, and the exception becomes a 500.",
            fix: "Ignore names that no schema knows, or answer 400.",
            run: |cx| {
                let user = whole(cx)?.0.clone();
                no_failure(cx, &format!("{}?attributes=oinspectUnknown", user.path))
            },
        },
    ],
};

/// Whether an answer has a value at this path.
pub(crate) fn shows(answer: &Answer, path: &str) -> bool {
    answer.at(path).is_some_and(|value| !is_nothing(value))
}

/// The user that all checks read, and the answer to reading it without any wishes.
///
/// # Errors
/// Blocked, where it has nothing that could be left out.
fn whole(cx: &mut Cx) -> Result<Arc<(User, Answer)>, Finding> {
    need(cx, Kind::User, "displayName")?;
    let user = user::shared(cx)?;
    cx.once("user read whole", |cx| {
        let read = cx.get_when(&user.path, Answer::is_success)?;
        read.expect_status(200)?.json()?;
        if shows(&read, "displayName") && shows(&read, "name") {
            return Ok((User::clone(&user), read));
        }
        Err(Finding::broken("a user with displayName and name", read.described()))
    })
}

/// The user's userName alone, whatever comes of it.
fn narrowed(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let user = user::shared(cx)?;
    cx.once("user narrowed to its userName", |cx| cx.get(&format!("{}?attributes=userName", user.path)))
}

/// The user without its displayName, whatever comes of it.
fn excluded(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let user = user::shared(cx)?;
    cx.once("user without its displayName", |cx| {
        cx.get(&format!("{}?excludedAttributes=displayName", user.path))
    })
}

/// Blocked, where `attributes` has no effect at all.
fn knows_attributes(cx: &mut Cx) -> Result<(), Finding> {
    whole(cx)?;
    let answer = narrowed(cx)?;
    if answer.is_success() && !shows(&answer, "displayName") {
        return Ok(());
    }
    Err(Finding::blocked(format!("`attributes` has no effect: {}", answer.described())))
}

/// Blocked, where `excludedAttributes` has no effect at all.
fn knows_exclusion(cx: &mut Cx) -> Result<(), Finding> {
    whole(cx)?;
    let answer = excluded(cx)?;
    if answer.is_success() && !shows(&answer, "displayName") {
        return Ok(());
    }
    Err(Finding::blocked(format!("`excludedAttributes` has no effect: {}", answer.described())))
}

/// The user with one attribute alone.
fn chosen(cx: &mut Cx, name: &str) -> Result<Answer, Finding> {
    let user = user::shared(cx)?;
    knows_attributes(cx)?;
    let answer = cx.get(&format!("{}?attributes={}", user.path, component(name)))?;
    answer.expect_status(200)?;
    Ok(answer)
}

/// Judges that a name for displayName brings it and nothing else.
fn asked_for_alone(cx: &mut Cx, name: &str) -> Result<(), Finding> {
    let answer = chosen(cx, name)?;
    if shows(&answer, "displayName") && !shows(&answer, "name") {
        return Ok(());
    }
    Err(Finding::broken(format!("displayName alone for {name}"), outlined(answer.any_json())))
}

/// A user with a department.
fn extended(cx: &mut Cx) -> Result<Arc<User>, Finding> {
    cx.once("user with a department", |cx| {
        let mut extension = serde_json::Map::new();
        extension.insert(ENTERPRISE.to_owned(), json!({ "department": "Boats" }));
        let body = user::body_with(cx, &Value::Object(extension))?;
        let user = user::create(cx, body)?;
        let read = cx.get_when(&user.path, |read| department(read).is_some())?;
        if department(&read).is_some() {
            return Ok(user);
        }
        Err(Finding::broken("the department that was sent", read.described()))
    })
}

/// The department that an answer shows. The URN of the extension has a dot in it, so that it is no path.
fn department(answer: &Answer) -> Option<&Value> {
    answer.any_json()?.get(ENTERPRISE)?.get("department").filter(|value| !is_nothing(value))
}

fn no_failure(cx: &mut Cx, path: &str) -> Result<(), Finding> {
    let answer = cx.get(path)?;
    if answer.status() >= 500 {
        return Err(Finding::broken("status 200 or 400", answer.described()));
    }
    Ok(())
}
