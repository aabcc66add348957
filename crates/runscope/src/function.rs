//! The template functions that Runscope documents, drawing on the run's clock and seed.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use oinspect_core::Clock;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Digest;

/// The longest random text that may be asked for.
const LONGEST_RANDOM: usize = 1000;

/// What stays as it is in `url_encode`: RFC 3986's unreserved characters.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Functions that may be written without parentheses.
const BARE: [&str; 4] = ["timestamp", "utc_datetime", "random_int", "uuid"];
/// Functions that need an argument.
const CALLED: [&str; 11] = [
    "format_timestamp",
    "timestamp_offset",
    "random_int",
    "random_string",
    "encode_base64",
    "md5",
    "sha1",
    "sha256",
    "hmac_sha1",
    "hmac_sha256",
    "url_encode",
];

/// Whether `{{name}}` calls a function where no variable has this name.
pub(crate) fn is_bare(name: &str) -> bool {
    BARE.contains(&name)
}

/// Whether `{{name(...)}}` calls a function.
pub(crate) fn is_known(name: &str) -> bool {
    is_bare(name) || CALLED.contains(&name)
}

/// The template functions, with what they draw on.
#[derive(Debug)]
pub(crate) struct Functions {
    pub(crate) clock: Clock,
    pub(crate) rng: fastrand::Rng,
}

impl Functions {
    /// Calls a function.
    ///
    /// # Errors
    /// Says what is wrong with the name or the argument.
    pub(crate) fn call(&mut self, name: &str, argument: &str) -> Result<String, String> {
        let wrong = |wants: &str| format!("{{{{{name}({argument})}}}} wants {wants}");
        let trimmed = argument.trim();
        match name {
            "timestamp" if trimmed.is_empty() => Ok(self.clock.now().as_second().to_string()),
            "utc_datetime" if trimmed.is_empty() => {
                Ok(self.clock.now().strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string())
            }
            "uuid" if trimmed.is_empty() => Ok(self.uuid()),
            "random_int" if trimmed.is_empty() => Ok(self.rng.u64(..).to_string()),
            "timestamp" | "utc_datetime" | "uuid" => Err(wrong("no argument")),
            "random_int" => {
                let bounds = trimmed.split_once(',').and_then(|(low, high)| {
                    Some((low.trim().parse::<i64>().ok()?, high.trim().parse::<i64>().ok()?))
                });
                match bounds {
                    Some((low, high)) if low <= high => Ok(self.rng.i64(low..=high).to_string()),
                    _ => Err(wrong("two whole numbers, the smaller first")),
                }
            }
            "random_string" => match trimmed.parse::<usize>() {
                Ok(length) if length <= LONGEST_RANDOM => {
                    Ok((0..length).map(|_| self.rng.alphanumeric()).collect())
                }
                _ => Err(wrong("a length of at most 1000")),
            },
            "timestamp_offset" => match trimmed.parse::<i64>() {
                Ok(offset) => Ok(self.clock.now().as_second().saturating_add(offset).to_string()),
                Err(_) => Err(wrong("a number of seconds")),
            },
            "format_timestamp" => {
                let parsed = trimmed.split_once(',').and_then(|(seconds, format)| {
                    Some((Timestamp::from_second(seconds.trim().parse().ok()?).ok()?, format.trim()))
                });
                match parsed {
                    Some((moment, format)) => Ok(formatted(moment, format)),
                    None => Err(wrong("a timestamp in seconds and a format")),
                }
            }
            "encode_base64" => Ok(STANDARD.encode(argument)),
            "md5" => Ok(hex(&md5::Md5::digest(argument))),
            "sha1" => Ok(hex(&sha1::Sha1::digest(argument))),
            "sha256" => Ok(hex(&sha2::Sha256::digest(argument))),
            "hmac_sha1" | "hmac_sha256" => match argument.rsplit_once(',') {
                Some((value, key)) => Ok(hmac_of(name, value, key.trim())),
                None => Err(wrong("a value and a key")),
            },
            "url_encode" => Ok(utf8_percent_encode(argument, UNRESERVED).to_string()),
            _ => Err(format!("there is no template function {name}")),
        }
    }

    /// A UUID of version 4, from the run's seed.
    fn uuid(&mut self) -> String {
        let bits = (self.rng.u128(..) & !(0xf << 76) & !(0b11 << 62)) | (4 << 76) | (0b10 << 62);
        let digits = format!("{bits:032x}");
        [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
    }
}

fn hmac_of(name: &str, value: &str, key: &str) -> String {
    const ANY_LENGTH: &str = "HMAC takes keys of any length";
    if name == "hmac_sha1" {
        let mut mac = Hmac::<sha1::Sha1>::new_from_slice(key.as_bytes()).expect(ANY_LENGTH);
        mac.update(value.as_bytes());
        hex(&mac.finalize().into_bytes())
    } else {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).expect(ANY_LENGTH);
        mac.update(value.as_bytes());
        hex(&mac.finalize().into_bytes())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Replaces the date tokens of a format; the longer of two that fit wins.
fn formatted(moment: Timestamp, format: &str) -> String {
    const TOKENS: [(&str, &str); 8] = [
        ("YYYY", "%Y"),
        ("YY", "%y"),
        ("MM", "%m"),
        ("DD", "%d"),
        ("HH", "%H"),
        ("hh", "%I"),
        ("mm", "%M"),
        ("ss", "%S"),
    ];
    let mut text = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        match TOKENS.iter().find(|(token, _)| rest.starts_with(token)) {
            Some((token, directive)) => {
                text.push_str(&moment.strftime(directive).to_string());
                rest = &rest[token.len()..];
            }
            None => {
                text.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn functions() -> Functions {
        let moment = Timestamp::from_second(1_700_000_000).expect("a valid moment");
        Functions { clock: Clock::Fixed(moment), rng: fastrand::Rng::with_seed(1) }
    }

    #[test]
    fn functions_of_the_clock_and_of_values_answer_exactly() {
        for (name, argument, expected) in [
            ("timestamp", "", "1700000000"),
            ("utc_datetime", "", "2023-11-14T22:13:20.000000"),
            ("timestamp_offset", "-60", "1699999940"),
            ("format_timestamp", "1700000000, YYYY-MM-DD hh:mm:ss YY", "2023-11-14 10:13:20 23"),
            ("encode_base64", "a:b", "YTpi"),
            ("md5", "a", "0cc175b9c0f1b6a831c399e269772661"),
            ("sha1", "a", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
            ("sha256", "a", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
            ("hmac_sha1", "a, k", "40e7d441cadb17b07f050341aa23a6820ed81c8b"),
            ("url_encode", "a b&c/ü~", "a%20b%26c%2F%C3%BC~"),
        ] {
            assert_eq!(functions().call(name, argument).as_deref(), Ok(expected), "{name}({argument})");
        }
    }

    #[test]
    fn random_functions_keep_to_their_bounds_and_repeat_with_the_seed() {
        let mut functions = functions();
        for _ in 0..100 {
            let number: i64 = functions.call("random_int", "-3, 5").unwrap().parse().unwrap();
            assert!((-3..=5).contains(&number));
        }
        assert_eq!(functions.call("random_string", "12").unwrap().len(), 12);
        let uuid = functions.call("uuid", "").unwrap();
        assert_eq!((uuid.len(), uuid.as_bytes()[14]), (36, b'4'));
        assert!(matches!(uuid.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{uuid}");
        let repeated = self::functions().call("random_int", "").unwrap();
        assert_eq!(repeated, self::functions().call("random_int", "").unwrap());
    }

    #[test]
    fn a_bad_argument_is_named() {
        for (name, argument) in [
            ("random_int", "5,1"),
            ("random_int", "x"),
            ("random_string", "1001"),
            ("timestamp_offset", "soon"),
            ("format_timestamp", "99999999999999999, YYYY"),
            ("hmac_sha1", "a"),
            ("uuid", "4"),
        ] {
            let why = functions().call(name, argument).unwrap_err();
            assert!(why.contains(name), "{why}");
        }
        assert!(!is_known("lorem") && is_known("md5") && is_known("uuid"));
    }
}
