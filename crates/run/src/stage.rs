//! Sets the stage for single sign-on: the org, the app's instances in it, the user agents.

mod apps;
mod embedded;
mod instances;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use oinspect_core::{Event, Note, NoteKind, Session};
use oinspect_okta::{Credential, Org};
use oinspect_signin::Agents;
use oinspect_sso::{People, Stage, Witness};
use url::Url;

use crate::config::Config;
use crate::problem::Problem;
use crate::runner::Emit;

pub use apps::{AppProtocol, InstalledApps, apps, apps_to_come};
pub use embedded::{EmbeddedOrg, org_address, org_identity};
pub use instances::sp_metadata;

/// Why single sign-on cannot be tried.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The configuration lacks something.
    #[error(transparent)]
    Config(#[from] Problem),
    /// The embedded org's keys.
    #[error(transparent)]
    Identity(#[from] oinspect_org::IdentityError),
    /// The embedded org does not start.
    #[error("start the embedded org{hint}")]
    Start {
        /// What to do.
        hint: String,
        /// Why.
        source: oinspect_org::StartError,
    },
    /// A file cannot be read.
    #[error("read {path} ({key})")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The key that names it.
        key: &'static str,
        /// Why.
        source: std::io::Error,
    },
    /// The service provider's metadata cannot be had.
    #[error("read the service provider's metadata from {from} (saml.sp_metadata): {why}")]
    Metadata {
        /// The address.
        from: String,
        /// Why.
        why: String,
    },
    /// A file that the configuration names makes no sense.
    #[error("use {path} ({key}): {why}")]
    BadKey {
        /// The file.
        path: PathBuf,
        /// The key that names it.
        key: &'static str,
        /// Why.
        why: String,
    },
    /// The system gives no thread or runtime.
    #[error("start a runtime for the embedded org")]
    Runtime(#[source] std::io::Error),
}

/// The org of a run.
pub enum OrgOfRun {
    /// The embedded one, running.
    Embedded(EmbeddedOrg),
    /// The real one that the configuration names.
    Real,
}

impl OrgOfRun {
    /// The org that the configuration asks for; the embedded one is started.
    pub fn of(config: &Config) -> Result<Self, StageError> {
        if config.sign_on.org.base_url.is_some() {
            return Ok(Self::Real);
        }
        EmbeddedOrg::start(config).map(Self::Embedded)
    }
}

/// Whether this configuration describes any single sign-on.
pub fn has_sign_on(config: &Config) -> bool {
    config.sign_on.saml.is_some() || config.sign_on.oidc.is_some()
}

/// Puts everything into a session that checks of single sign-on need: the org with the app's
/// instances, the user agents, the settings of each protocol; and who looks where no marker tells, if
/// anybody does.
pub fn set_stage(
    config: &Config,
    session: &mut Session,
    org: &OrgOfRun,
    witness: Option<Arc<Witness>>,
) -> Result<(), StageError> {
    let metadata = sp_metadata(config, &*session.transport)?;
    let settings = &config.sign_on;
    let (org, installed, outboxes, keys) = match org {
        OrgOfRun::Embedded(embedded) => {
            let installed = embedded.install(config, metadata.as_ref())?;
            session.redactor.learn(&embedded.running.token);
            let org = Org {
                base_url: embedded.base_url.clone(),
                credential: Credential::Ssws(embedded.running.token.clone()),
                embedded: true,
            };
            session.provide(embedded.clone());
            let keys = embedded.running.spki.clone();
            (org, installed, (embedded.saml.clone(), embedded.oidc.clone()), keys)
        }
        OrgOfRun::Real => (real_org(config)?, apps::installed_by_hand(config)?, Default::default(), None),
    };
    for secret in installed.secrets() {
        session.redactor.learn(secret);
    }
    let mut browser = settings.browser.clone();
    browser.trusted_keys.extend(keys);
    session.provide(Stage {
        agents: Agents::new(browser, Arc::clone(&session.transport), session.clock),
        org,
        saml: outboxes.0,
        oidc: outboxes.1,
        people: People {
            domain: settings.org.user_domain.clone(),
            accounts: settings.app.accounts.clone(),
            password: settings.app.account_password.clone(),
        },
        browser_everywhere: settings.browser_everywhere,
        witness,
    });
    if let Some(saml) = &settings.saml {
        session.provide(instances::saml(config, saml, &installed, metadata)?);
    }
    if let Some(oidc) = &settings.oidc {
        session.provide(instances::oidc(config, oidc, &installed));
    }
    Ok(())
}

/// Notes, at the end of a run, that no browser took part in it although one would have been better.
pub fn note_missing_browser(session: &Session, emit: Emit<'_>) {
    let why = session.settings::<Stage>().and_then(|stage| stage.agents.explanation());
    if let Some(text) = why {
        emit(Event::Noted(Note { kind: NoteKind::Warning, text }));
    }
}

/// Notes, at the end of a run, which results rest on the word of a person.
pub fn note_witness(session: &Session, emit: Emit<'_>) {
    let stage = session.settings::<Stage>();
    let answers = stage.and_then(|stage| Some(stage.witness.as_ref()?.answers())).unwrap_or_default();
    if answers.is_empty() {
        return;
    }
    let text = format!("a person said what the app does not show: {}", answers.join(", "));
    emit(Event::Noted(Note { kind: NoteKind::Warning, text }));
}

fn real_org(config: &Config) -> Result<Org, StageError> {
    let section = &config.sign_on.org;
    let base_url: Url = section.base_url.clone().expect("a real org has an address");
    let credential = match (&section.token, &section.service_app) {
        (Some(token), _) => Credential::Ssws(token.trim_start_matches("SSWS ").to_owned()),
        (None, Some((client_id, path))) => Credential::PrivateKey {
            client_id: client_id.clone(),
            pem: read(path, "org.private_key")?,
            scopes: ["okta.users.manage", "okta.apps.manage", "okta.groups.manage", "okta.logs.read"]
                .map(str::to_owned)
                .to_vec(),
        },
        (None, None) => {
            return Err(Problem::Missing {
                key: "org.token".to_owned(),
                hint: format!(
                    "the org {base_url} wants an API token: write token = \"${{OKTA_TOKEN}}\" under [org], \
                     or org.client_id and org.private_key of a service app"
                ),
            }
            .into());
        }
    };
    Ok(Org { base_url, credential, embedded: false })
}

fn read(path: &Path, key: &'static str) -> Result<String, StageError> {
    fs::read_to_string(path).map_err(|source| StageError::Unreadable { path: path.to_owned(), key, source })
}
