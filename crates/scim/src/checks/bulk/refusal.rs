//! Operations and bulk requests that must not be carried out: RFC 7644 section 3.7.

use oinspect_core::Capability::{Bulk as Bulks, EntityTags, Groups};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Finding, Method, must, should};
use serde_json::json;

use crate::answer::shown;
use crate::bulk;
use crate::group;
use crate::kind::Kind;
use crate::user;
use crate::verbs::Scim;

pub(super) const NO_BULK_ID: Check = Check {
    id: "scim.bulk.post-without-bulk-id-is-refused",
    title: "A creation without a bulkId is refused",
    requirement: must(Rfc7644, "3.7", "an operation with the method POST has a bulkId"),
    needs: &[Bulks],
    pitfall: "The resource is made, and the client cannot tell which result belongs to it.",
    fix: "Answer 400 for a POST operation without `bulkId`.",
    run: |cx| {
        bulk::works(cx)?;
        let data = user::new_body(cx)?;
        let operations = json!([{ "method": "POST", "path": "/Users", "data": data }]);
        bulk::send(cx, &bulk::body(&operations))?.expect_refusal(0)
    },
};

pub(super) const UNKNOWN_REFERENCE: Check = Check {
    id: "scim.bulk.unknown-reference-is-refused",
    title: "A reference to nothing is refused",
    requirement: should(Rfc7644, "3.7.2", "a bulkId stands for a resource that the same request makes"),
    needs: &[Bulks, Groups],
    pitfall: "The reference is dropped without a word, or stored as it is.",
    fix: "Answer 409 for an operation that refers to a bulkId which no operation has.",
    run: |cx| {
        bulk::works(cx)?;
        let (bulk_id, nothing) = (cx.name(), cx.name());
        let team = group::new_body(cx, &[&format!("bulkId:{nothing}")]);
        let operations = json!([bulk::post(Kind::Group, &bulk_id, &team)]);
        bulk::send(cx, &bulk::body(&operations))?.expect_refusal(0)
    },
};

pub(super) const UNKNOWN_METHOD: Check = Check {
    id: "scim.bulk.unknown-method-is-refused",
    title: "An operation with a method that there is not is refused",
    requirement: must(Rfc7644, "3.7", "an operation has the method POST, PUT, PATCH or DELETE"),
    needs: &[Bulks],
    pitfall: "The lookup of the method fails with an exception that nobody catches.",
    fix: "Answer 400 for an operation with any other method.",
    run: |cx| {
        bulk::works(cx)?;
        let known = user::shared(cx)?;
        let operations = json!([{ "method": "OINSPECT", "path": known.path }]);
        bulk::send(cx, &bulk::body(&operations))?.expect_refusal(0)
    },
};

pub(super) const NO_SCHEMAS: Check = Check {
    id: "scim.bulk.missing-schemas-are-refused",
    title: "A bulk request that does not say that it is one is refused",
    requirement: should(Rfc7644, "3.12", "a request that violates the schema of its message is answered 400"),
    needs: &[Bulks],
    pitfall: "The body is carried out whatever it says that it is.",
    fix: "Answer 400 unless `schemas` names the schema of a BulkRequest.",
    run: |cx| {
        bulk::works(cx)?;
        let data = user::new_body(cx)?;
        let bulk_id = cx.name();
        let body = json!({ "Operations": [bulk::post(Kind::User, &bulk_id, &data)] });
        let bulk = bulk::send(cx, &body)?;
        bulk.answer.expect_refusal().map(drop)
    },
};

pub(super) const VERSION: Check = Check {
    id: "scim.bulk.version-is-a-condition",
    title: "An operation on an old version is not carried out",
    requirement: should(Rfc7644, "3.7", "the version of an operation is the one that it is meant for"),
    needs: &[Bulks, EntityTags],
    pitfall: "`version` is not read, and a stale copy overwrites what others wrote.",
    fix: "Treat `version` as If-Match, and put the status 412 into the result.",
    run: |cx| {
        bulk::works(cx)?;
        let user = user::own(cx)?;
        let operations = json!([{ "method": "DELETE", "path": user.path, "version": "W/\"oinspect\"" }]);
        let bulk = bulk::send(cx, &bulk::body(&operations))?;
        if bulk.status(0) == Some(412) {
            return Ok(());
        }
        let other = user::own(cx)?;
        let stale = cx.request(Method::Delete, &other.path)?.header("If-Match", "W/\"oinspect\"");
        cx.ask(&stale)?
            .expect_status(412)
            .map_err(|finding| finding.as_obstacle("a DELETE with If-Match is not refused, either"))?;
        Err(Finding::broken("the status \"412\"", shown(bulk.result(0))))
    },
};
