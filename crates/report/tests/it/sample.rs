//! One report with every verdict and with texts that try to break what shows them.

use jiff::{SignedDuration, Timestamp};
use oinspect_core::{
    Body, Capability, CapabilityRecord, CheckResult, Document, Environment, Evidence, Exchange,
    FeatureRecord, FindingRecord, GroupHeader, GroupResult, Leftover, Level, Note, NoteKind, Offer, Outcome,
    PlanRecord, Profile, Report, RequestRecord, RequirementRecord, ResponseRecord, RunHeader, RunId,
    SCHEMA_VERSION, Seed, Step, Summary, TargetRecord, Tool, Verdict, Waiver, Weight,
};

use crate::flows::sign_on;

/// What no format may let through as markup, as a command, or as an end of itself.
pub(crate) const NASTY: &str = "<script>document.title='owned'</script> ]]> \"double\" 'single' & \u{1b}[31mred\u{0} `tick` ``` @team *bold* \u{202e}backwards 世界 🎉\r\n::error::injected %25";

fn start() -> Timestamp {
    "2026-03-02T09:30:00Z".parse().expect("a timestamp")
}

pub(crate) fn after(milliseconds: i64) -> Timestamp {
    start() + SignedDuration::from_millis(milliseconds)
}

/// The report.
pub(crate) fn report() -> Report {
    let mut report = Report {
        schema_version: SCHEMA_VERSION,
        run: header(),
        finished: Some(after(8_450)),
        valid_until: None,
        interrupted: false,
        withheld: 0,
        outcome: Outcome::Nothing,
        summary: Summary::default(),
        notes: vec![
            Note {
                kind: NoteKind::Information,
                text: "No groups are offered: 14 checks are skipped.".to_owned(),
            },
            Note { kind: NoteKind::Warning, text: format!("The token is written in the file: {NASTY}") },
        ],
        leftovers: vec![Leftover {
            label: "User oinspect-k7m2pq9x-7 <http://localhost:8080/scim/v2/Users/9>".to_owned(),
            why: "DELETE was answered 500".to_owned(),
        }],
        offers: vec![offer()],
        groups: vec![users(), patch(), discovery(), runscope(), sign_on()],
    };
    report.conclude();
    report
}

fn offer() -> Offer {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let feature = |id: &str, title: &str, checks: &[&str]| FeatureRecord {
        id: id.to_owned(),
        title: title.to_owned(),
        checks: ids(checks),
    };
    let capability =
        |capability, offered, checks: &[&str]| CapabilityRecord { capability, offered, checks: ids(checks) };
    Offer {
        suite: "scim".to_owned(),
        capabilities: vec![
            capability(Capability::Patch, true, &["scim.patch.remove-member", "scim.patch.atomic"]),
            capability(Capability::Bulk, false, &["scim.discovery.bulk"]),
        ],
        features: vec![
            feature("create", "Create users", &["scim.users.create"]),
            feature(
                "update",
                "Update <users>",
                &["scim.users.create", "scim.users.replace", "scim.users.etag"],
            ),
            feature("push", "Push groups", &["scim.users.create", "scim.patch.remove-member"]),
            feature("roles", "Read roles", &["scim.roles.are-listed"]),
        ],
    }
}

fn header() -> RunHeader {
    RunHeader {
        id: RunId("k7m2pq9x".to_owned()),
        tool: Tool { name: "oinspect".to_owned(), version: "0.1.0".to_owned() },
        plan: PlanRecord {
            name: "SCIM for Okta".to_owned(),
            file: Some("test-plans/okta.toml".to_owned()),
            sha256: "4d5c1f7e".repeat(8),
        },
        profile: Profile::Okta,
        seed: Seed(4_821_907),
        target: TargetRecord {
            name: "Acme <Sandbox>".to_owned(),
            url: "http://localhost:8080/scim/v2".to_owned(),
            fingerprint: "b01dface".repeat(8),
        },
        environment: Environment { os: "linux".to_owned(), arch: "x86_64".to_owned(), ci: true },
        started: start(),
        planned: 23,
    }
}

pub(crate) fn group(id: &str, title: &str, suite: &str, checks: Vec<CheckResult>) -> GroupResult {
    let header = GroupHeader { id: id.to_owned(), title: title.to_owned(), suite: suite.to_owned() };
    GroupResult { header, evidence: Evidence::default(), checks }
}

pub(crate) fn check(group: &str, name: &str, title: &str, level: Level, verdict: Verdict) -> CheckResult {
    let requirement = RequirementRecord {
        document: Document::Rfc7644,
        section: "3.5.2".to_owned(),
        level,
        demand: "what a PATCH names is changed, and nothing else is".to_owned(),
        link: Document::Rfc7644.link("3.5.2"),
    };
    let mut result = CheckResult {
        id: format!("{group}.{name}"),
        group: group.to_owned(),
        title: title.to_owned(),
        requirement,
        weight: Weight::Required,
        verdict,
        finding: None,
        started: after(1_000),
        finished: after(1_042),
        valid_until: start(),
        waiver: None,
        evidence: Evidence::default(),
    };
    result.set_validity();
    result
}

pub(crate) fn broken(expected: &str, actual: &str) -> FindingRecord {
    FindingRecord::Broken {
        expected: expected.to_owned(),
        actual: actual.to_owned(),
        fix: Some("Compare userName without regard to case, in the query as in the unique index.".to_owned()),
        curl: Some(
            "curl -i -X POST 'http://localhost:8080/scim/v2/Users' -H 'Authorization: Bearer [secret 1]' \
             -H 'Content-Type: application/scim+json' --data-raw '{\"userName\":\"o'\\''neil\"}'"
                .to_owned(),
        ),
    }
}

pub(crate) fn reason(why: &str) -> FindingRecord {
    FindingRecord::Reason { why: why.to_owned() }
}

pub(crate) fn body(text: &str) -> Body {
    Body { text: text.to_owned(), bytes: text.len(), cut_sha256: None }
}

pub(crate) fn headers(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn exchange(
    at: i64,
    method: &str,
    path: &str,
    sent: Option<Body>,
    status: u16,
    answer: Option<Body>,
) -> Exchange {
    Exchange {
        started: after(at),
        duration_ms: 12.625,
        request: RequestRecord {
            method: method.to_owned(),
            url: format!("http://localhost:8080/scim/v2{path}"),
            headers: headers(&[
                ("Authorization", "Bearer [secret 1]"),
                ("Accept", "application/scim+json"),
                ("Content-Type", "application/scim+json; charset=utf-8"),
                ("Cookie", "sid=[secret 2]; theme=dark"),
            ]),
            body: sent,
        },
        response: Some(ResponseRecord {
            status,
            headers: headers(&[
                ("content-type", "application/scim+json"),
                ("location", "http://localhost:8080/scim/v2/Users/9"),
                ("set-cookie", "sid=[secret 2]; Path=/; HttpOnly"),
            ]),
            body: answer,
            retries: 0,
        }),
        error: None,
    }
}

pub(crate) fn evidence(steps: Vec<Step>) -> Evidence {
    Evidence { steps }
}

fn step(exchange: Exchange) -> Step {
    Step::Exchange(Box::new(exchange))
}

fn users() -> GroupResult {
    let id = "scim.users";
    let created = r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"9","userName":"o'neil","active":true,"emails":[],"meta":{"resourceType":"User","version":12345678901234567890123}}"#;
    let mut passed =
        check(id, "create", "A created user is answered with 201 and its id", Level::Must, Verdict::Passed);
    passed.evidence = evidence(vec![step(exchange(
        1_000,
        "POST",
        "/Users",
        Some(body(r#"{"userName":"o'neil","password":"[secret 3]"}"#)),
        201,
        Some(body(created)),
    ))]);

    let mut failed = check(
        id,
        "unique-user-name",
        "A second user of the same name is refused",
        Level::Must,
        Verdict::Failed,
    );
    failed.finding = Some(broken("409 with scimType \"uniqueness\"", "201 Created, id 10"));
    failed.evidence = evidence(vec![
        Step::Shared { name: "a user".to_owned(), made_by: "scim.users.create".to_owned() },
        step(exchange(
            1_100,
            "POST",
            "/Users",
            Some(body(r#"{"userName":"O'NEIL"}"#)),
            201,
            Some(body(created)),
        )),
        Step::Note { text: "The name differs only in case.".to_owned() },
        step(exchange(
            1_120,
            "GET",
            "/Users?filter=userName%20eq%20%22o%27neil%22&count=100",
            None,
            200,
            Some(body(r#"{"totalResults":2,"Resources":[{"id":"9"},{"id":"10"}]}"#)),
        )),
    ]);

    let mut crashed = check(id, "replace", "A PUT replaces the whole user", Level::Must, Verdict::Crashed);
    crashed.finding =
        Some(reason("the check panicked: index out of bounds: the len is 0 but the index is 0"));

    let mut hostile =
        check(id, "hostile", "A body of markup is answered as text", Level::Must, Verdict::Failed);
    hostile.finding =
        Some(broken(NASTY, &format!("{NASTY}\n{}", "<img src=x onerror=\"document.title='owned'\">")));
    hostile.evidence = evidence(vec![
        step(exchange(
            1_200,
            "POST",
            "/Users",
            Some(body(NASTY)),
            500,
            Some(body(
                "<!doctype html>\n<title>Error</title>\n<script>document.title='owned'</script></pre></details></body>",
            )),
        )),
        Step::Note { text: NASTY.to_owned() },
    ]);

    let mut waived = check(id, "etag", "A user carries a version", Level::Must, Verdict::Failed);
    waived.finding = Some(broken("meta.version", "no meta.version"));
    waived.waiver =
        Some(Waiver { reason: "Comes with release 4.2".to_owned(), expires: "2026-06-30".to_owned() });

    group(id, "Users", "SCIM", vec![passed, failed, crashed, hostile, waived])
}

fn patch() -> GroupResult {
    let id = "scim.patch";
    let mut recommended =
        check(id, "no-content", "A PATCH without a change is answered 204", Level::Should, Verdict::Warned);
    recommended.weight = Weight::Recommended;
    recommended.finding = Some(broken("204, or 200 with the user", "202 with an empty body"));

    let mut information = check(id, "sorted", "An answer is sorted as asked", Level::Must, Verdict::Warned);
    information.weight = Weight::Information;
    information.finding = Some(broken("alice, bob, carol", "bob, alice, carol"));
    let lines: Vec<String> = (1..=100).map(|line| format!("line {line} of a long answer")).collect();
    information.evidence = evidence(vec![step(exchange(
        2_000,
        "GET",
        "/Users?sortBy=userName",
        None,
        200,
        Some(body(&lines.join("\n"))),
    ))]);

    let mut blocked =
        check(id, "remove-member", "Removing one member leaves the others", Level::Must, Verdict::Blocked);
    blocked.finding = Some(reason("create a group: connection reset by peer"));
    let mut lost = exchange(2_100, "POST", "/Groups", Some(body(r#"{"displayName":"[secret]"}"#)), 0, None);
    lost.response = None;
    lost.error = Some("connection reset by peer".to_owned());
    blocked.evidence = evidence(vec![step(lost)]);

    let mut unverified =
        check(id, "atomic", "A refused PATCH changes nothing", Level::Must, Verdict::NotVerified);
    unverified.finding =
        Some(reason("the user could not be read back: 403 [withheld: it would have shown a secret]"));
    let mut big = exchange(2_200, "GET", "/Users/9", None, 403, None);
    let cut = Body {
        text: "{\"detail\":\"aaaaaaaa".to_owned(),
        bytes: 1_048_576,
        cut_sha256: Some("c0ffee00".repeat(8)),
    };
    if let Some(response) = &mut big.response {
        response.body = Some(cut);
        response.retries = 2;
    }
    unverified.evidence = evidence(vec![step(big)]);
    group(id, "Modifying with PATCH", "SCIM", vec![recommended, information, blocked, unverified])
}

fn discovery() -> GroupResult {
    let id = "scim.discovery";
    let mut skipped =
        check(id, "bulk", "A bulk request is answered part by part", Level::May, Verdict::Skipped);
    skipped.weight = Weight::Information;
    skipped.finding = Some(reason("the target says that it has no bulk operations"));
    let mut stale = check(id, "schemas", "The schemas are listed", Level::Must, Verdict::Passed);
    stale.waiver = Some(Waiver { reason: "Was missing in 4.0".to_owned(), expires: "2026-04-30".to_owned() });
    let passed =
        check(id, "config", "The service provider's configuration is served", Level::Must, Verdict::Passed);
    group(id, "Discovery", "SCIM", vec![skipped, stale, passed])
}

fn runscope() -> GroupResult {
    let id = "okta-spec/3";
    let assertion = |name: &str, title: &str, verdict| {
        let mut check = check(id, name, title, Level::Must, verdict);
        check.requirement = RequirementRecord {
            document: Document::RunscopeSuite,
            section: String::new(),
            level: Level::Must,
            demand: "as the suite has it".to_owned(),
            link: None,
        };
        check
    };
    let status = assertion("1", "Status is 200", Verdict::Passed);
    let mut list = assertion("2", "Resources is not empty", Verdict::Failed);
    list.finding = Some(broken("not empty", "[]"));
    // Two assertions of one suite may carry one id.
    let again = assertion("1", "Status is 200", Verdict::Passed);
    let mut group =
        group(id, "Get the first page of users", "Okta SCIM spec suite", vec![status, list, again]);
    group.evidence = evidence(vec![
        step(exchange(
            3_000,
            "GET",
            "/Users?count=1&startIndex=1",
            None,
            200,
            Some(body(r#"{"Resources":[],"totalResults":0}"#)),
        )),
        Step::Note { text: "console: \"undefined\"".to_owned() },
    ]);
    group
}
