//! The report as Markdown, for a comment on a pull request or a job's summary.

use std::fmt::Write;

use oinspect_core::{CheckResult, FindingRecord, NoteKind, Report, Verdict, Weight};

use crate::findings::{is_stale, is_waived, reason, symbol, word};
use crate::readiness::features;
use crate::roots::{Root, roots};
use crate::transcript::story;
use crate::visible::{one_line, visible};

/// A comment on GitHub holds 65,536 characters; this many findings with their texts cut stay below.
const MOST: usize = 20;
/// So many of the checks that share a cause are named.
const FOLLOWERS: usize = 8;
/// The most that is shown of a value on one line.
const INLINE: usize = 160;
/// The most that is shown of a longer value.
const BLOCK: usize = 800;
/// So many of the findings are told with what the user agent did.
const STORIES: usize = 5;
/// The most that is shown of such a story.
const STORY: usize = 2400;

/// The verdict, the counts, the most severe findings, what was left behind and how to run it again.
pub fn markdown(report: &Report) -> String {
    let mut text = String::new();
    write_top(&mut text, report);
    write_counts(&mut text, report);
    write_features(&mut text, report);
    write_findings(&mut text, report);
    write_notes(&mut text, report);
    write_reproduction(&mut text, report);
    text
}

fn write_top(text: &mut String, report: &Report) {
    let run = &report.run;
    let _ = writeln!(text, "## oinspect: {}\n", report.sentence());
    let _ = write!(text, "{} at {}", code(&run.target.name), code(&run.target.url));
    let _ = write!(text, ", plan {}, profile `{}`", code(&run.plan.name), run.profile.name());
    match report.valid_until {
        Some(valid_until) => {
            let _ = writeln!(text, ". Valid until {}.", valid_until.strftime("%-d %B %Y, %H:%M UTC"));
        }
        None => text.push_str(".\n"),
    }
}

fn write_counts(text: &mut String, report: &Report) {
    let summary = &report.summary;
    text.push_str("\n| verdict | checks |\n| --- | ---: |\n");
    for verdict in Verdict::ALL.into_iter().filter(|verdict| summary.count(*verdict) > 0) {
        let _ = write!(text, "| {} {} | {}", symbol(verdict), verdict.name(), summary.count(verdict));
        if verdict == Verdict::Failed && summary.waived > 0 {
            let _ = write!(text, " ({} accepted)", summary.waived);
        }
        text.push_str(" |\n");
    }
    let (kept, judged) = summary.conformance();
    let (complete, planned) = summary.completeness();
    let _ = writeln!(
        text,
        "\n**Conformance** {kept} of {judged} judged · **completeness** {complete} of {planned} planned"
    );
}

fn write_findings(text: &mut String, report: &Report) {
    let roots = roots(report);
    if roots.is_empty() {
        return;
    }
    text.push_str("\n### Findings\n");
    let mut stories = 0;
    for Root { check, followers } in roots.iter().take(MOST) {
        write_finding(text, check);
        write_followers(text, followers);
        let told = story(&check.evidence);
        if !told.is_empty() && stories < STORIES {
            stories += 1;
            text.push_str("\n<details><summary>What happened</summary>\n\n");
            write_block(text, "", &told, STORY);
            text.push_str("\n</details>\n");
        }
    }
    if roots.len() > MOST {
        let _ = writeln!(text, "\n+{} more in the report", roots.len() - MOST);
    }
}

fn write_finding(text: &mut String, check: &CheckResult) {
    let word = word(check);
    let _ = writeln!(
        text,
        "\n#### {} {word}: {}\n\n{} · {} · {}{}\n",
        symbol(check.verdict),
        prose(&check.title),
        code(&check.id),
        citation(check),
        prose(&check.requirement.demand),
        if check.weight == Weight::Information { " · information only" } else { "" },
    );
    match &check.finding {
        Some(FindingRecord::Broken { expected, actual, fix, .. }) => {
            write_value(text, "Expected", expected);
            write_value(text, "Actual", actual);
            if let Some(fix) = fix {
                let _ = writeln!(text, "- Fix: {}", prose(&one_line(fix, BLOCK)));
            }
        }
        Some(FindingRecord::Reason { why }) => write_value(text, "Reason", why),
        None => write_value(text, "Reason", &reason(check)),
    }
    if let Some(waiver) = check.waiver.as_ref().filter(|_| is_waived(check) || is_stale(check)) {
        let reason = one_line(&waiver.reason, INLINE);
        let _ = writeln!(text, "- Accepted until {}: {}", code(&waiver.expires), prose(&reason));
    }
}

/// The checks that have the same cause, by their ids.
fn write_followers(text: &mut String, followers: &[&CheckResult]) {
    if followers.is_empty() {
        return;
    }
    let ids: Vec<String> = followers.iter().take(FOLLOWERS).map(|check| code(&check.id)).collect();
    let more = match followers.len().saturating_sub(FOLLOWERS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let _ = writeln!(text, "- The same cause: {}{more}", ids.join(", "));
}

/// What an identity provider can do with the target, a line each.
fn write_features(text: &mut String, report: &Report) {
    let features = features(report);
    if features.is_empty() {
        return;
    }
    text.push_str(
        "\n### Ready for Okta\n\n| feature | state | checks kept | broken |\n| --- | --- | ---: | --- |\n",
    );
    for feature in features {
        let broken: Vec<String> = feature.broken.iter().map(|id| code(id)).collect();
        let (kept, all) = feature.kept;
        let _ = writeln!(
            text,
            "| {} | {} | {kept} of {all} | {} |",
            prose(&feature.name),
            feature.state.name(),
            broken.join(", ")
        );
    }
}

fn write_value(text: &mut String, name: &str, value: &str) {
    if value.lines().count() < 2 && value.chars().count() <= INLINE {
        let _ = writeln!(text, "- {name}: {}", code(value));
        return;
    }
    let _ = writeln!(text, "- {name}:\n");
    write_block(text, "  ", value, BLOCK);
    text.push('\n');
}

/// The beginning of a text, fenced so that nothing in it is markup.
fn write_block(text: &mut String, indent: &str, value: &str, most: usize) {
    let beginning: String = value.chars().take(most).collect();
    let shown = visible(&beginning);
    let fence = "`".repeat(longest_run(&shown, '`').max(2) + 1);
    let _ = writeln!(text, "{indent}{fence}text");
    for line in shown.lines() {
        let _ = writeln!(text, "{indent}{line}");
    }
    if beginning.len() < value.len() {
        let _ = writeln!(text, "{indent}…");
    }
    let _ = writeln!(text, "{indent}{fence}");
}

fn write_notes(text: &mut String, report: &Report) {
    if !report.notes.is_empty() {
        text.push_str("\n### Notes\n\n");
    }
    for note in &report.notes {
        let kind = match note.kind {
            NoteKind::Information => "",
            NoteKind::Warning => "**Warning:** ",
        };
        let _ = writeln!(text, "- {kind}{}", prose(&one_line(&note.text, BLOCK)));
    }
    if !report.leftovers.is_empty() {
        text.push_str("\n### Left behind in the target\n\n");
    }
    for leftover in report.leftovers.iter().take(MOST) {
        let why = prose(&one_line(&leftover.why, INLINE));
        let _ = writeln!(text, "- {}: {why}", code(&leftover.label));
    }
    if report.leftovers.len() > MOST {
        let _ = writeln!(text, "- +{} more in the report", report.leftovers.len() - MOST);
    }
}

fn write_reproduction(text: &mut String, report: &Report) {
    let run = &report.run;
    let _ = writeln!(
        text,
        "\n### To reproduce\n\nRun plan {} (SHA-256 `{}`) with `--profile {} --seed {}` against {}. \
         This was run `{}` of {} {}, {}.",
        code(run.plan.file.as_deref().unwrap_or(&run.plan.name)),
        run.plan.sha256,
        run.profile.name(),
        run.seed,
        code(&run.target.url),
        run.id,
        run.tool.name,
        run.tool.version,
        run.started.strftime("%-d %B %Y, %H:%M UTC"),
    );
}

/// The citation, as a link where there is one.
fn citation(check: &CheckResult) -> String {
    let citation = prose(&check.requirement.citation());
    match check.requirement.link.as_deref().and_then(|link| url::Url::parse(link).ok()) {
        // A parsed URL holds no space, no angle bracket and no line break.
        Some(link) if matches!(link.scheme(), "http" | "https") => format!("[{citation}](<{link}>)"),
        _ => citation,
    }
}

/// A value as a code span on one line, whatever backticks it holds.
fn code(value: &str) -> String {
    let line = one_line(value, INLINE);
    let ticks = "`".repeat(longest_run(&line, '`') + 1);
    // Of spaces at both ends Markdown takes one away; they keep a backtick from the fence.
    let padding = if line.starts_with('`') || line.ends_with('`') || line.is_empty() { " " } else { "" };
    format!("{ticks}{padding}{line}{padding}{ticks}")
}

/// Text that Markdown shows as it is: no markup, no HTML, and nobody is notified.
fn prose(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in one_line(text, BLOCK).chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => {
                escaped.push('\\');
                escaped.push(character);
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}

fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|character| character != wanted).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_span_outlives_the_backticks_in_it() {
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
    }

    #[test]
    fn prose_holds_no_markup() {
        assert_eq!(prose("<b> @team [x](y) *z*"), "&lt;b> &#64;team \\[x\\](y) \\*z\\*");
    }
}
