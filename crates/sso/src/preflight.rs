//! What can be found out about an app's sign-on before any check runs, for `doctor`.

use oinspect_core::{Cx, Finding};
use url::Url;

use crate::beginnings::beginnings;
use crate::protocol::Protocol;
use crate::rehearsal::rehearsal;
use crate::stage::stage;
use crate::{oidc, saml};

/// What a look at one thing came to: what is fine, or what is wrong, naming the setting and both values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preflight {
    /// What was looked at: a section or a key.
    pub what: String,
    /// What is fine, or what is wrong.
    pub came: Result<String, String>,
}

/// Looks at the SAML app: metadata, what it really sends, a control login.
pub fn saml_preflight(cx: &mut Cx) -> Vec<Preflight> {
    let mut looks = Vec::new();
    if let Ok(app) = cx.settings::<saml::app::SamlInstance>() {
        let found = saml::disagreements::of_metadata(&app);
        match (&app.metadata, found.is_empty()) {
            (Some(metadata), true) => looks.push(fine("saml.sp_metadata", metadata.entity_id.clone())),
            (Some(_), false) => looks.extend(found.into_iter().map(|why| wrong("saml.sp_metadata", why))),
            (None, _) => {}
        }
    }
    begins(cx, Protocol::Saml, &mut looks);
    looks
}

/// Looks at the relying party: what it really sends, a control login.
pub fn oidc_preflight(cx: &mut Cx) -> Vec<Preflight> {
    let mut looks = Vec::new();
    begins(cx, Protocol::Oidc, &mut looks);
    looks
}

fn begins(cx: &mut Cx, protocol: Protocol, looks: &mut Vec<Preflight>) {
    let section = match protocol {
        Protocol::Saml => "saml",
        Protocol::Oidc => "oidc",
    };
    let Ok(instance) = protocol.instance(cx) else { return };
    if let Some(start) = &instance.start_url {
        let key = format!("{section}.start_url");
        match beginnings(cx, protocol) {
            Err(finding) => looks.push(wrong(&key, format!("{start}: {}", sentence(&finding)))),
            Ok(beginnings) => {
                let passages = beginnings.0.first().cloned().unwrap_or_default();
                looks.push(match leads_to(cx, &passages) {
                    Ok(org) => fine(&key, format!("{start} leads to {org}")),
                    Err(why) => wrong(&key, format!("{start} {why}")),
                });
                let found = match protocol {
                    Protocol::Saml => saml::disagreements::of_request(cx, &passages),
                    Protocol::Oidc => oidc::disagreements::of_request(cx, &passages),
                };
                looks.extend(found.into_iter().map(|why| wrong(section, why)));
            }
        }
    }
    looks.push(match rehearsal(cx, protocol) {
        Ok(rehearsal) => {
            let notes =
                rehearsal.calibration.as_ref().map_or_else(|_| String::new(), |known| known.notes.join("; "));
            let more = if notes.is_empty() { String::new() } else { format!(" ({notes})") };
            fine(section, format!("two users sign on, and the app shows who is signed in{more}"))
        }
        Err(finding) => wrong(section, format!("a control login failed: {}", sentence(&finding))),
    });
}

/// To which org a sign-on leads.
fn leads_to(cx: &Cx, passages: &[oinspect_core::Passage]) -> Result<String, String> {
    let Ok(stage) = stage(cx) else { return Err("cannot be tried without an org".to_owned()) };
    let org = &stage.org.base_url;
    let hosts: Vec<Url> =
        passages.iter().filter_map(|passage| Url::parse(&passage.request.url).ok()).collect();
    if hosts.iter().any(|url| url.origin() == org.origin()) {
        return Ok(org.to_string());
    }
    let last = hosts.last().map_or_else(String::new, |url| format!(" and ends at {url}"));
    Err(format!(
        "does not lead to the org {org}{last}; does the app trust this org, and do its steps suffice?"
    ))
}

fn fine(what: &str, text: String) -> Preflight {
    Preflight { what: what.to_owned(), came: Ok(text) }
}

fn wrong(what: &str, why: String) -> Preflight {
    Preflight { what: what.to_owned(), came: Err(why) }
}

fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::Broken { expected, actual } => format!("expected {expected}, got {actual}"),
        Finding::Blocked { why }
        | Finding::NotVerified { why }
        | Finding::NotOffered { what: why }
        | Finding::NotApplicable { why }
        | Finding::NotConfigured { what: why } => why.clone(),
    }
}
