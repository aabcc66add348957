//! What can be set about the org.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use url::Url;

use crate::clock::Clock;
use crate::identity::Identity;

/// Where the command line listens unless told otherwise.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8490);

/// How to start the org.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The org's address as browsers and apps see it; the listening address when `None`.
    pub base_url: Option<Url>,
    /// Whether to serve https, with a certificate of the identity's own authority.
    pub tls: bool,
    /// Who the org is.
    pub identity: Identity,
    /// What the ids of users, groups and sessions follow from, with their names.
    pub seed: u64,
    /// Whether the org tells apps of a sign-out where they gave an address for it.
    pub logout_channels: bool,
    /// Bends for the next SAML messages.
    pub saml: oinspect_saml::Outbox,
    /// Bends for the next ID tokens.
    pub oidc: oinspect_oidc::Outbox,
    /// Where the org's time comes from.
    pub clock: Clock,
    /// Calls of the Management API that a minute allows.
    pub calls_a_minute: u32,
    /// How signing in goes.
    pub sign_in: SignInSettings,
}

/// How signing in goes. The default: one page, and then on to the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignInSettings {
    /// The password is asked for on a second page.
    pub password_on_second_page: bool,
    /// A page asks afterwards whether the user wants to stay signed in.
    pub asks_to_stay_signed_in: bool,
}

impl Settings {
    /// An org of this identity on a free port of 127.0.0.1, over plain http, as Okta makes them.
    pub fn of(identity: Identity) -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            base_url: None,
            tls: false,
            identity,
            seed: 0,
            logout_channels: false,
            saml: oinspect_saml::Outbox::default(),
            oidc: oinspect_oidc::Outbox::default(),
            clock: Clock::system(),
            calls_a_minute: 100_000,
            sign_in: SignInSettings::default(),
        }
    }
}
