//! The vocabulary of oinspect.
//!
//! This crate forbids input and output, async and command lines: a check written against it can
//! reach its target through [`Cx`] and in no other way, and a [`Report`] can be judged and rendered
//! without knowing how it was made.

mod bounds;
mod capability;
mod check;
mod cleanup;
mod clock;
mod curl;
mod cx;
mod event;
mod evidence;
mod finding;
mod offer;
mod profile;
mod redaction;
mod report;
mod requirement;
mod result;
mod seed;
mod session;
mod story;
mod summary;
mod transport;
mod verdict;

pub use bounds::{BODY_CAP, LINE_CAP};
pub use capability::Capability;
pub use check::{Check, Group, Suite, Tag};
pub use cleanup::{Created, Removal};
pub use clock::Clock;
pub use curl::curl_line;
pub use cx::Cx;
pub use event::Event;
pub use evidence::{Body, Evidence, Exchange, RequestRecord, ResponseRecord, Step};
pub use finding::Finding;
pub use offer::{CapabilityRecord, Feature, FeatureRecord, Offer, Practice, State};
pub use profile::{Profile, Weight};
pub use redaction::{Redactor, is_secret_name};
pub use report::{
    Environment, GroupHeader, GroupResult, Leftover, Note, NoteKind, PlanRecord, Report, RunHeader,
    SCHEMA_VERSION, TargetRecord, Tool,
};
pub use requirement::{Document, Level, Requirement, may, must, oin_demands, okta_demands, should};
pub use result::{CheckResult, FindingRecord, RequirementRecord, VALIDITY_HOURS, Waiver};
pub use seed::{RunId, Seed};
pub use session::{Session, Slots};
pub use story::{
    Arrived, Cause, Displayed, Hop, Message, Passage, SCREENSHOT_CAP, Screenshot, SentValue, Visit,
    VisitRecord,
};
pub use summary::{Outcome, Summary};
pub use transport::{Method, Request, Response, Transport, TransportError, TransportErrorKind};
pub use verdict::Verdict;
