//! The processes of this machine, as /proc has them.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::door::PATIENCE;

/// The processes with this parent whose program has this name.
pub(super) fn children(parent: u32, name: &str) -> Vec<u32> {
    let is_child = |pid: &u32| {
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
        // pid (name) state parent ...
        let Some((head, tail)) = stat.rsplit_once(')') else { return false };
        let of = tail.split_whitespace().nth(1).and_then(|parent| parent.parse().ok());
        head.ends_with(&format!("({name}")) && of == Some(parent)
    };
    all().into_iter().filter(is_child).collect()
}

/// The processes that were started with this in their environment, by themselves or by an ancestor.
pub(super) fn with_environment(entry: &str) -> Vec<u32> {
    let has = |pid: &u32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|one| one == entry.as_bytes())
    };
    all().into_iter().filter(has).collect()
}

fn all() -> Vec<u32> {
    let entries = fs::read_dir("/proc").unwrap();
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect()
}

/// What is looked for, as soon as it is there.
#[track_caller]
pub(super) fn awaited<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "waited in vain: {what}");
        thread::park_timeout(Duration::from_millis(5));
    }
}
