//! The oinspect command.

mod args;
mod command;
mod conduct;
mod confirm;
mod console;
mod exit_codes;
mod failure;
mod files;
mod selection;
mod session;
mod signals;
mod values;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;
use oinspect_core::Outcome;

use args::{Cli, Colour, Command};
use console::Console;
use exit_codes::Exit;
use failure::Failure;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.voice.color {
        Colour::Auto => {}
        Colour::Always => anstream::ColorChoice::Always.write_global(),
        Colour::Never => anstream::ColorChoice::Never.write_global(),
    }
    let mut console = Console::new(cli.voice);
    // A check that panics becomes a result with its message; the default hook would print it as well.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let (message, code) = match catch_unwind(AssertUnwindSafe(|| perform(cli.command, &mut console))) {
        Ok(Ok(code)) => return ExitCode::from(code),
        Ok(Err(failure)) => (failure.to_string(), failure.exit.code()),
        Err(panic) => (bug(&*panic), Exit::Run(Outcome::Bug).code()),
    };
    console.error(message);
    ExitCode::from(code)
}

fn bug(panic: &(dyn Any + Send)) -> String {
    let text =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!(
        "oinspect itself failed: {}; please report this, with what RUST_BACKTRACE=1 shows",
        text.unwrap_or("no message")
    )
}

fn perform(command: Command, console: &mut Console) -> Result<u8, Failure> {
    match command {
        Command::Demo(args) => command::demo::run(&args, console),
        Command::Run(args) => command::run::run(&args, console),
        Command::Runscope(args) => command::runscope::run(&args, console),
        Command::List(args) => command::list::run(&args, console),
        Command::Explain(args) => command::explain::run(&args, console),
        Command::Report(args) => command::report::run(&args, console),
        Command::Init(args) => command::init::run(&args, console),
        Command::Org(args) => command::org::run(&args, console),
        Command::SampleApp(args) => command::sample_app::run(&args, console),
        Command::Doctor(args) => command::doctor::run(&args, console),
        Command::Completions(args) => command::completions::run(&args),
    }
}
