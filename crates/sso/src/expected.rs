//! A value of a message, compared with the one that is wanted.

use oinspect_core::Finding;

/// Passes where the value is the one that is wanted.
///
/// # Errors
/// Broken, with both values.
pub(crate) fn same(what: &str, wanted: &str, seen: Option<&str>) -> Result<(), Finding> {
    if seen == Some(wanted) {
        return Ok(());
    }
    let seen = seen.map_or_else(|| "absent".to_owned(), |seen| format!("\"{seen}\""));
    Err(Finding::broken(format!("{what} \"{wanted}\""), seen))
}
