//! What a person sees of a run while it goes on, and when it is over.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use oinspect_core::{CheckResult, Document, Event, FindingRecord, NoteKind, Report, State, Verdict, Weight};
use oinspect_report::{Root, features, roots, visible};

use crate::args::Voice;

/// More findings than this do not fit a screen; the rest is counted.
const FINDINGS_SHOWN: usize = 12;

/// What a run left behind is a line each, and only so many.
const LEFTOVERS_SHOWN: usize = 5;

/// What a person sees of a run. Progress goes to standard error, results to standard output.
pub(crate) struct Console {
    voice: Voice,
    /// Hidden, until a run begins before somebody's eyes.
    progress: ProgressBar,
    /// The warnings of the run so far: each is said once.
    warned: BTreeSet<String>,
}

impl Console {
    pub(crate) fn new(voice: Voice) -> Self {
        Self { voice, progress: ProgressBar::hidden(), warned: BTreeSet::new() }
    }

    /// One line of results, in which nothing but our own style steers the terminal: what a target or a
    /// suite wrote goes through [`plain`] first.
    pub(crate) fn say(&self, line: impl AsRef<str>) {
        self.suspended(|| {
            // A closed pipe is the reader's choice.
            let _ = writeln!(anstream::stdout(), "{}", line.as_ref());
        });
    }

    /// Something to mend, beside the results.
    pub(crate) fn warn(&self, line: impl AsRef<str>) {
        let style = AnsiColor::Yellow.on_default().bold();
        self.suspended(|| {
            let _ = writeln!(anstream::stderr(), "{style}warning:{style:#} {}", visible(line.as_ref()));
        });
    }

    /// What kept the command from its work, once, at the end.
    pub(crate) fn error(&self, line: impl AsRef<str>) {
        let style = AnsiColor::Red.on_default().bold();
        self.suspended(|| {
            let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {}", visible(line.as_ref()));
        });
    }

    fn suspended(&self, print: impl FnOnce()) {
        self.progress.suspend(print);
    }

    /// The bar that has to be out of the way before anybody else writes to the terminal.
    pub(crate) fn progress(&self) -> ProgressBar {
        self.progress.clone()
    }

    /// Shows one event.
    pub(crate) fn on(&mut self, event: &Event) {
        match event {
            Event::RunStarted(run) => {
                if !self.voice.quiet {
                    let url = if run.target.url.is_empty() {
                        String::new()
                    } else {
                        format!(" · {}", run.target.url)
                    };
                    self.say(plain(&format!(
                        "oinspect {} · {} · profile {} · seed {}{url}",
                        run.tool.version,
                        run.plan.name,
                        run.profile.name(),
                        run.seed,
                    )));
                    show(&self.progress, run.planned);
                }
            }
            Event::GroupStarted(_)
            | Event::Discovered(_)
            | Event::GroupFinished { .. }
            | Event::LeftBehind(_)
            | Event::RunFinished { .. } => {}
            Event::CheckStarted { id, .. } => {
                self.progress.set_message(id.clone());
            }
            Event::CheckFinished(check) => {
                self.progress.inc(1);
                if self.voice.verbose {
                    self.say(format!("{} {}  {}", badge(check.verdict), check.id, plain(&check.title)));
                }
            }
            Event::Noted(note) => match note.kind {
                NoteKind::Warning if !self.warned.insert(note.text.clone()) => {}
                NoteKind::Warning => self.warn(&note.text),
                NoteKind::Information if self.voice.verbose => {
                    self.say(format!("note: {}", plain(&note.text)));
                }
                NoteKind::Information => {}
            },
        }
    }

    /// What the run came to.
    pub(crate) fn conclude(&mut self, report: &Report, files: &[String]) {
        self.progress.finish_and_clear();
        self.findings(report);
        self.obstacles(report);
        self.leftovers(report);
        let broken = report.outcome.exit_code() != 0;
        if self.voice.quiet && !broken {
            return;
        }
        self.readiness(report);
        self.say(counts(report));
        let style =
            if broken { AnsiColor::Red.on_default().bold() } else { AnsiColor::Green.on_default().bold() };
        // Nobody hands in the results of a run that did not pass.
        let until = report.valid_until.filter(|_| !broken);
        let until = until.map_or_else(String::new, |until| format!("; valid until {until:.0}"));
        self.say(format!("{style}{}{style:#}{until}", sentence(report)));
        if !files.is_empty() {
            self.say(plain(&format!("report: {}", files.join(", "))));
        }
    }

    /// The broken requirements in full, most severe first; what is only information in a line.
    fn findings(&self, report: &Report) {
        let mut found: Vec<Root<'_>> = roots(report)
            .into_iter()
            .filter(|root| matches!(root.check.verdict, Verdict::Crashed | Verdict::Failed | Verdict::Warned))
            .collect();
        found.sort_by_key(|root| (root.check.verdict, std::cmp::Reverse(root.check.weight)));
        for Root { check, followers } in found.iter().take(FINDINGS_SHOWN) {
            self.finding(report, check);
            if let Some(ids) = named(&followers.iter().map(|check| check.id.as_str()).collect::<Vec<_>>()) {
                self.say(format!("    and so    {ids}, for the same cause"));
            }
        }
        if found.len() > FINDINGS_SHOWN {
            self.say(format!("... and {} more in the report", found.len() - FINDINGS_SHOWN));
        }
    }

    fn finding(&self, report: &Report, check: &CheckResult) {
        self.say(format!("{} {}  {}", badge(check.verdict), check.id, plain(&check.title)));
        // An assertion of a suite means nothing without the request that it is about.
        let group = report.groups.iter().find(|group| group.header.id == check.group);
        if let (Document::RunscopeSuite, Some(group)) = (check.requirement.document, group) {
            self.say(format!("    request   {}", plain(&group.header.title)));
        }
        match &check.finding {
            Some(FindingRecord::Broken { expected, actual, fix, .. }) => {
                self.say(format!("    expected  {}", plain(expected)));
                self.say(format!("    actual    {}", plain(actual)));
                let information = if check.weight == Weight::Information { ", information only" } else { "" };
                self.say(format!("    cited     {}{information}", check.requirement.citation()));
                if let Some(fix) = fix {
                    self.say(format!("    mend      {}", plain(fix)));
                }
            }
            Some(FindingRecord::Reason { why }) => self.say(format!("    because   {}", plain(why))),
            None => {}
        }
        if let Some(waiver) = &check.waiver {
            self.say(format!("    waived    until {}: {}", waiver.expires, plain(&waiver.reason)));
        }
    }

    /// What could not be judged: each cause once, in the order of time, with how many checks it stopped.
    fn obstacles(&self, report: &Report) {
        // What a finding has caused is said with the finding.
        let caused: BTreeSet<&str> = roots(report)
            .into_iter()
            .filter(|root| matches!(root.check.finding, Some(FindingRecord::Broken { .. })))
            .flat_map(|root| root.followers)
            .map(|check| check.id.as_str())
            .collect();
        let mut checks: Vec<&CheckResult> =
            report.checks().filter(|check| !caused.contains(check.id.as_str())).collect();
        checks.sort_by_key(|check| check.finished);
        let mut causes: Vec<((Verdict, &str), Vec<&str>)> = Vec::new();
        for check in checks {
            let interesting = matches!(check.verdict, Verdict::Blocked | Verdict::NotVerified)
                || (self.voice.verbose && check.verdict == Verdict::Skipped);
            let (true, Some(FindingRecord::Reason { why })) = (interesting, &check.finding) else { continue };
            let cause = (check.verdict, why.as_str());
            match causes.iter_mut().find(|(known, _)| *known == cause) {
                Some((_, ids)) => ids.push(&check.id),
                None => causes.push((cause, vec![&check.id])),
            }
        }
        for ((verdict, why), ids) in causes {
            let Some(which) = named(&ids) else { continue };
            self.say(format!("{} {which}", badge(verdict)));
            self.say(format!("    because   {}", plain(why)));
        }
    }

    /// What an identity provider can do with the target, and what it cannot yet.
    fn readiness(&self, report: &Report) {
        let features = features(report);
        for state in [State::Ready, State::Warned, State::Broken, State::Incomplete] {
            let titles: Vec<&str> =
                features.iter().filter(|one| one.state == state).map(|one| one.name.as_str()).collect();
            if !titles.is_empty() {
                self.say(format!("{}: {}", state.name(), plain(&titles.join(", "))));
            }
        }
    }

    fn leftovers(&self, report: &Report) {
        for leftover in report.leftovers.iter().take(LEFTOVERS_SHOWN) {
            self.warn(format!("left behind: {} ({})", leftover.label, leftover.why));
        }
        if report.leftovers.len() > LEFTOVERS_SHOWN {
            self.warn(format!(
                "left behind: {} more, see the report",
                report.leftovers.len() - LEFTOVERS_SHOWN
            ));
        }
    }
}

/// Ids as a line has room for them.
fn named(ids: &[&str]) -> Option<String> {
    match ids {
        [] => None,
        [id] => Some((*id).to_owned()),
        [first, rest @ ..] => Some(format!("{first} and {} more", rest.len())),
    }
}

/// Text that is not ours, on one line and without anything that a terminal would obey.
pub(crate) fn plain(text: &str) -> String {
    visible(text).replace('\n', "␊")
}

/// A bar on a terminal; nothing where lines are kept.
fn show(bar: &ProgressBar, planned: usize) {
    if !std::io::stderr().is_terminal() || std::env::var_os("CI").is_some() {
        return;
    }
    let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") else { return };
    bar.set_style(style);
    bar.set_length(planned as u64);
    bar.set_draw_target(ProgressDrawTarget::stderr());
}

/// The verdict as a coloured word; the word says everything that the colour says.
pub(crate) fn badge(verdict: Verdict) -> String {
    let (sign, style) = match verdict {
        Verdict::Passed => ("✓", AnsiColor::Green.on_default()),
        Verdict::Failed => ("✗", AnsiColor::Red.on_default().bold()),
        Verdict::Crashed => ("✗", AnsiColor::Magenta.on_default().bold()),
        Verdict::Warned => ("!", AnsiColor::Yellow.on_default()),
        Verdict::Blocked | Verdict::NotVerified => ("?", AnsiColor::Cyan.on_default()),
        Verdict::Skipped => ("-", Style::new().dimmed()),
    };
    format!("{style}{sign} {}{style:#}", verdict.name())
}

/// What the run came to. A secret that was nearly written is not what a reader takes for a crash.
fn sentence(report: &Report) -> String {
    if report.withheld > 0 && report.summary.crashed == 0 {
        let fields =
            if report.withheld == 1 { "1 field".to_owned() } else { format!("{} fields", report.withheld) };
        return format!(
            "a secret would have been written: {fields} withheld (is a configured secret an ordinary word?)"
        );
    }
    report.outcome.sentence().to_owned()
}

fn counts(report: &Report) -> String {
    let summary = &report.summary;
    let mut parts: Vec<String> = [Verdict::Passed, Verdict::Failed]
        .into_iter()
        .map(|verdict| format!("{} {}", summary.count(verdict), verdict.name()))
        .collect();
    for verdict in
        [Verdict::Warned, Verdict::Blocked, Verdict::NotVerified, Verdict::Skipped, Verdict::Crashed]
    {
        if summary.count(verdict) > 0 {
            parts.push(format!("{} {}", summary.count(verdict), verdict.name()));
        }
    }
    let took = report.finished.map_or_else(String::new, |finished| {
        format!(" in {:.1} s", finished.duration_since(report.run.started).as_secs_f64())
    });
    let requests = if summary.requests == 1 { "request" } else { "requests" };
    format!("{} of {} checks, {} {requests}{took}", parts.join(", "), summary.planned, summary.requests)
}
