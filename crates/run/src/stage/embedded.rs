//! The embedded org of a run: started from its kept identity, ended with the last who holds it.

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
    if let Some(public) = &section.public_url {
        return Some(public.clone());
    }
    let scheme = if section.tls { "https" } else { "http" };
    (section.listen.port() != 0).then(|| Url::parse(&format!("{scheme}://{}", section.listen)).ok()).flatten()
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
        let settings = Settings {
            listen: section.listen,
            base_url: section.public_url.clone(),
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
