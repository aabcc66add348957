//! The two kinds of resource, their endpoints and schemas (RFC 7643, section 6).

use super::attribute::{Attribute, DataType, Returned, Schema, complex, find, read_only, reference, text};
use super::enterprise::ENTERPRISE;
use super::group::GROUP;
use super::user::USER;
use super::vendor::VENDOR;
use crate::switches::Switches;
use crate::variant::Variant;

/// A kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResourceType {
    User,
    Group,
}

impl ResourceType {
    /// Both, in the order in which a search over everything lists them.
    pub(crate) const ALL: [Self; 2] = [Self::User, Self::Group];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// The last segment of the endpoint.
    pub(crate) fn endpoint(self) -> &'static str {
        match self {
            Self::User => "Users",
            Self::Group => "Groups",
        }
    }

    pub(crate) fn schema(self) -> &'static Schema {
        match self {
            Self::User => &USER,
            Self::Group => &GROUP,
        }
    }

    pub(crate) fn extensions(self, switches: Switches) -> &'static [&'static Schema] {
        match self {
            Self::User if switches.is(Variant::LeanUsers) => &[],
            Self::User if switches.is(Variant::ExtraAttributes) => &OF_USERS_WITH_VENDOR,
            Self::User => &OF_USERS,
            Self::Group => &[],
        }
    }

    /// The attribute by which people know the resource, and which is looked up by index.
    pub(crate) fn naming_attribute(self) -> &'static str {
        match self {
            Self::User => "userName",
            Self::Group => "displayName",
        }
    }

    /// A core or common attribute of this name.
    pub(crate) fn attribute(self, name: &str) -> Option<&'static Attribute> {
        find(self.schema().attributes, name).or_else(|| find(COMMON, name))
    }

    /// Core and common attributes.
    pub(crate) fn attributes(self) -> impl Iterator<Item = &'static Attribute> {
        COMMON.iter().chain(self.schema().attributes)
    }
}

static OF_USERS: [&Schema; 1] = [&ENTERPRISE];
static OF_USERS_WITH_VENDOR: [&Schema; 2] = [&ENTERPRISE, &VENDOR];

/// The attributes of every resource (RFC 7643, sections 3 and 3.1).
static COMMON: &[Attribute] = &[
    Attribute {
        multi_valued: true,
        case_exact: true,
        required: true,
        returned: Returned::Always,
        ..reference("schemas", "The schemas that the resource follows", &["uri"])
    },
    read_only(Attribute {
        case_exact: true,
        unique: true,
        returned: Returned::Always,
        ..text("id", "The name that the server gave the resource")
    }),
    Attribute { case_exact: true, ..text("externalId", "The name that the client gave the resource") },
    read_only(complex("meta", "What the server knows about the resource", META)),
];

const META: &[Attribute] = &[
    read_only(Attribute { case_exact: true, ..text("resourceType", "The kind of resource") }),
    read_only(Attribute { data_type: DataType::DateTime, ..text("created", "When it was made") }),
    read_only(Attribute { data_type: DataType::DateTime, ..text("lastModified", "When it last changed") }),
    read_only(reference("location", "Where it is", &["uri"])),
    read_only(Attribute { case_exact: true, ..text("version", "Its entity tag") }),
];
