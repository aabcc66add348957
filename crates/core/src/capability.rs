//! What a target may or may not offer. A check that needs what is not offered is skipped.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// An optional feature of a target, or something that the configuration has to supply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// The server's discovery documents can be read.
    Discovery,
    /// Users can be deactivated: their schema has `active`.
    Active,
    /// Users have a `password` that can be written.
    Password,
    /// Lists can be filtered.
    Filter,
    /// Resources can be changed by PATCH.
    Patch,
    /// A userName is the same in any case, as RFC 7643 4.1.1 has it, and no schema says otherwise.
    CaselessUserName,
    /// The configuration supplies an Authorization header, so that it can be left out or be wrong.
    Authentication,
}

impl Capability {
    /// Every capability, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::Discovery,
        Self::Active,
        Self::Password,
        Self::Filter,
        Self::Patch,
        Self::CaselessUserName,
        Self::Authentication,
    ];

    /// The name used in plans and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Active => "active",
            Self::Password => "password",
            Self::Filter => "filter",
            Self::Patch => "patch",
            Self::CaselessUserName => "caseless-user-name",
            Self::Authentication => "authentication",
        }
    }

    /// What it means that the capability is missing.
    pub fn missing(self) -> Finding {
        match self {
            Self::Discovery => not_offered("the server's discovery documents cannot be read"),
            Self::Active => not_offered("the server's user schema has no `active`"),
            Self::Password => not_offered("the server's user schema has no `password`"),
            Self::Filter => not_offered("the server says that it does not support filters"),
            Self::Patch => not_offered("the server says that it does not support PATCH"),
            Self::CaselessUserName => not_offered("the server's user schema makes `userName` case-exact"),
            Self::Authentication => Finding::NotConfigured {
                what: "the configuration has no credential to leave out: set scim.auth".to_owned(),
            },
        }
    }
}

fn not_offered(what: &str) -> Finding {
    Finding::NotOffered { what: what.to_owned() }
}
