//! The SCIM service of one tenant (RFC 7644).

mod bulk;
mod conditions;
mod create;
mod discovery;
mod dispatch;
mod filter;
mod intake;
mod list;
mod me;
mod misreading;
mod patch;
mod projection;
mod read;
mod remove;
mod replace;
mod representation;
mod save;
mod service;
mod sort;

pub(crate) use conditions::Conditions;
pub(crate) use dispatch::{Call, Payload};
pub(crate) use service::Service;
