//! The faults of reading resources: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of reading resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadFault {
    /// GET by id leaves out `emails`.
    ReadOmitsEmails,
    /// GET by id of a deactivated user answers 404.
    InactiveHiddenFromRead,
    /// GET of an unknown id answers 500.
    UnknownIdAnswers500,
    /// The body of every 404 is an HTML page.
    NotFoundAsHtml,
    /// `status` in an error is a JSON number.
    ErrorStatusAsNumber,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Read(ReadFault::ReadOmitsEmails),
        id: "read-omits-emails",
        says: "GET by id leaves out `emails`.",
        breaks: &["scim.read.returns-what-was-created"],
        blocks: &[],
    },
    Row {
        fault: Fault::Read(ReadFault::InactiveHiddenFromRead),
        id: "inactive-hidden-from-read",
        says: "GET by id of a deactivated user answers 404.",
        breaks: &["scim.read.deactivated-user-is-readable"],
        blocks: &["scim.replace.deactivates", "scim.patch.pathless-replace-deactivates"],
    },
    Row {
        fault: Fault::Read(ReadFault::UnknownIdAnswers500),
        id: "unknown-id-answers-500",
        says: "GET of an unknown id answers 500.",
        breaks: &["scim.read.unknown-id-is-404", "scim.delete.deleted-user-is-gone"],
        blocks: &["scim.errors.odd-ids-are-refused"],
    },
    Row {
        fault: Fault::Read(ReadFault::NotFoundAsHtml),
        id: "not-found-as-html",
        says: "The body of every 404 is an HTML page.",
        breaks: &[
            "scim.read.error-is-a-scim-error",
            "scim.observed.errors-are-scim-errors",
            "scim.observed.errors-have-the-media-type",
        ],
        blocks: &["scim.read.error-status-is-a-string"],
    },
    Row {
        fault: Fault::Read(ReadFault::ErrorStatusAsNumber),
        id: "error-status-as-number",
        says: "`status` in an error is a JSON number.",
        breaks: &["scim.read.error-status-is-a-string", "scim.observed.error-statuses-agree"],
        blocks: &[],
    },
];
