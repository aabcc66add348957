//! A reader who leaves early, such as `head`, is no error.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::stage::{Desk, Said};

/// Reads one line of a command's output and leaves.
fn left_early(args: &[&str]) -> Said {
    let desk = Desk::new();
    let mut command = desk.command(args);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut out).unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    Said { code: output.status.code().unwrap_or(-1), out, err }
}

#[test]
fn lists_and_scripts_end_in_silence() {
    for args in [
        &["list"][..],
        &["list", "--format", "json"],
        &["sample-app", "--faults"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let said = left_early(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}: {said:#?}");
    }
}

#[test]
fn a_run_goes_on_and_writes_its_report() {
    let desk = Desk::new();
    let mut command = desk.command(&["demo", "--agent", "http", "--verbose"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let said = Said::of(child.wait_with_output().unwrap());
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:#?}");
    assert_eq!(desk.report().summary.checks, desk.report().summary.planned);
    assert!(desk.read("oinspect-out/report.html").contains("</html>"));
}

#[test]
fn a_run_with_both_streams_closed_goes_on_as_well() {
    let desk = Desk::new();
    let mut command = desk.command(&["demo", "--agent", "http", "--fault", "filter-ignored"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(desk.report().summary.failed > 0);
}
