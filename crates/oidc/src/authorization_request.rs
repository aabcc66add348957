//! An authorization request as a relying party sent it, with all that a check or a provider judges.

use url::Url;
use url::form_urlencoded::parse;

/// What was asked for. Strings are as sent; absent things are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// client_id.
    pub client_id: Option<String>,
    /// redirect_uri.
    pub redirect_uri: Option<String>,
    /// response_type.
    pub response_type: Option<String>,
    /// response_mode.
    pub response_mode: Option<String>,
    /// The scopes, in order.
    pub scopes: Vec<String>,
    /// state.
    pub state: Option<String>,
    /// nonce.
    pub nonce: Option<String>,
    /// code_challenge.
    pub code_challenge: Option<String>,
    /// code_challenge_method.
    pub code_challenge_method: Option<String>,
    /// The values of prompt.
    pub prompt: Vec<String>,
    /// max_age as written.
    pub max_age: Option<String>,
    /// login_hint.
    pub login_hint: Option<String>,
    /// id_token_hint.
    pub id_token_hint: Option<String>,
    /// acr_values.
    pub acr_values: Option<String>,
    /// Okta's sessionToken.
    pub session_token: Option<String>,
    /// request: a request object.
    pub request: Option<String>,
    /// request_uri.
    pub request_uri: Option<String>,
    /// Names of parameters that occur more than once, which OAuth forbids; the first value counts.
    pub repeated: Vec<String>,
    /// Parameters that are none of the above, in order.
    pub others: Vec<(String, String)>,
}

impl AuthorizationRequest {
    /// Reads the query of a URL.
    pub fn from_url(url: &Url) -> Self {
        Self::from_form(url.query().unwrap_or_default())
    }

    /// Reads the octets of a query or a form.
    pub fn from_form(form: &str) -> Self {
        let mut request = Self::default();
        for (name, value) in parse(form.as_bytes()) {
            request.take(&name, value.into_owned());
        }
        request
    }

    fn take(&mut self, name: &str, value: String) {
        let field = match name {
            "client_id" => &mut self.client_id,
            "redirect_uri" => &mut self.redirect_uri,
            "response_type" => &mut self.response_type,
            "response_mode" => &mut self.response_mode,
            "state" => &mut self.state,
            "nonce" => &mut self.nonce,
            "code_challenge" => &mut self.code_challenge,
            "code_challenge_method" => &mut self.code_challenge_method,
            "max_age" => &mut self.max_age,
            "login_hint" => &mut self.login_hint,
            "id_token_hint" => &mut self.id_token_hint,
            "acr_values" => &mut self.acr_values,
            "sessionToken" => &mut self.session_token,
            "request" => &mut self.request,
            "request_uri" => &mut self.request_uri,
            "scope" | "prompt" => {
                let list = if name == "scope" { &mut self.scopes } else { &mut self.prompt };
                if list.is_empty() {
                    *list = value.split_whitespace().map(str::to_owned).collect();
                } else {
                    self.repeated.push(name.to_owned());
                }
                return;
            }
            _ => {
                self.others.push((name.to_owned(), value));
                return;
            }
        };
        match field {
            Some(_) => self.repeated.push(name.to_owned()),
            None => *field = Some(value),
        }
    }

    /// Whether this scope is asked for.
    pub fn wants(&self, scope: &str) -> bool {
        self.scopes.iter().any(|one| one == scope)
    }

    /// Whether prompt holds this value.
    pub fn prompts(&self, value: &str) -> bool {
        self.prompt.iter().any(|one| one == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_keeps_what_is_judged() {
        let url = Url::parse(
            "https://org.test/oauth2/v1/authorize?client_id=0oa1&scope=openid+email&state=a%26b&state=c\
             &prompt=login%20consent&code_challenge_method=S256&x=1",
        )
        .unwrap();
        let request = AuthorizationRequest::from_url(&url);
        assert_eq!(request.client_id.as_deref(), Some("0oa1"));
        assert!(request.wants("email") && !request.wants("profile") && request.prompts("consent"));
        assert_eq!(request.state.as_deref(), Some("a&b"));
        assert_eq!(request.repeated, ["state"]);
        assert_eq!(request.others, [("x".to_owned(), "1".to_owned())]);
        assert_eq!(request.nonce, None);
    }
}
