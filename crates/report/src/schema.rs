//! The published JSON Schema of a report, made from the types.

use oinspect_core::{Report, SCHEMA_VERSION};
use serde_json::Value;

/// The JSON Schema of a report, indented, ending in a line break.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Report);
    schema.insert("$id".to_owned(), Value::from(format!("urn:oinspect:report:{SCHEMA_VERSION}")));
    schema.insert("title".to_owned(), Value::from("oinspect report"));
    format!("{:#}\n", schema.as_value())
}
