//! HTTP as SCIM uses it: media types, headers and methods (RFC 7644 sections 3.1, 3.2, 3.8 and 3.12).

use oinspect_core::Capability::Patch;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, Request, may, must, okta_demands, should};
use serde_json::json;

use crate::answer::{Answer, shown};
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{PATCH_OP, Scim, with_json};

/// A question that every server answers, and that costs it little.
const QUESTION: &str = "/Users?startIndex=1&count=1";
/// What Okta's suites and SCIM 1.1 call a body.
const PLAIN: &str = "application/json";
/// What Okta calls a body.
const WITH_CHARSET: &str = "application/scim+json; charset=utf-8";

pub(crate) static GROUP: Group = Group {
    id: "scim.http",
    title: "HTTP: media types, headers, methods",
    tags: &["http"],
    alone: false,
    checks: &[
        Check {
            id: "scim.http.accepts-json",
            title: "A client that accepts application/json is served",
            requirement: should(Rfc7644, "3.8", "Accept: application/json is supported").okta(Level::Should),
            needs: &[],
            pitfall: "Only application/scim+json is known, and everything else is answered 406.",
            fix: "Serve JSON to `Accept: application/json`, too.",
            run: |cx| served(cx, PLAIN),
        },
        Check {
            id: "scim.http.accepts-charset",
            title: "A client that names the charset beside the media type is served",
            requirement: must(
                Rfc7644,
                "3.8",
                "Accept: application/scim+json is supported, and UTF-8 is the encoding",
            )
            .okta(Level::Must),
            needs: &[],
            pitfall: "The header is compared as a whole, and the parameter makes it unknown.",
            fix: "Parse the Accept header; ignore parameters that you do not need.",
            run: |cx| served(cx, WITH_CHARSET),
        },
        Check {
            id: "scim.http.accepts-anything",
            title: "A client that accepts anything is served",
            requirement: must(
                Rfc7644,
                "3.8",
                "the format is application/scim+json where the client names none",
            ),
            needs: &[],
            pitfall: "`*/*` is answered 406, or with a page for people.",
            fix: "Serve application/scim+json to clients without a wish of their own.",
            run: |cx| served(cx, "*/*"),
        },
        Check {
            id: "scim.http.posts-plain-json",
            title: "A new user sent as application/json is accepted",
            requirement: must(Rfc7644, "3.8", "requests in JSON are accepted").okta(Level::Must),
            needs: &[],
            pitfall: "The parser is bound to application/scim+json, and Okta's test suite gets 415.",
            fix: "Parse application/json like application/scim+json.",
            run: |cx| posted_as(cx, PLAIN),
        },
        Check {
            id: "scim.http.posts-with-charset",
            title: "A new user sent with a charset beside the media type is accepted",
            requirement: must(Rfc7644, "3.8", "requests in JSON are accepted, encoded in UTF-8")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "Content-Type is compared as a whole, and `; charset=utf-8` makes it unknown.",
            fix: "Parse the Content-Type header; look at the part before the semicolon.",
            run: |cx| posted_as(cx, WITH_CHARSET),
        },
        Check {
            id: "scim.http.puts-plain-json",
            title: "A replacement sent as application/json is accepted",
            requirement: must(Rfc7644, "3.8", "requests in JSON are accepted").okta(Level::Should),
            needs: &[],
            pitfall: "POST takes application/json, and PUT has a parser of its own.",
            fix: "Use one parser of bodies for every method.",
            run: |cx| {
                let user = user::own(cx)?;
                let request = cx.request(Method::Put, &user.path)?.header("Content-Type", PLAIN);
                let plain = cx.ask(&request.body(user.sent.to_string()))?;
                if plain.is_success() {
                    return Ok(());
                }
                let usual = cx.put(&user.path, &user.sent)?;
                usual.expect_success().map_err(|finding| finding.as_obstacle("users cannot be replaced"))?;
                plain.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.http.patches-plain-json",
            title: "A PATCH sent as application/json is accepted",
            requirement: must(Rfc7644, "3.8", "requests in JSON are accepted").okta(Level::Should),
            needs: &[Patch],
            pitfall: "POST takes application/json, and PATCH has a parser of its own.",
            fix: "Use one parser of bodies for every method.",
            run: |cx| {
                let user = user::own(cx)?;
                let change = json!([{ "op": "replace", "path": "name.familyName", "value": "Oxen" }]);
                let body = json!({ "schemas": [PATCH_OP], "Operations": change });
                let request = cx.request(Method::Patch, &user.path)?.header("Content-Type", PLAIN);
                let plain = cx.ask(&request.body(body.to_string()))?;
                if plain.is_success() {
                    return Ok(());
                }
                let usual = cx.patch(&user.path, change)?;
                usual.expect_success().map_err(|finding| finding.as_obstacle("users cannot be patched"))?;
                plain.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.http.form-is-refused",
            title: "A body that is a form is refused",
            requirement: should(Rfc7644, "3.8", "requests carry JSON; other formats are not SCIM's"),
            needs: &[],
            pitfall: "The framework parses whatever comes, and a user without a name is made or nothing at all.",
            fix: "Answer 415 (or 400) to a Content-Type that is no JSON.",
            run: |cx| {
                user::shared(cx)?;
                let name = cx.target()?.user_name.replace("{name}", &cx.name());
                let form = format!("userName={}", crate::verbs::component(&name));
                let request = cx
                    .request(Method::Post, "/Users")?
                    .header("Content-Type", "application/x-www-form-urlencoded");
                cx.send_creation(Kind::User, Some(&name), &request.body(form))?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.http.unknown-parameters-are-ignored",
            title: "Query parameters that the server does not know are ignored",
            requirement: should(Rfc7644, "3.4.2", "the parameters of a query are those that SCIM defines")
                .entra(Level::Should),
            needs: &[],
            pitfall: "Strict validation refuses flags that identity providers add, such as Entra's aadOptscim062020.",
            fix: "Ignore query parameters that you do not know.",
            run: |cx| {
                let plain = cx.get(QUESTION)?;
                plain.expect_success().map_err(|finding| finding.as_obstacle("users cannot be listed"))?;
                let flagged = cx.get(&format!("{QUESTION}&aadOptscim062020&oinspect=1"))?;
                flagged.expect_success()?;
                match flagged.total() {
                    Some(_) => Ok(()),
                    None => Err(Finding::broken("the list of users", flagged.described())),
                }
            },
        },
        Check {
            id: "scim.http.trailing-slash-stays-scim",
            title: "A slash at the end of an endpoint leads to no page for people",
            requirement: should(Rfc7644, "3.12", "a client is redirected with 307 or 308, or it is told 404"),
            needs: &[],
            pitfall: "The framework redirects with 301 or 302, and clients lose the method or the credential.",
            fix: "Serve /Users/ like /Users, or answer 404 with a SCIM error.",
            run: |cx| {
                cx.get(QUESTION)?
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("users cannot be listed"))?;
                let answer = cx.get("/Users/?startIndex=1&count=1")?;
                let is_list = answer.is_success() && answer.any_json().is_some();
                if is_list || answer.is_refusal() || matches!(answer.status(), 307 | 308 | 501) {
                    return Ok(());
                }
                Err(Finding::broken("the list of users, or status 404", answer.described()))
            },
        },
        Check {
            id: "scim.http.head-does-not-fail",
            title: "HEAD of a user does not make the server fail",
            requirement: should(
                Rfc7644,
                "3.2",
                "requests are those of HTTP, which has HEAD wherever it has GET",
            ),
            needs: &[],
            pitfall: "The handler of GET sees a method that it does not know and ends in an exception.",
            fix: "Answer HEAD like GET without the body, or 405.",
            run: |cx| {
                let user = user::shared(cx)?;
                let request = cx.request(Method::Head, &user.path)?;
                no_failure(&cx.ask(&request)?)
            },
        },
        Check {
            id: "scim.http.options-does-not-fail",
            title: "OPTIONS of users does not make the server fail",
            requirement: should(Rfc7644, "3.2", "requests are those of HTTP, which has OPTIONS"),
            needs: &[],
            pitfall: "The method is routed to code that expects another one.",
            fix: "Answer OPTIONS with 204 and `Allow`, or 405.",
            run: |cx| {
                user::shared(cx)?;
                let request = cx.request(Method::Options, "/Users")?;
                no_failure(&cx.ask(&request)?)
            },
        },
        Check {
            id: "scim.http.put-on-a-collection-is-refused",
            title: "PUT on all users is refused",
            requirement: must(Rfc7644, "3.2", "PUT replaces one resource and never creates one"),
            needs: &[],
            pitfall: "The id is read from nowhere, and the first user, or none, is replaced with a success.",
            fix: "Answer 405 to PUT at /Users.",
            run: |cx| {
                user::shared(cx)?;
                let body = user::new_body(cx)?;
                let name = body["userName"].as_str().map(str::to_owned);
                let request = with_json(cx.request(Method::Put, "/Users")?, body.to_string());
                let answer = cx.send_creation(Kind::User, name.as_deref(), &request)?;
                if answer.is_refusal() || answer.status() == 501 {
                    return Ok(());
                }
                Err(Finding::broken("a refusal (status 405)", answer.described()))
            },
        },
        Check {
            id: "scim.http.unknown-endpoint-is-404",
            title: "An endpoint that does not exist is not found",
            requirement: should(Rfc7644, "3.12", "an endpoint that does not exist is answered 404"),
            needs: &[],
            pitfall: "A catch-all route answers 200 with the start page of the app, or 500.",
            fix: "Answer 404 with a SCIM error to every path below the base URL that you do not serve.",
            run: |cx| {
                user::shared(cx)?;
                cx.get("/OinspectKnowsNone")?.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.http.okta-headers-are-welcome",
            title: "A request with the headers that Okta sends is answered",
            requirement: okta_demands(
                "HTTP headers",
                "requests come with Okta's User-Agent, Accept-Charset and Accept-Encoding",
            ),
            needs: &[],
            pitfall: "A firewall refuses unknown user agents, or Accept-Charset is answered 406.",
            fix: "Let requests in whatever their User-Agent is, and ignore Accept-Charset.",
            run: |cx| {
                user::shared(cx)?;
                let mut request = cx.request(Method::Get, QUESTION)?;
                for (name, value) in [
                    ("User-Agent", "Okta SCIM Client 1.0.0"),
                    ("Accept-Charset", "utf-8"),
                    ("Accept-Encoding", "gzip,deflate"),
                ] {
                    request = with(request, name, value);
                }
                // The body may come compressed, so that it is not looked at.
                crate::verbs::ask_aside(cx, &request)?.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.http.text-is-utf-8",
            title: "Letters of every script come back from a PUT as they were sent",
            requirement: must(Rfc7644, "3.8", "requests and answers are JSON in UTF-8")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "POST and PUT read their bodies in two ways, and one of them takes UTF-8 for Latin-1.",
            fix: "Use UTF-8 from the parser to the store (utf8mb4 with MySQL) and back, in every method.",
            // What a POST keeps is what `scim.texts` asks, one alphabet after the other.
            run: |cx| comes_back(cx, "Zo\u{eb} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{65e5}\u{672c} \u{1f600}"),
        },
        Check {
            id: "scim.http.markup-is-data",
            title: "Markup in a PUT comes back as it was sent",
            requirement: should(Rfc7644, "3.8", "values are JSON strings, whatever they hold"),
            needs: &[],
            pitfall: "Values are escaped for HTML each time they are stored: `&lt;` becomes `&amp;lt;` with the next PUT.",
            fix: "Store values as they come; escape them where they are put into a page.",
            // What a POST keeps is what `scim.texts.markup` asks.
            run: |cx| comes_back(cx, "Ann <b>&</b> Ox"),
        },
        Check {
            id: "scim.http.location-ignores-the-host-header",
            title: "A forged Host header does not show up in locations",
            requirement: may(Rfc7643, "3.1", "meta.location is the URI of the resource")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Locations are built from the Host header, and a cache serves those of an attacker.",
            fix: "Build locations from a configured base URL, or refuse hosts that you do not know.",
            run: |cx| {
                let user = user::shared(cx)?;
                let request = cx.request(Method::Get, &user.path)?;
                cx.ask(&request)?
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("users cannot be read"))?;
                // Whoever routes by the host answers in its own way.
                let forged = crate::verbs::ask_aside(cx, &with(request, "Host", FORGED))?;
                let locations = [forged.header("location"), forged.text_at("meta.location")];
                match locations.into_iter().flatten().find(|location| location.contains(FORGED)) {
                    Some(location) => Err(Finding::broken("a location on this server", location)),
                    None => Ok(()),
                }
            },
        },
    ],
};

const FORGED: &str = "oinspect.invalid";

/// The request with this header instead of any other of its name.
fn with(mut request: Request, name: &str, value: &str) -> Request {
    request.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    request.header(name, value)
}

/// Judges that a client with this wish gets the list of users.
fn served(cx: &mut Cx, accept: &str) -> Result<(), Finding> {
    let request = with(cx.request(Method::Get, QUESTION)?, "Accept", accept);
    let answer = cx.ask(&request)?;
    answer.expect_success()?;
    match answer.total() {
        Some(_) => Ok(()),
        None => Err(Finding::broken("the list of users", answer.described())),
    }
}

/// Judges that a new user under this media type is accepted.
fn posted_as(cx: &mut Cx, media_type: &str) -> Result<(), Finding> {
    user::shared(cx)?;
    let body = user::new_body(cx)?;
    let name = body["userName"].as_str().map(str::to_owned);
    let request = cx.request(Method::Post, "/Users")?.header("Content-Type", media_type);
    cx.send_creation(Kind::User, name.as_deref(), &request.body(body.to_string()))?.expect_success()?;
    Ok(())
}

fn no_failure(answer: &Answer) -> Result<(), Finding> {
    if answer.status() >= 500 && answer.status() != 501 {
        return Err(Finding::broken("an answer below status 500", answer.described()));
    }
    Ok(())
}

/// Judges that a PUT keeps a display name letter by letter. One that is refused is not changed. Some
/// servers make display names of the other names.
fn comes_back(cx: &mut Cx, text: &str) -> Result<(), Finding> {
    need(cx, Kind::User, "displayName")?;
    let user = user::own(cx)?;
    cx.once("display name that a PUT has changed", |cx| {
        put_name(cx, &user, "Bea Elk")?.expect_success()?;
        keeps_name(cx, &user, "Bea Elk")
    })?;
    let answer = put_name(cx, &user, text)?;
    if answer.is_refusal() {
        return Err(Finding::NotOffered { what: format!("such a name is refused: {}", answer.described()) });
    }
    answer.expect_success()?;
    keeps_name(cx, &user, text)
}

fn put_name(cx: &mut Cx, user: &User, text: &str) -> Result<Answer, Finding> {
    let mut body = user.sent.clone();
    body["displayName"] = json!(text);
    body["name"] = json!({ "givenName": "Ann", "familyName": text });
    cx.put(&user.path, &body)
}

fn keeps_name(cx: &mut Cx, user: &User, text: &str) -> Result<(), Finding> {
    let keeps = |read: &Answer| read.text_at("displayName").is_some_and(|kept| kept.contains(text));
    let read = cx.get_when(&user.path, keeps)?;
    match read.at("displayName") {
        None => Err(Finding::blocked("the user shows no displayName")),
        Some(_) if keeps(&read) => Ok(()),
        kept => Err(Finding::broken(format!("displayName {text}"), shown(kept))),
    }
}
