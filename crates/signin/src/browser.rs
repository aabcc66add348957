//! A real browser, spoken to over WebDriver.

use std::sync::Arc;

use oinspect_core::{Clock, Visit};
use url::Url;

use crate::act::Act;
use crate::agent::CookieSeen;
use crate::error::AgentError;
use crate::page::Page;
use crate::settings::AgentSettings;

pub(crate) struct Engine;
impl Engine {
    pub(crate) fn start(_: Arc<AgentSettings>) -> Result<Self, AgentError> {
        Err(AgentError::DriverMissing { looked: "nowhere yet".to_owned() })
    }
    pub(crate) fn stop(&self) {}
    pub(crate) fn is_alive(&self) -> bool {
        true
    }
    pub(crate) fn has_opened(&self) -> bool {
        true
    }
}
pub(crate) struct Browser(Page);
impl Browser {
    pub(crate) fn open(_: &Arc<Engine>, _: Clock) -> Result<Self, AgentError> {
        Ok(Self(Page::blank()))
    }
    #[expect(clippy::result_large_err, reason = "a visit that failed is evidence like any other")]
    pub(crate) fn perform(&mut self, _: &str, _: &[Act]) -> Result<(Visit, Page), (Visit, AgentError)> {
        unimplemented!()
    }
    pub(crate) fn page(&self) -> &Page {
        &self.0
    }
    pub(crate) fn drop_cookies(&mut self, _: &Url) -> Result<(), AgentError> {
        Ok(())
    }
    pub(crate) fn cookies(&self, _: &Url) -> Result<Vec<CookieSeen>, AgentError> {
        Ok(Vec::new())
    }
}
