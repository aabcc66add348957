//! Modifying multi-valued attributes with PATCH (RFC 7644, section 3.5.2).

use serde_json::{Value, json};

use crate::setting::{App, path};

/// Applies one operation to a user with a work and a home address; shows the e-mails after it.
async fn after(operation: Value) -> Value {
    let app = App::healthy().await;
    let emails = json!([
        { "value": "a@work", "type": "work", "primary": true, "display": "A" },
        { "value": "a@home", "type": "home" },
    ]);
    let made = app.user_with("ann", json!({ "emails": emails })).await;
    let reply = app.patch(&path(&made), json!([operation])).await;
    assert_eq!(reply.status, 200, "{operation}: {}", reply.text);
    assert_eq!(app.get(&path(&made)).await.body, reply.body);
    reply.body["emails"].clone()
}

fn work() -> Value {
    json!({ "value": "a@work", "type": "work", "primary": true, "display": "A" })
}

fn home() -> Value {
    json!({ "value": "a@home", "type": "home" })
}

#[tokio::test]
async fn add_appends_and_knows_what_is_there() {
    let other = json!({ "value": "a@other", "type": "other" });
    let add = |value: Value| json!({ "op": "add", "path": "emails", "value": value });
    assert_eq!(after(add(json!([other]))).await, json!([work(), home(), other]));
    assert_eq!(after(add(other.clone())).await, json!([work(), home(), other]));
    assert_eq!(after(add(json!([home()]))).await, json!([work(), home()]));
    let pathless = json!({ "op": "add", "value": { "emails": [other] } });
    assert_eq!(after(pathless).await, json!([work(), home(), other]));
}

#[tokio::test]
async fn a_new_primary_value_demotes_the_old_one() {
    let mut demoted = work();
    demoted["primary"] = json!(false);
    let other = json!({ "value": "a@other", "primary": true });
    let emails = after(json!({ "op": "add", "path": "emails", "value": [other] })).await;
    assert_eq!(emails, json!([demoted, home(), other]));
    let mut promoted = home();
    promoted["primary"] = json!(true);
    let path = "emails[type eq \"home\"].primary";
    let emails = after(json!({ "op": "replace", "path": path, "value": true })).await;
    assert_eq!(emails, json!([demoted, promoted]));
    let emails = after(json!({ "op": "add", "path": "emails", "value": [promoted] })).await;
    assert_eq!(emails, json!([demoted, promoted]));
}

#[tokio::test]
async fn replace_sets_the_whole_the_selected_or_a_part_of_it() {
    let new = json!({ "value": "n", "type": "other" });
    let replace = |path: &str, value: Value| json!({ "op": "replace", "path": path, "value": value });
    assert_eq!(after(replace("emails", json!([new]))).await, json!([new]));
    assert_eq!(after(replace("emails", json!([]))).await, Value::Null);
    assert_eq!(after(replace("emails[type eq \"home\"]", new.clone())).await, json!([work(), new]));
    let value = after(replace("emails[type eq \"home\"].value", json!("b@home"))).await;
    assert_eq!(value, json!([work(), { "value": "b@home", "type": "home" }]));
    let by_two = "emails[primary eq true and value sw \"a@\"].display";
    assert_eq!(after(replace(by_two, json!("B"))).await[0]["display"], "B");
    let all = after(replace("emails.display", json!("Z"))).await;
    assert_eq!((&all[0]["display"], &all[1]["display"]), (&json!("Z"), &json!("Z")));
}

#[tokio::test]
async fn remove_takes_the_whole_the_selected_or_a_part_of_it() {
    let remove = |path: &str| json!({ "op": "remove", "path": path });
    assert_eq!(after(remove("emails")).await, Value::Null);
    assert_eq!(after(remove("emails[type eq \"home\"]")).await, json!([work()]));
    assert_eq!(after(remove("emails[value pr]")).await, Value::Null);
    let emails = after(remove("emails[type eq \"work\"].display")).await;
    assert_eq!(emails, json!([{ "value": "a@work", "type": "work", "primary": true }, home()]));
}

#[tokio::test]
async fn adding_to_a_selection_without_a_match_makes_the_element() {
    let path = "emails[type eq \"other\"].value";
    let emails = after(json!({ "op": "add", "path": path, "value": "a@other" })).await;
    assert_eq!(emails, json!([work(), home(), { "type": "other", "value": "a@other" }]));
}

#[tokio::test]
async fn roles_and_entitlements_can_be_written() {
    let app = App::healthy().await;
    let made = app.user_with("ann", json!({ "roles": [{ "value": "r1", "display": "R" }] })).await;
    let operations = json!([
        { "op": "add", "path": "entitlements", "value": [{ "value": "e1", "type": "License" }] },
        { "op": "replace", "path": "roles", "value": [{ "value": "r2" }] },
    ]);
    let reply = app.patch(&path(&made), operations).await;
    assert_eq!(reply.body["entitlements"], json!([{ "value": "e1", "type": "License" }]));
    assert_eq!(reply.body["roles"], json!([{ "value": "r2" }]));
}
