//! Opening an encrypted assertion.

use bergshamra::EncContext;
use bergshamra::xml::Document;

use super::document::{XENC, everywhere};
use super::keys;
use super::rejected::Rejected;

/// The message with its assertion opened; the same answer for every reason that it cannot be, so that
/// nobody learns anything from trying.
pub(super) fn opened(xml: &str, document: &Document<'_>) -> Result<String, Rejected> {
    if everywhere(document, XENC, "EncryptedData").len() != 1 {
        return Err(Rejected::NotOpened);
    }
    let context = EncContext::new(keys::decryption()).with_disable_cipher_reference(true);
    bergshamra::decrypt(&context, xml).map_err(|_| Rejected::NotOpened)
}
