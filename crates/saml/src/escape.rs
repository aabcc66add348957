//! Text made fit for XML, so that no value of a user or a target can become markup.

use thiserror::Error;

/// Why a message could not be written; each text completes "failed to ...".
#[derive(Debug, Error)]
pub enum WriteError {
    /// XML 1.0 has no way to write this character, not even as a reference.
    #[error("write {what}: XML cannot hold the character U+{:04X}", u32::from(*character))]
    Unwritable {
        /// What was to be written.
        what: &'static str,
        /// The character.
        character: char,
    },
    /// The private key or its use failed.
    #[error("sign {what}")]
    Sign {
        /// What was to be signed.
        what: &'static str,
        /// Why.
        source: bergshamra::Error,
    },
    /// The encryption failed.
    #[error("encrypt the assertion")]
    Encrypt {
        /// Why.
        source: bergshamra::Error,
    },
    /// A certificate could not be read.
    #[error("read a certificate")]
    Certificate {
        /// Why.
        #[from]
        source: crate::certificate::CertificateError,
    },
    /// The private key could not be read or used.
    #[error("use the private key: {reason}")]
    PrivateKey {
        /// Why.
        reason: String,
    },
}

/// `value` as the text of an element.
pub(crate) fn text(what: &'static str, value: &str) -> Result<String, WriteError> {
    escape(what, value, false)
}

/// `value` between the double quotes of an attribute.
pub(crate) fn attribute(what: &'static str, value: &str) -> Result<String, WriteError> {
    escape(what, value, true)
}

fn escape(what: &'static str, value: &str, in_attribute: bool) -> Result<String, WriteError> {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' if in_attribute => escaped.push_str("&quot;"),
            // A parser turns a bare carriage return into a line feed, and all of these into spaces in attributes.
            '\r' => escaped.push_str("&#xD;"),
            '\n' if in_attribute => escaped.push_str("&#xA;"),
            '\t' if in_attribute => escaped.push_str("&#x9;"),
            '\t' | '\n' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => {
                escaped.push(character);
            }
            _ => return Err(WriteError::Unwritable { what, character }),
        }
    }
    Ok(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_refused_by_name() {
        let error = text("an attribute value", "a\u{1}b").unwrap_err();
        assert_eq!(error.to_string(), "write an attribute value: XML cannot hold the character U+0001");
        assert!(text("x", "\u{FFFE}").is_err());
    }

    #[test]
    fn markup_in_a_value_stays_text() {
        assert_eq!(text("x", "<a&b>\r").unwrap(), "&lt;a&amp;b&gt;&#xD;");
        assert_eq!(attribute("x", "a\"\n").unwrap(), "a&quot;&#xA;");
        assert_eq!(text("x", "Zoë O'Neil 😀").unwrap(), "Zoë O'Neil 😀");
    }
}
