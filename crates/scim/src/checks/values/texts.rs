//! Texts that servers mangle: RFC 7643 section 2.3.1, RFC 7644 section 3.8.

use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use super::answered;
use crate::answer::{Answer, at};
use crate::user;
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.texts",
    title: "Texts with unusual characters",
    tags: &["users", "create", "values", "unicode"],
    alone: false,
    checks: &[
        Check {
            id: "scim.texts.letters-of-many-alphabets",
            title: "Letters beyond ASCII come back as they were sent",
            requirement: must(Rfc7644, "3.8", "requests and answers are JSON in UTF-8")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "UTF-8 is read as Latin-1 somewhere on the way, and Zo\u{eb} becomes Zo\u{c3}\u{ab}.",
            fix: "Use UTF-8 for the body, the database connection and the answer.",
            run: |cx| {
                comes_back(
                    cx,
                    "Zo\u{eb} \u{c5}ngstr\u{f6}m \u{141}uk \u{395}\u{3bb}\u{3ad}\u{3bd}\u{3b7} \u{5c71}\u{7530}",
                )
            },
        },
        Check {
            id: "scim.texts.characters-beyond-the-first-plane",
            title: "Characters of four bytes come back as they were sent",
            requirement: must(Rfc7644, "3.8", "requests and answers are JSON in UTF-8")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The column is MySQL's three-byte utf8: rare Chinese names become question marks.",
            fix: "Store texts as full UTF-8 (utf8mb4 in MySQL).",
            run: |cx| comes_back(cx, "\u{20bb7}\u{91ce} \u{1f600}"),
        },
        Check {
            id: "scim.texts.letters-from-right-to-left",
            title: "Text that runs from right to left comes back as it was sent",
            requirement: must(Rfc7644, "3.8", "requests and answers are JSON in UTF-8")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Somebody has turned the letters round for a display, and stored them so.",
            fix: "Store text in the order in which it is read; its display is the browser's business.",
            run: |cx| comes_back(cx, "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}"),
        },
        Check {
            id: "scim.texts.combining-characters",
            title: "Letters with combining accents keep their accents",
            requirement: must(Rfc7643, "2.3.1", "a text is a sequence of Unicode characters")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Accents are stripped to make a name searchable, and the stripped name is all that is stored.",
            fix: "Store the name as it was sent (or in Unicode's normal form C), and search in a copy.",
            // Normal form C says the same.
            run: |cx| {
                one_of_them_comes_back(cx, &["Zoe\u{301} Nguye\u{302}\u{303}n", "Zo\u{e9} Nguy\u{1ec5}n"])
            },
        },
        Check {
            id: "scim.texts.quotes-and-backslashes",
            title: "Quotes and backslashes are kept or refused",
            requirement: must(Rfc7643, "2.3.1", "a text is a sequence of Unicode characters")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "Apostrophes are doubled or escaped by hand: O'Neil becomes O''Neil, or the server answers 500.",
            fix: "Bind values as parameters of the statement, and escape nothing yourself.",
            run: |cx| is_kept_or_refused(cx, r#"O'Neil "Bo" \ C:\new"#),
        },
        Check {
            id: "scim.texts.markup",
            title: "Markup is kept or refused",
            requirement: must(Rfc7643, "2.3.1", "a text is a sequence of Unicode characters")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Input is escaped for HTML before it is stored: Marks & Sons becomes Marks &amp; Sons.",
            fix: "Store what was sent, and escape where a page is made of it.",
            run: |cx| is_kept_or_refused(cx, "Marks & Sons <b>Ltd</b>"),
        },
        Check {
            id: "scim.texts.words-of-sql",
            title: "What looks like SQL is kept or refused",
            requirement: must(Rfc7643, "2.3.1", "a text is a sequence of Unicode characters")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "A filter against injection removes words and dashes from people's names.",
            fix: "Bind values as parameters of the statement; then nothing has to be removed.",
            run: |cx| is_kept_or_refused(cx, "Ox; DROP TABLE users -- 1=1"),
        },
        Check {
            id: "scim.texts.percent-signs-and-placeholders",
            title: "Percent signs and placeholders are kept or refused",
            requirement: must(Rfc7643, "2.3.1", "a text is a sequence of Unicode characters")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The value is URL-decoded once more, or goes through a template.",
            fix: "Decode URLs only, never bodies, and do not use values as formats.",
            run: |cx| is_kept_or_refused(cx, "100%41 %s {0} ${x} a+b"),
        },
        Check {
            id: "scim.texts.line-breaks",
            title: "A line break is kept or refused",
            requirement: should(Rfc7643, "2.3.1", "a text is a sequence of Unicode characters"),
            needs: &[],
            pitfall: "The value ends at the first line break, and the rest is lost in silence.",
            fix: "Store the whole text, or answer 400 with scimType invalidValue.",
            run: |cx| is_kept_or_refused(cx, "Ox\nof Elk"),
        },
        Check {
            id: "scim.texts.control-characters-are-answered",
            title: "A control character does not make the server fail",
            requirement: should(
                Rfc7644,
                "3.12",
                "a value that the server cannot take is answered 400, and does not end in an internal error",
            ),
            needs: &[],
            pitfall: "The text goes into XML or into a log, whose format has no such characters, and the exception surfaces as 500.",
            fix: "Answer 400 with scimType invalidValue when a text holds what you cannot store.",
            // NUL is a case of its own: `scim.errors.nul-does-not-fail`.
            run: |cx| {
                user::shared(cx)?;
                let body = user::body_with(cx, &json!({ "nickName": "Ox\u{1}\u{8}\u{1b}" }))?;
                answered(&cx.post_user(&body)?)
            },
        },
        Check {
            id: "scim.texts.ten-kilobytes",
            title: "A very long text is kept whole or refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a value that the server cannot take is answered 400, not cut to what fits",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "The database cuts the value to the length of its column and says nothing.",
            fix: "Check the length before you store, and answer 400 with scimType invalidValue.",
            run: |cx| is_kept_or_refused(cx, "Ox and Elk ".repeat(1000).trim_end()),
        },
    ],
};

/// The attributes in which texts are tried: the first that this server is known to keep.
const PLACES: [(&str, &str); 2] = [("name.familyName", "Ox"), ("displayName", "Ann Ox")];

/// Where a plain text is kept.
fn place(cx: &mut Cx) -> Result<&'static str, Finding> {
    let user = user::shared(cx)?;
    cx.once("attribute that keeps a text", |cx| {
        let read = cx.get_when(&user.path, Answer::is_success)?;
        let keeps = |(path, text): &&(&'static str, &str)| read.text_at(path) == Some(*text);
        match PLACES.iter().find(keeps) {
            Some((path, _)) => Ok(*path),
            None => Err(Finding::blocked(format!("no plain text is kept: {}", read.described()))),
        }
    })
    .map(|path| *path)
}

/// How a server took a text.
enum Taken {
    Refused(Answer),
    Shown(Option<String>),
}

fn take(cx: &mut Cx, text: &str) -> Result<Taken, Finding> {
    let path = place(cx)?;
    let attributes = if path == "displayName" {
        json!({ "displayName": text })
    } else {
        json!({ "name": { "givenName": "Ann", "familyName": text } })
    };
    let body = user::body_with(cx, &attributes)?;
    let answer = cx.post_user(&body)?;
    if !answer.is_success() {
        return Ok(Taken::Refused(answer));
    }
    let id = answer.text_at("id").ok_or_else(|| Finding::blocked("the new user has no id"))?;
    let read = cx.get_when(&crate::verbs::user_path(id), Answer::is_success)?;
    read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    Ok(Taken::Shown(read.any_json().and_then(|json| at(json, path)?.as_str()).map(str::to_owned)))
}

fn comes_back(cx: &mut Cx, text: &str) -> Result<(), Finding> {
    one_of_them_comes_back(cx, &[text])
}

/// Sends the first text, which has to be accepted; what is shown is one of them.
fn one_of_them_comes_back(cx: &mut Cx, texts: &[&str]) -> Result<(), Finding> {
    let sent = texts.first().copied().unwrap_or_default();
    match take(cx, sent)? {
        Taken::Refused(answer) => Err(Finding::broken("status 201", answer.described())),
        Taken::Shown(Some(kept)) if texts.contains(&kept.as_str()) => Ok(()),
        Taken::Shown(kept) => Err(changed(sent, kept)),
    }
}

fn is_kept_or_refused(cx: &mut Cx, text: &str) -> Result<(), Finding> {
    match take(cx, text)? {
        Taken::Refused(answer) if answer.is_refusal() => Ok(()),
        Taken::Refused(answer) => Err(Finding::broken("status 201 or 400", answer.described())),
        Taken::Shown(Some(kept)) if kept == text => Ok(()),
        Taken::Shown(kept) => Err(changed(text, kept)),
    }
}

/// Escaped, so that a reader sees which characters they are.
fn changed(sent: &str, kept: Option<String>) -> Finding {
    let short = |text: &str| match text.char_indices().nth(80) {
        Some((end, _)) => {
            format!("{}... ({} characters)", text[..end].escape_default(), text.chars().count())
        }
        None => text.escape_default().to_string(),
    };
    let kept = kept.map_or_else(|| Value::Null.to_string(), |kept| short(&kept));
    Finding::broken(short(sent), kept)
}
