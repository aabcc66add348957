//! Faults: each makes the app break one requirement, the way real servers do.

mod account;
mod all;
mod oidc;
mod row;
mod saml;
mod table;

use row::Row;

/// One way in which the app can misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// GET /ServiceProviderConfig answers 404.
    ConfigMissing,
    /// ServiceProviderConfig has no `sort`.
    ConfigOmitsSort,
    /// /ResourceTypes does not list User.
    ResourceTypesOmitUsers,
    /// /Schemas does not list the User schema.
    SchemasOmitUser,
    /// A filter on /Schemas or /ResourceTypes is ignored with 200 instead of refused with 403.
    DiscoveryFilterAnswered,
    /// A request without an Authorization header is let in; a wrong token is still refused.
    AuthNotRequired,
    /// Any non-empty Authorization header is let in.
    AnyTokenAccepted,
    /// 401 answers have no WWW-Authenticate header.
    NoWwwAuthenticate,
    /// What should be 401 is 403.
    UnauthorizedAs403,
    /// The body of a 401 is an HTML page.
    UnauthorizedAsHtml,
    /// A POST that makes a resource answers 200 instead of 201.
    CreateAnswers200,
    /// The answer to a POST has no Location header.
    CreateWithoutLocation,
    /// `meta.created` is missing from every resource.
    MetaWithoutCreated,
    /// A POST takes the `id` that the client sent.
    ClientIdAccepted,
    /// A POST accepts `name.familyName` and never stores it.
    FamilyNameLost,
    /// A POST with `groups: []` is refused with 400.
    EmptyGroupsRefused,
    /// A POST with a userName that is taken makes a second user.
    DuplicateAccepted,
    /// A POST with a userName that is taken answers 500.
    DuplicateAnswers500,
    /// Two userNames that differ in letter case only are two users.
    UniquenessMindsCase,
    /// A 409 has no `scimType`.
    ConflictWithoutScimType,
    /// A POST without userName makes a user.
    MissingUserNameAccepted,
    /// A body that is not JSON answers 500.
    MalformedJsonAnswers500,
    /// The password is stored as it is and shown with the user.
    PasswordReturned,
    /// GET by id leaves out `emails`.
    ReadOmitsEmails,
    /// GET by id of a deactivated user answers 404.
    InactiveHiddenFromRead,
    /// GET of an unknown id answers 500.
    UnknownIdAnswers500,
    /// The body of every 404 is an HTML page.
    NotFoundAsHtml,
    /// `status` in an error is a JSON number.
    ErrorStatusAsNumber,
    /// A well-formed filter is ignored: everything is listed.
    FilterIgnored,
    /// A filter that matches nothing answers 404.
    NoMatchAnswers404,
    /// A filter on userName compares letter case.
    FilterMindsCase,
    /// A `+` in a query stays a plus instead of becoming a space.
    PlusNotDecoded,
    /// A malformed filter is ignored: everything is listed.
    MalformedFilterIgnored,
    /// A malformed filter answers 500.
    MalformedFilterAnswers500,
    /// A filter never finds a deactivated user.
    InactiveHiddenFromFilter,
    /// `count` has no effect.
    CountIgnored,
    /// The numbers of a list are JSON strings.
    TotalsAsStrings,
    /// Every page starts at the first resource.
    StartIndexIgnored,
    /// PUT answers 200 with the new values and does not store them.
    ReplaceForgets,
    /// PUT with `id`, `meta` or `groups` in the body answers 400.
    ReplaceRefusesReadOnly,
    /// PUT of an unknown id makes a user of that id.
    ReplaceCreates,
    /// PUT leaves `active` as it was.
    ReplaceIgnoresActive,
    /// A PATCH operation without a path is answered 200 and does nothing.
    PathlessPatchIgnored,
    /// Replacing one part of a complex attribute drops its other parts.
    PatchClearsSiblings,
    /// A PATCH `op` that is not in lower case answers 400.
    CapitalisedOpRefused,
    /// An unknown PATCH `op` is skipped and answered 200.
    UnknownOpAccepted,
    /// The operations before the one that fails stay applied.
    PatchNotAtomic,
    /// PATCH of an unknown id answers 500.
    PatchUnknownAnswers500,
    /// A DELETE that worked answers 200 with a body.
    DeleteAnswers200,
    /// GET by id still answers 200 after a DELETE.
    DeletedStillReadable,
    /// DELETE of an unknown id answers 204.
    DeleteUnknownAnswers204,
    /// A response that answers no request is refused, also where the tenant allows it.
    SamlIdpInitiatedRefused,
    /// The pending request is remembered in a Lax cookie, which the browser does not send with the POST to the ACS.
    SamlPendingInLaxCookie,
    /// An account made at the first sign-in by SAML has no last name.
    SamlJitDropsLastName,
    /// The first name is read from an attribute that nobody sends.
    SamlJitWrongAttribute,
    /// Whoever has no account yet is refused at sign-in by SAML.
    SamlJitOff,
    /// The AuthnRequest in a redirect is compressed with a zlib header instead of raw DEFLATE.
    SamlRequestZlib,
    /// The ID of an AuthnRequest begins with a digit.
    SamlRequestIdStartsWithDigit,
    /// Every AuthnRequest has the same ID.
    SamlRequestIdRepeats,
    /// The AuthnRequest says Version 1.1.
    SamlRequestVersion11,
    /// IssueInstant of the AuthnRequest is a local time without a Z.
    SamlRequestLocalTime,
    /// IssueInstant of the AuthnRequest lies an hour back.
    SamlRequestStale,
    /// The AuthnRequest names another issuer than the metadata.
    SamlRequestOtherIssuer,
    /// The AuthnRequest names another destination than the URL that it is sent to.
    SamlRequestOtherDestination,
    /// The signed AuthnRequest names no destination.
    SamlRequestWithoutDestination,
    /// The AuthnRequest asks for an ACS that the metadata does not list.
    SamlRequestUnregisteredAcs,
    /// The AuthnRequest names the ACS with a slash at its end.
    SamlRequestAcsTrailingSlash,
    /// The AuthnRequest names the ACS by URL and by index.
    SamlRequestAcsTwice,
    /// The AuthnRequest asks for the response by the Redirect binding.
    SamlRequestAsksRedirect,
    /// The AuthnRequest begins with a document type declaration.
    SamlRequestWithDoctype,
    /// The AuthnRequest holds a Subject with a SubjectConfirmation.
    SamlRequestConfirmsSubject,
    /// The AuthnRequest is not signed, though the metadata says so.
    SamlRequestUnsigned,
    /// The signature of the AuthnRequest covers something else.
    SamlRequestBadSignature,
    /// The AuthnRequest is signed with RSA-SHA1.
    SamlRequestSha1,
    /// The AuthnRequest asks for a Kerberos principal as NameID.
    SamlRequestAsksKerberos,
    /// The AuthnRequest demands that the user signs in with a client certificate.
    SamlRequestDemandsX509,
    /// The RelayState that is sent has 200 bytes.
    SamlRelayStateLong,
    /// A response is refused unless the Response itself is signed.
    SamlAssertionSignatureIgnored,
    /// A response is refused unless the Assertion itself is signed.
    SamlResponseSignatureIgnored,
    /// A signature whose canonical form needs InclusiveNamespaces does not verify.
    SamlInclusivePrefixesIgnored,
    /// Whoever asked for a page before sign-in by SAML ends on the home page.
    SamlDeepLinkLost,
    /// The RelayState of an unsolicited response is ignored.
    SamlIdpRelayStateIgnored,
    /// The RelayState of an unsolicited response is followed to any origin.
    SamlForeignRelayStateFollowed,
    /// An encrypted assertion answers 500, though the metadata has an encryption key.
    SamlEncryptedFails,
    /// A sign-in by SAML in a browser that is signed in answers an error.
    SamlSecondLoginFails,
    /// A sign-in by SAML as another user leaves the old one signed in.
    SamlKeepsOldUser,
    /// The ACS answers 307 to its own address with a slash at the end.
    SamlAcsMoved,
    /// An assertion for another audience signs the user in.
    SamlWrongAudienceAccepted,
    /// Whatever key the message itself brings is trusted for its signature.
    SamlUnknownKeyAccepted,
    /// An assertion that has expired signs the user in.
    SamlExpiredAccepted,
    /// A response that is refused answers 500.
    SamlRefusalAnswers500,
    /// Only the first value of the group attribute is read.
    SamlGroupsFirstOnly,
    /// The sign-in by OpenID Connect can be started from the dashboard only: the app's own start answers 404.
    OidcStartMissing,
    /// Names are read from the ID token alone, which does not hold them.
    OidcNamesFromIdToken,
    /// Whoever has no account yet is refused at sign-in by OpenID Connect.
    OidcJitOff,
    /// The initiate URI sends whoever is not signed in to the login page.
    OidcInitiateDemandsSession,
    /// The initiate URI sends the browser to whatever issuer it is given.
    OidcInitiateForeignIss,
    /// The authorization request asks for `code token`.
    OidcResponseTypeHybrid,
    /// The authorization request does not ask for the scope `openid`.
    OidcScopeWithoutOpenid,
    /// The authorization request asks for the scope `groups`.
    OidcScopeGroups,
    /// The authorization request asks for the scope `offline_access`.
    OidcScopeOffline,
    /// The authorization request names a redirect URI that is not registered.
    OidcOtherRedirectUri,
    /// The authorization request names the redirect URI under the app's other host name.
    OidcRedirectUriOtherHost,
    /// The authorization request has no state.
    OidcStateAbsent,
    /// Every authorization request of a browser has the same state.
    OidcStateConstant,
    /// The authorization request has no nonce.
    OidcNonceAbsent,
    /// Every authorization request has the same nonce.
    OidcNonceConstant,
    /// The authorization request has no code challenge.
    OidcPkceAbsent,
    /// The code challenge is the verifier itself, by the method `plain`.
    OidcPkcePlain,
    /// The authorization server `/oauth2/default` is hard-coded.
    OidcDefaultIssuer,
    /// The authorization request holds the client secret.
    OidcSecretInUrl,
    /// The token request has the client secret in its body, though the header was declared.
    OidcClientAuthUndeclared,
    /// The token request has the client secret in its header and in its body.
    OidcClientAuthTwice,
    /// The authorization code is redeemed twice.
    OidcCodeRedeemedTwice,
    /// The token request has no code verifier, though a challenge was sent.
    OidcVerifierMissing,
    /// The callback answers 308 to its own address with a slash at the end.
    OidcCallbackMoved,
    /// A state that another browser was given is accepted.
    OidcForeignStateAccepted,
    /// Whoever asked for a page before sign-in by OpenID Connect ends on the home page.
    OidcDeepLinkLost,
    /// A sign-in by OpenID Connect in a browser that is signed in answers an error.
    OidcSecondLoginFails,
    /// A sign-in by OpenID Connect as another user leaves the old one signed in.
    OidcKeepsOldUser,
    /// A callback with an error starts the sign-in again.
    OidcAccessDeniedLoops,
    /// A callback with an error answers 500.
    OidcErrorAnswers500,
    /// An ID token with another nonce signs the user in.
    OidcWrongNonceAccepted,
    /// An ID token for another client signs the user in.
    OidcWrongAudienceAccepted,
    /// The signature of an ID token is not verified.
    OidcUnknownKeyAccepted,
    /// Letters outside ASCII become question marks in an account made at sign-in.
    UnicodeMangled,
    /// An apostrophe in a name is escaped before it is stored, and again when it is shown.
    ApostropheEscapedTwice,
    /// Names go into the pages unescaped.
    ProfileUnescaped,
    /// Every sign-in makes an account of its own.
    JitDuplicates,
    /// An account made at sign-in has no email address.
    JitLosesEmail,
    /// Signing out shows the signed-out page and leaves the session alive.
    SignOutKeepsSession,
    /// Whoever comes back under another last name is answered 500.
    RenameAnswers500,
}

impl Fault {
    /// The fault with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.id() == id)
    }

    /// The kebab-case name.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// One sentence: what the app does.
    pub fn description(self) -> &'static str {
        self.row().says
    }

    /// The checks that must fail.
    pub fn breaks(self) -> &'static [&'static str] {
        self.row().breaks
    }

    /// The checks that this fault leaves out of reach.
    pub fn blocks(self) -> &'static [&'static str] {
        self.row().blocks
    }

    fn row(self) -> &'static Row {
        rows().find(|row| row.fault == self).expect("every fault has a row")
    }
}

/// The rows of every table.
fn rows() -> impl Iterator<Item = &'static Row> {
    table::ROWS.iter().chain(saml::ROWS).chain(oidc::ROWS).chain(account::ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_exactly_one_row_and_can_be_found_by_its_id() {
        assert_eq!(rows().count(), Fault::ALL.len());
        for fault in Fault::ALL {
            assert_eq!(Fault::named(fault.id()), Some(*fault));
            assert!(!fault.breaks().is_empty(), "{} breaks nothing", fault.id());
            assert!(fault.description().ends_with('.'), "{} is described by a sentence", fault.id());
        }
    }
}
