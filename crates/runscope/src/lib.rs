//! Runscope suites: the export format of Runscope (BlazeMeter API Monitoring) and the engine that
//! runs it. This crate forbids a way to the target of its own: every request goes through `Cx`.

mod assertion;
mod error;
mod json_path;
mod parse;
mod source;
mod suite;
mod xml;

pub use assertion::{Comparison, cast};
pub use error::Error;
pub use source::{Answer, Location, Source, Unreadable};
pub use suite::{Action, Assertion, Extraction, Payload, RequestStep, Step, Suite, planned};
