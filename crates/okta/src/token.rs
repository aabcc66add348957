//! Access tokens of a service app: client credentials with a signed assertion.

use oinspect_core::{Cx, Finding, Method, Request};
use oinspect_oidc::{CLIENT_ASSERTION_TYPE, SigningKey, sign_private_key_jwt};
use serde_json::Value;

use crate::api::{send_politely, text};
use crate::org::Org;

/// A token is used for this many seconds; it is good for an hour.
const GOOD_FOR: i64 = 1800;

impl Org {
    /// An access token, made once and used until it is half through its life.
    pub(crate) fn access_token(
        &self,
        cx: &mut Cx,
        client_id: &str,
        pem: &str,
        scopes: &[String],
    ) -> Result<String, Finding> {
        let age = cx.session().clock.now().as_second() / GOOD_FOR;
        let name = format!("access token of {client_id} ({age})");
        let made = cx.once(&name, |cx| self.new_access_token(cx, client_id, pem, scopes))?;
        Ok(String::clone(&made))
    }

    fn new_access_token(
        &self,
        cx: &mut Cx,
        client_id: &str,
        pem: &str,
        scopes: &[String],
    ) -> Result<String, Finding> {
        cx.session().redactor.learn(pem);
        let key = SigningKey::from_pem("", pem)
            .map_err(|error| Finding::blocked(format!("failed to {error} (org.private_key)")))?;
        let url = self.url("/oauth2/v1/token");
        let jti = cx.name();
        let assertion = sign_private_key_jwt(client_id, &url, &jti, cx.session().clock.now(), &key);
        cx.session().redactor.learn(&assertion);
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("scope", &scopes.join(" "))
            .append_pair("client_assertion_type", CLIENT_ASSERTION_TYPE)
            .append_pair("client_assertion", &assertion)
            .finish();
        let request = Request::new(Method::Post, &url)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let answer = send_politely(cx, &request)?;
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let token = text(&said, "access_token");
        if answer.status == 200 && !token.is_empty() {
            cx.session().redactor.learn(&token);
            return Ok(token);
        }
        let error = text(&said, "error");
        let todo = match error.as_str() {
            "use_dpop_nonce" | "invalid_dpop_proof" => {
                "the service app requires DPoP, which is not spoken here: turn \"Require DPoP\" off for it"
            }
            "invalid_client" => "check org.client_id, and that the app knows the public half of the key",
            "invalid_scope" => "grant the app the scopes that the settings name",
            _ => "check the service app's settings",
        };
        let described = text(&said, "error_description");
        Err(Finding::blocked(format!(
            "the org gives {client_id} no access token ({}): {error} {described}; {todo}",
            answer.status
        )))
    }
}
