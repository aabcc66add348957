//! A store of many users is paged and looked up by index, never read whole.

use std::time::{Duration, Instant};

use oinspect_sample_app::Settings;

use crate::setting::App;

#[tokio::test]
async fn look_ups_and_pages_are_quick_among_twenty_thousand_users() {
    let app = App::with(Settings { users: 20_000, ..Settings::default() }).await;
    let last = app.get("/Users?startIndex=20000&count=1").await;
    assert_eq!(last.body["totalResults"], 20_000);
    let id = last.resources("id").remove(0);
    let name = last.resources("userName").remove(0);
    let begin = Instant::now();
    for _ in 0..20 {
        assert_eq!(app.names(&format!("userName eq \"{name}\"")).await, std::slice::from_ref(&name));
        assert_eq!(app.names(&format!("id eq \"{id}\"")).await, std::slice::from_ref(&name));
        assert!(app.names("externalId eq \"none\"").await.is_empty());
        assert_eq!(app.get("/Users?count=10&startIndex=500").await.resources("id").len(), 10);
        assert_eq!(app.get("/Users?count=10&sortBy=userName").await.resources("id").len(), 10);
    }
    // A hundred requests; a scan of the store for each would take far longer in a debug build.
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
}
