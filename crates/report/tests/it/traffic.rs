//! The report as an HTTP archive.

use std::collections::HashSet;

use oinspect_core::Step;
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
    let hops: usize = report.checks().map(|check| check.evidence.hops().count()).sum();
    assert_eq!(entries.len(), report.summary.requests + hops);
    let starts: Vec<jiff::Timestamp> =
        entries.iter().map(|entry| entry["startedDateTime"].as_str().unwrap().parse().unwrap()).collect();
    assert!(starts.is_sorted());
}

#[test]
fn every_visit_is_a_page_and_its_requests_belong_to_it() {
    let report = sample::report();
    let archive: Value = serde_json::from_str(&har(&report)).unwrap();
    let pages = archive["log"]["pages"].as_array().unwrap();
    let visits = report.checks().flat_map(|check| &check.evidence.steps);
    assert_eq!(pages.len(), visits.filter(|step| matches!(step, Step::Visit(_))).count());
    let ids: HashSet<&str> = pages.iter().map(|page| page["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), pages.len());
    let entries = archive["log"]["entries"].as_array().unwrap();
    let of_pages: Vec<&str> = entries.iter().filter_map(|entry| entry["pageref"].as_str()).collect();
    assert_eq!(of_pages.len(), report.checks().map(|check| check.evidence.hops().count()).sum::<usize>());
    assert!(of_pages.iter().all(|id| ids.contains(id)));
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
