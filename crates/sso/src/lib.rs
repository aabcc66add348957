//! Checks of single sign-on: SAML service providers, OpenID Connect relying parties, just-in-time accounts.
