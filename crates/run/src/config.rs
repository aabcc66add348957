//! `oinspect.toml`, the environment and `--set`: what a run is told about its targets.

mod explain;
mod interpolation;
mod keys;
mod layers;
mod reading;
mod sign_on;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use oinspect_core::{Profile, Redactor};
use url::Url;

use crate::document;
use crate::place::Origin;
use crate::plan::Plan;
use crate::problem::Problem;

pub use explain::Explained;
pub use keys::{KEYS, Key, Kind};
pub(crate) use reading::profile as profile_named;
pub use sign_on::{App, Beginning, MetadataSource, Oidc, OrgSection, Saml, SignOn};

/// The file's name, looked for from the working directory upwards.
pub const FILE_NAME: &str = "oinspect.toml";

/// Where a configuration is put together from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The working directory.
    pub directory: PathBuf,
    /// The file to read; `None` to look for `oinspect.toml` upwards from the directory.
    pub file: Option<PathBuf>,
    /// `KEY=VALUE` overrides, the last one counts.
    pub set: Vec<String>,
    /// The environment, handed in so that a test can choose it.
    pub environment: BTreeMap<String, String>,
}

/// What a run is told about its targets and about itself.
pub struct Config {
    /// The file that was read, if there was one.
    pub file: Option<PathBuf>,
    /// The folder of that file, otherwise the working directory: `.oinspect/` lives here.
    pub directory: PathBuf,
    /// What the app under test is called; the host of its URL where nobody says.
    pub name: String,
    /// Whose demands count, unless the plan says otherwise: see [`Config::profile_with`].
    pub profile: Profile,
    /// The SCIM server.
    pub scim: Scim,
    /// Single sign-on.
    pub sign_on: SignOn,
    /// How requests travel.
    pub network: Network,
    /// How long things may take.
    pub limits: Limits,
    /// How to run.
    pub run: RunSettings,
    /// What somebody should mend, such as a secret in the open. Show them loudly.
    pub warnings: Vec<String>,
    secrets: Vec<String>,
    explained: Vec<Explained>,
    fingerprint: String,
}

/// The section `[scim]`.
#[derive(Clone)]
pub struct Scim {
    /// Where the server is; see [`Config::scim_target`].
    pub base_url: Option<Url>,
    /// The Authorization header.
    pub auth: Option<String>,
    /// That of another tenant.
    pub other_auth: Option<String>,
    /// How a userName looks.
    pub user_name: String,
    /// Attributes that every user needs.
    pub user_attributes: serde_json::Map<String, serde_json::Value>,
    /// How long a change may take until it shows.
    pub settle: Duration,
    /// Headers of every request.
    pub headers: Vec<(String, String)>,
}

/// The section `[network]`.
#[derive(Clone)]
pub struct Network {
    /// Certificates of the user's own authority.
    pub ca_file: Option<PathBuf>,
    /// The authority of the embedded org, as PEM, where that speaks TLS: no setting, it is our own.
    pub org_authority: Option<String>,
    /// The proxy.
    pub proxy: Option<Url>,
    /// Headers of every request to every target.
    pub headers: Vec<(String, String)>,
    /// The most requests per second.
    pub requests_per_second: Option<f64>,
    /// The most that is read of one answer.
    pub max_body_bytes: usize,
    /// The longest wait for a target that asks to come back later.
    pub max_rate_limit_wait: Duration,
}

/// The section `[limits]`.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest that one request may take.
    pub request: Duration,
    /// The longest that one check may take.
    pub check: Duration,
    /// The longest that the run may take.
    pub run: Option<Duration>,
}

/// The section `[run]`.
#[derive(Debug, Clone)]
pub struct RunSettings {
    /// How many groups run side by side.
    pub jobs: usize,
    /// Where the reports go.
    pub out: PathBuf,
    /// The plans to run.
    pub plans: Vec<String>,
    /// How long the pauses of a Runscope suite are.
    pub pause_scale: Option<f64>,
}

impl Config {
    /// Puts a configuration together: overrides over environment over file over defaults.
    pub fn load(sources: &Sources) -> Result<Self, Problem> {
        let mut layers = layers::Layers::default();
        let file = sources.file.clone().or_else(|| find_upwards(&sources.directory));
        if let Some(path) = &file {
            let text = std::fs::read_to_string(path)
                .map_err(|source| Problem::Unreadable { path: path.display().to_string(), source })?;
            layers.file(document::parse_file(&shown_path(path, &sources.directory), &text)?)?;
        }
        let mut warnings = layers.environment(&sources.environment)?;
        sources.set.iter().try_for_each(|text| layers.set(text))?;

        let mut interpolation = interpolation::Interpolation {
            environment: &sources.environment,
            secrets: Vec::new(),
            warnings: Vec::new(),
        };
        let mut assignments = layers.into_assignments();
        assignments.iter_mut().try_for_each(|one| interpolation.fill(one))?;
        let interpolation::Interpolation { secrets, warnings: open, .. } = interpolation;
        warnings.extend(open);

        let directory = match file.as_deref().and_then(Path::parent) {
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => sources.directory.clone(),
        };
        let reading = reading::Reading {
            assignments: &assignments,
            file_directory: &directory,
            working_directory: &sources.directory,
        };
        let mut config = Self::read(&reading)?;
        config.explained = explain::explain(&assignments);
        config.fingerprint = explain::fingerprint(&assignments);
        config.secrets = secrets;
        config.warnings = warnings;
        config.file = file;
        config.directory = directory;
        Ok(config)
    }

    /// Whether a text would be accepted as a configuration file of this name.
    pub fn check(name: &str, text: &str, environment: &BTreeMap<String, String>) -> Result<(), Problem> {
        let mut layers = layers::Layers::default();
        layers.file(document::parse_file(name, text)?)?;
        let mut interpolation =
            interpolation::Interpolation { environment, secrets: Vec::new(), warnings: Vec::new() };
        let mut assignments = layers.into_assignments();
        assignments.iter_mut().try_for_each(|one| interpolation.fill(one))?;
        let here = Path::new("");
        let reading =
            reading::Reading { assignments: &assignments, file_directory: here, working_directory: here };
        Self::read(&reading).map(drop)
    }

    fn read(reading: &reading::Reading<'_>) -> Result<Self, Problem> {
        let base_url = reading.url("scim.base_url")?;
        if base_url.as_ref().is_some_and(|url| url.password().is_some() || !url.username().is_empty()) {
            return Err(
                reading.bad("scim.base_url", "a URL must not hold credentials; put them into scim.auth")
            );
        }
        if base_url.as_ref().is_some_and(|url| url.query().is_some() || url.fragment().is_some()) {
            return Err(reading.bad("scim.base_url", "a base URL has nothing after its path, no ? and no #"));
        }
        let sign_on = SignOn::read(reading)?;
        let start = |beginning: &Beginning| beginning.start_url.clone();
        let page = base_url
            .clone()
            .or_else(|| sign_on.app.pages.protected.clone())
            .or_else(|| sign_on.saml.as_ref().and_then(|saml| start(&saml.beginning)))
            .or_else(|| sign_on.oidc.as_ref().and_then(|oidc| start(&oidc.beginning)));
        let host = page.as_ref().and_then(Url::host_str).unwrap_or("app");
        let auth = reading.header_value("scim.auth")?;
        if auth.as_ref().is_some_and(|auth| auth.trim().is_empty()) {
            return Err(reading.bad("scim.auth", "it is empty; leave it out to send no Authorization header"));
        }
        let ready = "a key with a default always has a value";
        Ok(Self {
            name: reading.text("name")?.unwrap_or_else(|| host.to_owned()),
            profile: reading.profile("profile")?,
            secrets: Vec::new(),
            scim: Scim {
                auth,
                other_auth: reading.header_value("scim.other_auth")?,
                user_name: reading.template("scim.user_name")?.expect(ready),
                user_attributes: reading.attributes("scim.user_attributes"),
                settle: reading.duration("scim.settle")?.expect(ready),
                headers: reading.headers("scim.headers")?,
                base_url,
            },
            sign_on,
            network: Network {
                ca_file: reading.path("network.ca_file")?,
                org_authority: None,
                proxy: reading.url("network.proxy")?,
                headers: reading.headers("network.headers")?,
                requests_per_second: reading
                    .number("network.requests_per_second")?
                    .filter(|rate| *rate > 0.0),
                max_body_bytes: reading.bytes("network.max_body_bytes")?.expect(ready),
                max_rate_limit_wait: reading.duration("network.max_rate_limit_wait")?.expect(ready),
            },
            limits: Limits {
                request: reading.limit("limits.request")?.expect(ready),
                check: reading.limit("limits.check")?.expect(ready),
                run: reading.limit("limits.run")?,
            },
            run: RunSettings {
                jobs: reading.count("run.jobs")?.expect(ready),
                out: reading.path("run.out")?.expect(ready),
                plans: reading.texts("run.plans")?,
                pause_scale: reading.number("run.pause_scale")?,
            },
            file: None,
            directory: PathBuf::new(),
            warnings: Vec::new(),
            explained: Vec::new(),
            fingerprint: String::new(),
        })
    }

    /// Where the app is, by the first of its addresses that the configuration names.
    pub fn address(&self) -> Option<String> {
        let sign_on = &self.sign_on;
        let beginnings = [
            sign_on.saml.as_ref().map(|saml| &saml.beginning),
            sign_on.oidc.as_ref().map(|oidc| &oidc.beginning),
        ];
        let start = beginnings.into_iter().flatten().find_map(|beginning| beginning.start_url.as_ref());
        let acs = sign_on.saml.as_ref().and_then(|saml| saml.acs_url.as_ref());
        let redirect = sign_on.oidc.as_ref().and_then(|oidc| oidc.redirect_uris.first()).cloned();
        let url = self.scim.base_url.as_ref().or(sign_on.app.pages.protected.as_ref()).or(start).or(acs);
        url.map(ToString::to_string).or(redirect)
    }

    /// Whether there is anything to run the checks of a suite against.
    pub fn describes(&self, suite: &str) -> bool {
        match suite {
            "saml" => self.sign_on.saml.is_some(),
            "oidc" => self.sign_on.oidc.is_some(),
            _ => self.scim.base_url.is_some(),
        }
    }

    /// What is missing where nothing at all is described.
    pub fn lacks_everything(&self) -> Problem {
        self.lacks("scim", true)
    }

    /// What is missing for the checks of a suite, or for any check at all.
    pub(crate) fn lacks(&self, suite: &str, or_any: bool) -> Problem {
        let file = self.file.as_ref().map_or_else(|| FILE_NAME.to_owned(), |path| path.display().to_string());
        let (key, hint) = match suite {
            _ if or_any => (
                "scim.base_url, saml or oidc",
                format!(
                    "nothing describes the app; write [scim], [saml] or [oidc] with its keys into {file}, pass \
                     --set scim.base_url=http://localhost:8080/scim/v2, or see `oinspect init`"
                ),
            ),
            "saml" => {
                ("saml", format!("nothing describes the SAML app; write [saml] with its keys into {file}"))
            }
            "oidc" => (
                "oidc",
                format!("nothing describes the relying party; write [oidc] with its keys into {file}"),
            ),
            _ => return self.scim_target().err().unwrap_or_else(|| self.lacks("saml", true)),
        };
        Problem::Missing { key: key.to_owned(), hint }
    }

    /// The SCIM server under test.
    ///
    /// # Errors
    /// Nobody said where it is.
    pub fn scim_target(&self) -> Result<oinspect_scim::Target, Problem> {
        let Some(base_url) = &self.scim.base_url else {
            let file =
                self.file.as_ref().map_or_else(|| FILE_NAME.to_owned(), |path| path.display().to_string());
            return Err(Problem::Missing {
                key: "scim.base_url".to_owned(),
                hint: format!(
                    "nothing says where the SCIM server is; write base_url under [scim] in {file}, \
                     or pass --set scim.base_url=http://localhost:8080/scim/v2"
                ),
            });
        };
        Ok(oinspect_scim::Target {
            auth: self.scim.auth.clone(),
            other_auth: self.scim.other_auth.clone(),
            headers: self.scim.headers.clone(),
            user_name: self.scim.user_name.clone(),
            user_attributes: self.scim.user_attributes.clone(),
            settle: self.scim.settle,
            ..oinspect_scim::Target::at(base_url.as_str())
        })
    }

    /// Whose demands count: what the command line or the environment says, otherwise the plans,
    /// otherwise the file.
    pub fn profile_with(&self, plans: &[Plan]) -> Profile {
        let origin = self.explained.iter().find(|one| one.key == "profile").map(|one| &one.origin);
        match origin {
            Some(Origin::Option(_) | Origin::Variable(_)) => self.profile,
            Some(Origin::Default | Origin::File(_)) | None => {
                plans.iter().find_map(|plan| plan.profile).unwrap_or(self.profile)
            }
        }
    }

    /// Teaches a redactor every secret of this configuration.
    pub fn teach(&self, redactor: &Redactor) {
        self.secrets.iter().for_each(|secret| redactor.learn(secret));
    }

    /// Every key with its value, secrets masked, and where the value comes from.
    pub fn explain(&self) -> &[Explained] {
        &self.explained
    }

    /// A hash of what a result is valid for; secrets do not enter it.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

// All three hold credentials: they are never printed.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config").field("file", &self.file).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Scim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scim").field("settle", &self.settle).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("ca_file", &self.ca_file).finish_non_exhaustive()
    }
}

/// The nearest `oinspect.toml`, from a folder upwards.
fn find_upwards(directory: &Path) -> Option<PathBuf> {
    directory.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

/// A path as the user knows it: relative to the working directory where it lies below.
pub(crate) fn shown_path(path: &Path, working_directory: &Path) -> String {
    path.strip_prefix(working_directory).unwrap_or(path).display().to_string()
}
