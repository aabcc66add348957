//! The faults of creating resources: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of creating resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreateFault {
    /// A POST that makes a resource answers 200 instead of 201.
    CreateAnswers200,
    /// The answer to a POST has no Location header.
    CreateWithoutLocation,
    /// `meta.created` is missing from every resource.
    MetaWithoutCreated,
    /// A POST takes the `id` that the client sent.
    ClientIdAccepted,
    /// A POST accepts `name.familyName` and never stores it.
    FamilyNameLost,
    /// A POST with `groups: []` is refused with 400.
    EmptyGroupsRefused,
    /// A POST with a userName that is taken makes a second user.
    DuplicateAccepted,
    /// A POST with a userName that is taken answers 500.
    DuplicateAnswers500,
    /// Two userNames that differ in letter case only are two users.
    UniquenessMindsCase,
    /// A 409 has no `scimType`.
    ConflictWithoutScimType,
    /// A POST without userName makes a user.
    MissingUserNameAccepted,
    /// A body that is not JSON answers 500.
    MalformedJsonAnswers500,
    /// The password is stored as it is and shown with the user.
    PasswordReturned,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Create(CreateFault::CreateAnswers200),
        id: "create-answers-200",
        says: "A POST that makes a resource answers 200 instead of 201.",
        breaks: &["scim.create.answers-201-with-the-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::CreateWithoutLocation),
        id: "create-without-location",
        says: "The answer to a POST has no Location header.",
        breaks: &["scim.create.location-leads-to-the-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::MetaWithoutCreated),
        id: "meta-without-created",
        says: "`meta.created` is missing from every resource.",
        breaks: &["scim.create.meta-is-complete"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ClientIdAccepted),
        id: "client-id-accepted",
        says: "A POST takes the `id` that the client sent.",
        breaks: &["scim.create.client-id-is-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::FamilyNameLost),
        id: "family-name-lost",
        says: "A POST accepts `name.familyName` and never stores it.",
        breaks: &["scim.create.names-and-emails-are-kept"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::EmptyGroupsRefused),
        id: "empty-groups-refused",
        says: "A POST with `groups: []` is refused with 400.",
        breaks: &["scim.create.okta-user-is-accepted"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::DuplicateAccepted),
        id: "duplicate-accepted",
        says: "A POST with a userName that is taken makes a second user.",
        breaks: &[
            "scim.create.duplicate-user-name-conflicts",
            "scim.create.duplicate-in-other-case-conflicts",
        ],
        blocks: &["scim.create.conflict-says-uniqueness"],
    },
    Row {
        fault: Fault::Create(CreateFault::DuplicateAnswers500),
        id: "duplicate-answers-500",
        says: "A POST with a userName that is taken answers 500.",
        breaks: &[
            "scim.create.duplicate-user-name-conflicts",
            "scim.create.duplicate-in-other-case-conflicts",
        ],
        blocks: &["scim.create.conflict-says-uniqueness"],
    },
    Row {
        fault: Fault::Create(CreateFault::UniquenessMindsCase),
        id: "uniqueness-minds-case",
        says: "Two userNames that differ in letter case only are two users.",
        breaks: &["scim.create.duplicate-in-other-case-conflicts"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ConflictWithoutScimType),
        id: "conflict-without-scim-type",
        says: "A 409 has no `scimType`.",
        breaks: &["scim.create.conflict-says-uniqueness"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::MissingUserNameAccepted),
        id: "missing-user-name-accepted",
        says: "A POST without userName makes a user.",
        breaks: &["scim.create.missing-user-name-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::MalformedJsonAnswers500),
        id: "malformed-json-answers-500",
        says: "A body that is not JSON answers 500.",
        breaks: &["scim.create.malformed-json-is-refused"],
        blocks: &[
            "scim.errors.malformed-json-is-invalid-syntax",
            "scim.errors.malformed-put-is-refused",
            "scim.errors.malformed-patch-is-refused",
            "scim.errors.empty-body-is-refused",
            "scim.errors.array-is-refused",
            "scim.errors.text-is-refused",
            "scim.errors.invalid-utf-8-is-refused",
            "scim.errors.deep-nesting-does-not-fail",
            "scim.errors.huge-number-does-not-fail",
            "scim.errors.duplicate-keys-do-not-fail",
            "scim.errors.nul-does-not-fail",
        ],
    },
    Row {
        fault: Fault::Create(CreateFault::PasswordReturned),
        id: "password-returned",
        says: "The password is stored as it is and shown with the user.",
        breaks: &["scim.create.password-is-never-returned"],
        blocks: &[],
    },
];
