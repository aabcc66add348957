//! The library as the command uses it, and the catalogue against the sample app.

#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set has failed")]

mod bench;
mod catalogue;
mod faults;
mod legacy;
mod liars;
mod safety;
mod sign_on;
mod stage;
mod whole_run;
mod witness;
