//! The stage for single sign-on: one embedded org for all tests, and tenants of the sample app in it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use oinspect_core::{Session, Transport};
use oinspect_run::{AppProtocol, Config, EmbeddedOrg, OrgOfRun, set_stage, sp_metadata};
use oinspect_sample_app::{OidcTrust, Running, SamlTrust, Sso, Tenant};
use oinspect_sso::Witness;

/// The org that every test shares, its keys out of a file: making keys takes longer than most tests.
fn org() -> &'static EmbeddedOrg {
    static ORG: OnceLock<EmbeddedOrg> = OnceLock::new();
    ORG.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let identity = folder.path().join("org.json");
        oinspect_org::Identity::for_tests().write(&identity).unwrap();
        let set = ["org.listen=127.0.0.1:0".to_owned(), format!("org.identity={}", identity.display())];
        EmbeddedOrg::start(&crate::bench::config(set.into())).unwrap()
    })
}

/// What `oinspect.toml` would say about a tenant, in an instance of its own.
pub(crate) fn settings(tenant: &Tenant) -> Vec<String> {
    static INSTANCES: AtomicUsize = AtomicUsize::new(0);
    let instance = INSTANCES.fetch_add(1, Ordering::Relaxed);
    let mut set = vec![
        format!("org.instance={}-{instance}", tenant.name),
        "browser.agent=http".to_owned(),
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
    set.extend(tenant.oidc.initiate_login_uri.iter().map(|uri| format!("oidc.initiate_login_uri={uri}")));
    set
}

/// Makes org and tenant know each other, and puts both into the session.
pub(crate) fn set(
    app: &Running,
    tenant: &Tenant,
    config: &Config,
    session: &mut Session,
    witness: Option<Arc<Witness>>,
) {
    let transport: &dyn Transport = &*session.transport;
    let metadata = sp_metadata(config, transport).ok().flatten();
    let mut sso = Sso::default();
    for (protocol, setup) in org().set_up(config, metadata.as_ref()).unwrap() {
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
    app.connect(&tenant.name, sso).unwrap();
    set_stage(config, session, &OrgOfRun::Embedded(org().clone()), witness).unwrap();
}
