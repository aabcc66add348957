//! Suites as files: what is read, and what is refused.

mod malformed;
