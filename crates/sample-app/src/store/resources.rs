//! Making, finding, changing and removing one resource.

use rusqlite::{ErrorCode, OptionalExtension as _, params};
use serde_json::{Map, Value};

use super::open::Store;
use super::record::{COLUMNS, NewRecord, Record, folded, name_in};
use crate::fault::{CreateFault, DeleteFault, GroupFault, MembershipFault, PatchFault, RefusalFault};
use crate::http::Refusal;
use crate::schema::ResourceType;
use crate::variant::Variant;

impl Store {
    /// Stores a new resource; a name that is taken is refused by the index, also under concurrency.
    pub(crate) fn insert(&self, tenant: u32, new: &NewRecord) -> Result<Record, Refusal> {
        let name = name_in(new.kind, &new.attributes);
        self.insert_as(tenant, new, self.unique_key(new.kind, name).as_deref())
    }

    /// Stores a new resource though its name may be taken.
    pub(crate) fn insert_beside(&self, tenant: u32, new: &NewRecord) -> Result<Record, Refusal> {
        self.insert_as(tenant, new, None)
    }

    fn insert_as(&self, tenant: u32, new: &NewRecord, unique_key: Option<&str>) -> Result<Record, Refusal> {
        self.connection
            .prepare_cached(
                "INSERT INTO resources
                 (tenant, kind, id, name_key, unique_key, external_id, attributes, password, created, modified)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
            )?
            .execute(params![
                tenant,
                new.kind.name(),
                new.id,
                folded(name_in(new.kind, &new.attributes)),
                unique_key,
                external_id(&new.attributes),
                text(&new.attributes),
                new.password,
                new.moment
            ])
            .map_err(|error| self.refused(new.kind, error))?;
        self.keep_past(&new.id, None);
        Ok(Record {
            seq: self.connection.last_insert_rowid(),
            kind: new.kind,
            id: new.id.clone(),
            attributes: new.attributes.clone(),
            password: new.password.clone(),
            created: new.moment.clone(),
            modified: new.moment.clone(),
        })
    }

    /// Writes a changed resource back.
    pub(crate) fn update(&self, record: &Record, renamed: bool) -> Result<(), Refusal> {
        self.keep_before(&record.id)?;
        let unique_key = if self.switches.has(RefusalFault::RenameTakesName) {
            None
        } else {
            self.unique_key(record.kind, record.name())
        };
        let name_key = if self.switches.has(PatchFault::StaleNameIndex) {
            self.name_key(record)?
        } else {
            folded(record.name())
        };
        self.connection
            .prepare_cached(
                "UPDATE resources SET name_key = ?2, external_id = ?3, attributes = ?4, password = ?5,
                 modified = ?6, unique_key = CASE WHEN ?7 THEN ?8 ELSE unique_key END WHERE seq = ?1",
            )?
            .execute(params![
                record.seq,
                name_key,
                external_id(&record.attributes),
                text(&record.attributes),
                record.password,
                record.modified,
                renamed,
                unique_key
            ])
            .map_err(|error| self.refused(record.kind, error))?;
        Ok(())
    }

    /// The name under which the index has a resource.
    pub(crate) fn name_key(&self, record: &Record) -> Result<String, Refusal> {
        let held = "SELECT name_key FROM resources WHERE seq = ?1";
        Ok(self.connection.prepare_cached(held)?.query_row([record.seq], |row| row.get(0))?)
    }

    /// Gives a resource another id, as no sound server does.
    pub(crate) fn move_to_id(&self, record: &Record, id: &str) -> Result<(), Refusal> {
        self.connection.execute("UPDATE resources SET id = ?2 WHERE seq = ?1", params![record.seq, id])?;
        Ok(())
    }

    fn keep_before(&self, id: &str) -> Result<(), Refusal> {
        if self.switches.is(Variant::LateReads) {
            let sql = format!("SELECT {COLUMNS} FROM resources WHERE id = ?1");
            let before =
                self.connection.prepare_cached(&sql)?.query_row([id], Record::from_row).optional()?;
            self.keep_past(id, before.as_ref());
        }
        Ok(())
    }

    /// The living resource with this id.
    pub(crate) fn find(&self, tenant: u32, kind: ResourceType, id: &str) -> Result<Option<Record>, Refusal> {
        self.find_where(tenant, kind, id, "AND gone = 0")
    }

    /// The resource with this id, also when it was removed and only hidden.
    pub(crate) fn find_even_gone(
        &self,
        tenant: u32,
        kind: ResourceType,
        id: &str,
    ) -> Result<Option<Record>, Refusal> {
        self.find_where(tenant, kind, id, "")
    }

    fn find_where(
        &self,
        tenant: u32,
        kind: ResourceType,
        id: &str,
        living: &str,
    ) -> Result<Option<Record>, Refusal> {
        let sql =
            format!("SELECT {COLUMNS} FROM resources WHERE id = ?1 AND tenant = ?2 AND kind = ?3 {living}");
        Ok(self
            .connection
            .prepare_cached(&sql)?
            .query_row(params![id, tenant, kind.name()], Record::from_row)
            .optional()?)
    }

    /// The kind and the name to show of a living resource of either kind.
    pub(crate) fn describe(
        &self,
        tenant: u32,
        id: &str,
    ) -> Result<Option<(ResourceType, Option<String>)>, Refusal> {
        for kind in ResourceType::ALL {
            if let Some(record) = self.find(tenant, kind, id)? {
                let name = record.attributes.get("displayName").and_then(Value::as_str);
                return Ok(Some((kind, name.map(str::to_owned).or_else(|| Some(record.name().to_owned())))));
            }
        }
        Ok(None)
    }

    /// Removes a resource and its memberships; its id never comes back.
    pub(crate) fn remove(&self, record: &Record) -> Result<(), Refusal> {
        self.keep_past(&record.id, Some(record));
        let leaves_members = match record.kind {
            ResourceType::User => self.switches.has(MembershipFault::DeletedUserStaysMember),
            ResourceType::Group => self.switches.has(MembershipFault::DeletedGroupStaysOnUser),
        };
        if !leaves_members {
            self.connection
                .prepare_cached("DELETE FROM members WHERE group_id = ?1 OR member_id = ?1")?
                .execute([&record.id])?;
        }
        let is_group = record.kind == ResourceType::Group;
        let keep = self.switches.is(Variant::SoftDelete)
            || leaves_members
            || self.switches.has(DeleteFault::DeletedStillReadable)
            || self.switches.has(DeleteFault::DeletedStillListed)
            || self.switches.has(DeleteFault::PutReachesDeleted)
            || self.switches.has(DeleteFault::PatchReachesDeleted)
            || is_group && self.switches.has(GroupFault::DeletedGroupStillReadable);
        let sql = if self.switches.has(DeleteFault::DeletedNameStaysTaken) {
            "UPDATE resources SET gone = 1 WHERE seq = ?1"
        } else if keep {
            "UPDATE resources SET gone = 1, unique_key = NULL WHERE seq = ?1"
        } else {
            "DELETE FROM resources WHERE seq = ?1"
        };
        self.connection.prepare_cached(sql)?.execute([record.seq])?;
        Ok(())
    }

    /// What the index keeps apart: userNames, whatever their case. Groups may share a name, unless a
    /// variant or a fault keeps them apart too.
    fn unique_key(&self, kind: ResourceType, name: &str) -> Option<String> {
        match kind {
            ResourceType::User if name.is_empty() => None,
            ResourceType::User if self.switches.has(CreateFault::UniquenessMindsCase) => {
                Some(name.to_owned())
            }
            ResourceType::User => Some(folded(name)),
            ResourceType::Group
                if self.switches.is(Variant::GroupNamesUnique)
                    || self.switches.has(GroupFault::DuplicateGroupAnswers500) =>
            {
                (!name.is_empty()).then(|| folded(name))
            }
            ResourceType::Group => None,
        }
    }

    fn refused(&self, kind: ResourceType, error: rusqlite::Error) -> Refusal {
        if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
            if kind == ResourceType::Group && self.switches.has(GroupFault::DuplicateGroupAnswers500) {
                return Refusal::internal();
            }
            Refusal::name_taken(kind.naming_attribute(), self.switches)
        } else {
            Refusal::from(error)
        }
    }
}

fn external_id(attributes: &Map<String, Value>) -> Option<&str> {
    attributes.get("externalId").and_then(Value::as_str)
}

fn text(attributes: &Map<String, Value>) -> String {
    serde_json::to_string(attributes).expect("a map with text keys is JSON")
}
