//! The first thing that a report says: what is run, how, and against what.

use std::collections::BTreeMap;

use oinspect_core::{Environment, PlanRecord, Profile, RunHeader, Session, TargetRecord, Tool};
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::plan::Plan;
use crate::select::Selection;

/// The header of a run, with the configuration's target. Secrets are left out of every field.
pub fn header(
    session: &Session,
    config: &Config,
    plan: PlanRecord,
    profile: Profile,
    planned: usize,
    environment: &BTreeMap<String, String>,
) -> RunHeader {
    let url = config.address().unwrap_or_default();
    let url = url.trim_end_matches('/');
    RunHeader {
        id: session.run.clone(),
        tool: tool(),
        plan: PlanRecord {
            name: session.redactor.text(&plan.name),
            file: plan.file.map(|file| session.redactor.text(&file)),
            sha256: plan.sha256,
        },
        profile,
        seed: session.seed,
        target: TargetRecord {
            name: session.redactor.text(&config.name),
            url: session.redactor.text(url),
            fingerprint: config.fingerprint().to_owned(),
        },
        environment: machine(environment),
        started: session.clock.now(),
        planned,
    }
}

/// What was chosen: the plan's own hash for one plan, a hash of their hashes for several, a hash of
/// the ids for a choice without a plan.
pub fn plan_record(plans: &[Plan], selection: &Selection) -> PlanRecord {
    match plans {
        [] => PlanRecord { name: "all checks".to_owned(), file: None, sha256: selection.sha256() },
        [plan] => {
            PlanRecord { name: plan.name.clone(), file: plan.file.clone(), sha256: plan.sha256.clone() }
        }
        plans => {
            let join = |parts: Vec<&str>, with: &str| parts.join(with);
            let hashes = join(plans.iter().map(|plan| plan.sha256.as_str()).collect(), "\n");
            PlanRecord {
                name: join(plans.iter().map(|plan| plan.name.as_str()).collect(), ", "),
                file: None,
                sha256: format!("{:x}", Sha256::digest(hashes)),
            }
        }
    }
}

/// This program.
pub fn tool() -> Tool {
    Tool { name: "oinspect".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// Where the run takes place. CI systems set `CI` to anything but `false`.
fn machine(environment: &BTreeMap<String, String>) -> Environment {
    Environment {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        ci: environment.get("CI").is_some_and(|ci| !matches!(ci.as_str(), "" | "0" | "false")),
    }
}

/// The environment of this process, without what is no UTF-8.
pub fn process_environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
