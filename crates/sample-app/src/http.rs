//! What goes in and out over HTTP, before and after SCIM is spoken.

mod answer;
mod query;
mod refusal;

pub(crate) use answer::{Answer, Content};
pub(crate) use query::{Query, percent_decoded};
pub(crate) use refusal::{Refusal, ScimType};
