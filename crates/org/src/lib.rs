//! The embedded org: an Okta-shaped server with Management API, pages, SAML IdP and OpenID provider.
