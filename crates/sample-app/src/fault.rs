//! Faults: each makes the app break one requirement, the way real servers do.

mod account;
mod auth;
mod behind;
mod bulk;
mod create;
mod delete;
mod discovery;
mod entitlement;
mod filter;
mod group;
mod list;
mod membership;
mod oidc;
mod patch;
mod read;
mod replace;
mod row;
mod saml;

use row::Row;

pub use account::AccountFault;
pub use auth::AuthFault;
pub use bulk::BulkFault;
pub use create::CreateFault;
pub use delete::DeleteFault;
pub use discovery::DiscoveryFault;
pub use entitlement::EntitlementFault;
pub use filter::FilterFault;
pub use group::GroupFault;
pub use list::ListFault;
pub use membership::MembershipFault;
pub use oidc::OidcFault;
pub use patch::PatchFault;
pub use read::ReadFault;
pub use replace::ReplaceFault;
pub use saml::SamlFault;

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
    /// Of groups.
    Group(GroupFault),
    /// Of who belongs to a group.
    Membership(MembershipFault),
    /// Of many operations in one request.
    Bulk(BulkFault),
    /// Of entitlements and roles.
    Entitlement(EntitlementFault),
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

    /// The number of its table, and its place there: fewer than 128 in each.
    pub(crate) const fn place(self) -> (usize, u32) {
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
            Self::Group(fault) => (12, fault as u32),
            Self::Membership(fault) => (13, fault as u32),
            Self::Bulk(fault) => (14, fault as u32),
            Self::Entitlement(fault) => (15, fault as u32),
        }
    }
}

/// The rows of every table, in the order in which [`Fault::place`] counts the tables.
const TABLES: [&[Row]; 16] = [
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
    group::ROWS,
    membership::ROWS,
    bulk::ROWS,
    entitlement::ROWS,
];

/// How many tables there are.
pub(crate) const TABLE_COUNT: usize = TABLES.len();

/// How many faults stand before each table; at the end, how many there are.
pub(crate) const OFFSETS: [usize; TABLE_COUNT + 1] = {
    let mut offsets = [0; TABLE_COUNT + 1];
    let mut table = 0;
    while table < TABLE_COUNT {
        offsets[table + 1] = offsets[table] + TABLES[table].len();
        table += 1;
    }
    offsets
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

impl From<GroupFault> for Fault {
    fn from(fault: GroupFault) -> Self {
        Self::Group(fault)
    }
}

impl From<MembershipFault> for Fault {
    fn from(fault: MembershipFault) -> Self {
        Self::Membership(fault)
    }
}

impl From<BulkFault> for Fault {
    fn from(fault: BulkFault) -> Self {
        Self::Bulk(fault)
    }
}

impl From<EntitlementFault> for Fault {
    fn from(fault: EntitlementFault) -> Self {
        Self::Entitlement(fault)
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
