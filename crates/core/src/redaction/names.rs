//! By which names a value is known to be secret.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Whether a variable, parameter or member of this name holds a secret: `auth`, `*Auth`, `*Token`,
/// `*Secret`, `*Password`, in any case and with any separators.
pub fn is_secret_name(name: &str) -> bool {
    let name: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    ["auth", "token", "secret", "password", "apikey", "assertion"].iter().any(|end| name.ends_with(end))
}

/// Whether the value of this header is a credential.
pub(super) fn is_credential_header(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization")
        || name.eq_ignore_ascii_case("proxy-authorization")
        || is_secret_name(name)
}

/// Whether the value of this header is made of cookies.
pub(super) fn is_cookie_header(name: &str) -> bool {
    name.eq_ignore_ascii_case("cookie") || name.eq_ignore_ascii_case("set-cookie")
}

/// The two parts of `Scheme credential`, where the text has that shape.
pub(super) fn scheme_and_credential(text: &str) -> Option<(&str, &str)> {
    let (scheme, credential) = text.split_once(' ')?;
    let known = ["bearer", "basic", "ssws", "digest", "token", "dpop", "apikey"];
    let credential = credential.trim();
    (known.iter().any(|one| scheme.eq_ignore_ascii_case(one)) && !credential.is_empty())
        .then_some((scheme, credential))
}

/// User and password of HTTP Basic credentials.
pub(super) fn basic_user_and_password(scheme: &str, credential: &str) -> Option<(String, String)> {
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credential).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    (!password.is_empty()).then(|| (user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_the_end_of_their_name() {
        for name in ["auth", "SCIMAuth", "oktaToken", "access_token", "client-secret", "Password"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["author", "tokens", "SCIMBaseURL", "passwordless"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
