//! What can be set about the app.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use crate::fault::Fault;
use crate::misbehaviour::Misbehaviour;
use crate::trust::Sso;
use crate::variant::Variant;

/// Where the command line listens unless told otherwise.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8480);

/// How to start the app. The default: healthy, empty, in memory, on a free port of 127.0.0.1, with
/// random tokens.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The faults that are on.
    pub faults: Vec<Fault>,
    /// The variants that are on.
    pub variants: Vec<Variant>,
    /// Misbehaviour of the whole server.
    pub misbehaviour: Option<Misbehaviour>,
    /// A file to keep the data in; memory when `None`. A file that holds users is not seeded again.
    pub database: Option<PathBuf>,
    /// The app's address as clients see it, without a slash at the end; the listening address when
    /// `None`.
    pub public_url: Option<String>,
    /// How many users each tenant starts with.
    pub users: usize,
    /// How many groups each tenant starts with; each has up to five of the users.
    pub groups: usize,
    /// Where tokens and secrets come from.
    pub tokens: Tokens,
    /// How long an OAuth access token is good for, in seconds.
    pub access_token_seconds: u32,
    /// Whom each tenant trusts to sign people in, by the tenant's name; `Running::connect` adds to it.
    pub sso: Vec<(String, Sso)>,
    /// The tenants that sign people out at the identity provider too, where it offers that.
    pub sign_out_everywhere: Vec<String>,
    /// A certificate authority to trust beside the system's when an OpenID provider is asked, as PEM.
    pub trusted_ca_pem: Option<String>,
}

/// Where the tenants' tokens and client secrets come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tokens {
    /// New ones at each start.
    #[default]
    Random,
    /// Always the same, named after the tenant: `acme-token`, `acme-secret`.
    Fixed,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            faults: Vec::new(),
            variants: Vec::new(),
            misbehaviour: None,
            database: None,
            public_url: None,
            users: 0,
            groups: 0,
            tokens: Tokens::Random,
            access_token_seconds: 3600,
            sso: Vec::new(),
            sign_out_everywhere: Vec::new(),
            trusted_ca_pem: None,
        }
    }
}
