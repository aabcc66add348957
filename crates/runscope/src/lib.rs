//! Runscope suites: the export format of Runscope (BlazeMeter API Monitoring) and the engine that
//! runs it. This crate forbids a way to the target of its own: every request goes through `Cx`.

mod assertion;
mod cleanup;
mod definable;
mod engine;
mod error;
mod function;
mod json_path;
mod loopback;
mod okta;
mod parse;
mod request;
mod result;
mod script;
mod source;
mod status;
mod step;
mod suite;
mod template;
mod variables;
mod xml;

pub use assertion::{Comparison, cast};
pub use engine::{Options, run};
pub use error::Error;
pub use loopback::default_pause_scale;
pub use script::ScriptError;
pub use source::{Answer, Location, Source, Unreadable};
pub use suite::{Action, Assertion, Extraction, Payload, RequestStep, Step, Suite, planned};
