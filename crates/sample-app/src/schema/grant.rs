//! What Okta reads from an app to give to its users: entitlements and roles, as lists to choose from.

use super::attribute::{Attribute, Schema, read_only, text};

/// A kind of thing that can be given to a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GrantType {
    Entitlement,
    Role,
}

impl GrantType {
    /// Both, in the order in which they are listed.
    pub(crate) const ALL: [Self; 2] = [Self::Entitlement, Self::Role];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Entitlement => "Entitlement",
            Self::Role => "Role",
        }
    }

    /// The last segment of the endpoint.
    pub(crate) fn endpoint(self) -> &'static str {
        match self {
            Self::Entitlement => "Entitlements",
            Self::Role => "Roles",
        }
    }

    pub(crate) fn schema(self) -> &'static Schema {
        match self {
            Self::Entitlement => &ENTITLEMENT,
            Self::Role => &ROLE,
        }
    }

    /// The ids of all there are, and their names.
    pub(crate) fn entries(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Entitlement => {
                &[("reports", "Reports"), ("exports", "Exports"), ("audit-log", "Audit log")]
            }
            Self::Role => &[("viewer", "Viewer"), ("editor", "Editor"), ("owner", "Owner")],
        }
    }
}

static ENTITLEMENT: Schema = Schema {
    urn: "urn:okta:scim:schemas:core:1.0:Entitlement",
    name: "Entitlement",
    says: "Something that a user of the app can be entitled to",
    attributes: &[
        read_only(Attribute { required: true, ..text("displayName", "The name to show") }),
        read_only(Attribute { required: true, ..text("type", "The name of the resource type") }),
    ],
};

static ROLE: Schema = Schema {
    urn: "urn:okta:scim:schemas:core:1.0:Role",
    name: "Role",
    says: "A role that a user of the app can have",
    attributes: &[read_only(Attribute { required: true, ..text("displayName", "The name to show") })],
};
