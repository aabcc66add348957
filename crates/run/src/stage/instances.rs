//! From the configuration to what the checks of each protocol are told.

use std::sync::Arc;
use std::time::Duration;

use oinspect_core::{Method, Request, Transport};
use oinspect_saml::{SpMetadata, read_sp_metadata};
use oinspect_sso::{Instance, OidcInstance, SamlInstance};

use crate::config::{Beginning, Config, MetadataSource, Oidc, Saml};
use crate::stage::apps::{InstalledApps, app_of};
use crate::stage::{StageError, read};

/// The longest that fetching metadata may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The service provider's metadata, from where the configuration says.
pub fn sp_metadata(config: &Config, transport: &dyn Transport) -> Result<Option<SpMetadata>, StageError> {
    let Some(source) = config.sign_on.saml.as_ref().and_then(|saml| saml.sp_metadata.as_ref()) else {
        return Ok(None);
    };
    match source {
        MetadataSource::File(path) => {
            let key = "saml.sp_metadata";
            let understood = read_sp_metadata(&read(path, key)?);
            let bad =
                |why: &dyn ToString| StageError::BadKey { path: path.clone(), key, why: why.to_string() };
            understood.map(Some).map_err(|error| bad(&error))
        }
        MetadataSource::Url(url) => {
            let failed = |why: String| StageError::Metadata { from: url.to_string(), why };
            let answer = transport
                .send(&Request::new(Method::Get, url.as_str()), PATIENCE)
                .map_err(|error| failed(format!("{}; is the app running?", error.detail)))?;
            if answer.status != 200 {
                return Err(failed(format!("it was answered with {}", answer.status)));
            }
            let xml = String::from_utf8(answer.body).map_err(|_| failed("it is no UTF-8".to_owned()))?;
            read_sp_metadata(&xml).map(Some).map_err(|error| failed(error.to_string()))
        }
    }
}

/// What the checks of a service provider are told.
pub(super) fn saml(
    config: &Config,
    saml: &Saml,
    installed: &InstalledApps,
    metadata: Option<SpMetadata>,
) -> Result<SamlInstance, StageError> {
    let app = app_of(config, saml, metadata.as_ref())?;
    let oinspect_org::SignOn::Saml(sp) = &app.sign_on else {
        unreachable!("a SAML app signs on by SAML");
    };
    Ok(SamlInstance {
        instance: instance(config, &saml.beginning, &installed.saml_app_id, saml.idp_flow),
        entity_id: sp.audience.clone(),
        acs_url: sp.acs_url.clone(),
        sign_on_url: installed.saml_sign_on_url.clone(),
        metadata,
        group_attribute: saml.group_attribute.clone(),
    })
}

/// What the checks of a relying party are told.
pub(super) fn oidc(config: &Config, oidc: &Oidc, installed: &InstalledApps) -> OidcInstance {
    let idp_flow = oidc.initiate_login_uri.is_some();
    OidcInstance {
        instance: instance(config, &oidc.beginning, &installed.oidc_app_id, idp_flow),
        client_id: installed.client_id.clone(),
        redirect_uris: oidc.redirect_uris.clone(),
        initiate_login_uri: oidc.initiate_login_uri.clone(),
        client_auth: oidc.client_auth.clone(),
    }
}

fn instance(config: &Config, beginning: &Beginning, app_id: &str, idp_flow: bool) -> Arc<Instance> {
    Arc::new(Instance {
        app_id: app_id.to_owned(),
        start_url: beginning.start_url.clone(),
        steps: beginning.steps.clone(),
        idp_flow,
        jit: beginning.jit,
        deep_link: beginning.deep_link.clone(),
        pages: config.sign_on.app.pages.clone(),
    })
}
