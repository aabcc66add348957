//! Who may speak: a fixed token per tenant, and access tokens that expire.

use std::collections::HashMap;

use jiff::{Timestamp, ToSpan};

use crate::clock;
use crate::fault::AuthFault;
use crate::http::Refusal;
use crate::random;
use crate::settings;
use crate::switches::Switches;
use crate::variant::Variant;

use super::TENANTS;

/// Every secret that the app gives out.
#[derive(Debug)]
pub(crate) struct Tokens {
    credentials: Vec<Credentials>,
    /// Access tokens: whose, and until when.
    issued: HashMap<String, (usize, Timestamp)>,
    lifetime_seconds: u32,
}

/// The fixed secrets of one tenant.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub token: String,
    pub client_id: String,
    pub client_secret: String,
}

impl Tokens {
    pub(crate) fn new(kind: settings::Tokens, lifetime_seconds: u32) -> Self {
        let credentials = TENANTS
            .iter()
            .map(|name| Credentials {
                token: match kind {
                    settings::Tokens::Fixed => format!("{name}-token"),
                    settings::Tokens::Random => random::hex(),
                },
                client_id: format!("{name}-client"),
                client_secret: match kind {
                    settings::Tokens::Fixed => format!("{name}-secret"),
                    settings::Tokens::Random => random::hex(),
                },
            })
            .collect();
        Self { credentials, issued: HashMap::new(), lifetime_seconds }
    }

    pub(crate) fn of(&self, tenant: usize) -> Option<&Credentials> {
        self.credentials.get(tenant)
    }

    /// The tenant of a client, if its secret is right.
    pub(super) fn client(&self, id: &str, secret: &str) -> Option<usize> {
        self.credentials.iter().position(|known| known.client_id == id && known.client_secret == secret)
    }

    /// A new access token, and for how many seconds it is good.
    pub(super) fn issue(&mut self, tenant: usize) -> (String, u32) {
        let now = clock::now();
        self.issued.retain(|_, (_, until)| *until > now);
        let token = random::hex();
        let until = now.checked_add(i64::from(self.lifetime_seconds).seconds()).unwrap_or(now);
        self.issued.insert(token.clone(), (tenant, until));
        (token, self.lifetime_seconds)
    }

    /// Lets a request in or refuses it with 401.
    pub(super) fn check(
        &self,
        tenant: usize,
        authorization: Option<&str>,
        switches: Switches,
    ) -> Result<(), Refusal> {
        let Some(authorization) = authorization else {
            return if switches.has(AuthFault::AuthNotRequired) {
                Ok(())
            } else {
                Err(refusal(switches, false))
            };
        };
        if switches.has(AuthFault::AnyTokenAccepted) && !authorization.trim().is_empty() {
            return Ok(());
        }
        let token = authorization
            .split_once(' ')
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim());
        let minds_case = switches.has(AuthFault::SchemeMindsCase) && !authorization.starts_with("Bearer ");
        if token.is_some_and(|token| !minds_case && self.is_good(tenant, token)) {
            Ok(())
        } else {
            Err(refusal(switches, true))
        }
    }

    fn is_good(&self, tenant: usize, token: &str) -> bool {
        let fixed = self.of(tenant).is_some_and(|known| known.token == token);
        let issued =
            self.issued.get(token).is_some_and(|(whose, until)| *whose == tenant && *until > clock::now());
        fixed || issued
    }
}

/// The same for every reason, so that it tells nothing about what exists.
fn refusal(switches: Switches, had_token: bool) -> Refusal {
    let status = if switches.has(AuthFault::UnauthorizedAs403) { 403 } else { 401 };
    let mut refusal = Refusal::new(status, "a valid bearer token is needed");
    if !switches.has(AuthFault::NoWwwAuthenticate) {
        let error = if had_token { ", error=\"invalid_token\"" } else { "" };
        let more = if switches.is(Variant::SeveralSchemes) { ", Basic realm=\"SCIM\"" } else { "" };
        refusal.headers.push(("www-authenticate", format!("Bearer realm=\"SCIM\"{error}{more}")));
    }
    refusal
}
