//! One resource as the store keeps it.

use rusqlite::Row;
use serde_json::{Map, Value};

use crate::schema::ResourceType;

/// A stored resource. `attributes` holds what clients wrote, under canonical names; ids, times,
/// membership and the password live beside it.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub seq: i64,
    pub kind: ResourceType,
    pub id: String,
    pub attributes: Map<String, Value>,
    pub password: Option<String>,
    pub created: String,
    pub modified: String,
}

/// What a new resource is made of.
#[derive(Debug)]
pub(crate) struct NewRecord {
    pub kind: ResourceType,
    pub id: String,
    pub attributes: Map<String, Value>,
    pub password: Option<String>,
    pub moment: String,
}

/// The columns that `Record::from_row` expects.
pub(super) const COLUMNS: &str = "seq, kind, id, attributes, password, created, modified";

impl Record {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind: String = row.get(1)?;
        let attributes: String = row.get(3)?;
        Ok(Self {
            seq: row.get(0)?,
            kind: if kind == "Group" { ResourceType::Group } else { ResourceType::User },
            id: row.get(2)?,
            attributes: serde_json::from_str(&attributes).unwrap_or_default(),
            password: row.get(4)?,
            created: row.get(5)?,
            modified: row.get(6)?,
        })
    }

    /// The userName or the group's displayName.
    pub(crate) fn name(&self) -> &str {
        name_in(self.kind, &self.attributes)
    }
}

pub(super) fn name_in(kind: ResourceType, attributes: &Map<String, Value>) -> &str {
    attributes.get(kind.naming_attribute()).and_then(Value::as_str).unwrap_or_default()
}

/// How names are compared where letter case does not count.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}
