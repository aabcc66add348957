//! From the text of an option to its value; a text that makes no sense is answered with one that would.

use std::net::SocketAddr;

use oinspect_core::{Profile, Seed};
use oinspect_report::Format;
use oinspect_run::nearest;

/// The most users that the sample app begins with, in each tenant.
const MOST_USERS: usize = 100_000;
/// The most groups that run side by side.
const MOST_JOBS: u16 = 64;

pub(crate) fn format(name: &str) -> Result<Format, String> {
    Format::named(name).ok_or_else(|| unknown("format", name, &Format::ALL.map(Format::name)))
}

pub(crate) fn format_names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

pub(crate) fn profile(name: &str) -> Result<Profile, String> {
    let found = Profile::ALL.into_iter().find(|profile| profile.name() == name);
    found.ok_or_else(|| unknown("profile", name, &Profile::ALL.map(Profile::name)))
}

pub(crate) fn seed(text: &str) -> Result<Seed, String> {
    text.parse().map_err(|_| "a seed is a whole number, as a run prints it".to_owned())
}

pub(crate) fn jobs(text: &str) -> Result<u16, String> {
    let jobs = text.parse().ok().filter(|jobs| (1..=MOST_JOBS).contains(jobs));
    jobs.ok_or_else(|| format!("it takes a whole number from 1 to {MOST_JOBS}"))
}

pub(crate) fn users(text: &str) -> Result<usize, String> {
    let users = text.parse().ok().filter(|users| *users <= MOST_USERS);
    users.ok_or_else(|| format!("it takes a whole number up to {MOST_USERS}"))
}

pub(crate) fn factor(text: &str) -> Result<f64, String> {
    let factor = text.parse().ok().filter(|factor: &f64| factor.is_finite() && *factor >= 0.0);
    factor.ok_or_else(|| "a factor is a number, zero or above, such as 0.5".to_owned())
}

pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an address and a port, such as 127.0.0.1:8480".to_owned())
}

fn unknown(what: &str, name: &str, all: &[&'static str]) -> String {
    let near = nearest(name, all.iter().copied());
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("there is no such {what}{near} (there are: {})", all.join(", "))
}
