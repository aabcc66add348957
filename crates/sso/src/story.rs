//! The messages of a sign-on, decoded for a reader, beside what the app displayed.

use oinspect_core::{Cx, Displayed, Message, SentValue};
use oinspect_signin::Readback;

use crate::oidc::app::OidcInstance;
use crate::person::Person;
use crate::protocol::Protocol;
use crate::stage::stage;
use crate::walk::Walk;
use crate::{oidc, saml};

/// Keeps every message that passed by.
pub(crate) fn tell(cx: &mut Cx, protocol: Protocol, walk: &Walk, person: &Person, shown: &Readback) {
    match protocol {
        Protocol::Saml => tell_saml(cx, walk, shown),
        Protocol::Oidc => tell_oidc(cx, walk, person, shown),
    }
}

fn tell_saml(cx: &mut Cx, walk: &Walk, shown: &Readback) {
    if let Some(sent) = saml::seen::request(&walk.passages) {
        let mut values = vec![
            plain("binding", saml::request::binding(sent.binding)),
            plain("sent to", &sent.sent_to),
            plain("RelayState", sent.relay_state.as_deref().unwrap_or_default()),
        ];
        if let Ok(request) = &sent.decoded {
            let named = [
                ("ID", &request.id),
                ("Issuer", &request.issuer),
                ("Destination", &request.destination),
                ("AssertionConsumerServiceURL", &request.acs_url),
            ];
            values.extend(named.into_iter().filter_map(|(name, value)| Some(plain(name, value.as_deref()?))));
        }
        let text = oinspect_saml::pretty(&sent.xml);
        cx.decoded(&Message { kind: "AuthnRequest".to_owned(), text, values });
    }
    let Some(posted) = saml::seen::response(&walk.passages) else { return };
    let response = &posted.response;
    let named = [
        ("Issuer", &response.issuer),
        ("Destination", &response.destination),
        ("InResponseTo", &response.in_response_to),
        ("NotOnOrAfter", &response.not_on_or_after),
        ("SessionIndex", &response.session_index),
    ];
    let mut values: Vec<SentValue> =
        named.into_iter().filter_map(|(name, value)| Some(plain(name, value.as_deref()?))).collect();
    values.push(plain("Audience", &response.audience.join("\n")));
    values.push(plain("RelayState", posted.relay_state.as_deref().unwrap_or_default()));
    if let Some(name_id) = &response.name_id {
        values.push(beside("NameID", name_id, shown.email.as_deref()));
    }
    values.extend(response.attributes.iter().map(|attribute| {
        let sent = attribute.values.join("\n");
        let displayed = place(&attribute.name, shown);
        beside(&attribute.name, &sent, displayed.as_deref())
    }));
    let text = oinspect_saml::pretty(&response.xml);
    cx.decoded(&Message { kind: "SAML response".to_owned(), text, values });
}

fn tell_oidc(cx: &mut Cx, walk: &Walk, person: &Person, shown: &Readback) {
    let Ok(stage) = stage(cx) else { return };
    if let Some(sent) = oidc::seen::request(&walk.passages, &stage.org.base_url) {
        let values = sent.url.query_pairs().map(|(name, value)| plain(&name, &value)).collect();
        cx.decoded(&Message { kind: "authorization request".to_owned(), text: String::new(), values });
    }
    if let Ok(app) = cx.settings::<OidcInstance>()
        && let Some(returned) = oidc::seen::returned(&walk.passages, &app.redirect_uris)
    {
        let values = returned.parameters.iter().map(|(name, value)| plain(name, value)).collect();
        cx.decoded(&Message { kind: "authorization response".to_owned(), text: String::new(), values });
    }
    for (kind, claims) in stage.oidc.sent_to(&person.login) {
        let values = claims
            .iter()
            .map(|(name, value)| {
                let sent = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                beside(name, &sent, place(name, shown).as_deref())
            })
            .collect();
        let text = serde_json::to_string_pretty(&claims).unwrap_or_default();
        cx.decoded(&Message { kind: kind.to_owned(), text, values });
    }
}

/// What the app shows in the place where an attribute or a claim of this name belongs.
fn place(name: &str, shown: &Readback) -> Option<String> {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    match name.as_str() {
        "firstname" | "givenname" => shown.first_name.clone(),
        "lastname" | "familyname" | "surname" | "sn" => shown.last_name.clone(),
        "email" | "mail" | "preferredusername" => shown.email.clone(),
        "groups" | "group" | "memberof" => (!shown.groups.is_empty()).then(|| shown.groups.join("\n")),
        _ => None,
    }
}

fn plain(name: &str, sent: &str) -> SentValue {
    SentValue { name: name.to_owned(), sent: sent.to_owned(), displayed: None }
}

fn beside(name: &str, sent: &str, displayed: Option<&str>) -> SentValue {
    SentValue {
        displayed: displayed.map(|text| Displayed { text: Some(text.to_owned()), same: text == sent }),
        ..plain(name, sent)
    }
}
