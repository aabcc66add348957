//! `oinspect run`: tests the app that the configuration describes.

use oinspect_run::{
    Config, Plan, RunOptions, Selection, header, open_session, plan_record, process_environment,
};

use crate::args::Run;
use crate::conduct::Conduct;
use crate::console::Console;
use crate::failure::Failure;
use crate::selection::{choose, plans};
use crate::session::{configuration, here, interrupt, no_session};

pub(crate) fn run(args: &Run, console: &mut Console) -> Result<u8, Failure> {
    let config = configuration(&args.configuration, console)?;
    let plans = plans(if args.plans.is_empty() { &config.run.plans } else { &args.plans }, &here()?)?;
    let selection = choose(&plans, &args.choice)?;
    test(args, &config, &plans, &selection, console)
}

fn test(
    args: &Run,
    config: &Config,
    plans: &[Plan],
    selection: &Selection,
    console: &mut Console,
) -> Result<u8, Failure> {
    let interrupt = interrupt()?;
    let options = RunOptions {
        jobs: args.jobs.map_or(config.run.jobs, usize::from),
        fail_fast: args.fail_fast,
        run_timeout: config.limits.run,
        profile: args.choice.profile.unwrap_or_else(|| config.profile_with(plans)),
        interrupt: interrupt.clone(),
    };
    let session = open_session(config, args.results.seed(), &interrupt).map_err(no_session)?;
    let mut plan = plan_record(plans, selection);
    if args.choice.is_filter() {
        plan.name.push_str(", filtered");
    }
    let header = header(&session, config, plan, options.profile, selection.planned(), &process_environment());
    let conduct = Conduct {
        out: args.results.out.clone().unwrap_or_else(|| config.run.out.clone()),
        formats: args.results.format.clone(),
        home: config.directory.clone(),
        interrupt,
    };
    conduct.carry_out(console, session, header, |session, emit| {
        Ok(oinspect_run::run(session, selection, &options, emit))
    })
}
