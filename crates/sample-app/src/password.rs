//! Passwords are kept as salted hashes. One round of SHA-256 is no way to guard real passwords; it
//! is here because a test bed creates thousands of users and holds no secrets.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::random;

/// The salt and the hash.
pub(crate) fn hashed(plain: &str) -> String {
    let salt = random::hex();
    let digest = digest(&salt, plain);
    format!("{salt}${digest}")
}

/// Whether this is the password behind the hash.
pub(crate) fn verifies(plain: &str, hash: &str) -> bool {
    hash.split_once('$').is_some_and(|(salt, expected)| digest(salt, plain) == expected)
}

fn digest(salt: &str, plain: &str) -> String {
    let digest = Sha256::new().chain_update(salt).chain_update(plain).finalize();
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_verifies_its_password_only_and_hides_it() {
        let hash = hashed("t1meMa$heen");
        assert!(verifies("t1meMa$heen", &hash));
        assert!(!verifies("other", &hash));
        assert!(!hash.contains("t1meMa"));
    }
}
