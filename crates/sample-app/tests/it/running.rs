//! Starting, stopping and finding the app.

use oinspect_sample_app::{DEFAULT_LISTEN, Settings, StartError, start};
use serde_json::json;

use crate::setting::{App, client, path};

#[test]
fn the_app_serves_though_nobody_drives_the_runtime_that_started_it() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let running = runtime.block_on(start(Settings::default())).unwrap();
    let other = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let status = other.block_on(async { client().get(&running.url).send().await.unwrap().status() });
    assert_eq!(status, 200);
    runtime.block_on(running.stop());
}

#[tokio::test]
async fn a_stopped_app_frees_its_port_and_a_dropped_one_too() {
    let running = start(Settings::default()).await.unwrap();
    let url = running.url.clone();
    let listen = url.trim_start_matches("http://").parse().unwrap();
    assert!(client().get(&url).send().await.is_ok());
    running.stop().await;
    assert!(client().get(&url).send().await.is_err());
    let again = start(Settings { listen, ..Settings::default() }).await.unwrap();
    let taken = start(Settings { listen, ..Settings::default() }).await;
    assert!(matches!(taken, Err(StartError::Listen { address, .. }) if address == listen));
    drop(again);
    while client().get(&url).send().await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_announcement_says_where_everything_is() {
    let running = start(Settings::default()).await.unwrap();
    let said = running.announcement();
    assert_eq!(said["url"], running.url);
    assert_eq!(said["tenants"][1]["name"], "globex");
    assert_eq!(said["tenants"][0]["scim_url"], format!("{}/acme/scim/v2", running.url));
    assert_eq!(said["tenants"][0]["token"], running.tenants[0].token);
    assert_eq!(said["oauth"]["token_url"], format!("{}/oauth/token", running.url));
    let other = start(Settings::default()).await.unwrap();
    assert_ne!(other.tenants[0].token, running.tenants[0].token);
    assert_eq!(DEFAULT_LISTEN.to_string(), "127.0.0.1:8480");
}

#[tokio::test]
async fn the_public_address_and_not_the_host_header_makes_locations() {
    let public_url = Some("https://app.example.com/".to_owned());
    let app = App::with(Settings { public_url, ..Settings::default() }).await;
    assert_eq!(app.base, "https://app.example.com/acme/scim/v2");
    assert_eq!(app.running.url, "https://app.example.com");
}

#[tokio::test]
async fn a_file_keeps_its_users_and_is_seeded_once() {
    let folder = std::env::temp_dir().join(format!("oinspect-sample-app-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let database = Some(folder.join("app.db"));
    let settings = Settings { database, users: 3, ..Settings::default() };
    let first = App::with(settings.clone()).await;
    let made = first.user_with("ann", json!({ "title": "t" })).await;
    first.running.stop().await;
    let second = App::with(settings).await;
    assert_eq!(second.get("/Users").await.body["totalResults"], 4);
    assert_eq!(second.get(&path(&made)).await.body["title"], "t");
    second.running.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
}
