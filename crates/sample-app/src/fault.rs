//! Faults: each makes the app break one requirement, the way real servers do.

mod account;
mod auth;
mod behind;
mod create;
mod delete;
mod discovery;
mod errors;
mod filter;
mod http;
mod later;
mod list;
mod observed;
mod oidc;
mod patch;
mod read;
mod replace;
mod row;
mod saml;
mod schemas;
mod tenant;

use row::Row;

pub use account::AccountFault;
pub use auth::AuthFault;
pub use create::CreateFault;
pub use delete::DeleteFault;
pub use discovery::DiscoveryFault;
pub use errors::ErrorFault;
pub use filter::FilterFault;
pub use http::HttpFault;
pub use later::LaterFault;
pub use list::ListFault;
pub use observed::ObservedFault;
pub use oidc::OidcFault;
pub use patch::PatchFault;
pub use read::ReadFault;
pub use replace::ReplaceFault;
pub use saml::SamlFault;
pub use schemas::SchemaFault;
pub use tenant::TenantFault;

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
    /// Of the documents of schemas, and of what they promise.
    Schemas(SchemaFault),
    /// Of keeping tenants apart.
    Tenant(TenantFault),
    /// Of HTTP: media types, headers, methods.
    Http(HttpFault),
    /// Of what wrong requests are answered.
    Errors(ErrorFault),
    /// Of requests that are answered later.
    Later(LaterFault),
    /// Of answers of every kind.
    Observed(ObservedFault),
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
    pub(crate) fn number(self) -> usize {
        let (table, place) = self.place();
        TABLES.iter().take(table).map(|rows| rows.len()).sum::<usize>() + place as usize
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
            Self::Schemas(fault) => (12, fault as u32),
            Self::Tenant(fault) => (13, fault as u32),
            Self::Http(fault) => (14, fault as u32),
            Self::Errors(fault) => (15, fault as u32),
            Self::Later(fault) => (16, fault as u32),
            Self::Observed(fault) => (17, fault as u32),
        }
    }
}

/// The rows of every table, in the order in which [`Fault::place`] counts the tables.
const TABLES: [&[Row]; 18] = [
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
    schemas::ROWS,
    tenant::ROWS,
    http::ROWS,
    errors::ROWS,
    later::ROWS,
    observed::ROWS,
];

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

impl From<SchemaFault> for Fault {
    fn from(fault: SchemaFault) -> Self {
        Self::Schemas(fault)
    }
}

impl From<TenantFault> for Fault {
    fn from(fault: TenantFault) -> Self {
        Self::Tenant(fault)
    }
}

impl From<HttpFault> for Fault {
    fn from(fault: HttpFault) -> Self {
        Self::Http(fault)
    }
}

impl From<ErrorFault> for Fault {
    fn from(fault: ErrorFault) -> Self {
        Self::Errors(fault)
    }
}

impl From<LaterFault> for Fault {
    fn from(fault: LaterFault) -> Self {
        Self::Later(fault)
    }
}

impl From<ObservedFault> for Fault {
    fn from(fault: ObservedFault) -> Self {
        Self::Observed(fault)
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
