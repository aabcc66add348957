//! Many operations in one request: RFC 7644 section 3.7.

mod carried;
mod failure;
mod limit;
mod refusal;

use oinspect_core::Capability::{Bulk as Bulks, Discovery};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Finding, Group as Section, Method, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at, shown};
use crate::bulk::{self, RESPONSE};
use crate::kind::Kind;
use crate::verbs::{Scim, with_json};

pub(crate) static GROUP: Section = Section {
    id: "scim.bulk",
    title: "Bulk requests",
    tags: &["bulk"],
    alone: false,
    checks: &[
        Check {
            id: "scim.bulk.support-is-as-said",
            title: "Bulk requests work where they are announced, and are refused where they are not",
            requirement: should(
                Rfc7644,
                "3.7",
                "the configuration tells whether bulk requests are supported",
            ),
            needs: &[],
            pitfall: "A framework announces them and nobody wrote them, or an unknown endpoint fails with 500.",
            fix: "Announce `bulk.supported` as it is; answer 501 or 404 at /Bulk where it is false.",
            run: |cx| {
                if cx.offers(Bulks) {
                    return bulk::sound(cx)?.expect_success(0);
                }
                if !cx.offers(Discovery) {
                    return Err(Finding::blocked("nothing says whether the server supports bulk requests"));
                }
                // Without an operation nothing can come of it.
                let body = bulk::body(&json!([])).to_string();
                let request = with_json(cx.request(Method::Post, "/Bulk")?, body);
                let answer = cx.ask(&request)?;
                if answer.is_success() || answer.is_refusal() || answer.is_not_implemented() {
                    return Ok(());
                }
                Err(Finding::broken("status 501 or 404", answer.described()))
            },
        },
        Check {
            id: "scim.bulk.answers-200",
            title: "A bulk request answers 200 with a BulkResponse",
            requirement: must(Rfc7644, "3.7", "a bulk request that was processed is answered 200"),
            needs: &[Bulks],
            pitfall: "201 because something was made, or 207 as elsewhere; `schemas` of something else.",
            fix: "Answer 200 with the schema of a BulkResponse, whatever became of the operations.",
            run: |cx| {
                let bulk = bulk::sound(cx)?;
                bulk.answer.expect_status(200)?.json()?;
                if bulk.answer.has_schema(RESPONSE) {
                    return Ok(());
                }
                Err(Finding::broken(format!("the schema {RESPONSE}"), bulk.answer.described()))
            },
        },
        Check {
            id: "scim.bulk.status-is-a-string",
            title: "The status of an operation is a string",
            requirement: must(
                Rfc7644,
                "3.7.3",
                "each result has the status of a single request, as a string",
            ),
            needs: &[Bulks],
            pitfall: "The status is a JSON number, which strict clients cannot read.",
            fix: "Write `\"status\": \"201\"` in each result.",
            run: |cx| {
                let bulk = bulk::works(cx)?;
                let status = bulk.result(0).and_then(|result| at(result, "status"));
                // The RFC's own example in 3.7.2 has an object with the code in it.
                let code = status.and_then(|status| at(status, "code")).or(status);
                if code.is_some_and(Value::is_string) {
                    return Ok(());
                }
                Err(Finding::broken("a status such as \"201\"", shown(status)))
            },
        },
        Check {
            id: "scim.bulk.location-leads-to-the-resource",
            title: "The result of a creation says where the new resource is",
            requirement: must(Rfc7644, "3.7.3", "every result but that of a failed POST has a location"),
            needs: &[Bulks],
            pitfall: "The client cannot learn the id of what it made.",
            fix: "Put the new resource's URL into `location` of its result.",
            run: |cx| {
                let bulk = bulk::works(cx)?;
                let Some(id) = bulk.located(0, Kind::User) else {
                    return Err(Finding::broken("a location below /Users", shown(bulk.result(0))));
                };
                let read = cx.get_when(&Kind::User.path(&id), Answer::is_success)?;
                if read.is_success() && read.text_at("id") == Some(id.as_str()) {
                    return Ok(());
                }
                Err(Finding::broken(format!("the user {id} at its location"), read.described()))
            },
        },
        Check {
            id: "scim.bulk.bulk-id-comes-back",
            title: "The result of a creation has the bulkId of its operation",
            requirement: must(Rfc7644, "3.7", "the bulkId of a creation is returned with its result"),
            needs: &[Bulks],
            pitfall: "Results are told by their order alone, which the server may change.",
            fix: "Copy `bulkId` from the operation to its result.",
            run: |cx| {
                let bulk = bulk::works(cx)?;
                let result = bulk.result(0);
                if result.and_then(|result| at(result, "bulkId")).is_some_and(Value::is_string) {
                    return Ok(());
                }
                Err(Finding::broken("a result with the bulkId", shown(result)))
            },
        },
        carried::REFERENCE,
        carried::CIRCLE,
        carried::PUT,
        carried::PATCH,
        carried::DELETE,
        failure::STATUS,
        failure::ERROR,
        failure::STOPS_NOBODY,
        failure::FAIL_ON_ERRORS,
        limit::OPERATIONS,
        limit::PAYLOAD,
        refusal::NO_BULK_ID,
        refusal::UNKNOWN_REFERENCE,
        refusal::UNKNOWN_METHOD,
        refusal::NO_SCHEMAS,
        refusal::VERSION,
    ],
};
