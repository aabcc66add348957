//! The identity providers that the tests play, and a browser to visit them with.

pub(crate) mod browser;
pub(crate) mod message;
pub(crate) mod op;
