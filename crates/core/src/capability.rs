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
    /// Groups can be read and written.
    Groups,
    /// Users have the enterprise extension.
    Enterprise,
    /// Lists can be sorted.
    Sort,
    /// Resources have versions, and requests may depend on them.
    EntityTags,
    /// Several operations can be sent in one request.
    Bulk,
    /// A password can be changed.
    ChangePassword,
    /// Lists can be paged by cursors (RFC 9865).
    Cursors,
    /// Requests may be answered later (RFC 9967).
    AsyncRequests,
    /// The server has resources of Okta's entitlement schema.
    Entitlements,
    /// The server has resources of Okta's role schema.
    Roles,
    /// The configuration supplies the credential of another tenant.
    SecondTenant,
    /// A userName is the same in any case, as RFC 7643 4.1.1 has it, and no schema says otherwise.
    CaselessUserName,
    /// The configuration supplies an Authorization header, so that it can be left out or be wrong.
    Authentication,
    /// The configuration names the service provider's metadata.
    SamlMetadata,
    /// The SAML app accepts sign-on that begins at the identity provider.
    SamlIdpFlow,
    /// The SAML app begins sign-on itself.
    SamlSpFlow,
    /// The SAML app makes accounts just in time, and has the IdP flow to try it with.
    SamlJitIdp,
    /// The SAML app makes accounts just in time, and the SP flow is its only one.
    SamlJitSp,
    /// The SAML app makes accounts just in time.
    SamlJit,
    /// The service provider publishes a key to encrypt assertions for.
    SamlEncryption,
    /// The service provider says that it signs its requests.
    SamlSignedRequests,
    /// The configuration says where the SAML app shows the user's profile.
    SamlProfile,
    /// The configuration says where the SAML app shows the user's groups.
    SamlGroups,
    /// The configuration names a second protected page of the SAML app.
    SamlDeepLink,
    /// The configuration says where the relying party begins sign-on.
    OidcSpFlow,
    /// The relying party has an initiate login URI.
    OidcIdpFlow,
    /// The relying party makes accounts just in time, and has the IdP flow to try it with.
    OidcJitIdp,
    /// The relying party makes accounts just in time, and the SP flow is its only one.
    OidcJitSp,
    /// The relying party makes accounts just in time.
    OidcJit,
    /// The configuration says where the relying party shows the user's profile.
    OidcProfile,
    /// The configuration names a second protected page of the relying party.
    OidcDeepLink,
    /// The configuration says how a user signs out of the app.
    SignOut,
    /// The org is the embedded one, which can misbehave on purpose.
    BendableOrg,
}

impl Capability {
    /// Every capability, in the order in which they are listed.
    pub const ALL: [Self; 38] = [
        Self::Discovery,
        Self::Active,
        Self::Password,
        Self::Filter,
        Self::Patch,
        Self::Groups,
        Self::Enterprise,
        Self::Sort,
        Self::EntityTags,
        Self::Bulk,
        Self::ChangePassword,
        Self::Cursors,
        Self::AsyncRequests,
        Self::Entitlements,
        Self::Roles,
        Self::SecondTenant,
        Self::CaselessUserName,
        Self::Authentication,
        Self::SamlMetadata,
        Self::SamlIdpFlow,
        Self::SamlSpFlow,
        Self::SamlJitIdp,
        Self::SamlJitSp,
        Self::SamlJit,
        Self::SamlEncryption,
        Self::SamlSignedRequests,
        Self::SamlProfile,
        Self::SamlGroups,
        Self::SamlDeepLink,
        Self::OidcSpFlow,
        Self::OidcIdpFlow,
        Self::OidcJitIdp,
        Self::OidcJitSp,
        Self::OidcJit,
        Self::OidcProfile,
        Self::OidcDeepLink,
        Self::SignOut,
        Self::BendableOrg,
    ];

    /// The name used in plans and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Active => "active",
            Self::Password => "password",
            Self::Filter => "filter",
            Self::Patch => "patch",
            Self::Groups => "groups",
            Self::Enterprise => "enterprise",
            Self::Sort => "sort",
            Self::EntityTags => "entity-tags",
            Self::Bulk => "bulk",
            Self::ChangePassword => "change-password",
            Self::Cursors => "cursors",
            Self::AsyncRequests => "async-requests",
            Self::Entitlements => "entitlements",
            Self::Roles => "roles",
            Self::SecondTenant => "second-tenant",
            Self::CaselessUserName => "caseless-user-name",
            Self::Authentication => "authentication",
            Self::SamlMetadata => "saml-metadata",
            Self::SamlIdpFlow => "saml-idp-flow",
            Self::SamlSpFlow => "saml-sp-flow",
            Self::SamlJitIdp => "saml-jit-idp",
            Self::SamlJitSp => "saml-jit-sp",
            Self::SamlJit => "saml-jit",
            Self::SamlEncryption => "saml-encryption",
            Self::SamlSignedRequests => "saml-signed-requests",
            Self::SamlProfile => "saml-profile",
            Self::SamlGroups => "saml-groups",
            Self::SamlDeepLink => "saml-deep-link",
            Self::OidcSpFlow => "oidc-sp-flow",
            Self::OidcIdpFlow => "oidc-idp-flow",
            Self::OidcJitIdp => "oidc-jit-idp",
            Self::OidcJitSp => "oidc-jit-sp",
            Self::OidcJit => "oidc-jit",
            Self::OidcProfile => "oidc-profile",
            Self::OidcDeepLink => "oidc-deep-link",
            Self::SignOut => "sign-out",
            Self::BendableOrg => "bendable-org",
        }
    }

    /// Whether only the target's word stands for it, and a request tells more: identity providers filter
    /// and patch without asking first.
    pub const fn shows_when_tried(self) -> bool {
        matches!(self, Self::Filter | Self::Patch)
    }

    /// What it means that the capability is missing.
    pub fn missing(self) -> Finding {
        match self {
            Self::Discovery => not_offered("the server's discovery documents cannot be read"),
            Self::Active => not_offered("the server's user schema has no `active`"),
            Self::Password => not_offered("the server's user schema has no `password`"),
            Self::Filter => not_offered("the server says that it does not support filters"),
            Self::Patch => not_offered("the server says that it does not support PATCH"),
            Self::Groups => not_applicable("the server has no resource type of groups"),
            Self::Enterprise => not_offered("the server's users do not have the enterprise extension"),
            Self::Sort => not_offered("the server does not say that it sorts"),
            Self::EntityTags => not_offered("the server does not say that it supports entity tags"),
            Self::Bulk => not_offered("the server does not say that it supports bulk requests"),
            Self::ChangePassword => not_offered("the server does not say that passwords can be changed"),
            Self::Cursors => not_offered("the server does not say that it pages by cursors"),
            Self::AsyncRequests => not_offered("the server does not say that it answers requests later"),
            Self::Entitlements => {
                not_applicable("no resource type of the server has Okta's schema of entitlements")
            }
            Self::Roles => not_applicable("no resource type of the server has Okta's schema of roles"),
            Self::SecondTenant => {
                not_configured("the configuration has no credential of another tenant: set scim.other_auth")
            }
            Self::CaselessUserName => not_offered("the server's user schema makes `userName` case-exact"),
            Self::Authentication => {
                not_configured("the configuration has no credential to leave out: set scim.auth")
            }
            Self::SamlMetadata => not_configured(
                "the configuration names no metadata of the service provider: set saml.sp_metadata",
            ),
            Self::SamlIdpFlow => not_configured(
                "the configuration says that the SAML app has no IdP-initiated flow (saml.flows)",
            ),
            Self::SamlSpFlow => not_configured(
                "the configuration declares no SP-initiated flow of the SAML app: set saml.start_url",
            ),
            Self::SamlJitIdp => {
                not_applicable("JIT with the IdP flow applies to apps with saml.jit and the IdP flow")
            }
            Self::SamlJitSp => not_applicable(
                "JIT with the SP flow applies to apps with saml.jit whose only flow is the SP flow",
            ),
            Self::SamlJit => not_configured(
                "the configuration declares no just-in-time accounts of the SAML app: set saml.jit",
            ),
            Self::SamlEncryption => not_offered("the service provider's metadata has no encryption key"),
            Self::SamlSignedRequests => {
                not_offered("the service provider does not say that it signs requests")
            }
            Self::SamlProfile | Self::OidcProfile => not_configured(
                "the configuration does not say where the app shows the user: set app.profile_url and app.email",
            ),
            Self::SamlGroups => not_configured(
                "the configuration does not say where the app shows groups: set app.groups and saml.group_attribute",
            ),
            Self::SamlDeepLink => {
                not_configured("the configuration names no page deep in the app: set saml.deep_link")
            }
            Self::OidcSpFlow => not_configured(
                "the configuration does not say where the app begins sign-on: set oidc.start_url",
            ),
            Self::OidcIdpFlow => {
                not_configured("the configuration names no initiate login URI: set oidc.initiate_login_uri")
            }
            Self::OidcJitIdp => not_applicable(
                "JIT with the IdP flow applies to apps with oidc.jit and an initiate login URI",
            ),
            Self::OidcJitSp => {
                not_applicable("JIT with the SP flow applies to apps with oidc.jit and no initiate login URI")
            }
            Self::OidcJit => not_configured(
                "the configuration declares no just-in-time accounts of the relying party: set oidc.jit",
            ),
            Self::OidcDeepLink => {
                not_configured("the configuration names no page deep in the app: set oidc.deep_link")
            }
            Self::SignOut => {
                not_configured("the configuration does not say how to sign out of the app: set app.sign_out")
            }
            Self::BendableOrg => {
                not_applicable("a real org does not misbehave on purpose: this needs the embedded one")
            }
        }
    }
}

fn not_offered(what: &str) -> Finding {
    Finding::NotOffered { what: what.to_owned() }
}

fn not_applicable(why: &str) -> Finding {
    Finding::NotApplicable { why: why.to_owned() }
}

fn not_configured(what: &str) -> Finding {
    Finding::NotConfigured { what: what.to_owned() }
}
