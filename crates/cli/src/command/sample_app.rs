//! `oinspect sample-app`: serves the sample app until it is told to stop.

use std::net::{Ipv4Addr, SocketAddr};

use oinspect_sample_app::{Fault, Misbehaviour, Settings, StartError, Variant};
use tokio::runtime::Runtime;

use crate::args::SampleApp;
use crate::console::Console;
use crate::failure::Failure;
use crate::signals::Interrupts;

pub(crate) fn run(args: &SampleApp, console: &Console) -> Result<u8, Failure> {
    if args.faults {
        show_switches(console);
        return Ok(0);
    }
    let behaviour = behaviour(&args.fault, &args.variant)?;
    let settings = Settings {
        listen: args.listen,
        users: args.users,
        groups: args.users.min(2),
        database: args.database.clone(),
        ..behaviour
    };
    runtime()?.block_on(async {
        let app = oinspect_sample_app::start(settings).await.map_err(|error| {
            let next = match error {
                StartError::Listen { .. } => " (--listen names another address)",
                StartError::Database { .. } => " (--database names another file)",
                StartError::Seed | StartError::Threads(_) | StartError::Gone => "",
            };
            Failure::world(format!("serve the sample app at {}{next}", args.listen)).because(error)
        })?;
        // Before the announcement: who reads it may stop the app at once.
        let mut interrupts =
            Interrupts::listen().map_err(|error| Failure::world("listen for interrupts").because(error))?;
        console.say(app.announcement().to_string());
        interrupts.next().await;
        app.stop().await;
        Ok(0)
    })
}

/// Settings with these switches on.
pub(crate) fn behaviour(faults: &[String], variants: &[String]) -> Result<Settings, Failure> {
    let unknown = |what: &str, id: &str, all: Vec<&'static str>| {
        let near = oinspect_run::nearest(id, all)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Failure::usage(format!(
            "switch on the {what} `{id}`: there is none of that name{near} (see sample-app --faults)"
        ))
    };
    let mut misbehaviours = faults.iter().filter_map(|id| Misbehaviour::named(id));
    let misbehaviour = misbehaviours.next();
    if let (Some(one), Some(other)) = (misbehaviour, misbehaviours.find(|other| misbehaviour != Some(*other)))
    {
        return Err(Failure::usage(format!(
            "switch on `{}` beside `{}`: each of them is all that a server does; name one",
            other.id(),
            one.id()
        )));
    }
    let faults: Result<Vec<Fault>, Failure> = faults
        .iter()
        .filter(|id| Misbehaviour::named(id).is_none())
        .map(|id| {
            let all =
                Fault::ALL.iter().map(|one| one.id()).chain(Misbehaviour::ALL.iter().map(|one| one.id()));
            Fault::named(id).ok_or_else(|| unknown("fault", id, all.collect()))
        })
        .collect();
    let variants: Result<Vec<Variant>, Failure> = variants
        .iter()
        .map(|id| {
            Variant::named(id)
                .ok_or_else(|| unknown("variant", id, Variant::ALL.iter().map(|one| one.id()).collect()))
        })
        .collect();
    Ok(Settings { faults: faults?, variants: variants?, misbehaviour, ..Settings::default() })
}

fn show_switches(console: &Console) {
    console.say("Faults, each with the checks that it breaks:");
    for fault in Fault::ALL {
        console.say(format!("  {:<32} {}", fault.id(), fault.description()));
        for id in fault.breaks() {
            console.say(format!("  {:<32}   {id}", ""));
        }
    }
    console.say("Misbehaviour of the whole server, switched on like a fault:");
    for misbehaviour in Misbehaviour::ALL {
        console.say(format!("  {:<32} {}", misbehaviour.id(), misbehaviour.description()));
    }
    console.say("Variants, all of them legal:");
    for variant in Variant::ALL {
        console.say(format!("  {:<32} {}", variant.id(), variant.description()));
    }
}

/// Any free port of this machine.
pub(crate) fn free_port() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

/// Threads for the app, apart from those of the run.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::world("start the threads of the sample app").because(error))
}
