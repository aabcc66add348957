//! The system log.

use jiff::SignedDuration;

use crate::setting::Org;

#[tokio::test]
async fn the_log_is_paged_without_end_and_new_events_come_on_the_next_page() {
    let org = Org::new().await;
    org.user("ann").await;
    let first = org.get("/api/v1/logs?limit=1").await;
    assert_eq!(first.body[0]["eventType"], "user.lifecycle.create");
    assert_eq!(first.body[0]["outcome"]["result"], "SUCCESS");
    assert_eq!(first.body[0]["published"], "2026-11-01T12:00:00.123Z");
    let second = org.get(&first.link("next").unwrap()).await;
    assert_eq!(second.body[0]["eventType"], "user.lifecycle.activate");
    let empty = org.get(&second.link("next").unwrap()).await;
    assert_eq!(empty.body.as_array().unwrap().len(), 0);
    org.user("bob").await;
    let later = org.get(&empty.link("next").unwrap()).await;
    assert_eq!(later.body[0]["target"][0]["alternateId"], "bob@example.test");
}

#[tokio::test]
async fn events_are_chosen_by_time_filter_and_order() {
    let org = Org::new().await;
    let ann = org.user("ann").await;
    org.clock.advance(SignedDuration::from_mins(1));
    let bob = org.user("bob").await;
    let count = |answer: crate::setting::Answer| answer.body.as_array().unwrap().len();
    assert_eq!(count(org.get("/api/v1/logs?since=2026-11-01T12:00:30Z").await), 2);
    assert_eq!(count(org.get("/api/v1/logs?until=2026-11-01T12:00:30.000Z").await), 2);
    assert_eq!(org.events(&format!("target.id eq \"{ann}\" or target.id eq \"{bob}\"")).await.len(), 4);
    let both = format!("eventType eq \"user.lifecycle.create\" and target.id eq \"{bob}\"");
    assert_eq!(org.events(&both).await, ["user.lifecycle.create"]);
    assert_eq!(org.events("actor.id eq \"00unone\"").await.len(), 0);
    let newest = org.get("/api/v1/logs?sortOrder=DESCENDING&limit=3").await;
    assert_eq!(newest.body[0]["target"][0]["id"], bob);
    let rest = org.get(&newest.link("next").unwrap()).await;
    assert_eq!(count(rest), 1);
    org.clock.advance(SignedDuration::from_hours(8 * 24));
    assert_eq!(count(org.get("/api/v1/logs").await), 0);
}
