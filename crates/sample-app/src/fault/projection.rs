//! The faults of `attributes` and `excludedAttributes`: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of `attributes` and `excludedAttributes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProjectionFault {
    /// `attributes` has no effect on GET by id.
    AttributesIgnoredByRead,
    /// `attributes` with a sub-attribute shows its siblings too.
    SubAttributeShowsTheWhole,
    /// `attributes` does not know a core attribute behind its schema's URN.
    UrnNotUnderstood,
    /// `attributes` does not know the attributes of extensions.
    ExtensionNotFound,
    /// `attributes` compares letter case.
    AttributeNamesMindCase,
    /// `attributes` leaves out `id` unless it is named.
    AttributesDropId,
    /// `excludedAttributes` has no effect on GET by id of a user.
    ExcludedIgnoredByRead,
    /// `excludedAttributes` leaves out extensions, whatever it names.
    ExcludingDropsExtensions,
    /// `excludedAttributes=id` leaves out the `id`.
    IdCanBeExcluded,
    /// `attributes` and `excludedAttributes` together answer 500.
    BothListsAnswer500,
    /// An unknown name in `attributes` answers 500.
    UnknownAttributeAnswers500,
    /// `attributes=password` shows what is stored of the password.
    PasswordOnRequest,
    /// `attributes` has no effect on lists.
    AttributesIgnoredByList,
    /// `excludedAttributes` has no effect on lists of users.
    ExcludedIgnoredByList,
    /// `attributes` has no effect on the answer to POST.
    AttributesIgnoredByCreate,
    /// `attributes` has no effect on the answer to PUT.
    AttributesIgnoredByReplace,
    /// `attributes` has no effect on the answer to PATCH.
    AttributesIgnoredByPatch,
    /// PATCH with `attributes` answers 204.
    PatchWithAttributesAnswers204,
    /// `excludedAttributes` has no effect on GET by id of a group.
    MembersNotExcluded,
    /// `excludedAttributes` has no effect on lists of groups.
    MembersNotExcludedFromList,
}

impl From<ProjectionFault> for Fault {
    fn from(fault: ProjectionFault) -> Self {
        Self::Projection(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Projection(ProjectionFault::AttributesIgnoredByRead),
        id: "attributes-ignored-by-read",
        says: "`attributes` has no effect on GET by id.",
        breaks: &["scim.projection.attributes-choose-what-is-shown"],
        blocks: &[
            "scim.projection.sub-attribute-is-shown-alone",
            "scim.projection.urn-names-a-core-attribute",
            "scim.projection.urn-names-an-extension-attribute",
            "scim.projection.names-ignore-case",
        ],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::SubAttributeShowsTheWhole),
        id: "sub-attribute-shows-the-whole",
        says: "`attributes` with a sub-attribute shows its siblings too.",
        breaks: &["scim.projection.sub-attribute-is-shown-alone"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::UrnNotUnderstood),
        id: "urn-not-understood",
        says: "`attributes` does not know a core attribute behind its schema's URN.",
        breaks: &["scim.projection.urn-names-a-core-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::ExtensionNotFound),
        id: "extension-not-found",
        says: "`attributes` does not know the attributes of extensions.",
        breaks: &["scim.projection.urn-names-an-extension-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::AttributeNamesMindCase),
        id: "shown-names-mind-case",
        says: "`attributes` compares letter case.",
        breaks: &["scim.projection.names-ignore-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::AttributesDropId),
        id: "attributes-drop-id",
        says: "`attributes` leaves out `id` unless it is named.",
        breaks: &["scim.observed.resources-have-an-id", "scim.projection.id-comes-with-any-attributes"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::ExcludedIgnoredByRead),
        id: "excluded-ignored-by-read",
        says: "`excludedAttributes` has no effect on GET by id of a user.",
        breaks: &["scim.projection.excluded-attribute-is-left-out"],
        blocks: &["scim.projection.excluding-keeps-extensions", "scim.projection.id-cannot-be-excluded"],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::ExcludingDropsExtensions),
        id: "excluding-drops-extensions",
        says: "`excludedAttributes` leaves out extensions, whatever it names.",
        breaks: &["scim.projection.excluding-keeps-extensions"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::IdCanBeExcluded),
        id: "id-can-be-excluded",
        says: "`excludedAttributes=id` leaves out the `id`.",
        breaks: &["scim.observed.resources-have-an-id", "scim.projection.id-cannot-be-excluded"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::BothListsAnswer500),
        id: "both-lists-answer-500",
        says: "`attributes` and `excludedAttributes` together answer 500.",
        breaks: &["scim.projection.both-lists-are-no-failure"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::UnknownAttributeAnswers500),
        id: "unknown-attribute-answers-500",
        says: "An unknown name in `attributes` answers 500.",
        breaks: &["scim.projection.unknown-attribute-is-no-failure"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::PasswordOnRequest),
        id: "password-on-request",
        says: "`attributes=password` shows what is stored of the password.",
        breaks: &["scim.password.is-not-returned-when-asked-for"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::AttributesIgnoredByList),
        id: "attributes-ignored-by-list",
        says: "`attributes` has no effect on lists.",
        breaks: &["scim.partial.list-shows-only-what-was-asked-for"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::ExcludedIgnoredByList),
        id: "excluded-ignored-by-list",
        says: "`excludedAttributes` has no effect on lists of users.",
        breaks: &["scim.partial.list-leaves-out-what-was-excluded"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::AttributesIgnoredByCreate),
        id: "attributes-ignored-by-create",
        says: "`attributes` has no effect on the answer to POST.",
        breaks: &["scim.partial.create-shows-only-what-was-asked-for"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::AttributesIgnoredByReplace),
        id: "attributes-ignored-by-replace",
        says: "`attributes` has no effect on the answer to PUT.",
        breaks: &["scim.partial.replace-shows-only-what-was-asked-for"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::AttributesIgnoredByPatch),
        id: "attributes-ignored-by-patch",
        says: "`attributes` has no effect on the answer to PATCH.",
        breaks: &["scim.partial.patch-shows-only-what-was-asked-for"],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::PatchWithAttributesAnswers204),
        id: "patch-with-attributes-answers-204",
        says: "PATCH with `attributes` answers 204.",
        breaks: &["scim.patch-whole.attributes-bring-a-body"],
        blocks: &["scim.partial.patch-shows-only-what-was-asked-for"],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::MembersNotExcluded),
        id: "members-not-excluded",
        says: "`excludedAttributes` has no effect on GET by id of a group.",
        breaks: &[
            "scim.membership.excluded-members-are-left-out",
            "scim.partial.group-is-read-without-members",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Projection(ProjectionFault::MembersNotExcludedFromList),
        id: "members-not-excluded-from-list",
        says: "`excludedAttributes` has no effect on lists of groups.",
        breaks: &[
            "scim.filter-groups.members-stay-out-on-request",
            "scim.partial.groups-are-listed-without-members",
        ],
        blocks: &[],
    },
];
