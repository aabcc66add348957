//! Requests that are wrong in themselves: RFC 7644 section 3.12.

use std::sync::Arc;

use oinspect_core::Capability::Patch;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Method, Request, should};

use crate::answer::Answer;
use crate::checks::read::not_found;
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, ask_aside, with_json};

/// How deep the nesting goes that no honest client sends.
const DEPTH: usize = 1000;
/// Ids that are taken apart where they should not be.
const ODD_IDS: [&str; 4] = ["..%2FUsers", "a%2Fb", "%27%20OR%20%271%27%3D%271", "a%22%3C%3E"];

pub(crate) static GROUP: Group = Group {
    id: "scim.errors",
    title: "Requests that are wrong in themselves",
    tags: &["errors"],
    alone: false,
    checks: &[
        Check {
            id: "scim.errors.malformed-json-is-invalid-syntax",
            title: "Malformed JSON is refused with the keyword invalidSyntax",
            requirement: should(
                Rfc7644,
                "3.12",
                "scimType invalidSyntax says that the body's structure is invalid",
            ),
            needs: &[],
            pitfall: "The framework's parser answers before SCIM's code does.",
            fix: "Answer 400 with `scimType: \"invalidSyntax\"` when the body cannot be parsed.",
            run: |cx| {
                let answer = malformed(cx)?;
                if answer.status() != 400 {
                    return Err(Finding::blocked(format!(
                        "malformed JSON is not answered 400: {}",
                        answer.described()
                    )));
                }
                match answer.text_at("scimType") {
                    Some("invalidSyntax") => Ok(()),
                    _ => Err(Finding::broken("scimType invalidSyntax", answer.described())),
                }
            },
        },
        Check {
            id: "scim.errors.malformed-put-is-refused",
            title: "A PUT with malformed JSON is refused",
            requirement: should(Rfc7644, "3.12", "a request that cannot be parsed is answered 400"),
            needs: &[],
            pitfall: "POST looks at what the parser says, and PUT does not.",
            fix: "Answer 400 when the body cannot be parsed, in every method.",
            run: |cx| malformed_change(cx, Method::Put),
        },
        Check {
            id: "scim.errors.malformed-patch-is-refused",
            title: "A PATCH with malformed JSON is refused",
            requirement: should(Rfc7644, "3.12", "a request that cannot be parsed is answered 400"),
            needs: &[Patch],
            pitfall: "POST looks at what the parser says, and PATCH does not.",
            fix: "Answer 400 when the body cannot be parsed, in every method.",
            run: |cx| malformed_change(cx, Method::Patch),
        },
        Check {
            id: "scim.errors.empty-body-is-refused",
            title: "A creation without a body is refused",
            requirement: should(Rfc7644, "3.12", "a request that cannot be parsed is answered 400"),
            needs: &[],
            pitfall: "A missing body becomes null, and the first look into it fails.",
            fix: "Answer 400 when POST /Users comes without a body.",
            run: |cx| refused_body(cx, Vec::new()),
        },
        Check {
            id: "scim.errors.array-is-refused",
            title: "A creation whose body is an array is refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a body that is no resource, which is a JSON object, is answered 400",
            ),
            needs: &[],
            pitfall: "The body is taken for an object because it is JSON.",
            fix: "Answer 400 when the body is no JSON object.",
            run: |cx| refused_body(cx, b"[]".to_vec()),
        },
        Check {
            id: "scim.errors.text-is-refused",
            title: "A creation whose body is a JSON string is refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a body that is no resource, which is a JSON object, is answered 400",
            ),
            needs: &[],
            pitfall: "The body is taken for an object because it is JSON.",
            fix: "Answer 400 when the body is no JSON object.",
            run: |cx| refused_body(cx, b"\"user\"".to_vec()),
        },
        Check {
            id: "scim.errors.invalid-utf-8-is-refused",
            title: "A body that is no UTF-8 is refused",
            requirement: should(Rfc7644, "3.8", "requests are JSON in UTF-8"),
            needs: &[],
            pitfall: "Bytes that are no UTF-8 reach the store, or end in an exception.",
            fix: "Answer 400 when the body is no valid UTF-8.",
            run: |cx| {
                let (text, name) = user_text(cx)?;
                let mut body = text.replace("Ann Ox", "Ann Zo\u{1}").into_bytes();
                for byte in body.iter_mut().filter(|byte| **byte == 1) {
                    *byte = 0xeb;
                }
                handled(cx)?;
                let answer = post_bytes(cx, Some(&name), body)?;
                answer.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.errors.deep-nesting-does-not-fail",
            title: "A body nested a thousand levels deep does not make the server fail",
            requirement: should(Rfc7644, "3.12", "a request that is wrong is answered as the client's error"),
            needs: &[],
            pitfall: "The parser calls itself for each level until the stack is full.",
            fix: "Limit how deep a body may be nested, and answer 400 beyond it.",
            run: |cx| {
                let nested = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
                survives(cx, &format!("\"oinspect\":{nested}"))
            },
        },
        Check {
            id: "scim.errors.huge-number-does-not-fail",
            title: "A number beyond every range does not make the server fail",
            requirement: should(Rfc7644, "3.12", "a request that is wrong is answered as the client's error"),
            needs: &[],
            pitfall: "The number becomes infinity, which cannot be written as JSON again.",
            fix: "Answer 400 for numbers that you cannot hold, or ignore the attribute.",
            run: |cx| survives(cx, "\"oinspect\":1e999"),
        },
        Check {
            id: "scim.errors.duplicate-keys-do-not-fail",
            title: "An attribute that comes twice does not make the server fail",
            requirement: should(Rfc7644, "3.12", "a request that is wrong is answered as the client's error"),
            needs: &[],
            pitfall: "The parser throws on the second occurrence, and nobody catches it.",
            fix: "Take the last occurrence, or answer 400.",
            run: |cx| survives(cx, "\"displayName\":\"Ann the Second\""),
        },
        Check {
            id: "scim.errors.nul-does-not-fail",
            title: "A NUL character in a value does not make the server fail",
            requirement: should(Rfc7644, "3.12", "a request that is wrong is answered as the client's error"),
            needs: &[],
            pitfall: "PostgreSQL refuses \\u0000 in text, and its error becomes 500.",
            fix: "Answer 400 with scimType invalidValue for characters that you cannot store.",
            run: |cx| survives(cx, "\"nickName\":\"A\\u0000B\""),
        },
        Check {
            id: "scim.errors.odd-ids-are-refused",
            title: "Ids with slashes, dots and quotes in them are not found",
            requirement: should(Rfc7644, "3.12", "a resource that does not exist is answered 404"),
            needs: &[],
            pitfall: "The id goes into a path or a query as it is, and ends in an exception or in another resource.",
            fix: "Decode the id once, look it up as a bound parameter, and answer 404.",
            run: |cx| {
                let usual = not_found(cx)?;
                if !usual.is_refusal() {
                    return Err(Finding::blocked(format!(
                        "an unknown id is no error: {}",
                        usual.described()
                    )));
                }
                for id in ODD_IDS {
                    let request = cx.request(Method::Get, &format!("/Users/{id}"))?;
                    let answer = ask_aside(cx, &request)?;
                    if !answer.is_refusal() {
                        return Err(Finding::broken(
                            "a refusal (status 404)",
                            format!("/Users/{id}: {}", answer.described()),
                        ));
                    }
                }
                Ok(())
            },
        },
    ],
};

/// What malformed JSON is answered, by a server that can create users.
fn malformed(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    user::shared(cx)?;
    cx.once("answer to malformed JSON", |cx| {
        let request = post(cx, b"{\"userName\": ".to_vec())?;
        cx.ask(&request)
    })
}

/// A server that fails on any malformed body is found out by one row, and the others learn nothing.
fn handled(cx: &mut Cx) -> Result<(), Finding> {
    let answer = malformed(cx)?;
    if answer.is_refusal() {
        return Ok(());
    }
    Err(Finding::blocked(format!("malformed JSON of any kind is not refused: {}", answer.described())))
}

fn post(cx: &Cx, body: Vec<u8>) -> Result<Request, Finding> {
    Ok(cx.request(Method::Post, "/Users")?.header("Content-Type", crate::verbs::MEDIA_TYPE).body(body))
}

fn post_bytes(cx: &mut Cx, name: Option<&str>, body: Vec<u8>) -> Result<Answer, Finding> {
    let request = post(cx, body)?;
    cx.send_creation(Kind::User, name, &request)
}

/// Judges that a body without a user in it is refused.
fn refused_body(cx: &mut Cx, body: Vec<u8>) -> Result<(), Finding> {
    handled(cx)?;
    post_bytes(cx, None, body)?.expect_refusal().map(drop)
}

/// Judges that malformed JSON is refused by a method that changes a user.
fn malformed_change(cx: &mut Cx, method: Method) -> Result<(), Finding> {
    handled(cx)?;
    let user = user::own(cx)?;
    let request = with_json(cx.request(method, &user.path)?, "{\"schemas\": ".to_owned());
    let answer = cx.ask(&request)?;
    if answer.is_not_implemented() {
        return Err(Finding::NotOffered { what: format!("{method} is not offered: {}", answer.described()) });
    }
    answer.expect_refusal().map(drop)
}

/// A new user as text, and its userName.
fn user_text(cx: &mut Cx) -> Result<(String, String), Finding> {
    let body = user::new_body(cx)?;
    let name = body["userName"].as_str().unwrap_or_default().to_owned();
    Ok((body.to_string(), name))
}

/// Judges that a user with one more member is taken or refused, and that the server stays well.
fn survives(cx: &mut Cx, member: &str) -> Result<(), Finding> {
    handled(cx)?;
    let (text, name) = user_text(cx)?;
    let body = format!("{},{member}}}", text.trim_end_matches('}'));
    let answer = post_bytes(cx, Some(&name), body.into_bytes())?;
    if answer.is_success() || answer.is_refusal() {
        return Ok(());
    }
    Err(Finding::broken("a success or a refusal (status 400)", answer.described()))
}
