//! The published JSON Schema of a report, made from the types.

use oinspect_core::{Report, SCHEMA_VERSION};
use serde_json::{Map, Value};

/// The JSON Schema of a report, indented, ending in a line break.
pub fn schema() -> String {
    let made = schemars::schema_for!(Report).to_value();
    // What tells a reader which schema this is comes first.
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), made["$schema"].clone());
    schema.insert("$id".to_owned(), Value::from(format!("urn:oinspect:report:{SCHEMA_VERSION}")));
    schema.insert("title".to_owned(), Value::from("oinspect report"));
    for (name, value) in made.as_object().into_iter().flatten() {
        schema.entry(name).or_insert_with(|| value.clone());
    }
    format!("{:#}\n", Value::Object(schema))
}
