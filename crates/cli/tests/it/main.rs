//! The command as a user meets it: one process a test, against servers on free ports of this machine.

mod bad_input;
mod exit_codes;
mod interrupts;
mod okta_suites;
mod pages;
mod real_servers;
mod secrets;
mod stage;
