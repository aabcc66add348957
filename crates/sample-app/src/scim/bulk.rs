//! Many operations in one request (RFC 7644, section 3.7).

mod job;
mod references;

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::discovery::most_operations;
use super::dispatch::Call;
use super::intake::member;
use super::list::require_message;
use super::service::Service;
use crate::fault::BulkFault;
use crate::http::{Answer, Refusal};
use crate::switches::Switches;
use job::{Job, Outcome};

const BULK_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const BULK_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

/// A bulk request under way.
struct Progress<'a> {
    jobs: Vec<Job<'a>>,
    /// What became of each job, by its place.
    outcomes: Vec<Option<Outcome>>,
    /// The ids behind the bulkIds that are known by now.
    ids: HashMap<&'a str, String>,
    /// Jobs that were made without the references that close a circle.
    incomplete: Vec<usize>,
    errors: u64,
    fail_on_errors: u64,
}

impl Service<'_> {
    pub(super) fn bulk(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        let body = self.body(call)?;
        let mut progress = Progress::read(&body, self.switches)?;
        while let Some((place, closes_circle)) = progress.next() {
            self.run(&mut progress, place, closes_circle);
            let stops = progress.errors >= progress.fail_on_errors
                && !self.switches.has(BulkFault::FailOnErrorsIgnored);
            if stops || progress.errors > 0 && self.switches.has(BulkFault::BulkStopsAtFailure) {
                break;
            }
        }
        for place in std::mem::take(&mut progress.incomplete) {
            if !self.switches.has(BulkFault::CircleLeftOpen) {
                self.complete(&mut progress, place);
            }
        }
        let operations: Vec<Value> =
            progress.outcomes.iter().flatten().map(|outcome| outcome.document(self.switches)).collect();
        let status = if self.switches.has(BulkFault::BulkAnswers201) { 201 } else { 200 };
        Ok(Answer::scim(status, json!({ "schemas": [BULK_RESPONSE], "Operations": operations })))
    }

    fn run(self, progress: &mut Progress<'_>, place: usize, closes_circle: bool) {
        let Some(job) = progress.jobs.get(place) else { return };
        let data = if closes_circle {
            let is_open = |bulk_id: &str| !progress.ids.contains_key(bulk_id);
            job.data.and_then(|data| references::without(data, &is_open))
        } else {
            job.data.cloned()
        };
        let outcome = job.run(self, data.as_ref(), &progress.ids);
        if closes_circle && outcome.succeeded() {
            progress.incomplete.push(place);
        }
        if !outcome.succeeded() {
            progress.errors += 1;
        }
        if let (Some(bulk_id), Some(id)) = (job.bulk_id, outcome.made()) {
            progress.ids.insert(bulk_id, id.to_owned());
        }
        if let Some(slot) = progress.outcomes.get_mut(place) {
            *slot = Some(outcome);
        }
    }

    /// Writes what a circle left open, now that every id is known.
    fn complete(self, progress: &mut Progress<'_>, place: usize) {
        let (Some(job), Some(Some(outcome))) = (progress.jobs.get(place), progress.outcomes.get_mut(place))
        else {
            return;
        };
        job.complete(self, outcome, &progress.ids);
    }
}

impl<'a> Progress<'a> {
    fn read(body: &'a Map<String, Value>, switches: Switches) -> Result<Self, Refusal> {
        if !switches.has(BulkFault::BulkSchemasNotNeeded) {
            require_message(body, BULK_REQUEST)?;
        }
        let Some(Value::Array(operations)) = member(body, "Operations") else {
            return Err(Refusal::invalid_syntax("`Operations` must be an array"));
        };
        let most = most_operations(switches);
        if operations.len() > most && !switches.has(BulkFault::MaxOperationsIgnored) {
            return Err(Refusal::new(413, format!("a bulk request holds at most {most} operations")));
        }
        let fail_on_errors = match member(body, "failOnErrors") {
            None | Some(Value::Null) => u64::MAX,
            Some(number) => number
                .as_u64()
                .filter(|number| *number > 0)
                .ok_or_else(|| Refusal::invalid_value("failOnErrors must be a positive integer"))?,
        };
        let jobs: Vec<Job<'_>> = operations.iter().map(Job::read).collect();
        Ok(Self {
            outcomes: jobs.iter().map(|_| None).collect(),
            jobs,
            ids: HashMap::new(),
            incomplete: Vec::new(),
            errors: 0,
            fail_on_errors,
        })
    }

    /// The first job that waits for no other; else the first creation of a circle.
    fn next(&self) -> Option<(usize, bool)> {
        let pending = || {
            self.jobs.iter().enumerate().filter(|(place, _)| matches!(self.outcomes.get(*place), Some(None)))
        };
        pending()
            .find(|(_, job)| !self.waits(job))
            .map(|(place, _)| (place, false))
            .or_else(|| pending().find(|(_, job)| job.method == "POST").map(|(place, _)| (place, true)))
            .or_else(|| pending().next().map(|(place, _)| (place, false)))
    }

    /// Whether a job refers to a resource that another job has still to make.
    fn waits(&self, job: &Job<'_>) -> bool {
        job.references().iter().any(|wanted| {
            self.jobs.iter().zip(&self.outcomes).any(|(other, outcome)| {
                outcome.is_none() && other.method == "POST" && other.bulk_id == Some(wanted.as_str())
            })
        })
    }
}
