//! A user's way through a sign-on: a user agent, and everything that it sent.

use jiff::Timestamp;
use oinspect_core::{Cx, Finding, Passage};
use oinspect_okta::OrgPage;
use oinspect_signin::{Act, Agent, Page, ProfilePage, Readback, SignOut, Snapshot, Step, snapshot};
use url::Url;

use crate::diagnosis;
use crate::person::Person;
use crate::protocol::{Flow, Instance, Protocol};
use crate::stage::{Eyes, Stage, blocked, stage};

/// A look at the app's pages for signed-in users.
pub(crate) struct Look {
    /// What tells looks apart.
    pub(crate) snapshot: Snapshot,
    /// The protected page.
    pub(crate) page: Page,
    /// What the profile says of the user.
    pub(crate) shown: Readback,
    /// What one can read on the last of the pages.
    pub(crate) text: String,
}

/// A user's way through a sign-on.
pub(crate) struct Walk {
    /// The user agent, with the profile of this user.
    pub(crate) agent: Agent,
    /// What it sent since the sign-on began.
    pub(crate) passages: Vec<Passage>,
    /// When the sign-on began.
    pub(crate) began: Timestamp,
    /// When it ended.
    pub(crate) ended: Timestamp,
}

impl Walk {
    /// A way that has not begun, in a clean profile.
    pub(crate) fn new(cx: &Cx, eyes: Eyes) -> Result<Self, Finding> {
        let now = cx.session().clock.now();
        Ok(Self { agent: eyes.open(cx)?, passages: Vec::new(), began: now, ended: now })
    }

    /// Does something and keeps what came of it.
    pub(crate) fn perform(&mut self, cx: &mut Cx, title: &str, acts: &[Act]) -> Result<Page, Finding> {
        cx.may_act()?;
        let came = self.agent.perform(title, acts);
        self.passages.extend(self.agent.take_trail());
        match came {
            Ok((visit, page)) => {
                cx.visited(&visit);
                Ok(page)
            }
            Err((visit, error)) => {
                cx.visited(&visit);
                Err(blocked(&error))
            }
        }
    }

    /// Signs on: by the app's tile or by the app's own page, through the org's sign-in page where
    /// that comes, to whatever the app shows then.
    pub(crate) fn sign_on(
        &mut self,
        cx: &mut Cx,
        protocol: Protocol,
        flow: Flow,
        person: &Person,
    ) -> Result<Page, Finding> {
        let instance = protocol.instance(cx)?;
        self.passages.clear();
        self.began = cx.session().clock.now();
        let page = match flow {
            Flow::Idp => {
                let tile = tile(cx, &instance)?;
                self.perform(cx, "open the app's tile in the org", &[Act::Open(tile)])?
            }
            Flow::Sp => self.start(cx, &instance, &person.login)?,
        };
        let landing = self.pass_org(cx, protocol, page, person)?;
        self.ended = cx.session().clock.now();
        Ok(landing)
    }

    /// Begins at the app.
    pub(crate) fn start(&mut self, cx: &mut Cx, instance: &Instance, login: &str) -> Result<Page, Finding> {
        let Some(start) = instance.start_url.clone() else {
            return Err(Finding::NotConfigured { what: "the app's sign-on has no start_url".to_owned() });
        };
        let mut acts = vec![Act::Open(start)];
        acts.extend(Step::acts(&instance.steps, login, login));
        self.perform(cx, "begin to sign on at the app", &acts)
    }

    /// Signs in to the org, where it asks for that.
    ///
    /// # Errors
    /// Broken, where the org refuses a request that disagrees with what is registered.
    pub(crate) fn pass_org(
        &mut self,
        cx: &mut Cx,
        protocol: Protocol,
        page: Page,
        person: &Person,
    ) -> Result<Page, Finding> {
        let (stage, instance) = (stage(cx)?, protocol.instance(cx)?);
        match oinspect_okta::recognise(&page, &stage.org.base_url) {
            OrgPage::Other => Ok(page),
            OrgPage::SignIn(_) | OrgPage::Interstitial(_) => {
                let page = self.sign_in(cx, person).map_err(|finding| {
                    let settings = settings_of_real_org(protocol, &instance, &stage);
                    with_hint(finding, settings)
                })?;
                match oinspect_okta::recognise(&page, &stage.org.base_url) {
                    OrgPage::Dashboard => {
                        Err(Finding::blocked("the org showed its dashboard instead of going on to the app"))
                    }
                    _ => Ok(page),
                }
            }
            OrgPage::NotAssigned => Err(with_hint(
                Finding::blocked(format!("the org says that {} is not assigned to the app", person.login)),
                settings_of_real_org(protocol, &instance, &stage),
            )),
            OrgPage::Refused(why) | OrgPage::ErrorPage(why) => {
                let seen = format!("the org answered with an error page: {why}");
                let found = diagnosis::disagreements(cx, protocol, &self.passages);
                if found.is_empty() {
                    return Err(Finding::blocked(seen));
                }
                let seen = format!("{seen}; {}", found.join("; "));
                Err(Finding::broken("a request that the org accepts", seen))
            }
            OrgPage::Dashboard => {
                Err(Finding::blocked("the org showed its dashboard instead of going on to the app"))
            }
        }
    }

    /// Signs in to the org itself, whatever it shows afterwards.
    pub(crate) fn sign_in_to_org(
        &mut self,
        cx: &mut Cx,
        page: &Page,
        person: &Person,
    ) -> Result<(), Finding> {
        let stage = stage(cx)?;
        match oinspect_okta::recognise(page, &stage.org.base_url) {
            OrgPage::SignIn(_) => self.sign_in(cx, person).map(drop),
            _ => Err(Finding::blocked("the org did not ask to sign in")),
        }
    }

    fn sign_in(&mut self, cx: &mut Cx, person: &Person) -> Result<Page, Finding> {
        let stage = stage(cx)?;
        cx.may_act()?;
        let (login, password) = (&person.login, &person.password);
        let came = oinspect_okta::sign_in(cx, &mut self.agent, &stage.org, login, password);
        self.passages.extend(self.agent.take_trail());
        came
    }

    /// Looks whether somebody is signed in in this profile, and as whom.
    pub(crate) fn look(&mut self, cx: &mut Cx, instance: &Instance, home: &Url) -> Result<Look, Finding> {
        self.look_at(cx, home, instance.pages.profile.as_ref())
    }

    /// Looks at the protected page alone: where nobody is signed in, no profile says who.
    pub(crate) fn glance(&mut self, cx: &mut Cx, home: &Url) -> Result<Look, Finding> {
        self.look_at(cx, home, None)
    }

    fn look_at(&mut self, cx: &mut Cx, home: &Url, profile: Option<&ProfilePage>) -> Result<Look, Finding> {
        let page = self.perform(cx, "look at the page for signed-in users", &[Act::Open(home.clone())])?;
        let cookies = self.agent.cookies(home).map_err(|error| blocked(&error))?;
        let mut snapshot = snapshot(&page, &cookies);
        let mut shown = Readback::default();
        let mut text = page.text.clone();
        if let Some(profile) = profile.filter(|_| !page.loop_found) {
            let page = self.perform(cx, "look at the profile", &[Act::Open(profile.url.clone())])?;
            snapshot = snapshot.with_profile(&page);
            shown = profile.read(&page);
            text = page.text;
        }
        Ok(Look { snapshot, page, shown, text })
    }

    /// Signs out of the app as the configuration says.
    pub(crate) fn sign_out(&mut self, cx: &mut Cx, instance: &Instance, home: &Url) -> Result<(), Finding> {
        let acts = match &instance.pages.sign_out {
            None => return Ok(()),
            Some(SignOut::Url(url)) => vec![Act::Open(url.clone())],
            Some(SignOut::Click(selector)) => {
                let click = Act::Click(selector.clone());
                if self.agent.page().has(selector) {
                    vec![click]
                } else {
                    vec![Act::Open(home.clone()), click]
                }
            }
        };
        self.perform(cx, "sign out of the app", &acts).map(drop)
    }

    /// Forgets what the org knows of this profile, and nothing of the app.
    pub(crate) fn forget_org(&mut self, cx: &Cx) -> Result<(), Finding> {
        let org = stage(cx)?.org.base_url.clone();
        self.agent.drop_cookies(&org).map_err(|error| blocked(&error))
    }
}

/// Which settings decide who may sign on, at an org that this run did not make.
fn settings_of_real_org(protocol: Protocol, instance: &Instance, stage: &Stage) -> Option<String> {
    let section = match protocol {
        Protocol::Saml => "saml",
        Protocol::Oidc => "oidc",
    };
    let accounts = if instance.jit { "" } else { ", app.accounts and app.account_password" };
    let id = &instance.app_id;
    (!stage.org.embedded).then(|| format!("compare {section}.app_id, which is {id}{accounts} with the org"))
}

/// The same obstacle, and where to look.
fn with_hint(finding: Finding, hint: Option<String>) -> Finding {
    match (finding, hint) {
        (Finding::Blocked { why }, Some(hint)) => Finding::Blocked { why: format!("{why}; {hint}") },
        (finding, _) => finding,
    }
}

/// The address of the app's tile.
pub(crate) fn tile(cx: &mut Cx, instance: &Instance) -> Result<Url, Finding> {
    let stage = stage(cx)?;
    let app = stage.org.app(cx, &instance.app_id)?;
    app.embed_link.ok_or_else(|| {
        Finding::blocked(format!("the org shows no tile for {}: the app is hidden there", app.label))
    })
}
