//! How filters name attributes, their parts and their values: RFC 7644 sections 3.4.2.2 and 3.10.

use std::sync::Arc;

use oinspect_core::Capability::{Enterprise, Filter};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use crate::answer::at;
use crate::checks::filter::selection::{
    and_works, is_true_of_if_known, plain_filters_work, selects, selects_if_known,
};
use crate::kind::Kind;
use crate::schema::{ENTERPRISE, need, schemas};
use crate::user::{self, User};

pub(crate) static GROUP: Group = Group {
    id: "scim.filter-paths",
    title: "How filters name attributes",
    tags: &["users", "filter"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter-paths.names-in-any-case",
            title: "An attribute is known by its name in any letter case",
            requirement: must(Rfc7644, "3.4.2.2", "attribute names in filters are case insensitive")
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "The name is looked up as it was written: `username` is unknown.",
            fix: "Compare attribute names without case.",
            run: |cx| {
                plain_filters_work(cx)?;
                finds_by_name(cx, "username")?;
                finds_by_name(cx, "USERNAME")
            },
        },
        Check {
            id: "scim.filter-paths.urn-names-a-core-attribute",
            title: "A core attribute is known by its full name",
            requirement: must(
                Rfc7644,
                "3.10",
                "an attribute is identified by its schema's URN, a colon and its name",
            ),
            needs: &[Filter],
            pitfall: "The URN is known for extensions only, or its dots and colons confuse the parser.",
            fix: "Accept `urn:ietf:params:scim:schemas:core:2.0:User:userName` wherever `userName` is accepted.",
            run: |cx| {
                plain_filters_work(cx)?;
                full_name(cx)
            },
        },
        Check {
            id: "scim.filter-paths.urn-in-any-case",
            title: "A URN is known in any letter case",
            requirement: must(Rfc7644, "3.10", "the URN in front of an attribute is case insensitive"),
            needs: &[Filter],
            pitfall: "The URN is compared on bytes.",
            fix: "Compare the URN in front of an attribute without case.",
            run: |cx| {
                plain_filters_work(cx)?;
                cx.once("user found by an attribute's full name", full_name)?;
                finds_by_name(cx, &format!("{}:userName", user::USER.to_uppercase()))
            },
        },
        Check {
            id: "scim.filter-paths.part-of-a-complex-attribute",
            title: "A part of an attribute is compared by itself",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "a sub-attribute is named by its attribute, a dot and its name",
            ),
            needs: &[Filter],
            pitfall: "The dot is not understood, and the condition matches everybody or nobody.",
            fix: "Compare `name.familyName` with the family name.",
            run: |cx| {
                need(cx, Kind::User, "name.familyName")?;
                and_works(cx)?;
                let user = user::shared(cx)?;
                let Some(name) = user.answer.text_at("name.familyName") else {
                    return Err(Finding::blocked("a new user is answered without name.familyName"));
                };
                is_true_of_if_known(cx, &user, &format!("name.familyName eq {}", Value::from(name)), true)?;
                is_true_of_if_known(
                    cx,
                    &user,
                    &format!("name.familyName eq {}", Value::from(format!("{name}x"))),
                    false,
                )
            },
        },
        Check {
            id: "scim.filter-paths.any-value-is-enough",
            title: "One value of several is enough for a match",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "an attribute with many values matches if any of them does",
            ),
            needs: &[Filter],
            pitfall: "Only the first or the primary e-mail address is compared.",
            fix: "Compare every value of the attribute.",
            run: |cx| {
                let boxes = mailboxes(cx)?;
                for address in [&boxes.work, &boxes.home] {
                    let filter = format!("emails.value eq {}", Value::from(address.as_str()));
                    selects(cx, Kind::User, &filter, &[&boxes.user.id])?;
                }
                Ok(())
            },
        },
        Check {
            id: "scim.filter-paths.values-without-their-part",
            title: "An attribute with many values stands for their `value`",
            requirement: should(
                Rfc7644,
                "3.4.2.2",
                "the examples compare `emails` itself, and mean the addresses",
            ),
            needs: &[Filter],
            pitfall: "The list is compared with the text, and nobody is found.",
            fix: "Read `emails` in a filter as `emails.value`, or refuse it with 400.",
            run: |cx| {
                let boxes = mailboxes(cx)?;
                let filter = format!("emails eq {}", Value::from(boxes.work.as_str()));
                selects_if_known(cx, &filter, &[&boxes.user.id])
            },
        },
        Check {
            id: "scim.filter-paths.value-path-finds",
            title: "A filter in square brackets finds the value that it describes",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "square brackets hold a filter over the parts of each value",
            ),
            needs: &[Filter],
            pitfall: "What stands in the brackets is not looked at.",
            fix: "Evaluate the brackets against each value, or refuse them with 400 and scimType invalidFilter.",
            run: in_brackets,
        },
        Check {
            id: "scim.filter-paths.value-path-wants-one-value",
            title: "All conditions in square brackets hold for the same value",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "the expressions in square brackets apply to the same value",
            ),
            needs: &[Filter],
            pitfall: "Each condition may be met by another value: the type of one and the address of another.",
            fix: "Evaluate the whole of the brackets against one value at a time.",
            run: |cx| {
                let boxes = mailboxes(cx)?;
                cx.once("user found by a filter in square brackets", in_brackets)?;
                let address = Value::from(boxes.work.as_str());
                selects(cx, Kind::User, &format!("emails[type eq \"home\" and value eq {address}]"), &[])
            },
        },
        Check {
            id: "scim.filter-paths.enterprise-attribute",
            title: "An attribute of the enterprise extension can be looked for",
            requirement: must(Rfc7644, "3.10", "an extended attribute is named by its schema's URN")
                .entra(Level::Should),
            needs: &[Filter, Enterprise],
            pitfall: "Filters know the core attributes only.",
            fix: "Accept the extension's URN, a colon and the attribute's name in filters.",
            run: enterprise,
        },
        Check {
            id: "scim.filter-paths.resource-type",
            title: "Users can be told from groups by `meta.resourceType`",
            // A server may refuse to compare an attribute, with 400 invalidFilter (table 9); what it answers
            // has to be right.
            requirement: must(Rfc7644, "3.4.2.2", "only resources that match the filter are returned"),
            needs: &[Filter],
            pitfall: "`meta` is made when a user is shown, and filters never see it.",
            fix: "Let filters compare `meta.resourceType`, or refuse them with 400 and scimType invalidFilter.",
            run: |cx| {
                and_works(cx)?;
                let user = user::shared(cx)?;
                is_true_of_if_known(cx, &user, "meta.resourceType eq \"User\"", true)?;
                is_true_of_if_known(cx, &user, "meta.resourceType eq \"Group\"", false)
            },
        },
    ],
};

/// Judges that this name of `userName` finds the shared user alone.
fn finds_by_name(cx: &mut Cx, name: &str) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    selects(cx, Kind::User, &format!("{name} eq {}", Value::from(user.user_name.as_str())), &[&user.id])
}

fn full_name(cx: &mut Cx) -> Result<(), Finding> {
    finds_by_name(cx, &format!("{}:userName", user::USER))
}

/// A user with two addresses that nobody else has.
#[derive(Debug)]
struct Mailboxes {
    user: User,
    work: String,
    home: String,
}

fn mailboxes(cx: &mut Cx) -> Result<Arc<Mailboxes>, Finding> {
    need(cx, Kind::User, "emails.value")?;
    need(cx, Kind::User, "emails.type")?;
    plain_filters_work(cx)?;
    cx.once("user with two e-mail addresses", |cx| {
        let name = cx.name();
        let (work, home) = (format!("{name}-work@example.com"), format!("{name}-home@example.com"));
        let emails = json!([
            { "value": work, "type": "work", "primary": true },
            { "value": home, "type": "home" },
        ]);
        let body = user::body_with(cx, &json!({ "emails": emails }))?;
        let user = user::create(cx, body)?;
        let shown = user.answer.at("emails").map(Value::to_string).unwrap_or_default().to_lowercase();
        if !(shown.contains(&work.to_lowercase()) && shown.contains(&home.to_lowercase())) {
            return Err(Finding::broken("both e-mail addresses", user.answer.described()));
        }
        Ok(Mailboxes { user, work, home })
    })
}

/// Judges that square brackets are looked into.
fn in_brackets(cx: &mut Cx) -> Result<(), Finding> {
    let boxes = mailboxes(cx)?;
    let filter = |address: &str| format!("emails[type eq \"work\" and value eq {}]", Value::from(address));
    selects_if_known(cx, &filter(&boxes.work), &[&boxes.user.id])?;
    selects_if_known(cx, &filter(&format!("nobody-{}", boxes.work)), &[])
}

/// A department that nobody else works in.
fn enterprise(cx: &mut Cx) -> Result<(), Finding> {
    let schemas = schemas(cx)?;
    let described = schemas.schema(ENTERPRISE);
    let has = |schema: &crate::schema::Schema| schema.attributes.iter().any(|one| one.name == "department");
    if described.is_some_and(|schema| !has(schema)) {
        return Err(Finding::NotOffered {
            what: "the server's enterprise extension has no `department`".to_owned(),
        });
    }
    plain_filters_work(cx)?;
    let department = format!("Yard of {}", cx.name());
    let user = user::with(cx, &json!({ (ENTERPRISE): { "department": department } }))?;
    let members = user.answer.any_json().and_then(Value::as_object);
    let extension =
        members.into_iter().flatten().find(|(urn, _)| urn.eq_ignore_ascii_case(ENTERPRISE)).map(|(_, it)| it);
    if extension.and_then(|extension| at(extension, "department")) != Some(&json!(department)) {
        return Err(Finding::blocked("a new user is answered without its department"));
    }
    let filter = format!("{ENTERPRISE}:department eq {}", Value::from(department));
    selects_if_known(cx, &filter, &[&user.id])
}
