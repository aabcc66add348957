//! Whether what an answer shows names its schemas: RFC 7643 section 3.

use oinspect_core::{Method, Request};
use serde_json::Value;

use super::Standing;
use crate::answer::{Answer, at};

/// Every resource and every message says what it is. A DELETE has nothing to show, and whatever it
/// shows is no resource.
pub(super) fn schemas(request: &Request, path: &str, answer: &Answer) -> Standing {
    if matches!(request.method, Method::Delete | Method::Options) {
        return Standing::Beside;
    }
    let Some(body) = answer.any_json() else {
        return Standing::Broken("a body that is no JSON".to_owned());
    };
    let names = |one: &Value| {
        let schemas = at(one, "schemas").and_then(Value::as_array);
        schemas.is_some_and(|schemas| schemas.iter().any(Value::is_string))
    };
    let is_list = answer.at("Resources").is_some();
    // The descriptions of schemas in RFC 7643, 8.7 have no `schemas` of their own.
    let describes = is_below(path, "/schemas");
    if !names(body) && (is_list || !describes) {
        return Standing::Broken("a body without `schemas`".to_owned());
    }
    // So have, in the example of RFC 7644, 3.4.2, the resources of a list that names its attributes; the one
    // resource in that of section 3.9 has it.
    if describes || names_attributes(request, path) || answer.resources().iter().all(names) {
        return Standing::Kept;
    }
    Standing::Broken("a listed resource without `schemas`".to_owned())
}

/// Whether a client chose the attributes that it wants to see, in the query or in a search with POST.
fn names_attributes(request: &Request, path: &str) -> bool {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let in_query = query.split('&').any(|one| one.split('=').next() == Some("attributes"));
    let in_body = || {
        let body = request.body.as_deref().and_then(|body| serde_json::from_slice::<Value>(body).ok());
        body.is_some_and(|body| at(&body, "attributes").is_some())
    };
    in_query || path.ends_with("/.search") && in_body()
}

/// Whether a path below the base URL is this endpoint, in lower case, or lies below it.
pub(super) fn is_below(path: &str, endpoint: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.strip_prefix(endpoint).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use oinspect_core::Response;

    use super::*;

    #[test]
    fn only_what_describes_a_schema_and_what_a_list_shows_in_part_may_lack_schemas() {
        let standing_at = |path: &str, body: &str| {
            let response = Response {
                status: 200,
                headers: vec![],
                body: body.as_bytes().to_vec(),
                elapsed: Duration::ZERO,
                retries: 0,
            };
            let answer = Answer::new(response, Arc::default());
            schemas(&Request::new(Method::Get, ""), path, &answer)
        };
        let described = r#"{"id":"urn:x","attributes":[]}"#;
        let list = |one: &str| format!(r#"{{"schemas":["urn:list"],"Resources":[{one}]}}"#);
        assert_eq!(standing_at("/Schemas/urn:x", described), Standing::Kept);
        assert_eq!(standing_at("/Schemas", &list(described)), Standing::Kept);
        assert!(matches!(standing_at("/Users/1", described), Standing::Broken(_)));
        assert!(matches!(standing_at("/Users", &list(described)), Standing::Broken(_)));
        assert!(matches!(standing_at("/Schemas", r#"{"Resources":[]}"#), Standing::Broken(_)));
        assert_eq!(standing_at("/Users?attributes=userName", &list(r#"{"id":"1"}"#)), Standing::Kept);
        assert!(matches!(standing_at("/Users/1?attributes=userName", r#"{"id":"1"}"#), Standing::Broken(_)));
    }
}
