//! The enterprise extension of User (RFC 7643, section 4.3).

use super::attribute::{Attribute, Schema, complex, read_only, reference, text};

pub(super) static ENTERPRISE: Schema = Schema {
    urn: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    name: "EnterpriseUser",
    says: "What an employer knows about a person",
    attributes: &[
        text("employeeNumber", "The number the organisation gave the person"),
        text("costCenter", "The cost centre"),
        text("organization", "The organisation"),
        text("division", "The division"),
        text("department", "The department"),
        complex("manager", "The person's manager", MANAGER),
    ],
};

const MANAGER: &[Attribute] = &[
    Attribute { case_exact: true, ..text("value", "The manager's id") },
    reference("$ref", "Where the manager is", &["User"]),
    read_only(text("displayName", "The manager's name")),
];
