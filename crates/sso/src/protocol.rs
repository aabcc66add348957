//! The two ways to single sign-on, and what the app instance of each is told by the configuration.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};
use oinspect_signin::{AppPages, Step};
use url::Url;

use crate::oidc::app::OidcInstance;
use crate::saml::app::SamlInstance;

/// A way to single sign-on. An app that speaks both has an instance of each in the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// SAML 2.0.
    Saml,
    /// OpenID Connect.
    Oidc,
}

/// An app instance in the org, as far as both protocols have it in common.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The id of the instance in the org.
    pub app_id: String,
    /// Where the app begins sign-on.
    pub start_url: Option<Url>,
    /// What a user does there before the org is asked.
    pub steps: Vec<Step>,
    /// Whether sign-on may begin at the org.
    pub idp_flow: bool,
    /// Whether the app makes accounts just in time.
    pub jit: bool,
    /// A second protected page, deep in the app.
    pub deep_link: Option<Url>,
    /// The app's own pages.
    pub pages: AppPages,
}

impl Protocol {
    /// The instance under test.
    pub(crate) fn instance(self, cx: &Cx) -> Result<Arc<Instance>, Finding> {
        match self {
            Self::Saml => Ok(Arc::clone(&cx.settings::<SamlInstance>()?.instance)),
            Self::Oidc => Ok(Arc::clone(&cx.settings::<OidcInstance>()?.instance)),
        }
    }

    /// The word in names of shared things.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Saml => "SAML",
            Self::Oidc => "OpenID Connect",
        }
    }
}

/// Where sign-on begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// At the org, by the app's tile.
    Idp,
    /// At the app.
    Sp,
}

impl Instance {
    /// The flow that is used where it does not matter which: the app's own, if it has one.
    pub(crate) fn usual_flow(&self) -> Result<Flow, Finding> {
        if self.start_url.is_some() {
            return Ok(Flow::Sp);
        }
        if self.idp_flow {
            return Ok(Flow::Idp);
        }
        let what = "there is no way to sign on: set saml.start_url or saml.idp_flow, oidc.start_url or \
                    oidc.initiate_login_uri"
            .to_owned();
        Err(Finding::NotConfigured { what })
    }
}
