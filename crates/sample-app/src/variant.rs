//! Variants: other behaviour that the specifications allow just as well.

mod left_out;

use left_out::LEFT_OUT;

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
    /// Ids are numbers, as texts.
    NumbersAsIds,
    /// The Location header is a path without a host.
    RelativeLocation,
    /// A userName must be an e-mail address at corp.example.
    UserNameInDomain,
    /// A user must have a department, of the enterprise extension.
    DepartmentRequired,
    /// E-mail addresses are stored in lower case.
    LowercaseEmails,
    /// What was written is read a seventh of a second later.
    LateReads,
    /// `/Me` is the tenant's first user instead of 501.
    MeServed,
    /// Entity tags are strong.
    StrongEtags,
    /// A list that shows everything has no `startIndex` and no `itemsPerPage`.
    WholeListsSayNoPage,
    /// No page holds more than ten resources, and the configuration says so.
    SmallPages,
    /// A name in `attributes` that no schema knows is refused with 400.
    UnknownAttributesRefused,
    /// Lists are paged by index alone.
    NoCursors,
    /// A list that is asked for without `startIndex` is paged by cursors.
    CursorsByDefault,
    /// A list that is paged by cursors does not say how many there are in all.
    CursorsWithoutTotals,
    /// Searching with POST answers 501.
    NoSearch,
    /// `/Me` redirects with 308 to the tenant's first user instead of 501.
    MeRedirects,
    /// There are no groups: no endpoint, no schema, no resource type.
    NoGroups,
    /// Users do not have `groups`, and their schema says so.
    NoUserGroups,
    /// Bulk requests are not offered.
    NoBulk,
    /// There are no entitlements and roles to list.
    NoGrants,
    /// A group with the displayName of another one is refused with 409.
    GroupNamesUnique,
    /// A group cannot be a member of a group.
    NestedGroupsRefused,
    /// Members are shown by nothing but their `value`.
    MembersByIdOnly,
    /// Ids that nobody has are left out of the members without a word.
    UnknownMembersIgnored,
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
    /// A condition on an unknown attribute matches nobody instead of being refused.
    UnknownFilterAttributeIsEmpty,
    /// An unknown attribute to sort by is ignored instead of being refused.
    UnknownSortIgnored,
    /// `ne` in a filter matches only those who have a value.
    NeWantsAValue,
    /// PUT leaves attributes that were left out as they were.
    PutKeepsOmitted,
    /// PATCH reads the texts "True" and "False" for `active` as booleans.
    CoercesBooleans,
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
        Self::NumbersAsIds,
        Self::RelativeLocation,
        Self::UserNameInDomain,
        Self::DepartmentRequired,
        Self::LowercaseEmails,
        Self::LateReads,
        Self::MeServed,
        Self::StrongEtags,
        Self::WholeListsSayNoPage,
        Self::SmallPages,
        Self::UnknownAttributesRefused,
        Self::NoCursors,
        Self::CursorsByDefault,
        Self::CursorsWithoutTotals,
        Self::NoSearch,
        Self::MeRedirects,
        Self::NoGroups,
        Self::NoUserGroups,
        Self::NoBulk,
        Self::NoGrants,
        Self::GroupNamesUnique,
        Self::NestedGroupsRefused,
        Self::MembersByIdOnly,
        Self::UnknownMembersIgnored,
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
        Self::UnknownFilterAttributeIsEmpty,
        Self::UnknownSortIgnored,
        Self::NeWantsAValue,
        Self::PutKeepsOmitted,
        Self::CoercesBooleans,
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
            Self::NumbersAsIds => "numbers-as-ids",
            Self::RelativeLocation => "relative-location",
            Self::UserNameInDomain => "user-name-in-domain",
            Self::DepartmentRequired => "department-required",
            Self::LowercaseEmails => "lowercase-emails",
            Self::LateReads => "late-reads",
            Self::MeServed => "me-served",
            Self::StrongEtags => "strong-etags",
            Self::WholeListsSayNoPage => "whole-lists-say-no-page",
            Self::SmallPages => "small-pages",
            Self::UnknownAttributesRefused => "unknown-attributes-refused",
            Self::NoCursors => "no-cursors",
            Self::CursorsByDefault => "cursors-by-default",
            Self::CursorsWithoutTotals => "cursors-without-totals",
            Self::NoSearch => "no-search",
            Self::MeRedirects => "me-redirects",
            Self::NoGroups => "no-groups",
            Self::NoUserGroups => "no-user-groups",
            Self::NoBulk => "no-bulk",
            Self::NoGrants => "no-grants",
            Self::GroupNamesUnique => "group-names-unique",
            Self::NestedGroupsRefused => "nested-groups-refused",
            Self::MembersByIdOnly => "members-by-id-only",
            Self::UnknownMembersIgnored => "unknown-members-ignored",
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
            Self::UnknownFilterAttributeIsEmpty => "unknown-filter-attribute-is-empty",
            Self::UnknownSortIgnored => "unknown-sort-ignored",
            Self::NeWantsAValue => "ne-wants-a-value",
            Self::PutKeepsOmitted => "put-keeps-omitted",
            Self::CoercesBooleans => "coerces-booleans",
        }
    }

    /// The checks that have nothing to look at under this variant: their ids, or how these begin up to
    /// a dot.
    pub fn leaves_out(self) -> &'static [&'static str] {
        LEFT_OUT.iter().find(|(variant, _)| *variant == self).map_or(&[], |(_, checks)| checks)
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
            Self::NumbersAsIds => "Ids are numbers, as texts.",
            Self::RelativeLocation => "The Location header is a path without a host.",
            Self::UserNameInDomain => "A userName must be an e-mail address at corp.example.",
            Self::DepartmentRequired => "A user must have a department, of the enterprise extension.",
            Self::LowercaseEmails => "E-mail addresses are stored in lower case.",
            Self::LateReads => "What was written is read a seventh of a second later.",
            Self::MeServed => "`/Me` is the tenant's first user instead of 501.",
            Self::StrongEtags => "Entity tags are strong.",
            Self::WholeListsSayNoPage => {
                "A list that shows everything has no `startIndex` and no `itemsPerPage`."
            }
            Self::SmallPages => "No page holds more than ten resources, and the configuration says so.",
            Self::UnknownAttributesRefused => {
                "A name in `attributes` that no schema knows is refused with 400."
            }
            Self::NoCursors => "Lists are paged by index alone.",
            Self::CursorsByDefault => "A list that is asked for without `startIndex` is paged by cursors.",
            Self::CursorsWithoutTotals => {
                "A list that is paged by cursors does not say how many there are in all."
            }
            Self::NoSearch => "Searching with POST answers 501.",
            Self::MeRedirects => "`/Me` redirects with 308 to the tenant's first user instead of 501.",
            Self::NoGroups => "There are no groups: no endpoint, no schema, no resource type.",
            Self::NoUserGroups => "Users do not have `groups`, and their schema says so.",
            Self::NoBulk => "Bulk requests are not offered.",
            Self::NoGrants => "There are no entitlements and roles to list.",
            Self::GroupNamesUnique => "A group with the displayName of another one is refused with 409.",
            Self::NestedGroupsRefused => "A group cannot be a member of a group.",
            Self::MembersByIdOnly => "Members are shown by nothing but their `value`.",
            Self::UnknownMembersIgnored => "Ids that nobody has are left out of the members without a word.",
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
            Self::UnknownFilterAttributeIsEmpty => {
                "A condition on an unknown attribute matches nobody instead of being refused."
            }
            Self::UnknownSortIgnored => {
                "An unknown attribute to sort by is ignored instead of being refused."
            }
            Self::NeWantsAValue => "`ne` in a filter matches only those who have a value.",
            Self::PutKeepsOmitted => "PUT leaves attributes that were left out as they were.",
            Self::CoercesBooleans => "PATCH reads the texts \"True\" and \"False\" for `active` as booleans.",
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
