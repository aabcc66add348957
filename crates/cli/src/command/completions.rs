//! `oinspect completions`: a completion script for a shell.

use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::failure::Failure;

pub(crate) fn run(args: &Completions) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "oinspect", &mut script);
    crate::files::print(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
