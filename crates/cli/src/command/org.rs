//! `oinspect org`: serves the embedded org, or prints what an app needs to trust it.

use std::path::Path;

use oinspect_org::{Setup, SignOn};
use oinspect_run::{
    AppProtocol, Config, EmbeddedOrg, HttpTransport, Interrupt, apps_to_come, org_address, org_identity,
    sp_metadata,
};

use crate::args::{Org, OrgTask};
use crate::command::sample_app::runtime;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::write;
use crate::session::{configuration_with, no_stage};
use crate::signals::Interrupts;

/// The file that `setup` writes for a service provider.
const METADATA_FILE: &str = "idp-metadata.xml";
/// The file that `setup` writes where the org speaks TLS.
const AUTHORITY_FILE: &str = "org-ca.pem";

pub(crate) fn run(args: &Org, console: &Console) -> Result<u8, Failure> {
    let mut set = Vec::new();
    set.extend(args.listen.map(|listen| format!("org.listen={listen}")));
    set.extend(args.public_url.iter().map(|url| format!("org.public_url={url}")));
    if args.tls {
        set.push("org.tls=true".to_owned());
    }
    let config = configuration_with(&args.configuration, set, console)?;
    match args.task {
        Some(OrgTask::Setup) => setup(&config, console),
        None => serve(args, &config, console),
    }
}

/// Serves the org with the app's instances until it is told to stop.
fn serve(args: &Org, config: &Config, console: &Console) -> Result<u8, Failure> {
    let clock = oinspect_core::Clock::System;
    let transport = HttpTransport::new(&config.network, clock, Interrupt::default())
        .map_err(|error| Failure::usage("").because(error))?;
    let metadata = sp_metadata(config, &transport).map_err(no_stage)?;
    let org = EmbeddedOrg::start_with(config, args.logout_channels).map_err(no_stage)?;
    org.set_up(config, metadata.as_ref()).map_err(no_stage)?;
    runtime()?.block_on(async {
        // Before the announcement: who reads it may stop the org at once.
        let mut interrupts =
            Interrupts::listen().map_err(|error| Failure::world("listen for interrupts").because(error))?;
        console.say(org.running.announcement().to_string());
        interrupts.next().await;
        Ok(0)
    })
}

/// Prints what an administrator pastes into the app; no server runs for it.
fn setup(config: &Config, console: &Console) -> Result<u8, Failure> {
    let Some(address) = org_address(config) else {
        return Err(Failure::usage(
            "say where the org will be: org.listen has port 0, which is another one in each run; choose a port, \
             or set org.public_url",
        ));
    };
    if config.sign_on.saml.is_none() && config.sign_on.oidc.is_none() {
        return Err(Failure::usage(
            "set up an app: oinspect.toml describes none; write [saml] or [oidc] into it, or see `oinspect init`",
        ));
    }
    let identity = org_identity(config).map_err(no_stage)?;
    // What the app is told does not depend on what the app says of itself: it need not run yet.
    for (protocol, app) in apps_to_come(config).map_err(no_stage)? {
        let setup = identity.setup(&address, &app);
        match protocol {
            AppProtocol::Saml => {
                let file = Path::new(METADATA_FILE);
                write(file, &setup.idp_metadata_xml)?;
                saml(console, &setup, config, file);
            }
            AppProtocol::Oidc => oidc(console, &setup, &app.sign_on),
        }
    }
    if config.sign_on.org.tls {
        write(Path::new(AUTHORITY_FILE), &identity.ca_certificate_pem)?;
        console.say(format!(
            "TLS: the app has to trust the org's authority: {AUTHORITY_FILE} (for Node.js, NODE_EXTRA_CA_CERTS)\n"
        ));
    }
    console.say(format!("Kept in {}; the same in every run.", config.directory.join(".oinspect").display()));
    Ok(0)
}

fn saml(console: &Console, setup: &Setup, config: &Config, file: &Path) {
    console.say("SAML: paste this into the app");
    for (name, value) in [
        ("metadata URL", setup.metadata_url.as_str()),
        ("sign-on URL", setup.sso_url.as_str()),
        ("entity ID (issuer)", setup.entity_id.as_str()),
    ] {
        console.say(format!("  {name:<20} {value}"));
    }
    console.say(format!("  {:<20} {}", "metadata file", file.display()));
    if let Some(saml) = &config.sign_on.saml {
        let of_users = saml.attributes.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = of_users.chain(saml.group_attribute.as_deref()).collect();
        console.say(format!("  {:<20} {}", "NameID format", saml.name_id_format));
        console.say(format!("  {:<20} {}", "attributes", names.join(", ")));
    }
    console.say(format!("  certificate\n{}", setup.certificate_pem.trim_end()));
    console.say("");
}

fn oidc(console: &Console, setup: &Setup, sign_on: &SignOn) {
    console.say("OpenID Connect: paste this into the app");
    for (name, value) in [
        ("issuer", setup.issuer.as_str()),
        ("discovery URL", setup.discovery_url.as_str()),
        ("client ID", setup.client_id.as_str()),
        ("client secret", setup.client_secret.as_str()),
    ] {
        console.say(format!("  {name:<20} {value}"));
    }
    if let SignOn::Oidc(app) = sign_on {
        console.say(format!("  {:<20} {}", "authenticates by", app.token_endpoint_auth_method.name()));
    }
    console.say("");
}
