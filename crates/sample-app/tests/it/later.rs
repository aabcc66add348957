//! Requests that prefer a later answer (RFC 9967).

use crate::setting::{App, path, read};

#[tokio::test]
async fn a_write_is_accepted_with_a_transaction_of_its_own_and_done() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let mut transactions = Vec::new();
    for title in ["one", "two"] {
        let mut body = made.clone();
        body["title"] = title.into();
        let request = app.request("PUT", &path(&made)).header("prefer", "respond-async, wait=10");
        let reply =
            read(request.header("content-type", "application/scim+json").body(body.to_string())).await;
        assert_eq!((reply.status, reply.text.as_str()), (202, ""));
        assert_eq!(reply.header("preference-applied"), "respond-async");
        assert_eq!(reply.header("location"), made["meta"]["location"]);
        transactions.push(reply.header("set-txn").to_owned());
        assert_eq!(app.get(&path(&made)).await.body["title"], title);
    }
    assert_ne!(transactions[0], transactions[1]);
}

#[tokio::test]
async fn reads_and_refusals_are_answered_at_once() {
    let app = App::healthy().await;
    let list = read(app.request("GET", "/Users").header("prefer", "respond-async")).await;
    assert_eq!(list.status, 200);
    let refused = read(app.request("DELETE", "/Users/none").header("prefer", "respond-async")).await;
    refused.refused(404, None);
}
