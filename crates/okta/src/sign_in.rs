//! Signing in at the org's own page, as a person would.

use oinspect_core::{Cx, Finding};
use oinspect_signin::{Act, Agent, Page};

use crate::org::Org;
use crate::page::{Interstitial, OrgPage, recognise};

/// More pages between the first and the app are not gone through.
const PAGES: usize = 8;

/// Signs in. The agent stands on the org's sign-in page, and ends on what comes after it: usually
/// the app. Where the org asks for nothing, it stays where it is.
///
/// # Errors
/// Blocked, with the org's own words where it has any.
pub fn sign_in(
    cx: &mut Cx,
    agent: &mut Agent,
    org: &Org,
    login: &str,
    password: &str,
) -> Result<Page, Finding> {
    cx.session().redactor.learn(password);
    let mut asked: Vec<(bool, bool)> = Vec::new();
    for _ in 0..PAGES {
        let page = agent.page().clone();
        let place = page.place();
        let (title, acts) = match recognise(&page, &org.base_url) {
            OrgPage::SignIn(form) => {
                let asks = (form.user.is_some(), form.password.is_some());
                if asked.contains(&asks) {
                    return Err(Finding::blocked(format!(
                        "the org asks {login} the same again at {place}, and does not say why"
                    )));
                }
                asked.push(asks);
                let fill = |field, text: &str| Act::Fill { field, text: text.to_owned() };
                let mut acts: Vec<Act> = form.user.map(|field| fill(field, login)).into_iter().collect();
                acts.extend(form.password.map(|field| fill(field, password)));
                acts.push(Act::Click(form.submit));
                (format!("sign in at the org as {login}"), acts)
            }
            OrgPage::Interstitial(Interstitial::StaySignedIn(no)) => {
                ("do not stay signed in at the org".to_owned(), vec![Act::Click(no)])
            }
            OrgPage::Interstitial(Interstitial::EnrolAuthenticator(Some(skip))) => {
                ("put off setting up another authenticator".to_owned(), vec![Act::Click(skip)])
            }
            OrgPage::Interstitial(Interstitial::PasswordExpired(Some(skip))) => {
                ("put off changing the password".to_owned(), vec![Act::Click(skip)])
            }
            OrgPage::Interstitial(other) => return Err(Finding::blocked(in_the_way(&other, login))),
            OrgPage::NotAssigned => {
                return Err(Finding::blocked(format!(
                    "{login} is not assigned to the app, says the org at {place}"
                )));
            }
            OrgPage::Refused(words) => {
                return Err(Finding::blocked(format!("the org refuses the sign-in of {login}: {words}")));
            }
            OrgPage::ErrorPage(words) => {
                return Err(Finding::blocked(format!("the org shows an error at {place}: {words}")));
            }
            OrgPage::Dashboard | OrgPage::Other => return Ok(page),
        };
        cx.may_act()?;
        match agent.perform(&title, &acts) {
            Ok((visit, _)) => cx.visited(&visit),
            Err((visit, error)) => {
                cx.visited(&visit);
                return Err(Finding::blocked(format!("failed to {error}")));
            }
        }
    }
    Err(Finding::blocked(format!(
        "the org shows {login} one page after another; the last is {}",
        agent.page().place()
    )))
}

fn in_the_way(page: &Interstitial, login: &str) -> String {
    match page {
        Interstitial::StaySignedIn(_) => format!("the org asks {login} whether to stay signed in"),
        Interstitial::EnrolAuthenticator(_) => format!(
            "the org asks {login} to set up another authenticator: give test users an enrolment policy that needs a \
             password only"
        ),
        Interstitial::PasswordExpired(_) => {
            format!(
                "the org asks {login} for a new password: the password has expired, or was set by an admin"
            )
        }
        Interstitial::SecondFactor => format!(
            "the org asks {login} for a second factor: give test users a sign-on policy and the app a policy that \
             need a password only"
        ),
        Interstitial::LockedOut => format!("the org has locked the account of {login}: unlock it, or wait"),
    }
}
