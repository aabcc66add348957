//! The sections `[app]`, `[saml]`, `[oidc]`, `[org]` and `[browser]`: single sign-on.

use std::net::SocketAddr;
use std::path::PathBuf;

use oinspect_signin::{AgentChoice, AgentSettings, AppPages, ProfilePage, Selector, SignOut, Step};
use url::Url;

use crate::config::reading::Reading;
use crate::problem::Problem;

/// What the configuration says about single sign-on.
#[derive(Clone)]
pub struct SignOn {
    /// The app's own pages.
    pub app: App,
    /// The app as a SAML service provider, where the file has `[saml]`.
    pub saml: Option<Saml>,
    /// The app as an OpenID Connect relying party, where the file has `[oidc]`.
    pub oidc: Option<Oidc>,
    /// The org that plays Okta.
    pub org: OrgSection,
    /// The user agent.
    pub browser: AgentSettings,
    /// Whether a browser performs every check, and not only the tester's cases.
    pub browser_everywhere: bool,
}

/// The section `[app]`.
#[derive(Clone)]
pub struct App {
    /// Where to look whether somebody is signed in, and as whom.
    pub pages: AppPages,
    /// Logins that exist in the app.
    pub accounts: Vec<String>,
    /// Their password at a real org.
    pub account_password: Option<String>,
}

/// What both protocols have in common.
#[derive(Clone)]
pub struct Beginning {
    /// Where the app begins sign-on.
    pub start_url: Option<Url>,
    /// What a user does there first.
    pub steps: Vec<Step>,
    /// Whether the app makes accounts just in time.
    pub jit: bool,
    /// A second protected page.
    pub deep_link: Option<Url>,
    /// The id of the app instance in a real org.
    pub app_id: Option<String>,
}

/// The section `[saml]`.
#[derive(Clone)]
pub struct Saml {
    /// Where sign-on begins.
    pub beginning: Beginning,
    /// The metadata: a file or a URL.
    pub sp_metadata: Option<MetadataSource>,
    /// The entity id, if the configuration says it.
    pub entity_id: Option<String>,
    /// Where responses go, if the configuration says it.
    pub acs_url: Option<Url>,
    /// Whether sign-on may begin at the identity provider.
    pub idp_flow: bool,
    /// The default relay state of the IdP flow.
    pub relay_state: Option<String>,
    /// What of a user becomes the name id.
    pub name_id: String,
    /// Its format.
    pub name_id_format: String,
    /// Attribute names and what of a user becomes their values.
    pub attributes: Vec<(String, String)>,
    /// The attribute that carries groups.
    pub group_attribute: Option<String>,
    /// Whether the response is signed.
    pub response_signed: bool,
    /// Whether the assertion is signed.
    pub assertion_signed: bool,
}

/// Where metadata comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetadataSource {
    /// A file.
    File(PathBuf),
    /// An address.
    Url(Url),
}

/// The section `[oidc]`.
#[derive(Clone)]
pub struct Oidc {
    /// Where sign-on begins.
    pub beginning: Beginning,
    /// The redirect URIs, compared letter by letter.
    pub redirect_uris: Vec<String>,
    /// Where the app may be sent after sign-out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where the org's tile leads.
    pub initiate_login_uri: Option<Url>,
    /// The client id, where the app cannot take the org's.
    pub client_id: Option<String>,
    /// The client secret, where the app cannot take the org's.
    pub client_secret: Option<String>,
    /// How the app identifies itself at the token endpoint.
    pub client_auth: String,
    /// The app's public key.
    pub client_key: Option<PathBuf>,
}

/// The section `[org]`.
#[derive(Clone)]
pub struct OrgSection {
    /// A real org.
    pub base_url: Option<Url>,
    /// Its API token.
    pub token: Option<String>,
    /// A service app of it, and the file of its private key.
    pub service_app: Option<(String, PathBuf)>,
    /// Where the embedded org listens.
    pub listen: SocketAddr,
    /// How apps and browsers reach it.
    pub public_url: Option<Url>,
    /// Whether it speaks TLS.
    pub tls: bool,
    /// The file of its keys.
    pub identity: Option<PathBuf>,
    /// The mail domain of the users that a run makes.
    pub user_domain: String,
    /// Tells the app's instances from those of other configurations in one org.
    pub instance: Option<String>,
}

impl OrgSection {
    /// What the ids of an instance follow from.
    pub fn key_of(&self, protocol: &str) -> String {
        match &self.instance {
            Some(instance) => format!("{protocol}-{instance}"),
            None => protocol.to_owned(),
        }
    }
}

impl SignOn {
    /// The hosts at which the app keeps its sessions, in this configuration: those of its pages and of
    /// what receives the org's answers. Where sign-on begins only counts if nothing else is known: that
    /// page may be a portal's, and leads on to the app.
    pub fn session_hosts(&self) -> Vec<String> {
        let pages = &self.app.pages;
        let acs = self.saml.iter().filter_map(|saml| saml.acs_url.clone());
        let redirects = self.oidc.iter().flat_map(|oidc| &oidc.redirect_uris);
        let redirects = redirects.filter_map(|uri| Url::parse(uri).ok());
        let own = [pages.protected.clone(), pages.profile.as_ref().map(|profile| profile.url.clone())];
        let mut urls: Vec<Url> = acs.chain(redirects).chain(own.into_iter().flatten()).collect();
        if urls.is_empty() {
            let saml = self.saml.iter().filter_map(|saml| saml.beginning.start_url.clone());
            let oidc = self.oidc.iter().filter_map(|oidc| oidc.beginning.start_url.clone());
            urls.extend(saml.chain(oidc));
        }
        urls.iter().filter_map(|url| url.host_str().map(str::to_owned)).collect()
    }

    /// Reads the sections.
    pub(super) fn read(reading: &Reading<'_>) -> Result<Self, Problem> {
        Ok(Self {
            app: app(reading)?,
            saml: if reading.has_section("saml") { Some(saml(reading)?) } else { None },
            oidc: if reading.has_section("oidc") { Some(oidc(reading)?) } else { None },
            org: org(reading)?,
            browser: browser(reading)?,
            browser_everywhere: reading.flag("browser.everywhere")?.expect(READY),
        })
    }
}

const READY: &str = "a key with a default always has a value";

fn app(reading: &Reading<'_>) -> Result<App, Problem> {
    let (first_name, last_name) = (reading.selector("app.first_name")?, reading.selector("app.last_name")?);
    let (email, groups) = (reading.selector("app.email")?, reading.selector("app.groups")?);
    let protected = reading.url("app.protected_url")?;
    let profile_url = reading.url("app.profile_url")?;
    let shows_user = first_name.is_some() || last_name.is_some() || email.is_some();
    if profile_url.is_some() && !shows_user {
        let why = "nothing says where it shows the user: set app.first_name, app.last_name and app.email";
        return Err(reading.bad("app.profile_url", why));
    }
    let profile = match profile_url.or_else(|| protected.clone()) {
        Some(url) if shows_user || groups.is_some() => {
            Some(ProfilePage { url, first_name, last_name, email, groups })
        }
        Some(_) | None => None,
    };
    Ok(App {
        pages: AppPages {
            protected,
            signed_in: reading.selector("app.signed_in")?,
            signed_out: reading.selector("app.signed_out")?,
            profile,
            sign_out: sign_out(reading)?,
        },
        accounts: reading.texts("app.accounts")?,
        account_password: reading.text("app.account_password")?,
    })
}

fn sign_out(reading: &Reading<'_>) -> Result<Option<SignOut>, Problem> {
    let Some(text) = reading.text("app.sign_out")? else { return Ok(None) };
    if text.starts_with("http://") || text.starts_with("https://") {
        return Ok(reading.url("app.sign_out")?.map(SignOut::Url));
    }
    match Selector::parse(&text) {
        Ok(selector) => Ok(Some(SignOut::Click(selector))),
        Err(_) => {
            let why = format!("\"{text}\" is neither a URL nor a selector; write CSS such as \"#sign-out\"");
            Err(reading.bad("app.sign_out", &why))
        }
    }
}

fn beginning(reading: &Reading<'_>, section: &str) -> Result<Beginning, Problem> {
    let key = |name: &str| format!("{section}.{name}");
    Ok(Beginning {
        start_url: reading.url(&key("start_url"))?,
        steps: reading.steps(&key("steps"))?,
        jit: reading.flag(&key("jit"))?.expect(READY),
        deep_link: reading.url(&key("deep_link"))?,
        app_id: reading.text(&key("app_id"))?,
    })
}

fn saml(reading: &Reading<'_>) -> Result<Saml, Problem> {
    let mut attributes = reading.headers("saml.attributes")?;
    if attributes.is_empty() {
        let usual = [("firstName", "user.firstName"), ("lastName", "user.lastName"), ("email", "user.email")];
        attributes = usual.map(|(name, of)| (name.to_owned(), of.to_owned())).to_vec();
    }
    let sp_metadata = match reading.text("saml.sp_metadata")? {
        None => None,
        Some(text) if text.starts_with("http://") || text.starts_with("https://") => {
            reading.url("saml.sp_metadata")?.map(MetadataSource::Url)
        }
        Some(_) => reading.path("saml.sp_metadata")?.map(MetadataSource::File),
    };
    let (response_signed, assertion_signed) = (
        reading.flag("saml.response_signed")?.expect(READY),
        reading.flag("saml.assertion_signed")?.expect(READY),
    );
    if !response_signed && !assertion_signed {
        return Err(reading.bad("saml.assertion_signed", "neither response nor assertion would be signed"));
    }
    Ok(Saml {
        beginning: beginning(reading, "saml")?,
        sp_metadata,
        entity_id: reading.text("saml.entity_id")?,
        acs_url: reading.url("saml.acs_url")?,
        idp_flow: reading.flag("saml.idp_flow")?.expect(READY),
        relay_state: reading.text("saml.relay_state")?,
        name_id: reading.text("saml.name_id")?.expect(READY),
        name_id_format: reading.text("saml.name_id_format")?.expect(READY),
        attributes,
        group_attribute: reading.text("saml.group_attribute")?,
        response_signed,
        assertion_signed,
    })
}

fn oidc(reading: &Reading<'_>) -> Result<Oidc, Problem> {
    let redirect_uris = reading.texts("oidc.redirect_uri")?;
    if let Some(bad) = redirect_uris.iter().find(|uri| Url::parse(uri).is_err()) {
        return Err(reading.bad("oidc.redirect_uri", &format!("\"{bad}\" is no URL")));
    }
    Ok(Oidc {
        beginning: beginning(reading, "oidc")?,
        redirect_uris,
        post_logout_redirect_uris: reading.texts("oidc.post_logout_redirect_uri")?,
        initiate_login_uri: reading.url("oidc.initiate_login_uri")?,
        client_id: reading.text("oidc.client_id")?,
        client_secret: reading.text("oidc.client_secret")?,
        client_auth: reading
            .word("oidc.client_auth", &["client_secret_basic", "client_secret_post", "private_key_jwt"])?,
        client_key: reading.path("oidc.client_key")?,
    })
}

fn org(reading: &Reading<'_>) -> Result<OrgSection, Problem> {
    let listen = reading.text("org.listen")?.expect(READY);
    let listen = listen.parse().map_err(|_| {
        reading.bad("org.listen", &format!("\"{listen}\" is no address; write it like \"127.0.0.1:8490\""))
    })?;
    let service_app = match (reading.text("org.client_id")?, reading.path("org.private_key")?) {
        (Some(client_id), Some(key)) => Some((client_id, key)),
        (None, None) => None,
        (Some(_), None) => return Err(reading.bad("org.client_id", "it needs org.private_key beside it")),
        (None, Some(_)) => return Err(reading.bad("org.private_key", "it needs org.client_id beside it")),
    };
    Ok(OrgSection {
        base_url: reading.url("org.base_url")?,
        token: reading.text("org.token")?,
        service_app,
        listen,
        public_url: reading.url("org.public_url")?,
        tls: reading.flag("org.tls")?.expect(READY),
        identity: reading.path("org.identity")?,
        user_domain: reading.text("org.user_domain")?.expect(READY),
        instance: reading.text("org.instance")?,
    })
}

fn browser(reading: &Reading<'_>) -> Result<AgentSettings, Problem> {
    let choice = match reading.word("browser.agent", &["auto", "webdriver", "http"])?.as_str() {
        "webdriver" => AgentChoice::WebDriver,
        "http" => AgentChoice::Http,
        _ => AgentChoice::Auto,
    };
    Ok(AgentSettings {
        choice,
        webdriver_url: reading.url("browser.webdriver_url")?,
        driver: reading.path("browser.driver")?,
        browser: reading.path("browser.binary")?,
        headed: reading.flag("browser.headed")?.expect(READY),
        page_timeout: reading.limit("browser.page_timeout")?.expect(READY),
        screenshots: reading.flag("browser.screenshots")?.expect(READY),
        ..AgentSettings::default()
    })
}
