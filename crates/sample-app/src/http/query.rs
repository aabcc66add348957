//! A query string, decoded; names are matched as they are written in RFC 7644.

use crate::fault::FilterFault;
use crate::http::Refusal;
use crate::switches::Switches;

/// The parameters of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    parameters: Vec<(String, String)>,
}

impl Query {
    /// Decodes `a=b&c=d`, percent and plus.
    pub(crate) fn parse(text: &str, switches: Switches) -> Result<Self, Refusal> {
        let plus_is_space = !switches.has(FilterFault::PlusNotDecoded);
        let decoded = |part: &str| {
            percent_decoded(part, plus_is_space)
                .ok_or_else(|| Refusal::invalid_syntax("the query string is not valid UTF-8"))
        };
        let mut parameters = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parameters.push((decoded(name)?, decoded(value)?));
        }
        Ok(Self { parameters })
    }

    /// Whether the query begins with this parameter.
    pub(crate) fn begins_with(&self, name: &str) -> bool {
        self.parameters.first().is_some_and(|(known, _)| known == name)
    }

    /// The same parameters without this one.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.parameters.retain(|(known, _)| known != name);
        self
    }

    /// The parameter's value; the last one counts.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Decodes percent escapes; a percent sign that starts none stands for itself.
pub(crate) fn percent_decoded(text: &str, plus_is_space: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'+' if plus_is_space => bytes.push(b' '),
            b'%' => {
                match after.split_first_chunk::<2>().and_then(|(digits, left)| Some((hex(*digits)?, left))) {
                    Some((byte, left)) => {
                        bytes.push(byte);
                        rest = left;
                    }
                    None => bytes.push(b'%'),
                }
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digits: [u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(digits[0])? * 16 + digit(digits[1])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_and_percent_mean_the_same_space_and_an_escaped_plus_is_a_plus() {
        let query = Query::parse("a=x+y%20z%2B&a%5B=1", Switches::default()).unwrap();
        assert_eq!(query.get("a"), Some("x y z+"));
        assert_eq!(query.get("a["), Some("1"));
    }

    #[test]
    fn a_stray_percent_sign_stands_for_itself() {
        assert_eq!(percent_decoded("100%", true).as_deref(), Some("100%"));
        assert_eq!(percent_decoded("%zz%4", true).as_deref(), Some("%zz%4"));
        assert_eq!(percent_decoded("%ff", true), None);
    }
}
