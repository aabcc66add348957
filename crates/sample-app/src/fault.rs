//! Faults: each makes the app break one requirement, the way real servers do.

mod account;
mod auth;
mod behind;
mod comparison;
mod create;
mod delete;
mod discovery;
mod filter;
mod grammar;
mod list;
mod oidc;
mod patch;
mod read;
mod replace;
mod row;
mod saml;
mod sort;

use row::Row;

pub use account::AccountFault;
pub use auth::AuthFault;
pub use comparison::ComparisonFault;
pub use create::CreateFault;
pub use delete::DeleteFault;
pub use discovery::DiscoveryFault;
pub use filter::FilterFault;
pub use grammar::GrammarFault;
pub use list::ListFault;
pub use oidc::OidcFault;
pub use patch::PatchFault;
pub use read::ReadFault;
pub use replace::ReplaceFault;
pub use saml::SamlFault;
pub use sort::SortFault;

/// One way in which the app can misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Of discovery documents.
    Discovery(DiscoveryFault),
    /// Of authentication.
    Auth(AuthFault),
    /// Of creating resources.
    Create(CreateFault),
    /// Of reading resources.
    Read(ReadFault),
    /// Of filters.
    Filter(FilterFault),
    /// Of lists and pages.
    List(ListFault),
    /// Of PUT.
    Replace(ReplaceFault),
    /// Of PATCH.
    Patch(PatchFault),
    /// Of DELETE.
    Delete(DeleteFault),
    /// Of sign-on by SAML.
    Saml(SamlFault),
    /// Of sign-on by OpenID Connect.
    Oidc(OidcFault),
    /// Of accounts and sessions, however their users sign in.
    Account(AccountFault),
    /// Of how filters are read.
    Grammar(GrammarFault),
    /// Of comparisons in filters.
    Comparison(ComparisonFault),
    /// Of the order of lists.
    Sort(SortFault),
}

impl Fault {
    /// Every fault, in the order of the tables.
    pub fn all() -> impl Iterator<Item = Self> {
        rows().map(|row| row.fault)
    }

    /// The fault with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::all().find(|fault| fault.id() == id)
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

    /// Its number among all faults, in the order of the tables.
    pub(crate) const fn number(self) -> usize {
        let (table, place) = self.place();
        FIRSTS[table] + place as usize
    }

    /// The number of its table, and its place there.
    const fn place(self) -> (usize, u32) {
        match self {
            Self::Discovery(fault) => (0, fault as u32),
            Self::Auth(fault) => (1, fault as u32),
            Self::Create(fault) => (2, fault as u32),
            Self::Read(fault) => (3, fault as u32),
            Self::Filter(fault) => (4, fault as u32),
            Self::List(fault) => (5, fault as u32),
            Self::Replace(fault) => (6, fault as u32),
            Self::Patch(fault) => (7, fault as u32),
            Self::Delete(fault) => (8, fault as u32),
            Self::Saml(fault) => (9, fault as u32),
            Self::Oidc(fault) => (10, fault as u32),
            Self::Account(fault) => (11, fault as u32),
            Self::Grammar(fault) => (12, fault as u32),
            Self::Comparison(fault) => (13, fault as u32),
            Self::Sort(fault) => (14, fault as u32),
        }
    }
}

/// The rows of every table, in the order in which [`Fault::place`] counts the tables.
const TABLES: [&[Row]; 15] = [
    discovery::ROWS,
    auth::ROWS,
    create::ROWS,
    read::ROWS,
    filter::ROWS,
    list::ROWS,
    replace::ROWS,
    patch::ROWS,
    delete::ROWS,
    saml::ROWS,
    oidc::ROWS,
    account::ROWS,
    grammar::ROWS,
    comparison::ROWS,
    sort::ROWS,
];

/// The number of the first fault of each table.
const FIRSTS: [usize; TABLES.len()] = {
    let mut firsts = [0; TABLES.len()];
    let mut table = 1;
    while table < TABLES.len() {
        firsts[table] = firsts[table - 1] + TABLES[table - 1].len();
        table += 1;
    }
    firsts
};

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.into_iter().flatten()
}

impl From<DiscoveryFault> for Fault {
    fn from(fault: DiscoveryFault) -> Self {
        Self::Discovery(fault)
    }
}

impl From<AuthFault> for Fault {
    fn from(fault: AuthFault) -> Self {
        Self::Auth(fault)
    }
}

impl From<CreateFault> for Fault {
    fn from(fault: CreateFault) -> Self {
        Self::Create(fault)
    }
}

impl From<ReadFault> for Fault {
    fn from(fault: ReadFault) -> Self {
        Self::Read(fault)
    }
}

impl From<FilterFault> for Fault {
    fn from(fault: FilterFault) -> Self {
        Self::Filter(fault)
    }
}

impl From<ListFault> for Fault {
    fn from(fault: ListFault) -> Self {
        Self::List(fault)
    }
}

impl From<ReplaceFault> for Fault {
    fn from(fault: ReplaceFault) -> Self {
        Self::Replace(fault)
    }
}

impl From<PatchFault> for Fault {
    fn from(fault: PatchFault) -> Self {
        Self::Patch(fault)
    }
}

impl From<DeleteFault> for Fault {
    fn from(fault: DeleteFault) -> Self {
        Self::Delete(fault)
    }
}

impl From<SamlFault> for Fault {
    fn from(fault: SamlFault) -> Self {
        Self::Saml(fault)
    }
}

impl From<OidcFault> for Fault {
    fn from(fault: OidcFault) -> Self {
        Self::Oidc(fault)
    }
}

impl From<AccountFault> for Fault {
    fn from(fault: AccountFault) -> Self {
        Self::Account(fault)
    }
}

impl From<GrammarFault> for Fault {
    fn from(fault: GrammarFault) -> Self {
        Self::Grammar(fault)
    }
}

impl From<ComparisonFault> for Fault {
    fn from(fault: ComparisonFault) -> Self {
        Self::Comparison(fault)
    }
}

impl From<SortFault> for Fault {
    fn from(fault: SortFault) -> Self {
        Self::Sort(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_exactly_one_row_and_can_be_found_by_its_id() {
        for (number, table) in TABLES.iter().enumerate() {
            for (place, row) in table.iter().enumerate() {
                assert_eq!(row.fault.place(), (number, u32::try_from(place).unwrap()), "{}", row.id);
            }
        }
        for fault in Fault::all() {
            assert_eq!(Fault::named(fault.id()), Some(fault));
            assert!(!fault.breaks().is_empty(), "{} breaks nothing", fault.id());
            assert!(fault.description().ends_with('.'), "{} is described by a sentence", fault.id());
        }
    }
}
