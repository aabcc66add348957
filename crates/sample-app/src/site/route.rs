//! From a path of the site to what it names.

use super::TENANTS;
use crate::http::percent_decoded;

/// What a path of the site names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// The SCIM service of a tenant, with the decoded segments below its base.
    Scim {
        tenant: usize,
        below: Vec<String>,
    },
    /// The SCIM 1.1 service of a tenant, with the decoded segments below its base.
    Legacy {
        tenant: usize,
        below: Vec<String>,
    },
    /// The pages of a tenant, with the segments below them and whether a slash ends the path.
    Portal {
        tenant: usize,
        below: Vec<String>,
        slash_at_end: bool,
    },
    Token,
    Admin {
        tenant: Option<&'static str>,
    },
    Unknown,
}

impl Route {
    /// Reads a path; a slash at its end means nothing.
    pub(super) fn of(path: &str) -> Self {
        let mut segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let slash_at_end = segments.last().is_some_and(|last| last.is_empty());
        if slash_at_end {
            segments.pop();
        }
        let tenant = |name: &str| TENANTS.iter().position(|known| *known == name);
        match segments.as_slice() {
            [] | ["admin"] => Self::Admin { tenant: None },
            ["admin", name] => match tenant(name).and_then(|tenant| TENANTS.get(tenant)) {
                Some(name) => Self::Admin { tenant: Some(name) },
                None => Self::Unknown,
            },
            ["oauth", "token"] => Self::Token,
            ["t", name, below @ ..] => match tenant(name) {
                Some(tenant) => {
                    let below = below.iter().map(|segment| (*segment).to_owned()).collect();
                    Self::Portal { tenant, below, slash_at_end }
                }
                None => Self::Unknown,
            },
            [name, "scim", version @ ("v1" | "v2"), below @ ..] => {
                let decoded: Option<Vec<String>> =
                    below.iter().map(|segment| percent_decoded(segment, false)).collect();
                match (tenant(name), decoded) {
                    (Some(tenant), Some(below)) if *version == "v1" => Self::Legacy { tenant, below },
                    (Some(tenant), Some(below)) => Self::Scim { tenant, below },
                    (Some(_) | None, _) => Self::Unknown,
                }
            }
            _ => Self::Unknown,
        }
    }
}

/// The base URI of a tenant's SCIM 1.1, beside that of its SCIM 2.0.
pub(crate) fn legacy_base(base: &str) -> String {
    format!("{}/v1", base.trim_end_matches("/v2"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_changes_nothing_and_an_encoded_slash_separates_nothing() {
        let users = Route::Scim { tenant: 0, below: vec!["Users".to_owned()] };
        assert_eq!(Route::of("/acme/scim/v2/Users/"), users);
        let id = Route::Scim { tenant: 1, below: vec!["Users".to_owned(), "a/b".to_owned()] };
        assert_eq!(Route::of("/globex/scim/v2/Users/a%2Fb"), id);
        assert_eq!(Route::of("/other/scim/v2/Users"), Route::Unknown);
        assert_eq!(Route::of("/"), Route::Admin { tenant: None });
    }
}
