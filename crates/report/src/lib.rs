//! Renderings of a report.
//!
//! This crate forbids knowing how a run is made: every format is a pure function of a
//! [`Report`](oinspect_core::Report), without a clock, a file or a network.

mod findings;
mod format;
mod github;
mod har;
mod html;
mod json;
mod junit;
mod markdown;
mod readiness;
mod roots;
mod schema;
mod story;
mod transcript;
mod visible;

pub use format::{Format, render};
pub use github::github;
pub use har::har;
pub use html::html;
pub use json::{ReadError, json, read};
pub use junit::junit;
pub use markdown::markdown;
pub use readiness::{Standing, capabilities, features};
pub use roots::{Root, roots};
pub use schema::schema;
pub use visible::visible;
