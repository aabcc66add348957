//! Which page a request of a browser means.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::account::Account;
use super::cookie;
use super::memory::Memory;
use super::page::{self, Failed, Home, Login, Profile, Report};
use super::place::own_page;
use super::refused::Refused;
use super::session::Session;
use super::visit::Visit;
use crate::fault::{AccountFault, SamlFault};
use crate::http::Answer;
use crate::misbehaviour::Misbehaviour;
use crate::saml::IdentityProvider;
use crate::switches::Switches;
use crate::trust::{ConnectError, OidcEndpoints, OidcTrust, SamlEndpoints, Sso};
use crate::variant::Variant;

/// What people see of one tenant.
#[derive(Debug)]
pub(crate) struct Portal {
    /// The tenant's place among the tenants, which its users are stored under.
    pub tenant: u32,
    pub name: &'static str,
    /// The absolute base of its pages, without a slash at the end.
    pub home: String,
    /// The path of that base.
    pub path: String,
    pub saml: SamlEndpoints,
    pub oidc: OidcEndpoints,
    /// Whether signing out tells the identity provider too.
    pub signs_out_everywhere: bool,
    pub switches: Switches,
    pub misbehaviour: Option<Misbehaviour>,
    pub memory: Mutex<Memory>,
    /// The HTTP client, shared by the tenants and made when first needed.
    pub http: Arc<OnceLock<reqwest::Client>>,
    /// A certificate authority to trust beside the system's, as PEM.
    pub trusted_ca_pem: Option<String>,
}

impl Portal {
    /// Trusts these identity providers from now on.
    pub(crate) fn connect(&self, sso: Sso) -> Result<(), ConnectError> {
        let saml = sso.saml.as_ref().map(|trust| IdentityProvider::read(&trust.idp_metadata)).transpose()?;
        if let Some(OidcTrust { issuer, .. }) = &sso.oidc
            && !url::Url::parse(issuer).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        {
            return Err(ConnectError::Issuer { issuer: issuer.clone() });
        }
        let mut memory = self.memory();
        if let Some(saml) = saml {
            memory.saml = Some(Arc::new(saml));
        }
        if let Some(oidc) = sso.oidc {
            memory.oidc = Some(Arc::new(oidc));
            memory.provider = None;
        }
        Ok(())
    }

    /// Answers a request, whatever comes of it.
    pub(crate) fn answer(&self, visit: &Visit<'_>) -> Answer {
        if let Some(answer) = self.misbehave(visit) {
            return answer;
        }
        let reads = matches!(visit.method, "GET" | "HEAD");
        match visit.below.as_slice() {
            ["saml", "acs"] if visit.method == "POST" => {
                let came = self.consume(visit);
                if came.is_err() && self.switches.has(SamlFault::RefusalAsksAgain) {
                    return Answer::nothing(303).with("location", format!("{}/saml/login", self.path));
                }
                self.told(came)
            }
            ["saml", "acs"] => self.told(Err(Refused {
                status: 405,
                reason: "The assertion consumer service takes POST only.".to_owned(),
            })),
            ["oidc", "callback"] => self.told(self.called_back(visit)),
            ["saml", "slo"] => self.single_logout(visit),
            _ if !reads => self
                .told(Err(Refused { status: 405, reason: "This page cannot be sent anything.".to_owned() })),
            [] => Answer::nothing(302).with("location", format!("{}/home", self.path)),
            ["login"] => self.login(visit),
            ["home" | "profile"] | ["reports", _] => self.protected(visit),
            ["sign-out"] => self.sign_out(visit),
            ["saml", "metadata"] => self.metadata(),
            ["saml", "login"] => self.told(self.start_saml(visit)),
            ["saml", "finish"] => self.told(self.finish(visit)),
            ["oidc", "login"] => self.told(self.start_oidc(visit)),
            ["oidc", "initiate"] if self.oidc.initiate_login_uri.is_some() => self.told(self.initiate(visit)),
            ["oidc", "signed-out"] => self.login_page(200, None, None),
            _ => page::page(404, &Failed { tenant: self.name, reason: "There is no such page here." }),
        }
    }

    fn protected(&self, visit: &Visit<'_>) -> Answer {
        match self.signed_in(visit) {
            Some((_, account)) => self.show(visit, &account),
            None => {
                let wanted = own_page(&self.home, &visit.below.join("/"));
                let wanted = wanted.map(|page| return_to(&page)).unwrap_or_default();
                Answer::nothing(302)
                    .with("location", format!("{}/login{wanted}", self.path))
                    .with("cache-control", "no-store")
            }
        }
    }

    /// A protected page, shown to this account.
    pub(super) fn show(&self, visit: &Visit<'_>, account: &Account) -> Answer {
        let raw = self.switches.has(AccountFault::ProfileUnescaped);
        let name = account.name();
        let (tenant, name) = (self.name, name.as_str());
        match visit.below.as_slice() {
            ["profile"] => page::page(
                200,
                &Profile {
                    tenant,
                    first_name: &account.first_name,
                    last_name: &account.last_name,
                    email: &account.email,
                    groups: &account.groups,
                    inputs: self.switches.is(Variant::ProfileOfInputs),
                    raw,
                },
            ),
            ["reports", number] => page::page(200, &Report { tenant, number, name, raw }),
            _ => page::page(200, &Home { tenant, name, raw }),
        }
    }

    /// The session that the browser brings, with the account behind it; a session whose account is
    /// gone or switched off ends here.
    pub(super) fn signed_in(&self, visit: &Visit<'_>) -> Option<(Session, Account)> {
        let name = cookie::session_name(self.switches);
        let (id, session) = {
            let memory = self.memory();
            visit
                .cookies_named(name)
                .find_map(|id| Some((id.to_owned(), memory.sessions.get(id)?.clone())))?
        };
        let account = Account::read(&visit.store(), self.tenant, &session);
        match account {
            Ok(Some(account)) => Some((session, account)),
            Ok(None) => {
                self.memory().sessions.take(&id);
                None
            }
            Err(_) => None,
        }
    }

    fn login(&self, visit: &Visit<'_>) -> Answer {
        let wanted = visit.asked("return_to").and_then(|wanted| own_page(&self.home, wanted));
        self.login_page(200, visit.asked("reason"), wanted.as_deref())
    }

    pub(super) fn login_page(&self, status: u16, reason: Option<&str>, wanted: Option<&str>) -> Answer {
        let wanted = wanted.map(return_to).unwrap_or_default();
        let memory = self.memory();
        let way = |name: &str| format!("{}/{name}/login{wanted}", self.path);
        let login = Login {
            tenant: self.name,
            reason: reason.filter(|reason| reason.len() <= 500),
            saml: memory.saml.as_ref().map(|_| way("saml")),
            oidc: memory.oidc.as_ref().map(|_| way("oidc")),
        };
        page::page(status, &login)
    }

    /// The answer, or a page that tells why the sign-in failed.
    fn told(&self, result: Result<Answer, Refused>) -> Answer {
        let refused = match result {
            Ok(answer) => return answer,
            Err(refused) => refused,
        };
        let reason = refused.reason.as_str();
        if refused.status < 500 && self.switches.is(Variant::RefusalRedirects) {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("reason", reason.get(..400).unwrap_or(reason))
                .finish();
            return Answer::nothing(303).with("location", format!("{}/login?{query}", self.path));
        }
        let status = match refused.status {
            400 if self.switches.is(Variant::RefusalAnswers200) => 200,
            400 if self.switches.is(Variant::RefusalAnswers403) => 403,
            status => status,
        };
        page::page(status, &Failed { tenant: self.name, reason })
    }

    pub(super) fn session_cookie(&self, id: &str) -> String {
        cookie::set(cookie::session_name(self.switches), id, &self.path, self.is_secure())
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.home.starts_with("https:")
    }

    /// What the tenant remembers, for as long as the guard lives.
    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn return_to(page: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("return_to", page).finish();
    format!("?{query}")
}
