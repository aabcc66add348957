//! What people see of a tenant: login, home, profile, one deep link, and the ends of single sign-on.

mod account;
mod admission;
mod cookie;
mod dispatch;
mod extremes;
mod kept;
mod memory;
mod opening;
mod page;
mod person;
mod place;
mod refused;
mod session;
mod sign_out;
mod visit;

pub(crate) use admission::Arrival;
pub(crate) use cookie::{BROWSER, browser_cookie};
pub(crate) use dispatch::Portal;
pub(crate) use page::post_page;
pub(crate) use person::Person;
pub(crate) use place::own_page;
pub(crate) use refused::Refused;
pub(crate) use session::Via;
pub(crate) use visit::Visit;
