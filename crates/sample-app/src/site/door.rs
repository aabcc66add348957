//! Who is let in though the credential is not right: the holes in the door, one a fault.

use axum::http::request::Parts;

use super::TENANTS;
use super::authorization::Tokens;
use crate::fault::{AuthFault, TenantFault};
use crate::switches::Switches;

/// Whether a request that was refused slips through all the same.
pub(super) fn is_leaky(
    tokens: &Tokens,
    tenant: usize,
    authorization: Option<&str>,
    parts: &Parts,
    switches: Switches,
) -> bool {
    let reads = matches!(parts.method.as_str(), "GET" | "HEAD");
    let Some(authorization) = authorization else {
        return !reads && switches.has(AuthFault::AnonymousWritesAccepted);
    };
    let (_, token) = authorization.split_once(' ').unwrap_or((authorization, ""));
    let token = token.trim();
    let good = tokens.of(tenant).map_or("", |known| known.token.as_str());
    if token.is_empty() {
        return switches.has(AuthFault::EmptyTokenAccepted);
    }
    let is_prefix = token.len() > 4 && good.starts_with(token);
    if is_prefix && switches.has(AuthFault::TokenPrefixAccepted)
        || token.eq_ignore_ascii_case(good) && switches.has(AuthFault::TokenCaseIgnored)
    {
        return true;
    }
    let others = (0..TENANTS.len()).filter(|other| *other != tenant);
    let is_other = others.filter_map(|other| tokens.of(other)).any(|known| known.token == token);
    is_other && switches.has(hole(parts))
}

/// The fault that lets another tenant do this.
fn hole(parts: &Parts) -> TenantFault {
    let filters = parts.uri.query().is_some_and(|query| query.contains("filter="));
    match parts.method.as_str() {
        "PATCH" => TenantFault::OtherTenantPatches,
        "PUT" => TenantFault::OtherTenantReplaces,
        "DELETE" => TenantFault::OtherTenantDeletes,
        _ if filters => TenantFault::OtherTenantFilters,
        _ if parts.uri.path().ends_with("/Users") => TenantFault::OtherTenantLists,
        _ => TenantFault::OtherTenantReads,
    }
}
