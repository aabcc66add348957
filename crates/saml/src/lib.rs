//! SAML messages: drafted, bent, signed, decoded, judged. Without I/O.
//!
//! The embedded org writes with this crate and the checks read with it. Nothing here opens a socket, reads a
//! clock or knows what a check is: times and identifiers are parameters.

mod authn_request;
mod bend;
mod binding;
mod certificate;
mod document;
mod draft;
mod encryption;
mod escape;
mod idp_metadata;
mod instant;
mod keys;
mod logout;
mod pretty;
mod received;
mod response;
mod signature;
mod sp_metadata;
mod verify;

pub use authn_request::{AuthnRequest, NameIdPolicy, RequestedAuthnContext};
pub use bend::{Bend, Outbox};
pub use binding::{
    Binding, Incoming, Unpacked, deflate_for_query, read_post, read_redirect, read_redirect_query,
    redirect_query, signed_redirect_query, unpack_post, unpack_redirect,
};
pub use certificate::{CertificateError, certificate_base64};
pub use document::DecodeError;
pub use draft::{Attribute, Draft, SigningKeyChoice, Status, Times, idp_initiated_session_index, message_id};
pub use escape::WriteError;
pub use idp_metadata::{IdpDescription, idp_metadata};
pub use instant::{format_instant, parse_instant};
pub use keys::{KeyPair, Keys};
pub use logout::{LogoutRequest, LogoutResponse, read_logout_request, read_logout_response};
pub use pretty::pretty;
pub use received::{ReadResponse, Signed, read_response};
pub use sp_metadata::{AssertionConsumer, Endpoint, MetadataKey, SpMetadata, read_sp_metadata};
pub use verify::{DetachedSignature, SignedElement, VerifyError, verify, verify_detached};

/// The namespace of protocol messages.
pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// The namespace of assertions.
pub const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// The namespace of metadata.
pub const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// The namespace of XML signatures.
pub const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The HTTP-POST binding.
pub const HTTP_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
/// The HTTP-Redirect binding.
pub const HTTP_REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/// The name identifier format of email addresses.
pub const FORMAT_EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
/// The name identifier format that says nothing.
pub const FORMAT_UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
/// The name identifier format of an Issuer.
pub const FORMAT_ENTITY: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
/// Signed in with a password over TLS: what Okta claims of a password sign-in.
pub const PASSWORD_PROTECTED_TRANSPORT: &str =
    "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
/// RSA with SHA-256, the signature algorithm that Okta uses.
pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
