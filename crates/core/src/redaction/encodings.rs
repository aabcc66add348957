//! The spellings that a secret may take in URLs, headers, JSON, HTML and tokens.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::fmt::Write;

/// Shorter runs cannot hold the shortest secret that is looked for.
const SHORTEST_RUN: usize = 11;

/// Fewer hexadecimal digits cannot hold the shortest secret that is looked for.
const SHORTEST_HEX: usize = 16;

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
    let mut found: Vec<String> = Vec::new();
    // What an encoding leaves as it is has been looked at already: a page with `100%` in its style
    // would be searched some dozen times over.
    let mut layer = |plain: String| {
        if plain != text && !found.contains(&plain) {
            found.push(plain);
        }
    };
    if text.contains('%') {
        layer(percent_decode_str(text).decode_utf8_lossy().into_owned());
        if text.contains('+') {
            layer(percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned());
        }
    }
    if text.contains('\\') {
        layer(unescaped(text));
    }
    if text.contains('&') {
        layer(without_entities(text));
    }
    if text.contains('\n') {
        layer(joined(text));
    }
    found.extend(hex_runs(text).flat_map(|run| [from_hex(run), from_hex(&run[1..])]));
    found.extend(base64_runs(text).filter_map(decoded));
    found
}

/// A text as one line: encoders break long lines, and indent what follows.
fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

fn hex_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_hexdigit()).filter(|run| run.len() >= SHORTEST_HEX)
}

fn from_hex(digits: &str) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default();
    let bytes: Vec<u8> = digits
        .as_bytes()
        .chunks_exact(2)
        .filter_map(|pair| u8::try_from(digit(pair[0]) * 16 + digit(pair[1])).ok())
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
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
            if !said.is_empty() {
                said.push('\n');
            }
            // Also of what is no text: a secret may stand between other bytes.
            said.push_str(&String::from_utf8_lossy(&bytes));
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
        let escaped = [('u', 4), ('x', 2)].into_iter().find_map(|(kind, length)| {
            let code = u32::from_str_radix(escape.strip_prefix(kind)?.get(..length)?, 16).ok()?;
            Some((char::from_u32(code)?, length + 1))
        });
        if let Some((character, length)) = escaped {
            plain.push(character);
            rest = &escape[length..];
        } else {
            let mut characters = escape.chars();
            match characters.next() {
                Some('n' | 'r') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                // `\"`, `\\` and `\/` say the character itself; no other escape can be part of a secret.
                Some(character) => plain.push(character),
                None => {}
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
        if let Some((character, length)) = entity(after) {
            plain.push(character);
            rest = &after[length..];
        } else {
            plain.push('&');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

/// The character that a reference stands for, and the length of the reference after its `&`.
/// Browsers do not insist on the semicolon after a number.
fn entity(after: &str) -> Option<(char, usize)> {
    let (digits, radix, begin) = match after.strip_prefix("#x").or_else(|| after.strip_prefix("#X")) {
        Some(digits) => (digits, 16, 2),
        None => match after.strip_prefix('#') {
            Some(digits) => (digits, 10, 1),
            None => return named_entity(after),
        },
    };
    let count = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let character = char::from_u32(u32::from_str_radix(&digits[..count], radix).ok()?)?;
    let semicolon = usize::from(digits[count..].starts_with(';'));
    Some((character, begin + count + semicolon))
}

/// The characters of ASCII that HTML has names for.
const NAMES: [(&str, char); 36] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
];

fn named_entity(after: &str) -> Option<(char, usize)> {
    let end = after.find(';').filter(|end| *end <= 8)?;
    let (_, character) = NAMES.iter().find(|(name, _)| *name == &after[..end])?;
    Some((*character, end + 1))
}
