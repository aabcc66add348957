//! The faults of versions and entity tags: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of versions and entity tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionFault {
    /// GET by id has no ETag header.
    ReadWithoutEtag,
    /// The answer to POST has no ETag header.
    CreateWithoutEtag,
    /// A resource that is shown alone has no `meta.version`.
    MetaWithoutVersion,
    /// `meta.version` is not what the ETag header says.
    MetaVersionDiffers,
    /// Entity tags have no quotation marks.
    EtagWithoutQuotes,
    /// If-None-Match has no effect on GET.
    IfNoneMatchIgnored,
    /// Every GET with If-None-Match answers 304.
    EverythingNotModified,
    /// The entity tag stays the same when the resource changes.
    VersionNeverChanges,
    /// The entity tag is another one at every look.
    VersionChangesOnRead,
    /// If-Match refuses every weak tag, the current one too.
    WeakTagsNeverMatch,
    /// If-Match: * is compared like any other text.
    StarNeverMatches,
    /// If-Match has no effect on PUT.
    StalePutAccepted,
    /// If-Match has no effect on PATCH.
    StalePatchAccepted,
    /// If-Match has no effect on DELETE.
    StaleDeleteAccepted,
    /// `meta.version` in a list is not the resource's entity tag.
    ListedVersionDiffers,
}

impl From<VersionFault> for Fault {
    fn from(fault: VersionFault) -> Self {
        Self::Version(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Version(VersionFault::ReadWithoutEtag),
        id: "read-without-etag",
        says: "GET by id has no ETag header.",
        breaks: &["scim.version.read-has-an-etag"],
        blocks: &[
            "scim.version.meta-version-is-the-etag",
            "scim.version.etag-is-well-formed",
            "scim.version.unchanged-user-is-not-sent-again",
            "scim.version.changed-user-is-sent-again",
            "scim.version.version-changes-with-the-user",
            "scim.version.reading-keeps-the-version",
            "scim.version.current-version-may-be-replaced",
            "scim.version.stale-replace-is-refused",
            "scim.version.stale-patch-is-refused",
            "scim.version.stale-delete-is-refused",
            "scim.version.listed-version-is-the-users",
        ],
    },
    Row {
        fault: Fault::Version(VersionFault::CreateWithoutEtag),
        id: "create-without-etag",
        says: "The answer to POST has no ETag header.",
        breaks: &["scim.version.create-has-an-etag"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::MetaWithoutVersion),
        id: "meta-without-version",
        says: "A resource that is shown alone has no `meta.version`.",
        breaks: &["scim.version.meta-has-the-version"],
        blocks: &["scim.version.meta-version-is-the-etag"],
    },
    Row {
        fault: Fault::Version(VersionFault::MetaVersionDiffers),
        id: "meta-version-differs",
        says: "`meta.version` is not what the ETag header says.",
        breaks: &["scim.version.meta-version-is-the-etag"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::EtagWithoutQuotes),
        id: "etag-without-quotes",
        says: "Entity tags have no quotation marks.",
        breaks: &["scim.version.etag-is-well-formed"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::IfNoneMatchIgnored),
        id: "if-none-match-ignored",
        says: "If-None-Match has no effect on GET.",
        breaks: &["scim.version.unchanged-user-is-not-sent-again"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::EverythingNotModified),
        id: "everything-not-modified",
        says: "Every GET with If-None-Match answers 304.",
        breaks: &["scim.version.changed-user-is-sent-again"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::VersionNeverChanges),
        id: "version-never-changes",
        says: "The entity tag stays the same when the resource changes.",
        breaks: &["scim.version.version-changes-with-the-user"],
        blocks: &[
            "scim.version.changed-user-is-sent-again",
            "scim.version.stale-replace-is-refused",
            "scim.version.stale-patch-is-refused",
            "scim.version.stale-delete-is-refused",
        ],
    },
    Row {
        fault: Fault::Version(VersionFault::VersionChangesOnRead),
        id: "version-changes-on-read",
        says: "The entity tag is another one at every look.",
        breaks: &["scim.read.reading-changes-nothing", "scim.version.reading-keeps-the-version"],
        blocks: &[
            "scim.version.current-version-may-be-replaced",
            "scim.version.listed-version-is-the-users",
            "scim.version.stale-delete-is-refused",
            "scim.version.stale-patch-is-refused",
            "scim.version.stale-replace-is-refused",
            "scim.version.unchanged-user-is-not-sent-again",
        ],
    },
    Row {
        fault: Fault::Version(VersionFault::WeakTagsNeverMatch),
        id: "weak-tags-never-match",
        says: "If-Match refuses every weak tag, the current one too.",
        breaks: &["scim.version.current-version-may-be-replaced"],
        blocks: &[
            "scim.version.stale-replace-is-refused",
            "scim.version.stale-patch-is-refused",
            "scim.version.stale-delete-is-refused",
        ],
    },
    Row {
        fault: Fault::Version(VersionFault::StarNeverMatches),
        id: "star-never-matches",
        says: "If-Match: * is compared like any other text.",
        breaks: &["scim.version.any-version-may-be-replaced"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::StalePutAccepted),
        id: "stale-put-accepted",
        says: "If-Match has no effect on PUT.",
        breaks: &["scim.version.stale-replace-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::StalePatchAccepted),
        id: "stale-patch-accepted",
        says: "If-Match has no effect on PATCH.",
        breaks: &["scim.version.stale-patch-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Version(VersionFault::StaleDeleteAccepted),
        id: "stale-delete-accepted",
        says: "If-Match has no effect on DELETE.",
        breaks: &["scim.version.stale-delete-is-refused"],
        blocks: &["scim.bulk.version-is-a-condition"],
    },
    Row {
        fault: Fault::Version(VersionFault::ListedVersionDiffers),
        id: "listed-version-differs",
        says: "`meta.version` in a list is not the resource's entity tag.",
        breaks: &["scim.version.listed-version-is-the-users"],
        blocks: &[],
    },
];
