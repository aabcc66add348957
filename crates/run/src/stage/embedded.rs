//! The embedded org of a run: started from its kept identity, ended with the last who holds it.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use oinspect_org::{Identity, Running, Settings, Setup, StartError};
use oinspect_saml::SpMetadata;
use url::Url;

use crate::config::Config;
use crate::stage::StageError;
use crate::stage::apps::{AppProtocol, InstalledApps, apps};

/// The embedded org, running. Clones share it.
#[derive(Clone)]
pub struct EmbeddedOrg {
    /// The server.
    pub running: Arc<Running>,
    /// Its address as browsers and apps see it.
    pub base_url: Url,
    /// SAML messages before they leave.
    pub saml: oinspect_saml::Outbox,
    /// ID tokens before they leave.
    pub oidc: oinspect_oidc::Outbox,
}

/// Who the embedded org is: read from its file, or made and kept there.
pub fn org_identity(config: &Config) -> Result<Identity, StageError> {
    Ok(Identity::load_or_make(&identity_file(config), oinspect_core::Clock::System.now())?)
}

fn identity_file(config: &Config) -> PathBuf {
    let kept = || config.directory.join(".oinspect").join("org.json");
    config.sign_on.org.identity.clone().unwrap_or_else(kept)
}

/// Where the embedded org will be, as far as that is known before it runs.
pub fn org_address(config: &Config) -> Option<Url> {
    let section = &config.sign_on.org;
    let there = || Url::parse(&format!("{}://{}", scheme(config), section.listen)).ok();
    (section.public_url.is_some() || section.listen.port() != 0)
        .then(|| named_address(config, section.listen.port()).or_else(there))
        .flatten()
}

/// The org's address where it is not simply the one that it listens on: the configured one, or
/// `localhost` where the app keeps its sessions on that very host, and not at `localhost`, too. Cookies
/// ignore ports: on one host, the org and the app would write over each other's, and forgetting the one's
/// would forget the other's.
fn named_address(config: &Config, port: u16) -> Option<Url> {
    let section = &config.sign_on.org;
    if section.public_url.is_some() {
        return section.public_url.clone();
    }
    let host = section.listen.ip();
    let of_app = config.sign_on.session_hosts();
    let is_shared = of_app.contains(&host.to_string()) && !of_app.iter().any(|one| one == "localhost");
    (host.is_loopback() && is_shared)
        .then(|| Url::parse(&format!("{}://localhost:{port}", scheme(config))).ok())
        .flatten()
}

fn scheme(config: &Config) -> &'static str {
    if config.sign_on.org.tls { "https" } else { "http" }
}

/// The configured address, with a port that is free at this moment where it names none: an org
/// whose name is not its address has to know it before it listens.
fn settled(config: &Config) -> SocketAddr {
    let listen = config.sign_on.org.listen;
    if listen.port() != 0 || named_address(config, 0).is_none() {
        return listen;
    }
    let free = TcpListener::bind(listen).and_then(|listener| listener.local_addr());
    free.unwrap_or(listen)
}

impl EmbeddedOrg {
    /// Starts the org as the configuration says.
    pub fn start(config: &Config) -> Result<Self, StageError> {
        Self::start_with(config, false)
    }

    /// The same, with logout channels that Okta's network does not offer.
    pub fn start_with(config: &Config, logout_channels: bool) -> Result<Self, StageError> {
        let section = &config.sign_on.org;
        let (saml, oidc) = (oinspect_saml::Outbox::default(), oinspect_oidc::Outbox::default());
        let listen = settled(config);
        let settings = Settings {
            listen,
            base_url: named_address(config, listen.port()),
            tls: section.tls,
            logout_channels,
            saml: saml.clone(),
            oidc: oidc.clone(),
            ..Settings::of(org_identity(config)?)
        };
        Self::serve(settings, saml, oidc)
    }

    fn serve(
        settings: Settings,
        saml: oinspect_saml::Outbox,
        oidc: oinspect_oidc::Outbox,
    ) -> Result<Self, StageError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(StageError::Runtime)?;
        let running = runtime.block_on(oinspect_org::start(settings)).map_err(|source| {
            let is_taken = matches!(&source, StartError::Listen { .. });
            let hint = if is_taken {
                " (is another run going on? org.listen chooses another address, port 0 a free one)"
            } else {
                ""
            };
            StageError::Start { hint: hint.to_owned(), source }
        })?;
        let base_url = Url::parse(&running.url).expect("the org's address is a URL");
        Ok(Self { running: Arc::new(running), base_url, saml, oidc })
    }

    /// Sets the app's instances up in the org; returns what the app has to be told.
    pub fn set_up(
        &self,
        config: &Config,
        metadata: Option<&SpMetadata>,
    ) -> Result<Vec<(AppProtocol, Setup)>, StageError> {
        let apps = apps(config, metadata)?;
        Ok(apps.into_iter().map(|(protocol, app)| (protocol, self.running.install(app))).collect())
    }

    /// The same, for the checks.
    pub(super) fn install(
        &self,
        config: &Config,
        metadata: Option<&SpMetadata>,
    ) -> Result<InstalledApps, StageError> {
        let mut installed = InstalledApps::default();
        for (protocol, setup) in self.set_up(config, metadata)? {
            installed.put(protocol, &setup);
        }
        Ok(installed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Sources;

    fn address(set: &[&str]) -> Option<String> {
        let set = set.iter().map(|&one| one.to_owned()).collect();
        let config = Config::load(&Sources { set, ..Sources::default() }).unwrap();
        org_address(&config).map(|url| url.to_string())
    }

    #[test]
    fn the_org_is_never_on_the_host_of_the_app() {
        let elsewhere = address(&["saml.start_url=http://localhost:3000/login"]);
        assert_eq!(elsewhere.as_deref(), Some("http://127.0.0.1:8490/"));
        let shared = address(&["saml.start_url=http://127.0.0.1:3000/login", "org.tls=true"]);
        assert_eq!(shared.as_deref(), Some("https://localhost:8490/"));
        // A portal leads to the app; its cookies are nobody's sessions.
        let portal =
            ["saml.start_url=http://127.0.0.1:9/start", "app.protected_url=http://localhost:3000/home"];
        assert_eq!(address(&portal).as_deref(), Some("http://127.0.0.1:8490/"));
        let said =
            address(&["oidc.redirect_uri=http://127.0.0.1:3000/cb", "org.public_url=http://org.test:1"]);
        assert_eq!(said.as_deref(), Some("http://org.test:1/"));
        assert_eq!(address(&["org.listen=127.0.0.1:0"]), None, "which port it will be is not known");
    }
}
