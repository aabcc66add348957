//! OpenID Connect tokens and requests: drafted, bent, signed, decoded, judged. Without I/O.
