//! Faults: each makes the app break one requirement, the way real servers do.

mod account;
mod auth;
mod behind;
mod bulk;
mod comparison;
mod concurrency;
mod create;
mod cursor;
mod delete;
mod discovery;
mod enterprise;
mod entitlement;
mod errors;
mod filter;
mod grammar;
mod group;
mod http;
mod later;
mod legacy;
mod list;
mod me;
mod membership;
mod observed;
mod oidc;
mod password;
mod patch;
mod patch_add;
mod patch_path;
mod patch_refusal;
mod projection;
mod read;
mod replace;
mod row;
mod saml;
mod schemas;
mod search;
mod sort;
mod tenant;
mod values;
mod version;

use row::Row;

pub use account::AccountFault;
pub use auth::AuthFault;
pub use bulk::BulkFault;
pub use comparison::ComparisonFault;
pub use concurrency::ConcurrencyFault;
pub use create::CreateFault;
pub use cursor::CursorFault;
pub use delete::DeleteFault;
pub use discovery::DiscoveryFault;
pub use enterprise::EnterpriseFault;
pub use entitlement::EntitlementFault;
pub use errors::ErrorFault;
pub use filter::FilterFault;
pub use grammar::GrammarFault;
pub use group::GroupFault;
pub use http::HttpFault;
pub use later::LaterFault;
pub use legacy::LegacyFault;
pub use list::ListFault;
pub use me::MeFault;
pub use membership::MembershipFault;
pub use observed::ObservedFault;
pub use oidc::OidcFault;
pub use password::PasswordFault;
pub use patch::PatchFault;
pub use patch_add::AddFault;
pub use patch_path::PathFault;
pub use patch_refusal::RefusalFault;
pub use projection::ProjectionFault;
pub use read::ReadFault;
pub use replace::ReplaceFault;
pub use saml::SamlFault;
pub use schemas::SchemaFault;
pub use search::SearchFault;
pub use sort::SortFault;
pub use tenant::TenantFault;
pub use values::ValuesFault;
pub use version::VersionFault;

/// One way in which the app can misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Of discovery documents.
    Discovery(DiscoveryFault),
    /// Of the documents of schemas and of what they promise.
    Schema(SchemaFault),
    /// Of authentication.
    Auth(AuthFault),
    /// Of keeping tenants apart.
    Tenant(TenantFault),
    /// Of HTTP: media types, headers, methods.
    Http(HttpFault),
    /// Of what wrong requests are answered.
    Error(ErrorFault),
    /// Of requests that are answered later.
    Later(LaterFault),
    /// Of answers of every kind.
    Observed(ObservedFault),
    /// Of creating resources.
    Create(CreateFault),
    /// Of the values of attributes.
    Values(ValuesFault),
    /// Of passwords.
    Password(PasswordFault),
    /// Of the enterprise extension.
    Enterprise(EnterpriseFault),
    /// Of reading resources.
    Read(ReadFault),
    /// Of filters.
    Filter(FilterFault),
    /// Of comparisons in filters.
    Comparison(ComparisonFault),
    /// Of how filters are read.
    Grammar(GrammarFault),
    /// Of the order of lists.
    Sort(SortFault),
    /// Of lists and pages.
    List(ListFault),
    /// Of paging by cursors.
    Cursor(CursorFault),
    /// Of `attributes` and `excludedAttributes`.
    Projection(ProjectionFault),
    /// Of searching with POST.
    Search(SearchFault),
    /// Of versions and entity tags.
    Version(VersionFault),
    /// Of the alias `/Me`.
    Me(MeFault),
    /// Of PUT.
    Replace(ReplaceFault),
    /// Of PATCH.
    Patch(PatchFault),
    /// Of additions by PATCH.
    Add(AddFault),
    /// Of the paths of PATCH.
    Path(PathFault),
    /// Of what PATCH must refuse.
    Refusal(RefusalFault),
    /// Of changes at the same moment.
    Concurrency(ConcurrencyFault),
    /// Of groups.
    Group(GroupFault),
    /// Of who belongs to a group.
    Membership(MembershipFault),
    /// Of many operations in one request.
    Bulk(BulkFault),
    /// Of entitlements and roles.
    Entitlement(EntitlementFault),
    /// Of DELETE.
    Delete(DeleteFault),
    /// Of SCIM 1.1.
    Legacy(LegacyFault),
    /// Of sign-on by SAML.
    Saml(SamlFault),
    /// Of sign-on by OpenID Connect.
    Oidc(OidcFault),
    /// Of accounts and sessions, however their users sign in.
    Account(AccountFault),
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

    /// The number of its table, and its place there.
    pub(crate) const fn place(self) -> (usize, u32) {
        match self {
            Self::Discovery(fault) => (0, fault as u32),
            Self::Schema(fault) => (1, fault as u32),
            Self::Auth(fault) => (2, fault as u32),
            Self::Tenant(fault) => (3, fault as u32),
            Self::Http(fault) => (4, fault as u32),
            Self::Error(fault) => (5, fault as u32),
            Self::Later(fault) => (6, fault as u32),
            Self::Observed(fault) => (7, fault as u32),
            Self::Create(fault) => (8, fault as u32),
            Self::Values(fault) => (9, fault as u32),
            Self::Password(fault) => (10, fault as u32),
            Self::Enterprise(fault) => (11, fault as u32),
            Self::Read(fault) => (12, fault as u32),
            Self::Filter(fault) => (13, fault as u32),
            Self::Comparison(fault) => (14, fault as u32),
            Self::Grammar(fault) => (15, fault as u32),
            Self::Sort(fault) => (16, fault as u32),
            Self::List(fault) => (17, fault as u32),
            Self::Cursor(fault) => (18, fault as u32),
            Self::Projection(fault) => (19, fault as u32),
            Self::Search(fault) => (20, fault as u32),
            Self::Version(fault) => (21, fault as u32),
            Self::Me(fault) => (22, fault as u32),
            Self::Replace(fault) => (23, fault as u32),
            Self::Patch(fault) => (24, fault as u32),
            Self::Add(fault) => (25, fault as u32),
            Self::Path(fault) => (26, fault as u32),
            Self::Refusal(fault) => (27, fault as u32),
            Self::Concurrency(fault) => (28, fault as u32),
            Self::Group(fault) => (29, fault as u32),
            Self::Membership(fault) => (30, fault as u32),
            Self::Bulk(fault) => (31, fault as u32),
            Self::Entitlement(fault) => (32, fault as u32),
            Self::Delete(fault) => (33, fault as u32),
            Self::Legacy(fault) => (34, fault as u32),
            Self::Saml(fault) => (35, fault as u32),
            Self::Oidc(fault) => (36, fault as u32),
            Self::Account(fault) => (37, fault as u32),
        }
    }
}

/// The rows of every table, in the order in which [`Fault::place`] counts the tables.
const TABLES: [&[Row]; 38] = [
    discovery::ROWS,
    schemas::ROWS,
    auth::ROWS,
    tenant::ROWS,
    http::ROWS,
    errors::ROWS,
    later::ROWS,
    observed::ROWS,
    create::ROWS,
    values::ROWS,
    password::ROWS,
    enterprise::ROWS,
    read::ROWS,
    filter::ROWS,
    comparison::ROWS,
    grammar::ROWS,
    sort::ROWS,
    list::ROWS,
    cursor::ROWS,
    projection::ROWS,
    search::ROWS,
    version::ROWS,
    me::ROWS,
    replace::ROWS,
    patch::ROWS,
    patch_add::ROWS,
    patch_path::ROWS,
    patch_refusal::ROWS,
    concurrency::ROWS,
    group::ROWS,
    membership::ROWS,
    bulk::ROWS,
    entitlement::ROWS,
    delete::ROWS,
    legacy::ROWS,
    saml::ROWS,
    oidc::ROWS,
    account::ROWS,
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
