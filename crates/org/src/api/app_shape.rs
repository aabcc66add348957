//! An app as the API shows it.

use serde_json::{Value, json};

use crate::app::{AttributeStatement, GroupFilter, GroupStatement, OidcApp, SamlApp, SignOn, SignatureHash};
use crate::clock::written;
use crate::state::Org;
use crate::store::{Instance, InstanceStatus};

/// Everything about the app that a client may read. Secrets of clients are among it, as with Okta.
pub(crate) fn shape(org: &Org, app: &Instance) -> Value {
    let own = org.url(&format!("/api/v1/apps/{}", app.ids.app_id));
    let (mode, sign_on, credentials) = match &app.app.sign_on {
        SignOn::Saml(saml) => {
            ("SAML_2_0", json!({ "app": {}, "signOn": saml_settings(org, app, saml) }), json!({}))
        }
        SignOn::Oidc(oidc) => (
            "OPENID_CONNECT",
            json!({ "app": {}, "oauthClient": oidc_settings(oidc) }),
            client(app, Some(oidc)),
        ),
        SignOn::Service(_) => (
            "OPENID_CONNECT",
            json!({
                "app": {},
                "oauthClient": { "application_type": "service", "grant_types": ["client_credentials"] },
            }),
            client(app, None),
        ),
    };
    let mut credentials = credentials;
    if let Some(credentials) = credentials.as_object_mut() {
        let template = json!({ "template": "${source.login}", "type": "BUILT_IN" });
        credentials.insert("userNameTemplate".to_owned(), template);
        credentials.insert("signing".to_owned(), json!({ "kid": org.identity.oidc_current.kid }));
    }
    let (status, next) = match app.status {
        InstanceStatus::Active => ("ACTIVE", "deactivate"),
        InstanceStatus::Inactive => ("INACTIVE", "activate"),
    };
    let link_name = match &app.app.sign_on {
        SignOn::Saml(_) => format!("{}_link", app.ids.name),
        SignOn::Oidc(_) | SignOn::Service(_) => "oidc_client_link".to_owned(),
    };
    let mut shape = json!({
        "id": app.ids.app_id,
        "name": app.ids.name,
        "label": app.app.label,
        "status": status,
        "lastUpdated": written(app.last_updated),
        "created": written(app.created),
        "accessibility": { "selfService": false, "errorRedirectUrl": null, "loginRedirectUrl": null },
        "visibility": {
            "autoLaunch": false,
            "autoSubmitToolbar": false,
            "hide": { "iOS": app.app.hidden, "web": app.app.hidden },
            "appLinks": { link_name.clone(): true },
        },
        "features": [],
        "signOnMode": mode,
        "credentials": credentials,
        "settings": sign_on,
        "_links": {
            "users": { "href": format!("{own}/users") },
            "groups": { "href": format!("{own}/groups") },
            next: { "href": format!("{own}/lifecycle/{next}") },
        },
    });
    if let Some(links) = shape.get_mut("_links").and_then(Value::as_object_mut) {
        let app_links = match &app.app.sign_on {
            SignOn::Saml(_) | SignOn::Oidc(_) => {
                json!([{ "name": link_name, "href": org.url(&app.embed_path()), "type": "text/html" }])
            }
            SignOn::Service(_) => json!([]),
        };
        links.insert("appLinks".to_owned(), app_links);
        if let SignOn::Saml(_) = &app.app.sign_on {
            let href = format!("{own}/sso/saml/metadata");
            links.insert("metadata".to_owned(), json!({ "href": href, "type": "application/xml" }));
        }
    }
    shape
}

fn saml_settings(org: &Org, app: &Instance, saml: &SamlApp) -> Value {
    let statements: Vec<Value> = saml
        .attribute_statements
        .iter()
        .map(|AttributeStatement { name, name_format, values }| {
            json!({ "type": "EXPRESSION", "name": name, "namespace": name_format, "values": values })
        })
        .chain(saml.group_statements.iter().map(group_statement))
        .collect();
    let (signature, digest) = match saml.signature_hash {
        SignatureHash::Sha256 => ("RSA_SHA256", "SHA256"),
        SignatureHash::Sha1 => ("RSA_SHA1", "SHA1"),
    };
    let slo = match &saml.slo {
        Some(slo) => json!({ "enabled": true, "issuer": slo.issuer, "logoutUrl": slo.url }),
        None => json!({ "enabled": false }),
    };
    json!({
        "defaultRelayState": saml.default_relay_state,
        "ssoAcsUrl": saml.acs_url,
        "idpIssuer": org.identity.entity_id(&app.app),
        "audience": saml.audience,
        "recipient": saml.recipient.as_ref().unwrap_or(&saml.acs_url),
        "destination": saml.destination.as_ref().unwrap_or(&saml.acs_url),
        "subjectNameIdTemplate": saml.name_id_template,
        "subjectNameIdFormat": saml.name_id_format,
        "responseSigned": saml.response_signed,
        "assertionSigned": saml.assertion_signed,
        "signatureAlgorithm": signature,
        "digestAlgorithm": digest,
        "honorForceAuthn": saml.honor_force_authn,
        "authnContextClassRef": saml.authn_context_class,
        "requestCompressed": false,
        "allowMultipleAcsEndpoints": !saml.acs_endpoints.is_empty(),
        "acsEndpoints": saml
            .acs_endpoints
            .iter()
            .map(|endpoint| json!({ "url": endpoint.url, "index": endpoint.index }))
            .collect::<Vec<_>>(),
        "samlSignedRequestEnabled": saml.signed_requests.is_some(),
        "samlAssertionLifetimeSeconds": saml.assertion_lifetime_seconds,
        "slo": slo,
        "attributeStatements": statements,
    })
}

fn group_statement(GroupStatement { name, name_format, filter }: &GroupStatement) -> Value {
    let (kind, value) = match filter {
        GroupFilter::StartsWith(text) => ("STARTS_WITH", text.as_str()),
        GroupFilter::Equals(text) => ("EQUALS", text.as_str()),
        GroupFilter::Contains(text) => ("CONTAINS", text.as_str()),
        GroupFilter::All => ("REGEX", ".*"),
    };
    json!({
        "type": "GROUP",
        "name": name,
        "namespace": name_format,
        "filterType": kind,
        "filterValue": value,
    })
}

fn oidc_settings(oidc: &OidcApp) -> Value {
    let mode = if oidc.initiate_login_uri.is_some() { "SPEC" } else { "DISABLED" };
    json!({
        "redirect_uris": oidc.redirect_uris,
        "post_logout_redirect_uris": oidc.post_logout_redirect_uris,
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "initiate_login_uri": oidc.initiate_login_uri,
        "application_type": "web",
        "consent_method": "TRUSTED",
        "issuer_mode": "ORG_URL",
        "idp_initiated_login": { "mode": mode, "default_scope": [] },
        "wildcard_redirect": "DISABLED",
        "jwks": oidc.jwks,
    })
}

fn client(app: &Instance, oidc: Option<&OidcApp>) -> Value {
    let method = oidc.map_or("private_key_jwt", |oidc| oidc.token_endpoint_auth_method.name());
    let mut client = json!({
        "autoKeyRotation": true,
        "client_id": app.ids.client_id,
        "token_endpoint_auth_method": method,
        "pkce_required": oidc.is_some_and(|oidc| oidc.pkce_required),
    });
    if let (Some(client), true) = (client.as_object_mut(), method.starts_with("client_secret")) {
        client.insert("client_secret".to_owned(), app.ids.client_secret.clone().into());
    }
    json!({ "oauthClient": client })
}
