//! Random values: ids, tokens and salts that nobody guesses within a test.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _};

use sha2::{Digest as _, Sha256};

/// Sixteen random bytes, in hexadecimal.
pub(crate) fn hex() -> String {
    let mut hash = Sha256::new();
    // Each RandomState is keyed differently, from the operating system's randomness.
    for _ in 0..4 {
        hash.update(RandomState::new().build_hasher().finish().to_le_bytes());
    }
    hash.finalize().iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A random number of fifteen digits, as a text.
pub(crate) fn number() -> String {
    let number = u64::from_str_radix(hex().get(..12).unwrap_or_default(), 16).unwrap_or_default();
    (100_000_000_000_000 + number).to_string()
}

/// A random identifier in the form of a UUID.
pub(crate) fn uuid() -> String {
    let hex = hex();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_look_like_uuids() {
        let (one, other) = (uuid(), uuid());
        assert_ne!(one, other);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    }
}
