//! The core Group schema (RFC 7643, sections 4.2 and 8.7.1).

use super::attribute::{Attribute, Mutability, Schema, many, read_only, reference, text};

pub(super) static GROUP: Schema = Schema {
    urn: "urn:ietf:params:scim:schemas:core:2.0:Group",
    name: "Group",
    says: "A group of users and of other groups",
    attributes: &[
        // Section 4.2 calls the name REQUIRED, though the sample in 8.7.1 says `required: false`.
        Attribute { required: true, ..text("displayName", "The group's name") },
        many("members", "Who belongs to the group", MEMBERS),
    ],
};

const MEMBERS: &[Attribute] = &[
    Attribute {
        mutability: Mutability::Immutable,
        case_exact: true,
        ..text("value", "The id of the member")
    },
    Attribute {
        mutability: Mutability::Immutable,
        ..reference("$ref", "Where the member is", &["User", "Group"])
    },
    Attribute {
        mutability: Mutability::Immutable,
        canonical: &["User", "Group"],
        ..text("type", "What kind of resource the member is")
    },
    read_only(text("display", "The member's name")),
];
