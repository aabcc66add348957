//! `oinspect sample-app`: serves the sample app until it is told to stop.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use oinspect_core::{Clock, Method, Request, Transport};
use oinspect_run::{HttpTransport, Interrupt};
use oinspect_sample_app::{Fault, Misbehaviour, OidcTrust, SamlTrust, Settings, Sso, StartError, Variant};
use tokio::runtime::Runtime;

use crate::args::{SampleApp, Trust};
use crate::console::Console;
use crate::failure::Failure;
use crate::session::configuration_of;
use crate::signals::Interrupts;

pub(crate) fn run(args: &SampleApp, console: &Console) -> Result<u8, Failure> {
    if args.faults {
        show_switches(console);
        return Ok(0);
    }
    let behaviour = behaviour(&args.fault, &args.variant)?;
    let settings = Settings {
        sso: trust(&args.trust)?,
        trusted_ca_pem: args.trust.ca_file.as_deref().map(read).transpose()?,
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
                StartError::Sso { .. } => " (see --tenant, --saml-metadata and --oidc-issuer)",
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

/// Whom the tenant trusts, as the command line has it.
fn trust(args: &Trust) -> Result<Vec<(String, Sso)>, Failure> {
    let mut sso = Sso::default();
    if let Some(source) = &args.saml_metadata {
        sso.saml = Some(SamlTrust { idp_metadata: fetched(source)? });
    }
    if let (Some(issuer), Some(client_id), Some(client_secret)) =
        (&args.oidc_issuer, &args.oidc_client_id, &args.oidc_client_secret)
    {
        sso.oidc = Some(OidcTrust {
            issuer: issuer.clone(),
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
        });
    }
    if sso.saml.is_none() && sso.oidc.is_none() {
        return Ok(Vec::new());
    }
    Ok(vec![(args.tenant.clone(), sso)])
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("read {}", path.display())).because(error))
}

/// The text of a file or of an address.
fn fetched(source: &str) -> Result<String, Failure> {
    if !source.starts_with("http://") && !source.starts_with("https://") {
        return read(Path::new(source));
    }
    let config = configuration_of(Vec::new())?;
    let transport = HttpTransport::new(&config.network, Clock::System, Interrupt::default())
        .map_err(|error| Failure::usage("").because(error))?;
    let failed = || format!("fetch {source}");
    match transport.send(&Request::new(Method::Get, source), config.limits.request) {
        Ok(answer) if answer.status == 200 => Ok(String::from_utf8_lossy(&answer.body).into_owned()),
        Ok(answer) => Err(Failure::world(format!("{}: it was answered with {}", failed(), answer.status))),
        Err(error) => Err(Failure::world(failed()).because(error)),
    }
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
            let all = Fault::all().map(Fault::id).chain(Misbehaviour::ALL.iter().map(|one| one.id()));
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
    for fault in Fault::all() {
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
