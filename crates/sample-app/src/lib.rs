//! A small SaaS app to test against: healthy, or with a fault switched on.
//!
//! It serves SCIM (RFC 7643 and RFC 7644) and signs people in by SAML 2.0 and OpenID Connect, as the
//! specifications have it unless told otherwise, so that whatever a check reports about it is either a
//! fault that was switched on or a false alarm. It shares no code with the checks: one bug must not
//! cancel itself out.

mod clock;
mod fault;
mod http;
mod misbehaviour;
mod oidc;
mod password;
mod portal;
mod random;
mod raw;
mod running;
mod saml;
mod schema;
mod scim;
mod settings;
mod site;
mod store;
mod switches;
mod trust;
mod variant;

pub use fault::{
    AccountFault, AddFault, AuthFault, BulkFault, ComparisonFault, ConcurrencyFault, CreateFault,
    CursorFault, DeleteFault, DiscoveryFault, EnterpriseFault, EntitlementFault, ErrorFault, Fault,
    FilterFault, GrammarFault, GroupFault, HttpFault, LaterFault, LegacyFault, ListFault, MeFault,
    MembershipFault, ObservedFault, OidcFault, PasswordFault, PatchFault, PathFault, ProjectionFault,
    ReadFault, RefusalFault, ReplaceFault, SamlFault, SchemaFault, SearchFault, SortFault, TenantFault,
    ValuesFault, VersionFault,
};
pub use misbehaviour::Misbehaviour;
pub use running::{OAuth, Running, StartError, Tenant, start};
pub use saml::MetadataError;
pub use settings::{DEFAULT_LISTEN, Settings, Tokens};
pub use trust::{ConnectError, OidcEndpoints, OidcTrust, SamlEndpoints, SamlTrust, Sso};
pub use variant::Variant;
