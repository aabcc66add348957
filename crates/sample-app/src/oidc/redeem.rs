//! From a code to a person: the token request, the ID token, /userinfo.

use std::ops::Deref;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openidconnect::core::{
    CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreTokenResponse,
    CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClaimsVerificationError, HttpRequest, LocalizedClaim,
    Nonce, NonceVerifier as _, OAuth2TokenResponse as _, PkceCodeVerifier, SignatureVerificationError,
    TokenResponse as _,
};
use tokio::runtime::Handle;

use super::client::fetch;
use super::provider::Party;
use super::start::Login;
use crate::fault::OidcFault;
use crate::portal::{Person, Portal, Refused};
use crate::trust::OidcTrust;

/// Who came with the code.
#[derive(Debug)]
pub(super) struct Redeemed {
    pub(super) person: Person,
    pub(super) id_token: String,
}

impl Portal {
    /// Redeems a code and reads who it stands for.
    pub(super) fn redeem(&self, code: &str, login: &Login) -> Result<Redeemed, Refused> {
        let (trust, provider) = self.provider(false)?;
        let party = self.party(&trust, &provider)?;
        let tokens = self.tokens(&party, &trust, code, login)?;
        let id_token = tokens.id_token().ok_or_else(|| unacceptable(&"there is no ID token"))?;
        let claims = match self.claims(&party, id_token, tokens.access_token(), login) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // The provider may have new keys since it was last asked.
                let (trust, provider) = self.provider(true)?;
                let party = self.party(&trust, &provider)?;
                self.claims(&party, id_token, tokens.access_token(), login)
            }
            claims => claims,
        };
        let claims = claims.map_err(|error| unacceptable(&error))?;
        let person = self.person(&party, tokens.access_token().clone(), &claims)?;
        if self.switches.has(OidcFault::CodeRedeemedTwice) {
            // What comes of the second time is of no interest to an app that does not notice it.
            let _ = self.tokens(&party, &trust, code, login);
        }
        Ok(Redeemed { person, id_token: id_token.to_string() })
    }

    fn tokens(
        &self,
        party: &Party,
        trust: &OidcTrust,
        code: &str,
        login: &Login,
    ) -> Result<CoreTokenResponse, Refused> {
        let client = self.client().map_err(|error| unacceptable(&error))?;
        let header = self.switches.has(OidcFault::ClientAuthTwice).then(|| {
            let credentials = format!("{}:{}", trust.client_id, trust.client_secret);
            format!("Basic {}", STANDARD.encode(credentials))
        });
        let http = |mut request: HttpRequest| {
            if let Some(header) = header.as_deref().and_then(|header| header.parse().ok()) {
                request.headers_mut().insert(axum::http::header::AUTHORIZATION, header);
            }
            fetch(client.clone(), request)
        };
        let request = party.exchange_code(AuthorizationCode::new(code.to_owned()));
        let mut request = request.map_err(|error| unacceptable(&error))?;
        if !self.switches.has(OidcFault::VerifierMissing) && !self.switches.has(OidcFault::PkceAbsent) {
            request = request.set_pkce_verifier(PkceCodeVerifier::new(login.verifier.clone()));
        }
        Handle::current().block_on(request.request_async(&http)).map_err(|error| unacceptable(&error))
    }

    /// The claims of an ID token that is meant for this client and this sign-in.
    fn claims(
        &self,
        party: &Party,
        id_token: &CoreIdToken,
        access_token: &AccessToken,
        login: &Login,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let on = |fault: OidcFault| self.switches.has(fault);
        let mut verifier: CoreIdTokenVerifier<'_> = party.id_token_verifier().set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ]);
        if on(OidcFault::WrongAudienceAccepted) {
            verifier = verifier.require_audience_match(false);
        }
        if on(OidcFault::UnknownKeyAccepted) {
            verifier = verifier.insecure_disable_signature_check();
        }
        let nonce = Nonce::new(login.nonce.clone());
        let any = on(OidcFault::WrongNonceAccepted) || on(OidcFault::NonceAbsent);
        let claims = id_token
            .claims(&verifier, |given: Option<&Nonce>| if any { Ok(()) } else { nonce.verify(given) })?;
        if let Some(wanted) = claims.access_token_hash()
            && !on(OidcFault::UnknownKeyAccepted)
        {
            let unsigned = ClaimsVerificationError::SignatureVerification;
            let alg = id_token.signing_alg().map_err(unsigned)?;
            let key = id_token.signing_key(&verifier).map_err(unsigned)?;
            let actual = AccessTokenHash::from_token(access_token, alg, key)
                .map_err(|error| ClaimsVerificationError::Other(error.to_string()))?;
            if actual != *wanted {
                return Err(ClaimsVerificationError::Other("the access token is another one".to_owned()));
            }
        }
        Ok(claims.clone())
    }

    /// Names come from /userinfo: the ID token of the code flow need not hold them.
    fn person(
        &self,
        party: &Party,
        access_token: AccessToken,
        claims: &CoreIdTokenClaims,
    ) -> Result<Person, Refused> {
        let from_token = self.switches.has(OidcFault::NamesFromIdToken);
        let client = self.client().map_err(|error| unacceptable(&error))?;
        let http = |request| fetch(client.clone(), request);
        let request = party.user_info(access_token, Some(claims.subject().clone()));
        let request = request.map_err(|error| unacceptable(&error))?;
        let told: CoreUserInfoClaims =
            Handle::current().block_on(request.request_async(&http)).map_err(|error| unacceptable(&error))?;
        let (first, last) = if from_token {
            (plain(claims.given_name()), plain(claims.family_name()))
        } else {
            (plain(told.given_name()), plain(told.family_name()))
        };
        let email = told.email().or(claims.email()).map(|email| email.to_string());
        let name = told.preferred_username().or(claims.preferred_username()).map(|name| name.to_string());
        let user_name = name.or_else(|| email.clone());
        Ok(Person {
            user_name: user_name.unwrap_or_default().trim().to_owned(),
            first_name: first,
            last_name: last,
            email,
            groups: Vec::new(),
        })
    }
}

fn plain<T: Deref<Target = String>>(claim: Option<&LocalizedClaim<T>>) -> Option<String> {
    let claim = claim?.get(None)?.trim();
    (!claim.is_empty()).then(|| claim.to_owned())
}

fn unacceptable(why: &impl std::fmt::Display) -> Refused {
    let why: String = why.to_string().chars().take(200).collect();
    Refused::because(format!("The identity provider's answer was not accepted: {why}."))
}
