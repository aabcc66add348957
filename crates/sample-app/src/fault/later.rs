//! The faults of requests that are answered later: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of requests that are answered later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LaterFault {
    /// The configuration says of asynchronous requests that they are supported, in no defined word.
    AsyncModeInvented,
    /// The configuration lists its events as one text.
    EventsAsText,
    /// A request with `Prefer: respond-async` is answered 400.
    PreferenceRefused,
    /// A 202 has no Set-Txn header.
    TransactionUnnamed,
    /// A 202 shows the resource.
    AcceptedWithBody,
    /// A 202 has no Preference-Applied header.
    PreferenceNotConfirmed,
    /// Every 202 names the same transaction.
    TransactionRepeated,
}

impl From<LaterFault> for Fault {
    fn from(fault: LaterFault) -> Self {
        Self::Later(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Later(LaterFault::AsyncModeInvented),
        id: "async-mode-invented",
        says: "The configuration says of asynchronous requests that they are supported, in no defined word.",
        breaks: &["scim.async.mode-is-defined"],
        blocks: &[
            "scim.async.accepted-request-names-its-transaction",
            "scim.async.accepted-answer-has-no-body",
            "scim.async.accepted-answer-says-what-was-applied",
            "scim.async.transactions-differ",
        ],
    },
    Row {
        fault: Fault::Later(LaterFault::EventsAsText),
        id: "events-as-text",
        says: "The configuration lists its events as one text.",
        breaks: &["scim.async.events-are-uris"],
        blocks: &[],
    },
    Row {
        fault: Fault::Later(LaterFault::PreferenceRefused),
        id: "preference-refused",
        says: "A request with `Prefer: respond-async` is answered 400.",
        breaks: &["scim.async.preference-is-no-error"],
        blocks: &[
            "scim.async.accepted-request-names-its-transaction",
            "scim.async.accepted-answer-has-no-body",
            "scim.async.accepted-answer-says-what-was-applied",
            "scim.async.transactions-differ",
        ],
    },
    Row {
        fault: Fault::Later(LaterFault::TransactionUnnamed),
        id: "transaction-unnamed",
        says: "A 202 has no Set-Txn header.",
        breaks: &["scim.async.accepted-request-names-its-transaction"],
        blocks: &["scim.async.transactions-differ"],
    },
    Row {
        fault: Fault::Later(LaterFault::AcceptedWithBody),
        id: "accepted-with-body",
        says: "A 202 shows the resource.",
        breaks: &["scim.async.accepted-answer-has-no-body"],
        blocks: &[],
    },
    Row {
        fault: Fault::Later(LaterFault::PreferenceNotConfirmed),
        id: "preference-not-confirmed",
        says: "A 202 has no Preference-Applied header.",
        breaks: &["scim.async.accepted-answer-says-what-was-applied"],
        blocks: &[],
    },
    Row {
        fault: Fault::Later(LaterFault::TransactionRepeated),
        id: "transaction-repeated",
        says: "Every 202 names the same transaction.",
        breaks: &["scim.async.transactions-differ"],
        blocks: &[],
    },
];
