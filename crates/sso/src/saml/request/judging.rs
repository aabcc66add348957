//! How an AuthnRequest is judged, where that takes more than a line.

use jiff::SignedDuration;
use oinspect_core::{Cx, Finding};
use oinspect_saml::{AuthnRequest, Binding};

use crate::saml::app::SamlInstance;
use crate::saml::seen::{SentRequest, requests};

/// How far the clock of an app may be from ours.
const CLOCK_DIFFERENCE: SignedDuration = SignedDuration::from_mins(3);

pub(super) fn app(cx: &Cx) -> Result<std::sync::Arc<SamlInstance>, Finding> {
    cx.settings()
}

/// The request of the latest of the shared logins.
pub(super) fn newest(cx: &mut Cx) -> Result<SentRequest, Finding> {
    requests(cx)?.into_iter().last().ok_or_else(|| {
        Finding::blocked("the app's sign-on went to the org without an AuthnRequest that could be seen")
    })
}

/// The same, decoded.
pub(super) fn newest_request(cx: &mut Cx) -> Result<AuthnRequest, Finding> {
    let sent = newest(cx)?;
    sent.decoded.map_err(|why| Finding::blocked(format!("the AuthnRequest cannot be decoded: {why}")))
}

pub(super) fn fresh_ids(cx: &mut Cx) -> Result<(), Finding> {
    let mut ids: Vec<String> = Vec::new();
    for sent in requests(cx)? {
        let request = sent
            .decoded
            .map_err(|why| Finding::blocked(format!("the AuthnRequest cannot be decoded: {why}")))?;
        let Some(id) = request.id else {
            return Err(Finding::broken("an ID", "absent"));
        };
        if !id.starts_with(|first: char| first.is_alphabetic() || first == '_') || id.contains(':') {
            return Err(Finding::broken(
                "an ID that begins with a letter or underscore",
                format!("\"{id}\""),
            ));
        }
        if ids.contains(&id) {
            return Err(Finding::broken("another ID in every request", format!("\"{id}\" in two requests")));
        }
        ids.push(id);
    }
    match ids.len() {
        0 => Err(Finding::blocked("no AuthnRequest was seen")),
        1 => Err(Finding::NotVerified {
            why: "only one AuthnRequest was seen: nothing to compare it with".to_owned(),
        }),
        _ => Ok(()),
    }
}

pub(super) fn issued_now(cx: &mut Cx) -> Result<(), Finding> {
    let sent = newest(cx)?;
    let seen_at = sent.seen_at;
    let request =
        sent.decoded.map_err(|why| Finding::blocked(format!("the AuthnRequest cannot be decoded: {why}")))?;
    let Some(text) = request.issue_instant.clone().filter(|text| !text.is_empty()) else {
        return Err(Finding::broken("an IssueInstant", "absent"));
    };
    if !text.ends_with('Z') {
        return Err(Finding::broken("an IssueInstant that ends with Z", format!("\"{text}\"")));
    }
    let Some(issued) = request.issued_at else {
        return Err(Finding::broken("an IssueInstant such as 2026-01-31T12:00:00Z", format!("\"{text}\"")));
    };
    let difference = seen_at.duration_since(issued).abs();
    if difference > CLOCK_DIFFERENCE {
        return Err(Finding::broken(
            format!("an IssueInstant near {seen_at}"),
            format!("{text}, {} s away", difference.as_secs()),
        ));
    }
    Ok(())
}

pub(super) fn destination(cx: &mut Cx) -> Result<(), Finding> {
    let sent = newest(cx)?;
    let is_signed = sent.signature_algorithm()?.is_some();
    let sent_to = sent.sent_to.clone();
    let request =
        sent.decoded.map_err(|why| Finding::blocked(format!("the AuthnRequest cannot be decoded: {why}")))?;
    match request.destination.as_deref() {
        Some(destination) if destination == sent_to => Ok(()),
        Some(destination) => {
            Err(Finding::broken(format!("Destination \"{sent_to}\""), format!("\"{destination}\"")))
        }
        None if is_signed => {
            Err(Finding::broken(format!("Destination \"{sent_to}\" in a signed request"), "absent"))
        }
        None => Ok(()),
    }
}

pub(super) fn acs_url(cx: &mut Cx) -> Result<(), Finding> {
    let app = app(cx)?;
    let request = newest_request(cx)?;
    let Some(asked) = request.acs_url else { return Ok(()) };
    if app.acs_urls().any(|registered| registered == asked) {
        return Ok(());
    }
    let registered: Vec<&str> = app.acs_urls().collect();
    Err(Finding::broken(
        format!("AssertionConsumerServiceURL {}", registered.join(" or ")),
        format!("\"{asked}\""),
    ))
}

pub(super) fn signed(cx: &mut Cx) -> Result<(), Finding> {
    let app = app(cx)?;
    let certificates =
        app.metadata.as_ref().map(|metadata| metadata.signing_certificates()).unwrap_or_default();
    if certificates.is_empty() {
        return Err(Finding::broken("a signing certificate in the metadata", "none"));
    }
    let sent = newest(cx)?;
    let algorithm = sent.signature_algorithm()?;
    if let Some(weak) = algorithm.as_deref().filter(|algorithm| is_weak(algorithm)) {
        return Err(Finding::blocked(format!("it is signed by {weak}, which is not verified any more")));
    }
    if algorithm.is_none() {
        let declared = "AuthnRequestsSigned=\"true\" in the metadata";
        return Err(Finding::broken(
            format!("a signed request ({declared})"),
            "a request without a signature",
        ));
    }
    sent.verify(&certificates).map_err(|why| Finding::broken("a signature by the key in the metadata", why))
}

/// Whether an algorithm's identifier names SHA-1 or MD5.
pub(super) fn is_weak(algorithm: &str) -> bool {
    let algorithm = algorithm.to_ascii_lowercase();
    algorithm.ends_with("sha1") || algorithm.ends_with("md5")
}

pub(super) fn name_id_policy(cx: &mut Cx) -> Result<(), Finding> {
    const KNOWN: [&str; 4] = [
        "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
        "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    ];
    let request = newest_request(cx)?;
    match request.name_id_policy.and_then(|policy| policy.format) {
        Some(format) if !KNOWN.contains(&format.as_str()) => Err(Finding::broken(
            "emailAddress, unspecified, transient or persistent",
            format!("\"{format}\""),
        )),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn authn_context(cx: &mut Cx) -> Result<(), Finding> {
    const PASSWORD: [&str; 3] = [
        "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified",
    ];
    let request = newest_request(cx)?;
    let Some(asked) = request.requested_authn_context else { return Ok(()) };
    let is_met =
        asked.classes.is_empty() || asked.classes.iter().any(|class| PASSWORD.contains(&class.as_str()));
    if is_met {
        return Ok(());
    }
    Err(Finding::broken(
        "no RequestedAuthnContext, or one that a password meets",
        format!("{} ({})", asked.classes.join(", "), asked.comparison.as_deref().unwrap_or("exact")),
    ))
}

/// How a request travelled, in words.
pub(crate) const fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Redirect => "HTTP-Redirect",
        Binding::Post => "HTTP-POST",
    }
}
