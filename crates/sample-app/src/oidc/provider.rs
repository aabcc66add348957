//! What an OpenID provider publishes about itself, fetched at the first sign-in and kept.

use std::sync::Arc;

use openidconnect::core::CoreClient;
use openidconnect::{
    AuthType, ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    ProviderMetadataWithLogout, RedirectUrl,
};
use tokio::runtime::Handle;

use super::client::fetch;
use crate::fault::OidcFault;
use crate::portal::{Portal, Refused};
use crate::trust::OidcTrust;
use crate::variant::Variant;

/// Metadata and keys of a provider.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(super) metadata: ProviderMetadataWithLogout,
}

/// A client whose endpoints come from discovery.
pub(super) type Party = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl Portal {
    /// Whom the tenant trusts, with what is known about it; `fresh` asks again.
    pub(super) fn provider(&self, fresh: bool) -> Result<(Arc<OidcTrust>, Arc<Provider>), Refused> {
        let (trust, known) = {
            let memory = self.memory();
            (memory.oidc.clone(), memory.provider.clone())
        };
        let Some(trust) = trust else {
            return Err(Refused {
                status: 404,
                reason: "Sign-in by OpenID Connect is not set up.".to_owned(),
            });
        };
        if let Some(known) = known.filter(|_| !fresh) {
            return Ok((trust, known));
        }
        let metadata = self.discovered(&trust.issuer).map_err(|why| Refused {
            status: 502,
            reason: format!("The identity provider cannot be used at the moment: {why}."),
        })?;
        let provider = Arc::new(Provider { metadata });
        self.memory().provider = Some(Arc::clone(&provider));
        Ok((trust, provider))
    }

    fn discovered(&self, issuer: &str) -> Result<ProviderMetadataWithLogout, String> {
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
        let client = self.client().map_err(|error| error.to_string())?;
        let http = |request| fetch(client.clone(), request);
        let discovery = ProviderMetadataWithLogout::discover_async(issuer, &http);
        Handle::current().block_on(discovery).map_err(|error| error.to_string())
    }

    /// The relying party of this tenant at its provider.
    pub(super) fn party(&self, trust: &OidcTrust, provider: &Provider) -> Result<Party, Refused> {
        let secret = ClientSecret::new(trust.client_secret.clone());
        let redirect_uri = RedirectUrl::new(self.redirect_uri())
            .map_err(|_| Refused::because("The app's own address cannot be used."))?;
        let declares_post = self.switches.is(Variant::OidcClientSecretPost);
        let in_body = declares_post != self.switches.has(OidcFault::ClientAuthUndeclared);
        let in_body = in_body || self.switches.has(OidcFault::ClientAuthTwice);
        Ok(CoreClient::from_provider_metadata(
            provider.metadata.clone(),
            ClientId::new(trust.client_id.clone()),
            Some(secret),
        )
        .set_redirect_uri(redirect_uri)
        .set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth }))
    }

    fn redirect_uri(&self) -> String {
        let registered = self.oidc.redirect_uri.clone();
        if self.switches.has(OidcFault::OtherRedirectUri) {
            return registered.replace("/oidc/callback", "/oidc/return");
        }
        if self.switches.has(OidcFault::RedirectUriOtherHost) {
            return registered.replacen("//localhost", "//127.0.0.1", 1);
        }
        registered
    }

    /// The URL that ends the session at the provider; `None` where it offers none.
    pub(crate) fn end_session_url(&self, id_token: &str) -> Option<String> {
        let provider = self.memory().provider.clone()?;
        let endpoint = provider.metadata.additional_metadata().end_session_endpoint.as_ref()?;
        let mut url = endpoint.url().clone();
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token)
            .append_pair("post_logout_redirect_uri", &self.oidc.post_logout_redirect_uri);
        Some(url.into())
    }
}
