//! OpenID Connect tokens and requests: drafted, bent, signed, decoded, judged. Without I/O.
//!
//! The embedded org writes with this crate and the checks read with it. Nothing here opens a socket, reads a
//! clock or knows what a check is: times and random numbers are parameters.

mod authorization_request;
mod bend;
mod claims;
mod client_assertion;
mod id_token;
mod jwks;
mod jwt;
mod key;
mod logout_token;
mod pkce;
mod pretty;

pub use authorization_request::AuthorizationRequest;
pub use bend::{Bend, Outbox, SentClaims};
pub use claims::{Profile, userinfo_claims};
pub use client_assertion::{
    AssertionError, CLIENT_ASSERTION_TYPE, ClientAssertion, sign_private_key_jwt, sign_secret_jwt,
    verify_private_key_jwt, verify_secret_jwt,
};
pub use id_token::{IdTokenDraft, SigningKeyChoice, Subject, half_hash};
pub use jwks::{JwksKey, jwks, jwks_of_public_pem, read_jwks};
pub use jwt::{DecodeError, Decoded, VerifyError, decode, sign, verify};
pub use key::{KeyError, Keys, SigningKey};
pub use logout_token::logout_token;
pub use pkce::code_challenge;
pub use pretty::pretty;
