//! The faults of the documents of schemas, and of resources that do not follow them: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of the documents of schemas and of what they promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SchemaFault {
    /// One schema comes wrapped in a list.
    SchemaAloneAsList,
    /// A schema that does not exist is answered with all of them.
    UnknownSchemaAnswersList,
    /// /Schemas minds `startIndex` and `count`.
    SchemasPaged,
    /// The schema of users does not say of what type `nickName` is.
    AttributeUntyped,
    /// The schema of users calls `nickName` writable, which is no keyword.
    CharacteristicInvented,
    /// The schema of users does not say whether `nickName` is required.
    RequiredLeftOut,
    /// The schema of users lists no parts of `ims`.
    ComplexWithoutParts,
    /// The schema of users has a complex part within `ims`.
    ComplexNested,
    /// The schema of users calls `userName` optional.
    UserNameNotRequired,
    /// The schema of users does not call `userName` unique.
    UserNameNotUnique,
    /// The schema of users says that `password` is returned.
    PasswordDescribedAsReadable,
    /// The schema of users says that `displayName` is returned on request alone, and it is always shown.
    ShownAttributeDescribedAsHidden,
    /// The schema of users says that `groups` can be written.
    GroupsDescribedAsWritable,
    /// A POST of a schema is answered 201.
    SchemasWritable,
    /// The configuration denies password changes, and a PATCH of `password` answers 500.
    UnpromisedPasswordChangeFails,
    /// Users show an attribute that is in no schema.
    UserAttributeUndescribed,
    /// Groups show an attribute that is in no schema.
    GroupAttributeUndescribed,
    /// Users name an extension that their resource type does not.
    ExtensionUndeclared,
    /// The resource type of users calls an extension required that they may lack.
    ExtensionCalledRequired,
    /// The resource type of users has another name than `meta.resourceType` says.
    TypeNamedAfterClass,
}

impl From<SchemaFault> for Fault {
    fn from(fault: SchemaFault) -> Self {
        Self::Schema(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Schema(SchemaFault::SchemaAloneAsList),
        id: "schema-alone-as-list",
        says: "One schema comes wrapped in a list.",
        breaks: &["scim.schemas.one-is-served-alone"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::UnknownSchemaAnswersList),
        id: "unknown-schema-answers-list",
        says: "A schema that does not exist is answered with all of them.",
        breaks: &["scim.schemas.unknown-is-404"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::SchemasPaged),
        id: "schemas-paged",
        says: "/Schemas minds `startIndex` and `count`.",
        breaks: &["scim.schemas.paging-is-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::AttributeUntyped),
        id: "attribute-untyped",
        says: "The schema of users does not say of what type `nickName` is.",
        breaks: &["scim.schemas.attributes-are-typed"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::CharacteristicInvented),
        id: "characteristic-invented",
        says: "The schema of users calls `nickName` writable, which is no keyword.",
        breaks: &["scim.schemas.characteristics-are-defined"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::RequiredLeftOut),
        id: "required-left-out",
        says: "The schema of users does not say whether `nickName` is required.",
        breaks: &["scim.schemas.required-is-a-boolean"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::ComplexWithoutParts),
        id: "complex-without-parts",
        says: "The schema of users lists no parts of `ims`.",
        breaks: &["scim.schemas.complex-attributes-have-parts"],
        blocks: &["scim.multi-valued.ims-are-kept"],
    },
    Row {
        fault: Fault::Schema(SchemaFault::ComplexNested),
        id: "complex-nested",
        says: "The schema of users has a complex part within `ims`.",
        breaks: &["scim.schemas.complex-attributes-are-flat"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::UserNameNotRequired),
        id: "user-name-not-required",
        says: "The schema of users calls `userName` optional.",
        breaks: &["scim.schemas.user-name-is-required"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::UserNameNotUnique),
        id: "user-name-not-unique",
        says: "The schema of users does not call `userName` unique.",
        breaks: &["scim.schemas.user-name-is-unique"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::PasswordDescribedAsReadable),
        id: "password-described-as-readable",
        says: "The schema of users says that `password` is returned.",
        breaks: &["scim.schemas.password-is-never-shown"],
        blocks: &["scim.truth.hidden-attributes-are-not-shown"],
    },
    Row {
        fault: Fault::Schema(SchemaFault::ShownAttributeDescribedAsHidden),
        id: "shown-attribute-described-as-hidden",
        says: "The schema of users says that `displayName` is returned on request alone, and it is always shown.",
        breaks: &["scim.truth.hidden-attributes-are-not-shown"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::GroupsDescribedAsWritable),
        id: "groups-described-as-writable",
        says: "The schema of users says that `groups` can be written.",
        breaks: &["scim.schemas.groups-are-read-only"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::SchemasWritable),
        id: "schemas-writable",
        says: "A POST of a schema is answered 201.",
        breaks: &["scim.schemas.writing-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::UnpromisedPasswordChangeFails),
        id: "unpromised-password-change-fails",
        says: "The configuration denies password changes, and a PATCH of `password` answers 500.",
        breaks: &["scim.truth.unsupported-is-refused-without-failing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::UserAttributeUndescribed),
        id: "user-attribute-undescribed",
        says: "Users show an attribute that is in no schema.",
        breaks: &["scim.truth.user-attributes-are-described"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::GroupAttributeUndescribed),
        id: "group-attribute-undescribed",
        says: "Groups show an attribute that is in no schema.",
        breaks: &["scim.truth.group-attributes-are-described"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::ExtensionUndeclared),
        id: "extension-undeclared",
        says: "Users name an extension that their resource type does not.",
        breaks: &["scim.truth.schemas-of-users-are-declared"],
        blocks: &[
            "scim.enterprise.attributes-are-kept",
            "scim.enterprise.manager-is-kept",
            "scim.enterprise.managers-name-is-not-the-clients",
            "scim.enterprise.null-in-manager-is-no-value",
            "scim.enterprise.replacing-changes-them",
            "scim.enterprise.stands-under-its-urn",
            "scim.enterprise.urn-is-in-schemas",
            "scim.filter-paths.enterprise-attribute",
            "scim.patch-paths.empty-manager-removes",
            "scim.patch-paths.extension-attribute-by-urn",
            "scim.patch-paths.extension-attribute-is-removed-by-urn",
            "scim.patch-paths.extension-joins-the-schemas",
            "scim.patch-paths.extension-object-without-a-path",
            "scim.patch-paths.full-name-as-a-key",
            "scim.patch-paths.manager-is-removed",
            "scim.patch-paths.manager-is-set",
            "scim.patch-paths.manager-is-set-as-a-bare-id",
            "scim.projection.excluding-keeps-extensions",
            "scim.projection.urn-names-an-extension-attribute",
            "scim.replace-values.empty-extension-leaves-the-schemas",
            "scim.replace-values.extension-is-replaced",
        ],
    },
    Row {
        fault: Fault::Schema(SchemaFault::ExtensionCalledRequired),
        id: "extension-called-required",
        says: "The resource type of users calls an extension required that they may lack.",
        breaks: &["scim.truth.required-extensions-are-shown"],
        blocks: &[],
    },
    Row {
        fault: Fault::Schema(SchemaFault::TypeNamedAfterClass),
        id: "type-named-after-class",
        says: "The resource type of users has another name than `meta.resourceType` says.",
        breaks: &["scim.truth.meta-names-the-resource-type"],
        blocks: &[],
    },
];
