//! `oinspect doctor`: looks for what would keep a run from working; each line names the setting.

mod scim;
mod sign_on;

use anstyle::AnsiColor;
use oinspect_core::Seed;
use oinspect_run::{Config, Interrupt, has_sign_on, open_session};

use crate::args::Doctor;
use crate::console::{Console, plain};
use crate::failure::Failure;
use crate::session::{configuration, no_session};

/// What a look at one thing came to.
enum Look {
    Fine(String),
    Odd(String),
    Wrong(String),
}

pub(crate) fn run(args: &Doctor, console: &Console) -> Result<u8, Failure> {
    let config = configuration(&args.configuration, console)?;
    if config.scim.base_url.is_none() && !has_sign_on(&config) {
        return Err(Failure::of_problem(config.lacks_everything()));
    }
    let mut session = open_session(&config, Seed::fresh(), &Interrupt::default()).map_err(no_session)?;
    let mut wrong = 0;
    let mut all = 0;
    let mut say = |look: &Look| {
        all += 1;
        wrong += usize::from(matches!(look, Look::Wrong(_)));
        console.say(line(look));
    };
    say(&file(&config));
    if let Ok(target) = config.scim_target() {
        scim::looks(&session, &target).iter().for_each(&mut say);
    }
    if has_sign_on(&config) {
        sign_on::looks(&config, &mut session, &mut say);
    }
    if wrong == 0 {
        console.say("nothing keeps a run from working");
        return Ok(0);
    }
    console.say(format!("{wrong} of {all} looks found what would keep a run from working"));
    Ok(oinspect_core::Outcome::Incomplete.exit_code())
}

fn line(look: &Look) -> String {
    let (style, word, text) = match look {
        Look::Fine(text) => (AnsiColor::Green.on_default(), "✓ fine ", text),
        Look::Odd(text) => (AnsiColor::Yellow.on_default(), "! odd  ", text),
        Look::Wrong(text) => (AnsiColor::Red.on_default().bold(), "✗ wrong", text),
    };
    format!("{style}{word}{style:#} {}", plain(text))
}

fn file(config: &Config) -> Look {
    match &config.file {
        Some(path) => Look::Fine(format!("configuration: {}", path.display())),
        None => Look::Odd(
            "configuration: no oinspect.toml here or above; only --set and OINSPECT_* count".to_owned(),
        ),
    }
}
