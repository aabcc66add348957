//! Entitlements and roles, as Okta reads them to give them to users.

mod given;

use std::sync::Arc;

use oinspect_core::Capability::{Entitlements, Roles};
use oinspect_core::{Check, Cx, Finding, Group as Section, okta_demands};
use serde_json::Value;

use crate::answer::{Answer, LIST, at, shown};
use crate::discover::{ENTITLEMENT, ROLE};
use crate::verbs::Scim;

/// Where Okta says how it reads them.
const SECTION: &str = "Entitlements";

pub(crate) static GROUP: Section = Section {
    id: "scim.entitlement",
    title: "Entitlements and roles",
    tags: &["entitlements", "roles"],
    alone: false,
    checks: &[
        Check {
            id: "scim.entitlement.resource-type-says-where",
            title: "The resource type of entitlements says its name and where they are",
            requirement: okta_demands(
                SECTION,
                "the endpoint of entitlements is read from their resource type",
            ),
            needs: &[Entitlements],
            pitfall: "The resource type is listed without `endpoint` or `name`, and Okta finds nothing.",
            fix: "Give the resource type in /ResourceTypes a `name` and an `endpoint` such as /Entitlements.",
            run: |cx| {
                let found = types(cx, ENTITLEMENT)?;
                for one in found.iter() {
                    for name in ["name", "endpoint"] {
                        if at(one, name).and_then(Value::as_str).is_none_or(str::is_empty) {
                            return Err(Finding::broken(
                                format!("a resource type with `{name}`"),
                                one.to_string(),
                            ));
                        }
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.entitlement.list-has-entries",
            title: "Entitlements are listed",
            requirement: okta_demands(
                SECTION,
                "the endpoint of entitlements answers a ListResponse with entries",
            ),
            needs: &[Entitlements],
            pitfall: "The resource type is announced and its endpoint is missing, or it lists nothing.",
            fix: "Answer GET at the endpoint with a ListResponse of all entitlements that can be given.",
            run: |cx| list_has_entries(&page(cx, ENTITLEMENT)?.answer),
        },
        Check {
            id: "scim.entitlement.count-limits-the-page",
            title: "A page of entitlements holds as many as were asked for",
            requirement: okta_demands(
                SECTION,
                "a page of one entitlement has one, and says so in itemsPerPage",
            ),
            needs: &[Entitlements],
            pitfall: "`count` is not read, because there are only a few.",
            fix: "Limit the page to `count`, and write the integer `itemsPerPage`.",
            run: |cx| {
                let page = filled(cx, ENTITLEMENT)?;
                let items = page.answer.at("itemsPerPage");
                if page.answer.resources().len() == 1 && items.and_then(Value::as_u64) == Some(1) {
                    return Ok(());
                }
                Err(Finding::broken(
                    "one entry and itemsPerPage 1",
                    format!("{} entries and itemsPerPage {}", page.answer.resources().len(), shown(items)),
                ))
            },
        },
        Check {
            id: "scim.entitlement.next-page-moves-on",
            title: "The next page of entitlements begins with another one",
            requirement: okta_demands(SECTION, "entitlements are read page by page"),
            needs: &[Entitlements],
            pitfall: "`startIndex` is not read, and an import never ends or reads the first ones only.",
            fix: "Skip `startIndex` - 1 entitlements of a stable order.",
            run: |cx| {
                let page = filled(cx, ENTITLEMENT)?;
                if page.answer.total().is_some_and(|total| total < 2) {
                    return Err(Finding::NotOffered { what: "there is only one entitlement".to_owned() });
                }
                let next = cx.get(&format!("{}?count=1&startIndex=2", page.endpoint))?;
                let id = |answer: &Answer| Some(at(answer.resources().first()?, "id")?.to_string());
                let (first, second) = (id(&page.answer), id(&next));
                if second.is_some() && first != second {
                    return Ok(());
                }
                Err(Finding::broken("another entitlement at startIndex 2", next.described()))
            },
        },
        Check {
            id: "scim.entitlement.entry-has-id-and-name",
            title: "An entitlement has an id and a name to show",
            requirement: okta_demands(SECTION, "an entitlement has an `id` and a `displayName`"),
            needs: &[Entitlements],
            pitfall: "The name is called `display` or `value`, as it is in a user.",
            fix: "Give every entitlement an `id` and a `displayName`.",
            run: |cx| has_id_and_name(&*filled(cx, ENTITLEMENT)?),
        },
        Check {
            id: "scim.entitlement.type-names-the-resource-type",
            title: "The type of an entitlement is the name of its resource type",
            requirement: okta_demands(SECTION, "`type` of an entitlement is the name of its resource type"),
            needs: &[Entitlements],
            pitfall: "`type` is missing, or says something else.",
            fix: "Write the resource type's `name` into `type` of every entitlement.",
            run: |cx| {
                let page = filled(cx, ENTITLEMENT)?;
                let found = at(page.first()?, "type");
                if found.and_then(Value::as_str) == Some(page.name.as_str()) {
                    return Ok(());
                }
                Err(Finding::broken(format!("the type {}", page.name), shown(found)))
            },
        },
        Check {
            id: "scim.entitlement.roles-are-listed",
            title: "Roles are listed",
            requirement: okta_demands(SECTION, "the endpoint of roles answers a ListResponse with entries"),
            needs: &[Roles],
            pitfall: "The resource type is announced and its endpoint is missing, or it lists nothing.",
            fix: "Answer GET at the endpoint with a ListResponse of all roles that can be given.",
            run: |cx| list_has_entries(&page(cx, ROLE)?.answer),
        },
        Check {
            id: "scim.entitlement.role-has-id-and-name",
            title: "A role has an id and a name to show",
            requirement: okta_demands(SECTION, "a role has an `id` and a `displayName`"),
            needs: &[Roles],
            pitfall: "The name is called `display` or `value`, as it is in a user.",
            fix: "Give every role an `id` and a `displayName`.",
            run: |cx| has_id_and_name(&*filled(cx, ROLE)?),
        },
        given::ENTITLEMENT_BY_PATCH,
        given::ENTITLEMENT_BY_PUT,
        given::ROLE_BY_PATCH,
        given::ROLE_BY_PUT,
    ],
};

/// The first page of what a resource type lists.
pub(crate) struct Page {
    /// The name of the resource type.
    name: String,
    /// Where it is, below the base URL.
    endpoint: String,
    answer: Answer,
}

impl Page {
    /// The first entry.
    pub(crate) fn first(&self) -> Result<&Value, Finding> {
        let nothing = || Finding::blocked(format!("nothing is listed: {}", self.answer.described()));
        self.answer.resources().first().ok_or_else(nothing)
    }
}

/// The resource types with this schema.
fn types(cx: &mut Cx, schema: &'static str) -> Result<Arc<Vec<Value>>, Finding> {
    cx.once(schema, |cx| {
        let types = cx.get("/ResourceTypes")?;
        let has = |one: &&Value| {
            at(one, "schema").and_then(Value::as_str).is_some_and(|urn| urn.eq_ignore_ascii_case(schema))
        };
        Ok(types.resources().iter().filter(has).cloned().collect())
    })
}

/// The page that Okta asks for first, whatever the answer.
fn page(cx: &mut Cx, schema: &'static str) -> Result<Arc<Page>, Finding> {
    let types = types(cx, schema)?;
    let base = cx.target()?.base_url.clone();
    cx.once(&format!("page of {schema}"), |cx| {
        let first = types.first();
        let text = |name: &str| first.and_then(|one| at(one, name)?.as_str()).unwrap_or_default();
        let endpoint = text("endpoint");
        let endpoint = endpoint.strip_prefix(&base).unwrap_or(endpoint).trim_matches('/');
        if endpoint.is_empty() || endpoint.contains(':') {
            return Err(Finding::blocked("the resource type does not say where they are"));
        }
        let endpoint = format!("/{endpoint}");
        let answer = cx.get(&format!("{endpoint}?count=1&startIndex=1"))?;
        Ok(Page { name: text("name").to_owned(), endpoint, answer })
    })
}

/// The same, where it holds something.
pub(crate) fn filled(cx: &mut Cx, schema: &'static str) -> Result<Arc<Page>, Finding> {
    let page = page(cx, schema)?;
    list_has_entries(&page.answer).map_err(|finding| finding.as_obstacle("nothing is listed"))?;
    Ok(page)
}

fn list_has_entries(list: &Answer) -> Result<(), Finding> {
    list.expect_status(200)?.json()?;
    if list.has_schema(LIST) && !list.resources().is_empty() {
        return Ok(());
    }
    Err(Finding::broken("a ListResponse with an entry", list.described()))
}

fn has_id_and_name(page: &Page) -> Result<(), Finding> {
    let entry = page.first()?;
    for name in ["id", "displayName"] {
        if at(entry, name).and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(Finding::broken(format!("an entry with `{name}`"), entry.to_string()));
        }
    }
    Ok(())
}
