//! The embedded org over HTTP: its API, its pages, its start and end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where by panicking")]

mod app_users;
mod apps;
mod authn;
mod errors;
mod groups;
mod hostile;
mod logs;
mod pages;
mod paging;
mod running;
mod setting;
mod sign_in;
mod tiles;
mod users;
