//! A small SaaS app to test against: healthy, or with a fault switched on.
//!
//! It conforms to RFC 7643 and RFC 7644 unless told otherwise, so that whatever a check reports about
//! it is either a fault that was switched on or a false alarm. It shares no code with the checks: one
//! bug must not cancel itself out.

mod clock;
mod fault;
mod http;
mod misbehaviour;
mod password;
mod random;
mod raw;
mod running;
mod schema;
mod scim;
mod settings;
mod site;
mod store;
mod switches;
mod variant;

pub use fault::Fault;
pub use misbehaviour::Misbehaviour;
pub use running::{OAuth, Running, StartError, Tenant, start};
pub use settings::{DEFAULT_LISTEN, Settings, Tokens};
pub use variant::Variant;
