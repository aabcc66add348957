//! Runs the selected checks: discovery first, then groups side by side, checks in table order.

mod check;
mod discovery;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use oinspect_core::{Event, Evidence, GroupHeader, Note, NoteKind, Profile, Session, Verdict, Waiver};

use crate::interrupt::Interrupt;
use crate::select::{SelectedGroup, Selection};

pub(crate) use check::message as panic_message;
pub(crate) use discovery::sentence;

use discovery::Obstacle;

/// How to run.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// How many groups run side by side.
    pub jobs: usize,
    /// Whether the first failure without a waiver ends the run.
    pub fail_fast: bool,
    /// The longest that the run may take; what is left then is blocked.
    pub run_timeout: Option<Duration>,
    /// Whose demands count.
    pub profile: Profile,
    /// Ends the run early.
    pub interrupt: Interrupt,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            jobs: 4,
            fail_fast: false,
            run_timeout: None,
            profile: Profile::default(),
            interrupt: Interrupt::default(),
        }
    }
}

/// Where events go: a recorder, usually. Called from several threads.
pub type Emit<'a> = &'a (dyn Fn(Event) + Sync);

/// Runs everything selected and says what happens. `RunStarted`, `RunFinished` and the clean-up are
/// the caller's: see `header`, `Recorder::finish` and `clean_up`, to which the session goes next.
///
/// Groups begin in table order, however many run side by side; a group that needs the target to
/// itself waits for those before it and holds up those after it.
pub fn run(
    mut session: Session,
    selection: &Selection,
    options: &RunOptions,
    emit: Emit<'_>,
) -> Arc<Session> {
    let started = session.clock.now();
    if let Some(limit) = options.run_timeout {
        session.check_timeout = session.check_timeout.min(limit);
    }
    let waivers = valid_waivers(selection, started, emit);
    let (session, obstacles) = discovery::discover(session, selection, options, emit);
    let running = Running {
        session: &session,
        options,
        emit,
        obstacles,
        waivers,
        deadline: options.run_timeout.and_then(|limit| started.checked_add(limit).ok()),
        is_stopped: AtomicBool::new(false),
        is_late: AtomicBool::new(false),
        finished: AtomicUsize::new(0),
    };
    let mut rest = selection.groups.as_slice();
    while let Some(first) = rest.first() {
        let together = rest.iter().take_while(|group| !group.group.alone).count();
        let (batch, behind) = rest.split_at(if first.group.alone { 1 } else { together });
        running.batch(batch);
        rest = behind;
    }
    running.say_what_is_missing(selection.planned());
    options.interrupt.detach();
    session
}

/// What the threads of a run share.
struct Running<'a> {
    session: &'a Arc<Session>,
    options: &'a RunOptions,
    emit: Emit<'a>,
    obstacles: BTreeMap<&'static str, Obstacle>,
    waivers: BTreeMap<&'static str, Waiver>,
    deadline: Option<Timestamp>,
    /// A failure ended the run.
    is_stopped: AtomicBool,
    /// The run took too long, and that was said.
    is_late: AtomicBool,
    finished: AtomicUsize,
}

impl Running<'_> {
    fn batch(&self, groups: &[SelectedGroup]) {
        let queue = Mutex::new(groups.iter());
        std::thread::scope(|scope| {
            for _ in 0..self.options.jobs.clamp(1, groups.len()) {
                scope.spawn(|| {
                    while let Some(group) = self.next(&queue) {
                        self.group(group);
                    }
                });
            }
        });
    }

    /// Takes the next group and says that it begins, in one step: so they begin in table order.
    fn next<'g>(&self, queue: &Mutex<std::slice::Iter<'g, SelectedGroup>>) -> Option<&'g SelectedGroup> {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_over() {
            return None;
        }
        let group = queue.next()?;
        (self.emit)(Event::GroupStarted(GroupHeader {
            id: group.group.id.to_owned(),
            title: group.group.title.to_owned(),
            suite: group.suite.id.to_owned(),
        }));
        Some(group)
    }

    fn group(&self, group: &SelectedGroup) {
        for check in &group.checks {
            if self.is_over() {
                break;
            }
            (self.emit)(Event::CheckStarted { group: group.group.id.to_owned(), id: check.id.to_owned() });
            let mut result = if self.took_too_long() {
                check::blocked(self, group, check, &self.too_long())
            } else {
                check::perform(self, group, check)
            };
            result.waiver = self.waivers.get(check.id).cloned();
            if self.options.fail_fast && result.verdict == Verdict::Failed && result.waiver.is_none() {
                self.is_stopped.store(true, Ordering::SeqCst);
            }
            self.finished.fetch_add(1, Ordering::SeqCst);
            (self.emit)(Event::CheckFinished(Box::new(result)));
        }
        (self.emit)(Event::GroupFinished { id: group.group.id.to_owned(), evidence: Evidence::default() });
    }

    fn is_over(&self) -> bool {
        self.is_stopped.load(Ordering::SeqCst) || self.session.is_cancelled()
    }

    fn took_too_long(&self) -> bool {
        let is_late = self.deadline.is_some_and(|deadline| self.session.clock.now() >= deadline);
        if is_late && !self.is_late.swap(true, Ordering::SeqCst) {
            note(
                self.emit,
                NoteKind::Warning,
                format!("{}: the checks that were left are blocked", self.too_long()),
            );
        }
        is_late
    }

    fn too_long(&self) -> String {
        let limit = self.options.run_timeout.unwrap_or_default();
        format!("the run took longer than {limit:?} (limits.run)")
    }

    fn say_what_is_missing(&self, planned: usize) {
        let missing = planned.saturating_sub(self.finished.load(Ordering::SeqCst));
        if missing == 0 {
            return;
        }
        let why = if self.session.is_cancelled() {
            "the run was interrupted"
        } else {
            "the run stopped at the first failure"
        };
        note(self.emit, NoteKind::Warning, format!("{why}: {missing} of {planned} checks were not run"));
    }
}

fn note(emit: Emit<'_>, kind: NoteKind, text: String) {
    emit(Event::Noted(Note { kind, text }));
}

/// The waivers that still hold, by check; each one that does not is said once.
fn valid_waivers(selection: &Selection, now: Timestamp, emit: Emit<'_>) -> BTreeMap<&'static str, Waiver> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let selected: BTreeSet<&str> =
        selection.groups.iter().flat_map(|group| &group.checks).map(|check| check.id).collect();
    let mut valid = BTreeMap::new();
    for waiver in &selection.waivers {
        if waiver.expires >= today {
            valid.extend(waiver.ids.iter().map(|&id| (id, waiver.waiver.clone())));
        } else if waiver.ids.iter().any(|id| selected.contains(id)) {
            let text = format!(
                "the waiver of {} expired on {} and no longer counts ({})",
                waiver.pattern, waiver.waiver.expires, waiver.waiver.reason
            );
            note(emit, NoteKind::Warning, text);
        }
    }
    valid
}
