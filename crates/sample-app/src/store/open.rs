//! Opening the database, and transactions.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::record::Record;
use crate::clock;
use crate::fault::MembershipFault;
use crate::http::Refusal;
use crate::switches::Switches;
use crate::variant::Variant;

/// What a resource was until a change; nothing before it was made.
#[derive(Debug)]
struct Past {
    until: Timestamp,
    record: Option<Record>,
}

/// How late a change shows.
const LAG: SignedDuration = SignedDuration::from_millis(150);

/// The open database.
#[derive(Debug)]
pub(crate) struct Store {
    pub(super) connection: Connection,
    pub(super) switches: Switches,
    /// Filters that matched nothing, for the fault that goes on saying so.
    misses: RefCell<HashSet<String>>,
    /// What resources were before their last change, by their ids; for the variant that shows it late.
    past: RefCell<HashMap<String, Past>>,
    /// What a fault of lists remembers from one request to the next.
    pub(crate) memory: Cell<(i64, i64)>,
}

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS resources (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    name_key TEXT NOT NULL,
    unique_key TEXT,
    external_id TEXT,
    attributes TEXT NOT NULL,
    password TEXT,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS members (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (group_id, member_id)
) STRICT;
CREATE INDEX IF NOT EXISTS by_member ON members (member_id);
CREATE TABLE IF NOT EXISTS totals (
    tenant INTEGER NOT NULL,
    kind TEXT NOT NULL,
    live INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind)
) STRICT;
";

/// What finds and counts resources. It can be left out while many are stored at once.
const INDEXES: &str = "
CREATE UNIQUE INDEX IF NOT EXISTS one_name ON resources (tenant, kind, unique_key)
    WHERE unique_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_name ON resources (tenant, kind, gone, name_key, seq);
CREATE INDEX IF NOT EXISTS by_external_id ON resources (tenant, kind, gone, external_id, seq)
    WHERE external_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS in_order ON resources (tenant, kind, gone, seq);
CREATE TRIGGER IF NOT EXISTS one_more AFTER INSERT ON resources BEGIN
    INSERT INTO totals VALUES (new.tenant, new.kind, 1)
        ON CONFLICT DO UPDATE SET live = live + 1;
END;
CREATE TRIGGER IF NOT EXISTS one_less AFTER DELETE ON resources WHEN old.gone = 0 BEGIN
    UPDATE totals SET live = live - 1 WHERE tenant = old.tenant AND kind = old.kind;
END;
CREATE TRIGGER IF NOT EXISTS one_hidden AFTER UPDATE OF gone ON resources
    WHEN old.gone = 0 AND new.gone = 1 BEGIN
    UPDATE totals SET live = live - 1 WHERE tenant = old.tenant AND kind = old.kind;
END;
";

const DROP_INDEXES: &str = "
DROP INDEX one_name;
DROP INDEX by_name;
DROP INDEX by_external_id;
DROP INDEX in_order;
DROP TRIGGER one_more;
";

impl Store {
    /// Opens the file, or a database in memory, and makes the tables that are missing.
    pub(crate) fn open(file: Option<&Path>, switches: Switches) -> rusqlite::Result<Self> {
        let connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.set_prepared_statement_cache_capacity(64);
        if switches.has(MembershipFault::AddDuplicatesMember) {
            connection
                .execute_batch(&TABLES.replace("NOT NULL,\n    UNIQUE (group_id, member_id)", "NOT NULL"))?;
        } else {
            connection.execute_batch(TABLES)?;
        }
        connection.execute_batch(INDEXES)?;
        Ok(Self {
            connection,
            switches,
            misses: RefCell::default(),
            past: RefCell::default(),
            memory: Cell::default(),
        })
    }

    /// Stores many resources without keeping the indexes and totals up, which are made afterwards:
    /// several times as fast.
    pub(super) fn in_bulk(&self, work: impl FnOnce() -> Result<(), Refusal>) -> Result<(), Refusal> {
        self.atomically(|| {
            self.connection.execute_batch(DROP_INDEXES)?;
            work()?;
            self.connection.execute_batch(INDEXES)?;
            self.connection.execute_batch(
                "DELETE FROM totals;
                 INSERT INTO totals SELECT tenant, kind, COUNT(*) FROM resources WHERE gone = 0
                 GROUP BY tenant, kind",
            )?;
            Ok(())
        })
    }

    /// Whether this filter has ever matched nothing, this time included.
    pub(crate) fn missed_before(&self, filter: &str, missed: bool) -> bool {
        let mut misses = self.misses.borrow_mut();
        if missed {
            misses.insert(filter.to_owned());
        }
        misses.contains(filter)
    }

    /// Keeps what a resource was, if changes show late.
    pub(super) fn keep_past(&self, id: &str, record: Option<&Record>) {
        if self.switches.is(Variant::LateReads) {
            let past = Past { until: clock::now(), record: record.cloned() };
            self.past.borrow_mut().insert(id.to_owned(), past);
        }
    }

    /// The resource as readers see it.
    pub(crate) fn as_seen(&self, id: &str, present: Option<Record>) -> Option<Record> {
        match self.past.borrow().get(id) {
            Some(past) if clock::now().duration_since(past.until) < LAG => past.record.clone(),
            Some(_) | None => present,
        }
    }

    /// Does all of the work or none of it. Calls may nest.
    pub(crate) fn atomically<T>(&self, work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.connection.execute_batch("SAVEPOINT work")?;
        match work() {
            Ok(done) => {
                self.connection.execute_batch("RELEASE work")?;
                Ok(done)
            }
            Err(refusal) => {
                self.connection.execute_batch("ROLLBACK TO work; RELEASE work")?;
                Err(refusal)
            }
        }
    }
}
