//! Every fault can be seen from outside, and what is next to it still works.

use oinspect_sample_app::Fault;
use serde_json::{Value, json};

use crate::setting::{App, GROUP, Reply, id, path, read, user};

/// Whether the app shows the fault.
async fn shows(fault: Fault, app: &App) -> bool {
    match fault {
        Fault::ConfigMissing => app.get("/ServiceProviderConfig").await.status == 404,
        Fault::ConfigOmitsSort => app.get("/ServiceProviderConfig").await.body.get("sort").is_none(),
        Fault::ResourceTypesOmitUsers => app.get("/ResourceTypes").await.resources("id") == ["Group"],
        Fault::SchemasOmitUser => !app.get("/Schemas").await.resources("name").contains(&"User".to_owned()),
        Fault::DiscoveryFilterAnswered => app.filtered("/Schemas", "id pr").await.status == 200,
        Fault::AuthNotRequired
        | Fault::AnyTokenAccepted
        | Fault::NoWwwAuthenticate
        | Fault::UnauthorizedAs403
        | Fault::UnauthorizedAsHtml => shows_at_the_door(fault, app).await,
        Fault::CreateAnswers200
        | Fault::CreateWithoutLocation
        | Fault::MetaWithoutCreated
        | Fault::ClientIdAccepted
        | Fault::FamilyNameLost
        | Fault::EmptyGroupsRefused
        | Fault::DuplicateAccepted
        | Fault::DuplicateAnswers500
        | Fault::UniquenessMindsCase
        | Fault::ConflictWithoutScimType
        | Fault::MissingUserNameAccepted
        | Fault::MalformedJsonAnswers500
        | Fault::PasswordReturned => shows_on_create(fault, app).await,
        Fault::ReadOmitsEmails
        | Fault::InactiveHiddenFromRead
        | Fault::UnknownIdAnswers500
        | Fault::NotFoundAsHtml
        | Fault::ErrorStatusAsNumber => shows_on_read(fault, app).await,
        Fault::FilterIgnored
        | Fault::NoMatchAnswers404
        | Fault::FilterMindsCase
        | Fault::PlusNotDecoded
        | Fault::MalformedFilterIgnored
        | Fault::MalformedFilterAnswers500
        | Fault::InactiveHiddenFromFilter
        | Fault::CountIgnored
        | Fault::TotalsAsStrings
        | Fault::StartIndexIgnored => shows_on_list(fault, app).await,
        Fault::ReplaceForgets
        | Fault::ReplaceRefusesReadOnly
        | Fault::ReplaceCreates
        | Fault::ReplaceIgnoresActive
        | Fault::PathlessPatchIgnored
        | Fault::PatchClearsSiblings
        | Fault::CapitalisedOpRefused
        | Fault::UnknownOpAccepted
        | Fault::PatchNotAtomic
        | Fault::PatchUnknownAnswers500
        | Fault::DeleteAnswers200
        | Fault::DeletedStillReadable
        | Fault::DeleteUnknownAnswers204 => shows_on_change(fault, app).await,
        other => unreachable!("{} is no fault of the SCIM service", other.id()),
    }
}

async fn shows_at_the_door(fault: Fault, app: &App) -> bool {
    let url = format!("{}/Users", app.base);
    let without = read(app.http.get(&url)).await;
    let wrong = read(app.http.get(&url).bearer_auth("wrong")).await;
    match fault {
        Fault::AuthNotRequired => (without.status, wrong.status) == (200, 401),
        Fault::AnyTokenAccepted => (without.status, wrong.status) == (401, 200),
        Fault::UnauthorizedAs403 => (without.status, wrong.status) == (403, 403),
        Fault::NoWwwAuthenticate => wrong.status == 401 && wrong.header("www-authenticate").is_empty(),
        _ => wrong.status == 401 && wrong.header("content-type").starts_with("text/html"),
    }
}

async fn create(app: &App, more: Value) -> Reply {
    app.post("/Users", &user("ann@example.com", more)).await
}

async fn shows_on_create(fault: Fault, app: &App) -> bool {
    let name = json!({ "name": { "familyName": "Ox", "givenName": "Ann" } });
    match fault {
        Fault::CreateAnswers200 => create(app, json!({})).await.status == 200,
        Fault::CreateWithoutLocation => create(app, json!({})).await.header("location").is_empty(),
        Fault::MetaWithoutCreated => create(app, json!({})).await.body["meta"].get("created").is_none(),
        Fault::ClientIdAccepted => create(app, json!({ "id": "mine" })).await.body["id"] == "mine",
        Fault::FamilyNameLost => create(app, name).await.body["name"] == json!({ "givenName": "Ann" }),
        Fault::EmptyGroupsRefused => create(app, json!({ "groups": [] })).await.status == 400,
        Fault::DuplicateAccepted => {
            create(app, json!({})).await;
            create(app, json!({})).await.status == 201 && app.names("userName pr").await.len() == 2
        }
        Fault::DuplicateAnswers500 => {
            create(app, json!({})).await;
            create(app, json!({})).await.status == 500
        }
        Fault::UniquenessMindsCase => {
            app.user("ANN@example.com").await;
            (create(app, json!({})).await.status, create(app, json!({})).await.status) == (201, 409)
        }
        Fault::ConflictWithoutScimType => {
            create(app, json!({})).await;
            let reply = create(app, json!({})).await;
            reply.status == 409 && reply.body.get("scimType").is_none()
        }
        Fault::MissingUserNameAccepted => {
            let body = json!({ "schemas": [crate::setting::USER] });
            let refused = app.post("/Groups", &json!({ "schemas": [GROUP] })).await;
            (app.post("/Users", &body).await.status, refused.status) == (201, 400)
        }
        Fault::MalformedJsonAnswers500 => read(app.request("POST", "/Users").body("{")).await.status == 500,
        _ => create(app, json!({ "password": "p-1" })).await.body["password"] == "p-1",
    }
}

async fn shows_on_read(fault: Fault, app: &App) -> bool {
    let emails = json!([{ "value": "a@example.com" }]);
    let made = app.user_with("ann", json!({ "active": false, "emails": emails })).await;
    let known = app.get(&path(&made)).await;
    let unknown = app.get("/Users/unknown").await;
    match fault {
        Fault::ReadOmitsEmails => {
            let listed = app.get("/Users").await.body["Resources"][0]["emails"].is_array();
            known.body.get("emails").is_none() && listed
        }
        Fault::InactiveHiddenFromRead => {
            known.status == 404 && app.names("userName eq \"ann\"").await.len() == 1
        }
        Fault::UnknownIdAnswers500 => (known.status, unknown.status) == (200, 500),
        Fault::NotFoundAsHtml => unknown.status == 404 && unknown.text.starts_with("<!doctype html>"),
        _ => unknown.body["status"] == json!(404),
    }
}

async fn shows_on_list(fault: Fault, app: &App) -> bool {
    for name in ["ann", "bob", "cleo"] {
        app.user_with(name, json!({ "active": name != "bob" })).await;
    }
    let status = |filter: &'static str| async move { app.filtered("/Users", filter).await.status };
    match fault {
        Fault::FilterIgnored => {
            app.names("userName eq \"ann\"").await.len() == 3 && status("userName xx").await == 400
        }
        Fault::NoMatchAnswers404 => status("userName eq \"x\"").await == 404,
        Fault::FilterMindsCase => {
            app.names("userName eq \"ANN\"").await.is_empty()
                && app.names("userName eq \"ann\"").await.len() == 1
        }
        Fault::PlusNotDecoded => {
            let plus = app.get("/Users?filter=userName+eq+%22ann%22").await;
            let percent = app.get("/Users?filter=userName%20eq%20%22ann%22").await;
            plus.status == 400 && percent.resources("userName") == ["ann"]
        }
        Fault::MalformedFilterIgnored => {
            app.filtered("/Users", "userName xx").await.resources("id").len() == 3
        }
        Fault::MalformedFilterAnswers500 => status("userName xx").await == 500,
        Fault::InactiveHiddenFromFilter => {
            app.names("userName eq \"bob\"").await.is_empty()
                && app.get("/Users").await.resources("id").len() == 3
        }
        Fault::CountIgnored => app.get("/Users?count=1").await.resources("id").len() == 3,
        Fault::TotalsAsStrings => app.get("/Users").await.body["totalResults"] == "3",
        _ => app.get("/Users?startIndex=2&count=1").await.resources("userName") == ["ann"],
    }
}

async fn shows_on_change(fault: Fault, app: &App) -> bool {
    let name = json!({ "givenName": "Ann", "familyName": "Ox" });
    let made = app.user_with("ann", json!({ "name": name })).await;
    let at = path(&made);
    let off = json!({ "active": false, "title": "new" });
    let title = json!({ "op": "replace", "path": "title", "value": "new" });
    match fault {
        Fault::ReplaceForgets => {
            let answered = app.put(&at, &user("ann", off)).await.body["title"].clone();
            answered == "new" && app.get(&at).await.body == made
        }
        Fault::ReplaceRefusesReadOnly => {
            let plain = app.put(&at, &user("ann", off)).await.status;
            (app.put(&at, &made).await.status, plain) == (400, 200)
        }
        Fault::ReplaceCreates => {
            let made = app.put("/Users/new-one", &user("bob", json!({}))).await;
            made.status == 201 && app.get("/Users/new-one").await.status == 200
        }
        Fault::ReplaceIgnoresActive => {
            let body = app.put(&at, &user("ann", off)).await.body;
            body["active"] == true && body["title"] == "new"
        }
        Fault::PathlessPatchIgnored => {
            let reply = app.patch(&at, json!([{ "op": "replace", "value": off }])).await;
            (reply.status, &reply.body) == (200, &made)
        }
        Fault::PatchClearsSiblings => {
            let operation = json!([{ "op": "replace", "path": "name.familyName", "value": "Fox" }]);
            app.patch(&at, operation).await.body["name"] == json!({ "familyName": "Fox" })
        }
        Fault::CapitalisedOpRefused => {
            let operation = json!({ "op": "Replace", "path": "title", "value": "new" });
            let capital = app.patch(&at, json!([operation])).await.status;
            (capital, app.patch(&at, json!([title])).await.status) == (400, 200)
        }
        Fault::UnknownOpAccepted => {
            let reply = app.patch(&at, json!([{ "op": "move", "path": "title", "value": "x" }])).await;
            (reply.status, &reply.body) == (200, &made)
        }
        Fault::PatchNotAtomic => {
            let status = app.patch(&at, json!([title, { "op": "remove" }])).await.status;
            status == 400 && app.get(&at).await.body["title"] == "new"
        }
        Fault::PatchUnknownAnswers500 => app.patch("/Users/unknown", json!([title])).await.status == 500,
        Fault::DeleteAnswers200 => app.delete(&at).await.status == 200 && app.get(&at).await.status == 404,
        Fault::DeletedStillReadable => {
            app.delete(&at).await;
            let again = app.delete(&at).await.status;
            (app.get(&at).await.status, again) == (200, 404) && id(&app.user("ann").await) != id(&made)
        }
        _ => app.delete("/Users/unknown").await.status == 204,
    }
}

#[tokio::test]
async fn every_fault_shows_when_it_is_on_and_never_in_the_healthy_app() {
    for fault in Fault::ALL.iter().filter(|fault| fault.breaks()[0].starts_with("scim.")) {
        assert!(shows(*fault, &App::with_fault(*fault).await).await, "{} does not show", fault.id());
        assert!(!shows(*fault, &App::healthy().await).await, "the healthy app shows {}", fault.id());
    }
}

#[test]
fn every_fault_breaks_a_check_of_its_own_section() {
    for fault in Fault::ALL {
        for check in fault.breaks().iter().chain(fault.blocks()) {
            let section = fault.breaks()[0].split('.').next().unwrap();
            let shared = !fault.id().starts_with("saml-") && !fault.id().starts_with("oidc-");
            assert!(check.starts_with(&format!("{section}.")) || shared && section != "scim", "{check}");
        }
    }
}
