//! A request that is refused, as a SCIM error (RFC 7644, section 3.12).

use serde_json::{Value, json};

use crate::fault::{AuthFault, CreateFault, ReadFault};
use crate::http::{Answer, Content};
use crate::switches::Switches;
use crate::variant::Variant;

/// Why a request is refused.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub status: u16,
    pub scim_type: Option<ScimType>,
    pub detail: String,
    pub headers: Vec<(&'static str, String)>,
}

/// The keyword that tells one 400 or 409 from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScimType {
    ExpiredCursor,
    InvalidCount,
    InvalidCursor,
    InvalidFilter,
    InvalidPath,
    InvalidSyntax,
    InvalidValue,
    Mutability,
    NoTarget,
    Uniqueness,
}

impl ScimType {
    fn keyword(self) -> &'static str {
        match self {
            Self::ExpiredCursor => "expiredCursor",
            Self::InvalidCount => "invalidCount",
            Self::InvalidCursor => "invalidCursor",
            Self::InvalidFilter => "invalidFilter",
            Self::InvalidPath => "invalidPath",
            Self::InvalidSyntax => "invalidSyntax",
            Self::InvalidValue => "invalidValue",
            Self::Mutability => "mutability",
            Self::NoTarget => "noTarget",
            Self::Uniqueness => "uniqueness",
        }
    }
}

impl Refusal {
    pub(crate) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, scim_type: None, detail: detail.into(), headers: Vec::new() }
    }

    fn bad(scim_type: ScimType, detail: impl Into<String>) -> Self {
        Self { scim_type: Some(scim_type), ..Self::new(400, detail) }
    }

    pub(crate) fn expired_cursor() -> Self {
        Self::bad(ScimType::ExpiredCursor, "the cursor is too old")
    }

    pub(crate) fn invalid_count(detail: impl Into<String>) -> Self {
        Self::bad(ScimType::InvalidCount, detail)
    }

    pub(crate) fn invalid_cursor() -> Self {
        Self::bad(ScimType::InvalidCursor, "no page of this query begins at this cursor")
    }

    pub(crate) fn invalid_filter(detail: impl Into<String>) -> Self {
        Self::bad(ScimType::InvalidFilter, detail)
    }

    pub(crate) fn invalid_path(detail: impl Into<String>) -> Self {
        Self::bad(ScimType::InvalidPath, detail)
    }

    pub(crate) fn invalid_syntax(detail: impl Into<String>) -> Self {
        Self::bad(ScimType::InvalidSyntax, detail)
    }

    pub(crate) fn invalid_value(detail: impl Into<String>) -> Self {
        Self::bad(ScimType::InvalidValue, detail)
    }

    pub(crate) fn mutability(detail: impl Into<String>) -> Self {
        Self::bad(ScimType::Mutability, detail)
    }

    pub(crate) fn no_target(detail: impl Into<String>) -> Self {
        Self::bad(ScimType::NoTarget, detail)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(404, format!("{what} does not exist"))
    }

    pub(crate) fn name_taken(attribute: &str, switches: Switches) -> Self {
        let scim_type = if switches.has(CreateFault::ConflictWithoutScimType) {
            None
        } else {
            Some(ScimType::Uniqueness)
        };
        Self { scim_type, ..Self::new(409, format!("another resource has this {attribute}")) }
    }

    pub(crate) fn internal() -> Self {
        Self::new(500, "the request could not be completed")
    }

    pub(crate) fn method_not_allowed(allowed: &str) -> Self {
        Self {
            headers: vec![("allow", allowed.to_owned())],
            ..Self::new(405, "this endpoint does not take this method")
        }
    }

    /// The error as JSON.
    pub(crate) fn document(&self, switches: Switches) -> Value {
        let mut document = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"] });
        document["status"] = if switches.has(ReadFault::ErrorStatusAsNumber) {
            json!(self.status)
        } else {
            json!(self.status.to_string())
        };
        if let Some(scim_type) = self.scim_type {
            document["scimType"] = json!(scim_type.keyword());
        }
        document["detail"] = json!(self.detail);
        if switches.is(Variant::ErrorsSayMore) {
            document["requestId"] = json!("r-1");
            document["urn:example:params:scim:errors:seat"] = json!({ "retry": false });
        }
        document
    }

    /// The answer that carries the error.
    pub(crate) fn answer(&self, switches: Switches) -> Answer {
        let as_html = match self.status {
            401 => switches.has(AuthFault::UnauthorizedAsHtml),
            404 => switches.has(ReadFault::NotFoundAsHtml),
            _ => false,
        };
        let content = if as_html {
            Content::Html(format!("<!doctype html><title>{0}</title><h1>{0}</h1>", self.status))
        } else {
            Content::Scim(self.document(switches))
        };
        let headers = self.headers.clone();
        Answer { status: self.status, headers, content }
    }
}

/// A broken store is our trouble: the client learns nothing of tables.
impl From<rusqlite::Error> for Refusal {
    fn from(_: rusqlite::Error) -> Self {
        Self::internal()
    }
}
