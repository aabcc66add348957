//! The faults of many operations in one request: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of many operations in one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BulkFault {
    /// Bulk is not offered, and POST /Bulk answers 500.
    BulkNotOfferedAnswers500,
    /// A bulk request answers 201.
    BulkAnswers201,
    /// The status of an operation is a JSON number.
    BulkStatusAsNumber,
    /// An operation's result has no `location`.
    BulkLocationMissing,
    /// An operation's result has no `bulkId`.
    BulkIdNotReturned,
    /// `bulkId:` in the data is taken for an id.
    BulkReferenceNotResolved,
    /// The reference that closes a circle is dropped.
    CircleLeftOpen,
    /// PUT, PATCH and DELETE in a bulk request succeed and change nothing.
    BulkWritesForgotten,
    /// An operation on a resource that does not exist has the status 204.
    BulkFailureAsSuccess,
    /// A failed operation has no `response`.
    BulkFailureWithoutError,
    /// The first failure ends a bulk request.
    BulkStopsAtFailure,
    /// `failOnErrors` has no effect.
    FailOnErrorsIgnored,
    /// A bulk request may hold more operations than are announced.
    MaxOperationsIgnored,
    /// A bulk request may be larger than is announced.
    MaxPayloadIgnored,
    /// A POST in a bulk request needs no `bulkId`.
    BulkIdNotNeeded,
    /// A reference to a bulkId that nothing has is dropped.
    UnknownReferenceDropped,
    /// An operation with an unknown method has the status 500.
    BulkMethodUnknownAnswers500,
    /// A bulk request needs no `schemas`.
    BulkSchemasNotNeeded,
    /// The `version` of an operation has no effect.
    BulkVersionIgnored,
}

impl From<BulkFault> for Fault {
    fn from(fault: BulkFault) -> Self {
        Self::Bulk(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Bulk(BulkFault::BulkNotOfferedAnswers500),
        id: "bulk-not-offered-answers-500",
        says: "Bulk is not offered, and POST /Bulk answers 500.",
        breaks: &["scim.bulk.support-is-as-said"],
        blocks: &[
            "scim.bulk.answers-200",
            "scim.bulk.status-is-a-string",
            "scim.bulk.location-leads-to-the-resource",
            "scim.bulk.bulk-id-comes-back",
            "scim.bulk.reference-is-resolved",
            "scim.bulk.circle-is-resolved",
            "scim.bulk.put-is-carried-out",
            "scim.bulk.patch-is-carried-out",
            "scim.bulk.delete-is-carried-out",
            "scim.bulk.failure-has-its-status",
            "scim.bulk.failure-has-an-error",
            "scim.bulk.failure-stops-nobody",
            "scim.bulk.fail-on-errors-stops",
            "scim.bulk.too-many-operations-are-413",
            "scim.bulk.too-large-is-413",
            "scim.bulk.post-without-bulk-id-is-refused",
            "scim.bulk.unknown-reference-is-refused",
            "scim.bulk.unknown-method-is-refused",
            "scim.bulk.missing-schemas-are-refused",
            "scim.bulk.version-is-a-condition",
        ],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkAnswers201),
        id: "bulk-answers-201",
        says: "A bulk request answers 201.",
        breaks: &["scim.bulk.answers-200"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkStatusAsNumber),
        id: "bulk-status-as-number",
        says: "The status of an operation is a JSON number.",
        breaks: &["scim.bulk.status-is-a-string"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkLocationMissing),
        id: "bulk-location-missing",
        says: "An operation's result has no `location`.",
        breaks: &["scim.bulk.location-leads-to-the-resource"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkIdNotReturned),
        id: "bulk-id-not-returned",
        says: "An operation's result has no `bulkId`.",
        breaks: &["scim.bulk.bulk-id-comes-back"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkReferenceNotResolved),
        id: "bulk-reference-not-resolved",
        says: "`bulkId:` in the data is taken for an id.",
        breaks: &["scim.bulk.reference-is-resolved"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::CircleLeftOpen),
        id: "circle-left-open",
        says: "The reference that closes a circle is dropped.",
        breaks: &["scim.bulk.circle-is-resolved"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkWritesForgotten),
        id: "bulk-writes-forgotten",
        says: "PUT, PATCH and DELETE in a bulk request succeed and change nothing.",
        breaks: &[
            "scim.bulk.put-is-carried-out",
            "scim.bulk.patch-is-carried-out",
            "scim.bulk.delete-is-carried-out",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkFailureAsSuccess),
        id: "bulk-failure-as-success",
        says: "An operation on a resource that does not exist has the status 204.",
        breaks: &["scim.bulk.failure-has-its-status"],
        blocks: &[
            "scim.bulk.failure-has-an-error",
            "scim.bulk.failure-stops-nobody",
            "scim.bulk.fail-on-errors-stops",
        ],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkFailureWithoutError),
        id: "bulk-failure-without-error",
        says: "A failed operation has no `response`.",
        breaks: &["scim.bulk.failure-has-an-error"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkStopsAtFailure),
        id: "bulk-stops-at-failure",
        says: "The first failure ends a bulk request.",
        breaks: &["scim.bulk.failure-stops-nobody"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::FailOnErrorsIgnored),
        id: "fail-on-errors-ignored",
        says: "`failOnErrors` has no effect.",
        breaks: &["scim.bulk.fail-on-errors-stops"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::MaxOperationsIgnored),
        id: "max-operations-ignored",
        says: "A bulk request may hold more operations than are announced.",
        breaks: &["scim.bulk.too-many-operations-are-413"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::MaxPayloadIgnored),
        id: "max-payload-ignored",
        says: "A bulk request may be larger than is announced.",
        breaks: &["scim.bulk.too-large-is-413"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkIdNotNeeded),
        id: "bulk-id-not-needed",
        says: "A POST in a bulk request needs no `bulkId`.",
        breaks: &["scim.bulk.post-without-bulk-id-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::UnknownReferenceDropped),
        id: "unknown-reference-dropped",
        says: "A reference to a bulkId that nothing has is dropped.",
        breaks: &["scim.bulk.unknown-reference-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkMethodUnknownAnswers500),
        id: "bulk-method-unknown-answers-500",
        says: "An operation with an unknown method has the status 500.",
        breaks: &["scim.bulk.unknown-method-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkSchemasNotNeeded),
        id: "bulk-schemas-not-needed",
        says: "A bulk request needs no `schemas`.",
        breaks: &["scim.bulk.missing-schemas-are-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Bulk(BulkFault::BulkVersionIgnored),
        id: "bulk-version-ignored",
        says: "The `version` of an operation has no effect.",
        breaks: &["scim.bulk.version-is-a-condition"],
        blocks: &[],
    },
];
