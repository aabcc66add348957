//! The ids of apps, derived from the identity so that they stay from run to run.

use sha2::{Digest as _, Sha256};

use super::Identity;
use crate::app::{App, SignOn};
use crate::random;

/// The ids by which the org knows an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppIds {
    /// The app's id, `0oa...`.
    pub app_id: String,
    /// The key in SAML's URLs and issuer, `exk...`.
    pub external_key: String,
    /// The id of the app's link, `aln...`.
    pub link_id: String,
    /// The name in the app's URLs, such as `oinspect-1234567_acme_1`; `oidc_client` for OpenID Connect.
    pub name: String,
    /// The OAuth client; the app's id unless the app says otherwise.
    pub client_id: String,
    /// The client's secret, 64 characters unless the app says otherwise.
    pub client_secret: String,
}

impl Identity {
    /// The ids of this app.
    pub fn ids(&self, app: &App) -> AppIds {
        let app_id = self.id("0oa", &app.key);
        let name = match &app.sign_on {
            SignOn::Saml(_) => {
                let label: String = app
                    .label
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .map(|c| c.to_ascii_lowercase())
                    .collect();
                format!("{}_{}_1", self.subdomain, if label.is_empty() { "app" } else { &label })
            }
            SignOn::Oidc(_) | SignOn::Service(_) => "oidc_client".to_owned(),
        };
        let (client_id, client_secret) = match &app.sign_on {
            SignOn::Oidc(oidc) => (oidc.client_id.clone(), oidc.client_secret.clone()),
            SignOn::Saml(_) | SignOn::Service(_) => (None, None),
        };
        AppIds {
            external_key: self.id("exk", &app.key),
            link_id: self.id("aln", &app.key),
            name,
            client_id: client_id.unwrap_or_else(|| app_id.clone()),
            client_secret: client_secret.unwrap_or_else(|| self.letters("client secret", &app.key, 64)),
            app_id,
        }
    }

    /// The org's own id, `00o...`.
    pub fn org_id(&self) -> String {
        self.id("00o", "")
    }

    /// What the org issues SAML messages as. An opaque name: not an address of anything.
    pub fn entity_id(&self, app: &App) -> String {
        format!("http://www.okta.com/{}", self.id("exk", &app.key))
    }

    /// Twenty characters: the kind's prefix, a tail of its own, and the org's suffix, which all its ids share.
    pub(crate) fn id(&self, prefix: &str, of: &str) -> String {
        format!("{prefix}{}{}", self.letters(prefix, of, 14), self.letters("suffix", "", 3))
    }

    /// Letters and digits that follow from the seed, the purpose and the name.
    fn letters(&self, purpose: &str, of: &str, length: usize) -> String {
        let mut text = String::with_capacity(length);
        for block in 0u32.. {
            if text.len() >= length {
                break;
            }
            let mut hash = Sha256::new();
            for part in [self.id_seed.as_bytes(), purpose.as_bytes(), of.as_bytes()] {
                hash.update(part.len().to_le_bytes());
                hash.update(part);
            }
            hash.update(block.to_le_bytes());
            text.push_str(&random::letters(&hash.finalize()));
        }
        text.truncate(length);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{OidcApp, SamlApp};

    #[test]
    fn ids_have_oktas_form_and_stay() {
        let identity = Identity::for_tests();
        let app = App::saml("saml", "Acme & Co", SamlApp::for_sp("https://app.test/acs", "https://app.test"));
        let ids = identity.ids(&app);
        assert_eq!(ids, identity.ids(&app));
        assert_eq!(ids.name, "oinspect-1234567_acmeco_1");
        let tails: Vec<&str> = [(&ids.app_id, "0oa"), (&ids.external_key, "exk"), (&ids.link_id, "aln")]
            .map(|(id, prefix)| {
                assert_eq!(id.len(), 20);
                id.strip_prefix(prefix).unwrap()
            })
            .to_vec();
        assert_ne!(tails[0], tails[1]);
        assert_ne!(tails[1], tails[2]);
        assert_eq!(tails[0][14..], tails[1][14..]);
        assert_eq!(tails[1][14..], tails[2][14..]);
    }

    #[test]
    fn a_client_has_a_secret_of_64_characters_unless_it_brings_its_own() {
        let identity = Identity::for_tests();
        let mut app = App::oidc("oidc", "Acme", OidcApp::web("https://app.test/callback"));
        let ids = identity.ids(&app);
        assert_eq!((ids.client_id.as_str(), ids.client_secret.len()), (ids.app_id.as_str(), 64));
        if let SignOn::Oidc(oidc) = &mut app.sign_on {
            oidc.client_id = Some("mine".to_owned());
            oidc.client_secret = Some("hush".to_owned());
        }
        let ids = identity.ids(&app);
        assert_eq!((ids.client_id.as_str(), ids.client_secret.as_str()), ("mine", "hush"));
    }
}
