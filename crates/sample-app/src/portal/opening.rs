//! The portals that the app opens with: which tenant is reached how, and lets its people in how.

use std::sync::{Arc, Mutex, OnceLock};

use super::dispatch::Portal;
use super::memory::Memory;
use crate::settings::Settings;
use crate::switches::Switches;
use crate::trust::{OidcEndpoints, SamlEndpoints};

impl Portal {
    /// The portal of a tenant, not connected to anybody yet. `site` is the address as browsers see it.
    pub(crate) fn new(
        tenant: u32,
        name: &'static str,
        site: &str,
        settings: &Settings,
        http: Arc<OnceLock<reqwest::Client>>,
    ) -> Self {
        let path = format!("/t/{name}");
        let home = format!("{site}{path}");
        let at = |below: &str| format!("{home}/{below}");
        // The first tenant lets its identity provider start sign-ins; the others do not.
        let idp_initiated = tenant == 0;
        Self {
            saml: SamlEndpoints {
                entity_id: at("saml/metadata"),
                acs_url: at("saml/acs"),
                metadata_url: at("saml/metadata"),
                start_url: at("saml/login"),
                slo_url: at("saml/slo"),
                idp_initiated,
            },
            oidc: OidcEndpoints {
                redirect_uri: at("oidc/callback"),
                start_url: at("oidc/login"),
                initiate_login_uri: idp_initiated.then(|| at("oidc/initiate")),
                post_logout_redirect_uri: at("oidc/signed-out"),
            },
            tenant,
            name,
            signs_out_everywhere: settings.sign_out_everywhere.iter().any(|wanted| wanted == name),
            switches: Switches::new(&settings.faults, &settings.variants),
            misbehaviour: settings.misbehaviour,
            memory: Mutex::new(Memory::new()),
            http,
            trusted_ca_pem: settings.trusted_ca_pem.clone(),
            home,
            path,
        }
    }
}
