//! Running other programs: quietly into a log, or with the console to themselves.

use std::fs::{self, File};
use std::process::{Command, ExitStatus, Stdio};

use crate::console::say;
use crate::failure::Failure;
use crate::workspace;

/// How many lines of a log are shown when its step failed.
const TAIL: usize = 20;

/// Runs programs one after the other, with one log for all that they print; its end is shown as
/// soon as one fails.
pub(crate) fn logged(log: &str, what: &str, commands: &mut [Command]) -> Result<(), Failure> {
    let folder = workspace::peers().join("log");
    fs::create_dir_all(&folder).map_err(Failure::io(format!("create {}", folder.display())))?;
    let path = folder.join(format!("{log}.log"));
    let file = File::create(&path).map_err(Failure::io(format!("write {}", path.display())))?;
    for command in commands {
        let (out, err) = (file.try_clone(), file.try_clone());
        let status = command
            .stdin(Stdio::null())
            .stdout(out.map_err(Failure::io("share the log"))?)
            .stderr(err.map_err(Failure::io("share the log"))?)
            .status()
            .map_err(Failure::io(format!("start {}", command.get_program().display())))?;
        if !status.success() {
            let text = fs::read(&path).unwrap_or_default();
            for line in tail(&String::from_utf8_lossy(&text)) {
                say(&format!("  | {line}"));
            }
            return Err(Failure::Step(format!(
                "{what} ({status}); all of its output is in {}",
                path.display()
            )));
        }
    }
    Ok(())
}

/// The last lines of a text, in order.
fn tail(text: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = text.lines().collect();
    let skipped = lines.len().saturating_sub(TAIL);
    lines.into_iter().skip(skipped)
}

/// Runs a program that has the console to itself, and goes on after it.
pub(crate) fn shown(command: &mut Command) -> Result<(), Failure> {
    let status =
        command.status().map_err(Failure::io(format!("start {}", command.get_program().display())))?;
    if status.success() { Ok(()) } else { Err(Failure::Ended(exit_code(status))) }
}

/// Lets a program take our place, so that Ctrl-C reaches it alone and its exit code is ours.
pub(crate) fn handed_over(command: &mut Command) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let problem = command.exec();
        Err(Failure::io(format!("start {}", command.get_program().display()))(problem))
    }
    #[cfg(not(unix))]
    shown(command)
}

/// The exit code of a program; 1 for one that a signal ended.
fn exit_code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// The cargo that runs us, or the one on the search path.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments);
    // What cargo said to us about our own package would make build scripts run again.
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            command.env_remove(name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_long_log_is_shown() {
        let log: Vec<String> = (1..=50).map(|line| line.to_string()).collect();
        let log = log.join("\n");
        assert_eq!(tail(&log).next(), Some("31"));
        assert_eq!(tail(&log).count(), TAIL);
        assert_eq!(tail("one\ntwo").collect::<Vec<_>>(), ["one", "two"]);
    }
}
