//! The tasks, as a table: what `cargo xtask help` lists is what can be run.

use crate::console::say;
use crate::failure::Failure;
use crate::setup;
use crate::step::{cargo, handed_over, shown};
use crate::workspace;

/// Something that `cargo xtask NAME` does.
struct Task {
    name: &'static str,
    /// The arguments it takes, as the help shows them.
    takes: &'static str,
    about: &'static str,
    run: fn(&[&str]) -> Result<(), Failure>,
}

const TASKS: &[Task] = &[
    Task {
        name: "demo",
        takes: "[ARGUMENTS OF `oinspect demo`]",
        about: "builds oinspect and shows what it does; needs nothing but Rust",
        run: demo,
    },
    Task {
        name: "test",
        takes: "[ARGUMENTS OF `cargo test`]",
        about: "sets up what the tests need, then runs all of them",
        run: test,
    },
    Task {
        name: "setup",
        takes: "[--strict]",
        about: "installs what the tests need; --strict fails where something stays absent",
        run: setup,
    },
    Task {
        name: "faults",
        takes: "[--all]",
        about: "runs checks against faults of the sample app; --all runs each against each",
        run: faults,
    },
    Task { name: "docs", takes: "", about: "renews every generated document", run: docs },
    Task { name: "ci", takes: "", about: "runs everything that CI runs", run: ci },
    Task { name: "help", takes: "", about: "lists the tasks", run: help },
];

/// Performs the task that the command line names.
pub(crate) fn perform(arguments: &[String]) -> Result<(), Failure> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((name, rest)) = arguments.split_first() else { return help(&[]) };
    let name = if ["-h", "--help"].contains(name) { "help" } else { name };
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) => (task.run)(rest),
        None => Err(Failure::Usage(format!("there is no task named `{name}`"))),
    }
}

fn demo(arguments: &[&str]) -> Result<(), Failure> {
    say("demo: building oinspect (a few minutes the first time)");
    handed_over(
        cargo(&["run", "--package", "oinspect-cli", "--bin", "oinspect", "--", "demo"]).args(arguments),
    )
}

fn test(arguments: &[&str]) -> Result<(), Failure> {
    setup::perform(false)?;
    say("test: cargo test --workspace");
    let every = shown(cargo(&["test", "--workspace"]).args(arguments));
    // In a run of its own: libxmlsec1 writes every bad signature to standard error, whoever reads that.
    let samael = if setup::has_xmlsec() {
        say("test: the sample app once more, with samael as a second judge of SAML responses");
        let sample_app = ["test", "--package", "oinspect-sample-app", "--features", "samael"];
        shown(cargo(&sample_app).args(arguments))
    } else {
        say("test: libxmlsec1's headers or libclang are absent, so samael is not asked");
        Ok(())
    };
    every.and(samael)
}

fn setup(arguments: &[&str]) -> Result<(), Failure> {
    setup::perform(flag(arguments, "--strict")?)
}

fn faults(arguments: &[&str]) -> Result<(), Failure> {
    let mut command = cargo(&["test", "--package", "oinspect-run", "--test", "it", "--", "faults"]);
    if flag(arguments, "--all")? {
        say("faults: every fault against every check");
        command.arg("--ignored");
    } else {
        say("faults: every fault against its own group and a sample of the others");
    }
    handed_over(&mut command)
}

fn docs(arguments: &[&str]) -> Result<(), Failure> {
    nothing(arguments)?;
    say("docs: the tests that compare generated documents write them instead");
    shown(cargo(&["test", "--workspace", "--quiet"]).env("OINSPECT_RENEW", "1"))?;
    say("docs: renewed; `git diff` shows what changed");
    Ok(())
}

fn ci(arguments: &[&str]) -> Result<(), Failure> {
    nothing(arguments)?;
    handed_over(std::process::Command::new("bash").arg(workspace::root().join(".ci/run")))
}

fn help(arguments: &[&str]) -> Result<(), Failure> {
    nothing(arguments)?;
    say("cargo xtask TASK\n");
    for Task { name, takes, about, .. } in TASKS {
        say(&format!("  {name:<8}{about}"));
        if !takes.is_empty() {
            say(&format!("          takes {takes}"));
        }
    }
    Ok(())
}

/// Whether the one flag that a task takes is given.
fn flag(arguments: &[&str], name: &str) -> Result<bool, Failure> {
    match arguments {
        [] => Ok(false),
        [one] if *one == name => Ok(true),
        _ => Err(Failure::Usage(format!("only `{name}` can be given, not `{}`", arguments.join(" ")))),
    }
}

fn nothing(arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        [] => Ok(()),
        _ => Err(Failure::Usage(format!("nothing can be given, not `{}`", arguments.join(" ")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_task_is_a_usage_error() {
        let failure = perform(&["tset".to_owned()]).unwrap_err();
        assert_eq!(failure.exit_code(), 2);
        assert!(failure.line().is_some_and(|line| line.contains("tset")));
    }

    #[test]
    fn an_unknown_flag_is_a_usage_error_and_nothing_runs() {
        for arguments in [["faults", "--al"], ["setup", "--all"], ["docs", "now"]] {
            let failure = perform(&arguments.map(str::to_owned)).unwrap_err();
            assert_eq!(failure.exit_code(), 2);
        }
    }

    #[test]
    fn no_two_tasks_share_a_name() {
        let mut names: Vec<&str> = TASKS.iter().map(|task| task.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TASKS.len());
    }
}
