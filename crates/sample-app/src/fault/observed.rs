//! The faults that show in answers of every kind: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of answers of every kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObservedFault {
    /// A 405 has no body.
    MethodErrorsWithoutBody,
    /// The body of a 400 says 500.
    BadRequestSays500,
    /// Errors are sent as application/json.
    ErrorsAsPlainJson,
    /// A 404 has a scimType of the app's own.
    NotFoundWithKeyword,
    /// The detail of a 404 is a stack trace.
    StackTraceInDetail,
    /// Successes are sent as application/json.
    AnswersAsPlainJson,
    /// Resources within lists have no `schemas`.
    ListedWithoutSchemas,
    /// The answer to a PATCH has no `id`.
    PatchedWithoutId,
    /// A 401 says which token was wrong.
    TokenEchoed,
}

impl From<ObservedFault> for Fault {
    fn from(fault: ObservedFault) -> Self {
        Self::Observed(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Observed(ObservedFault::MethodErrorsWithoutBody),
        id: "method-errors-without-body",
        says: "A 405 has no body.",
        breaks: &["scim.observed.errors-are-scim-errors"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::BadRequestSays500),
        id: "bad-request-says-500",
        says: "The body of a 400 says 500.",
        breaks: &["scim.observed.error-statuses-agree"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::ErrorsAsPlainJson),
        id: "errors-as-plain-json",
        says: "Errors are sent as application/json.",
        breaks: &["scim.observed.errors-have-the-media-type"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::NotFoundWithKeyword),
        id: "not-found-with-keyword",
        says: "A 404 has a scimType of the app's own.",
        breaks: &["scim.observed.error-keywords-are-defined"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::StackTraceInDetail),
        id: "stack-trace-in-detail",
        says: "The detail of a 404 is a stack trace.",
        breaks: &["scim.observed.errors-show-no-internals"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::AnswersAsPlainJson),
        id: "answers-as-plain-json",
        says: "Successes are sent as application/json.",
        breaks: &["scim.observed.answers-have-the-media-type"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::ListedWithoutSchemas),
        id: "listed-without-schemas",
        says: "Resources within lists have no `schemas`.",
        breaks: &["scim.list.items-name-their-schemas", "scim.observed.resources-name-their-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::PatchedWithoutId),
        id: "patched-without-id",
        says: "The answer to a PATCH has no `id`.",
        breaks: &["scim.observed.resources-have-an-id", "scim.patch-whole.answers-200-with-the-user-or-204"],
        blocks: &[],
    },
    Row {
        fault: Fault::Observed(ObservedFault::TokenEchoed),
        id: "token-echoed",
        says: "A 401 says which token was wrong.",
        breaks: &["scim.observed.credentials-are-not-echoed"],
        blocks: &[],
    },
];
