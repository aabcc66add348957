//! Packages of the operating system, from Debian's or Ubuntu's archive.

use std::process::Command;

use crate::console::say;
use crate::failure::Failure;
use crate::program::{agrees, first};
use crate::setup::{Absent, node, python};
use crate::step::logged;

/// A program that tests need.
struct Need {
    what: &'static str,
    /// Its package in Debian's archive.
    packages: &'static [&'static str],
    /// What is done with it.
    serves: &'static str,
    /// Whether nothing at all can be tested without it.
    essential: bool,
    is_there: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need {
        what: "a C compiler",
        packages: &["build-essential"],
        serves: "building the crypto, SQLite and JavaScript libraries",
        essential: true,
        is_there: || cfg!(windows) || first(&["cc", "gcc", "clang"]).is_some(),
    },
    Need {
        what: "Python 3.11 or newer with venv",
        packages: &["python3", "python3-venv"],
        serves: "the tests against a SCIM server from PyPI",
        essential: false,
        is_there: || python::interpreter().is_some(),
    },
    Need {
        what: "Node.js 18 or newer",
        packages: &["nodejs"],
        serves: "the tests against a SCIM server from npm",
        essential: false,
        is_there: node::is_there,
    },
    Need {
        what: "npm",
        packages: &["npm"],
        serves: "installing that server",
        essential: false,
        is_there: || first(&["npm"]).is_some(),
    },
    Need {
        what: "Chromium",
        packages: &["chromium"],
        serves: "the test that looks at the HTML report",
        essential: false,
        is_there: || first(&["chromium", "chromium-browser", "google-chrome"]).is_some(),
    },
    Need {
        what: "ChromeDriver",
        packages: &["chromium-driver"],
        serves: "driving Chromium",
        essential: false,
        is_there: || first(&["chromedriver"]).is_some(),
    },
];

/// Installs the packages that are absent, where that is allowed, and says what still is.
pub(super) fn perform() -> Vec<Absent> {
    let packages: Vec<&str> =
        NEEDS.iter().filter(|need| !(need.is_there)()).flat_map(|need| need.packages).copied().collect();
    if packages.is_empty() {
        say("setup: the system has every program that the tests need");
        return Vec::new();
    }
    match Right::to_install() {
        Some(right) => {
            say(&format!("setup: installing {} (log: .peers/log/apt.log)", packages.join(" ")));
            if let Err(failure) = right.install(&packages) {
                say(&format!("setup: {}", failure.line().unwrap_or_default()));
            }
        }
        None => say("setup: system packages are only installed by apt-get, as root or with `sudo -n`"),
    }
    NEEDS.iter().filter(|need| !(need.is_there)()).map(absent).collect()
}

fn absent(need: &Need) -> Absent {
    let Need { what, packages, serves, essential, .. } = *need;
    let packages = packages.join(" ");
    Absent {
        line: format!("{what} is absent, which serves {serves} (on Debian: apt-get install {packages})"),
        essential,
    }
}

/// How this user may install packages.
enum Right {
    Root,
    Sudo,
}

impl Right {
    fn to_install() -> Option<Self> {
        first(&["apt-get"])?;
        let user = Command::new("id").arg("-u").output().ok()?;
        if user.stdout.trim_ascii() == b"0" {
            return Some(Self::Root);
        }
        agrees("sudo", &["-n", "true"]).then_some(Self::Sudo)
    }

    fn install(&self, packages: &[&str]) -> Result<(), Failure> {
        let mut update = self.apt_get(&["update"]);
        // An archive that fails for a moment is asked again instead of failing the set-up.
        update.arg("-o").arg("Acquire::Retries=3");
        let mut install = self.apt_get(&["install", "--yes", "--no-install-recommends"]);
        install.args(["-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=120"]).args(packages);
        logged("apt", "install system packages", &mut [update, install])
    }

    fn apt_get(&self, arguments: &[&str]) -> Command {
        let mut command = match self {
            Self::Root => Command::new("env"),
            Self::Sudo => {
                let mut sudo = Command::new("sudo");
                sudo.args(["-n", "env"]);
                sudo
            }
        };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_is_named_with_its_packages() {
        let python = NEEDS.iter().find(|need| need.what.starts_with("Python")).unwrap();
        let line = absent(python).line;
        assert!(line.contains("Python 3.11") && line.ends_with("python3 python3-venv)"), "{line}");
    }
}
