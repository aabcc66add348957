//! The app's memory: one SQLite database, every statement with bound parameters.

mod members;
mod open;
mod record;
mod resources;
mod search;
mod seed;

pub(crate) use members::Member;
pub(crate) use open::Store;
pub(crate) use record::{NewRecord, Record, folded};
pub(crate) use search::{Narrowing, Order};
