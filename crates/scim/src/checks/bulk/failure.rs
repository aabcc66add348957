//! Operations that fail: RFC 7644 section 3.7.3.

use std::sync::Arc;

use oinspect_core::Capability::Bulk as Bulks;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, must};
use serde_json::{Value, json};

use crate::answer::{at, shown};
use crate::bulk::{self, Bulk};
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, user_path};

pub(super) const STATUS: Check = Check {
    id: "scim.bulk.failure-has-its-status",
    title: "A failed operation has the status of the single request",
    requirement: must(Rfc7644, "3.7.3", "each result has the status that a single request would have had"),
    needs: &[Bulks],
    pitfall: "Every result has the status of the whole request.",
    fix: "Put the status of each operation into its result.",
    run: |cx| {
        let failing = failing(cx)?;
        let single = u64::from(cx.delete(&failing.nobody)?.status());
        let status = failing.bulk.status(0);
        if status == Some(single) {
            return Ok(());
        }
        Err(Finding::broken(format!("the status \"{single}\""), shown(failing.bulk.result(0))))
    },
};

pub(super) const ERROR: Check = Check {
    id: "scim.bulk.failure-has-an-error",
    title: "A failed operation comes with its error",
    requirement: must(Rfc7644, "3.7", "the result of a failed operation holds the error as `response`"),
    needs: &[Bulks],
    pitfall: "Only the status is told, and nobody can find out what was wrong.",
    fix: "Put the SCIM error of a failed operation into `response` of its result.",
    run: |cx| {
        let failing = failed(cx)?;
        let result = failing.bulk.result(0);
        if result.and_then(|result| at(result, "response")).is_some_and(Value::is_object) {
            return Ok(());
        }
        Err(Finding::broken("a result with a response", shown(result)))
    },
};

pub(super) const STOPS_NOBODY: Check = Check {
    id: "scim.bulk.failure-stops-nobody",
    title: "What stands after a failed operation is carried out",
    requirement: must(Rfc7644, "3.7", "as many operations as possible are carried out, whatever fails"),
    needs: &[Bulks],
    pitfall: "All operations share one transaction, which the first failure rolls back.",
    fix: "Carry every operation out by itself unless `failOnErrors` says when to stop.",
    run: |cx| failed(cx)?.bulk.expect_success(1),
};

pub(super) const FAIL_ON_ERRORS: Check = Check {
    id: "scim.bulk.fail-on-errors-stops",
    title: "A bulk request stops after as many failures as the client accepts",
    requirement: must(Rfc7644, "3.7.3", "processing ends when `failOnErrors` failures have happened"),
    needs: &[Bulks],
    pitfall: "`failOnErrors` is not read.",
    fix: "Count failures, and stop at `failOnErrors`.",
    run: |cx| {
        bulk::works(cx)?;
        let (_, operations) = operations(cx)?;
        let mut body = bulk::body(&operations);
        body["failOnErrors"] = json!(1);
        let bulk = bulk::send(cx, &body)?;
        if !bulk.refused(0) {
            return Err(Finding::blocked(format!("nothing failed: {}", bulk.answer.described())));
        }
        if bulk.succeeded(1) {
            return Err(Finding::broken("nothing after the failure", bulk.answer.described()));
        }
        Ok(())
    },
};

/// A bulk request whose first operation must fail and whose second is sound.
struct Failing {
    /// The path of a user that does not exist.
    nobody: String,
    bulk: Bulk,
}

fn failing(cx: &mut Cx) -> Result<Arc<Failing>, Finding> {
    bulk::works(cx)?;
    cx.once("bulk request with a failure", |cx| {
        let (nobody, operations) = operations(cx)?;
        Ok(Failing { nobody, bulk: bulk::send(cx, &bulk::body(&operations))? })
    })
}

/// The same, where its first operation did fail.
fn failed(cx: &mut Cx) -> Result<Arc<Failing>, Finding> {
    let failing = failing(cx)?;
    if failing.bulk.refused(0) {
        return Ok(failing);
    }
    Err(Finding::blocked(format!("nothing failed: {}", failing.bulk.answer.described())))
}

fn operations(cx: &mut Cx) -> Result<(String, Value), Finding> {
    let known = user::shared(cx)?;
    let nobody = user_path(&user::unknown_id(cx, &known.id));
    let data = user::new_body(cx)?;
    let bulk_id = cx.name();
    let operations = json!([{ "method": "DELETE", "path": nobody }, bulk::post(Kind::User, &bulk_id, &data)]);
    Ok((nobody, operations))
}
