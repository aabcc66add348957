//! What a target may or may not offer. A check that needs what is not offered is skipped.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Requests need an Authorization header, and the configuration supplies one.
    Authentication,
}

impl Capability {
    /// Every capability, in the order in which they are listed.
    pub const ALL: [Self; 6] =
        [Self::Discovery, Self::Active, Self::Password, Self::Filter, Self::Patch, Self::Authentication];

    /// The name used in plans and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Active => "active",
            Self::Password => "password",
            Self::Filter => "filter",
            Self::Patch => "patch",
            Self::Authentication => "authentication",
        }
    }
}
