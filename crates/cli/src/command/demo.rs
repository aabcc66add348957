//! `oinspect demo`: embedded org, sample app, every check, a suite, a report: the first five minutes.

mod tenant;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use oinspect_core::{PlanRecord, Session};
use oinspect_run::{
    CLEAN_UP_LIMIT, Config, EmbeddedOrg, OrgOfRun, RunOptions, Selection, clean_up, header,
    note_missing_browser, note_witness, open_session, process_environment, session_beside, set_stage,
};
use oinspect_runscope::{Options, Suite, planned};
use oinspect_sample_app::{Running, Settings};

use crate::args::{Choice, Demo};
use crate::command::sample_app::{behaviour, free_port, runtime};
use crate::conduct::Conduct;
use crate::confirm::{refuse_unattended, witness};
use crate::console::Console;
use crate::failure::Failure;
use crate::selection::choose;
use crate::session::{configuration_of, interrupt, no_session, no_stage};

/// A suite of our own in the Runscope format.
const SUITE: &[u8] = include_bytes!("../../../../test-plans/first-look.runscope.json");
const USERS: usize = 20;
/// What the second tenant is for: an app whose only flow is the SP flow.
const SP_ONLY: [&str; 4] =
    ["saml.cases.sp-flow", "saml.cases.jit-sp-flow", "oidc.cases.sp-flow", "oidc.cases.jit-sp-flow"];

pub(crate) fn run(args: &Demo, console: &mut Console) -> Result<u8, Failure> {
    refuse_unattended(&args.browser)?;
    let behaviour = behaviour(&args.fault, &[])?;
    let runtime = runtime()?;
    let settings = Settings { listen: free_port(), users: USERS, groups: 2, ..behaviour };
    let app = runtime
        .block_on(oinspect_sample_app::start(settings))
        .map_err(|error| Failure::world("start the sample app").because(error))?;
    let code = test(args, &app, console);
    runtime.block_on(app.stop());
    code
}

/// One tenant of the sample app, in the org and in a configuration.
struct Instance {
    config: Config,
    selection: Selection,
}

fn instance(args: &Demo, app: &Running, place: usize, checks: &[String]) -> Result<Instance, Failure> {
    let tenant = app.tenants.get(place).ok_or_else(|| Failure::world("find a tenant of the sample app"))?;
    let other = app.tenants.iter().find(|other| other.name != tenant.name);
    let mut set = tenant::settings(tenant, other);
    set.extend(args.browser.overrides());
    let choice = Choice { check: checks.to_vec(), ..Choice::everything() };
    Ok(Instance { config: configuration_of(set)?, selection: choose(&[], &choice)? })
}

fn test(args: &Demo, app: &Running, console: &mut Console) -> Result<u8, Failure> {
    let main = instance(args, app, 0, &[])?;
    let second = instance(args, app, 1, &SP_ONLY.map(str::to_owned))?;
    let interrupt = interrupt()?;
    let mut session = open_session(&main.config, args.results.seed(), &interrupt).map_err(no_session)?;
    let org = EmbeddedOrg::start(&main.config).map_err(no_stage)?;
    for (instance, tenant) in [&main, &second].into_iter().zip(&app.tenants) {
        tenant::connect(app, tenant, &org, &instance.config, &*session.transport)?;
    }
    let org = OrgOfRun::Embedded(org);
    let mut beside = session_beside(&session, &second.config);
    // One person for both tenants.
    let witness = witness(&args.browser, console, &interrupt);
    set_stage(&main.config, &mut session, &org, witness.clone()).map_err(no_stage)?;
    set_stage(&second.config, &mut beside, &org, witness).map_err(no_stage)?;

    let suite = Suite::parse(SUITE).expect("the suite comes with the program");
    let mut options = RunOptions { interrupt: interrupt.clone(), ..RunOptions::default() };
    if args.browser.confirm {
        options.jobs = 1;
    }
    let plan = PlanRecord { name: "demo".to_owned(), file: None, sha256: main.selection.sha256() };
    let planned = main.selection.planned() + second.selection.planned() + planned(&suite);
    let header = header(&session, &main.config, plan, options.profile, planned, &process_environment());
    let conduct = Conduct {
        out: args.results.out.clone().unwrap_or_else(|| PathBuf::from("oinspect-out")),
        formats: args.results.format.clone(),
        home: main.config.directory.clone(),
        interrupt,
    };
    conduct.carry_out(console, session, header, |session, emit| {
        let session = oinspect_run::run(session, &main.selection, &options, emit);
        let name = app.tenants.get(1).map_or("second", |tenant| tenant.name.as_str());
        let renamed = |event| emit(tenant::renamed(event, name));
        let beside = oinspect_run::run(beside, &second.selection, &options, &renamed);
        clean_up(&beside, CLEAN_UP_LIMIT, emit);
        note_missing_browser(&session, emit);
        note_witness(&session, emit);
        run_suite(&session, &suite, app, emit)?;
        Ok(session)
    })
}

fn run_suite(
    session: &Arc<Session>,
    suite: &Suite,
    app: &Running,
    emit: oinspect_run::Emit<'_>,
) -> Result<(), Failure> {
    let tenant = app.tenants.first().ok_or_else(|| Failure::world("find a tenant of the sample app"))?;
    let variables = BTreeMap::from([
        ("SCIMBaseURL".to_owned(), tenant.scim_url.clone()),
        ("auth".to_owned(), format!("Bearer {}", tenant.token)),
        ("lookId".to_owned(), session.run.to_string()),
    ]);
    let transport = Arc::clone(&session.transport);
    let options = Options {
        variables,
        initial_script: None,
        pause_scale: 0.0,
        wait: Arc::new(move |duration| transport.pause(duration)),
        cleanup: true,
    };
    oinspect_runscope::run(session, suite, options, &mut |event| emit(event))
        .map(drop)
        .map_err(|error| Failure::usage("").because(error))
}
