//! Lists in pages.

use crate::setting::Org;

#[tokio::test]
async fn next_links_lead_through_the_whole_list_and_end() {
    let org = Org::new().await;
    let mut made = Vec::new();
    for number in 0..5 {
        made.push(org.user(&format!("user{number}")).await);
    }
    let mut seen = Vec::new();
    let mut next = Some("/api/v1/users?limit=2&search=profile.lastName%20eq%20%22Ox%22".to_owned());
    while let Some(path) = next {
        let page = org.get(&path).await;
        assert!(page.link("self").unwrap().contains("search="));
        let ids = page.body.as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap().to_owned());
        seen.extend(ids);
        next = page.link("next");
        assert!(seen.len() <= 5);
    }
    assert_eq!(seen, made);
    org.get("/api/v1/users?after=elsewhere").await.is_error(400, "E0000001");
    org.get("/api/v1/users?limit=none").await.is_error(400, "E0000001");
}
