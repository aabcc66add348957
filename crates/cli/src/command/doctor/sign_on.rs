//! Looks at single sign-on: the user agent, the org, metadata, what the app really sends, a control login.

use std::sync::Arc;

use oinspect_core::{Cx, Event, Finding, Session};
use oinspect_run::{CLEAN_UP_LIMIT, Config, OrgOfRun, clean_up, set_stage};
use oinspect_sso::{Preflight, Stage, oidc_preflight, saml_preflight};

use super::Look;

/// Everything about single sign-on, said as it is found: a control login takes seconds.
pub(super) fn looks(config: &Config, session: &mut Session, say: &mut impl FnMut(&Look)) {
    let org = match OrgOfRun::of(config) {
        Ok(org) => org,
        Err(error) => return say(&Look::Wrong(format!("org: {}", chain(&error)))),
    };
    if let Err(error) = set_stage(config, session, &org, None) {
        return say(&Look::Wrong(chain(&error)));
    }
    let Some(stage) = session.settings::<Stage>() else { return };
    let other = Session::new(Arc::clone(&session.transport), Arc::clone(&session.redactor));
    let session = Arc::new(std::mem::replace(session, other));
    let looks = [
        match &org {
            OrgOfRun::Embedded(org) => Look::Fine(format!("org: the embedded one at {}", org.base_url)),
            OrgOfRun::Real => real_org(config, &stage, &session),
        },
        browser(&stage),
    ];
    looks.iter().for_each(&mut *say);
    if looks.iter().any(|look| matches!(look, Look::Wrong(_))) {
        // Without an org or a user agent nobody can sign on; one line says why.
        return;
    }
    let mut tell = |looks: Vec<Preflight>| {
        for look in looks {
            say(&match look.came {
                Ok(text) => Look::Fine(format!("{}: {text}", look.what)),
                Err(why) => Look::Wrong(format!("{}: {why}", look.what)),
            });
        }
    };
    if config.sign_on.saml.is_some() {
        tell(saml_preflight(&mut Cx::new(Arc::clone(&session), "doctor.saml")));
    }
    if config.sign_on.oidc.is_some() {
        tell(oidc_preflight(&mut Cx::new(Arc::clone(&session), "doctor.oidc")));
    }
    let left = std::sync::Mutex::new(Vec::new());
    clean_up(&session, CLEAN_UP_LIMIT, &|event| {
        if let (Event::LeftBehind(leftover), Ok(mut left)) = (event, left.lock()) {
            left.push(leftover.label);
        }
    });
    let left = left.into_inner().unwrap_or_default();
    if !left.is_empty() {
        let more = match left.len() {
            0 | 1 => String::new(),
            number => format!(", and {} more", number - 1),
        };
        say(&Look::Odd(format!("left behind by the control logins: {}{more}", left[0])));
    }
}

/// A real org: is it one, does it take the credential, does it know the app's instances?
fn real_org(config: &Config, stage: &Stage, session: &Arc<Session>) -> Look {
    let mut cx = Cx::new(Arc::clone(session), "doctor.org");
    let settings = &config.sign_on;
    let ids = [
        settings.saml.as_ref().and_then(|saml| saml.beginning.app_id.as_ref()),
        settings.oidc.as_ref().and_then(|oidc| oidc.beginning.app_id.as_ref()),
    ];
    let seen = stage
        .org
        .organization(&mut cx)
        .map(drop)
        .and_then(|()| ids.into_iter().flatten().try_for_each(|id| stage.org.app(&mut cx, id).map(drop)));
    match seen {
        Ok(()) => Look::Fine(format!("org.base_url: {} knows the app", stage.org.base_url)),
        Err(finding) => Look::Wrong(format!("org: {}", sentence(finding))),
    }
}

fn sentence(finding: Finding) -> String {
    match finding {
        Finding::Broken { expected, actual } => format!("expected {expected}, got {actual}"),
        Finding::Blocked { why }
        | Finding::NotVerified { why }
        | Finding::NotOffered { what: why }
        | Finding::NotApplicable { why }
        | Finding::NotConfigured { what: why } => why,
    }
}

fn browser(stage: &Stage) -> Look {
    match stage.agents.kind() {
        Ok(kind) => match stage.agents.explanation() {
            Some(why) => Look::Odd(format!("browser: {why}")),
            None => Look::Fine(format!("browser: {}", kind.name())),
        },
        Err(error) => Look::Wrong(format!("browser: failed to {error}")),
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = format!("failed to {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
