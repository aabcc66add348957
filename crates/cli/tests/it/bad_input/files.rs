//! Folders and files that cannot be written or read, and two runs at once.

use std::fs;
use std::process::Stdio;

use oinspect_run::Ledger;
use oinspect_sample_app::{Misbehaviour, Settings};

use crate::stage::{Desk, Said, healthy_app, sample_app};

#[test]
fn an_output_folder_that_is_a_file_is_named_with_the_option_that_names_another() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    desk.write("taken", "");
    for out in ["taken", "taken/below"] {
        let said = desk.oinspect(&["run", "--out", out]);
        said.expect_only(3, &["write into the folder ", out, "--out names another"]);
    }
    desk.oinspect(&["demo", "--out", "taken"]).expect_only(3, &["--out names another"]);
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_not_writable_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let app = healthy_app();
    let desk = Desk::facing(&app);
    let folder = desk.path("locked");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        println!("skipped: this user may write into every folder");
        return;
    }
    desk.oinspect(&["run", "--out", "locked"]).expect_only(3, &["locked", "--out", "Permission denied"]);
}

#[test]
fn a_rendering_that_cannot_be_written_loses_neither_the_report_nor_the_exit_code() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("out/report.html")).unwrap();
    let said = desk.oinspect(&["demo", "--agent", "http", "--out", "out"]);
    said.expect(3, &["error: failed to write out/report.html"]);
    said.expect(3, &["report: out/report.json, out/report.xml"]);
    let said = desk.oinspect(&["demo", "--agent", "http", "--out", "out", "--fault", "filter-ignored"]);
    said.expect(1, &["error: failed to write out/report.html"]);
    let report = oinspect_report::read(&desk.read("out/report.json")).unwrap();
    assert!(report.summary.failed > 0);
    let left = fs::read_dir(desk.path("out")).unwrap().flatten();
    let names: Vec<String> = left.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| !name.contains("tmp")), "{names:?}");
}

#[test]
fn two_runs_at_once_share_one_ledger() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    let start = |out: &str| {
        desk.command(&["run", "--out", out]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = ["one", "two", "three"].map(start).into_iter().collect();
    for child in children {
        let said = Said::of(child.wait_with_output().unwrap());
        said.expect(0, &["everything required is kept"]);
        assert_eq!(said.err, "");
    }
    assert_eq!(Ledger::open(&desk.path(".")).unwrap().runs(10).unwrap().len(), 3);
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let app = sample_app(Settings { misbehaviour: Some(Misbehaviour::Hangs), ..Settings::default() });
    let desk = Desk::facing(&app);
    let args = ["run", "--set", "limits.request=2s"];
    let (first, out) = crate::exit_codes::start_until(&desk, &args, "oinspect ");
    desk.oinspect(&args).expect_only(3, &["another run is writing there", "--out"]);
    crate::exit_codes::interrupt(&first);
    drop(out);
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(130));
}

#[test]
fn a_ledger_that_is_damaged_costs_a_warning_and_no_result() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    fs::create_dir(desk.path(".oinspect")).unwrap();
    desk.write(".oinspect/ledger.db", &"this is no database ".repeat(100));
    desk.oinspect(&["run"]).expect(0, &["warning: failed to use the ledger", "the report is complete"]);
}

#[test]
fn a_report_that_is_missing_garbage_or_newer_is_named() {
    let desk = Desk::new();
    let render = |from: &str| desk.oinspect(&["report", "--format", "markdown", "--from", from]);
    render("nope.json").expect_only(2, &["the report nope.json", "a run writes one"]);
    desk.oinspect(&["report", "--format", "html"]).expect_only(2, &["oinspect-out/report.json", "--from"]);
    desk.write("garbage.json", "garbage");
    render("garbage.json").expect_only(2, &["garbage.json: it is not JSON at line 1"]);
    desk.write("other.json", "{}");
    render("other.json").expect_only(2, &["other.json: it is JSON, but not an oinspect report"]);
    desk.write("newer.json", "{\"schema_version\": 99, \"run\": {}}");
    render("newer.json").expect_only(2, &["newer.json: its schema version is 99", "use a newer oinspect"]);
    desk.write("half.json", "{\"schema_version\": 1, \"run\": {}}");
    render("half.json").expect_only(2, &["half.json: it is damaged at line 1"]);
    desk.write("garbage.jsonl", "garbage\ngarbage\n");
    render("garbage.jsonl").expect_only(2, &["the journal garbage.jsonl", "line 1 is no event"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    let desk = Desk::new();
    assert_eq!(desk.oinspect(&["demo", "--agent", "http", "--quiet"]).code, 0);
    for args in [&["report", "--format", "html"][..], &["list", "--format", "json"], &["completions", "zsh"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = desk.command(args).stdout(full).output().unwrap();
        Said::of(output).expect_only(3, &["write to standard output", "No space left"]);
    }
}
