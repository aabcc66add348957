//! From a configuration to a session that checks can run in.

use std::sync::Arc;

use oinspect_core::{Redactor, Seed, Session};

use crate::config::Config;
use crate::interrupt::Interrupt;
use crate::problem::Problem;
use crate::stage::{StageError, has_sign_on, org_identity};
use crate::transport::{HttpTransport, SetUpError};

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The configuration lacks something.
    #[error(transparent)]
    Config(#[from] Problem),
    /// The HTTP client cannot be made.
    #[error(transparent)]
    Transport(#[from] SetUpError),
    /// The embedded org's own authority cannot be had.
    #[error(transparent)]
    Org(#[from] StageError),
}

/// A session over the one HTTP client, with the configuration's limits, secrets and, where it
/// describes one, SCIM target. Single sign-on needs a stage besides: see [`crate::set_stage`].
pub fn open_session(config: &Config, seed: Seed, interrupt: &Interrupt) -> Result<Session, SessionError> {
    let mut session = open_session_without_target(config, seed, interrupt)?;
    if config.scim.base_url.is_some() {
        session.provide(config.scim_target()?);
    }
    Ok(session)
}

/// The same without a target, for what names its own URLs: a Runscope suite.
pub fn open_session_without_target(
    config: &Config,
    seed: Seed,
    interrupt: &Interrupt,
) -> Result<Session, SessionError> {
    let redactor = Arc::new(Redactor::default());
    config.teach(&redactor);
    let clock = oinspect_core::Clock::System;
    let mut network = config.network.clone();
    if has_sign_on(config) && config.sign_on.org.base_url.is_none() && config.sign_on.org.tls {
        network.org_authority = Some(org_identity(config)?.ca_certificate_pem);
    }
    let transport = HttpTransport::new(&network, clock, interrupt.clone())?;
    let mut session = Session::new(Arc::new(transport), redactor);
    session.seed = seed;
    session.clock = clock;
    session.request_timeout = config.limits.request;
    session.check_timeout = config.limits.check;
    Ok(session)
}

/// A second session of one run: the same run, secrets and HTTP client, another target.
pub fn session_beside(first: &Session, config: &Config) -> Session {
    config.teach(&first.redactor);
    let mut session = Session::new(Arc::clone(&first.transport), Arc::clone(&first.redactor));
    session.run = first.run.clone();
    session.seed = first.seed;
    session.clock = first.clock;
    session.request_timeout = first.request_timeout;
    session.check_timeout = first.check_timeout;
    if let Ok(target) = config.scim_target() {
        session.provide(target);
    }
    session
}
