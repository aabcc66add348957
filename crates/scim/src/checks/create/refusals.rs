//! Refusing what is no user: RFC 7643 section 4.1.1, RFC 7644 section 3.12.

use std::sync::Arc;

use oinspect_core::Capability::Active;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, may, must, should};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::checks::create::expect_nameless_refused;
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.refusals",
    title: "Refusing what is no user",
    tags: &["users", "create", "errors"],
    alone: false,
    checks: &[
        Check {
            id: "scim.refusals.empty-user-name",
            title: "A user with an empty userName is refused",
            requirement: must(Rfc7643, "4.1.1", "every user has a userName that is not empty")
                .okta(Level::Should),
            needs: &[],
            pitfall: "Only the presence of userName is checked, and \"\" is present.",
            fix: "Answer POST /Users with 400 and scimType invalidValue when userName is \"\".",
            run: |cx| expect_nameless_refused(&sent_with(cx, "userName", json!(""))?),
        },
        Check {
            id: "scim.refusals.blank-user-name",
            title: "A user whose userName is nothing but spaces is refused",
            // The RFC wants a text that is not empty, and spaces are one.
            requirement: may(
                Rfc7643,
                "4.1.1",
                "userName identifies the user and is shown to people, so that it has to say something",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "Spaces count as a name, and nobody can sign in with it or find it in a list.",
            fix: "Trim userName before you check that it is not empty, and answer 400 if nothing is left.",
            run: |cx| sent_with(cx, "userName", json!("   "))?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.refusals.missing-schemas",
            title: "A user that names no schema is refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that violates the schema is answered 400, and a resource must name its schemas",
            ),
            needs: &[],
            pitfall: "`schemas` is not looked at, so that a body of another kind is taken for a user.",
            fix: "Answer 400 with scimType invalidSyntax or invalidValue when `schemas` is missing.",
            run: |cx| {
                user::shared(cx)?;
                let mut body = user::new_body(cx)?;
                if let Some(members) = body.as_object_mut() {
                    members.shift_remove("schemas");
                }
                cx.post_user(&body)?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.refusals.unknown-schema",
            title: "A user of an unknown schema is refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that violates the schema is answered 400, and `schemas` names only those of the resource type",
            ),
            needs: &[],
            pitfall: "URNs that the server has never heard of are accepted, and their attributes are lost in silence.",
            fix: "Answer 400 with scimType invalidValue when `schemas` names a URN that /ResourceTypes does not.",
            run: |cx| {
                user::shared(cx)?;
                let mut body = user::new_body(cx)?;
                let unknown = json!("urn:oinspect:params:scim:schemas:extension:unknown:2.0:User");
                if let Some(schemas) = body.get_mut("schemas").and_then(Value::as_array_mut) {
                    schemas.push(unknown);
                }
                cx.post_user(&body)?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.refusals.text-for-a-flag",
            title: "A text that is no truth value is refused for active",
            requirement: should(
                Rfc7644,
                "3.12",
                "a value that does not fit the attribute's type is answered 400",
            ),
            needs: &[Active],
            pitfall: "Any text that is not empty counts as true, so that a typing error activates a user.",
            fix: "Answer 400 with scimType invalidValue when `active` is neither true nor false.",
            run: |cx| sent_with(cx, "active", json!("perhaps"))?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.refusals.text-for-an-object",
            title: "A text is refused where an object belongs",
            requirement: should(
                Rfc7644,
                "3.12",
                "a value that does not fit the attribute's type is answered 400",
            ),
            needs: &[],
            pitfall: "The code reads name.givenName of a text, fails, and the server answers 500.",
            fix: "Check that `name` is an object before you read its parts; answer 400 with scimType invalidValue.",
            run: |cx| sent_with(cx, "name", json!("Ann Ox"))?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.refusals.text-for-a-list",
            title: "A text is refused where a list belongs",
            requirement: should(
                Rfc7644,
                "3.12",
                "a value that does not fit the attribute's type is answered 400",
            ),
            needs: &[],
            pitfall: "The code goes through `emails` letter by letter, or fails and answers 500.",
            fix: "Check that `emails` is an array of objects; answer 400 with scimType invalidValue.",
            run: |cx| sent_with(cx, "emails", json!("ann.ox"))?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.refusals.says-invalid-value",
            title: "The refusal of a user without userName says invalidValue",
            requirement: should(
                Rfc7644,
                "3.12",
                "a required value that is missing is told by scimType invalidValue",
            ),
            needs: &[],
            pitfall: "The body of the 400 has a text for people and no scimType for programs.",
            fix: "Add `\"scimType\": \"invalidValue\"` to the body of the 400.",
            run: |cx| {
                let answer = nameless(cx)?;
                if !answer.is_refusal() {
                    return Err(Finding::blocked("a user without userName is not refused"));
                }
                if answer.status() == 409 {
                    return Err(Finding::blocked("the missing userName is taken for one that is in use"));
                }
                match answer.text_at("scimType") {
                    // A schema validator cannot always tell a missing value from a wrong structure.
                    Some("invalidValue" | "invalidSyntax") => Ok(()),
                    _ => Err(Finding::broken("scimType invalidValue", answer.described())),
                }
            },
        },
    ],
};

/// The answer to a new user with one attribute that is wrong. A sound user was accepted before.
fn sent_with(cx: &mut Cx, attribute: &str, value: Value) -> Result<Answer, Finding> {
    user::shared(cx)?;
    let mut body = user::new_body(cx)?;
    body[attribute] = value;
    if attribute != "userName" {
        return cx.post_user(&body);
    }
    // What comes of it is found by its id alone: other people's users may be nameless, too.
    let request = with_json(cx.request(Method::Post, Kind::User.endpoint())?, body.to_string());
    cx.send_creation(Kind::User, None, &request)
}

/// The answer to a user without userName.
fn nameless(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    user::shared(cx)?;
    cx.once("answer to a user without userName", |cx| {
        let mut body = user::new_body(cx)?;
        if let Some(members) = body.as_object_mut() {
            members.shift_remove("userName");
        }
        cx.post_user(&body)
    })
}
