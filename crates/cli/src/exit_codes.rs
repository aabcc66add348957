//! Every exit code and what it means: the one table that the command, its help and the README share.

use oinspect_core::Outcome;

/// Why the process ends as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// A run came to this, or could not be made for the same reason.
    Run(Outcome),
    /// The command line, the configuration, a plan or a suite is wrong.
    Usage,
}

/// Every way to end. Where several apply, the first of them counts.
const ORDER: [Exit; 8] = [
    Exit::Run(Outcome::Bug),
    Exit::Run(Outcome::Interrupted),
    Exit::Usage,
    Exit::Run(Outcome::Broken),
    Exit::Run(Outcome::Incomplete),
    Exit::Run(Outcome::StaleWaiver),
    Exit::Run(Outcome::Nothing),
    Exit::Run(Outcome::Kept),
];

impl Exit {
    /// The process's exit code.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Run(outcome) => outcome.exit_code(),
            Self::Usage => 2,
        }
    }

    /// What a reader of a CI log takes from it.
    const fn meaning(self) -> &'static str {
        match self {
            Self::Run(Outcome::Bug) => "a bug in oinspect, or a secret that would have been written",
            Self::Run(Outcome::Interrupted) => "interrupted",
            Self::Run(Outcome::Broken) => "a requirement is broken",
            Self::Run(Outcome::Incomplete) => {
                "the run could not be completed: something was blocked or could not be verified"
            }
            Self::Run(Outcome::StaleWaiver) => "a known failure no longer fails",
            Self::Run(Outcome::Nothing) => "valid filters that together select no check",
            Self::Run(Outcome::Kept) => "everything required is kept",
            Self::Usage => "the command line, the configuration or a plan is wrong",
        }
    }

    /// The one of two reasons that counts.
    pub(crate) fn or(self, other: Self) -> Self {
        ORDER.into_iter().find(|exit| [self, other].contains(exit)).unwrap_or(self)
    }
}

/// The codes from 0 upwards.
fn sorted() -> [Exit; 8] {
    let mut exits = ORDER;
    exits.sort_by_key(|exit| exit.code());
    exits
}

/// The table as it stands below `--help`.
pub(crate) fn help() -> String {
    let lines: Vec<String> =
        sorted().iter().map(|exit| format!("  {:<3}  {}", exit.code(), exit.meaning())).collect();
    format!("Exit codes:\n{}\n\nStart with: oinspect demo", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const BEGIN: &str = "<!-- exit-codes:begin -->\n";
    const END: &str = "<!-- exit-codes:end -->";

    fn markdown() -> String {
        let rows = sorted().map(|exit| format!("| {} | {} |", exit.code(), exit.meaning()));
        let order: Vec<String> =
            ORDER.iter().map(|exit| exit.code().to_string()).filter(|code| code != "0").collect();
        format!(
            "| code | meaning |\n|---|---|\n{}\n\nWhere several apply, the first of {} is taken. \
             A run with blocked checks is not a passed run.\n",
            rows.join("\n"),
            order.join(", ")
        )
    }

    #[test]
    fn the_readme_shows_the_exit_codes_as_they_are() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
        let readme = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = readme.split_once(BEGIN).unwrap();
        let (published, after) = rest.split_once(END).unwrap();
        if std::env::var_os("OINSPECT_RENEW").is_some() {
            std::fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", markdown())).unwrap();
            return;
        }
        assert!(published == markdown(), "README.md is out of date: run this with OINSPECT_RENEW=1");
    }

    #[test]
    fn no_two_reasons_share_a_code() {
        let codes = sorted().map(Exit::code);
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }

    #[test]
    fn a_report_that_cannot_be_written_does_not_hide_a_broken_requirement() {
        let unwritten = Exit::Run(Outcome::Incomplete);
        assert_eq!(unwritten.or(Exit::Run(Outcome::Broken)).code(), 1);
        assert_eq!(unwritten.or(Exit::Run(Outcome::Kept)).code(), 3);
        assert_eq!(unwritten.or(Exit::Run(Outcome::Bug)).code(), 70);
        assert_eq!(unwritten.or(Exit::Usage).code(), 2);
    }
}
