//! Pages around the others.

use reqwest::Method;

use crate::setting::Org;

#[tokio::test]
async fn the_style_is_served_and_the_root_leads_to_the_dashboard() {
    let org = Org::new().await;
    let style = org.send(Method::GET, "/assets/org.css", &[], Vec::new()).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(org.browser().open("/").await.location(), "/app/UserHome");
    let missing = org.browser().open("/nothing/here").await;
    assert_eq!(missing.status, 404);
    assert!(missing.text.contains("data-se=\"error-404\""));
}
