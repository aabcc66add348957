//! The report as JSON: the truth that every other format is rendered from.

use oinspect_core::{Report, SCHEMA_VERSION};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

/// Why a text could not be read as a report; completes "failed to read the report ...: ".
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no JSON.
    #[error("it is not JSON at line {line}, column {column}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// It is JSON of another kind.
    #[error("it is JSON, but not an oinspect report (\"schema_version\" and \"run\" are missing)")]
    NotAReport,
    /// A later version of this program wrote it.
    #[error(
        "its schema version is {found}, and this program reads up to {SCHEMA_VERSION}; use a newer oinspect"
    )]
    TooNew {
        /// The version it says it has.
        found: u64,
    },
    /// It says that it is a report of a version we read, but its shape is another.
    #[error("it is damaged at line {line}, column {column}")]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What does not fit.
        source: serde_json::Error,
    },
}

/// What every version of a report has.
#[derive(Deserialize)]
struct Probe {
    schema_version: u64,
    #[expect(dead_code, reason = "its presence is what tells a report from other JSON")]
    run: IgnoredAny,
}

/// The report as indented JSON, ending in a line break.
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report)
        .expect("a report holds only strings as keys, and nothing of it refuses to be written");
    text.push('\n');
    text
}

/// Reads what [`json`] wrote, also what an editor on Windows has put a byte order mark before.
pub fn read(text: &str) -> Result<Report, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let probe: Probe = serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data => ReadError::NotAReport,
        Category::Io | Category::Syntax | Category::Eof => {
            ReadError::NotJson { line: error.line(), column: error.column(), source: error }
        }
    })?;
    if probe.schema_version > u64::from(SCHEMA_VERSION) {
        return Err(ReadError::TooNew { found: probe.schema_version });
    }
    serde_json::from_str(text).map_err(|error| ReadError::Damaged {
        line: error.line(),
        column: error.column(),
        source: error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_json_is_named_with_its_place() {
        let error = read("{\n  \"schema_version\": 1,,\n}").unwrap_err();
        assert!(matches!(error, ReadError::NotJson { line: 2, .. }), "{error:?}");
        assert!(matches!(read("").unwrap_err(), ReadError::NotJson { .. }));
    }

    #[test]
    fn json_of_another_kind_is_not_a_report() {
        for other in ["{}", "[]", "7", "null", r#"{"schema_version": "one", "run": {}}"#] {
            assert!(matches!(read(other).unwrap_err(), ReadError::NotAReport), "{other}");
        }
    }

    #[test]
    fn a_newer_report_asks_for_a_newer_program() {
        let error = read(r#"{"schema_version": 99, "run": {"shape": "unknown"}}"#).unwrap_err();
        assert!(matches!(error, ReadError::TooNew { found: 99 }));
    }

    #[test]
    fn a_damaged_report_is_named_with_its_place() {
        let error = read("{\"schema_version\": 1,\n \"run\": 3}").unwrap_err();
        assert!(matches!(error, ReadError::Damaged { line: 2, .. }), "{error:?}");
    }
}
