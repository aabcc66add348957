//! Every fault can be seen from outside, and what is next to it still works.

use oinspect_sample_app::{
    AuthFault, CreateFault, DeleteFault, DiscoveryFault, Fault, FilterFault, ListFault, PatchFault,
    ReadFault, ReplaceFault,
};
use serde_json::{Value, json};

use crate::setting::{App, GROUP, Reply, id, path, read, user};

/// Whether the app shows the fault; nothing of those that only the checks look for.
async fn shows(fault: Fault, app: &App) -> Option<bool> {
    let shows = match fault {
        Fault::Discovery(DiscoveryFault::ConfigMissing) => {
            app.get("/ServiceProviderConfig").await.status == 404
        }
        Fault::Discovery(DiscoveryFault::ConfigOmitsSort) => {
            app.get("/ServiceProviderConfig").await.body.get("sort").is_none()
        }
        Fault::Discovery(DiscoveryFault::ResourceTypesOmitUsers) => {
            !app.get("/ResourceTypes").await.resources("id").contains(&"User".to_owned())
        }
        Fault::Discovery(DiscoveryFault::SchemasOmitUser) => {
            !app.get("/Schemas").await.resources("name").contains(&"User".to_owned())
        }
        Fault::Discovery(DiscoveryFault::DiscoveryFilterAnswered) => {
            app.filtered("/Schemas", "id pr").await.status == 200
        }
        Fault::Auth(
            AuthFault::AuthNotRequired
            | AuthFault::AnyTokenAccepted
            | AuthFault::NoWwwAuthenticate
            | AuthFault::UnauthorizedAs403
            | AuthFault::UnauthorizedAsHtml,
        ) => shows_at_the_door(fault, app).await,
        Fault::Create(
            CreateFault::CreateAnswers200
            | CreateFault::CreateWithoutLocation
            | CreateFault::MetaWithoutCreated
            | CreateFault::ClientIdAccepted
            | CreateFault::FamilyNameLost
            | CreateFault::EmptyGroupsRefused
            | CreateFault::DuplicateAccepted
            | CreateFault::DuplicateAnswers500
            | CreateFault::UniquenessMindsCase
            | CreateFault::ConflictWithoutScimType
            | CreateFault::MissingUserNameAccepted
            | CreateFault::MalformedJsonAnswers500
            | CreateFault::PasswordReturned,
        ) => shows_on_create(fault, app).await,
        Fault::Read(
            ReadFault::ReadOmitsEmails
            | ReadFault::InactiveHiddenFromRead
            | ReadFault::UnknownIdAnswers500
            | ReadFault::NotFoundAsHtml
            | ReadFault::ErrorStatusAsNumber,
        ) => shows_on_read(fault, app).await,
        Fault::Filter(
            FilterFault::FilterIgnored
            | FilterFault::NoMatchAnswers404
            | FilterFault::FilterMindsCase
            | FilterFault::PlusNotDecoded
            | FilterFault::MalformedFilterIgnored
            | FilterFault::MalformedFilterAnswers500
            | FilterFault::InactiveHiddenFromFilter,
        )
        | Fault::List(ListFault::CountIgnored | ListFault::TotalsAsStrings | ListFault::StartIndexIgnored) => {
            shows_on_list(fault, app).await
        }
        Fault::Replace(
            ReplaceFault::ReplaceForgets
            | ReplaceFault::ReplaceRefusesReadOnly
            | ReplaceFault::ReplaceCreates
            | ReplaceFault::ReplaceIgnoresActive,
        )
        | Fault::Patch(
            PatchFault::PathlessPatchIgnored
            | PatchFault::PatchClearsSiblings
            | PatchFault::CapitalisedOpRefused
            | PatchFault::UnknownOpAccepted
            | PatchFault::PatchNotAtomic
            | PatchFault::PatchUnknownAnswers500,
        )
        | Fault::Delete(
            DeleteFault::DeleteAnswers200
            | DeleteFault::DeletedStillReadable
            | DeleteFault::DeleteUnknownAnswers204,
        ) => shows_on_change(fault, app).await,
        _ => return None,
    };
    Some(shows)
}

async fn shows_at_the_door(fault: Fault, app: &App) -> bool {
    let url = format!("{}/Users", app.base);
    let without = read(app.http.get(&url)).await;
    let wrong = read(app.http.get(&url).bearer_auth("wrong")).await;
    match fault {
        Fault::Auth(AuthFault::AuthNotRequired) => (without.status, wrong.status) == (200, 401),
        Fault::Auth(AuthFault::AnyTokenAccepted) => (without.status, wrong.status) == (401, 200),
        Fault::Auth(AuthFault::UnauthorizedAs403) => (without.status, wrong.status) == (403, 403),
        Fault::Auth(AuthFault::NoWwwAuthenticate) => {
            wrong.status == 401 && wrong.header("www-authenticate").is_empty()
        }
        _ => wrong.status == 401 && wrong.header("content-type").starts_with("text/html"),
    }
}

async fn create(app: &App, more: Value) -> Reply {
    app.post("/Users", &user("ann@example.com", more)).await
}

async fn shows_on_create(fault: Fault, app: &App) -> bool {
    let name = json!({ "name": { "familyName": "Ox", "givenName": "Ann" } });
    match fault {
        Fault::Create(CreateFault::CreateAnswers200) => create(app, json!({})).await.status == 200,
        Fault::Create(CreateFault::CreateWithoutLocation) => {
            create(app, json!({})).await.header("location").is_empty()
        }
        Fault::Create(CreateFault::MetaWithoutCreated) => {
            create(app, json!({})).await.body["meta"].get("created").is_none()
        }
        Fault::Create(CreateFault::ClientIdAccepted) => {
            create(app, json!({ "id": "mine" })).await.body["id"] == "mine"
        }
        Fault::Create(CreateFault::FamilyNameLost) => {
            create(app, name).await.body["name"] == json!({ "givenName": "Ann" })
        }
        Fault::Create(CreateFault::EmptyGroupsRefused) => {
            create(app, json!({ "groups": [] })).await.status == 400
        }
        Fault::Create(CreateFault::DuplicateAccepted) => {
            create(app, json!({})).await;
            create(app, json!({})).await.status == 201 && app.names("userName pr").await.len() == 2
        }
        Fault::Create(CreateFault::DuplicateAnswers500) => {
            create(app, json!({})).await;
            create(app, json!({})).await.status == 500
        }
        Fault::Create(CreateFault::UniquenessMindsCase) => {
            app.user("ANN@example.com").await;
            (create(app, json!({})).await.status, create(app, json!({})).await.status) == (201, 409)
        }
        Fault::Create(CreateFault::ConflictWithoutScimType) => {
            create(app, json!({})).await;
            let reply = create(app, json!({})).await;
            reply.status == 409 && reply.body.get("scimType").is_none()
        }
        Fault::Create(CreateFault::MissingUserNameAccepted) => {
            let body = json!({ "schemas": [crate::setting::USER] });
            let refused = app.post("/Groups", &json!({ "schemas": [GROUP] })).await;
            (app.post("/Users", &body).await.status, refused.status) == (201, 400)
        }
        Fault::Create(CreateFault::MalformedJsonAnswers500) => {
            read(app.request("POST", "/Users").body("{")).await.status == 500
        }
        _ => create(app, json!({ "password": "p-1" })).await.body["password"] == "p-1",
    }
}

async fn shows_on_read(fault: Fault, app: &App) -> bool {
    let emails = json!([{ "value": "a@example.com" }]);
    let made = app.user_with("ann", json!({ "active": false, "emails": emails })).await;
    let known = app.get(&path(&made)).await;
    let unknown = app.get("/Users/unknown").await;
    match fault {
        Fault::Read(ReadFault::ReadOmitsEmails) => {
            let listed = app.get("/Users").await.body["Resources"][0]["emails"].is_array();
            known.body.get("emails").is_none() && listed
        }
        Fault::Read(ReadFault::InactiveHiddenFromRead) => {
            known.status == 404 && app.names("userName eq \"ann\"").await.len() == 1
        }
        Fault::Read(ReadFault::UnknownIdAnswers500) => (known.status, unknown.status) == (200, 500),
        Fault::Read(ReadFault::NotFoundAsHtml) => {
            unknown.status == 404 && unknown.text.starts_with("<!doctype html>")
        }
        _ => unknown.body["status"] == json!(404),
    }
}

async fn shows_on_list(fault: Fault, app: &App) -> bool {
    for name in ["ann", "bob", "cleo"] {
        app.user_with(name, json!({ "active": name != "bob" })).await;
    }
    let status = |filter: &'static str| async move { app.filtered("/Users", filter).await.status };
    match fault {
        Fault::Filter(FilterFault::FilterIgnored) => {
            app.names("userName eq \"ann\"").await.len() == 3 && status("userName xx").await == 400
        }
        Fault::Filter(FilterFault::NoMatchAnswers404) => status("userName eq \"x\"").await == 404,
        Fault::Filter(FilterFault::FilterMindsCase) => {
            app.names("userName eq \"ANN\"").await.is_empty()
                && app.names("userName eq \"ann\"").await.len() == 1
        }
        Fault::Filter(FilterFault::PlusNotDecoded) => {
            let plus = app.get("/Users?filter=userName+eq+%22ann%22").await;
            let percent = app.get("/Users?filter=userName%20eq%20%22ann%22").await;
            plus.status == 400 && percent.resources("userName") == ["ann"]
        }
        Fault::Filter(FilterFault::MalformedFilterIgnored) => {
            app.filtered("/Users", "userName xx").await.resources("id").len() == 3
        }
        Fault::Filter(FilterFault::MalformedFilterAnswers500) => status("userName xx").await == 500,
        Fault::Filter(FilterFault::InactiveHiddenFromFilter) => {
            app.names("userName eq \"bob\"").await.is_empty()
                && app.get("/Users").await.resources("id").len() == 3
        }
        Fault::List(ListFault::CountIgnored) => app.get("/Users?count=1").await.resources("id").len() == 3,
        Fault::List(ListFault::TotalsAsStrings) => app.get("/Users").await.body["totalResults"] == "3",
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
        Fault::Replace(ReplaceFault::ReplaceForgets) => {
            let answered = app.put(&at, &user("ann", off)).await.body["title"].clone();
            answered == "new" && app.get(&at).await.body == made
        }
        Fault::Replace(ReplaceFault::ReplaceRefusesReadOnly) => {
            let plain = app.put(&at, &user("ann", off)).await.status;
            (app.put(&at, &made).await.status, plain) == (400, 200)
        }
        Fault::Replace(ReplaceFault::ReplaceCreates) => {
            let made = app.put("/Users/new-one", &user("bob", json!({}))).await;
            made.status == 201 && app.get("/Users/new-one").await.status == 200
        }
        Fault::Replace(ReplaceFault::ReplaceIgnoresActive) => {
            let body = app.put(&at, &user("ann", off)).await.body;
            body["active"] == true && body["title"] == "new"
        }
        Fault::Patch(PatchFault::PathlessPatchIgnored) => {
            let reply = app.patch(&at, json!([{ "op": "replace", "value": off }])).await;
            (reply.status, &reply.body) == (200, &made)
        }
        Fault::Patch(PatchFault::PatchClearsSiblings) => {
            let operation = json!([{ "op": "replace", "path": "name.familyName", "value": "Fox" }]);
            app.patch(&at, operation).await.body["name"] == json!({ "familyName": "Fox" })
        }
        Fault::Patch(PatchFault::CapitalisedOpRefused) => {
            let operation = json!({ "op": "Replace", "path": "title", "value": "new" });
            let capital = app.patch(&at, json!([operation])).await.status;
            (capital, app.patch(&at, json!([title])).await.status) == (400, 200)
        }
        Fault::Patch(PatchFault::UnknownOpAccepted) => {
            let reply = app.patch(&at, json!([{ "op": "move", "path": "title", "value": "x" }])).await;
            (reply.status, &reply.body) == (200, &made)
        }
        Fault::Patch(PatchFault::PatchNotAtomic) => {
            let status = app.patch(&at, json!([title, { "op": "remove" }])).await.status;
            status == 400 && app.get(&at).await.body["title"] == "new"
        }
        Fault::Patch(PatchFault::PatchUnknownAnswers500) => {
            app.patch("/Users/unknown", json!([title])).await.status == 500
        }
        Fault::Delete(DeleteFault::DeleteAnswers200) => {
            app.delete(&at).await.status == 200 && app.get(&at).await.status == 404
        }
        Fault::Delete(DeleteFault::DeletedStillReadable) => {
            app.delete(&at).await;
            let again = app.delete(&at).await.status;
            (app.get(&at).await.status, again) == (200, 404) && id(&app.user("ann").await) != id(&made)
        }
        _ => app.delete("/Users/unknown").await.status == 204,
    }
}

#[tokio::test]
async fn every_fault_shows_when_it_is_on_and_never_in_the_healthy_app() {
    let mut shown = 0;
    for fault in Fault::all() {
        let Some(shows_it) = shows(fault, &App::with_fault(fault).await).await else { continue };
        assert!(shows_it, "{} does not show", fault.id());
        assert_eq!(shows(fault, &App::healthy().await).await, Some(false), "{}", fault.id());
        shown += 1;
    }
    assert!(shown > 40, "{shown}");
}

#[test]
fn every_fault_breaks_a_check_of_its_own_section() {
    for fault in Fault::all() {
        for check in fault.breaks().iter().chain(fault.blocks()) {
            let section = fault.breaks()[0].split('.').next().unwrap();
            let shared = !fault.id().starts_with("saml-") && !fault.id().starts_with("oidc-");
            assert!(check.starts_with(&format!("{section}.")) || shared && section != "scim", "{check}");
        }
    }
}
