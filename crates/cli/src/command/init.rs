//! `oinspect init`: writes a commented `oinspect.toml` from what is known of the app.

use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal, Write as _, stdin};

use oinspect_core::{Clock, Method, Request, Transport};
use oinspect_run::{Config, HttpTransport, Interrupt, Sources, read_sp_metadata};

use crate::args::Init;
use crate::console::Console;
use crate::failure::Failure;
use crate::files::write;
use crate::session::here;

/// What is known of the app.
#[derive(Default)]
struct Known {
    name: Option<String>,
    scim: Option<String>,
    sp_metadata: Option<String>,
    saml_start: Option<String>,
    redirect_uri: Option<String>,
    oidc_start: Option<String>,
    initiate_login_uri: Option<String>,
}

pub(crate) fn run(args: &Init, console: &Console) -> Result<u8, Failure> {
    if args.file.exists() {
        return Err(Failure::usage(format!(
            "write {}: it is there already; --file names another",
            args.file.display()
        )));
    }
    let mut known = Known {
        name: args.name.clone(),
        scim: args.scim.clone(),
        sp_metadata: args.sp_metadata.clone(),
        saml_start: args.saml_start.clone(),
        redirect_uri: args.redirect_uri.clone(),
        oidc_start: args.oidc_start.clone(),
        initiate_login_uri: args.initiate_login_uri.clone(),
    };
    if known.is_empty() {
        if !stdin().is_terminal() {
            return Err(Failure::usage(
                "describe the app: nothing is known of it; give at least one of --scim, --sp-metadata, --saml-start, \
                 --redirect-uri",
            ));
        }
        known.ask(console)?;
    }
    if known.is_empty() {
        return Err(Failure::usage("describe the app: it has neither SCIM nor SAML nor OpenID Connect"));
    }
    let text = file(&known, &discovered(&known)?);
    // What was typed must be a configuration that `run` accepts.
    check(&text)?;
    write(&args.file, &text)?;
    console.say(format!("wrote {}", args.file.display()));
    console.say(format!("next: {}oinspect doctor, oinspect run", known.before_doctor()));
    Ok(0)
}

impl Known {
    fn is_empty(&self) -> bool {
        self.scim.is_none()
            && self.sp_metadata.is_none()
            && self.saml_start.is_none()
            && self.redirect_uri.is_none()
    }

    /// What is to be done first.
    fn before_doctor(&self) -> String {
        let signs_on = self.sp_metadata.is_some() || self.saml_start.is_some() || self.redirect_uri.is_some();
        let steps = [
            self.scim.is_some().then_some("export SCIM_AUTH=... (the SCIM credential), "),
            signs_on.then_some("oinspect org setup (what the app has to be told), "),
        ];
        steps.into_iter().flatten().collect()
    }

    /// Asks on the terminal; an empty answer leaves a thing out.
    fn ask(&mut self, console: &Console) -> Result<(), Failure> {
        console.say("An empty answer leaves a thing out.");
        let questions: [(&str, &mut Option<String>); 7] = [
            ("The app's name", &mut self.name),
            ("SCIM base URL", &mut self.scim),
            ("SAML: metadata of the app, file or URL", &mut self.sp_metadata),
            ("SAML: where the app begins sign-on, URL", &mut self.saml_start),
            ("OpenID Connect: redirect URI", &mut self.redirect_uri),
            ("OpenID Connect: where the app begins sign-on, URL", &mut self.oidc_start),
            ("OpenID Connect: initiate login URI", &mut self.initiate_login_uri),
        ];
        for (question, answer) in questions {
            let failed = |error| Failure::world("ask on the terminal").because(error);
            let mut out = anstream::stdout();
            write!(out, "{question}: ").and_then(|()| out.flush()).map_err(failed)?;
            let mut line = String::new();
            stdin().lock().read_line(&mut line).map_err(failed)?;
            let line = line.trim();
            if !line.is_empty() {
                *answer = Some(line.to_owned());
            }
        }
        Ok(())
    }
}

/// Comments on what the app's metadata say; where they cannot be had now, one that says so.
fn discovered(known: &Known) -> Result<Vec<String>, Failure> {
    let Some(source) = &known.sp_metadata else { return Ok(Vec::new()) };
    let xml = if source.starts_with("http://") || source.starts_with("https://") {
        let config = empty()?;
        let transport = HttpTransport::new(&config.network, Clock::System, Interrupt::default())
            .map_err(|error| Failure::usage("").because(error))?;
        match transport.send(&Request::new(Method::Get, source.as_str()), config.limits.request) {
            Ok(answer) if answer.status == 200 => String::from_utf8_lossy(&answer.body).into_owned(),
            Ok(answer) => {
                return Ok(vec![format!(
                    "it was answered with {} when this file was written",
                    answer.status
                )]);
            }
            Err(error) => {
                return Ok(vec![format!("it could not be reached when this file was written: {error}")]);
            }
        }
    } else {
        std::fs::read_to_string(here()?.join(source))
            .map_err(|error| Failure::usage(format!("read {source} (--sp-metadata)")).because(error))?
    };
    let metadata = read_sp_metadata(&xml)
        .map_err(|error| Failure::usage(format!("read the metadata {source}")).because(error))?;
    let mut comments = vec![format!("entity id: {}", metadata.entity_id)];
    comments.extend(metadata.acs.iter().map(|acs| format!("consumer service: {}", acs.url)));
    if metadata.authn_requests_signed {
        comments.push("signs its requests".to_owned());
    }
    Ok(comments)
}

fn empty() -> Result<Config, Failure> {
    Config::load(&Sources { directory: std::env::temp_dir().join("oinspect-none"), ..Sources::default() })
        .map_err(Failure::of_problem)
}

fn check(text: &str) -> Result<(), Failure> {
    let mut environment = oinspect_run::process_environment();
    environment.entry("SCIM_AUTH".to_owned()).or_insert_with(|| "Bearer later".to_owned());
    Config::check("oinspect.toml", text, &environment).map_err(Failure::of_problem)
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn file(known: &Known, comments: &[String]) -> String {
    let mut text =
        String::from("# What oinspect knows of the app. `oinspect run` tests what is described here.\n");
    text.push_str("# Every key: docs/configuration.md. Secrets come from the environment: \"${NAME}\".\n\n");
    let mut put = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    if let Some(name) = &known.name {
        put(format!("name = {}\n", quoted(name)));
    }
    if known.sp_metadata.is_some() || known.saml_start.is_some() || known.redirect_uri.is_some() {
        for line in [
            "[app]",
            "# How oinspect sees whether somebody is signed in, and who. All of it is optional, but without a",
            "# profile page the cases of just-in-time accounts cannot be judged.",
            "# protected_url = \"http://localhost:3000/home\"   # a page for signed-in users",
            "# signed_in = \"#sign-out\"                        # seen there only when signed in: CSS or text=...",
            "# profile_url = \"http://localhost:3000/profile\"",
            "# first_name = \"#first-name\"",
            "# last_name = \"#last-name\"",
            "# email = \"#email\"",
            "# sign_out = \"http://localhost:3000/sign-out\"    # a URL, or a selector to click",
            "",
        ] {
            put(line.to_owned());
        }
    }
    if known.sp_metadata.is_some() || known.saml_start.is_some() {
        put("[saml]".to_owned());
        match &known.sp_metadata {
            Some(source) => {
                put(format!("sp_metadata = {}", quoted(source)));
                for comment in comments {
                    put(format!("# {}", comment.replace(['\n', '\r'], " ")));
                }
            }
            None => {
                put("entity_id = \"https://app.example/saml\"        # change this".to_owned());
                put("acs_url = \"https://app.example/saml/acs\"      # change this".to_owned());
            }
        }
        optional(&mut put, "start_url", known.saml_start.as_deref(), "http://localhost:3000/login/saml");
        for line in [
            "# idp_flow = true      # false where sign-on never begins at the org",
            "# jit = true           # false where accounts exist before: see app.accounts",
            "# attributes = { firstName = \"user.firstName\", lastName = \"user.lastName\", email = \"user.email\" }",
            "",
        ] {
            put(line.to_owned());
        }
    }
    if let Some(redirect_uri) = &known.redirect_uri {
        put("[oidc]".to_owned());
        put(format!("redirect_uri = {}", quoted(redirect_uri)));
        optional(&mut put, "start_url", known.oidc_start.as_deref(), "http://localhost:3000/login/oidc");
        optional(
            &mut put,
            "initiate_login_uri",
            known.initiate_login_uri.as_deref(),
            "http://localhost:3000/initiate",
        );
        put("# jit = true\n# client_auth = \"client_secret_basic\"\n".to_owned());
    }
    if let Some(scim) = &known.scim {
        put("[scim]".to_owned());
        put(format!("base_url = {}", quoted(scim)));
        put("auth = \"${SCIM_AUTH}\"   # the whole header value, such as: Bearer ...\n".to_owned());
    }
    text
}

fn optional(put: &mut impl FnMut(String), key: &str, value: Option<&str>, example: &str) {
    put(match value {
        Some(value) => format!("{key} = {}", quoted(value)),
        None => format!("# {key} = \"{example}\""),
    });
}
