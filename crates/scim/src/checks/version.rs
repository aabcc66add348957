//! Versions of resources and requests that depend on them: RFC 7644 section 3.14.

mod states;

use oinspect_core::Capability::{EntityTags, Filter, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Finding, Group, Method, must, should};
use serde_json::Value;

use crate::answer::{at, shown};
use crate::checks::list::only_item;
use crate::user;
use crate::verbs::{Scim, user_name_query};

use states::{
    ask_if, changed, control, fresh, is_entity_tag, looks, no_tag, outdated, patch_if, replace_if, steady,
    tag, versions,
};

pub(crate) static GROUP: Group = Group {
    id: "scim.version",
    title: "Versions and entity tags",
    tags: &["users", "etag"],
    alone: false,
    checks: &[
        Check {
            id: "scim.version.read-has-an-etag",
            title: "Reading a user answers with an ETag header",
            requirement: must(Rfc7644, "3.14", "entity tags are sent as an HTTP header"),
            needs: &[EntityTags],
            pitfall: "The version is in the body alone.",
            fix: "Send the version of the user as the ETag header of GET.",
            run: |cx| {
                let looks = looks(cx)?;
                looks.one.expect_success().map_err(|one| one.as_obstacle("the user cannot be read"))?;
                tag(&looks.one).map(drop).ok_or_else(|| Finding::broken("an ETag header", "none"))
            },
        },
        Check {
            id: "scim.version.create-has-an-etag",
            title: "Creating a user answers with an ETag header",
            requirement: must(Rfc7644, "3.14", "entity tags are sent as an HTTP header"),
            needs: &[EntityTags],
            pitfall: "The header is added to GET alone, and a client has to read what it has just created.",
            fix: "Send the ETag header with every answer that shows a user.",
            run: |cx| {
                let looks = looks(cx)?;
                tag(&looks.user.answer).map(drop).ok_or_else(|| Finding::broken("an ETag header", "none"))
            },
        },
        Check {
            id: "scim.version.meta-has-the-version",
            title: "A user shows its version in meta",
            requirement: should(Rfc7644, "3.14", "the entity tag is given in meta.version as well"),
            needs: &[EntityTags],
            pitfall: "The version is a header alone, which lists and bulk answers cannot carry.",
            fix: "Write the entity tag into `meta.version`.",
            run: |cx| {
                let looks = looks(cx)?;
                looks.one.expect_success().map_err(|one| one.as_obstacle("the user cannot be read"))?;
                match looks.one.text_at("meta.version") {
                    Some(_) => Ok(()),
                    None => Err(Finding::broken("meta.version", shown(looks.one.at("meta")))),
                }
            },
        },
        Check {
            id: "scim.version.meta-version-is-the-etag",
            title: "The version in meta is the ETag header",
            requirement: must(Rfc7643, "3.1", "meta.version is the same as the ETag header"),
            needs: &[EntityTags],
            pitfall: "A counter is in the body and a hash in the header, or the quotation marks are missing in one of them.",
            fix: "Compute the entity tag once, and write it to both places, W/ and quotation marks included.",
            run: |cx| {
                let looks = looks(cx)?;
                let (Some(tag), Some(version)) = (tag(&looks.one), looks.one.text_at("meta.version")) else {
                    return Err(Finding::blocked("the version is not given in both places"));
                };
                if tag == version {
                    Ok(())
                } else {
                    Err(Finding::broken(format!("meta.version {tag}"), version))
                }
            },
        },
        Check {
            id: "scim.version.etag-is-well-formed",
            title: "The entity tag is a quoted text",
            requirement: must(Rfc7643, "3.1", "a version is an entity tag of HTTP, weak or strong"),
            needs: &[EntityTags],
            pitfall: "The quotation marks are left out, and proxies and clients drop the header.",
            fix: "Write ETag: W/\"1\" or ETag: \"1\", with the quotation marks.",
            run: |cx| {
                let looks = looks(cx)?;
                let Some(tag) = tag(&looks.one) else { return Err(no_tag()) };
                if is_entity_tag(tag) { Ok(()) } else { Err(Finding::broken("W/\"...\" or \"...\"", tag)) }
            },
        },
        Check {
            id: "scim.version.unchanged-user-is-not-sent-again",
            title: "A user that the client holds already is answered 304",
            requirement: should(
                Rfc7644,
                "3.14",
                "If-None-Match with the current version is answered 304 without a body",
            ),
            needs: &[EntityTags],
            pitfall: "The header is not read, or compared without its W/.",
            fix: "Compare If-None-Match with the current entity tag, and answer 304 where they agree.",
            run: |cx| {
                let (user, tag) = steady(cx)?;
                let answer = ask_if(cx, "If-None-Match", &tag, Method::Get, &user.path, None)?;
                answer.expect_status(304)?;
                if answer.is_empty() { Ok(()) } else { Err(Finding::broken("no body", answer.described())) }
            },
        },
        Check {
            id: "scim.version.changed-user-is-sent-again",
            title: "A user that has changed is sent again",
            requirement: must(Rfc7644, "3.14", "304 is the answer only where nothing has changed"),
            needs: &[EntityTags],
            pitfall: "Any If-None-Match is answered 304, and clients never see a change.",
            fix: "Answer 200 with the user unless the header names the current entity tag.",
            run: |cx| {
                let changed = changed(cx)?;
                let answer =
                    ask_if(cx, "If-None-Match", &changed.old, Method::Get, &changed.user.path, None)?;
                answer.expect_status(200).map(drop)
            },
        },
        Check {
            id: "scim.version.version-changes-with-the-user",
            title: "A user that has changed has another version",
            requirement: must(Rfc7644, "3.14", "a version stands for one state of the resource"),
            needs: &[EntityTags],
            pitfall: "The tag is made from the id or from the time of creation.",
            fix: "Make the entity tag from what changes: a counter, or a hash of the representation.",
            run: |cx| {
                let pair = versions(cx)?;
                if pair.old != pair.new {
                    return Ok(());
                }
                Err(Finding::broken(
                    "another version after a change",
                    format!("{} before and after", pair.old),
                ))
            },
        },
        Check {
            id: "scim.version.reading-keeps-the-version",
            title: "Reading a user leaves its version alone",
            requirement: should(Rfc7644, "3.14", "the version stays while the resource does"),
            needs: &[EntityTags],
            pitfall: "The tag is made from the present time, and no condition ever holds.",
            fix: "Make the entity tag from the stored resource alone.",
            run: |cx| {
                let looks = looks(cx)?;
                match (tag(&looks.one), tag(&looks.other)) {
                    (Some(one), Some(other)) if one == other => Ok(()),
                    (Some(one), Some(other)) => Err(Finding::broken(one, other)),
                    _ => Err(no_tag()),
                }
            },
        },
        Check {
            id: "scim.version.current-version-may-be-replaced",
            title: "A replacement of the current version succeeds",
            requirement: must(
                Rfc7644,
                "3.14",
                "If-Match lets a request through that names the current version",
            ),
            needs: &[EntityTags],
            pitfall: "Weak tags are compared strongly, and no condition ever holds.",
            fix: "Compare the tags as they are: W/\"1\" in the request is W/\"1\" on the server.",
            run: |cx| {
                let (user, tag) = fresh(cx)?;
                replace_if(cx, &user, &tag)?.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.version.any-version-may-be-replaced",
            title: "A replacement of whatever version there is succeeds",
            requirement: must(
                Rfc7644,
                "3.14",
                "requests are made conditional as HTTP has it, where If-Match: * lets any version through",
            ),
            needs: &[EntityTags],
            pitfall: "The star is compared with the entity tag like any other text, and never agrees.",
            fix: "Let If-Match: * through wherever the user exists.",
            run: |cx| {
                let user = user::own(cx)?;
                let answer = replace_if(cx, &user, "*")?;
                if answer.is_success() {
                    return Ok(());
                }
                let plain = cx.put(&user.path, &user.sent)?;
                plain.expect_success().map_err(|one| one.as_obstacle("no user can be replaced"))?;
                Err(Finding::broken("a success (status 2xx) with If-Match: *", answer.described()))
            },
        },
        Check {
            id: "scim.version.stale-replace-is-refused",
            title: "A replacement of a version that is gone is refused",
            requirement: should(Rfc7644, "3.14", "a PUT with If-Match succeeds only on that version"),
            needs: &[EntityTags],
            pitfall: "If-Match is not read, and the last writer wins.",
            fix: "Compare If-Match with the current entity tag in the transaction that writes, and answer 412.",
            run: |cx| {
                let pair = outdated(cx)?;
                replace_if(cx, &pair.user, &pair.old)?.expect_status(412)?;
                control(&replace_if(cx, &pair.user, &pair.new)?)
            },
        },
        Check {
            id: "scim.version.stale-patch-is-refused",
            title: "A PATCH of a version that is gone is refused",
            requirement: should(Rfc7644, "3.14", "a PATCH with If-Match succeeds only on that version"),
            needs: &[EntityTags, Patch],
            pitfall: "If-Match is read for PUT alone.",
            fix: "Compare If-Match with the current entity tag in the transaction that writes, and answer 412.",
            run: |cx| {
                let pair = outdated(cx)?;
                patch_if(cx, &pair.user, &pair.old)?.expect_status(412)?;
                control(&patch_if(cx, &pair.user, &pair.new)?)
            },
        },
        Check {
            id: "scim.version.stale-delete-is-refused",
            title: "A deletion of a version that is gone is refused",
            requirement: should(Rfc7644, "3.12", "412 says that a DELETE was meant for another version"),
            needs: &[EntityTags],
            pitfall: "If-Match is read for PUT and PATCH alone, and somebody's change is deleted unseen.",
            fix: "Compare If-Match with the current entity tag before a DELETE too, and answer 412.",
            run: |cx| {
                let pair = outdated(cx)?;
                let path = &pair.user.path;
                ask_if(cx, "If-Match", &pair.old, Method::Delete, path, None)?.expect_status(412)?;
                control(&ask_if(cx, "If-Match", &pair.new, Method::Delete, path, None)?)
            },
        },
        Check {
            id: "scim.version.listed-version-is-the-users",
            title: "A list shows the version that the user has",
            requirement: must(
                Rfc7643,
                "3.1",
                "meta.version is the resource's entity tag, wherever it is shown",
            ),
            needs: &[EntityTags, Filter],
            pitfall: "The tag is a hash of the answer, which differs between a list and a single read.",
            fix: "Make the entity tag from the stored resource, and show it everywhere.",
            run: |cx| {
                let (user, tag) = steady(cx)?;
                let item = only_item(cx, &user_name_query(&user.user_name), &user)?;
                match at(&item, "meta.version").and_then(Value::as_str) {
                    None => Err(Finding::blocked("a list shows no versions")),
                    Some(version) if version == tag => Ok(()),
                    Some(version) => Err(Finding::broken(tag, version)),
                }
            },
        },
    ],
};
