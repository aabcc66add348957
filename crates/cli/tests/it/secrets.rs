//! A secret that a target knows comes back in no output.
//!
//! What nobody can catch without the target's help: a secret that is reversed, cut into pieces that
//! stand in several fields, ciphered, compressed or hashed, or of which only a part is shown. A secret
//! shorter than eight characters is taken out only where it was recorded.

mod hostile;
mod scanner;
mod sign_on;
mod suites;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oinspect_sample_app::{CreateFault, Settings};
use serde_json::Value;

use crate::door::{Answered, Door};
use crate::stage::{Desk, Said, healthy_app, sample_app};
use hostile::Hostile;

const SECRET: &str = "s3cr3t+/=";
const FORMATS: [&str; 6] = ["html", "junit", "json", "markdown", "github", "har"];

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Fails where what was printed, or any file but those that the test put there, shows the secret.
fn expect_silence(desk: &Desk, said: &Said, secret: &str, own: &[&str]) {
    let mut leaks = Vec::new();
    let mut look = |name: &str, bytes: &[u8]| {
        if let Some(way) = scanner::way_to(secret, bytes) {
            leaks.push(format!("{name}: {way}"));
        }
    };
    look("standard output", said.out.as_bytes());
    look("standard error", said.err.as_bytes());
    let files = files(&desk.path(""));
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy();
        if !own.contains(&&*name) {
            look(&name, &std::fs::read(path).unwrap());
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
    for name in ["report.json", "ledger.db"] {
        assert!(files.iter().any(|path| path.ends_with(name)), "{name} was not looked at: {files:?}");
    }
}

fn with_formats<'a>(args: &[&'a str]) -> Vec<&'a str> {
    let formats = FORMATS.iter().flat_map(|format| ["--format", format]);
    args.iter().copied().chain(formats).collect()
}

/// All checks against a server that says the secret wherever it can.
fn run_all(desk: &Desk, hostile: &Hostile, more: &[&str]) -> Said {
    let url = format!("scim.base_url={}", hostile.url);
    let mut args = vec!["run", "--verbose", "--profile", "rfc", "--set", &url];
    args.extend(more);
    desk.oinspect(&with_formats(&args))
}

/// A text from which a secret cannot be cut out is withheld as a whole, which is exit code 70; all
/// other evidence is still there.
fn expect_evidence(desk: &Desk, said: &Said) {
    let report = desk.report();
    // Which requests get which lie depends on which come first.
    let codes: &[i32] = if report.withheld > 0 { &[70] } else { &[1, 3] };
    assert!(codes.contains(&said.code), "{}{}", said.out, said.err);
    assert!(report.summary.requests > 20, "{:?}", report.summary);
    let json = desk.read("oinspect-out/report.json");
    assert!(json.contains("Bearer [secret 1]"));
    let kept =
        report.checks().flat_map(|check| check.evidence.exchanges()).filter_map(|one| one.response.as_ref());
    let whole =
        kept.filter_map(|response| response.body.as_ref()).filter(|body| !body.text.starts_with("[withheld"));
    assert!(whole.count() > 10, "most bodies can still be judged");
}

#[test]
fn a_credential_from_the_environment_comes_back_in_no_output() {
    let hostile = Hostile::knowing(SECRET);
    let desk = Desk::new().env("SCIM_AUTH", &format!("Bearer {SECRET}"));
    desk.write("oinspect.toml", "[scim]\nauth = \"${SCIM_AUTH}\"\n");
    let said = run_all(&desk, &hostile, &[]);
    expect_silence(&desk, &said, SECRET, &[]);
    expect_evidence(&desk, &said);
}

#[test]
fn a_credential_on_the_command_line_comes_back_in_no_output() {
    let hostile = Hostile::knowing(SECRET);
    let desk = Desk::new();
    let said = run_all(&desk, &hostile, &["--set", &format!("scim.auth=Bearer {SECRET}")]);
    assert!(said.err.contains("holds a secret in the open"), "{}", said.err);
    expect_silence(&desk, &said, SECRET, &[]);
    expect_evidence(&desk, &said);
}

#[test]
fn a_credential_in_the_file_comes_back_in_no_output() {
    let hostile = Hostile::knowing(SECRET);
    let desk = Desk::new();
    desk.write("oinspect.toml", &format!("[scim]\nauth = \"Bearer {SECRET}\"\n"));
    let said = run_all(&desk, &hostile, &["--jobs", "1"]);
    assert!(said.err.contains("oinspect.toml:2:8) holds a secret in the open"), "{}", said.err);
    expect_silence(&desk, &said, SECRET, &["oinspect.toml"]);
    expect_evidence(&desk, &said);
}

#[test]
fn what_is_wrong_with_a_configuration_is_said_without_its_secrets() {
    let auth = format!("Bearer {SECRET}");
    for file in [
        format!("[scim]\nauth = [\"{auth}\"]\n"),
        format!("[scim]\nauth = \"{auth}\n"),
        format!("[scim]\nauth = \"{auth}\\u0000\"\n"),
        format!("[scim]\nauth = \"{auth}\" and more\n"),
        format!("[scim]\nauth = \"\"\"\n{auth}\"\"\" and more\n"),
        format!("scim = {{ auth = \"{auth}\", bas_url = \"http://localhost\" }}\n"),
        format!("scim.headers = {{ Cookie = \"{SECRET}\", X = 1 }}\n"),
        "[scim]\nbase_url = \"http://ann:s3cr3t+%2F=@localhost/scim\"\n".to_owned(),
        "[network]\nproxy = \"htp://ann:s3cr3t+%2F=@localhost\"\n".to_owned(),
    ] {
        let desk = Desk::new();
        desk.write("oinspect.toml", &file);
        let said = desk.oinspect(&["run"]);
        assert_eq!(said.code, 2, "{file}{}", said.err);
        let way = scanner::way_to(SECRET, said.err.as_bytes());
        assert_eq!(way, None, "{file}");
    }
}

#[test]
fn no_half_of_a_secret_is_left_where_a_text_is_cut() {
    let secret: String = ('a'..='z').chain('0'..='9').chain('A'..='Z').collect();
    let app = healthy_app();
    let (tenant, said) = (app.tenants[0].clone(), secret.clone());
    let number = AtomicUsize::new(0);
    let door = Door::open(move |asked| {
        // A longer beginning each time, so that every cut falls into the secret once.
        let before = "x".repeat(number.fetch_add(1, Ordering::SeqCst) * 3 % 170);
        let honest = hostile::behind(&said, &tenant, asked);
        let body = format!("{before} {said} and more").into_bytes();
        Some(Answered { status: 500, headers: honest.headers, body })
    });
    let desk = Desk::new().env("SCIM_AUTH", &format!("Bearer {secret}"));
    let url = format!("scim.base_url={}/scim/v2", door.url);
    let said = desk.oinspect(&["run", "--set", &url, "--set", "scim.auth=${SCIM_AUTH}"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    for part in [&secret[..12], &secret[20..32], &secret[secret.len() - 12..]] {
        expect_silence(&desk, &said, part, &[]);
    }
}

#[test]
fn a_run_that_is_killed_leaves_no_secret_in_its_journal() {
    let hostile = Hostile::silent_after(45, SECRET);
    let desk = Desk::new().env("SCIM_AUTH", &format!("Bearer {SECRET}"));
    let url = format!("scim.base_url={}", hostile.url);
    let args = ["run", "--verbose", "--jobs", "1", "--set", &url, "--set", "scim.auth=${SCIM_AUTH}"];
    let mut run = desk.command(&args).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(run.stdout.take().unwrap()).lines();
    let judged = lines.map(Result::unwrap).filter(|line| line.contains("scim.")).take(20).count();
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(judged, 20);
    let journal = desk.read("oinspect-out/report.journal.jsonl");
    assert!(journal.contains("check-finished"), "{journal}");
    assert_eq!(scanner::way_to(SECRET, journal.as_bytes()), None);
}

#[test]
fn passwords_that_checks_make_up_come_back_in_no_output() {
    let app = sample_app(Settings {
        users: 1,
        faults: vec![CreateFault::PasswordReturned.into()],
        ..Settings::default()
    });
    let tenant = app.tenants[0].clone();
    let passwords = Arc::new(Mutex::new(Vec::new()));
    let door = {
        let passwords = Arc::clone(&passwords);
        Door::open(move |asked| {
            let sent = serde_json::from_slice::<Value>(&asked.body).unwrap_or_default();
            let password = sent["password"].as_str().map(str::to_owned);
            let mut answered = hostile::behind("", &tenant, asked);
            if let Some(password) = password {
                // Under a name that says nothing, and encoded.
                let text = String::from_utf8(answered.body).unwrap();
                let hint = format!("{{\"hint\":\"{password}\",\"kept\":\"{}\",", STANDARD.encode(&password));
                answered.body = text.replacen('{', &hint, 1).into_bytes();
                passwords.lock().unwrap().push(password);
            }
            Some(answered)
        })
    };
    let desk = Desk::new();
    let url = format!("scim.base_url={}/scim/v2", door.url);
    let auth = format!("scim.auth=Bearer {}", app.tenants[0].token);
    let args = ["run", "--check", "scim.create", "--set", &url, "--set", &auth];
    let said = desk.oinspect(&with_formats(&args));
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("failed scim.create.password-is-never-returned"), "{}", said.out);
    let passwords = passwords.lock().unwrap();
    assert_eq!(passwords.len(), 2, "one for each check that sends one");
    for password in passwords.iter() {
        assert!(password.len() >= 8, "{password}");
        expect_silence(&desk, &said, password, &[]);
    }
}
