//! Configuration, plans, selection, transport, the runner, the journal and the ledger.
//!
//! This crate forbids a second HTTP client and a second place where results are written: everything
//! that a run sends goes through [`HttpTransport`], everything that it says through [`Recorder`].

pub mod catalogue;
mod clean_up;
mod config;
mod document;
mod header;
mod interrupt;
mod ledger;
mod nearest;
mod place;
mod plan;
mod problem;
mod recorder;
mod runner;
mod select;
mod session;
mod stage;
mod transport;

pub use clean_up::{CLEAN_UP_LIMIT, clean_up};
pub use config::{
    App, Beginning, Config, Explained, FILE_NAME, KEYS, Key, Kind, Limits, MetadataSource, Network, Oidc,
    OrgSection, RunSettings, Saml, Scim, SignOn, Sources,
};
pub use header::{header, plan_record, process_environment, tool};
pub use interrupt::Interrupt;
pub use ledger::{LastResult, Ledger, LedgerError, RunRow};
pub use nearest::nearest;
pub use oinspect_saml::{SpMetadata, read_sp_metadata};
pub use place::{Origin, Place};
pub use plan::{BUILT_IN, Pattern, Plan, PlannedWaiver};
pub use problem::Problem;
pub use recorder::{JOURNAL_NAME, JournalError, Listener, REPORT_NAME, RecordError, Recorder, read_journal};
pub use runner::{Emit, RunOptions, run};
pub use select::{SelectedGroup, SelectedWaiver, Selection, select};
pub use session::{SessionError, open_session, open_session_without_target, session_beside};
pub use stage::{
    AppProtocol, EmbeddedOrg, InstalledApps, OrgOfRun, StageError, apps, apps_to_come, has_sign_on,
    note_missing_browser, note_witness, org_address, org_identity, set_stage, sp_metadata,
};
pub use transport::{HttpTransport, SetUpError};
