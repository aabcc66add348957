//! Workflow commands that GitHub shows as annotations.

use oinspect_core::{CheckResult, Report, Verdict, Weight};

use crate::findings::{is_stale, is_waived, reason, word};
use crate::roots::{Root, roots};
use crate::visible::one_line;

/// GitHub shows no more of one kind in a step.
const MOST: usize = 10;

/// One command a line: the ten most severe findings, then how many more there are.
pub fn github(report: &Report) -> String {
    let roots = roots(report);
    let mut lines: Vec<String> = roots.iter().take(MOST).map(annotation).collect();
    if roots.len() > MOST {
        lines.push(format!("::notice::+{} more findings in the report", roots.len() - MOST));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn annotation(root: &Root<'_>) -> String {
    let check = root.check;
    let title = one_line(&format!("{}: {}", check.id, check.title), 200);
    let same = match root.followers.len() {
        0 => String::new(),
        more => format!(" (and {more} more of the same cause)"),
    };
    let message = format!("{}: {} [{}]{same}", word(check), reason(check), check.requirement.citation());
    let message = one_line(&message, 1000);
    format!("::{} title={}::{}", command(check), property(&title), data(&message))
}

/// Only what makes the run fail is an error.
fn command(check: &CheckResult) -> &'static str {
    match check.verdict {
        _ if is_waived(check) => "notice",
        _ if is_stale(check) => "warning",
        Verdict::Crashed | Verdict::Failed => "error",
        _ if check.weight == Weight::Information => "notice",
        Verdict::Warned | Verdict::Blocked | Verdict::NotVerified => "warning",
        Verdict::Skipped | Verdict::Passed => "notice",
    }
}

/// Escapes what would end a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what would end a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_command_early() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a: b, c%"), "a%3A b%2C c%25");
    }
}
