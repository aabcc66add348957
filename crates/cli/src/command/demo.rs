//! `oinspect demo`: the sample app, every check, a suite, a report: the first five minutes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use oinspect_core::PlanRecord;
use oinspect_run::{RunOptions, header, open_session, process_environment};
use oinspect_runscope::{Options, Suite, planned};
use oinspect_sample_app::{Running, Settings};

use crate::args::{Choice, Demo};
use crate::command::sample_app::{behaviour, free_port, runtime};
use crate::conduct::Conduct;
use crate::console::Console;
use crate::failure::Failure;
use crate::selection::choose;
use crate::session::{configuration_of, interrupt, no_session};

/// A suite of our own in the Runscope format.
const SUITE: &[u8] = include_bytes!("../../../../test-plans/first-look.runscope.json");
const USERS: usize = 20;

pub(crate) fn run(args: &Demo, console: &mut Console) -> Result<u8, Failure> {
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

fn test(args: &Demo, app: &Running, console: &mut Console) -> Result<u8, Failure> {
    let tenant = app.tenants.first().ok_or_else(|| Failure::world("find a tenant of the sample app"))?;
    let auth = format!("Bearer {}", tenant.token);
    let config = configuration_of(vec![
        "name=Sample app".to_owned(),
        format!("scim.base_url={}", tenant.scim_url),
        format!("scim.auth={auth}"),
    ])?;
    let selection = choose(&[], &Choice::everything())?;
    let suite = Suite::parse(SUITE).expect("the suite comes with the program");
    let interrupt = interrupt()?;
    let options = RunOptions { interrupt: interrupt.clone(), ..RunOptions::default() };
    let session = open_session(&config, args.results.seed(), &interrupt).map_err(no_session)?;
    let plan = PlanRecord { name: "demo".to_owned(), file: None, sha256: selection.sha256() };
    let planned = selection.planned() + planned(&suite);
    let header = header(&session, &config, plan, options.profile, planned, &process_environment());
    let conduct = Conduct {
        out: args.results.out.clone().unwrap_or_else(|| PathBuf::from("oinspect-out")),
        formats: args.results.format.clone(),
        home: config.directory.clone(),
        interrupt,
    };
    let variables = BTreeMap::from([
        ("SCIMBaseURL".to_owned(), tenant.scim_url.clone()),
        ("auth".to_owned(), auth),
        ("lookId".to_owned(), session.run.to_string()),
    ]);
    conduct.carry_out(console, session, header, |session, emit| {
        let session = oinspect_run::run(session, &selection, &options, emit);
        let transport = Arc::clone(&session.transport);
        let suite_options = Options {
            variables,
            initial_script: None,
            pause_scale: 0.0,
            wait: Arc::new(move |duration| transport.pause(duration)),
            cleanup: true,
        };
        oinspect_runscope::run(&session, &suite, suite_options, &mut |event| emit(event))
            .map_err(|error| Failure::usage("").because(error))?;
        Ok(session)
    })
}
