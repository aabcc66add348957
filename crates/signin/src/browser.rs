//! A real browser, spoken to over WebDriver.

mod capabilities;
mod driver;
mod engine;
mod failure;
mod network;
mod session;
mod stillness;
mod tab;

pub(crate) use engine::Engine;
pub(crate) use session::{Browser, value_hash};
