//! `oinspect runscope`: a Runscope suite, unchanged.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use oinspect_core::{PlanRecord, Profile, RunHeader, Session, TargetRecord, is_secret_name};
use oinspect_run::{Config, header, open_session_without_target, process_environment};
use oinspect_runscope::{Options, Suite, default_pause_scale, planned};
use sha2::{Digest, Sha256};

use crate::args::Runscope;
use crate::conduct::Conduct;
use crate::console::Console;
use crate::failure::Failure;
use crate::session::{configuration, interrupt, no_session};

pub(crate) fn run(args: &Runscope, console: &mut Console) -> Result<u8, Failure> {
    let suite = read_suite(&args.suite)?;
    let config = configuration(&args.configuration, console)?;
    let Given { mut variables, secrets } = given(&args.variables, &process_environment())?;
    fill_in(&mut variables, &config);
    let initial_script = args.initial_script.as_deref().map(read_script).transpose()?;
    let interrupt = interrupt()?;
    let session =
        open_session_without_target(&config, args.results.seed(), &interrupt).map_err(no_session)?;
    for secret in &secrets {
        session.redactor.learn(secret);
    }
    let header = suite_header(&session, &config, &suite, &args.suite, &variables);
    let conduct = Conduct {
        out: args.results.out.clone().unwrap_or_else(|| config.run.out.clone()),
        formats: args.results.format.clone(),
        home: config.directory.clone(),
        interrupt,
    };
    let pause_scale = args
        .pause_scale
        .or(config.run.pause_scale)
        .unwrap_or_else(|| default_pause_scale(&suite, &variables));
    let transport = Arc::clone(&session.transport);
    let options = Options {
        variables,
        initial_script,
        pause_scale,
        wait: Arc::new(move |duration| transport.pause(duration)),
        cleanup: args.cleanup,
    };
    conduct.carry_out(console, session, header, |session, emit| {
        let session = Arc::new(session);
        oinspect_runscope::run(&session, &suite, options, &mut |event| emit(event))
            .map_err(|error| Failure::usage("").because(error))?;
        Ok(session)
    })
}

fn read_suite(path: &Path) -> Result<Suite, Failure> {
    let named = || format!("read the suite {}", path.display());
    let bytes = std::fs::read(path).map_err(|error| Failure::usage(named()).because(error))?;
    Suite::parse(&bytes).map_err(|error| Failure::usage(named()).because(error))
}

fn read_script(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("read the initial script {}", path.display())).because(error))
}

/// What `--var` said.
#[derive(Debug, Default)]
struct Given {
    variables: BTreeMap<String, String>,
    /// What came out of the environment is a secret, whatever the variable is called.
    secrets: Vec<String>,
}

/// `NAME=VALUE`, where the value may be `${ENV_NAME}`.
fn given(options: &[String], environment: &BTreeMap<String, String>) -> Result<Given, Failure> {
    let mut given = Given::default();
    for option in options {
        let Some((name, value)) = option.split_once('=') else {
            return Err(Failure::usage(
                "use a --var: write it as NAME=VALUE, such as --var SCIMBaseURL=https://...",
            ));
        };
        let value = match value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
            None => value,
            Some(variable) => {
                let secret = environment.get(variable).ok_or_else(|| {
                    Failure::usage(format!(
                        "fill in --var {name}: the environment variable {variable} is not set"
                    ))
                })?;
                given.secrets.push(secret.clone());
                secret
            }
        };
        given.variables.insert(name.trim().to_owned(), value.to_owned());
    }
    Ok(given)
}

/// What the command line does not say of Okta's variables, the configuration may.
fn fill_in(variables: &mut BTreeMap<String, String>, config: &Config) {
    let base_url = config.scim_target().ok().map(|target| target.base_url);
    let values = [
        ("SCIMBaseURL", &base_url),
        ("SCIMUrl", &base_url),
        ("auth", &config.scim.auth),
        ("SCIMAuth", &config.scim.auth),
    ];
    for (name, value) in values {
        if let (false, Some(value)) = (variables.contains_key(name), value) {
            variables.insert(name.to_owned(), value.clone());
        }
    }
}

fn suite_header(
    session: &Session,
    config: &Config,
    suite: &Suite,
    path: &Path,
    variables: &BTreeMap<String, String>,
) -> RunHeader {
    for (_, secret) in variables.iter().filter(|(name, _)| is_secret_name(name)) {
        session.redactor.learn(secret);
    }
    let plan = PlanRecord {
        name: suite.name.clone(),
        file: Some(path.display().to_string()),
        sha256: suite.sha256.clone(),
    };
    let header = header(session, config, plan, Profile::Okta, planned(suite), &process_environment());
    RunHeader { target: target(session, config, variables), ..header }
}

/// What the suite runs against: where its variables point.
fn target(session: &Session, config: &Config, variables: &BTreeMap<String, String>) -> TargetRecord {
    let url = ["SCIMBaseURL", "SCIMUrl", "oktaOrgUrl"].into_iter().find_map(|name| variables.get(name));
    let url = session.redactor.text(url.map_or("", String::as_str));
    let name = match &config.scim.base_url {
        Some(_) => config.name.clone(),
        None => {
            url::Url::parse(&url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
        }
    };
    let open: Vec<String> = variables
        .iter()
        .filter(|(name, _)| !is_secret_name(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    TargetRecord { name, url, fingerprint: format!("{:x}", Sha256::digest(open.join("\n"))) }
}
