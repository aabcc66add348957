//! Faults: each makes the app break one requirement, the way real servers do.

mod table;

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
}

impl Fault {
    /// Every fault, in the order of the table.
    pub const ALL: &'static [Self] = &[
        Self::ConfigMissing,
        Self::ConfigOmitsSort,
        Self::ResourceTypesOmitUsers,
        Self::SchemasOmitUser,
        Self::DiscoveryFilterAnswered,
        Self::AuthNotRequired,
        Self::AnyTokenAccepted,
        Self::NoWwwAuthenticate,
        Self::UnauthorizedAs403,
        Self::UnauthorizedAsHtml,
        Self::CreateAnswers200,
        Self::CreateWithoutLocation,
        Self::MetaWithoutCreated,
        Self::ClientIdAccepted,
        Self::FamilyNameLost,
        Self::EmptyGroupsRefused,
        Self::DuplicateAccepted,
        Self::DuplicateAnswers500,
        Self::UniquenessMindsCase,
        Self::ConflictWithoutScimType,
        Self::MissingUserNameAccepted,
        Self::MalformedJsonAnswers500,
        Self::PasswordReturned,
        Self::ReadOmitsEmails,
        Self::InactiveHiddenFromRead,
        Self::UnknownIdAnswers500,
        Self::NotFoundAsHtml,
        Self::ErrorStatusAsNumber,
        Self::FilterIgnored,
        Self::NoMatchAnswers404,
        Self::FilterMindsCase,
        Self::PlusNotDecoded,
        Self::MalformedFilterIgnored,
        Self::MalformedFilterAnswers500,
        Self::InactiveHiddenFromFilter,
        Self::CountIgnored,
        Self::TotalsAsStrings,
        Self::StartIndexIgnored,
        Self::ReplaceForgets,
        Self::ReplaceRefusesReadOnly,
        Self::ReplaceCreates,
        Self::ReplaceIgnoresActive,
        Self::PathlessPatchIgnored,
        Self::PatchClearsSiblings,
        Self::CapitalisedOpRefused,
        Self::UnknownOpAccepted,
        Self::PatchNotAtomic,
        Self::PatchUnknownAnswers500,
        Self::DeleteAnswers200,
        Self::DeletedStillReadable,
        Self::DeleteUnknownAnswers204,
    ];

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

    fn row(self) -> &'static table::Row {
        table::ROWS.iter().find(|row| row.fault == self).expect("every fault has a row")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_exactly_one_row_and_can_be_found_by_its_id() {
        assert_eq!(table::ROWS.len(), Fault::ALL.len());
        for fault in Fault::ALL {
            assert_eq!(Fault::named(fault.id()), Some(*fault));
            assert!(!fault.breaks().is_empty(), "{} breaks nothing", fault.id());
            assert!(fault.description().ends_with('.'), "{} is described by a sentence", fault.id());
        }
    }
}
