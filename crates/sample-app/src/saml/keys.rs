//! The service provider's own keys: fixed test keys, the same in every app.

use bergshamra::keys::loader::load_rsa_private_pem;
use bergshamra::{Key, KeyUsage, KeysManager};

pub(super) const SIGNING_KEY: &str = include_str!("../../keys/sp-signing.key.pem");
pub(super) const SIGNING_CERTIFICATE: &str = include_str!("../../keys/sp-signing.cert.pem");
pub(super) const ENCRYPTION_KEY: &str = include_str!("../../keys/sp-encryption.key.pem");
pub(super) const ENCRYPTION_CERTIFICATE: &str = include_str!("../../keys/sp-encryption.cert.pem");

/// The key that signs requests.
pub(super) fn signing() -> Key {
    loaded(SIGNING_KEY, KeyUsage::Sign)
}

/// The key that opens encrypted assertions, alone in its manager.
pub(super) fn decryption() -> KeysManager {
    let mut keys = KeysManager::new();
    keys.add_key(loaded(ENCRYPTION_KEY, KeyUsage::Decrypt));
    keys
}

fn loaded(pem: &str, usage: KeyUsage) -> Key {
    let mut key = load_rsa_private_pem(pem.as_bytes()).expect("the key comes with the program");
    key.usage = usage;
    key
}

/// The base64 of a certificate, in one line.
pub(super) fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect()
}
