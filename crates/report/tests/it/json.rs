//! The report as JSON, its schema, and reading it back.

use std::path::Path;

use oinspect_report::{json, read, schema};

use crate::sample;

#[test]
fn the_json_shows_everything() {
    insta::assert_snapshot!(json(&sample::report()));
}

#[test]
fn a_report_that_was_written_is_read_back_unchanged() {
    let report = sample::report();
    assert_eq!(read(&json(&report)).unwrap(), report);
    assert_eq!(read(&format!("\u{feff}{}", json(&report))).unwrap(), report);
}

#[test]
fn a_report_is_valid_by_its_published_schema() {
    let schema = serde_json::from_str(&schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut report = serde_json::from_str(&json(&sample::report())).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    report["groups"][0]["checks"][0]["verdict"] = "splendid".into();
    assert!(!validator.is_valid(&report));
}

/// `OINSPECT_RENEW=1 cargo test -p oinspect-report schema` writes it.
#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/report.schema.json");
    if std::env::var_os("OINSPECT_RENEW").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, schema()).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(published == schema(), "docs/report.schema.json is out of date: run this with OINSPECT_RENEW=1");
}
