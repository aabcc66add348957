//! What filters a server refuses, and what no filter may do: RFC 7644 sections 3.4.2.2 and 3.12.

use oinspect_core::Capability::{Active, Filter, Password};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, must, should};
use serde_json::json;

use crate::answer::Answer;
use crate::checks::filter::selection::{and_works, ids, plain_filters_work};
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, query, user_name_filter};

/// More brackets than a careless parser survives.
const DEPTH: usize = 200;
/// More conditions than anybody writes by hand, in a URL that servers still take.
const CONDITIONS: usize = 100;

pub(crate) static GROUP: Group = Group {
    id: "scim.filter-refusals",
    title: "Filters that cannot be answered",
    tags: &["users", "filter", "errors"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter-refusals.unknown-attribute-is-not-ignored",
            title: "A condition on an unknown attribute is not left out",
            requirement: must(Rfc7644, "3.4.2.2", "only resources that match the filter are returned"),
            needs: &[Filter],
            pitfall: "Unknown attributes are dropped from the filter, and everybody matches what is left.",
            fix: "Answer 400 with scimType invalidFilter, or an empty list.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                for filter in [
                    "oinspectUnknown eq \"x\"".to_owned(),
                    format!("{} and oinspectUnknown eq \"x\"", user_name_filter(&user.user_name)),
                ] {
                    let list = ask(cx, &filter)?;
                    if !(list.is_refusal() || list.status() == 200 && ids(&list).is_empty()) {
                        return Err(Finding::broken(
                            format!("400, or nobody, for the filter {filter}"),
                            list.described(),
                        ));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.filter-refusals.boolean-has-no-order",
            title: "An order of booleans is refused",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "gt, ge, lt and le on a boolean are answered 400 with scimType invalidFilter",
            ),
            needs: &[Filter, Active],
            pitfall: "false counts as less than true, because the database stores 0 and 1.",
            fix: "Answer 400 with scimType invalidFilter where `active` is compared by order.",
            run: |cx| {
                plain_filters_work(cx)?;
                let list = ask(cx, "active gt false")?;
                list.expect_status(400)?;
                says_invalid_filter(&list)
            },
        },
        Check {
            id: "scim.filter-refusals.unknown-operator-says-invalid-filter",
            title: "The refusal of an unknown operator says invalidFilter",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "an unknown operation is answered with scimType invalidFilter",
            ),
            needs: &[Filter],
            pitfall: "A general 400 without scimType.",
            fix: "Put scimType invalidFilter into the error.",
            run: |cx| refused_as_invalid(cx, "userName regex \"a\""),
        },
        Check {
            id: "scim.filter-refusals.malformed-filter-says-invalid-filter",
            title: "The refusal of a malformed filter says invalidFilter",
            requirement: should(Rfc7644, "3.12", "invalidFilter stands for a filter whose syntax is invalid"),
            needs: &[Filter],
            pitfall: "A general 400 without scimType, or invalidSyntax, which is about bodies.",
            fix: "Put scimType invalidFilter into the error.",
            run: |cx| refused_as_invalid(cx, "userName eq"),
        },
        Check {
            id: "scim.filter-refusals.unbalanced-brackets",
            title: "A filter whose brackets do not match is refused",
            requirement: should(Rfc7644, "3.12", "a filter whose syntax is invalid is answered 400"),
            needs: &[Filter],
            pitfall: "Brackets are dropped, and the filter means something else.",
            fix: "Answer 400 with scimType invalidFilter.",
            run: |cx| refused(cx, |same| [format!("({same}"), format!("{same})")]),
        },
        Check {
            id: "scim.filter-refusals.missing-condition",
            title: "A filter that lacks a condition is refused",
            requirement: should(Rfc7644, "3.12", "a filter whose syntax is invalid is answered 400"),
            needs: &[Filter],
            pitfall: "`and` with nothing behind it is dropped.",
            fix: "Answer 400 with scimType invalidFilter.",
            run: |cx| refused(cx, |same| [format!("{same} and"), format!("or {same}")]),
        },
        Check {
            id: "scim.filter-refusals.text-behind-the-filter",
            title: "A filter with something behind it is refused",
            requirement: should(Rfc7644, "3.12", "a filter whose syntax is invalid is answered 400"),
            needs: &[Filter],
            pitfall: "A pattern finds a condition at the beginning, and the rest is not looked at.",
            fix: "Parse the filter to its end, and answer 400 where something is left over.",
            run: |cx| refused(cx, |same| [format!("{same} surplus"), format!("{same} {same}")]),
        },
        Check {
            id: "scim.filter-refusals.deep-nesting-never-fails",
            title: "A deeply nested filter does not make the server fail",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that cannot be served is refused with a 4xx status",
            ),
            needs: &[Filter],
            pitfall: "The parser recurses until its stack is full.",
            fix: "Limit the depth of filters, and answer 400 beyond it.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                let (open, close) = ("(".repeat(DEPTH), ")".repeat(DEPTH));
                never_fails(cx, &format!("{open}{}{close}", user_name_filter(&user.user_name)))
            },
        },
        Check {
            id: "scim.filter-refusals.long-filter-never-fails",
            title: "A long filter does not make the server fail",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that cannot be served is refused with a 4xx status",
            ),
            needs: &[Filter],
            pitfall: "Each condition becomes a join or a bound value, and the database gives up.",
            fix: "Limit the length of filters, and answer 400, 413 or 414 beyond it.",
            run: |cx| {
                plain_filters_work(cx)?;
                let conditions: Vec<String> =
                    (0..CONDITIONS).map(|number| user_name_filter(&format!("x{number}"))).collect();
                never_fails(cx, &conditions.join(" or "))
            },
        },
        Check {
            id: "scim.filter-refusals.impossible-moment-never-fails",
            title: "A date that is none does not make the server fail",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that cannot be served is refused with a 4xx status",
            ),
            needs: &[Filter],
            pitfall: "The exception of the date parser becomes a 500.",
            fix: "Answer 400 with scimType invalidFilter where a date cannot be read.",
            run: |cx| {
                plain_filters_work(cx)?;
                never_fails(cx, "meta.created gt \"2026-13-45T99:00:00Z\"")
            },
        },
        Check {
            id: "scim.filter-refusals.password-is-not-searched",
            title: "A password cannot be pieced together by filters",
            requirement: must(
                Rfc7643,
                "9.2",
                "passwords are not stored in cleartext, so that no part can be found",
            ),
            needs: &[Filter, Password],
            pitfall: "The password is a column like any other, and `sw` tells its letters one by one.",
            fix: "Answer 400 with scimType invalidFilter for every condition on a part of the password.",
            run: password,
        },
    ],
};

fn ask(cx: &mut Cx, filter: &str) -> Result<Answer, Finding> {
    cx.get(&format!("{}&count=2", query(Kind::User, filter)))
}

fn says_invalid_filter(answer: &Answer) -> Result<(), Finding> {
    if answer.text_at("scimType").is_some_and(|keyword| keyword.eq_ignore_ascii_case("invalidFilter")) {
        return Ok(());
    }
    Err(Finding::broken("scimType invalidFilter", answer.described()))
}

/// Whether it is refused at all is another row's point.
fn refused_as_invalid(cx: &mut Cx, filter: &str) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    let answer = ask(cx, filter)?;
    if answer.status() != 400 {
        return Err(Finding::blocked(format!("the filter is not refused with 400: {}", answer.described())));
    }
    says_invalid_filter(&answer)
}

/// Judges that what is made of a sound filter is answered 400.
fn refused(cx: &mut Cx, spoiled: fn(&str) -> [String; 2]) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    let user = user::shared(cx)?;
    for filter in spoiled(&user_name_filter(&user.user_name)) {
        let answer = ask(cx, &filter)?;
        if answer.status() != 400 {
            return Err(Finding::broken(format!("status 400 for the filter {filter}"), answer.described()));
        }
    }
    Ok(())
}

/// Judges that a filter is answered or refused, and is nobody's undoing.
fn never_fails(cx: &mut Cx, filter: &str) -> Result<(), Finding> {
    let answer = ask(cx, filter)?;
    if answer.status() < 500 || answer.is_not_implemented() {
        return Ok(());
    }
    Err(Finding::broken("a list, or a refusal (status 4xx)", answer.described()))
}

/// Comparing a whole password is allowed; a part of it can only be found where the whole is kept.
fn password(cx: &mut Cx) -> Result<(), Finding> {
    and_works(cx)?;
    let secret = format!("Qx7!{:012x}", cx.rng().u64(..) >> 16);
    let user = user::with(cx, &json!({ "password": secret }))?;
    let same = user_name_filter(&user.user_name);
    let right = ask(cx, &format!("{same} and password sw \"Qx7!\""))?;
    if right.status() >= 500 && !right.is_not_implemented() {
        return Err(Finding::broken("a refusal (status 400), or nobody", right.described()));
    }
    if right.resources().is_empty() {
        return Ok(());
    }
    let wrong = ask(cx, &format!("{same} and password sw \"Zk3?\""))?;
    if wrong.resources().is_empty() {
        return Err(Finding::broken("nobody for the beginning of a password", right.described()));
    }
    Err(Finding::blocked("conditions on the password are left out of filters"))
}
