//! What the configuration accepts, and how it says what it does not.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use oinspect_core::{Profile, Redactor};

use super::{Config, KEYS, Sources};
use crate::place::Origin;
use crate::problem::Problem;

fn load(file: &str, set: &[&str], environment: &[(&str, &str)]) -> Result<Config, Problem> {
    let folder = tempfile::tempdir().unwrap();
    if !file.is_empty() {
        std::fs::write(folder.path().join("oinspect.toml"), file).unwrap();
    }
    Config::load(&Sources {
        directory: folder.path().to_owned(),
        file: None,
        set: set.iter().map(|&text| text.to_owned()).collect(),
        environment: environment.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
    })
}

fn error(file: &str) -> String {
    load(file, &[], &[]).expect_err("the file is wrong").to_string()
}

fn origin(config: &Config, key: &str) -> String {
    config.explain().iter().find(|one| one.key == key).unwrap().origin.to_string()
}

#[test]
fn nothing_at_all_is_a_configuration_of_defaults() {
    let config = load("", &[], &[]).unwrap();
    assert_eq!(config.profile, Profile::Okta);
    assert_eq!(config.limits.request, Duration::from_secs(10));
    assert_eq!(config.network.max_body_bytes, 8 << 20);
    assert_eq!(config.run.jobs, 4);
    assert_eq!(config.run.out, config.directory.join("oinspect-out"));
    assert_eq!(config.file, None);
    let missing = config.scim_target().unwrap_err().to_string();
    assert!(missing.starts_with("find `scim.base_url`: ") && missing.contains("--set"), "{missing}");
}

#[test]
fn a_full_file_is_read() {
    let config = load(
        "name = 'shop'\nprofile = 'rfc'\n[scim]\nbase_url = 'http://localhost:1/scim/'\nauth = '${T}'\n\
         user_name = '{name}@x.org'\nsettle = '500ms'\nheaders = { X-A = 'b' }\n\
         [scim.user_attributes]\ndisplayName = 'x'\n[scim.user_attributes.ext]\nn = 1\n\
         [network]\nca_file = 'ca.pem'\nproxy = 'http://p:3128'\nheaders = { X-N = '1' }\n\
         requests_per_second = 2.5\nmax_body_bytes = '1 MiB'\nmax_rate_limit_wait = '1m 30s'\n\
         [limits]\nrequest = '2s'\ncheck = '3s'\nrun = '1h'\n\
         [run]\njobs = 2\nout = 'o'\nplans = 'scim-core'\npause_scale = 0\n",
        &[],
        &[("T", "Bearer abcdefgh")],
    )
    .unwrap();
    let target = config.scim_target().unwrap();
    assert_eq!(target.base_url, "http://localhost:1/scim");
    assert_eq!(target.auth.as_deref(), Some("Bearer abcdefgh"));
    assert_eq!(target.settle, Duration::from_millis(500));
    assert_eq!(target.headers, [("X-A".to_owned(), "b".to_owned())]);
    assert_eq!(target.user_attributes["ext"]["n"], 1);
    assert_eq!(config.network.ca_file.as_deref(), Some(config.directory.join("ca.pem").as_path()));
    assert_eq!(config.network.max_rate_limit_wait, Duration::from_secs(90));
    assert_eq!(config.network.max_body_bytes, 1 << 20);
    assert_eq!(config.limits.run, Some(Duration::from_hours(1)));
    assert_eq!(config.run.plans, ["scim-core"]);
    assert_eq!(config.run.pause_scale, Some(0.0));
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
}

#[test]
fn a_file_is_found_upwards_and_its_paths_begin_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("oinspect.toml"), "[run]\nout = 'o'\n").unwrap();
    let below = folder.path().join("a/b");
    std::fs::create_dir_all(&below).unwrap();
    let config = Config::load(&Sources { directory: below, ..Sources::default() }).unwrap();
    assert_eq!(config.run.out, folder.path().join("o"));
    assert_eq!(config.directory, folder.path());
}

#[test]
fn a_file_that_is_asked_for_and_missing_is_named() {
    let sources = Sources { file: Some(Path::new("/no/such.toml").to_owned()), ..Sources::default() };
    assert_eq!(Config::load(&sources).unwrap_err().to_string(), "read /no/such.toml");
}

#[test]
fn an_unknown_key_shows_file_line_and_the_nearest() {
    assert_eq!(
        error("name = 'x'\n\n[scim]\nbase_ulr = 'http://x'\n"),
        "understand `scim.base_ulr` (oinspect.toml:4:1): there is no such key; \
         did you mean `scim.base_url`?\n  4 | base_ulr = 'http://x'\n    | ^^^^^^^^"
    );
    assert!(
        error("[scm]\nx = 1\n")
            .contains("`scm` (oinspect.toml:1:2): there is no such key; did you mean `scim`?")
    );
    assert!(error("base_url = 'x'\n").contains("did you mean `scim.base_url`?"));
}

#[test]
fn a_wrong_type_says_what_belongs_there_and_what_stands_there() {
    assert_eq!(
        error("[scim]\nsettle = 3\n"),
        "use `scim.settle` (oinspect.toml:2:10): expected a duration such as \"500ms\" or \"2s\", \
         found an integer\n  2 | settle = 3\n    |          ^"
    );
    assert!(error("scim = 3\n").contains("expected a section: [scim], found an integer"));
    assert!(error("[scim]\nheaders = 'x'\n").contains("expected a table of header names"));
    assert!(error("[scim]\nheaders = { A = 1 }\n").contains("`scim.headers.A` (oinspect.toml:2:17)"));
    assert!(error("[run]\njobs = 'many'\n").contains("expected a whole number above zero, found a string"));
}

#[test]
fn a_value_that_makes_no_sense_says_what_would() {
    let message = error("[scim]\nbase_url = \"localhost:8080/scim\"\n");
    assert!(
        message
            .starts_with("use `scim.base_url` (oinspect.toml:2:12): \"localhost:8080/scim\" has no scheme"),
        "{message}"
    );
    assert!(message.contains("\"http://localhost:8080/scim\""), "{message}");
    assert!(error("[scim]\nbase_url = 'ftp://x/'\n").contains("neither http nor https"));
    assert!(error("[scim]\nbase_url = 'https://u:p@x/'\n").contains("scim.auth"));
    assert!(error("[scim]\nuser_name = 'joe'\n").contains("without {name}"));
    assert!(error("[scim]\nsettle = 'soon'\n").contains("\"soon\" is no duration"));
    assert!(error("[scim]\nsettle = '-2s'\n").contains("\"-2s\" is no duration"));
    assert!(error("[limits]\nrequest = '0s'\n").contains("lets nothing through"));
    assert!(error("[run]\njobs = 0\n").contains("0 is not above zero"));
    assert!(error("profile = 'okat'\n").contains("did you mean \"okta\"?"));
    assert!(error("[network]\nmax_body_bytes = '8 apples'\n").contains("is no size"));
    assert!(error("[scim]\nheaders = { A = \"b\\nc\" }\n").contains("control characters"));
}

#[test]
fn a_syntax_error_shows_its_place() {
    let message = error("[scim]\nbase_url = \n");
    assert!(message.starts_with("parse oinspect.toml:2:"), "{message}");
    assert!(message.contains("  2 | base_url ="), "{message}");
    let open = error("[scim]\nauth = \"Bearer abcdefgh\n");
    assert!(!open.contains("abcdefgh"), "{open}");
}

#[test]
fn an_undefined_variable_names_variable_key_and_place() {
    let message = error("[scim]\nauth = \"Bearer ${SCIM_TOKEN}\"\n");
    assert!(
        message.starts_with(
            "fill in ${SCIM_TOKEN} for `scim.auth` (oinspect.toml:2:8): the environment variable SCIM_TOKEN \
             is not set or is empty; set it before the run, such as with: export SCIM_TOKEN=..."
        ),
        "{message}"
    );
    let empty = load("[scim]\nauth = '${T}'\n", &[], &[("T", "")]).unwrap_err();
    assert!(matches!(empty, Problem::UndefinedVariable { .. }));
}

#[test]
fn what_comes_from_a_variable_is_filled_in_and_secret() {
    let config = load(
        "[scim]\nbase_url = 'http://${HOST}/scim'\nauth = 'Bearer ${TOKEN}'\nuser_name = '$${name}{name}'\n",
        &[],
        &[("HOST", "example-host"), ("TOKEN", "abcdefghij"), ("name", "dollar-b")],
    )
    .unwrap();
    assert_eq!(config.scim_target().unwrap().base_url, "http://example-host/scim");
    assert_eq!(config.scim.user_name, "$dollar-b{name}");
    assert!(config.warnings.is_empty());
    let shown = format!("{:?}", config.explain());
    assert!(!shown.contains("abcdefghij") && !shown.contains("example-host"), "{shown}");
    let redactor = Redactor::default();
    config.teach(&redactor);
    let text = redactor.text("example-host saw abcdefghij");
    assert!(!text.contains("example-host") && !text.contains("abcdefghij"), "{text}");
    assert!(!format!("{config:?}").contains("abcdefghij"));
}

#[test]
fn a_secret_in_the_open_is_a_warning_and_secret_all_the_same() {
    let config = load(
        "[scim]\nauth = 'Bearer literal-token'\n[network.headers]\nAuthorization = 'Basic other-token'\n",
        &[],
        &[],
    )
    .unwrap();
    assert_eq!(config.warnings.len(), 2, "{:?}", config.warnings);
    assert!(config.warnings[0].contains("`scim.auth` (oinspect.toml:2:8) holds a secret in the open"));
    assert!(config.warnings[1].contains("`network.headers.Authorization` (oinspect.toml:4:17)"));
    let redactor = Redactor::default();
    config.teach(&redactor);
    assert!(!redactor.text("literal-token other-token").contains("-token"));
}

#[test]
fn the_password_of_a_proxy_is_a_secret() {
    let of = |proxy: &str| {
        let file = format!("[network]\nproxy = '{proxy}'\n");
        let config = load(&file, &[], &[("PW", "proxy-password")]).unwrap();
        let shown = config.explain().iter().find(|one| one.key == "network.proxy").unwrap().value.clone();
        assert_eq!(shown, "http://me:[secret]@proxy:3128");
        assert!(config.secrets.contains(&"proxy-password".to_owned()));
        config.warnings.len()
    };
    assert_eq!(of("http://me:${PW}@proxy:3128"), 0);
    assert_eq!(of("http://me:proxy-password@proxy:3128"), 1);
}

#[test]
fn flags_come_over_environment_over_file_over_defaults() {
    let file = "name = 'file'\n[limits]\nrequest = '1s'\ncheck = '2s'\n";
    let environment = [("OINSPECT_LIMITS_REQUEST", "3s"), ("OINSPECT_LIMITS_CHECK", "4s")];
    let config = load(file, &["limits.check=5s"], &environment).unwrap();
    assert_eq!(config.name, "file");
    assert_eq!(config.limits.request, Duration::from_secs(3));
    assert_eq!(config.limits.check, Duration::from_secs(5));
    assert_eq!(origin(&config, "name"), "oinspect.toml:1:8");
    assert_eq!(origin(&config, "limits.request"), "environment variable OINSPECT_LIMITS_REQUEST");
    assert_eq!(origin(&config, "limits.check"), "--set limits.check");
    assert_eq!(origin(&config, "run.jobs"), "default");
}

#[test]
fn set_takes_toml_or_a_plain_text_and_reaches_into_tables() {
    let config = load(
        "[scim]\nheaders = { A = '1', B = '2' }\n",
        &[
            "scim.base_url=http://localhost:1/scim",
            "name=123",
            "run.jobs=7",
            "scim.headers.A=x=y",
            "scim.user_attributes.active=true",
            "run.plans=['a', 'b']",
        ],
        &[],
    )
    .unwrap();
    assert_eq!(config.name, "123");
    assert_eq!(config.run.jobs, 7);
    assert_eq!(config.run.plans, ["a", "b"]);
    assert_eq!(config.scim.user_attributes["active"], true);
    let mut headers = config.scim.headers.clone();
    headers.sort();
    assert_eq!(headers, [("A".to_owned(), "x=y".to_owned()), ("B".to_owned(), "2".to_owned())]);
}

#[test]
fn set_reaches_deep_into_attributes_and_leaves_what_lies_beside() {
    let config = load(
        "[scim.user_attributes]\nname = { givenName = 'a', familyName = 'b' }\n",
        &[
            "scim.user_attributes.name.givenName=x",
            "scim.user_attributes.\"urn:enterprise:2.0:User\".department='QA'",
        ],
        &[],
    )
    .unwrap();
    assert_eq!(
        serde_json::Value::from(config.scim.user_attributes),
        serde_json::json!({
            "name": { "givenName": "x", "familyName": "b" },
            "urn:enterprise:2.0:User": { "department": "QA" },
        })
    );
}

#[test]
fn set_says_what_is_wrong_without_showing_values() {
    let message = load("", &["scim.base_ulr=http://x"], &[]).unwrap_err().to_string();
    assert_eq!(
        message,
        "understand `scim.base_ulr` (--set scim.base_ulr): there is no such key; did you mean `scim.base_url`?"
    );
    assert!(load("", &["scim"], &[]).unwrap_err().to_string().contains("KEY=VALUE"));
    assert!(matches!(load("", &["scim.base_url=x"], &[]).unwrap_err(), Problem::BadValue { .. }));
}

#[test]
fn a_variable_that_looks_like_a_key_and_is_none_is_a_warning() {
    let config = load("", &[], &[("OINSPECT_SCIM_BASEURL", "x"), ("OINSPECT_OTHER", "x")]).unwrap();
    assert_eq!(config.warnings.len(), 1);
    assert!(config.warnings[0].contains("OINSPECT_SCIM_BASE_URL"), "{:?}", config.warnings);
}

#[test]
fn the_fingerprint_follows_the_target_and_nothing_else() {
    let base = "[scim]\nbase_url = 'http://a/scim'\nauth = '${T}'\n";
    let of = |file: &str, token: &str| load(file, &[], &[("T", token)]).unwrap().fingerprint().to_owned();
    let one = of(base, "first-token");
    assert_eq!(one.len(), 64);
    assert_eq!(one, of(base, "other-token"), "secrets do not enter");
    assert_eq!(one, of(&format!("{base}[run]\njobs = 9\n"), "t"));
    assert_eq!(one, of(&format!("{base}settle = '0s'\n"), "t"), "a default that is written out is no change");
    assert_eq!(one, of(&base.replace("/scim'", "/scim/'"), "t"));
    assert_ne!(one, of(&base.replace("http://a", "http://b"), "t"));
    assert_ne!(one, of(&base.replace("auth = '${T}'", ""), "t"));
}

#[test]
fn a_plan_chooses_the_profile_unless_the_command_line_does() {
    let plan = crate::Plan::parse("p", None, "profile = 'rfc'\nchecks = ['x']\n").unwrap();
    let plans = [plan];
    assert_eq!(load("profile = 'entra'", &[], &[]).unwrap().profile_with(&plans), Profile::Rfc);
    assert_eq!(load("", &["profile=entra"], &[]).unwrap().profile_with(&plans), Profile::Entra);
    assert_eq!(load("profile = 'entra'", &[], &[]).unwrap().profile_with(&[]), Profile::Entra);
}

#[test]
fn every_key_is_explained_once_and_defaults_have_their_own_type() {
    let config = load("", &[], &[]).unwrap();
    let explained: BTreeMap<_, _> = config.explain().iter().map(|one| (one.key.as_str(), one)).collect();
    assert_eq!(explained.len(), KEYS.len());
    assert!(explained.values().all(|one| one.origin == Origin::Default));
}

#[test]
fn a_base_url_ends_with_its_path_and_a_credential_is_not_empty() {
    for url in ["http://localhost/scim?tenant=1", "http://localhost/scim#top"] {
        let message = error(&format!("[scim]\nbase_url = '{url}'\n"));
        assert!(message.contains("oinspect.toml:2:12") && message.contains("after its path"), "{message}");
    }
    let message = error("[scim]\nbase_url = 'http://localhost/scim'\nauth = ' '\n");
    assert!(message.contains("oinspect.toml:3:8") && message.contains("leave it out"), "{message}");
}
