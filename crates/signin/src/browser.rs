//! A real browser, spoken to over WebDriver.

mod capabilities;
mod cookies;
mod driver;
mod engine;
mod failure;
mod network;
mod session;
mod stillness;
mod tab;

pub(crate) use cookies::value_hash;
pub(crate) use engine::Engine;
pub(crate) use session::Browser;
