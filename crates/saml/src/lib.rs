//! SAML messages: drafted, bent, signed, decoded, judged. Without I/O.
