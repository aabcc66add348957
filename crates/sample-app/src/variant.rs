//! Variants: other behaviour that the specifications allow just as well.

mod left_out;

use left_out::LEFT_OUT;

/// Makes the table of variants: what each does, its name in code, its id.
macro_rules! variants {
    ($(#[doc = $says:literal] $variant:ident = $id:literal,)+) => {
        /// One legal way of doing things differently.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Variant {
            $(#[doc = $says] $variant,)+
        }

        impl Variant {
            /// Every variant.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The kebab-case name.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }

            /// One sentence: what the app does.
            pub fn description(self) -> &'static str {
                match self {
                    $(Self::$variant => $says.trim_start(),)+
                }
            }
        }
    };
}

variants! {
    /// PATCH answers 204 without a body, unless `attributes` asks for one.
    Patch204 = "patch-204",
    /// A list without matches has no `Resources`.
    NoResourcesWhenEmpty = "no-resources-when-empty",
    /// Users carry an extension of the vendor's own.
    ExtraAttributes = "extra-attributes",
    /// The members of every JSON object come in the opposite order.
    ReversedOrder = "reversed-order",
    /// A deleted resource stays in the store, unseen.
    SoftDelete = "soft-delete",
    /// Entity tags are neither offered nor sent.
    NoEtag = "no-etag",
    /// Content-Type says `charset=utf-8`.
    CharsetInContentType = "charset-in-content-type",
    /// PUT gives attributes that were left out a default instead of clearing them.
    PutAnswersWithDefaults = "put-answers-with-defaults",
    /// Attributes without a value are shown as null or as an empty array.
    ExplicitNulls = "explicit-nulls",
    /// Ids are numbers, as texts.
    NumbersAsIds = "numbers-as-ids",
    /// The Location header is a path without a host.
    RelativeLocation = "relative-location",
    /// A userName must be an e-mail address at corp.example.
    UserNameInDomain = "user-name-in-domain",
    /// A user must have a department, of the enterprise extension.
    DepartmentRequired = "department-required",
    /// E-mail addresses are stored in lower case.
    LowercaseEmails = "lowercase-emails",
    /// What was written is read a seventh of a second later.
    LateReads = "late-reads",
    /// `/Me` is the tenant's first user instead of 501.
    MeServed = "me-served",
    /// Entity tags are strong.
    StrongEtags = "strong-etags",
    /// A list that shows everything has no `startIndex` and no `itemsPerPage`.
    WholeListsSayNoPage = "whole-lists-say-no-page",
    /// No page holds more than ten resources, and the configuration says so.
    SmallPages = "small-pages",
    /// A name in `attributes` that no schema knows is refused with 400.
    UnknownAttributesRefused = "unknown-attributes-refused",
    /// Lists are paged by index alone.
    NoCursors = "no-cursors",
    /// A list that is asked for without `startIndex` is paged by cursors.
    CursorsByDefault = "cursors-by-default",
    /// A list that is paged by cursors does not say how many there are in all.
    CursorsWithoutTotals = "cursors-without-totals",
    /// Searching with POST answers 501.
    NoSearch = "no-search",
    /// `/Me` redirects with 308 to the tenant's first user instead of 501.
    MeRedirects = "me-redirects",
    /// There are no groups: no endpoint, no schema, no resource type.
    NoGroups = "no-groups",
    /// Users do not have `groups`, and their schema says so.
    NoUserGroups = "no-user-groups",
    /// Bulk requests are not offered.
    NoBulk = "no-bulk",
    /// There are no entitlements and roles to list.
    NoGrants = "no-grants",
    /// A group with the displayName of another one is refused with 409.
    GroupNamesUnique = "group-names-unique",
    /// A group cannot be a member of a group.
    NestedGroupsRefused = "nested-groups-refused",
    /// Members are shown by nothing but their `value`.
    MembersByIdOnly = "members-by-id-only",
    /// Ids that nobody has are left out of the members without a word.
    UnknownMembersIgnored = "unknown-members-ignored",
    /// Discovery answers without a token.
    DiscoveryOpen = "discovery-open",
    /// A 401 names two schemes.
    SeveralSchemes = "several-schemes",
    /// A body of another media type is 400 instead of 415.
    MediaTypeAs400 = "media-type-as-400",
    /// Errors have further members of the app's own.
    ErrorsSayMore = "errors-say-more",
    /// A condition on an unknown attribute matches nobody instead of being refused.
    UnknownFilterAttributeIsEmpty = "unknown-filter-attribute-is-empty",
    /// An unknown attribute to sort by is ignored instead of being refused.
    UnknownSortIgnored = "unknown-sort-ignored",
    /// `ne` in a filter matches only those who have a value.
    NeWantsAValue = "ne-wants-a-value",
    /// PUT leaves attributes that were left out as they were.
    PutKeepsOmitted = "put-keeps-omitted",
    /// PATCH reads the texts "True" and "False" for `active` as booleans.
    CoercesBooleans = "coerces-booleans",
    /// Sorting is not offered: `sortBy` changes nothing.
    NoSort = "no-sort",
    /// Filters are not offered: whoever asks with one gets 501.
    NoFilter = "no-filter",
    /// PATCH is not offered: it answers 501.
    NoPatch = "no-patch",
    /// A bulk request holds three operations at most, and the configuration says so.
    SmallBulk = "small-bulk",
    /// Locations name the public host and path of a proxy, not those that were asked.
    LocationElsewhere = "location-elsewhere",
    /// Ids hold every sign that a path may hold, such as `+`, `=`, `@` and `:`.
    OddIds = "odd-ids",
    /// A user must have an e-mail address, and the schema says so.
    EmailsRequired = "emails-required",
    /// A user must have a given and a family name, and the schema says so.
    NamesRequired = "names-required",
    /// An e-mail address that another user has is refused with 409.
    EmailsUnique = "emails-unique",
    /// An externalId that another user has is refused with 409.
    ExternalIdsUnique = "external-ids-unique",
    /// Values of e-mail addresses and telephone numbers get a type, a label, and one of them `primary`.
    TypesAdded = "types-added",
    /// `name.formatted` is made of the parts of the name where the client sends none.
    FormattedNameComputed = "formatted-name-computed",
    /// `displayName` is the name or the userName where the client sends none.
    DisplayNameComputed = "display-name-computed",
    /// A user for whom the client names no role has the role `member`.
    DefaultRole = "default-role",
    /// A manager that is no user is refused with 400.
    ManagerMustExist = "manager-must-exist",
    /// Dates have microseconds and the offset `+00:00` instead of `Z`.
    DatesWithOffset = "dates-with-offset",
    /// Users have names, e-mail addresses, a password and a state; no extension and nothing else.
    LeanUsers = "lean-users",
    /// A member of a body that no schema knows is refused with 400.
    UnknownMembersRefused = "unknown-members-refused",
    /// Telephone numbers are stored as `tel:` URIs.
    PhoneNumbersCanonical = "phone-numbers-canonical",
    /// A finished sign-in by SAML redirects with 302 instead of 303.
    AcsAnswers302 = "acs-answers-302",
    /// A finished sign-in by SAML answers 200 with a page that leads on.
    AcsAnswersPage = "acs-answers-page",
    /// The AuthnRequest is posted by a page instead of redirected.
    SamlPostRequest = "saml-post-request",
    /// The AuthnRequest is not signed, and the metadata says so.
    SamlUnsignedRequest = "saml-unsigned-request",
    /// No RelayState is sent: the request's ID alone leads back to the page.
    SamlNoRelayState = "saml-no-relay-state",
    /// A refused sign-in answers 200 with the reason.
    RefusalAnswers200 = "refusal-answers-200",
    /// A refused sign-in answers 403 with the reason.
    RefusalAnswers403 = "refusal-answers-403",
    /// A refused sign-in redirects to the login page, which shows the reason.
    RefusalRedirects = "refusal-redirects",
    /// The session cookie has another name.
    SessionCookieRenamed = "session-cookie-renamed",
    /// The profile shows input fields instead of text.
    ProfileOfInputs = "profile-of-inputs",
    /// The token request has the client secret in its body.
    OidcClientSecretPost = "oidc-client-secret-post",
    /// The authorization request asks for `response_mode=form_post`.
    OidcFormPost = "oidc-form-post",
}

impl Variant {
    /// The variant with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.id() == id)
    }

    /// The checks that have nothing to look at under this variant: their ids, or how these begin up to
    /// a dot.
    pub fn leaves_out(self) -> &'static [&'static str] {
        LEFT_OUT.iter().find(|(variant, _)| *variant == self).map_or(&[], |(_, checks)| checks)
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
