//! The report as an HTTP archive.

use oinspect_report::har;
use serde_json::Value;

use crate::sample;

#[test]
fn the_archive_shows_every_exchange() {
    insta::assert_snapshot!(har(&sample::report()));
}

#[test]
fn the_archive_holds_as_many_entries_as_requests_were_sent_oldest_first() {
    let report = sample::report();
    let archive: Value = serde_json::from_str(&har(&report)).unwrap();
    let entries = archive["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), report.summary.requests);
    let starts: Vec<jiff::Timestamp> =
        entries.iter().map(|entry| entry["startedDateTime"].as_str().unwrap().parse().unwrap()).collect();
    assert!(starts.is_sorted());
}

#[test]
fn every_entry_has_what_the_format_demands() {
    let archive: Value = serde_json::from_str(&har(&sample::report())).unwrap();
    for entry in archive["log"]["entries"].as_array().unwrap() {
        for name in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
            assert!(entry.get(name).is_some(), "{name}");
        }
        for name in
            ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"]
        {
            assert!(entry["request"].get(name).is_some(), "{name}");
        }
        for name in [
            "status",
            "statusText",
            "httpVersion",
            "cookies",
            "headers",
            "content",
            "redirectURL",
            "headersSize",
            "bodySize",
        ] {
            assert!(entry["response"].get(name).is_some(), "{name}");
        }
        let timings = &entry["timings"];
        let sum: f64 = ["send", "wait", "receive"].iter().filter_map(|name| timings[name].as_f64()).sum();
        assert!((sum - entry["time"].as_f64().unwrap()).abs() < f64::EPSILON);
    }
}
