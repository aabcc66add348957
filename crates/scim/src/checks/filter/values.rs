//! How filters compare values of each type: RFC 7644 section 3.4.2.2, RFC 7643 section 2.3.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use oinspect_core::Capability::{Active, Filter};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::Value;

use crate::checks::create::other_case;
use crate::checks::filter::selection::{
    and_works, is_true_of_if_known, label, picks, plain_filters_work, seen, selects, text, unlabelled,
};
use crate::checks::filter::with_external_id;
use crate::kind::Kind;
use crate::schema::schemas;
use crate::user::{self, User};

pub(crate) static GROUP: Group = Group {
    id: "scim.filter-values",
    title: "How filters compare values",
    tags: &["users", "filter"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter-values.id-minds-case",
            title: "An id in another letter case finds nobody",
            requirement: must(Rfc7643, "3.1", "`id` is case-exact").entra(Level::Should),
            needs: &[Filter],
            pitfall: "The database compares every text without case.",
            fix: "Compare `id` with case.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                let filter = |id: &str| format!("id eq {}", Value::from(id));
                let other = other_case(&user.id);
                if other == user.id {
                    let what = format!("the id {} has no letters, and so no case", user.id);
                    return Err(Finding::NotOffered { what });
                }
                cx.once("user found by its id", |cx| {
                    selects(cx, Kind::User, &filter(&user.id), &[&user.id])
                })?;
                selects(cx, Kind::User, &filter(&other), &[])
            },
        },
        Check {
            id: "scim.filter-values.external-id-minds-case",
            title: "An externalId in another letter case finds nobody",
            requirement: must(Rfc7643, "3.1", "`externalId` is case-exact").entra(Level::Should),
            needs: &[Filter],
            pitfall: "The database compares every text without case, and two people become one.",
            fix: "Compare `externalId` with case.",
            run: |cx| {
                plain_filters_work(cx)?;
                let (user, external_id) = with_external_id(cx)?;
                let filter = |id: &str| format!("externalId eq {}", Value::from(id));
                cx.once("user found by its externalId", |cx| {
                    selects(cx, Kind::User, &filter(&external_id), &[&user.id])
                })?;
                selects(cx, Kind::User, &filter(&other_case(&external_id)), &[])
            },
        },
        Check {
            id: "scim.filter-values.text-ignores-case",
            title: "A text that is not case-exact is found in any letter case",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "the attribute's caseExact decides whether letters' case counts",
            ),
            needs: &[Filter],
            pitfall: "userName is compared without case, and every other text on bytes.",
            fix: "Compare texts without case, unless the schema calls them caseExact.",
            run: |cx| {
                let label = label(cx)?;
                if schemas(cx)?.attribute(Kind::User, label).is_some_and(|label| label.case_exact) {
                    return Err(Finding::NotOffered {
                        what: format!("the server's user schema makes `{label}` case-exact"),
                    });
                }
                let same = |text: &str| text.eq_ignore_ascii_case("SAILOR");
                picks(cx, &format!("{label} eq \"SAILOR\""), |user| text(user, label).is_some_and(same))
            },
        },
        Check {
            id: "scim.filter-values.booleans-are-compared",
            title: "A condition on `active` tells active users from others",
            requirement: must(Rfc7644, "3.4.2.2", "the literals true and false are compared with a boolean")
                .entra(Level::Should),
            needs: &[Filter, Active],
            pitfall: "true is compared as a text, or the condition is left out.",
            fix: "Compare `active` with the literals true and false.",
            run: |cx| {
                and_works(cx)?;
                let user = user::shared(cx)?;
                let Some(active) = user.answer.at("active").and_then(Value::as_bool) else {
                    return Err(Finding::blocked("a new user is answered without a boolean `active`"));
                };
                is_true_of_if_known(cx, &user, "active eq true", active)?;
                is_true_of_if_known(cx, &user, "active eq false", !active)
            },
        },
        Check {
            id: "scim.filter-values.moments-have-offsets",
            title: "A moment is the same in every time zone",
            requirement: must(Rfc7644, "3.4.2.2", "DateTime values are compared chronologically"),
            needs: &[Filter],
            pitfall: "Dates are compared as texts, so that an offset changes their order.",
            fix: "Turn both dates into moments before you compare them.",
            run: |cx| {
                let (user, created) = moment_of(cx, "meta.created")?;
                // As texts, these would come out the other way.
                let before = written(created, -1, 9)?;
                let after = written(created, 1, -9)?;
                is_true_of_if_known(cx, &user, &format!("meta.created gt \"{before}\""), true)?;
                is_true_of_if_known(cx, &user, &format!("meta.created lt \"{after}\""), true)
            },
        },
        Check {
            id: "scim.filter-values.last-modified-is-compared",
            title: "Users who changed since a moment can be looked for",
            requirement: must(Rfc7644, "3.4.2.2", "meta.lastModified is compared with a moment"),
            needs: &[Filter],
            pitfall: "`meta` is made when a user is shown, and a condition on it is left out.",
            fix: "Compare the stored time of the last change.",
            run: |cx| {
                let (user, modified) = moment_of(cx, "meta.lastModified")?;
                for (hours, wanted) in [(-1, true), (1, false)] {
                    let condition = format!("meta.lastModified gt \"{}\"", written(modified, hours, 0)?);
                    is_true_of_if_known(cx, &user, &condition, wanted)?;
                }
                Ok(())
            },
        },
        Check {
            id: "scim.filter-values.null-is-no-value",
            title: "A comparison with null finds those who have no value",
            requirement: should(Rfc7644, "3.4.2.2", "null is a value to compare with, and stands for none"),
            needs: &[Filter],
            pitfall: "null is compared as the text \"null\", and nobody is found.",
            fix: "Read `title eq null` as `not (title pr)`, or refuse it with 400.",
            run: |cx| {
                let label = label(cx)?;
                unlabelled(&seen(cx)?.users, label)?;
                picks(cx, &format!("{label} eq null"), |user| text(user, label).is_none())
            },
        },
    ],
};

/// The shared user, and a moment that it is shown with.
fn moment_of(cx: &mut Cx, path: &str) -> Result<(User, Timestamp), Finding> {
    and_works(cx)?;
    let user = user::shared(cx)?;
    let shown = user.answer.text_at(path).and_then(|text| text.parse::<Timestamp>().ok());
    match shown {
        Some(moment) => Ok((User::clone(&user), moment)),
        None => Err(Finding::blocked(format!("a new user is answered without a {path} that can be read"))),
    }
}

/// A moment some hours away, as a clock so many hours from Greenwich shows it.
fn written(moment: Timestamp, away: i64, offset: i8) -> Result<String, Finding> {
    let moved = moment.checked_add(away.hours()).ok();
    let shown = moved.map(|moved| moved.to_zoned(TimeZone::fixed(Offset::constant(offset))));
    let text = shown.map(|shown| shown.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    text.map(|text| text.replace("+00:00", "Z"))
        .ok_or_else(|| Finding::blocked(format!("{moment} is at the end of time")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_with_its_offset() {
        let moment: Timestamp = "2026-01-01T00:30:00Z".parse().unwrap();
        assert_eq!(written(moment, -1, 9).unwrap(), "2026-01-01T08:30:00+09:00");
        assert_eq!(written(moment, 1, 0).unwrap(), "2026-01-01T01:30:00Z");
    }
}
