//! What one tenant's credential does to another tenant's users: RFC 7644 section 6.

use oinspect_core::Capability::{Authentication, Filter, Patch, SecondTenant};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, Request, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::checks::auth::the_refusal;
use crate::user::{self, User};
use crate::verbs::{PATCH_OP, Scim, let_settle, user_name_query, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.tenant",
    title: "Keeping tenants apart",
    tags: &["auth", "security", "tenants"],
    alone: false,
    checks: &[
        Check {
            id: "scim.tenant.cannot-read",
            title: "Another tenant cannot read a user",
            requirement: should(Rfc7644, "6.1", "access across tenants is prevented where it is not meant")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication, SecondTenant],
            pitfall: "The id alone finds the user; the query does not ask for the tenant.",
            fix: "Put the tenant of the credential into every query, and answer 404 for what is not in it.",
            run: |cx| {
                let user = guarded(cx)?;
                let request = as_other(cx, Method::Get, &user.path)?;
                hides(&cx.ask(&request)?, &user)
            },
        },
        Check {
            id: "scim.tenant.cannot-find-by-filter",
            title: "Another tenant cannot find a user by its userName",
            requirement: should(Rfc7644, "6.1", "access across tenants is prevented where it is not meant")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication, SecondTenant, Filter],
            pitfall: "The filter becomes the whole condition of the query, and the tenant is forgotten.",
            fix: "Join the filter and the tenant of the credential by `and`.",
            run: |cx| {
                let user = guarded(cx)?;
                let request = as_other(cx, Method::Get, &user_name_query(&user.user_name))?;
                hides(&cx.ask(&request)?, &user)
            },
        },
        Check {
            id: "scim.tenant.cannot-list",
            title: "Another tenant's lists hold none of these users",
            requirement: should(Rfc7644, "6.1", "access across tenants is prevented where it is not meant")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication, SecondTenant],
            pitfall: "Lists without a filter are read from the whole table.",
            fix: "Put the tenant of the credential into the query of lists, and into the count of totalResults.",
            run: lists_differ,
        },
        Check {
            id: "scim.tenant.cannot-patch",
            title: "Another tenant cannot change a user by PATCH",
            requirement: should(Rfc7644, "6.1", "access across tenants is prevented where it is not meant")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication, SecondTenant, Patch],
            pitfall: "Reads ask for the tenant and writes do not.",
            fix: "Look the user up within the credential's tenant before you change it, and answer 404.",
            run: |cx| {
                let user = guarded(cx)?;
                let change = json!({
                    "schemas": [PATCH_OP],
                    "Operations": [{ "op": "replace", "path": "name.familyName", "value": "Intruder" }],
                });
                let request = with_json(as_other(cx, Method::Patch, &user.path)?, change.to_string());
                unchanged_by(cx, &request, &user)
            },
        },
        Check {
            id: "scim.tenant.cannot-replace",
            title: "Another tenant cannot replace a user",
            requirement: should(Rfc7644, "6.1", "access across tenants is prevented where it is not meant")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication, SecondTenant],
            pitfall: "Reads ask for the tenant and writes do not.",
            fix: "Look the user up within the credential's tenant before you replace it, and answer 404.",
            run: |cx| {
                let user = guarded(cx)?;
                let mut body = user.sent.clone();
                body["name"] = json!({ "givenName": "Ann", "familyName": "Intruder" });
                let request = with_json(as_other(cx, Method::Put, &user.path)?, body.to_string());
                unchanged_by(cx, &request, &user)
            },
        },
        Check {
            id: "scim.tenant.cannot-delete",
            title: "Another tenant cannot delete a user",
            requirement: should(Rfc7644, "6.1", "access across tenants is prevented where it is not meant")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication, SecondTenant],
            pitfall: "The deletion asks for the id alone.",
            fix: "Look the user up within the credential's tenant before you delete it, and answer 404.",
            run: |cx| {
                let user = guarded(cx)?;
                let request = as_other(cx, Method::Delete, &user.path)?;
                unchanged_by(cx, &request, &user)
            },
        },
    ],
};

/// A user of the first tenant. Where any credential is let in, nothing is found out about tenants.
fn guarded(cx: &mut Cx) -> Result<User, Finding> {
    the_refusal(cx)?;
    user::own(cx)
}

/// A request with the other tenant's credential.
fn as_other(cx: &Cx, method: Method, path: &str) -> Result<Request, Finding> {
    let mut request = cx.request(method, path)?;
    let other = cx.target()?.other_auth.clone();
    let Some(other) = other else {
        return Err(Finding::blocked("there is no credential of another tenant"));
    };
    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    Ok(request.header("Authorization", other))
}

/// Judges that nothing of a user is shown, whatever the status.
fn hides(answer: &Answer, user: &User) -> Result<(), Finding> {
    if answer.status() >= 500 {
        return Err(Finding::broken("a refusal (status 404)", answer.described()));
    }
    if answer.is_success() && shows(answer, user) {
        return Err(Finding::broken("nothing of the other tenant's user", answer.described()));
    }
    Ok(())
}

fn shows(answer: &Answer, user: &User) -> bool {
    let id = |one: &Value| at(one, "id").and_then(Value::as_str) == Some(user.id.as_str());
    answer.any_json().is_some_and(id) || answer.resources().iter().any(id)
}

/// The page that holds our user: as our own credential is shown it, and as the other one is.
fn lists_differ(cx: &mut Cx) -> Result<(), Finding> {
    let user = guarded(cx)?;
    let first = cx.get("/Users?startIndex=1&count=50")?;
    first.expect_success().map_err(|finding| finding.as_obstacle("users cannot be listed"))?;
    let ours: Vec<&str> = first.resources().iter().filter_map(|one| at(one, "id")?.as_str()).collect();
    if ours.is_empty() {
        return Err(Finding::blocked("the list of users shows no ids"));
    }
    let request = as_other(cx, Method::Get, "/Users?startIndex=1&count=50")?;
    let theirs = cx.ask(&request)?;
    hides(&theirs, &user)?;
    let shared =
        theirs.resources().iter().filter_map(|one| at(one, "id")?.as_str()).find(|id| ours.contains(id));
    match shared {
        Some(id) if theirs.is_success() => {
            Err(Finding::broken("no user of the other tenant", format!("the user {id} in both lists")))
        }
        _ => Ok(()),
    }
}

/// Judges that a request of the other tenant has changed nothing.
fn unchanged_by(cx: &mut Cx, request: &Request, user: &User) -> Result<(), Finding> {
    let answer = cx.ask(request)?;
    hides(&answer, user)?;
    if answer.is_success() {
        // What was done may show late.
        let_settle(cx)?;
    }
    let read = cx.get_when(&user.path, Answer::is_success)?;
    if !read.is_success() {
        return Err(Finding::broken(
            "the user as it was",
            format!("{} to another tenant, then {}", answer.status(), read.described()),
        ));
    }
    if read.text_at("name.familyName") == Some("Intruder") {
        return Err(Finding::broken("the user as it was", "the name that the other tenant sent"));
    }
    Ok(())
}
