//! A Response for a user of an app: drafted from the app's settings, bent if that is asked for, sent.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use oinspect_saml::{Attribute, Draft, KeyPair, Keys, Status, Times};

use super::expression;
use crate::access::SignedIn;
use crate::app::{SamlApp, SignOn};
use crate::identity::SigningKey;
use crate::self_posting::self_posting;
use crate::state::Org;
use crate::store::{Assignment, Event, Instance, Party};
use crate::{pages, random};

/// Where an answer goes and what it answers.
pub(super) struct Reply<'a> {
    pub(super) acs_url: &'a str,
    /// The request's ID, unless nobody asked.
    pub(super) request_id: Option<&'a str>,
    pub(super) relay_state: Option<&'a str>,
}

/// A response that nobody asked for, on its way to the app: what a tile leads to.
pub(crate) fn idp_initiated(
    org: &Org,
    who: &SignedIn,
    app: &Instance,
    relay_state: Option<&str>,
) -> Response {
    let SignOn::Saml(saml) = &app.app.sign_on else { return StatusCode::NOT_FOUND.into_response() };
    let relay_state = relay_state.or(saml.default_relay_state.as_deref());
    signed_in(org, who, app, saml, &Reply { acs_url: &saml.acs_url, request_id: None, relay_state })
}

/// Sends the user on to the app, or says that the app is not the user's.
pub(super) fn signed_in(
    org: &Org,
    who: &SignedIn,
    app: &Instance,
    saml: &SamlApp,
    reply: &Reply<'_>,
) -> Response {
    let assignment = app.assignments.get(&who.user.id);
    let Some(assignment) = assignment.filter(|_| org.is_assigned(&who.user.id, &app.ids.app_id)) else {
        return pages::not_assigned(org, who, app);
    };
    let mut draft = draft(org, who, app, saml, assignment, reply);
    if let Some(bend) = org.saml_outbox.leaves(&draft.name_id) {
        bend.apply(&mut draft);
    }
    let initiator = if reply.request_id.is_some() { "sp" } else { "idp" };
    let mut event = Event::of(
        "user.authentication.sso",
        Party::user(&who.user),
        vec![Party::app(app), Party::app_user(&who.user.id, &assignment.user_name, &who.user)],
    )
    .with("initiator", initiator)
    .with("signOnMode", "SAML 2.0")
    .in_session(&who.session.id);
    if let Some(request_id) = reply.request_id {
        event = event.with("requestId", request_id);
    }
    if let Some(relay_state) = reply.relay_state {
        event = event.with("relayState", relay_state);
    }
    org.record(event);
    sent(org, &draft, reply)
}

/// Tells the app why there is no assertion.
pub(super) fn refused(org: &Org, app: &Instance, reply: &Reply<'_>, status: Status) -> Response {
    let now = org.now();
    let issuer = org.identity.entity_id(&app.app);
    let mut draft = Draft::good(entropy(), &issuer, reply.acs_url, "", "", Times::around(now, now));
    draft.in_response_to = reply.request_id.map(str::to_owned);
    draft.status = status;
    sent(org, &draft, reply)
}

fn draft(
    org: &Org,
    who: &SignedIn,
    app: &Instance,
    saml: &SamlApp,
    assignment: &Assignment,
    reply: &Reply<'_>,
) -> Draft {
    let now = org.now();
    let lifetime = SignedDuration::from_secs(i64::from(saml.assertion_lifetime_seconds));
    let mut times = Times::around(now, who.session.authenticated);
    times.not_before = now.checked_sub(lifetime).unwrap_or(now);
    times.not_on_or_after = now.checked_add(lifetime).unwrap_or(now);
    let name_id = expression::filled(&saml.name_id_template, &who.user, assignment);
    let issuer = org.identity.entity_id(&app.app);
    let mut draft = Draft::good(entropy(), &issuer, reply.acs_url, &saml.audience, &name_id, times);
    if let Some(request_id) = reply.request_id {
        draft = draft.in_answer_to(request_id);
    }
    if reply.acs_url == saml.acs_url {
        draft.recipient = saml.recipient.clone().unwrap_or(draft.recipient);
        draft.destination = saml.destination.clone().unwrap_or(draft.destination);
    }
    draft.format.clone_from(&saml.name_id_format);
    draft.authn_context.clone_from(&saml.authn_context_class);
    draft.response_signed = saml.response_signed;
    draft.assertion_signed = saml.assertion_signed;
    draft.encrypt_for.clone_from(&saml.encrypt_for);
    draft.encryption_certificate.clone_from(&saml.encryption_certificate);
    draft.attributes = attributes(org, who, saml, assignment);
    draft
}

fn attributes(org: &Org, who: &SignedIn, saml: &SamlApp, assignment: &Assignment) -> Vec<Attribute> {
    let computed = saml.attribute_statements.iter().map(|statement| Attribute {
        name: statement.name.clone(),
        values: statement
            .values
            .iter()
            .flat_map(|expression| expression::values(expression, &who.user, assignment))
            .collect(),
    });
    let groups = org.store().group_names_of(&who.user.id);
    let listed = saml.group_statements.iter().map(|statement| Attribute {
        name: statement.name.clone(),
        values: groups.iter().filter(|group| statement.filter.lists(group)).cloned().collect(),
    });
    computed.chain(listed).collect()
}

fn sent(org: &Org, draft: &Draft, reply: &Reply<'_>) -> Response {
    match draft.write(&keys(org)) {
        Ok(xml) => {
            let encoded = STANDARD.encode(xml);
            let relay_state = reply.relay_state.unwrap_or_default();
            self_posting(reply.acs_url, &[("SAMLResponse", &encoded), ("RelayState", relay_state)])
        }
        Err(error) => pages::bad_request(&format!("The message could not be written: {error}.")),
    }
}

pub(super) fn keys(org: &Org) -> Keys {
    let pair = |key: &SigningKey| KeyPair {
        private_pem: key.private_key_pem.clone(),
        certificate: key.certificate_pem.clone(),
    };
    Keys { trusted: pair(&org.identity.saml), rogue: pair(&org.identity.rogue) }
}

/// Enough chance for the identifiers of a message.
pub(super) fn entropy() -> u64 {
    random::digits(18).parse().unwrap_or_default()
}
