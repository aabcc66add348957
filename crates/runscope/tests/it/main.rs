//! Runs suites against an in-process target: nothing leaves the process.

mod engine;
mod limits;
mod malformed;
mod okta_files;
mod target;
