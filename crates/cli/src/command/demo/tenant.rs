//! A tenant of the sample app as the demo configures it, and as the org and it come to know each other.

use oinspect_core::{Event, Transport};
use oinspect_run::{AppProtocol, Config, EmbeddedOrg, sp_metadata};
use oinspect_sample_app::{OidcTrust, Running, SamlTrust, Sso, Tenant};

use crate::failure::Failure;
use crate::session::no_stage;

/// What `oinspect.toml` would say about it; `other` is a tenant that must see nothing of it.
pub(crate) fn settings(tenant: &Tenant, other: Option<&Tenant>) -> Vec<String> {
    let mut set = vec![
        "name=Sample app".to_owned(),
        // Every run has an org of its own, on a free port.
        "org.listen=127.0.0.1:0".to_owned(),
        format!("org.instance={}", tenant.name),
        format!("scim.base_url={}", tenant.scim_url),
        format!("scim.auth=Bearer {}", tenant.token),
        format!("app.protected_url={}", tenant.home_url),
        "app.signed_in=#signed-in".to_owned(),
        "app.signed_out=#signed-out".to_owned(),
        format!("app.profile_url={}", tenant.profile_url),
        "app.first_name=#first-name".to_owned(),
        "app.last_name=#last-name".to_owned(),
        "app.email=#email".to_owned(),
        "app.groups=#groups li".to_owned(),
        format!("app.sign_out={}", tenant.sign_out_url),
        format!("saml.sp_metadata={}", tenant.saml.metadata_url),
        format!("saml.start_url={}", tenant.login_url),
        "saml.steps=[{ click = \"#sign-in-saml\" }]".to_owned(),
        format!("saml.idp_flow={}", tenant.saml.idp_initiated),
        format!("saml.deep_link={}", tenant.deep_link),
        "saml.group_attribute=groups".to_owned(),
        format!("oidc.redirect_uri={}", tenant.oidc.redirect_uri),
        format!("oidc.post_logout_redirect_uri={}", tenant.oidc.post_logout_redirect_uri),
        format!("oidc.start_url={}", tenant.login_url),
        "oidc.steps=[{ click = \"#sign-in-oidc\" }]".to_owned(),
        format!("oidc.deep_link={}", tenant.deep_link),
    ];
    set.extend(other.map(|other| format!("scim.other_auth=Bearer {}", other.token)));
    set.extend(tenant.oidc.initiate_login_uri.iter().map(|uri| format!("oidc.initiate_login_uri={uri}")));
    set
}

/// Makes the org know the tenant and the tenant trust the org.
pub(crate) fn connect(
    app: &Running,
    tenant: &Tenant,
    org: &EmbeddedOrg,
    config: &Config,
    transport: &dyn Transport,
) -> Result<(), Failure> {
    let metadata = sp_metadata(config, transport).map_err(no_stage)?;
    let mut sso = Sso::default();
    for (protocol, setup) in org.set_up(config, metadata.as_ref()).map_err(no_stage)? {
        match protocol {
            AppProtocol::Saml => sso.saml = Some(SamlTrust { idp_metadata: setup.idp_metadata_xml }),
            AppProtocol::Oidc => {
                sso.oidc = Some(OidcTrust {
                    issuer: setup.issuer,
                    client_id: setup.client_id,
                    client_secret: setup.client_secret,
                });
            }
        }
    }
    app.connect(&tenant.name, sso).map_err(|error| Failure::world("connect the sample app").because(error))
}

/// The same event under ids that name the tenant, so that no id stands twice in one report.
pub(crate) fn renamed(event: Event, tenant: &str) -> Event {
    let at = |id: String| format!("{id}@{tenant}");
    match event {
        Event::GroupStarted(mut group) => {
            group.id = at(group.id);
            group.title = format!("{} (tenant {tenant})", group.title);
            Event::GroupStarted(group)
        }
        Event::CheckStarted { group, id } => Event::CheckStarted { group: at(group), id: at(id) },
        Event::CheckFinished(mut result) => {
            result.id = at(result.id);
            result.group = at(result.group);
            Event::CheckFinished(result)
        }
        Event::GroupFinished { id, evidence } => Event::GroupFinished { id: at(id), evidence },
        Event::Discovered(mut offer) => {
            offer.suite = at(offer.suite);
            let checks = offer.capabilities.iter_mut().map(|one| &mut one.checks);
            for id in checks.chain(offer.features.iter_mut().map(|one| &mut one.checks)).flatten() {
                *id = at(std::mem::take(id));
            }
            Event::Discovered(offer)
        }
        other @ (Event::RunStarted(_)
        | Event::Noted(_)
        | Event::LeftBehind(_)
        | Event::RunFinished { .. }) => other,
    }
}
