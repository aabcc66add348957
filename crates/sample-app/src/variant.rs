//! Variants: other behaviour that the specifications allow just as well.

/// One legal way of doing things differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// PATCH answers 204 without a body, unless `attributes` asks for one.
    Patch204,
    /// A list without matches has no `Resources`.
    NoResourcesWhenEmpty,
    /// Users carry an extension of the vendor's own.
    ExtraAttributes,
    /// The members of every JSON object come in the opposite order.
    ReversedOrder,
    /// A deleted resource stays in the store, unseen.
    SoftDelete,
    /// Entity tags are neither offered nor sent.
    NoEtag,
    /// Content-Type says `charset=utf-8`.
    CharsetInContentType,
    /// PUT gives attributes that were left out a default instead of clearing them.
    PutAnswersWithDefaults,
    /// Attributes without a value are shown as null or as an empty array.
    ExplicitNulls,
    /// `/Me` is the tenant's first user instead of 501.
    MeServed,
    /// Discovery answers without a token.
    DiscoveryOpen,
    /// A 401 names two schemes.
    SeveralSchemes,
    /// A body of another media type is 400 instead of 415.
    MediaTypeAs400,
    /// Errors have further members of the app's own.
    ErrorsSayMore,
    /// A finished sign-in by SAML redirects with 302 instead of 303.
    AcsAnswers302,
    /// A finished sign-in by SAML answers 200 with a page that leads on.
    AcsAnswersPage,
    /// The AuthnRequest is posted by a page instead of redirected.
    SamlPostRequest,
    /// The AuthnRequest is not signed, and the metadata says so.
    SamlUnsignedRequest,
    /// No RelayState is sent: the request's ID alone leads back to the page.
    SamlNoRelayState,
    /// A refused sign-in answers 200 with the reason.
    RefusalAnswers200,
    /// A refused sign-in answers 403 with the reason.
    RefusalAnswers403,
    /// A refused sign-in redirects to the login page, which shows the reason.
    RefusalRedirects,
    /// The session cookie has another name.
    SessionCookieRenamed,
    /// The profile shows input fields instead of text.
    ProfileOfInputs,
    /// The token request has the client secret in its body.
    OidcClientSecretPost,
    /// The authorization request asks for `response_mode=form_post`.
    OidcFormPost,
}

impl Variant {
    /// Every variant.
    pub const ALL: &'static [Self] = &[
        Self::Patch204,
        Self::NoResourcesWhenEmpty,
        Self::ExtraAttributes,
        Self::ReversedOrder,
        Self::SoftDelete,
        Self::NoEtag,
        Self::CharsetInContentType,
        Self::PutAnswersWithDefaults,
        Self::ExplicitNulls,
        Self::MeServed,
        Self::DiscoveryOpen,
        Self::SeveralSchemes,
        Self::MediaTypeAs400,
        Self::ErrorsSayMore,
        Self::AcsAnswers302,
        Self::AcsAnswersPage,
        Self::SamlPostRequest,
        Self::SamlUnsignedRequest,
        Self::SamlNoRelayState,
        Self::RefusalAnswers200,
        Self::RefusalAnswers403,
        Self::RefusalRedirects,
        Self::SessionCookieRenamed,
        Self::ProfileOfInputs,
        Self::OidcClientSecretPost,
        Self::OidcFormPost,
    ];

    /// The variant with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.id() == id)
    }

    /// The kebab-case name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Patch204 => "patch-204",
            Self::NoResourcesWhenEmpty => "no-resources-when-empty",
            Self::ExtraAttributes => "extra-attributes",
            Self::ReversedOrder => "reversed-order",
            Self::SoftDelete => "soft-delete",
            Self::NoEtag => "no-etag",
            Self::CharsetInContentType => "charset-in-content-type",
            Self::PutAnswersWithDefaults => "put-answers-with-defaults",
            Self::ExplicitNulls => "explicit-nulls",
            Self::MeServed => "me-served",
            Self::DiscoveryOpen => "discovery-open",
            Self::SeveralSchemes => "several-schemes",
            Self::MediaTypeAs400 => "media-type-as-400",
            Self::ErrorsSayMore => "errors-say-more",
            Self::AcsAnswers302 => "acs-answers-302",
            Self::AcsAnswersPage => "acs-answers-page",
            Self::SamlPostRequest => "saml-post-request",
            Self::SamlUnsignedRequest => "saml-unsigned-request",
            Self::SamlNoRelayState => "saml-no-relay-state",
            Self::RefusalAnswers200 => "refusal-answers-200",
            Self::RefusalAnswers403 => "refusal-answers-403",
            Self::RefusalRedirects => "refusal-redirects",
            Self::SessionCookieRenamed => "session-cookie-renamed",
            Self::ProfileOfInputs => "profile-of-inputs",
            Self::OidcClientSecretPost => "oidc-client-secret-post",
            Self::OidcFormPost => "oidc-form-post",
        }
    }

    /// One sentence: what the app does.
    pub fn description(self) -> &'static str {
        match self {
            Self::Patch204 => "PATCH answers 204 without a body, unless `attributes` asks for one.",
            Self::NoResourcesWhenEmpty => "A list without matches has no `Resources`.",
            Self::ExtraAttributes => "Users carry an extension of the vendor's own.",
            Self::ReversedOrder => "The members of every JSON object come in the opposite order.",
            Self::SoftDelete => "A deleted resource stays in the store, unseen.",
            Self::NoEtag => "Entity tags are neither offered nor sent.",
            Self::CharsetInContentType => "Content-Type says `charset=utf-8`.",
            Self::PutAnswersWithDefaults => {
                "PUT gives attributes that were left out a default instead of clearing them."
            }
            Self::ExplicitNulls => "Attributes without a value are shown as null or as an empty array.",
            Self::MeServed => "`/Me` is the tenant's first user instead of 501.",
            Self::DiscoveryOpen => "Discovery answers without a token.",
            Self::SeveralSchemes => "A 401 names two schemes.",
            Self::MediaTypeAs400 => "A body of another media type is 400 instead of 415.",
            Self::ErrorsSayMore => "Errors have further members of the app's own.",
            Self::AcsAnswers302 => "A finished sign-in by SAML redirects with 302 instead of 303.",
            Self::AcsAnswersPage => "A finished sign-in by SAML answers 200 with a page that leads on.",
            Self::SamlPostRequest => "The AuthnRequest is posted by a page instead of redirected.",
            Self::SamlUnsignedRequest => "The AuthnRequest is not signed, and the metadata says so.",
            Self::SamlNoRelayState => "No RelayState is sent: the request's ID alone leads back to the page.",
            Self::RefusalAnswers200 => "A refused sign-in answers 200 with the reason.",
            Self::RefusalAnswers403 => "A refused sign-in answers 403 with the reason.",
            Self::RefusalRedirects => {
                "A refused sign-in redirects to the login page, which shows the reason."
            }
            Self::SessionCookieRenamed => "The session cookie has another name.",
            Self::ProfileOfInputs => "The profile shows input fields instead of text.",
            Self::OidcClientSecretPost => "The token request has the client secret in its body.",
            Self::OidcFormPost => "The authorization request asks for `response_mode=form_post`.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_is_found_by_its_id() {
        for variant in Variant::ALL {
            assert_eq!(Variant::named(variant.id()), Some(*variant));
        }
    }
}
