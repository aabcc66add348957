//! The order of a list: RFC 7644 section 3.4.2.3.

use std::sync::Arc;

use jiff::Timestamp;
use oinspect_core::Capability::{Filter, Sort};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::checks::filter::selection::{ids, label, or_works, seen, text, unlabelled};
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{Scim, component, query, user_name_filter};

pub(crate) static GROUP: Group = Group {
    id: "scim.sort",
    title: "The order of lists",
    tags: &["users", "sort"],
    alone: false,
    checks: &[
        Check {
            id: "scim.sort.ascending",
            title: "A list is sorted in ascending order",
            requirement: must(Rfc7644, "3.4.2.3", "the value of `sortBy` orders what is returned"),
            needs: &[Sort, Filter],
            pitfall: "The parameters are not read, and lists keep the order of the database.",
            fix: "Sort by the attribute that `sortBy` names, or say `sort.supported` false.",
            run: ascending,
        },
        Check {
            id: "scim.sort.ascending-by-default",
            title: "Without sortOrder a list is sorted in ascending order",
            requirement: must(Rfc7644, "3.4.2.3", "sortOrder defaults to ascending where sortBy is given"),
            needs: &[Sort, Filter],
            pitfall: "Nothing is sorted without sortOrder, or the newest come first.",
            fix: "Take `ascending` for a sortOrder that is left out.",
            run: |cx| {
                cx.once("list in ascending order", ascending)?;
                let label = label(cx)?;
                let list = sorted(cx, &format!("sortBy={label}"))?;
                in_order(&keys(&list, label), false)
            },
        },
        Check {
            id: "scim.sort.descending",
            title: "A list is sorted in descending order",
            requirement: must(Rfc7644, "3.4.2.3", "sortOrder descending turns the order round"),
            needs: &[Sort, Filter],
            pitfall: "sortOrder is not read.",
            fix: "Turn the order round where sortOrder is `descending`.",
            run: descending,
        },
        Check {
            id: "scim.sort.ignores-case",
            title: "Texts that are not case-exact are sorted without case",
            requirement: must(Rfc7644, "3.4.2.3", "caseless attributes are sorted in a caseless order"),
            needs: &[Sort, Filter],
            pitfall: "Texts are sorted by bytes: every capital comes before every small letter.",
            fix: "Sort by the text without case, unless the schema calls it caseExact.",
            run: |cx| {
                need(cx, Kind::User, "name.familyName")?;
                cx.once("list sorted by a part of an attribute", by_part)?;
                let list = sorted(cx, "sortBy=name.familyName&sortOrder=descending")?;
                in_order(&keys(&list, "name.familyName"), true)
            },
        },
        Check {
            id: "scim.sort.missing-values-come-last",
            title: "In ascending order, those without a value come last",
            requirement: must(Rfc7644, "3.4.2.3", "in ascending order, resources without a value come last"),
            needs: &[Sort, Filter],
            pitfall: "The database puts NULL first.",
            fix: "Order by presence before you order by value.",
            run: |cx| {
                cx.once("list in ascending order", ascending)?;
                missing(cx, "ascending")
            },
        },
        Check {
            id: "scim.sort.missing-values-come-first-when-descending",
            title: "In descending order, those without a value come first",
            requirement: must(
                Rfc7644,
                "3.4.2.3",
                "in descending order, resources without a value come first",
            ),
            needs: &[Sort, Filter],
            pitfall: "Those without a value come last whatever the order.",
            fix: "Turn the whole order round, absent values included.",
            run: |cx| {
                cx.once("list in descending order", descending)?;
                missing(cx, "descending")
            },
        },
        Check {
            id: "scim.sort.by-a-part-of-an-attribute",
            title: "A list is sorted by a part of an attribute",
            requirement: must(Rfc7644, "3.4.2.3", "a part is named by its path, such as name.givenName"),
            needs: &[Sort, Filter],
            pitfall: "Only plain attributes are known, and others leave the list unsorted.",
            fix: "Resolve the dot in `sortBy`.",
            run: by_part,
        },
        Check {
            id: "scim.sort.by-time-of-creation",
            title: "A list is sorted by the time of creation",
            requirement: must(Rfc7644, "3.4.2.3", "values are sorted by the attribute's type"),
            needs: &[Sort, Filter],
            pitfall: "`meta` is made when a user is shown, and nothing can be sorted by it.",
            fix: "Sort by the stored time where `sortBy` is meta.created.",
            run: by_creation,
        },
        Check {
            id: "scim.sort.by-the-primary-value",
            title: "Of many values, the primary one decides the order",
            requirement: must(
                Rfc7644,
                "3.4.2.3",
                "an attribute with many values is sorted by the primary one",
            ),
            needs: &[Sort, Filter],
            pitfall: "The first value decides.",
            fix: "Sort by the primary value, and by the first where none is primary.",
            run: by_primary,
        },
        Check {
            id: "scim.sort.names-in-any-case",
            title: "The attribute to sort by is known in any letter case",
            requirement: must(Rfc7644, "3.10", "attribute names are case insensitive"),
            needs: &[Sort, Filter],
            pitfall: "The name is looked up as it was written.",
            fix: "Compare attribute names without case.",
            run: |cx| {
                cx.once("list in descending order", descending)?;
                let label = label(cx)?;
                let list = sorted(cx, &format!("sortBy={}&sortOrder=descending", label.to_uppercase()))?;
                in_order(&keys(&list, label), true)
            },
        },
        Check {
            id: "scim.sort.pages-follow-on",
            title: "The pages of a sorted list follow on from each other",
            requirement: should(Rfc7644, "3.4.2.3", "the order is that of all results, not of one page"),
            needs: &[Sort, Filter],
            pitfall: "A page is cut first and sorted then.",
            fix: "Sort everything that matches, then cut the page.",
            run: pages,
        },
        Check {
            id: "scim.sort.never-fails",
            title: "Asking for an order does not make the server fail",
            requirement: should(Rfc7644, "3.4.2", "query parameters that a server does not know are ignored"),
            needs: &[],
            pitfall: "A server that does not sort stumbles over `sortBy`.",
            fix: "Ignore `sortBy` and `sortOrder`, or refuse them with 400 or 501.",
            run: |cx| never_fails(cx, "sortBy=userName&sortOrder=descending"),
        },
        Check {
            id: "scim.sort.unknown-attribute-never-fails",
            title: "Sorting by an unknown attribute does not make the server fail",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that cannot be served is refused with a 4xx status",
            ),
            needs: &[],
            pitfall: "The name becomes a column of the query, and the database's error a 500.",
            fix: "Look `sortBy` up in the schema first; ignore it or answer 400 where it is unknown.",
            run: |cx| never_fails(cx, "sortBy=oinspectUnknown"),
        },
    ],
};

/// The crowd, sorted as these parameters say.
fn sorted(cx: &mut Cx, parameters: &str) -> Result<Answer, Finding> {
    let seen = seen(cx)?;
    let path = format!("{}&{parameters}&count=20", query(Kind::User, &seen.clause));
    let list = cx.get_when(&path, |list| list.resources().len() == seen.users.len())?;
    list.expect_status(200)?.json()?;
    if list.resources().len() == seen.users.len() {
        return Ok(list);
    }
    Err(Finding::blocked(format!("sorting changes who is listed: {}", list.described())))
}

/// The values of those who have one, without case.
fn keys(list: &Answer, path: &str) -> Vec<String> {
    list.resources().iter().filter_map(|user| text(user, path)).map(str::to_lowercase).collect()
}

/// Judges the order of values. Equal ones may stand in any order.
fn in_order<T: Ord + std::fmt::Debug>(keys: &[T], falling: bool) -> Result<(), Finding> {
    if keys.first() == keys.last() {
        return Err(Finding::blocked(format!("the users that were created are shown alike: {keys:?}")));
    }
    let sound = if falling { keys.is_sorted_by(|one, next| one >= next) } else { keys.is_sorted() };
    if sound {
        return Ok(());
    }
    let mut wanted: Vec<&T> = keys.iter().collect();
    wanted.sort();
    if falling {
        wanted.reverse();
    }
    Err(Finding::broken(format!("{wanted:?}"), format!("{keys:?}")))
}

fn ascending(cx: &mut Cx) -> Result<(), Finding> {
    let label = label(cx)?;
    let list = sorted(cx, &format!("sortBy={label}&sortOrder=ascending"))?;
    in_order(&keys(&list, label), false)
}

fn descending(cx: &mut Cx) -> Result<(), Finding> {
    let label = label(cx)?;
    let list = sorted(cx, &format!("sortBy={label}&sortOrder=descending"))?;
    in_order(&keys(&list, label), true)
}

fn missing(cx: &mut Cx, order: &str) -> Result<(), Finding> {
    let label = label(cx)?;
    let list = sorted(cx, &format!("sortBy={label}&sortOrder={order}"))?;
    unlabelled(list.resources(), label)?;
    let present: Vec<bool> = list.resources().iter().map(|user| text(user, label).is_some()).collect();
    let (sound, wanted) = match order {
        "ascending" => (present.is_sorted_by(|one, next| one >= next), "last"),
        _ => (present.is_sorted(), "first"),
    };
    if sound {
        return Ok(());
    }
    Err(Finding::broken(
        format!("the users without a {label} {wanted}"),
        format!("users with (true) and without a {label} (false): {present:?}"),
    ))
}

fn by_part(cx: &mut Cx) -> Result<(), Finding> {
    need(cx, Kind::User, "name.givenName")?;
    cx.once("list in descending order", descending)?;
    let list = sorted(cx, "sortBy=name.givenName&sortOrder=descending")?;
    in_order(&keys(&list, "name.givenName"), true)
}

fn by_creation(cx: &mut Cx) -> Result<(), Finding> {
    cx.once("list in descending order", descending)?;
    let list = sorted(cx, "sortBy=meta.created&sortOrder=descending")?;
    let moments: Vec<Timestamp> =
        list.resources().iter().filter_map(|user| text(user, "meta.created")?.parse().ok()).collect();
    if moments.len() < list.resources().len() {
        return Err(Finding::blocked("users are listed without a meta.created that can be read"));
    }
    if moments.first() == moments.last() {
        return Err(Finding::NotVerified { why: "all users were created at the same moment".to_owned() });
    }
    in_order(&moments, true)
}

/// Two users with addresses of which the first would sort the one way and the primary the other.
fn addressed(cx: &mut Cx) -> Result<Arc<[User; 2]>, Finding> {
    cx.once("users with primary e-mail addresses", |cx| {
        let name = cx.name();
        let address = |start: &str| format!("{start}-{name}@example.com");
        let split = json!([
            { "value": address("aaa"), "type": "home", "primary": false },
            { "value": address("zzz"), "type": "work", "primary": true },
        ]);
        let plain = json!([{ "value": address("mmm"), "type": "work", "primary": true }]);
        let mut create = |emails: Value| {
            let body = user::body_with(cx, &json!({ "emails": emails }))?;
            user::create(cx, body)
        };
        let users = [create(split)?, create(plain)?];
        let emails = users[0].answer.at("emails").and_then(Value::as_array);
        let primary = emails.into_iter().flatten().find(|one| at(one, "primary") == Some(&json!(true)));
        let value = primary.and_then(|one| text(one, "value")).unwrap_or_default();
        if emails.is_some_and(|emails| emails.len() == 2) && value.eq_ignore_ascii_case(&address("zzz")) {
            return Ok(users);
        }
        Err(Finding::broken("two e-mail addresses, the second primary", users[0].answer.described()))
    })
}

fn by_primary(cx: &mut Cx) -> Result<(), Finding> {
    for path in ["emails.value", "emails.primary"] {
        need(cx, Kind::User, path)?;
    }
    or_works(cx)?;
    cx.once("list in ascending order", ascending)?;
    let users = addressed(cx)?;
    let [split, plain] = &*users;
    let filter = format!("{} or {}", user_name_filter(&split.user_name), user_name_filter(&plain.user_name));
    let path = format!("{}&sortBy=emails.value&sortOrder=ascending&count=20", query(Kind::User, &filter));
    let list = cx.get_when(&path, |list| list.resources().len() == users.len())?;
    list.expect_status(200)?.json()?;
    let found = ids(&list);
    if found == [plain.id.as_str(), split.id.as_str()] {
        return Ok(());
    }
    if found.len() != 2 {
        return Err(Finding::blocked(format!("sorting changes who is listed: {}", list.described())));
    }
    Err(Finding::broken(
        "the user whose primary address begins with m before the one whose begins with z",
        "the other way round",
    ))
}

fn pages(cx: &mut Cx) -> Result<(), Finding> {
    cx.once("list in descending order", descending)?;
    let clause = component(&seen(cx)?.clause);
    let label = label(cx)?;
    let whole = sorted(cx, &format!("sortBy={label}&sortOrder=descending"))?;
    let path = |start: u32| {
        format!("/Users?filter={clause}&sortBy={label}&sortOrder=descending&startIndex={start}&count=2")
    };
    let (first, second) = (cx.get(&path(1))?, cx.get(&path(3))?);
    let (first, second) = (ids(&first), ids(&second));
    if first.len() != 2 || second.len() != 2 || first == second {
        return Err(Finding::blocked("two pages of two users cannot be had"));
    }
    let (paged, whole) = ([first, second].concat(), ids(&whole));
    if whole.starts_with(&paged) {
        return Ok(());
    }
    if whole.windows(paged.len()).any(|run| run == paged) {
        return Err(Finding::blocked("the pages follow on from each other, and the first begins too late"));
    }
    Err(Finding::broken(format!("{whole:?}"), format!("{paged:?} on the first two pages")))
}

/// Judges that a list is answered or refused. A server that lists nothing has refused nothing.
fn never_fails(cx: &mut Cx, parameters: &str) -> Result<(), Finding> {
    user::shared(cx)?;
    let list = cx.get(&format!("/Users?{parameters}&count=1"))?;
    if list.status() < 500 || list.is_not_implemented() {
        return Ok(());
    }
    Err(Finding::broken("a list, or a refusal (status 4xx)", list.described()))
}
