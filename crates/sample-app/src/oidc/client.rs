//! How the app speaks to an OpenID provider: no redirects, no long waits, no large answers.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{Certificate, Client};
use thiserror::Error;

use crate::portal::Portal;

const TIMEOUT: Duration = Duration::from_secs(10);
const LARGEST: usize = 1_048_576;

/// Why a provider's answer could not be had.
#[derive(Debug, Error)]
pub(super) enum FetchError {
    #[error("ask the identity provider")]
    Send(#[from] reqwest::Error),
    #[error("read the answer: it exceeds {LARGEST} bytes")]
    TooLarge,
    #[error("make sense of the answer's head")]
    Head(#[from] axum::http::Error),
}

impl Portal {
    /// The one client, made when first needed: loading the system's certificates takes a while.
    pub(super) fn client(&self) -> Result<Client, FetchError> {
        if let Some(client) = self.http.get() {
            return Ok(client.clone());
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "the sample app is a target, with a client of its own, apart from any session"
        )]
        let mut builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .connect_timeout(TIMEOUT)
            .no_proxy();
        if let Some(pem) = &self.trusted_ca_pem {
            builder = builder.tls_certs_merge([Certificate::from_pem(pem.as_bytes())?]);
        }
        let client = builder.build()?;
        Ok(self.http.get_or_init(|| client).clone())
    }
}

/// Sends one request and reads its answer, up to a limit.
pub(super) async fn fetch(client: Client, request: HttpRequest) -> Result<HttpResponse, FetchError> {
    let mut response = client.execute(request.try_into()?).await?;
    let mut answer = axum::http::Response::builder().status(response.status());
    for (name, value) in response.headers() {
        answer = answer.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err(FetchError::TooLarge);
        }
    }
    Ok(answer.body(body)?)
}
