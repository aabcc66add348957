//! Both user agents against the same small app, and the oracle over what they see.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests: outside of a test function, too")]

mod agents;
mod app;
mod browser;
mod transport;
