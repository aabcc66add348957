//! The admin page.

use oinspect_sample_app::Settings;
use serde_json::json;

use crate::setting::{App, read};

#[tokio::test]
async fn the_page_lists_users_and_groups_of_each_tenant_and_escapes_them() {
    let app = App::with(Settings { users: 3, groups: 1, ..Settings::default() }).await;
    app.user_with("<script>alert(1)</script>", json!({ "active": false })).await;
    let page = read(app.http.get(&app.running.admin_url)).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    for text in
        ["Tenant acme", "Tenant globex", "Users (4)", "Groups (1)", "Sales", "Ada Abel", "<html lang=\"en\">"]
    {
        assert!(page.text.contains(text), "{text}");
    }
    assert!(!page.text.contains("<script>") && !page.text.contains(&app.token));
    let one = read(app.http.get(format!("{}/globex", app.running.admin_url))).await;
    assert!(one.text.contains("Tenant globex") && !one.text.contains("Tenant acme"));
    assert_eq!(read(app.http.post(&app.running.admin_url)).await.status, 405);
}
