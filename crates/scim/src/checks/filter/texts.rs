//! Texts that are awkward in a filter or in a URL: RFC 7644 section 3.4.2.2.

use oinspect_core::Capability::Filter;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::{Value, json};

use crate::checks::filter::selection::{ids, plain_filters_work, selects, selects_if_known};
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{Scim, query, user_name_filter};

/// Texts that mean something to a database or a directory.
const INJECTIONS: [&str; 5] =
    ["x' or '1'='1", "x\" or \"1\"=\"1", "x'; drop table users; --", "*)(uid=*", "x\") or (userName pr"];

pub(crate) static GROUP: Group = Group {
    id: "scim.filter-texts",
    title: "Awkward texts in filters",
    tags: &["users", "filter", "security"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter-texts.escaped-quotes",
            title: "Quotes and backslashes in a text are escaped as in JSON",
            requirement: must(Rfc7644, "3.4.2.2", "a text in a filter is a JSON string, with its escapes"),
            needs: &[Filter],
            pitfall: "The text ends at the first quote, or its backslashes are kept.",
            fix: "Read the operand with a JSON parser.",
            run: |cx| {
                let user = named(cx, r#"Ann "Al" Ox \ Co"#)?;
                let name = shown(&user).to_string();
                found(cx, &user, &name)
            },
        },
        Check {
            id: "scim.filter-texts.unicode-escapes",
            title: "A letter may be written as a JSON escape",
            requirement: must(Rfc7644, "3.4.2.2", "a text in a filter is a JSON string, with its escapes"),
            needs: &[Filter],
            pitfall: "The text between the quotes is taken as it is, `\\u00eb` and all.",
            fix: "Read the operand with a JSON parser.",
            run: |cx| {
                let user = named(cx, "Zo\u{eb} Ox")?;
                let name = shown(&user).to_string().replace('\u{eb}', "\\u00eb");
                found(cx, &user, &name)
            },
        },
        Check {
            id: "scim.filter-texts.letters-of-all-scripts",
            title: "Letters of all scripts are found",
            requirement: must(Rfc7644, "3.4.2.2", "a text in a filter may hold every character of Unicode")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "The query is decoded as Latin-1, or what is not ASCII is replaced.",
            fix: "Decode the query as UTF-8.",
            run: |cx| {
                let user = named(cx, "Zo\u{eb} \u{141}\u{119}cka \u{5c71}\u{7530}")?;
                let name = shown(&user).to_string();
                found(cx, &user, &name)
            },
        },
        Check {
            id: "scim.filter-texts.plus-in-a-user-name",
            title: "A plus in a userName stays a plus",
            requirement: must(Rfc7644, "3.4.2.2", "the text is compared as it was before percent-encoding")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "The query is decoded twice: %2B becomes a plus, and the plus a space.",
            fix: "Decode the query once.",
            run: plus,
        },
        Check {
            id: "scim.filter-texts.percent-and-ampersand",
            title: "What means something in a URL is compared as it is",
            requirement: must(Rfc7644, "3.4.2.2", "the text is compared as it was before percent-encoding"),
            needs: &[Filter],
            pitfall: "The query is decoded before it is cut, or decoded twice: %2541 becomes A.",
            fix: "Cut the query at `&` and `=` first, then decode each part once.",
            run: |cx| {
                let user = named(cx, "50% of %41 & b=c #1 ?")?;
                let name = shown(&user).to_string();
                found(cx, &user, &name)
            },
        },
        Check {
            id: "scim.filter-texts.apostrophe",
            title: "An apostrophe in a text is found",
            requirement: must(Rfc7644, "3.4.2.2", "an apostrophe is a character like any other")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "The text is put into SQL between apostrophes, and O'Malley breaks the query.",
            fix: "Bind values to the query; never build SQL out of them.",
            run: |cx| {
                let user = named(cx, "O'Malley")?;
                let name = shown(&user).to_string();
                found(cx, &user, &name)
            },
        },
        Check {
            id: "scim.filter-texts.injection-finds-nobody",
            title: "A text that looks like a query finds nobody",
            requirement: must(Rfc7644, "3.4.2.2", "only resources that match the filter are returned")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "The text becomes a part of the database's query, which then returns everybody.",
            fix: "Bind values to the query; never build SQL or LDAP filters out of them.",
            run: injections,
        },
        Check {
            id: "scim.filter-texts.wildcards-are-characters",
            title: "Percent sign, underscore and asterisk stand for themselves",
            requirement: must(Rfc7644, "3.4.2.2", "`eq` wants both values to be identical"),
            needs: &[Filter],
            pitfall: "`eq` is translated to LIKE, and its wildcards are not escaped.",
            fix: "Compare with `=`, and escape wildcards where LIKE is needed.",
            run: wildcards,
        },
    ],
};

/// A user whose displayName ends in this.
fn named(cx: &mut Cx, ending: &str) -> Result<User, Finding> {
    need(cx, Kind::User, "displayName")?;
    plain_filters_work(cx)?;
    cx.once("users that can be looked for by displayName", |cx| {
        let plain = Value::from(cx.name());
        selects_if_known(cx, &format!("displayName eq {plain}"), &[])
    })?;
    let name = format!("{} {ending}", cx.name());
    let user = user::with(cx, &json!({ "displayName": name }))?;
    if user.answer.text_at("displayName") == Some(&name) {
        return Ok(user);
    }
    Err(Finding::blocked(format!("a new user is answered without the displayName {name}")))
}

/// The displayName as it was sent.
fn shown(user: &User) -> &Value {
    user.sent.get("displayName").unwrap_or(&Value::Null)
}

/// Judges that a user is found by its displayName, written as a JSON string.
fn found(cx: &mut Cx, user: &User, name: &str) -> Result<(), Finding> {
    selects(cx, Kind::User, &format!("displayName eq {name}"), &[&user.id])
}

fn plus(cx: &mut Cx) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    let name = format!("{}+tag", cx.name());
    let mut body = user::new_body(cx)?;
    body["userName"] = Value::from(cx.target()?.user_name.replace("{name}", &name));
    let made = user::create(cx, body);
    let user = made.map_err(|finding| finding.as_obstacle("no user with a plus could be created"))?;
    selects(cx, Kind::User, &user_name_filter(&user.user_name), &[&user.id])
}

/// Some servers refuse such texts altogether: that gives nothing away.
fn injections(cx: &mut Cx) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    for text in INJECTIONS {
        let filter = user_name_filter(text);
        let list = cx.get(&format!("{}&count=2", query(Kind::User, &filter)))?;
        let harmless = list.is_refusal() || list.status() == 200 && ids(&list).is_empty();
        if !harmless {
            return Err(Finding::broken(format!("nobody for the filter {filter}"), list.described()));
        }
    }
    Ok(())
}

fn wildcards(cx: &mut Cx) -> Result<(), Finding> {
    let user = named(cx, "Plain Ox")?;
    let name = shown(&user).as_str().unwrap_or_default();
    let by_name = |name: &str| format!("displayName eq {}", Value::from(name));
    selects(cx, Kind::User, &by_name(name), &[&user.id])
        .map_err(|finding| finding.as_obstacle("the user is not found by its whole displayName"))?;
    let start = name.trim_end_matches("Ox");
    for pattern in ["%", "*", "O_"] {
        selects(cx, Kind::User, &by_name(&format!("{start}{pattern}")), &[])?;
    }
    Ok(())
}
