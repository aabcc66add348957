//! The two kinds of resources that every provisioning client works with.

use crate::group::GROUP;
use crate::user::USER;
use crate::verbs::segment;

/// A kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A person with an account.
    User,
    /// A set of users.
    Group,
}

impl Kind {
    /// The path of all of them.
    pub(crate) const fn endpoint(self) -> &'static str {
        match self {
            Self::User => "/Users",
            Self::Group => "/Groups",
        }
    }

    /// The path of one.
    pub(crate) fn path(self, id: &str) -> String {
        format!("{}/{}", self.endpoint(), segment(id))
    }

    /// The URN of the core schema.
    pub(crate) const fn schema(self) -> &'static str {
        match self {
            Self::User => USER,
            Self::Group => GROUP,
        }
    }

    /// The attribute that carries the name by which this run finds what it made.
    pub(crate) const fn naming(self) -> &'static str {
        match self {
            Self::User => "userName",
            Self::Group => "displayName",
        }
    }

    /// The word in sentences.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
        }
    }
}
