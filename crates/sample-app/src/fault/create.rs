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
    /// A POST with an empty userName makes a user.
    EmptyUserNameAccepted,
    /// A POST with a userName of spaces makes a user.
    BlankUserNameAccepted,
    /// A POST without `schemas` makes a user.
    MissingSchemasAccepted,
    /// URNs in `schemas` of a POST are not looked at.
    UnknownSchemaAccepted,
    /// A POST with a text for `active` makes an active user.
    AnyTextIsTrue,
    /// A POST with a text for `name` answers 500.
    TextForObjectAnswers500,
    /// A POST with a text for `emails` answers 500.
    TextForListAnswers500,
    /// A body that is a JSON array answers 500.
    ListAsBodyAnswers500,
    /// A POST that is refused with 400 has no `scimType`.
    RefusalWithoutScimType,
    /// The answer to a POST has no `schemas`.
    AnswerWithoutSchemas,
    /// Ids begin with `bulkId-`.
    BulkIdInIds,
    /// A new resource was last modified a minute after it was created.
    NewUserModifiedLater,
    /// Local time, two hours ahead, is written as if it were UTC.
    LocalTimeAsUtc,
    /// The Location header of a new resource names a host behind the proxy.
    LocationOfInnerHost,
    /// The answer to a POST shows the `meta.created` that the client sent.
    ClientMetaShown,
    /// A new user joins the groups that the client wrote into `groups`.
    ClientGroupsJoined,
    /// Two POSTs of one userName at the same moment make two users.
    RaceMakesSecondUser,
    /// Of two POSTs of one userName at the same moment, one answers 500.
    RaceAnswers500,
    /// A POST with a userName that is taken answers 409 and stores the user all the same.
    ConflictLeavesSecondUser,
    /// A POST with a userName that is taken answers 409 and changes the displayName of the user who has it.
    ConflictChangesUser,
    /// A POST with the userName of a deactivated user answers 201 with that user.
    CreationRevivesInactive,
    /// A POST with an externalId that is taken answers 500.
    SharedExternalIdAnswers500,
    /// A list without a filter answers 500 while many users are created.
    ListAmidCreationsAnswers500,
}

impl From<CreateFault> for Fault {
    fn from(fault: CreateFault) -> Self {
        Self::Create(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Create(CreateFault::CreateAnswers200),
        id: "create-answers-200",
        says: "A POST that makes a resource answers 200 instead of 201.",
        breaks: &["scim.create.answers-201-with-the-user", "scim.group.create-answers-201"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::CreateWithoutLocation),
        id: "create-without-location",
        says: "The answer to a POST has no Location header.",
        breaks: &["scim.create.location-leads-to-the-user"],
        blocks: &["scim.meta.locations-agree"],
    },
    Row {
        fault: Fault::Create(CreateFault::MetaWithoutCreated),
        id: "meta-without-created",
        says: "`meta.created` is missing from every resource.",
        breaks: &["scim.create.meta-is-complete"],
        blocks: &[
            "scim.meta.created-is-the-moment",
            "scim.meta.new-user-was-never-modified",
            "scim.filter-values.moments-have-offsets",
            "scim.sort.by-time-of-creation",
            "scim.patch-whole.created-is-kept",
            "scim.replace-limits.created-is-kept",
            "scim.replace-limits.sent-meta-is-ignored",
        ],
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
        blocks: &["scim.filter-paths.part-of-a-complex-attribute", "scim.sort.ignores-case"],
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
            "scim.concurrency.one-of-many-creations-succeeds",
            "scim.uniqueness.repeated-creation-makes-no-second-user",
        ],
        blocks: &["scim.create.conflict-says-uniqueness", "scim.concurrency.the-others-conflict"],
    },
    Row {
        fault: Fault::Create(CreateFault::DuplicateAnswers500),
        id: "duplicate-answers-500",
        says: "A POST with a userName that is taken answers 500.",
        breaks: &[
            "scim.create.duplicate-user-name-conflicts",
            "scim.create.duplicate-in-other-case-conflicts",
            "scim.concurrency.the-others-conflict",
            "scim.uniqueness.deactivated-user-is-not-taken-over",
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
        breaks: &[
            "scim.create.conflict-says-uniqueness",
            "scim.patch-refusals.taken-user-name-says-uniqueness",
            "scim.replace-limits.taken-user-name-says-uniqueness",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::MissingUserNameAccepted),
        id: "missing-user-name-accepted",
        says: "A POST without userName makes a user.",
        breaks: &["scim.create.missing-user-name-is-refused"],
        blocks: &["scim.password.is-in-no-error", "scim.refusals.says-invalid-value"],
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
        breaks: &[
            "scim.create.password-is-never-returned",
            "scim.password.is-in-no-list",
            "scim.password.is-not-returned-when-asked-for",
            "scim.patch-replace.password-is-never-returned",
            "scim.replace-values.password-is-never-returned",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::EmptyUserNameAccepted),
        id: "empty-user-name-accepted",
        says: "A POST with an empty userName makes a user.",
        breaks: &["scim.refusals.empty-user-name"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::BlankUserNameAccepted),
        id: "blank-user-name-accepted",
        says: "A POST with a userName of spaces makes a user.",
        breaks: &["scim.refusals.blank-user-name"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::MissingSchemasAccepted),
        id: "missing-schemas-accepted",
        says: "A POST without `schemas` makes a user.",
        breaks: &["scim.refusals.missing-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::UnknownSchemaAccepted),
        id: "unknown-schema-accepted",
        says: "URNs in `schemas` of a POST are not looked at.",
        breaks: &["scim.refusals.unknown-schema"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::AnyTextIsTrue),
        id: "any-text-is-true",
        says: "A POST with a text for `active` makes an active user.",
        breaks: &["scim.refusals.text-for-a-flag"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::TextForObjectAnswers500),
        id: "text-for-object-answers-500",
        says: "A POST with a text for `name` answers 500.",
        breaks: &["scim.refusals.text-for-an-object"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::TextForListAnswers500),
        id: "text-for-list-answers-500",
        says: "A POST with a text for `emails` answers 500.",
        breaks: &["scim.refusals.text-for-a-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ListAsBodyAnswers500),
        id: "list-as-body-answers-500",
        says: "A body that is a JSON array answers 500.",
        breaks: &["scim.errors.array-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::RefusalWithoutScimType),
        id: "refusal-without-scim-type",
        says: "A POST that is refused with 400 has no `scimType`.",
        breaks: &["scim.refusals.says-invalid-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::AnswerWithoutSchemas),
        id: "answer-without-schemas",
        says: "The answer to a POST has no `schemas`.",
        breaks: &["scim.meta.answer-names-the-schema", "scim.observed.resources-name-their-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::BulkIdInIds),
        id: "bulk-id-in-ids",
        says: "Ids begin with `bulkId-`.",
        breaks: &["scim.meta.id-is-not-reserved"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::NewUserModifiedLater),
        id: "new-user-modified-later",
        says: "A new resource was last modified a minute after it was created.",
        breaks: &["scim.meta.new-user-was-never-modified"],
        blocks: &["scim.patch-whole.last-modified-advances", "scim.replace-limits.last-modified-advances"],
    },
    Row {
        fault: Fault::Create(CreateFault::LocalTimeAsUtc),
        id: "local-time-as-utc",
        says: "Local time, two hours ahead, is written as if it were UTC.",
        breaks: &["scim.meta.created-is-the-moment"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::LocationOfInnerHost),
        id: "location-of-inner-host",
        says: "The Location header of a new resource names a host behind the proxy.",
        breaks: &["scim.meta.locations-agree"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ClientMetaShown),
        id: "client-meta-shown",
        says: "The answer to a POST shows the `meta.created` that the client sent.",
        breaks: &["scim.meta.client-meta-is-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ClientGroupsJoined),
        id: "client-groups-joined",
        says: "A new user joins the groups that the client wrote into `groups`.",
        breaks: &["scim.meta.client-groups-are-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::RaceMakesSecondUser),
        id: "race-makes-second-user",
        says: "Two POSTs of one userName at the same moment make two users.",
        breaks: &["scim.concurrency.one-of-many-creations-succeeds"],
        blocks: &["scim.concurrency.the-others-conflict"],
    },
    Row {
        fault: Fault::Create(CreateFault::RaceAnswers500),
        id: "race-answers-500",
        says: "Of two POSTs of one userName at the same moment, one answers 500.",
        breaks: &["scim.concurrency.the-others-conflict"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ConflictLeavesSecondUser),
        id: "conflict-leaves-second-user",
        says: "A POST with a userName that is taken answers 409 and stores the user all the same.",
        breaks: &["scim.uniqueness.repeated-creation-makes-no-second-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ConflictChangesUser),
        id: "conflict-changes-user",
        says: "A POST with a userName that is taken answers 409 and changes the displayName of the user who has it.",
        breaks: &["scim.uniqueness.conflict-changes-nothing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::CreationRevivesInactive),
        id: "creation-revives-inactive",
        says: "A POST with the userName of a deactivated user answers 201 with that user.",
        breaks: &["scim.uniqueness.deactivated-user-is-not-taken-over"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::SharedExternalIdAnswers500),
        id: "shared-external-id-answers-500",
        says: "A POST with an externalId that is taken answers 500.",
        breaks: &["scim.uniqueness.shared-external-id-is-answered"],
        blocks: &[],
    },
    Row {
        fault: Fault::Create(CreateFault::ListAmidCreationsAnswers500),
        id: "list-amid-creations-answers-500",
        says: "A list without a filter answers 500 while many users are created.",
        breaks: &["scim.concurrency.list-is-readable-during-creations"],
        blocks: &[],
    },
];
