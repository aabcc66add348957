//! Which of its pages the org shows: Identity Engine's widget of both generations, Classic, dashboard.

use oinspect_signin::{Page, Selector};
use url::Url;

/// What the org shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrgPage {
    /// It asks who one is.
    SignIn(SignInForm),
    /// The user may not use the app.
    NotAssigned,
    /// It asks for something else in between.
    Interstitial(Interstitial),
    /// It refuses the sign-in; its own message.
    Refused(String),
    /// It says that something is wrong; its own words.
    ErrorPage(String),
    /// The user's apps.
    Dashboard,
    /// Something else, or no page of the org at all.
    Other,
}

/// Where to write and what to press. On two pages, one of the fields is not there yet, or any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInForm {
    /// The name to sign in with.
    pub user: Option<Selector>,
    /// The password.
    pub password: Option<Selector>,
    /// The button.
    pub submit: Selector,
}

/// What the org asks for between sign-in and app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interstitial {
    /// Whether to stay signed in; what says no.
    StaySignedIn(Selector),
    /// To set up another way to sign in; what puts it off, if anything does.
    EnrolAuthenticator(Option<Selector>),
    /// A new password; what puts it off, if anything does.
    PasswordExpired(Option<Selector>),
    /// A second factor.
    SecondFactor,
    /// The account is locked.
    LockedOut,
}

/// The names of fields and buttons. The widget's ids are generated, its words translated: neither is used.
const USER: &str =
    r#"input[name="identifier"], #okta-signin-username, #idp-discovery-username, input[name="username"]"#;
const PASSWORD: &str = r#"input[type="password"][name="credentials.passcode"], #okta-signin-password, input[type="password"][name="password"]"#;
const SUBMIT: &str = r#"input[data-type="save"], button[data-se="save"], #okta-signin-submit, #idp-discovery-submit, form[data-se="o-form"] button[type="submit"]"#;
const COMPLAINT: &str = r#"[data-se="o-form-error-container"] .infobox-error, .o-form-has-errors .infobox-error, .okta-form-infobox-error, .infobox-error, .o-form-error-container .o-form-explain, [data-se="callout"], [data-se="callout-error"], .o-form-input-error"#;
const NOT_ASSIGNED: &str = r#"[data-se="app-access-denied"], .app-access-denied, #app-not-assigned"#;
const ERROR: &str = r#"[data-se="error-message"], .error-content, [data-se="error-400"], [data-se="error-403"], [data-se="error-404"], [data-se="error-500"], .error-title, .siw-main-view.terminal .infobox-error"#;
const STAY: &str =
    r#"[data-se="do-not-stay-signed-in-btn"], [data-se="do-not-stay-signed-in"], .keep-me-signed-in-no"#;
const STAY_VIEW: &str =
    r#"[data-se="stay-signed-in-btn"], .keep-me-signed-in, .siw-main-view.keep-me-signed-in"#;
const ENROL: &str = r#".authenticator-enroll-list, [data-se="authenticator-enroll-list"], .select-authenticator-enroll, .enroll-choices, .siw-main-view.enroll-authenticator"#;
const SKIP: &str = r#"[data-se="skip"], .skip-all, a[data-se="skip-all"], .js-skip-all"#;
const EXPIRED: &str = r#".password-expired, .siw-main-view.reenroll-authenticator, .expire-password, input[name="credentials.newPassword"], input[name="newPassword"]"#;
const FACTOR: &str = r#".authenticator-verify-list, [data-se="authenticator-verify-list"], .select-authenticator-authenticate, .mfa-verify, .mfa-challenge, input[name="credentials.totp"], input[autocomplete="one-time-code"], [data-se="okta_verify-push"], .siw-main-view.challenge-authenticator--okta_verify, .siw-main-view.challenge-authenticator--phone_number, .siw-main-view.challenge-authenticator--okta_email"#;
const LOCKED: &str = r#".account-locked, .siw-main-view.account-locked, [data-se="account-locked"]"#;
const DASHBOARD: &str = r#"[data-se="app-card"], [data-se="dropdown-menu-button-header"]"#;

fn at(css: &str) -> Selector {
    Selector(css.to_owned())
}

/// Which page of the org this is.
pub fn recognise(page: &Page, org: &Url) -> OrgPage {
    if page.url.origin() != org.origin() {
        return OrgPage::Other;
    }
    if page.has(&at(NOT_ASSIGNED)) {
        return OrgPage::NotAssigned;
    }
    if page.has(&at(LOCKED)) {
        return OrgPage::Interstitial(Interstitial::LockedOut);
    }
    let complaint = page.texts_of(&at(COMPLAINT)).into_iter().find(|text| !text.is_empty());
    if let Some(complaint) = complaint {
        let said = complaint.to_lowercase();
        return match said.contains("not assigned") {
            true => OrgPage::NotAssigned,
            false if said.contains("locked") => OrgPage::Interstitial(Interstitial::LockedOut),
            false => OrgPage::Refused(complaint.chars().take(300).collect()),
        };
    }
    let way_past = |css: &str| page.has(&at(css)).then(|| at(css));
    if let Some(no) = way_past(STAY) {
        return OrgPage::Interstitial(Interstitial::StaySignedIn(no));
    }
    if page.has(&at(EXPIRED)) {
        return OrgPage::Interstitial(Interstitial::PasswordExpired(way_past(SKIP)));
    }
    if page.has(&at(ENROL)) {
        return OrgPage::Interstitial(Interstitial::EnrolAuthenticator(way_past(SKIP)));
    }
    if page.has(&at(FACTOR)) {
        return OrgPage::Interstitial(Interstitial::SecondFactor);
    }
    let (user, password) = (way_past(USER), way_past(PASSWORD));
    if user.is_some() || password.is_some() {
        return OrgPage::SignIn(SignInForm { user, password, submit: at(SUBMIT) });
    }
    if page.has(&at(STAY_VIEW)) {
        return OrgPage::Interstitial(Interstitial::StaySignedIn(at(SUBMIT)));
    }
    let wrong = page.text_of(&at(ERROR)).filter(|text| !text.is_empty());
    if wrong.is_some() || page.status.is_some_and(|status| status >= 400) {
        let words = wrong.unwrap_or_else(|| page.text.chars().take(300).collect());
        let is_assignment = words.to_lowercase().contains("not assigned");
        return if is_assignment { OrgPage::NotAssigned } else { OrgPage::ErrorPage(words) };
    }
    let path = page.url.path();
    if path.starts_with("/app/UserHome") || path.starts_with("/app/user-home") || page.has(&at(DASHBOARD)) {
        return OrgPage::Dashboard;
    }
    OrgPage::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str, status: u16, html: &str) -> OrgPage {
        let org = Url::parse("https://org.test").unwrap();
        recognise(&Page::new(org.join(path).unwrap(), Some(status), html.to_owned()), &org)
    }

    #[test]
    fn every_selector_is_one() {
        let all = [
            USER,
            PASSWORD,
            SUBMIT,
            COMPLAINT,
            NOT_ASSIGNED,
            ERROR,
            STAY,
            STAY_VIEW,
            ENROL,
            SKIP,
            EXPIRED,
            FACTOR,
            LOCKED,
            DASHBOARD,
        ];
        for css in all {
            Selector::parse(css).unwrap();
        }
    }

    #[test]
    fn the_sign_in_page_is_known_in_every_generation() {
        for (html, user, password) in [
            ("<form><input name=identifier><input type=submit data-type=save></form>", true, false),
            (
                "<form><input name=credentials.passcode type=password><input type=submit data-type=save></form>",
                false,
                true,
            ),
            (
                "<form data-se=o-form><input name=identifier><input name=credentials.passcode type=password><button data-se=save>",
                true,
                true,
            ),
            (
                "<input id=okta-signin-username><input id=okta-signin-password type=password><input id=okta-signin-submit type=submit>",
                true,
                true,
            ),
            ("<input id=idp-discovery-username><input id=idp-discovery-submit type=submit>", true, false),
        ] {
            match shown("/", 200, html) {
                OrgPage::SignIn(form) => {
                    assert_eq!((form.user.is_some(), form.password.is_some()), (user, password));
                }
                other => panic!("{other:?} for {html}"),
            }
        }
    }

    #[test]
    fn what_is_no_sign_in_page_is_named() {
        let wrong = "<div class=infobox-error>Unable to sign in</div><input name=identifier>";
        assert_eq!(shown("/", 200, wrong), OrgPage::Refused("Unable to sign in".to_owned()));
        let denied =
            "<div data-se=callout>User is not assigned to this application.</div><input name=identifier>";
        assert_eq!(shown("/", 200, denied), OrgPage::NotAssigned);
        assert_eq!(shown("/app/x", 403, "<main data-se=app-access-denied>No</main>"), OrgPage::NotAssigned);
        assert_eq!(shown("/app/UserHome", 200, "<h1>My apps</h1>"), OrgPage::Dashboard);
        assert_eq!(
            shown("/x", 400, "<p data-se=error-message>Bad</p>"),
            OrgPage::ErrorPage("Bad".to_owned())
        );
        let code = "<input name=credentials.passcode type=text autocomplete=one-time-code>";
        assert_eq!(shown("/", 200, code), OrgPage::Interstitial(Interstitial::SecondFactor));
        assert!(matches!(
            shown(
                "/",
                200,
                "<a data-se=stay-signed-in-btn>Yes</a><a data-se=do-not-stay-signed-in-btn>No</a>"
            ),
            OrgPage::Interstitial(Interstitial::StaySignedIn(_))
        ));
        let elsewhere = Page::new(Url::parse("https://app.test/").unwrap(), Some(200), wrong.to_owned());
        assert_eq!(recognise(&elsewhere, &Url::parse("https://org.test").unwrap()), OrgPage::Other);
    }
}
