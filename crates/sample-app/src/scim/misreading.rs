//! Bodies as servers misread them before SCIM's code sees them: each fault bends one kind.

use std::borrow::Cow;

use serde_json::Value;

use crate::fault::{ErrorFault, HttpFault};
use crate::switches::Switches;

/// Where a database column ends.
const COLUMN: usize = 255;

/// The bytes that the parser gets.
pub(super) fn bytes(sent: &[u8], switches: Switches) -> Cow<'_, [u8]> {
    if switches.has(ErrorFault::InvalidUtf8Accepted) {
        return Cow::Owned(String::from_utf8_lossy(sent).into_owned().into_bytes());
    }
    if let (true, Ok(text)) = (switches.has(HttpFault::LettersLost), str::from_utf8(sent)) {
        return Cow::Owned(
            text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect::<String>().into(),
        );
    }
    Cow::Borrowed(sent)
}

/// The values that the parser hands on.
pub(super) fn value(read: Value, switches: Switches) -> Value {
    match read {
        Value::String(text) if switches.has(HttpFault::MarkupEscaped) => {
            Value::String(text.replace('<', "&lt;").replace('>', "&gt;"))
        }
        Value::String(text) if switches.has(ErrorFault::LongValuesCut) => {
            Value::String(text.chars().take(COLUMN).collect())
        }
        Value::Array(elements) => elements.into_iter().map(|element| value(element, switches)).collect(),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, member)| (name, value(member, switches))).collect())
        }
        same @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => same,
    }
}
