//! Who belongs to which group, directly or through other groups.

use rusqlite::params;

use super::open::Store;
use crate::fault::MembershipFault;
use crate::http::Refusal;
use crate::schema::ResourceType;

/// One member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub id: String,
    pub kind: ResourceType,
    pub display: Option<String>,
}

/// One group that a user belongs to.
#[derive(Debug)]
pub(crate) struct Belonging {
    pub group_id: String,
    pub display: Option<String>,
    pub direct: bool,
}

impl Store {
    /// The members of a group, in the order in which they joined.
    pub(crate) fn members_of(&self, group_id: &str) -> Result<Vec<Member>, Refusal> {
        let mut statement = self.connection.prepare_cached(
            "SELECT m.member_id, m.kind, COALESCE(json_extract(r.attributes, '$.displayName'),
                                                  json_extract(r.attributes, '$.userName'))
             FROM members m CROSS JOIN resources r ON r.id = m.member_id
             WHERE m.group_id = ?1 ORDER BY m.place",
        )?;
        let members = statement.query_map([group_id], |row| {
            let kind: String = row.get(1)?;
            Ok(Member {
                id: row.get(0)?,
                kind: if kind == "Group" { ResourceType::Group } else { ResourceType::User },
                display: row.get(2)?,
            })
        })?;
        Ok(members.collect::<rusqlite::Result<_>>()?)
    }

    /// Makes these the members of the group; those that stay keep their place.
    pub(crate) fn set_members(
        &self,
        group_id: &str,
        members: &[(String, ResourceType)],
    ) -> Result<(), Refusal> {
        if self.switches.has(MembershipFault::AddDuplicatesMember) {
            self.connection.prepare_cached("DELETE FROM members WHERE group_id = ?1")?.execute([group_id])?;
        }
        let before = self.members_of(group_id)?;
        let staying: std::collections::HashSet<&str> = members.iter().map(|(id, _)| id.as_str()).collect();
        let mut leave =
            self.connection.prepare_cached("DELETE FROM members WHERE group_id = ?1 AND member_id = ?2")?;
        for member in before.iter().filter(|member| !staying.contains(member.id.as_str())) {
            leave.execute([group_id, &member.id])?;
        }
        let mut join = self.connection.prepare_cached(
            "INSERT INTO members (group_id, member_id, kind) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        for (id, kind) in members {
            join.execute(params![group_id, id, kind.name()])?;
        }
        Ok(())
    }

    /// The groups of a user; those reached through another group count as indirect. CROSS JOIN keeps
    /// SQLite from walking all resources in the order of `seq` instead of looking up the few.
    pub(crate) fn groups_of(&self, user_id: &str) -> Result<Vec<Belonging>, Refusal> {
        let mut statement = self.connection.prepare_cached(
            "WITH RECURSIVE reach (id) AS (
                 SELECT group_id FROM members WHERE member_id = ?1
                 UNION SELECT m.group_id FROM members m JOIN reach ON m.member_id = reach.id)
             SELECT r.id, json_extract(r.attributes, '$.displayName'),
                    EXISTS (SELECT 1 FROM members d WHERE d.group_id = r.id AND d.member_id = ?1)
             FROM reach CROSS JOIN resources r ON r.id = reach.id ORDER BY r.seq",
        )?;
        let groups = statement.query_map([user_id], |row| {
            Ok(Belonging { group_id: row.get(0)?, display: row.get(1)?, direct: row.get(2)? })
        })?;
        Ok(groups.collect::<rusqlite::Result<_>>()?)
    }
}
