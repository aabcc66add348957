//! The sample app over HTTP: healthy behaviour by section, faults, variants and misbehaviour.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where by panicking")]

mod admin;
mod auth;
mod bulk;
mod concurrency;
mod create;
mod cursor;
mod delete;
mod discovery;
mod errors;
mod etag;
mod faults;
mod filter;
mod grants;
mod groups;
mod house;
mod idp;
mod later;
mod legacy;
mod list;
mod misbehaviour;
mod oauth;
mod oidc;
mod oidc_faults;
mod patch;
mod patch_many;
mod portal_faults;
mod projection;
mod read;
mod replace;
mod running;
mod saml;
mod saml_faults;
mod scale;
mod search;
mod setting;
mod tenants;
mod variants;
