//! Who calls the token endpoint, and how it proves that.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oinspect_oidc::{
    AssertionError, CLIENT_ASSERTION_TYPE, ClientAssertion, decode, read_jwks, verify_private_key_jwt,
    verify_secret_jwt,
};
use url::form_urlencoded::parse;

use super::refusal::Refusal;
use crate::app::{ClientAuthentication, SignOn};
use crate::parameters::Parameters;
use crate::state::Org;
use crate::store::{Instance, InstanceStatus};

/// A client that proved who it is.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) app: Instance,
    pub(super) method: ClientAuthentication,
}

/// What the request brings to prove it.
enum Credentials {
    Secret { client_id: String, secret: String, method: ClientAuthentication },
    Assertion { client_id: String, assertion: String },
    Nothing { client_id: String },
}

/// The client of a request to `endpoint`, or what is wrong with its credentials.
pub(super) fn authenticated(
    org: &Org,
    headers: &HeaderMap,
    form: &Parameters,
    endpoint: &str,
) -> Result<Client, Refusal> {
    let invalid = |why: &str| Refusal::of("invalid_client", why);
    let credentials = credentials(headers, form)?;
    let client_id = match &credentials {
        Credentials::Secret { client_id, .. }
        | Credentials::Assertion { client_id, .. }
        | Credentials::Nothing { client_id } => client_id,
    };
    let found = org.store().app_of_client(client_id).cloned();
    let app = found
        .filter(|app| app.status == InstanceStatus::Active)
        .ok_or_else(|| invalid("Invalid value for 'client_id' parameter."))?;
    let expected = match &app.app.sign_on {
        SignOn::Oidc(oidc) => oidc.token_endpoint_auth_method,
        SignOn::Service(_) => ClientAuthentication::PrivateKeyJwt,
        SignOn::Saml(_) => return Err(invalid("Invalid value for 'client_id' parameter.")),
    };
    let method = match &credentials {
        Credentials::Secret { secret, method, .. } => {
            use ClientAuthentication::{SecretBasic, SecretPost};
            if !matches!(expected, SecretBasic | SecretPost) {
                return Err(invalid("The client is registered for another authentication method."));
            }
            if *secret != app.ids.client_secret {
                return Err(invalid("The client secret supplied for a confidential client is invalid."));
            }
            *method
        }
        Credentials::Assertion { client_id, assertion } => {
            proved_by_assertion(org, &app, expected, client_id, assertion, endpoint)?;
            expected
        }
        Credentials::Nothing { .. } if expected == ClientAuthentication::None => expected,
        Credentials::Nothing { .. } => return Err(invalid("No client credentials found.")),
    };
    Ok(Client { app, method })
}

fn credentials(headers: &HeaderMap, form: &Parameters) -> Result<Credentials, Refusal> {
    let several =
        || Refusal::of("invalid_request", "Can't supply multiple client credentials: use one method only.");
    if let Some(name) = &form.repeated {
        return Err(Refusal::of("invalid_request", format!("The parameter {name} occurs more than once.")));
    }
    let secret = form.get("client_secret");
    let assertion = form.get("client_assertion");
    let basic = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let basic = basic.and_then(|value| {
        let (scheme, rest) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("basic").then_some(rest)
    });
    if usize::from(basic.is_some()) + usize::from(secret.is_some()) + usize::from(assertion.is_some()) > 1 {
        return Err(several());
    }
    if let Some(basic) = basic {
        let (client_id, secret) = decoded_basic(basic)
            .ok_or_else(|| Refusal::of("invalid_client", "The Authorization header cannot be read."))?;
        if form.get("client_id").is_some_and(|other| other != client_id) {
            return Err(several());
        }
        let method = ClientAuthentication::SecretBasic;
        return Ok(Credentials::Secret { client_id, secret, method });
    }
    if let Some(assertion) = assertion {
        if form.get("client_assertion_type") != Some(CLIENT_ASSERTION_TYPE) {
            return Err(Refusal::of("invalid_client", "The client_assertion_type is invalid."));
        }
        let client_id = decode(assertion)
            .ok()
            .and_then(|decoded| decoded.text("sub").map(str::to_owned))
            .ok_or_else(|| Refusal::of("invalid_client", "The client_assertion is no token with a sub."))?;
        if form.get("client_id").is_some_and(|other| other != client_id) {
            return Err(several());
        }
        return Ok(Credentials::Assertion { client_id, assertion: assertion.to_owned() });
    }
    let client_id = form
        .get("client_id")
        .ok_or_else(|| Refusal::of("invalid_client", "No client credentials found."))?
        .to_owned();
    Ok(match secret {
        Some(secret) => {
            let method = ClientAuthentication::SecretPost;
            Credentials::Secret { client_id, secret: secret.to_owned(), method }
        }
        None => Credentials::Nothing { client_id },
    })
}

/// Id and secret, each of which is form-encoded before the two are joined (RFC 6749, 2.3.1).
fn decoded_basic(basic: &str) -> Option<(String, String)> {
    let joined = String::from_utf8(STANDARD.decode(basic.trim()).ok()?).ok()?;
    let (id, secret) = joined.split_once(':')?;
    let plain = |text: &str| {
        let pair = format!("v={}", text.replace('&', "%26"));
        parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}

fn proved_by_assertion(
    org: &Org,
    app: &Instance,
    expected: ClientAuthentication,
    client_id: &str,
    assertion: &str,
    endpoint: &str,
) -> Result<(), Refusal> {
    let now = org.now();
    let audiences = [endpoint, org.base_url.as_str()];
    let result: Result<ClientAssertion, AssertionError> = match (expected, &app.app.sign_on) {
        (ClientAuthentication::SecretJwt, _) => {
            verify_secret_jwt(assertion, client_id, &app.ids.client_secret, &audiences, now)
        }
        (ClientAuthentication::PrivateKeyJwt, sign_on) => {
            let keys = match sign_on {
                SignOn::Oidc(oidc) => oidc.jwks.as_ref().map(read_jwks).unwrap_or_default(),
                SignOn::Service(service) => read_jwks(&service.jwks),
                SignOn::Saml(_) => Vec::new(),
            };
            verify_private_key_jwt(assertion, client_id, &keys, &audiences, now)
        }
        (
            ClientAuthentication::SecretBasic | ClientAuthentication::SecretPost | ClientAuthentication::None,
            _,
        ) => {
            let why = "The client is registered for another authentication method.";
            return Err(Refusal::of("invalid_client", why));
        }
    };
    let accepted =
        result.map_err(|error| Refusal::of("invalid_client", format!("The client_assertion: {error}.")))?;
    if org.provider.memory().is_first_use(client_id, &accepted.jti, now) {
        Ok(())
    } else {
        Err(Refusal::of("invalid_client", "The client_assertion was used before."))
    }
}
