//! Reads a secret out of a text through any encoding. It shares nothing with what is under test.

use std::collections::BTreeSet;

/// How many encodings may lie on top of one another.
const DEPTH: u8 = 3;

/// How the secret can be read out of these bytes, if it can: the encodings, outermost first.
pub(crate) fn way_to(secret: &str, bytes: &[u8]) -> Option<String> {
    let secret = &secret.to_ascii_lowercase();
    let way = search(secret, &distinct(bytes), DEPTH).or_else(|| {
        let mut way = search(secret, &distinct(&joined(bytes)), DEPTH - 1)?;
        way.push("lines".to_owned());
        Some(way)
    });
    way.map(|way| way.join(" in "))
}

/// Each piece between quotes and the like once: outputs repeat themselves a lot.
fn distinct(bytes: &[u8]) -> Vec<u8> {
    let pieces: BTreeSet<&[u8]> = bytes.split(|byte| b"\",<>\n".contains(byte)).collect();
    pieces.into_iter().collect::<Vec<_>>().join(&b'\n')
}

/// The lines as one, also those that JSON says with a `\n`.
fn joined(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).replace("\\r", "").replace("\\n", "\n");
    text.lines().map(str::trim).collect::<String>().into_bytes()
}

fn search(secret: &str, bytes: &[u8], depth: u8) -> Option<Vec<String>> {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    if let Some(at) = text.find(secret) {
        let (from, to) = (text.floor_char_boundary(at.saturating_sub(60)), text.ceil_char_boundary(at + 30));
        return Some(vec![format!("plainly ({})", &text[from..to])]);
    }
    if depth == 0 {
        return None;
    }
    layers(bytes).into_iter().find_map(|(name, inner)| {
        if inner.is_empty() || inner == bytes {
            return None;
        }
        let mut way = search(secret, &inner, 0).or_else(|| search(secret, &texts(&inner), depth - 1))?;
        way.push(name.to_owned());
        Some(way)
    })
}

/// The lines that are mostly text: what was no encoding at all decodes to anything.
fn texts(bytes: &[u8]) -> Vec<u8> {
    let is_text = |line: &&[u8]| {
        let odd = line.iter().filter(|byte| !byte.is_ascii_graphic() && **byte != b' ').count();
        odd * 4 <= line.len()
    };
    bytes.split(|byte| *byte == b'\n').filter(is_text).collect::<Vec<_>>().join(&b'\n')
}

/// The bytes with one layer of each encoding taken off.
fn layers(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let standard: Vec<u8> = bytes
        .iter()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    let mut found =
        vec![("percent signs", percent(bytes)), ("escapes", escapes(bytes)), ("entities", entities(bytes))];
    for skip in 0..2 {
        found.push(("hex", runs(bytes, skip, 16, u8::is_ascii_hexdigit, from_hex)));
    }
    for skip in 0..4 {
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
        found.push(("base64", runs(&standard, skip, 11, is_letter, from_base64)));
    }
    found
}

/// Every long run of such bytes, from its `skip`th on, decoded.
fn runs(
    bytes: &[u8],
    skip: usize,
    shortest: usize,
    is_part: impl Fn(&u8) -> bool,
    decode: fn(&[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let runs = bytes.split(|byte| !is_part(byte)).filter(|run| run.len() >= shortest);
    runs.flat_map(|run| [decode(&run[skip..]), vec![b'\n']].concat()).collect()
}

fn from_hex(run: &[u8]) -> Vec<u8> {
    run.chunks_exact(2).filter_map(|pair| number(pair, 16).and_then(|code| u8::try_from(code).ok())).collect()
}

fn from_base64(run: &[u8]) -> Vec<u8> {
    let (mut bits, mut count, mut decoded) = (0_u32, 0, Vec::new());
    for byte in run {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    decoded
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

fn percent(bytes: &[u8]) -> Vec<u8> {
    replaced(b'%', bytes, |rest| {
        let code = number(rest.strip_prefix(b"%")?.get(..2)?, 16)?;
        Some((u8::try_from(code).ok()?, 3))
    })
}

fn escapes(bytes: &[u8]) -> Vec<u8> {
    replaced(b'\\', bytes, |rest| {
        let escape = rest.strip_prefix(b"\\")?;
        let (digits, length) = match escape.first()? {
            b'u' => (escape.get(1..5)?, 6),
            b'x' => (escape.get(1..3)?, 4),
            b'/' | b'"' | b'\\' => return Some((escape[0], 2)),
            _ => return None,
        };
        Some((u8::try_from(number(digits, 16)?).ok()?, length))
    })
}

fn entities(bytes: &[u8]) -> Vec<u8> {
    const NAMES: [(&[u8], u8); 8] = [
        (b"plus", b'+'),
        (b"sol", b'/'),
        (b"equals", b'='),
        (b"amp", b'&'),
        (b"lt", b'<'),
        (b"gt", b'>'),
        (b"quot", b'"'),
        (b"apos", b'\''),
    ];
    replaced(b'&', bytes, |rest| {
        let after = rest.strip_prefix(b"&")?;
        let end = after.iter().take(10).position(|byte| *byte == b';')?;
        let name = &after[..end];
        let named = NAMES.iter().find(|(one, _)| *one == name).map(|(_, byte)| *byte);
        let byte = match name.strip_prefix(b"#x").or_else(|| name.strip_prefix(b"#X")) {
            Some(hex) => u8::try_from(number(hex, 16)?).ok(),
            None => match name.strip_prefix(b"#") {
                Some(digits) => u8::try_from(number(digits, 10)?).ok(),
                None => named,
            },
        };
        Some((byte?, end + 2))
    })
}

/// The bytes with everything that `one` understands replaced by what it says.
fn replaced(mark: u8, bytes: &[u8], one: impl Fn(&[u8]) -> Option<(u8, usize)>) -> Vec<u8> {
    if !bytes.contains(&mark) {
        return Vec::new();
    }
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let found = if bytes[at] == mark { one(&bytes[at..]) } else { None };
        let (byte, length) = found.unwrap_or((bytes[at], 1));
        plain.push(byte);
        at += length;
    }
    plain
}

#[test]
fn the_scanner_sees_what_it_has_to_see() {
    for text in [
        "x s3cr3t+/= y",
        "s3cr3t%2B%2f%3D",
        "s3cr3t%252B%252f%253D",
        r"s3cr3t\u002b\/=",
        "s3cr3t&plus;&#47;&#x3d;",
        "733363723374 2b2f3d 7333637233742b2f3d",
        "abcczNjcjN0Ky89",
        "s3cr\n  3t+/=",
        r"s3cr\n  3t+/=",
    ] {
        assert!(way_to("s3cr3t+/=", text.as_bytes()).is_some(), "{text}");
    }
    assert_eq!(way_to("s3cr3t+/=", b"nothing [secret 1] to see"), None);
}
