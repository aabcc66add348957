//! The admin page: who has an account, and which groups there are.

use askama::Template;

use super::TENANTS;
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;
use crate::store::{Order, Store};

/// How many rows each table shows.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "admin.html")]
struct Page {
    tenants: Vec<Tenant>,
}

struct Tenant {
    name: &'static str,
    users: usize,
    groups: usize,
    user_rows: Vec<UserRow>,
    group_rows: Vec<GroupRow>,
}

struct UserRow {
    user_name: String,
    display_name: String,
    active: bool,
    groups: String,
}

struct GroupRow {
    name: String,
    members: String,
}

/// Shows every tenant, or the named one.
pub(super) fn page(store: &Store, only: Option<&str>) -> Result<Answer, Refusal> {
    let mut tenants = Vec::new();
    for (tenant, name) in (0u32..).zip(TENANTS) {
        if only.is_none_or(|only| only == name) {
            tenants.push(shown(store, tenant, name)?);
        }
    }
    let page = Page { tenants }.render().map_err(|_| Refusal::internal())?;
    Ok(Answer::html(200, page))
}

fn shown(store: &Store, tenant: u32, name: &'static str) -> Result<Tenant, Refusal> {
    let mut user_rows = Vec::new();
    for user in store.page(tenant, ResourceType::User, Order::Name, 0, ROWS)? {
        let text =
            |name: &str| user.attributes.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        let groups = store.groups_of(&user.id)?;
        let groups: Vec<String> = groups.into_iter().filter_map(|group| group.display).collect();
        user_rows.push(UserRow {
            user_name: user.name().to_owned(),
            display_name: text("displayName").to_owned(),
            active: user.attributes.get("active") == Some(&true.into()),
            groups: groups.join(", "),
        });
    }
    let mut group_rows = Vec::new();
    for group in store.page(tenant, ResourceType::Group, Order::Name, 0, ROWS)? {
        let members = store.members_of(&group.id)?;
        let members: Vec<String> = members.into_iter().filter_map(|member| member.display).collect();
        group_rows.push(GroupRow { name: group.name().to_owned(), members: members.join(", ") });
    }
    Ok(Tenant {
        name,
        users: store.count(tenant, ResourceType::User)?,
        groups: store.count(tenant, ResourceType::Group)?,
        user_rows,
        group_rows,
    })
}
