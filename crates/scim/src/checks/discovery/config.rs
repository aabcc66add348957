//! What the service provider's configuration says: RFC 7643 section 5.

use oinspect_core::Capability::Authentication;
use oinspect_core::Document::Rfc7643;
use oinspect_core::{Check, Cx, Finding, Group, must, should};
use serde_json::Value;

use super::{config, not_written, text};
use crate::answer::{at, shown};
use crate::verbs::Scim;

/// The types of authentication that RFC 7643 defines.
const TYPES: [&str; 5] = ["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"];

pub(crate) static GROUP: Group = Group {
    id: "scim.config",
    title: "The service provider's configuration",
    tags: &["discovery"],
    alone: false,
    checks: &[
        Check {
            id: "scim.config.bulk-has-limits",
            title: "The configuration says how large a bulk request may be",
            requirement: must(
                Rfc7643,
                "5",
                "bulk.maxOperations and bulk.maxPayloadSize are integers, whether or not bulk is supported",
            ),
            needs: &[],
            pitfall: "The limits are left out where bulk is not supported, or written as strings.",
            fix: "Serve `bulk.maxOperations` and `bulk.maxPayloadSize` as integers; 0 where bulk is not supported.",
            run: |cx| integers(cx, "bulk", &["maxOperations", "maxPayloadSize"]),
        },
        Check {
            id: "scim.config.filter-has-a-limit",
            title: "The configuration says how many results a query may bring",
            requirement: must(Rfc7643, "5", "filter.maxResults is an integer"),
            needs: &[],
            pitfall: "`filter` says only whether it is supported.",
            fix: "Serve `filter.maxResults` as an integer, the size of your largest page.",
            run: |cx| integers(cx, "filter", &["maxResults"]),
        },
        Check {
            id: "scim.config.describes-its-authentication",
            title: "The configuration describes how clients authenticate",
            requirement: must(
                Rfc7643,
                "5",
                "authenticationSchemes lists the schemes, each with a type, a name and a description",
            ),
            needs: &[],
            pitfall: "The list is empty or missing, or its entries have a name alone.",
            fix: "List every way to authenticate in `authenticationSchemes`, with `type`, `name` and `description`.",
            run: |cx| {
                let config = config(cx)?;
                let schemes = schemes(&config);
                if schemes.is_empty() && cx.offers(Authentication) {
                    return Err(Finding::broken(
                        "a list of authenticationSchemes",
                        shown(config.at("authenticationSchemes")),
                    ));
                }
                let incomplete = schemes.iter().find_map(|scheme| {
                    let lacking = ["type", "name", "description"]
                        .into_iter()
                        .find(|name| text(scheme, name).is_none_or(|text| text.trim().is_empty()));
                    lacking.map(|name| (name, scheme))
                });
                match incomplete {
                    None => Ok(()),
                    Some((name, scheme)) => Err(Finding::broken(format!("`{name}`"), scheme.to_string())),
                }
            },
        },
        Check {
            id: "scim.config.authentication-types-are-defined",
            title: "The types of authentication are those that SCIM defines",
            requirement: should(
                Rfc7643,
                "5",
                "the type of a scheme is oauth, oauth2, oauthbearertoken, httpbasic or httpdigest",
            ),
            needs: &[],
            pitfall: "The HTTP scheme is written instead, such as Bearer, and clients do not know it.",
            fix: "Write `oauthbearertoken` for bearer tokens, `httpbasic` for user names and passwords.",
            run: |cx| {
                let config = config(cx)?;
                let types: Vec<&str> = schemes(&config).iter().filter_map(|one| text(one, "type")).collect();
                if types.is_empty() {
                    return Err(Finding::blocked("no authentication scheme has a type"));
                }
                match types.iter().find(|kind| !TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind))) {
                    None => Ok(()),
                    Some(unknown) => Err(Finding::broken(format!("one of {}", TYPES.join(", ")), *unknown)),
                }
            },
        },
        Check {
            id: "scim.config.names-the-scheme-in-use",
            title: "The scheme by which clients are let in is among those listed",
            requirement: must(Rfc7643, "5", "authenticationSchemes says which schemes the server supports"),
            needs: &[Authentication],
            pitfall: "The list was copied from an example and names another scheme.",
            fix: "List the scheme that you really ask for: `oauthbearertoken` for `Authorization: Bearer`.",
            run: scheme_in_use,
        },
        Check {
            id: "scim.config.writing-is-refused",
            title: "The configuration cannot be written",
            requirement: should(Rfc7643, "5", "every attribute of the configuration is read-only"),
            needs: &[],
            pitfall: "A generic resource handler takes a POST and stores a second configuration.",
            fix: "Answer 405 to every method but GET at /ServiceProviderConfig.",
            run: |cx| {
                let config = config(cx)?;
                let body = config.any_json().cloned().unwrap_or_default();
                not_written(cx, "/ServiceProviderConfig", &body)
            },
        },
    ],
};

/// Judges that these members of a feature are integers.
fn integers(cx: &mut Cx, feature: &str, names: &[&str]) -> Result<(), Finding> {
    let config = config(cx)?;
    let Some(Value::Object(_)) = config.at(feature) else {
        return Err(Finding::blocked(format!("the configuration has no `{feature}` at all")));
    };
    for name in names {
        let path = format!("{feature}.{name}");
        let number = config.at(&path);
        if !number.is_some_and(Value::is_u64) {
            return Err(Finding::broken(format!("an integer {path}"), shown(number)));
        }
    }
    Ok(())
}

fn schemes(config: &crate::answer::Answer) -> &[Value] {
    config.at("authenticationSchemes").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The credential that this run sends was let in to read the configuration.
fn scheme_in_use(cx: &mut Cx) -> Result<(), Finding> {
    let config = config(cx)?;
    let target = cx.target()?;
    let scheme =
        target.auth.as_deref().and_then(|auth| auth.split_once(' ')).map_or("", |(scheme, _)| scheme);
    let wanted: &[&str] = match scheme.to_ascii_lowercase().as_str() {
        "bearer" => &["oauthbearertoken", "oauth2", "oauth"],
        "basic" => &["httpbasic"],
        "digest" => &["httpdigest"],
        // A token of the server's own kind has no name in the list.
        _ => {
            return Err(Finding::NotOffered {
                what: "the configured credential has none of SCIM's schemes".to_owned(),
            });
        }
    };
    let types: Vec<&str> = schemes(&config).iter().filter_map(|one| at(one, "type")?.as_str()).collect();
    if types.is_empty() {
        return Err(Finding::blocked("the configuration lists no authentication schemes"));
    }
    if !types.iter().any(|kind| TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind))) {
        return Err(Finding::blocked("no scheme in the list is one that SCIM defines"));
    }
    if types.iter().any(|kind| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(kind))) {
        return Ok(());
    }
    Err(Finding::broken(wanted.join(" or "), types.join(", ")))
}
