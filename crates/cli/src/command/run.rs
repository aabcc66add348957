//! `oinspect run`: tests the app that the configuration describes.

use oinspect_run::{
    Config, OrgOfRun, Plan, RunOptions, Selection, header, note_missing_browser, note_witness, open_session,
    plan_record, process_environment, set_stage,
};

use crate::args::Run;
use crate::conduct::Conduct;
use crate::confirm::{refuse_unattended, witness};
use crate::console::Console;
use crate::failure::Failure;
use crate::selection::{choose, plans};
use crate::session::{configuration_with, here, interrupt, no_session, no_stage};

pub(crate) fn run(args: &Run, console: &mut Console) -> Result<u8, Failure> {
    refuse_unattended(&args.browser)?;
    let config = configuration_with(&args.configuration, args.browser.overrides(), console)?;
    let plans = plans(if args.plans.is_empty() { &config.run.plans } else { &args.plans }, &here()?)?;
    let mut selection = choose(&plans, &args.choice)?;
    let left_out = selection.only_configured(&config).map_err(Failure::of_problem)?;
    if !plans.is_empty() || args.choice.is_filter() {
        for (suite, checks) in left_out {
            console.warn(format!(
                "{checks} chosen checks of the {} are left out: the configuration has no [{}]",
                suite.title, suite.id
            ));
        }
    }
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
        // Questions that mix are not answered.
        jobs: if args.browser.confirm { 1 } else { args.jobs.map_or(config.run.jobs, usize::from) },
        fail_fast: args.fail_fast,
        run_timeout: config.limits.run,
        profile: args.choice.profile.unwrap_or_else(|| config.profile_with(plans)),
        interrupt: interrupt.clone(),
    };
    let mut session = open_session(config, args.results.seed(), &interrupt).map_err(no_session)?;
    if selection.needs_stage() {
        let org = OrgOfRun::of(config).map_err(no_stage)?;
        let witness = witness(&args.browser, console, &interrupt);
        set_stage(config, &mut session, &org, witness).map_err(no_stage)?;
    }
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
        let session = oinspect_run::run(session, selection, &options, emit);
        note_missing_browser(&session, emit);
        note_witness(&session, emit);
        Ok(session)
    })
}
