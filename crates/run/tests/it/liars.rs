//! A server that lies holds nobody up: every run ends, asks little, keeps little and believes nothing.

use std::time::{Duration, Instant};

use oinspect_core::{BODY_CAP, FindingRecord, LINE_CAP, Outcome, Report, Verdict};
use oinspect_sample_app::{Misbehaviour, Settings};

use crate::bench::{Bench, findings, sample_app, with};

/// How many requests a check may cost on average, whatever it is told; clean-up is counted apart.
const REQUESTS: u64 = 8;
/// A run that has not ended by then is held up, however slow the machine.
const PATIENCE: Duration = Duration::from_mins(10);
/// The longest text of a finding or a URL that is kept, with room to say how long it was.
const LONGEST: usize = LINE_CAP + 64;

fn run(misbehaviour: Misbehaviour) -> Report {
    let settings = Settings { users: 3, misbehaviour: Some(misbehaviour), ..Settings::default() };
    let app = sample_app(settings);
    let set = ["limits.request=100ms", "limits.check=2s"];
    let set: &[&str] = match misbehaviour {
        // These answer, and a machine that is busy may need a while.
        Misbehaviour::CutChunks | Misbehaviour::Drips => &set,
        _ => &[],
    };
    Bench { jobs: 8, set, ..Bench::default() }.run(&app)
}

fn assert_bounded(report: &Report, what: &str) {
    for check in report.checks() {
        for exchange in check.evidence.exchanges() {
            let (request, response) = (&exchange.request, &exchange.response);
            assert!(request.url.len() <= LONGEST, "{what}: {} keeps a long URL", check.id);
            let bodies = [request.body.as_ref(), response.as_ref().and_then(|answer| answer.body.as_ref())];
            for body in bodies.into_iter().flatten() {
                assert!(body.text.len() <= BODY_CAP, "{what}: {} keeps a long body", check.id);
            }
        }
        let texts = match &check.finding {
            Some(FindingRecord::Broken { expected, actual, .. }) => vec![expected, actual],
            Some(FindingRecord::Reason { why }) => vec![why],
            None => Vec::new(),
        };
        for text in texts {
            assert!(text.len() <= LONGEST, "{what}: the finding of {} has {} bytes", check.id, text.len());
        }
    }
    for leftover in &report.leftovers {
        assert!(leftover.label.len() <= LONGEST && leftover.why.len() <= LONGEST, "{what}: a long leftover");
    }
}

fn survives(misbehaviour: Misbehaviour) {
    let began = Instant::now();
    let report = run(misbehaviour);
    let (took, what) = (began.elapsed(), misbehaviour.id());
    let crashed = with(&report, &[Verdict::Crashed]);
    assert!(crashed.is_empty(), "{what}: {crashed:?} crashed:{}", findings(&report));
    assert_ne!(report.outcome, Outcome::Kept, "{what}");
    let bound = u64::try_from(report.summary.planned).unwrap() * REQUESTS;
    let requests = u64::try_from(report.summary.requests).unwrap();
    assert!(requests <= bound, "{what}: {requests} requests, {bound} allowed");
    assert!(took < PATIENCE, "{what}: {took:?}");
    assert_bounded(&report, what);
}

#[test]
fn pages_without_end_are_not_followed_for_ever() {
    survives(Misbehaviour::EndlessPages);
    survives(Misbehaviour::GrowingTotals);
}

#[test]
fn a_cursor_that_leads_to_itself_is_not_followed_for_ever() {
    let app = sample_app(Settings { misbehaviour: Some(Misbehaviour::SameCursor), ..Settings::default() });
    let report = Bench::default().run(&app);
    assert!(with(&report, &[Verdict::Crashed]).is_empty(), "{}", findings(&report));
    assert!(report.summary.requests <= report.summary.planned * 8, "{}", report.summary.requests);
    assert_bounded(&report, "same-cursor");
}

#[test]
fn an_attribute_of_ten_megabytes_is_not_read_to_its_end() {
    survives(Misbehaviour::TenMegabytes);
}

#[test]
fn texts_of_a_hundred_thousand_characters_are_shown_cut() {
    survives(Misbehaviour::SwollenTexts);
}

#[test]
fn json_nested_without_measure_is_no_json() {
    survives(Misbehaviour::NestedJson);
}

#[test]
fn bytes_that_are_no_utf_8_are_no_json() {
    survives(Misbehaviour::Utf16);
    survives(Misbehaviour::Latin1);
}

#[test]
fn half_a_chunked_answer_is_no_answer() {
    survives(Misbehaviour::CutChunks);
}

#[test]
fn a_body_that_drips_is_given_up_in_time() {
    survives(Misbehaviour::Drips);
}
