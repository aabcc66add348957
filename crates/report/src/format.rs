//! The formats that a report is rendered into, by name and by file.

use oinspect_core::Report;

/// A format that a report is rendered into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The truth itself.
    Json,
    /// For CI servers that count tests.
    Junit,
    /// For a person, in one file.
    Html,
    /// For a comment on a pull request, or a job's summary.
    Markdown,
    /// Annotations of a GitHub workflow.
    Github,
    /// The HTTP exchanges, for tools that read archives of traffic.
    Har,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Self; 6] = [Self::Json, Self::Junit, Self::Html, Self::Markdown, Self::Github, Self::Har];

    /// The name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Github => "github",
            Self::Har => "har",
        }
    }

    /// The file that holds it.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Json => "report.json",
            Self::Junit => "report.xml",
            Self::Html => "report.html",
            Self::Markdown => "report.md",
            Self::Github => "report.github.txt",
            Self::Har => "report.har",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// The report in one of the formats.
pub fn render(format: Format, report: &Report) -> String {
    match format {
        Format::Json => crate::json::json(report),
        Format::Junit => crate::junit::junit(report),
        Format::Html => crate::html::html(report),
        Format::Markdown => crate::markdown::markdown(report),
        Format::Github => crate::github::github(report),
        Format::Har => crate::har::har(report),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_has_a_file_of_its_own() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
            let same = Format::ALL.iter().filter(|other| other.file_name() == format.file_name());
            assert_eq!(same.count(), 1, "{}", format.file_name());
        }
        assert_eq!(Format::named("pdf"), None);
    }
}
