//! What a person reads while a task runs.

/// Says one line.
#[expect(clippy::print_stdout, reason = "the one place where tasks speak")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Says why a task did not do what was asked.
#[expect(clippy::print_stderr, reason = "the one place where tasks complain")]
pub(crate) fn complain(line: &str) {
    eprintln!("{line}");
}
