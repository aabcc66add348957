//! What can be said on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use oinspect_core::{Profile, Seed};
use oinspect_report::Format;

use crate::values;

/// Tests that an app's single sign-on and provisioning work with an Okta-like identity provider.
#[derive(Debug, Parser)]
#[command(
    name = "oinspect",
    version,
    max_term_width = 100,
    after_help = crate::exit_codes::help()
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// How much to say.
    #[command(flatten)]
    pub(crate) voice: Voice,
}

/// How much to say, and how.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Voice {
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Output")]
    pub(crate) quiet: bool,
    /// Say what every check came to
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(crate) verbose: bool,
    /// auto, always or never; NO_COLOR=1 means never, too
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        hide_possible_values = true,
        default_value_t = Colour::Auto,
        global = true,
        help_heading = "Output"
    )]
    pub(crate) color: Colour,
}

// No comment on a variant of a value: each would become four lines of `--help`.

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// See it work: test the sample app and write a report
    Demo(Demo),
    /// Test the app that oinspect.toml describes
    Run(Box<Run>),
    /// Run a Runscope suite, such as Okta's SCIM suites, unchanged
    Runscope(Box<Runscope>),
    /// Show which checks there are
    List(List),
    /// Say what a check demands, where it is written and how to mend it
    Explain(Explain),
    /// Render a report again, in any format
    Report(Report),
    /// Write a commented oinspect.toml
    Init(Init),
    /// Serve the embedded org, or print what an app needs to trust it
    Org(Org),
    /// Serve the sample app, healthy or with a fault
    SampleApp(Box<SampleApp>),
    /// Look for what would keep a run from working
    Doctor(Doctor),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// Where a run's results go, and how it is repeated.
#[derive(Debug, Clone, Args)]
pub(crate) struct Results {
    /// Folder for the results
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write this format too, besides report.json, report.xml and report.html
    #[arg(long, value_name = "FORMAT", value_parser = values::format, help = format!("Write this format too: {}", values::format_names()))]
    pub(crate) format: Vec<Format>,
    /// Repeat the choices of an earlier run
    #[arg(long, value_parser = values::seed)]
    pub(crate) seed: Option<Seed>,
}

impl Results {
    /// The seed that was asked for, or a fresh one.
    pub(crate) fn seed(&self) -> Seed {
        self.seed.unwrap_or_else(Seed::fresh)
    }
}

/// Where the configuration comes from.
#[derive(Debug, Clone, Args)]
pub(crate) struct Configuration {
    /// Configuration file [default: oinspect.toml here or in a folder above]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Override one key, such as scim.base_url=http://localhost:8480/scim/v2
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
}

/// Which checks run.
#[derive(Debug, Clone, Args)]
pub(crate) struct Choice {
    /// Only checks whose id matches, such as scim.create.*; a leading ! leaves out
    #[arg(long, value_name = "GLOB")]
    pub(crate) check: Vec<String>,
    /// Only checks with this tag, such as must, rfc7644 or patch
    #[arg(long)]
    pub(crate) tag: Vec<String>,
    /// Whose demands count: rfc, okta or entra [default: okta]
    #[arg(long, value_parser = values::profile)]
    pub(crate) profile: Option<Profile>,
}

impl Choice {
    /// No filter at all.
    pub(crate) fn everything() -> Self {
        Self { check: Vec::new(), tag: Vec::new(), profile: None }
    }

    /// Whether it leaves out any of the plan's checks.
    pub(crate) fn is_filter(&self) -> bool {
        !self.check.is_empty() || !self.tag.is_empty()
    }
}

/// `oinspect demo`
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Make the sample app misbehave; see `oinspect sample-app --faults`
    #[arg(long, value_name = "FAULT")]
    pub(crate) fault: Vec<String>,
    #[command(flatten)]
    pub(crate) results: Results,
    #[command(flatten)]
    pub(crate) browser: Browser,
}

/// `oinspect run`
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Plans to run [default: every check]
    #[arg(value_name = "PLAN")]
    pub(crate) plans: Vec<String>,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    #[command(flatten)]
    pub(crate) choice: Choice,
    #[command(flatten)]
    pub(crate) results: Results,
    /// Stop at the first failure
    #[arg(long)]
    pub(crate) fail_fast: bool,
    /// How many groups of checks run side by side
    #[arg(long, value_name = "N", value_parser = values::jobs)]
    pub(crate) jobs: Option<u16>,
    #[command(flatten)]
    pub(crate) browser: Browser,
}

/// Which user agent signs on.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Single sign-on")]
pub(crate) struct Browser {
    /// Show the browser's window
    #[arg(long)]
    pub(crate) headed: bool,
    /// Use this WebDriver or Selenium Grid
    #[arg(long, value_name = "URL")]
    pub(crate) webdriver_url: Option<String>,
    /// The user agent: auto, webdriver or http
    #[arg(long, value_name = "AGENT")]
    pub(crate) agent: Option<String>,
    /// Show the browser and ask you where no marker tells who is signed in
    #[arg(long)]
    pub(crate) confirm: bool,
}

impl Browser {
    /// The same as overrides of the configuration.
    pub(crate) fn overrides(&self) -> Vec<String> {
        let mut set = Vec::new();
        // A person who is to look needs something to look at.
        if self.headed || self.confirm {
            set.push("browser.headed=true".to_owned());
        }
        set.extend(self.webdriver_url.iter().map(|url| format!("browser.webdriver_url={url}")));
        match self.agent.as_deref() {
            None | Some("auto") if self.confirm => set.push("browser.agent=webdriver".to_owned()),
            agent => set.extend(agent.map(|agent| format!("browser.agent={agent}"))),
        }
        set
    }
}

/// `oinspect runscope`
#[derive(Debug, Args)]
pub(crate) struct Runscope {
    /// The suite, as exported
    #[arg(value_name = "SUITE.json")]
    pub(crate) suite: PathBuf,
    /// A variable of the suite, such as SCIMBaseURL=https://...; VALUE may be ${ENV_NAME}
    #[arg(long = "var", value_name = "NAME=VALUE")]
    pub(crate) variables: Vec<String>,
    /// A script to run before the first step, as Okta publishes it beside its suites
    #[arg(long, value_name = "FILE")]
    pub(crate) initial_script: Option<PathBuf>,
    /// How long pauses last: 1 as written, 0 not at all [default: 0 where every host is local, else 1]
    #[arg(long, value_name = "FACTOR", allow_hyphen_values = true, value_parser = values::factor)]
    pub(crate) pause_scale: Option<f64>,
    /// Delete what the suite created
    #[arg(long)]
    pub(crate) cleanup: bool,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    #[command(flatten)]
    pub(crate) results: Results,
}

/// `oinspect list`
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// How to show it
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}

/// How a list of checks is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Table,
    Json,
}

/// `oinspect explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The check
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

/// `oinspect report`
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// A report.json, or the journal of a run that was killed
    #[arg(long, value_name = "FILE", default_value = "oinspect-out/report.json")]
    pub(crate) from: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT", required = true, value_parser = values::format, help = format!("What to write: {}", values::format_names()))]
    pub(crate) format: Vec<Format>,
    /// Folder to write to [default: standard output for one format, else the folder of the report]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// `oinspect sample-app`
#[derive(Debug, Args)]
pub(crate) struct SampleApp {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", value_parser = values::address, default_value_t = oinspect_sample_app::DEFAULT_LISTEN)]
    pub(crate) listen: SocketAddr,
    /// Misbehave in this way
    #[arg(long, value_name = "FAULT")]
    pub(crate) fault: Vec<String>,
    /// Behave in this other legal way
    #[arg(long, value_name = "VARIANT")]
    pub(crate) variant: Vec<String>,
    /// Users to begin with, in each tenant
    #[arg(long, value_name = "N", value_parser = values::users, default_value_t = 3)]
    pub(crate) users: usize,
    /// Keep the data in this SQLite file
    #[arg(long, value_name = "FILE")]
    pub(crate) database: Option<PathBuf>,
    /// Show the faults and variants there are
    #[arg(long)]
    pub(crate) faults: bool,
    #[command(flatten)]
    pub(crate) trust: Trust,
}

/// Whom the sample app lets sign its users in.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Single sign-on")]
pub(crate) struct Trust {
    /// The tenant that it is for: acme takes both flows, globex the SP flow only
    #[arg(long, value_name = "NAME", default_value = "acme")]
    pub(crate) tenant: String,
    /// The identity provider's SAML metadata: a file or a URL
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) saml_metadata: Option<String>,
    /// The OpenID provider
    #[arg(long, value_name = "URL", requires = "oidc_client_id")]
    pub(crate) oidc_issuer: Option<String>,
    /// The client id at the OpenID provider
    #[arg(long, value_name = "ID", requires = "oidc_client_secret")]
    pub(crate) oidc_client_id: Option<String>,
    /// The client secret there
    #[arg(long, value_name = "SECRET", env = "OINSPECT_SAMPLE_CLIENT_SECRET", hide_env_values = true)]
    pub(crate) oidc_client_secret: Option<String>,
    /// A certificate authority to trust when the OpenID provider is asked, as PEM
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
}

/// `oinspect init`
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The app's name in reports
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Where the app's SCIM server is
    #[arg(long, value_name = "URL")]
    pub(crate) scim: Option<String>,
    /// The SAML service provider's metadata: a file or a URL
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) sp_metadata: Option<String>,
    /// Where the app begins SAML sign-on
    #[arg(long, value_name = "URL")]
    pub(crate) saml_start: Option<String>,
    /// The relying party's redirect URI
    #[arg(long, value_name = "URL")]
    pub(crate) redirect_uri: Option<String>,
    /// Where the app begins OpenID Connect sign-on
    #[arg(long, value_name = "URL", requires = "redirect_uri")]
    pub(crate) oidc_start: Option<String>,
    /// Where the org's tile leads an OpenID Connect user
    #[arg(long, value_name = "URL", requires = "redirect_uri")]
    pub(crate) initiate_login_uri: Option<String>,
    /// Where to write
    #[arg(long, value_name = "FILE", default_value = "oinspect.toml")]
    pub(crate) file: PathBuf,
}

/// `oinspect org`
#[derive(Debug, Args)]
pub(crate) struct Org {
    /// setup: print what an administrator of the app pastes there, and write idp-metadata.xml
    #[arg(value_name = "TASK", value_enum, hide_possible_values = true)]
    pub(crate) task: Option<OrgTask>,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:8490]
    #[arg(long, value_name = "ADDR:PORT", value_parser = values::address)]
    pub(crate) listen: Option<SocketAddr>,
    /// How apps and browsers reach it, where that is another address
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// Speak TLS, by an authority of its own
    #[arg(long)]
    pub(crate) tls: bool,
    /// Tell apps of sign-out by back- and front-channel, which Okta's network does not offer
    #[arg(long)]
    pub(crate) logout_channels: bool,
}

/// What to do with the org, other than serving it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OrgTask {
    Setup,
}

/// `oinspect doctor`
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

/// `oinspect completions`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
