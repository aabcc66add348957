//! What the server alone says of a new resource: RFC 7643 section 3.1.

use jiff::{SignedDuration, Timestamp, Zoned};
use oinspect_core::Capability::Groups;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::json;

use crate::answer::{Answer, shown};
use crate::group;
use crate::user::{self, USER, User};
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.meta",
    title: "What the server says of a new user",
    tags: &["users", "create"],
    alone: false,
    checks: &[
        Check {
            id: "scim.meta.answer-names-the-schema",
            title: "The answer to a creation names the user schema",
            requirement: must(Rfc7643, "3", "every representation names the schemas of what it holds")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The row of the database is answered as it is, without `schemas`.",
            fix: "Put `schemas` with urn:ietf:params:scim:schemas:core:2.0:User into the answer to POST /Users.",
            run: |cx| {
                let user = user::shared(cx)?;
                represented(&user)?;
                if user.answer.has_schema(USER) {
                    return Ok(());
                }
                Err(Finding::broken(format!("schemas with {USER}"), shown(user.answer.at("schemas"))))
            },
        },
        Check {
            id: "scim.meta.id-is-not-reserved",
            title: "An id does not hold the reserved word bulkId",
            requirement: must(Rfc7643, "3.1", "the word bulkId is reserved and no part of any id")
                .okta(Level::Must),
            needs: &[],
            pitfall: "Ids of resources made in bulk keep the prefix of their placeholder.",
            fix: "Choose ids without the text bulkId: Okta refuses to work with them.",
            run: |cx| {
                let user = user::shared(cx)?;
                if user.id.to_lowercase().contains("bulkid") {
                    return Err(Finding::broken("an id without bulkId", user.id.clone()));
                }
                Ok(())
            },
        },
        Check {
            id: "scim.meta.new-user-was-never-modified",
            title: "A new user was last modified when it was created",
            requirement: must(
                Rfc7643,
                "3.1",
                "lastModified is the same as created as long as the resource was not changed",
            ),
            needs: &[],
            pitfall: "The clock is read twice, or a trigger stores the user a second time.",
            fix: "Take one moment for meta.created and meta.lastModified when a user is created.",
            run: |cx| {
                let user = user::shared(cx)?;
                let (created, modified) =
                    (instant(&user, "meta.created")?, instant(&user, "meta.lastModified")?);
                if created == modified {
                    return Ok(());
                }
                Err(Finding::broken(format!("lastModified {created}"), format!("lastModified {modified}")))
            },
        },
        Check {
            id: "scim.meta.created-is-the-moment",
            title: "A new user was created at the moment when it was created",
            requirement: must(Rfc7643, "3.1", "created is when the resource was added to the server"),
            needs: &[],
            pitfall: "Local time is written with a Z, as if it were UTC.",
            fix: "Store moments in UTC and write them with Z, or with the offset that they have.",
            run: |cx| {
                let user = user::shared(cx)?;
                let created = instant(&user, "meta.created")?;
                // The server's own clock, as its answer gives it: it may well be wrong.
                let now = user.answer.header("date").and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
                let now = now.as_ref().map(Zoned::timestamp).ok_or_else(|| Finding::NotVerified {
                    why: "the answer has no Date header to compare with".to_owned(),
                })?;
                if created.duration_since(now).abs() < SignedDuration::from_mins(10) {
                    return Ok(());
                }
                Err(Finding::broken(format!("created about {now}"), format!("created {created}")))
            },
        },
        Check {
            id: "scim.meta.locations-agree",
            title: "The Location header and meta.location are the same",
            requirement: must(
                Rfc7644,
                "3.3",
                "the new resource's URI is both in the Location header and in meta.location",
            ),
            needs: &[],
            pitfall: "The header is built by the framework, from the host name behind the proxy.",
            fix: "Build the public URL of a user in one place, and use it for the header and for meta.location.",
            run: |cx| {
                let user = user::shared(cx)?;
                locations_agree(cx, &user)
            },
        },
        Check {
            id: "scim.meta.client-meta-is-ignored",
            title: "What a client says in meta is ignored",
            requirement: must(Rfc7643, "3.1", "meta is the server's, and ignored when a client sends it"),
            needs: &[],
            pitfall: "The body is stored as it came, and a client backdates its users.",
            fix: "Drop `meta` from what a client sends, and fill it yourself.",
            run: |cx| {
                let sent = json!({ "meta": {
                    "resourceType": "Robot",
                    "created": "2001-02-03T04:05:06Z",
                    "lastModified": "2001-02-03T04:05:06Z",
                    "location": "https://oinspect.invalid/Users/1",
                    "version": "W/\"oinspect\"",
                } });
                let body = user::body_with(cx, &sent)?;
                let user = user::create(cx, body)?;
                let kept = [("meta.resourceType", "Robot"), ("meta.version", "W/\"oinspect\"")]
                    .iter()
                    .any(|(path, sent)| user.answer.text_at(path) == Some(*sent));
                let meta = shown(user.answer.at("meta"));
                if kept || meta.contains("2001-02-03") || meta.contains("oinspect.invalid") {
                    return Err(Finding::broken("meta as the server makes it", meta));
                }
                Ok(())
            },
        },
        Check {
            id: "scim.meta.client-groups-are-ignored",
            title: "A new user joins no group by its own word",
            requirement: must(
                Rfc7644,
                "3.3",
                "attributes that only the server writes are ignored, and `groups` of a user is one",
            ),
            needs: &[Groups],
            pitfall: "`groups` of the body is stored, and whoever may create users makes administrators.",
            fix: "Ignore `groups` in POST /Users: membership is changed at the group.",
            run: |cx| {
                let group = group::own(cx, &[])?;
                let body = user::body_with(cx, &json!({ "groups": [{ "value": group.id }] }))?;
                let user = user::create(cx, body)?;
                let read = cx.get_when(&group.path, Answer::is_success)?;
                read.expect_success().map_err(|finding| finding.as_obstacle("the group cannot be read"))?;
                if group::members(&read).contains(&user.id.as_str()) {
                    return Err(Finding::broken("a group without members", read.described()));
                }
                Ok(())
            },
        },
    ],
};

/// Blocked where the answer to the creation shows no user: that is a requirement of its own.
fn represented(user: &User) -> Result<(), Finding> {
    match user.answer.text_at("userName") {
        Some(_) => Ok(()),
        None => Err(Finding::blocked("the answer to the creation does not show the user")),
    }
}

/// A moment in the answer to a creation; without an offset, it is taken for UTC.
fn instant(user: &User, path: &str) -> Result<Timestamp, Finding> {
    let text = user.answer.text_at(path);
    let moment = text.and_then(|text| {
        let utc =
            |text: &str| text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
        text.parse::<Timestamp>().ok().or_else(|| utc(text).map(|moment| moment.timestamp()))
    });
    moment.ok_or_else(|| Finding::blocked(format!("{path} is no moment: {}", shown(user.answer.at(path)))))
}

fn locations_agree(cx: &Cx, user: &User) -> Result<(), Finding> {
    let (Some(header), Some(meta)) = (user.answer.header("location"), user.answer.text_at("meta.location"))
    else {
        return Err(Finding::blocked("one of the two is missing"));
    };
    // A relative address begins below the base (RFC 7643, 2.3.7).
    let base = url::Url::parse(&format!("{}/", cx.target()?.base_url));
    let base = base.map_err(|error| Finding::blocked(error.to_string()))?;
    match (base.join(header), base.join(meta)) {
        (Ok(one), Ok(other)) if one == other => Ok(()),
        _ => Err(Finding::broken(format!("Location {meta}, as in meta"), format!("Location {header}"))),
    }
}
