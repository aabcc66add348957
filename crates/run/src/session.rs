//! From a configuration to a session that checks can run in.

use std::sync::Arc;

use oinspect_core::{Redactor, Seed, Session};

use crate::config::Config;
use crate::interrupt::Interrupt;
use crate::problem::Problem;
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
}

/// A session over the one HTTP client, with the configuration's limits, secrets and SCIM target.
pub fn open_session(config: &Config, seed: Seed, interrupt: &Interrupt) -> Result<Session, SessionError> {
    let mut session = open_session_without_target(config, seed, interrupt)?;
    session.provide(config.scim_target()?);
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
    let transport = HttpTransport::new(&config.network, clock, interrupt.clone())?;
    let mut session = Session::new(Arc::new(transport), redactor);
    session.seed = seed;
    session.clock = clock;
    session.request_timeout = config.limits.request;
    session.check_timeout = config.limits.check;
    Ok(session)
}
