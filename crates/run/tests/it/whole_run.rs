//! A whole run through the public API: file, plan, session, runner, clean-up, report, ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oinspect_core::{
    Capability, Check, Clock, Cx, Document, Event, Finding, Group, Method, Outcome, Request, Response, Seed,
    Suite, must,
};
use oinspect_run::{
    CLEAN_UP_LIMIT, Config, Interrupt, Ledger, Plan, REPORT_NAME, Recorder, RunOptions, Sources, clean_up,
    header, open_session, plan_record, run, select,
};
use wiremock::matchers::{header as has_header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn ask(cx: &mut Cx, method: Method, path: &str) -> Result<Response, Finding> {
    let target = cx.settings::<oinspect_scim::Target>()?;
    let auth = target.auth.clone().unwrap_or_default();
    let request = Request::new(method, format!("{}{path}", target.base_url)).header("Authorization", auth);
    cx.send(&request)
}

fn expect(status: u16, response: &Response) -> Result<(), Finding> {
    if response.status == status {
        Ok(())
    } else {
        Err(Finding::broken(status.to_string(), response.status.to_string()))
    }
}

static USERS: Group = Group {
    id: "t.users",
    title: "Users",
    tags: &[],
    alone: false,
    checks: &[Check {
        id: "t.users.creates",
        title: "A user is created",
        requirement: must(Document::Rfc7644, "3.3", "a user is created"),
        needs: &[Capability::Discovery],
        pitfall: "",
        fix: "",
        run: |cx| {
            let answer = ask(cx, Method::Post, "/Users")?;
            cx.created(
                "User 1",
                Box::new(|cx| ask(cx, Method::Delete, "/Users/1").and_then(|answer| expect(204, &answer))),
            );
            expect(201, &answer)
        },
    }],
};

static SUITE: Suite = Suite {
    id: "t",
    title: "test target",
    on_request: false,
    groups: &[&USERS],
    capabilities: &[],
    features: &[],
    discover: |cx| {
        ask(cx, Method::Get, "/ServiceProviderConfig")?;
        Ok(BTreeSet::from([Capability::Discovery]))
    },
};

const TOKEN: &str = "a-very-secret-token";

async fn app() -> MockServer {
    let server = MockServer::start().await;
    let echo = || ResponseTemplate::new(200).set_body_string(format!("you sent {TOKEN}"));
    for (verb, route, answer) in [
        ("GET", "/scim/ServiceProviderConfig", echo()),
        ("POST", "/scim/Users", ResponseTemplate::new(201)),
        ("DELETE", "/scim/Users/1", ResponseTemplate::new(204)),
    ] {
        Mock::given(method(verb))
            .and(path(route))
            .and(has_header("Authorization", format!("Bearer {TOKEN}")))
            .respond_with(answer)
            .expect(1)
            .mount(&server)
            .await;
    }
    server
}

fn config(folder: &Path, url: &str) -> Config {
    let file = format!("name = 'app'\n[scim]\nbase_url = '{url}/scim'\nauth = 'Bearer ${{TOKEN}}'\n");
    std::fs::write(folder.join("oinspect.toml"), file).expect("a folder to write to");
    let environment = BTreeMap::from([("TOKEN".to_owned(), TOKEN.to_owned())]);
    Config::load(&Sources { directory: folder.to_owned(), environment, ..Sources::default() })
        .expect("a valid file")
}

#[test]
fn a_run_leads_from_a_file_to_a_report_without_secrets() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(app());
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &server.uri());
    let plans = [Plan::parse("mine", None, "profile = 'rfc'\nchecks = ['t.*']\n").unwrap()];
    let selection = select(&[&SUITE], &plans, &[], &[]).unwrap();
    let interrupt = Interrupt::default();
    let session = open_session(&config, Seed(1), &interrupt).unwrap();
    let profile = config.profile_with(&plans);

    let mut heard = Vec::new();
    let mut listener = |event: &Event| heard.push(serde_json::to_string(event).unwrap());
    let recorder = Recorder::create(&config.run.out, session.redactor.clone(), &mut listener).unwrap();
    let emit = |event: Event| recorder.record(&event);
    let plan = plan_record(&plans, &selection);
    let begin = header(&session, &config, plan, profile, selection.planned(), &BTreeMap::new());
    emit(Event::RunStarted(Box::new(begin)));
    let options = RunOptions { profile, interrupt: interrupt.clone(), ..RunOptions::default() };
    let session = run(session, &selection, &options, &emit);
    clean_up(&session, CLEAN_UP_LIMIT, &emit);
    let report = recorder.finish(interrupt.is_raised(), Clock::System).unwrap();

    assert_eq!(report.outcome, Outcome::Kept, "{report:#?}");
    assert_eq!(report.summary.requests, 2);
    assert!(report.leftovers.is_empty());
    assert_eq!(report.run.plan.name, "mine");
    assert_eq!(report.run.target.url, format!("{}/scim", server.uri()));
    let written = std::fs::read_to_string(folder.path().join("oinspect-out").join(REPORT_NAME)).unwrap();
    assert!(!written.contains(TOKEN) && written.contains("[secret 1]"));
    assert!(heard.iter().all(|event| !event.contains(TOKEN)));
    assert_eq!(Ledger::record_or_warn(&config.directory, &report), None);
    let ledger = Ledger::open(&config.directory).unwrap();
    assert_eq!(ledger.last_results(config.fingerprint()).unwrap()[0].check, "t.users.creates");
    runtime.block_on(server.verify());
}
