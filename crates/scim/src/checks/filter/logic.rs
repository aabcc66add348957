//! Conditions put together: RFC 7644 section 3.4.2.2, tables 4 and 5, and the order of operations.

use oinspect_core::Capability::Filter;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};

use crate::checks::filter::selection::{
    and_works, not_works, one_condition_or_another, one_condition_without_another, or_works,
    plain_filters_work, selects, two_conditions,
};
use crate::crowd::crowd;
use crate::kind::Kind;
use crate::verbs::user_name_filter;

pub(crate) static GROUP: Group = Group {
    id: "scim.filter-logic",
    title: "Conditions put together in filters",
    tags: &["users", "filter"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter-logic.and-wants-both",
            title: "The word `and` matches those for whom both conditions hold",
            requirement: must(Rfc7644, "3.4.2.2", "`and` matches where both expressions are true")
                .entra(Level::Must),
            needs: &[Filter],
            pitfall: "Only the first condition is read.",
            fix: "Evaluate both conditions, and match where both hold.",
            run: |cx| {
                plain_filters_work(cx)?;
                two_conditions(cx)
            },
        },
        Check {
            id: "scim.filter-logic.or-wants-either",
            title: "The word `or` matches those for whom one of two conditions holds",
            requirement: must(Rfc7644, "3.4.2.2", "`or` matches where either expression is true"),
            needs: &[Filter],
            pitfall: "Only the first condition is read, or `or` is taken for `and`.",
            fix: "Match where at least one of the conditions holds.",
            run: |cx| {
                plain_filters_work(cx)?;
                one_condition_or_another(cx)
            },
        },
        Check {
            id: "scim.filter-logic.not-turns-round",
            title: "The word `not` matches those for whom the condition does not hold",
            requirement: must(Rfc7644, "3.4.2.2", "`not` matches where the expression is false"),
            needs: &[Filter],
            pitfall: "`not` is read over, or is unknown to the parser.",
            fix: "Negate the expression in the brackets behind `not`.",
            run: |cx| {
                and_works(cx)?;
                one_condition_without_another(cx)
            },
        },
        Check {
            id: "scim.filter-logic.and-goes-before-or",
            title: "The word `and` binds more tightly than `or`",
            requirement: must(Rfc7644, "3.4.2.2", "`and` is evaluated before `or`, wherever it stands"),
            needs: &[Filter],
            pitfall: "Conditions are evaluated from the left to the right.",
            fix: "Give `and` precedence over `or` in the grammar.",
            run: |cx| {
                let [a, b, c] = conditions(cx)?;
                only_first(cx, &format!("{a} or {b} and {c}"))?;
                only_first(cx, &format!("{b} and {c} or {a}"))
            },
        },
        Check {
            id: "scim.filter-logic.brackets-go-first",
            title: "What stands in brackets is evaluated first",
            requirement: must(Rfc7644, "3.4.2.2", "grouping operators precede logical operators"),
            needs: &[Filter],
            pitfall: "Brackets are taken away before the filter is read.",
            fix: "Evaluate an expression in brackets as one condition.",
            run: |cx| {
                let [a, b, _] = conditions(cx)?;
                only_first(cx, &format!("({b} or {a}) and {a}"))
            },
        },
        Check {
            id: "scim.filter-logic.not-goes-before-and",
            title: "The word `not` binds more tightly than `and`",
            requirement: must(Rfc7644, "3.4.2.2", "`not` is evaluated before `and`"),
            needs: &[Filter],
            pitfall: "`not` swallows everything that follows it.",
            fix: "Apply `not` to the brackets right behind it and to nothing more.",
            run: |cx| {
                let [a, b, _] = conditions(cx)?;
                not_works(cx)?;
                only_first(cx, &format!("not ({b}) and {a}"))
            },
        },
        Check {
            id: "scim.filter-logic.more-than-two-conditions",
            title: "A filter may have more than two conditions",
            requirement: must(Rfc7644, "3.4.2.2", "the sides of a logical expression are filters themselves"),
            needs: &[Filter],
            pitfall: "The filter is cut at one `or`, and what follows the second is lost.",
            fix: "Parse filters by the grammar instead of cutting them in two.",
            run: |cx| {
                let [a, b, c] = conditions(cx)?;
                let crowd = crowd(cx)?;
                let wanted: Vec<&str> = crowd.users.iter().take(3).map(|user| user.id.as_str()).collect();
                selects(cx, Kind::User, &format!("{a} or {b} or {c}"), &wanted)
            },
        },
        Check {
            id: "scim.filter-logic.words-in-any-case",
            title: "The words `and`, `or` and `not` are known in any letter case",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "the words of the grammar are ABNF literals, which have no case",
            ),
            needs: &[Filter],
            pitfall: "The parser knows lower-case words only.",
            fix: "Compare the words of the grammar without case.",
            run: |cx| {
                let [a, b, _] = conditions(cx)?;
                not_works(cx)?;
                only_first(cx, &format!("{a} AND NOT ({b})"))?;
                let crowd = crowd(cx)?;
                let wanted: Vec<&str> = crowd.users.iter().take(2).map(|user| user.id.as_str()).collect();
                selects(cx, Kind::User, &format!("{a} Or {b}"), &wanted)
            },
        },
        Check {
            id: "scim.filter-logic.not-wants-no-space",
            title: "The bracket may follow `not` at once",
            requirement: must(Rfc7644, "3.4.2.2", "the grammar puts no space between `not` and its bracket"),
            needs: &[Filter],
            pitfall: "The filter is cut into words at its spaces, and `not(` is an unknown word.",
            fix: "Accept `not(` as well as `not (`.",
            run: |cx| {
                let [a, b, _] = conditions(cx)?;
                not_works(cx)?;
                only_first(cx, &format!("{a} and not({b})"))
            },
        },
    ],
};

/// Three conditions, each true of one user of the crowd. `and` and `or` are proved.
fn conditions(cx: &mut Cx) -> Result<[String; 3], Finding> {
    and_works(cx)?;
    or_works(cx)?;
    let crowd = crowd(cx)?;
    let mut conditions = crowd.users.iter().map(|user| user_name_filter(&user.user_name));
    match (conditions.next(), conditions.next(), conditions.next()) {
        (Some(a), Some(b), Some(c)) => Ok([a, b, c]),
        _ => Err(Finding::blocked("too few users were created")),
    }
}

/// Judges that a filter selects the first user of the crowd alone.
fn only_first(cx: &mut Cx, filter: &str) -> Result<(), Finding> {
    let crowd = crowd(cx)?;
    let first = crowd.users.first().ok_or_else(|| Finding::blocked("no user was created"))?;
    selects(cx, Kind::User, filter, &[&first.id])
}
