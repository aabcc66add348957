//! People and groups to start with.

use rusqlite::params;
use serde_json::{Map, json};

use super::open::Store;
use super::record::{NewRecord, folded};
use crate::http::Refusal;
use crate::random;
use crate::schema::ResourceType;

const GIVEN: [&str; 12] =
    ["Ada", "Bo", "Chidi", "Dana", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun", "Kofi", "Lea"];
const FAMILY: [&str; 11] =
    ["Abel", "Brandt", "Costa", "Dubois", "Eriksen", "Fofana", "Garcia", "Haddad", "Ito", "Jansen", "Kaya"];
const TEAMS: [&str; 6] = ["Sales", "Support", "Research", "Finance", "Design", "Operations"];
const MEMBERS_OF_A_GROUP: usize = 5;

impl Store {
    /// Fills an empty store with plausible users and groups in each tenant.
    pub(crate) fn seed(
        &self,
        tenants: &[&str],
        users: usize,
        groups: usize,
        moment: &str,
    ) -> Result<(), Refusal> {
        let mut known: Vec<Vec<String>> = tenants.iter().map(|_| Vec::new()).collect();
        for tenant in (0u32..).take(tenants.len()) {
            if self.count(tenant, ResourceType::User)? > 0 {
                return Ok(());
            }
        }
        self.in_bulk(|| {
            for ((tenant, name), known) in (0u32..).zip(tenants).zip(&mut known) {
                for number in 0..users {
                    let id = self.seed_user(tenant, name, number, moment)?;
                    if known.len() < MEMBERS_OF_A_GROUP * groups {
                        known.push(id);
                    }
                }
            }
            Ok(())
        })?;
        self.atomically(|| {
            for (tenant, known) in (0u32..).zip(&known) {
                for number in 0..groups {
                    let members = known
                        .iter()
                        .skip(number * MEMBERS_OF_A_GROUP)
                        .take(MEMBERS_OF_A_GROUP)
                        .map(|id| (id.clone(), ResourceType::User))
                        .collect::<Vec<_>>();
                    self.seed_group(tenant, number, &members, moment)?;
                }
            }
            Ok(())
        })
    }

    /// Written by hand and not through `insert`: a hundred thousand users are a common start.
    fn seed_user(&self, tenant: u32, name: &str, number: usize, moment: &str) -> Result<String, Refusal> {
        let given = GIVEN[number % GIVEN.len()];
        let family = FAMILY[number % FAMILY.len()];
        let user_name = format!("{given}.{family}.{}@{name}.example", number + 1);
        let id = random::uuid();
        let attributes = format!(
            r#"{{"userName":"{user_name}","name":{{"givenName":"{given}","familyName":"{family}"}},"displayName":"{given} {family}","emails":[{{"value":"{user_name}","type":"work","primary":true}}],"active":true}}"#
        );
        let key = folded(&user_name);
        self.connection
            .prepare_cached(
                "INSERT INTO resources (tenant, kind, id, name_key, unique_key, attributes, created, modified)
                 VALUES (?1, 'User', ?2, ?3, ?3, ?4, ?5, ?5)",
            )?
            .execute(params![tenant, id, key, attributes, moment])?;
        Ok(id)
    }

    fn seed_group(
        &self,
        tenant: u32,
        number: usize,
        members: &[(String, ResourceType)],
        moment: &str,
    ) -> Result<(), Refusal> {
        let team = TEAMS[number % TEAMS.len()];
        let round = number / TEAMS.len();
        let display = if round == 0 { team.to_owned() } else { format!("{team} {}", round + 1) };
        let attributes = Map::from_iter([("displayName".to_owned(), json!(display))]);
        let group = NewRecord {
            kind: ResourceType::Group,
            id: random::uuid(),
            attributes,
            password: None,
            moment: moment.to_owned(),
        };
        let group = self.insert(tenant, &group)?;
        self.set_members(&group.id, members)
    }
}
