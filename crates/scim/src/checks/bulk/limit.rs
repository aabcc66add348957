//! How much a bulk request may hold: RFC 7644 section 3.7.4.

use oinspect_core::Capability::Bulk as Bulks;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Method, must};
use serde_json::{Value, json};

use crate::answer::{Answer, shown};
use crate::bulk;
use crate::user;
use crate::verbs::{Scim, user_path, with_json};

/// The most operations that are sent to find out whether one more is refused.
const FEW_ENOUGH: u64 = 2000;
/// The largest request that is sent for the same, in bytes.
const SMALL_ENOUGH: u64 = 2 * 1024 * 1024;

pub(super) const OPERATIONS: Check = Check {
    id: "scim.bulk.too-many-operations-are-413",
    title: "More operations than announced are refused with 413",
    requirement: must(Rfc7644, "3.7.4", "a request with more than `maxOperations` is answered 413"),
    needs: &[Bulks],
    pitfall: "The limit is announced and never looked at.",
    fix: "Count the operations first, and answer 413 that names the limit.",
    run: |cx| {
        let limit = limit(cx, "bulk.maxOperations", FEW_ENOUGH)?;
        let known = user::shared(cx)?;
        let nobody = user_path(&user::unknown_id(cx, &known.id));
        let operation = json!({ "method": "DELETE", "path": nobody });
        let operations = vec![operation; usize::try_from(limit).unwrap_or_default() + 1];
        let answer = send(cx, bulk::body(&Value::from(operations)).to_string())?;
        answer.expect_status(413).map(drop)
    },
};

pub(super) const PAYLOAD: Check = Check {
    id: "scim.bulk.too-large-is-413",
    title: "A larger request than announced is refused with 413",
    requirement: must(Rfc7644, "3.7.4", "a request of more than `maxPayloadSize` bytes is answered 413"),
    needs: &[Bulks],
    pitfall: "The limit is announced and never looked at, or the server fails with 500.",
    fix: "Limit the body to `maxPayloadSize`, and answer 413 that names the limit.",
    run: |cx| {
        let limit = limit(cx, "bulk.maxPayloadSize", SMALL_ENOUGH)?;
        let known = user::shared(cx)?;
        let nobody = user_path(&user::unknown_id(cx, &known.id));
        let mut body = bulk::body(&json!([{ "method": "DELETE", "path": nobody }])).to_string();
        // Spaces after the document are still JSON.
        let filling = usize::try_from(limit).unwrap_or_default() + 1;
        body.extend(std::iter::repeat_n(' ', filling.saturating_sub(body.len())));
        match send(cx, body) {
            Ok(answer) => answer.expect_status(413).map(drop),
            // Servers that refuse early may close before all was sent, and the answer is lost.
            Err(Finding::Broken { actual, .. }) => Err(Finding::NotVerified { why: actual }),
            Err(obstacle) => Err(obstacle),
        }
    },
};

/// A limit of the configuration that is low enough to be tried.
fn limit(cx: &mut Cx, path: &str, highest: u64) -> Result<u64, Finding> {
    bulk::works(cx)?;
    let config = cx.once("service provider configuration", |cx| cx.get("/ServiceProviderConfig"))?;
    let Some(limit) = config.at(path).and_then(Value::as_u64) else {
        let why = format!("{path} is no number: {}", shown(config.at(path)));
        return Err(Finding::blocked(why));
    };
    if limit <= highest {
        return Ok(limit);
    }
    Err(Finding::NotVerified { why: format!("{path} is {limit}: too much to try one more") })
}

fn send(cx: &mut Cx, body: String) -> Result<Answer, Finding> {
    let request = with_json(cx.request(Method::Post, "/Bulk")?, body);
    cx.ask(&request)
}
