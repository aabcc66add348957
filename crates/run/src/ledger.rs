//! Every run and result ever, in a file that is only added to: what the gate and comparisons ask.

#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use oinspect_core::Report;
use rusqlite::{Connection, Row, TransactionBehavior, params};

/// The folder beside the configuration that holds what the program keeps.
pub(crate) const FOLDER: &str = ".oinspect";

/// How long a run waits for another one that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// The version of the tables.
const VERSION: i64 = 1;

const TABLES: &str = "
CREATE TABLE run (
    id TEXT NOT NULL PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    tool TEXT NOT NULL,
    plan TEXT NOT NULL,
    plan_sha256 TEXT NOT NULL,
    profile TEXT NOT NULL,
    seed INTEGER NOT NULL,
    target TEXT NOT NULL,
    url TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    outcome TEXT NOT NULL,
    planned INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    failed INTEGER NOT NULL
) STRICT;
CREATE TABLE result (
    number INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    check_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    weight TEXT NOT NULL,
    waived INTEGER NOT NULL,
    finished TEXT NOT NULL,
    valid_until TEXT NOT NULL
) STRICT;
CREATE INDEX result_by_check ON result (check_id, number);
CREATE TRIGGER run_keeps_rows BEFORE DELETE ON run
    BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER run_keeps_values BEFORE UPDATE ON run
    BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER result_keeps_rows BEFORE DELETE ON result
    BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER result_keeps_values BEFORE UPDATE ON result
    BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
PRAGMA user_version = 1;
";

/// The ledger. Two runs at once may write into it.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
}

/// Why the ledger cannot be used. A warning, never the end of a run: the report does not need it.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Its folder or file cannot be made.
    #[error("make the ledger {}", path.display())]
    Make {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is damaged, locked for long, or no ledger.
    #[error("use the ledger {}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// A later version of the program made it.
    #[error("use the ledger {}: a later version of oinspect made it", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
    },
}

/// One run, newest first in lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// Its id.
    pub id: String,
    /// When it began, RFC 3339.
    pub started: String,
    /// When it ended; absent for a run that was killed.
    pub finished: Option<String>,
    /// The plan's name.
    pub plan: String,
    /// Whose demands counted.
    pub profile: String,
    /// The app's name.
    pub target: String,
    /// What its results are valid for.
    pub fingerprint: String,
    /// How it came out, such as `kept`.
    pub outcome: String,
}

/// The newest result of one check against one configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastResult {
    /// The check.
    pub check: String,
    /// The run.
    pub run: String,
    /// Its verdict, such as `passed`.
    pub verdict: String,
    /// How much it weighed, such as `required`.
    pub weight: String,
    /// Whether a waiver accepted it.
    pub waived: bool,
    /// When it ended, RFC 3339.
    pub finished: String,
    /// Until when it may be handed in, RFC 3339.
    pub valid_until: String,
}

impl Ledger {
    /// Opens the ledger in `.oinspect/` of this folder; makes it if need be, readable by its owner
    /// alone.
    pub fn open(directory: &Path) -> Result<Self, LedgerError> {
        let path = directory.join(FOLDER).join("ledger.db");
        make_private(&path).map_err(|source| LedgerError::Make { path: path.clone(), source })?;
        let failed = |source| LedgerError::Database { path: path.clone(), source };
        let mut connection = Connection::open(&path).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        let version = prepare(&mut connection).map_err(failed)?;
        if version > VERSION {
            return Err(LedgerError::TooNew { path });
        }
        Ok(Self { connection, path })
    }

    /// Adds a run and its results, all or nothing.
    pub fn record(&mut self, report: &Report) -> Result<(), LedgerError> {
        let result = insert(&mut self.connection, report);
        result.map_err(|source| self.failed(source))
    }

    /// Adds a run; says in a sentence for the reader what went wrong, if anything did.
    pub fn record_or_warn(directory: &Path, report: &Report) -> Option<String> {
        let error = Self::open(directory).and_then(|mut ledger| ledger.record(report)).err()?;
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        Some(format!("failed to {error}{cause}; the report is complete without it"))
    }

    /// The newest runs, newest first.
    pub fn runs(&self, limit: u32) -> Result<Vec<RunRow>, LedgerError> {
        let sql = "SELECT id, started, finished, plan, profile, target, fingerprint, outcome
                   FROM run ORDER BY rowid DESC LIMIT ?1";
        self.query(sql, params![limit], |row| {
            Ok(RunRow {
                id: row.get(0)?,
                started: row.get(1)?,
                finished: row.get(2)?,
                plan: row.get(3)?,
                profile: row.get(4)?,
                target: row.get(5)?,
                fingerprint: row.get(6)?,
                outcome: row.get(7)?,
            })
        })
    }

    /// The newest result of each check against the configuration with this fingerprint, by id.
    pub fn last_results(&self, fingerprint: &str) -> Result<Vec<LastResult>, LedgerError> {
        // With max(), SQLite takes the other columns from the row that holds it.
        let sql = "SELECT check_id, run, verdict, weight, waived, result.finished, valid_until,
                          max(result.number)
                   FROM result JOIN run ON run.id = result.run
                   WHERE fingerprint = ?1 GROUP BY check_id ORDER BY check_id";
        self.query(sql, params![fingerprint], |row| {
            Ok(LastResult {
                check: row.get(0)?,
                run: row.get(1)?,
                verdict: row.get(2)?,
                weight: row.get(3)?,
                waived: row.get(4)?,
                finished: row.get(5)?,
                valid_until: row.get(6)?,
            })
        })
    }

    fn query<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let rows = || self.connection.prepare(sql)?.query_map(params, |row| read(row))?.collect();
        let rows: rusqlite::Result<Vec<T>> = (rows)();
        rows.map_err(|source| self.failed(source))
    }

    fn failed(&self, source: rusqlite::Error) -> LedgerError {
        LedgerError::Database { path: self.path.clone(), source }
    }
}

/// Makes the tables, unless they are there; says which version they have.
fn prepare(connection: &mut Connection) -> rusqlite::Result<i64> {
    connection.pragma_update(None, "foreign_keys", true)?;
    // Otherwise REPLACE would delete past the triggers.
    connection.pragma_update(None, "recursive_triggers", true)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == 0 {
        transaction.execute_batch(TABLES)?;
    }
    transaction.commit()?;
    Ok(version.max(VERSION))
}

fn insert(connection: &mut Connection, report: &Report) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let run = &report.run;
    transaction.execute(
        "INSERT INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            run.id.0,
            run.started.to_string(),
            report.finished.map(|finished| finished.to_string()),
            format!("{} {}", run.tool.name, run.tool.version),
            run.plan.name,
            run.plan.sha256,
            run.profile.name(),
            // Seeds of ours are below 2^53; one that a user chose keeps its bits.
            run.seed.0.cast_signed(),
            run.target.name,
            run.target.url,
            run.target.fingerprint,
            word(&report.outcome),
            count(report.summary.planned),
            count(report.summary.passed),
            count(report.summary.failed),
        ],
    )?;
    let mut add = transaction.prepare(
        "INSERT INTO result (run, check_id, verdict, weight, waived, finished, valid_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for check in report.checks() {
        add.execute(params![
            run.id.0,
            check.id,
            check.verdict.name(),
            check.weight.name(),
            check.waiver.is_some(),
            check.finished.to_string(),
            check.valid_until.to_string(),
        ])?;
    }
    drop(add);
    transaction.commit()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The word that the report has for a value.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Makes folder and file so that only their owner reads them, and git leaves them alone.
fn make_private(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        std::fs::write(folder.join(".gitignore"), "*\n")?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
