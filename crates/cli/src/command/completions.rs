//! `oinspect completions`: a completion script for a shell.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::failure::Failure;

pub(crate) fn run(args: &Completions) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "oinspect", &mut script);
    std::io::stdout()
        .write_all(&script)
        .map_err(|error| Failure::world("write the completion script").because(error))?;
    Ok(0)
}
