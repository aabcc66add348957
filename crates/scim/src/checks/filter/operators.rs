//! The operators of a filter, one by one: RFC 7644 section 3.4.2.2, table 3.

use oinspect_core::Capability::Filter;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::Value;

use crate::checks::filter::selection::{
    label, picks, plain_filters_work, seen, selects, selects_if_known, text, unlabelled,
};
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, query};

/// Every operator that takes a value.
const COMPARING: [&str; 9] = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

pub(crate) static GROUP: Group = Group {
    id: "scim.filter-operators",
    title: "The operators of filters",
    tags: &["users", "filter"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter-operators.every-operator-is-known",
            title: "A filter may use every operator of the standard",
            requirement: should(
                Rfc7644,
                "3.4.2.2",
                "who supports filters supports the operators eq, ne, co, sw, ew, pr, gt, ge, lt and le",
            ),
            needs: &[Filter],
            pitfall: "Only `eq` is built, and ServiceProviderConfig says that filters are supported.",
            fix: "Build all ten operators, or say `filter.supported` false.",
            run: knows_operators,
        },
        Check {
            id: "scim.filter-operators.eq-wants-the-whole-value",
            title: "The operator `eq` matches a whole value, not a part of it",
            requirement: must(Rfc7644, "3.4.2.2", "`eq` wants both values to be identical"),
            needs: &[Filter],
            pitfall: "`eq` is translated to a search for text anywhere in the value.",
            fix: "Compare the whole value.",
            run: |cx| {
                let label = label(cx)?;
                picks(cx, &format!("{label} eq \"Carpenter\""), |user| text(user, label) == Some("Carpenter"))
            },
        },
        Check {
            id: "scim.filter-operators.ne-leaves-the-value-out",
            title: "The operator `ne` leaves out those who have the value",
            requirement: must(Rfc7644, "3.4.2.2", "`ne` wants the values not to be identical"),
            needs: &[Filter],
            pitfall: "`ne` is taken for `eq`, or matches everybody.",
            fix: "Match a user whose value is another one.",
            run: not_equal,
        },
        Check {
            id: "scim.filter-operators.co-finds-a-part",
            title: "The operator `co` matches a part anywhere in the value",
            requirement: must(Rfc7644, "3.4.2.2", "`co` wants the operand to be a substring of the value"),
            needs: &[Filter],
            pitfall: "Only the beginning of the value is compared.",
            fix: "Look for the operand anywhere in the value.",
            run: |cx| {
                let label = label(cx)?;
                let has = |text: &str| text.to_lowercase().contains("arpente");
                picks(cx, &format!("{label} co \"arpente\""), |user| text(user, label).is_some_and(has))
            },
        },
        Check {
            id: "scim.filter-operators.sw-finds-a-beginning",
            title: "The operator `sw` matches the beginning of the value alone",
            requirement: must(Rfc7644, "3.4.2.2", "`sw` wants the value to begin with the operand"),
            needs: &[Filter],
            pitfall: "`sw` is taken for `co`.",
            fix: "Compare the beginning of the value.",
            run: |cx| {
                let label = label(cx)?;
                let begins = |text: &str| text.starts_with("Boat");
                picks(cx, &format!("{label} sw \"Boat\""), |user| text(user, label).is_some_and(begins))
            },
        },
        Check {
            id: "scim.filter-operators.ew-finds-an-end",
            title: "The operator `ew` matches the end of the value alone",
            requirement: must(Rfc7644, "3.4.2.2", "`ew` wants the value to end with the operand"),
            needs: &[Filter],
            pitfall: "`ew` is forgotten, or taken for `co`.",
            fix: "Compare the end of the value.",
            run: |cx| {
                let label = label(cx)?;
                let ends = |text: &str| text.to_lowercase().ends_with("er");
                picks(cx, &format!("{label} ew \"er\""), |user| text(user, label).is_some_and(ends))
            },
        },
        Check {
            id: "scim.filter-operators.gt-leaves-out-the-value-itself",
            title: "The operator `gt` matches what comes after the value, and not the value",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "`gt` compares texts lexicographically, and equal is not greater",
            ),
            needs: &[Filter],
            pitfall: "`gt` is taken for `ge`, or works for numbers only.",
            fix: "Compare texts in lexicographic order, and leave out the operand itself.",
            run: |cx| ordered(cx, "gt", |place| place > MIDDLE),
        },
        Check {
            id: "scim.filter-operators.ge-includes-the-value-itself",
            title: "The operator `ge` matches the value and what comes after it",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "`ge` compares texts lexicographically, and equal is enough",
            ),
            needs: &[Filter],
            pitfall: "`ge` is taken for `gt`, and misses the border.",
            fix: "Compare texts in lexicographic order, the operand itself included.",
            run: |cx| ordered(cx, "ge", |place| place >= MIDDLE),
        },
        Check {
            id: "scim.filter-operators.lt-leaves-out-the-value-itself",
            title: "The operator `lt` matches what comes before the value, and not the value",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "`lt` compares texts lexicographically, and equal is not less",
            ),
            needs: &[Filter],
            pitfall: "`lt` is taken for `le`, or works for numbers only.",
            fix: "Compare texts in lexicographic order, and leave out the operand itself.",
            run: |cx| ordered(cx, "lt", |place| place < MIDDLE),
        },
        Check {
            id: "scim.filter-operators.le-includes-the-value-itself",
            title: "The operator `le` matches the value and what comes before it",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "`le` compares texts lexicographically, and equal is enough",
            ),
            needs: &[Filter],
            pitfall: "`le` is taken for `lt`, and misses the border.",
            fix: "Compare texts in lexicographic order, the operand itself included.",
            run: |cx| ordered(cx, "le", |place| place <= MIDDLE),
        },
        Check {
            id: "scim.filter-operators.pr-wants-a-value",
            title: "The operator `pr` matches those who have a value, and nobody else",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "`pr` matches an attribute that has a value that is not empty",
            ),
            needs: &[Filter],
            pitfall: "Every user has the column, so that everybody matches.",
            fix: "Match users whose attribute is neither absent, null nor empty.",
            run: |cx| {
                let label = label(cx)?;
                unlabelled(&seen(cx)?.users, label)?;
                picks(cx, &format!("{label} pr"), |user| text(user, label).is_some())
            },
        },
        Check {
            id: "scim.filter-operators.names-in-any-case",
            title: "Operators are known in any letter case",
            requirement: must(Rfc7644, "3.4.2.2", "attribute operators are case insensitive")
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "The parser knows lower-case operators only.",
            fix: "Compare operators without case.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                let name = Value::from(user.user_name.as_str());
                for operator in ["Eq", "EQ"] {
                    selects(cx, Kind::User, &format!("userName {operator} {name}"), &[&user.id])?;
                }
                Ok(())
            },
        },
    ],
};

/// The place in the crowd of the user with whose name the others are compared.
const MIDDLE: usize = 2;

/// One refused operator is enough; the answers themselves are judged by other rows.
fn knows_operators(cx: &mut Cx) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    let user = user::shared(cx)?;
    let name = Value::from(user.user_name.as_str());
    let mut conditions: Vec<String> =
        COMPARING.iter().skip(1).map(|operator| format!("userName {operator} {name}")).collect();
    conditions.push("userName pr".to_owned());
    for condition in conditions {
        let list = cx.get(&format!("{}&count=1", query(Kind::User, &condition)))?;
        if list.is_refusal() && list.status() != 404 || list.is_not_implemented() {
            return Err(Finding::broken(format!("status 200 for the filter {condition}"), list.described()));
        }
        if list.status() != 200 && list.status() != 404 {
            return Err(Finding::blocked(format!("the filter {condition}: {}", list.described())));
        }
    }
    Ok(())
}

/// Whether users without a value differ from it is not said: nobody asks for them here.
fn not_equal(cx: &mut Cx) -> Result<(), Finding> {
    let label = label(cx)?;
    let seen = seen(cx)?;
    let labelled = seen.users.iter().filter(|user| text(user, label).is_some());
    let of_the_trade = |user: &&Value| text(user, label) == Some("Carpenter");
    let (carpenters, others): (Vec<&Value>, Vec<&Value>) = labelled.partition(of_the_trade);
    let (Some(carpenter), Some(other)) = (carpenters.first(), others.first()) else {
        return Err(Finding::blocked("the users that were created are shown alike"));
    };
    for (user, wanted) in [(carpenter, false), (other, true)] {
        let (Some(id), Some(name)) = (text(user, "id"), text(user, "userName")) else { continue };
        let filter = format!("userName eq {} and {label} ne \"Carpenter\"", Value::from(name));
        let wanted: &[&str] = if wanted { &[id] } else { &[] };
        selects_if_known(cx, &filter, wanted)?;
    }
    Ok(())
}

/// Judges an operator of order by the userNames of the crowd, which differ in one digit.
fn ordered(cx: &mut Cx, operator: &str, is_true: fn(usize) -> bool) -> Result<(), Finding> {
    let seen = seen(cx)?;
    let names: Vec<&str> = seen.users.iter().filter_map(|user| text(user, "userName")).collect();
    let Some(middle) = names.get(MIDDLE) else {
        return Err(Finding::blocked("the users that were created are shown without userName"));
    };
    let condition = format!("userName {operator} {}", Value::from(*middle));
    let place = |user: &Value| names.iter().position(|name| text(user, "userName") == Some(name));
    picks(cx, &condition, |user| place(user).is_some_and(is_true))
}
