//! `test-plans/*.toml`: which checks to run, and which failures are accepted for a while.

mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use oinspect_core::{Capability, Profile};
use sha2::{Digest, Sha256};

use crate::config::shown_path;
use crate::nearest::nearest;
use crate::place::Origin;
use crate::problem::Problem;

/// The plans that come with the program, by name.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("scim-core", include_str!("../../../test-plans/scim-core.toml")),
    ("scim-1.1", include_str!("../../../test-plans/scim-1.1.toml")),
];

/// The folder in which plans are looked for by name.
const FOLDER: &str = "test-plans";

/// Chooses checks; never redefines them.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its name; the file's where it does not say.
    pub name: String,
    /// The file it came from, if it came from one.
    pub file: Option<String>,
    /// SHA-256 of its text.
    pub sha256: String,
    /// What it is for.
    pub description: String,
    /// Whose demands count.
    pub profile: Option<Profile>,
    /// Ids and globs, in order: each adds, with `!` in front it takes away.
    pub checks: Vec<Pattern>,
    /// If there are any, only checks with at least one of them.
    pub tags: Vec<Pattern>,
    /// What is offered or not, whatever discovery says.
    pub capabilities: BTreeMap<Capability, bool>,
    /// Failures accepted for a while.
    pub waivers: Vec<PlannedWaiver>,
}

/// An id, glob or tag, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What is written.
    pub text: String,
    /// Where.
    pub origin: Origin,
}

/// A failure accepted for a while.
#[derive(Debug, Clone)]
pub struct PlannedWaiver {
    /// The id or glob of the checks.
    pub check: Pattern,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Date,
}

impl Plan {
    /// The plan with this path or name: a file, one of the folder `test-plans`, or one that comes
    /// with the program.
    pub fn find(name: &str, directory: &Path) -> Result<Self, Problem> {
        let path = directory.join(name);
        if path.is_file() {
            return Self::read(&path, directory);
        }
        let path = directory.join(FOLDER).join(format!("{name}.toml"));
        if path.is_file() {
            return Self::read(&path, directory);
        }
        match BUILT_IN.iter().find(|(built_in, _)| *built_in == name) {
            Some((_, text)) => Self::parse(name, None, text),
            None => {
                let known = Vec::from_iter(Self::names(directory));
                let nearest = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
                Err(Problem::UnknownPlan { name: name.to_owned(), nearest, known })
            }
        }
    }

    /// The names of all plans: those of the folder `test-plans`, and those that come with the program.
    pub fn names(directory: &Path) -> BTreeSet<String> {
        let files = std::fs::read_dir(directory.join(FOLDER)).into_iter().flatten().flatten();
        let own =
            files.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".toml").map(str::to_owned));
        own.chain(BUILT_IN.iter().map(|(name, _)| (*name).to_owned())).collect()
    }

    /// Reads a plan from a file.
    pub fn read(path: &Path, directory: &Path) -> Result<Self, Problem> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| Problem::Unreadable { path: path.display().to_string(), source })?;
        let stem = path.file_stem().map_or_else(|| "plan".into(), |stem| stem.to_string_lossy());
        Self::parse(&stem, Some(shown_path(path, directory)), &text)
    }

    /// Reads a plan from a text; `name` is what it is called if it does not say.
    pub fn parse(name: &str, file: Option<String>, text: &str) -> Result<Self, Problem> {
        reading::read(name, file, format!("{:x}", Sha256::digest(text)), text)
    }
}
