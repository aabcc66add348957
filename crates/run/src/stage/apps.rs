//! The app's instances in the org: as the configuration describes them, and under which ids.

use std::path::Path;

use oinspect_org::{
    AcsEndpoint, App, AttributeStatement, ClientAuthentication, GroupFilter, GroupStatement, OidcApp,
    SamlApp, Setup,
};
use oinspect_saml::SpMetadata;
use serde_json::Value;

use crate::config::{Config, Oidc, Saml};
use crate::problem::Problem;
use crate::stage::{StageError, read};

/// The protocol of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppProtocol {
    /// SAML 2.0.
    Saml,
    /// OpenID Connect.
    Oidc,
}

/// Under which ids the app's instances are known to the org.
#[derive(Debug, Clone, Default)]
pub struct InstalledApps {
    /// The id of the SAML instance.
    pub saml_app_id: String,
    /// Where the SAML instance takes requests, where that is known.
    pub saml_sign_on_url: Option<String>,
    /// The id of the OpenID Connect instance.
    pub oidc_app_id: String,
    /// The client id.
    pub client_id: String,
    client_secret: String,
}

impl InstalledApps {
    pub(super) fn put(&mut self, protocol: AppProtocol, setup: &Setup) {
        match protocol {
            AppProtocol::Saml => {
                self.saml_app_id.clone_from(&setup.app_id);
                self.saml_sign_on_url = Some(setup.sso_url.clone());
            }
            AppProtocol::Oidc => {
                self.oidc_app_id.clone_from(&setup.app_id);
                self.client_id.clone_from(&setup.client_id);
                self.client_secret.clone_from(&setup.client_secret);
            }
        }
    }

    /// What must never be shown.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.client_secret.as_str()).filter(|secret| !secret.is_empty())
    }
}

/// The instances that an administrator has set up in a real org.
pub(super) fn installed_by_hand(config: &Config) -> Result<InstalledApps, StageError> {
    let id = |id: &Option<String>, key: &str| {
        id.clone().ok_or_else(|| {
            StageError::Config(Problem::Missing {
                key: key.to_owned(),
                hint:
                    "at a real org, say which app instance is tested: its id, 0oa..., stands in the address \
                       of its page in the admin console"
                        .to_owned(),
            })
        })
    };
    let mut installed = InstalledApps::default();
    if let Some(saml) = &config.sign_on.saml {
        installed.saml_app_id = id(&saml.beginning.app_id, "saml.app_id")?;
    }
    if let Some(oidc) = &config.sign_on.oidc {
        installed.oidc_app_id = id(&oidc.beginning.app_id, "oidc.app_id")?;
        installed.client_id = oidc.client_id.clone().unwrap_or_else(|| installed.oidc_app_id.clone());
        installed.client_secret = oidc.client_secret.clone().unwrap_or_default();
    }
    Ok(installed)
}

/// The app's instances as the org is to know them.
pub fn apps(config: &Config, metadata: Option<&SpMetadata>) -> Result<Vec<(AppProtocol, App)>, StageError> {
    let mut apps = Vec::new();
    if let Some(saml) = &config.sign_on.saml {
        apps.push((AppProtocol::Saml, app_of(config, saml, metadata)?));
    }
    if let Some(oidc) = &config.sign_on.oidc {
        apps.push((AppProtocol::Oidc, oidc_app(config, oidc)?));
    }
    Ok(apps)
}

/// The instances before anybody knows where the app is: enough to say what it is to be told.
pub fn apps_to_come(config: &Config) -> Result<Vec<(AppProtocol, App)>, StageError> {
    const LATER: &str = "https://app.example/later";
    let mut apps = Vec::new();
    if config.sign_on.saml.is_some() {
        let key = config.sign_on.org.key_of("saml");
        apps.push((AppProtocol::Saml, App::saml(&key, &saml_label(config), SamlApp::for_sp(LATER, LATER))));
    }
    if let Some(oidc) = &config.sign_on.oidc {
        let known = Oidc { redirect_uris: vec![LATER.to_owned()], ..oidc.clone() };
        apps.push((AppProtocol::Oidc, oidc_app(config, &known)?));
    }
    Ok(apps)
}

/// The SAML instance.
pub(super) fn app_of(config: &Config, saml: &Saml, metadata: Option<&SpMetadata>) -> Result<App, StageError> {
    let default_acs = metadata.and_then(SpMetadata::default_acs).map(|acs| acs.url.clone());
    let acs_url = saml.acs_url.as_ref().map(ToString::to_string).or(default_acs).ok_or_else(|| {
        missing("saml.acs_url", "nothing says where the app takes responses: set it, or saml.sp_metadata")
    })?;
    let entity_id = saml.entity_id.clone().or_else(|| metadata.map(|metadata| metadata.entity_id.clone()));
    let audience = entity_id.ok_or_else(|| {
        missing("saml.entity_id", "nothing says what the app calls itself: set it, or saml.sp_metadata")
    })?;
    let further = metadata.map(|metadata| metadata.acs.as_slice()).unwrap_or_default();
    let sp = SamlApp {
        acs_endpoints: further
            .iter()
            .filter_map(|acs| Some(AcsEndpoint { index: acs.index?, url: acs.url.clone() }))
            .collect(),
        name_id_template: format!("${{{}}}", saml.name_id),
        name_id_format: saml.name_id_format.clone(),
        attribute_statements: saml
            .attributes
            .iter()
            .map(|(name, of)| AttributeStatement::of(name, of))
            .collect(),
        group_statements: saml
            .group_attribute
            .iter()
            .map(|name| GroupStatement::of(name, GroupFilter::All))
            .collect(),
        encryption_certificate: metadata
            .and_then(|metadata| metadata.encryption_certificates().first().map(|&one| one.to_owned())),
        response_signed: saml.response_signed,
        assertion_signed: saml.assertion_signed,
        default_relay_state: saml.relay_state.clone(),
        ..SamlApp::for_sp(&acs_url, &audience)
    };
    Ok(App::saml(&config.sign_on.org.key_of("saml"), &saml_label(config), sp))
}

/// The instance's name. The org makes its addresses of it: it is the same before and after anything else
/// about the app is known.
fn saml_label(config: &Config) -> String {
    format!("{} (SAML)", config.name)
}

fn oidc_app(config: &Config, oidc: &Oidc) -> Result<App, StageError> {
    let Some(first) = oidc.redirect_uris.first() else {
        return Err(missing("oidc.redirect_uri", "nothing says where the app takes codes"));
    };
    let method = match oidc.client_auth.as_str() {
        "client_secret_post" => ClientAuthentication::SecretPost,
        "private_key_jwt" => ClientAuthentication::PrivateKeyJwt,
        _ => ClientAuthentication::SecretBasic,
    };
    let client = OidcApp {
        redirect_uris: oidc.redirect_uris.clone(),
        post_logout_redirect_uris: oidc.post_logout_redirect_uris.clone(),
        initiate_login_uri: oidc.initiate_login_uri.as_ref().map(ToString::to_string),
        token_endpoint_auth_method: method,
        jwks: oidc.client_key.as_deref().map(client_key).transpose()?,
        client_id: oidc.client_id.clone(),
        client_secret: oidc.client_secret.clone(),
        ..OidcApp::web(first)
    };
    Ok(App::oidc(&config.sign_on.org.key_of("oidc"), &format!("{} (OpenID Connect)", config.name), client))
}

/// A client's public key as a set of keys.
fn client_key(path: &Path) -> Result<Value, StageError> {
    let pem = read(path, "oidc.client_key")?;
    oinspect_oidc::jwks_of_public_pem(&pem).map_err(|why| StageError::BadKey {
        path: path.to_owned(),
        key: "oidc.client_key",
        why: why.to_string(),
    })
}

fn missing(key: &str, hint: &str) -> StageError {
    StageError::Config(Problem::Missing { key: key.to_owned(), hint: hint.to_owned() })
}
