//! The pages, as HTML. Everything that is shown is escaped by the templates.

use askama::Template;

use crate::http::{Answer, Refusal};

/// The login page.
#[derive(Template)]
#[template(path = "login.html")]
pub(super) struct Login<'a> {
    pub tenant: &'a str,
    pub reason: Option<&'a str>,
    /// The address of each way in, with the page to come back to.
    pub saml: Option<String>,
    pub oidc: Option<String>,
}

/// The home page.
#[derive(Template)]
#[template(path = "home.html")]
pub(super) struct Home<'a> {
    pub tenant: &'a str,
    pub name: &'a str,
    pub raw: bool,
}

/// The profile.
#[derive(Template)]
#[template(path = "profile.html")]
pub(super) struct Profile<'a> {
    pub tenant: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub email: &'a str,
    pub groups: &'a [String],
    pub inputs: bool,
    pub raw: bool,
}

/// The deep link.
#[derive(Template)]
#[template(path = "report.html")]
pub(super) struct Report<'a> {
    pub tenant: &'a str,
    pub number: &'a str,
    pub name: &'a str,
    pub raw: bool,
}

/// A sign-in that failed.
#[derive(Template)]
#[template(path = "refused.html")]
pub(super) struct Failed<'a> {
    pub tenant: &'a str,
    pub reason: &'a str,
}

/// One word for everybody.
#[derive(Template)]
#[template(path = "welcome.html")]
pub(super) struct Welcome<'a> {
    pub tenant: &'a str,
}

#[derive(Template)]
#[template(path = "forward.html")]
struct Forward<'a> {
    location: &'a str,
}

#[derive(Template)]
#[template(path = "post.html")]
struct Post<'a> {
    action: &'a str,
    fields: &'a [(&'a str, &'a str)],
}

/// A page that leads on by itself.
pub(crate) fn forward_page(location: &str) -> Answer {
    page(200, &Forward { location })
}

/// A page that posts a form by itself.
pub(crate) fn post_page(action: &str, fields: &[(&str, &str)]) -> Answer {
    page(200, &Post { action, fields })
}

/// Nothing that a person sees is kept by the browser: after signing out, Back shows nothing.
pub(super) fn page(status: u16, template: &impl Template) -> Answer {
    match template.render() {
        Ok(html) => Answer::html(status, html).with("cache-control", "no-store"),
        Err(_) => Answer::html(500, Refusal::internal().detail),
    }
}
