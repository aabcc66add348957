//! Words on the command line that mean nothing.

use crate::stage::Desk;

/// The command is not carried out, and this is said of why.
#[track_caller]
fn refused(args: &[&str], line_with: &[&str]) {
    let desk = Desk::new();
    desk.oinspect(args).expect_only(2, line_with);
    assert!(!desk.path("oinspect-out").exists(), "nothing was measured");
}

#[test]
fn a_seed_is_a_whole_number() {
    refused(&["demo", "--seed", "seven"], &["'seven'", "--seed", "a seed is a whole number"]);
}

#[test]
fn jobs_are_a_number_from_1_to_64() {
    for jobs in ["0", "65", "many", "-1"] {
        refused(&["run", &format!("--jobs={jobs}")], &["--jobs", "from 1 to 64"]);
    }
}

#[test]
fn an_unknown_format_gets_the_nearest_and_the_list() {
    refused(&["demo", "--format", "jnit"], &["'jnit'", "did you mean `junit`?", "markdown"]);
    refused(&["report", "--format", "htm"], &["did you mean `html`?"]);
    refused(&["list", "--format", "jsn"], &["'jsn'", "--format"]);
}

#[test]
fn an_unknown_profile_gets_the_nearest_and_the_list() {
    refused(&["run", "--profile", "otka"], &["'otka'", "did you mean `okta`?", "rfc, okta, entra"]);
}

#[test]
fn an_unknown_fault_or_variant_gets_the_nearest() {
    refused(&["demo", "--fault", "filter-ignord"], &["`filter-ignord`", "did you mean `filter-ignored`?"]);
    refused(&["sample-app", "--variant", "x"], &["the variant `x`", "sample-app --faults"]);
}

#[test]
fn an_unknown_check_or_tag_gets_the_nearest() {
    refused(&["list", "--check", "scim.reed.*"], &["`scim.reed.*` (--check)", "did you mean `scim.read`?"]);
    refused(&["list", "--tag", "mst"], &["the tag `mst` (--tag)", "did you mean `must`?"]);
    refused(&["list", "--check", "scim.[read"], &["`scim.[read` (--check)", "this is no glob"]);
}

#[test]
fn an_unknown_id_is_explained_by_the_one_that_begins_like_it() {
    refused(
        &["explain", "scim.patch.failed"],
        &["did you mean `scim.patch.failed-patch-changes-nothing`?", "oinspect list"],
    );
    refused(&["explain", "scim.patch"], &["a group of checks", "oinspect list --check scim.patch"]);
}

#[test]
fn an_override_is_a_key_and_a_value() {
    refused(&["run", "--set", "scim.base_url"], &["`--set scim.base_url`", "KEY=VALUE"]);
    refused(
        &["run", "--set", "scim.base_ulr=http://localhost"],
        &["--set scim.base_ulr", "did you mean `scim.base_url`?"],
    );
    refused(&["run", "--set", "limits.request=soon"], &["`limits.request`", "no duration", "500ms"]);
}

#[test]
fn an_address_to_listen_at_has_a_port() {
    refused(&["sample-app", "--listen", "localhost"], &["--listen", "such as 127.0.0.1:8480"]);
}

#[test]
fn a_pause_does_not_run_backwards() {
    for factor in ["-1", "NaN", "inf", "half"] {
        refused(&["runscope", "suite.json", "--pause-scale", factor], &["--pause-scale", "zero or above"]);
    }
}

#[test]
fn a_port_that_is_taken_is_named_with_the_option_that_names_another() {
    let app = crate::stage::healthy_app();
    let taken = app.url.trim_start_matches("http://");
    let said = Desk::new().oinspect(&["sample-app", "--listen", taken]);
    said.expect_only(3, &[taken, "--listen names another"]);
}

#[test]
fn two_misbehaviours_at_once_are_refused_and_not_half_obeyed() {
    refused(&["demo", "--fault", "hangs", "--fault", "dies"], &["`dies` beside `hangs`", "name one"]);
}

#[test]
fn users_are_a_number_that_an_app_can_hold() {
    for users in ["many", "-1", "100001"] {
        refused(&["sample-app", &format!("--users={users}")], &["--users", "up to 100000"]);
    }
}

#[test]
fn a_database_that_cannot_be_opened_is_named_with_the_option_that_names_another() {
    let said = Desk::new().oinspect(&["sample-app", "--listen", "127.0.0.1:0", "--database", "no/such/file"]);
    said.expect_only(3, &["no/such/file", "--database names another"]);
}

#[test]
fn a_base_url_has_nothing_after_its_path_and_an_override_is_not_empty() {
    for url in ["http://localhost/scim?tenant=1", "http://localhost/scim#top"] {
        refused(&["run", "--set", &format!("scim.base_url={url}")], &["`scim.base_url`", "after its path"]);
    }
    refused(
        &["run", "--set", "scim.base_url=http://localhost/scim", "--set", "scim.auth="],
        &["`scim.auth`", "empty"],
    );
}
