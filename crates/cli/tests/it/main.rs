//! The command as a user meets it: one process a test, against servers on free ports of this machine.

#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set has failed")]

mod bad_input;
mod doctor;
mod door;
mod exit_codes;
mod init;
mod interrupts;
mod okta_suites;
mod org;
mod pages;
mod real_servers;
mod secrets;
mod sign_on;
mod stage;
mod suite_file;
