//! The SCIM service of one tenant (RFC 7644).

mod bend;
mod bulk;
mod conditions;
mod create;
mod discovery;
mod dispatch;
mod filter;
mod grants;
mod group_faults;
mod house;
mod intake;
mod legacy;
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
pub(crate) use legacy::LegacyCall;
pub(crate) use service::Service;
