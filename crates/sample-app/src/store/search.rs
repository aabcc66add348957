//! Reading many resources: pages by index, and scans of what an index leaves over.

use rusqlite::{ToSql, params};

use super::open::Store;
use super::record::{COLUMNS, Record};
use crate::fault::DeleteFault;
use crate::http::Refusal;
use crate::schema::ResourceType;

/// A condition that an index answers; it may let through more than the filter wants, never less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Narrowing {
    Everything,
    /// By `name_key`, already folded.
    Name(String),
    /// By a part of `name_key`, already folded: a scan, though one that reads no attributes.
    NamePart(String),
    ExternalId(String),
    Id(String),
    Either(Vec<Narrowing>),
}

/// The order of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Made,
    Name,
    NameDescending,
}

impl Narrowing {
    /// SQL that binds its values in order.
    fn condition(&self, values: &mut Vec<String>) -> String {
        match self {
            Self::Everything => "1".to_owned(),
            Self::Name(key) => bound("name_key", key, values),
            Self::NamePart(part) => {
                values.push(part.clone());
                format!("instr(name_key, ?{}) > 0", values.len() + 2)
            }
            Self::ExternalId(id) => bound("external_id", id, values),
            Self::Id(id) => bound("id", id, values),
            Self::Either(options) => {
                let options: Vec<String> = options.iter().map(|option| option.condition(values)).collect();
                format!("({})", options.join(" OR "))
            }
        }
    }
}

fn bound(column: &str, value: &str, values: &mut Vec<String>) -> String {
    values.push(value.to_owned());
    format!("{column} = ?{}", values.len() + 2)
}

impl Store {
    /// How many living resources there are of a kind.
    pub(crate) fn count(&self, tenant: u32, kind: ResourceType) -> Result<usize, Refusal> {
        let live: i64 = self
            .connection
            .prepare_cached("SELECT COALESCE(SUM(live), 0) FROM totals WHERE tenant = ?1 AND kind = ?2")?
            .query_row(params![tenant, kind.name()], |row| row.get(0))?;
        Ok(usize::try_from(live).unwrap_or(0))
    }

    /// One page of everything.
    pub(crate) fn page(
        &self,
        tenant: u32,
        kind: ResourceType,
        order: Order,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<Record>, Refusal> {
        let order = match order {
            Order::Made => "seq",
            Order::Name => "name_key, seq",
            Order::NameDescending => "name_key DESC, seq",
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM resources WHERE tenant = ?1 AND kind = ?2 AND gone = 0
             ORDER BY {order} LIMIT ?3 OFFSET ?4"
        );
        let bounded = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let records = statement
            .query_map(params![tenant, kind.name(), bounded(limit), bounded(offset)], Record::from_row)?;
        Ok(records.collect::<rusqlite::Result<_>>()?)
    }

    /// The next resources behind one, in the order in which they were made.
    pub(crate) fn page_after(
        &self,
        tenant: u32,
        kind: ResourceType,
        seq: i64,
        limit: usize,
    ) -> Result<Vec<Record>, Refusal> {
        let sql = format!(
            "SELECT {COLUMNS} FROM resources WHERE tenant = ?1 AND kind = ?2 AND gone = 0 AND seq > ?3
             ORDER BY seq LIMIT ?4"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let records = statement.query_map(params![tenant, kind.name(), seq, limit], Record::from_row)?;
        Ok(records.collect::<rusqlite::Result<_>>()?)
    }

    /// The number that the newest resource was given.
    pub(crate) fn newest(&self) -> Result<i64, Refusal> {
        let sql = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'resources'";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// Shows every living resource that passes the narrowing, in the order in which they were made.
    pub(crate) fn scan(
        &self,
        tenant: u32,
        kind: ResourceType,
        narrowing: &Narrowing,
        mut each: impl FnMut(Record) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut values = Vec::new();
        let condition = narrowing.condition(&mut values);
        let living = if self.switches.has(DeleteFault::DeletedStillListed) { "1" } else { "gone = 0" };
        let sql = format!(
            "SELECT {COLUMNS} FROM resources WHERE tenant = ?1 AND kind = ?2 AND {living} AND {condition}
             ORDER BY seq"
        );
        let kind = kind.name();
        let mut bound: Vec<&dyn ToSql> = vec![&tenant, &kind];
        bound.extend(values.iter().map(|value| value as &dyn ToSql));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(bound.as_slice())?;
        while let Some(row) = rows.next()? {
            each(Record::from_row(row)?)?;
        }
        Ok(())
    }
}
