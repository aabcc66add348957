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
    /// GET by id finds a user by its id in another case.
    IdsIgnoreCase,
    /// GET by id counts as a modification.
    ReadingModifies,
    /// The userName of a new user is stored in lower case.
    UserNamesFolded,
    /// A filter that matched nothing goes on matching nothing.
    MissesCached,
}

impl From<ReadFault> for Fault {
    fn from(fault: ReadFault) -> Self {
        Self::Read(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Read(ReadFault::ReadOmitsEmails),
        id: "read-omits-emails",
        says: "GET by id leaves out `emails`.",
        breaks: &["scim.read.returns-what-was-created"],
        blocks: &[
            "scim.patch-add.keeps-the-other-values",
            "scim.patch-add.new-primary-demotes-the-old",
            "scim.patch-add.pathless-keeps-the-other-values",
            "scim.patch-add.takes-one-object-for-a-list",
            "scim.patch-add.takes-several-values",
            "scim.patch-add.value-path-makes-what-is-missing",
            "scim.patch-add.what-is-there-is-not-doubled",
            "scim.patch-paths.filter-with-a-boolean",
            "scim.patch-paths.filter-with-and",
            "scim.patch-remove.filter-removes-only-the-match",
            "scim.patch-replace.exchanges-every-value",
            "scim.patch-replace.value-path-changes-only-the-match",
            "scim.patch-replace.value-path-replaces-the-element",
            "scim.replace-values.exchanges-every-value",
        ],
    },
    Row {
        fault: Fault::Read(ReadFault::InactiveHiddenFromRead),
        id: "inactive-hidden-from-read",
        says: "GET by id of a deactivated user answers 404.",
        breaks: &["scim.read.deactivated-user-is-readable"],
        blocks: &[
            "scim.replace.deactivates",
            "scim.patch.pathless-replace-deactivates",
            "scim.patch-replace.pathless-reactivates",
            "scim.replace-values.reactivates",
        ],
    },
    Row {
        fault: Fault::Read(ReadFault::UnknownIdAnswers500),
        id: "unknown-id-answers-500",
        says: "GET of an unknown id answers 500.",
        breaks: &[
            "scim.read.unknown-id-is-404",
            "scim.delete.deleted-user-is-gone",
            "scim.group.unknown-id-is-404",
            "scim.group.deleted-group-is-gone",
        ],
        blocks: &["scim.read.id-is-compared-exactly", "scim.errors.odd-ids-are-refused"],
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
    Row {
        fault: Fault::Read(ReadFault::IdsIgnoreCase),
        id: "ids-ignore-case",
        says: "GET by id finds a user by its id in another case.",
        breaks: &["scim.read.id-is-compared-exactly"],
        blocks: &[],
    },
    Row {
        fault: Fault::Read(ReadFault::ReadingModifies),
        id: "reading-modifies",
        says: "GET by id counts as a modification.",
        breaks: &["scim.read.reading-changes-nothing", "scim.version.reading-keeps-the-version"],
        blocks: &[
            "scim.version.current-version-may-be-replaced",
            "scim.version.listed-version-is-the-users",
            "scim.version.stale-delete-is-refused",
            "scim.version.stale-patch-is-refused",
            "scim.version.stale-replace-is-refused",
            "scim.version.unchanged-user-is-not-sent-again",
            "scim.list.items-are-whole-users",
            "scim.patch-add.what-is-there-leaves-last-modified",
        ],
    },
    Row {
        fault: Fault::Read(ReadFault::UserNamesFolded),
        id: "user-names-folded",
        says: "The userName of a new user is stored in lower case.",
        breaks: &["scim.read.user-name-keeps-its-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Read(ReadFault::MissesCached),
        id: "misses-cached",
        says: "A filter that matched nothing goes on matching nothing.",
        breaks: &["scim.read.created-user-is-found"],
        blocks: &[],
    },
];
