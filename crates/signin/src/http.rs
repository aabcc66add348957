//! The HTTP agent: cookies, redirects and forms as a browser has them, no scripts.

use std::sync::Arc;
use std::time::Duration;

use oinspect_core::{Clock, Transport, Visit};
use url::Url;

use crate::act::Act;
use crate::agent::CookieSeen;
use crate::error::AgentError;
use crate::page::Page;

pub(crate) struct HttpAgent(Page);
impl HttpAgent {
    pub(crate) fn new(_: Arc<dyn Transport>, _: Clock, _: Duration) -> Self {
        Self(Page::blank())
    }
    #[expect(clippy::result_large_err, reason = "a visit that failed is evidence like any other")]
    pub(crate) fn perform(&mut self, _: &str, _: &[Act]) -> Result<(Visit, Page), (Visit, AgentError)> {
        unimplemented!()
    }
    pub(crate) fn page(&self) -> &Page {
        &self.0
    }
    pub(crate) fn drop_cookies(&mut self, _: &Url) {}
    pub(crate) fn cookies(&self, _: &Url) -> Vec<CookieSeen> {
        Vec::new()
    }
}
