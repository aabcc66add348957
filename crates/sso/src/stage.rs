//! What the checks of single sign-on work with: user agents, the org, messages on their way out.

use oinspect_core::{Cx, Finding};
use oinspect_okta::Org;
use oinspect_signin::{Agent, AgentError, Agents};
use std::sync::Arc;

use crate::witness::Witness;

/// What the checks of single sign-on work with, besides the settings of their app.
pub struct Stage {
    /// Hands out user agents with clean profiles.
    pub agents: Agents,
    /// The org that plays the identity provider.
    pub org: Org,
    /// The SAML messages of the embedded org, before they leave.
    pub saml: oinspect_saml::Outbox,
    /// The ID tokens of the embedded org, before they leave.
    pub oidc: oinspect_oidc::Outbox,
    /// Who signs in.
    pub people: People,
    /// Whether a browser performs every check, and not only the tester's cases.
    pub browser_everywhere: bool,
    /// Who looks at the browser where no marker tells.
    pub witness: Option<Arc<Witness>>,
}

/// Who signs in.
#[derive(Debug, Clone)]
pub struct People {
    /// The mail domain of users that are made for the run.
    pub domain: String,
    /// Logins that exist in the app, for apps that make no accounts just in time.
    pub accounts: Vec<String>,
    /// Their password, at an org that has them already.
    pub password: Option<String>,
}

/// The stage of this run.
pub(crate) fn stage(cx: &Cx) -> Result<Arc<Stage>, Finding> {
    cx.settings()
}

/// Which user agent looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// The one that the configuration chooses: a browser, where there is one.
    Best,
    /// The HTTP agent, ten times as fast.
    Http,
}

impl Eyes {
    /// A user agent with a clean profile.
    pub(crate) fn open(self, cx: &Cx) -> Result<Agent, Finding> {
        cx.may_act()?;
        let stage = stage(cx)?;
        match self {
            Self::Best => stage.agents.fresh().map_err(|error| blocked(&error)),
            Self::Http => Ok(stage.agents.fresh_http()),
        }
    }

    /// The word in names of shared things.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Best => "",
            Self::Http => " by the HTTP agent",
        }
    }
}

/// What a user agent could not do is never a finding about the app by itself.
pub(crate) fn blocked(error: &AgentError) -> Finding {
    Finding::blocked(format!("the user agent failed to {error}"))
}
