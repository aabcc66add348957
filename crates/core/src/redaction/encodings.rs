//! The spellings that a secret may take in URLs, headers, JSON, HTML and tokens.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::fmt::Write;

/// Shorter runs cannot hold the shortest secret that is looked for.
const SHORTEST_RUN: usize = 11;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The secret in every common encoding, literal first, without repetition.
pub(super) fn spellings(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = serde_json::Value::from(secret).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let hex = secret.bytes().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let html = secret
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;");
    let mut all = vec![
        secret.to_owned(),
        percent.to_lowercase(),
        form.to_lowercase(),
        percent,
        form,
        json.replace('/', "\\/"),
        json,
        html,
        hex.to_uppercase(),
        hex,
        STANDARD.encode(secret),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ];
    // Lower-casing a percent-encoding also lower-cases its letters; keep only true spellings.
    all.retain(|spelling| {
        spelling == secret || decodings(spelling).iter().any(|decoded| decoded == secret) || is_hex(spelling)
    });
    all.dedup();
    all
}

fn is_hex(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a text says once one layer of each encoding is taken off; empty where none is there.
pub(super) fn decodings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.contains('%') {
        found.push(percent_decode_str(text).decode_utf8_lossy().into_owned());
        found.push(percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned());
    }
    if text.contains('\\') {
        found.push(unescaped(text));
    }
    if text.contains('&') {
        found.push(without_entities(text));
    }
    found.extend(base64_runs(text).filter_map(decoded));
    found
}

/// The longest stretches of characters that base64 uses; padding is left off.
fn base64_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "+/-_".contains(c)))
        .filter(|run| run.len() >= SHORTEST_RUN)
}

/// Everything that a run says at any of the four offsets at which an encoding may begin in it,
/// as one text.
fn decoded(run: &str) -> Option<String> {
    let standard = run.replace('-', "+").replace('_', "/");
    let mut said = String::new();
    for offset in 0..4 {
        let piece = &standard[offset..];
        // One letter too many cannot be decoded: it belongs to what follows.
        let whole = if piece.len() % 4 == 1 { &piece[..piece.len() - 1] } else { piece };
        if let Ok(bytes) = LENIENT.decode(whole) {
            let text = String::from_utf8_lossy(&bytes);
            // Binary is no encoding of a secret that anybody can read.
            if text.chars().filter(|c| c.is_control() || *c == '\u{fffd}').count() * 4 <= text.chars().count()
            {
                if !said.is_empty() {
                    said.push('\n');
                }
                said.push_str(&text);
            }
        }
    }
    (!said.is_empty()).then_some(said)
}

/// A text without JSON and JavaScript escapes.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let hex = escape.strip_prefix('u').and_then(|hex| hex.get(..4));
        let code = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        if let Some(character) = code {
            plain.push(character);
            rest = &escape[5..];
        } else {
            // `\"`, `\\` and `\/` say the character itself; no other escape can be part of a secret.
            let mut characters = escape.chars();
            if let Some(character) = characters.next() {
                plain.push(character);
            }
            rest = characters.as_str();
        }
    }
    plain.push_str(rest);
    plain
}

/// A text without the character references that HTML and XML writers use.
fn without_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let character = after.find(';').filter(|end| *end <= 10).and_then(|end| {
            let name = &after[..end];
            let character = match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => name
                    .strip_prefix("#x")
                    .or_else(|| name.strip_prefix("#X"))
                    .map_or_else(
                        || name.strip_prefix('#')?.parse().ok(),
                        |hex| u32::from_str_radix(hex, 16).ok(),
                    )
                    .and_then(char::from_u32),
            };
            character.map(|character| (character, end))
        });
        if let Some((character, end)) = character {
            plain.push(character);
            rest = &after[end + 1..];
        } else {
            plain.push('&');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}
