//! Random values from the operating system: keys' randomness, tokens, cookies.

use rsa::rand_core::{OsRng, RngCore as _};

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Letters and digits of a length, which nobody guesses from about twenty on.
pub(crate) fn token(length: usize) -> String {
    let mut bytes = vec![0; length];
    OsRng.fill_bytes(&mut bytes);
    letters(&bytes)
}

/// Decimal digits.
pub(crate) fn digits(length: usize) -> String {
    let mut bytes = vec![0; length];
    OsRng.fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(b'0' + byte % 10)).collect()
}

/// Each byte as one letter or digit.
pub(crate) fn letters(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| char::from(ALPHABET.get(usize::from(*byte) % ALPHABET.len()).copied().unwrap_or(b'A')))
        .collect()
}
