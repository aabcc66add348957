//! Packages of the operating system, from Debian's or Ubuntu's archive.

use std::fs;
use std::path::Path;
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
        serves: "the tests against SCIM servers from PyPI",
        essential: false,
        is_there: || python::interpreter().is_some(),
    },
    Need {
        what: "Node.js 18 or newer",
        packages: &["nodejs"],
        serves: "the tests against SCIM servers from npm",
        essential: false,
        is_there: node::is_there,
    },
    Need {
        what: "npm",
        packages: &["npm"],
        serves: "installing those servers and Selenium Grid",
        essential: false,
        is_there: || first(&["npm"]).is_some(),
    },
    Need {
        what: "Chromium",
        packages: &["chromium"],
        serves: "the browser of the sign-in tests, and the test that looks at the HTML report",
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
    Need {
        what: "Java",
        packages: &["default-jre-headless"],
        serves: "the tests that drive a browser through Selenium Grid",
        essential: false,
        is_there: || agrees("java", &["-version"]),
    },
    Need {
        what: "OpenSSL's command",
        packages: &["openssl"],
        serves: "the keys of real service providers",
        essential: false,
        is_there: || first(&["openssl"]).is_some(),
    },
    // Not `apache2`: that package would bring, and start, a server of the system on port 80.
    Need {
        what: "Apache",
        packages: &["apache2-bin"],
        serves: "the tests against real service providers",
        essential: false,
        is_there: || Path::new("/usr/sbin/apache2").is_file(),
    },
    Need {
        what: "mod_auth_mellon",
        packages: &["libapache2-mod-auth-mellon"],
        serves: "the tests against a real SAML service provider",
        essential: false,
        is_there: || has_apache_module("mod_auth_mellon.so"),
    },
    Need {
        what: "mod_auth_openidc",
        packages: &["libapache2-mod-auth-openidc"],
        serves: "the tests against a real OpenID Connect relying party",
        essential: false,
        is_there: || has_apache_module("mod_auth_openidc.so"),
    },
    Need {
        what: "xmlsec1",
        packages: &["xmlsec1"],
        serves: "the tests that compare our XML signatures with another implementation",
        essential: false,
        is_there: || first(&["xmlsec1"]).is_some(),
    },
    Need {
        what: "libxmlsec1 and libxml2 for building",
        packages: &["pkg-config", "libxmlsec1-dev", "libxml2-dev"],
        serves: "the sample app's feature `samael`",
        essential: false,
        is_there: || agrees("pkg-config", &["--exists", "xmlsec1", "libxml-2.0"]),
    },
    Need {
        what: "libclang",
        packages: &["libclang-dev"],
        serves: "the sample app's feature `samael`",
        essential: false,
        is_there: has_libclang,
    },
];

fn has_apache_module(file: &str) -> bool {
    Path::new("/usr/lib/apache2/modules").join(file).is_file()
}

/// Whether libclang is where Debian puts it, or where the user says that it is.
fn has_libclang() -> bool {
    if std::env::var_os("LIBCLANG_PATH").is_some() {
        return true;
    }
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    folders.flat_map(|folder| [folder.path(), folder.path().join("lib")]).any(|folder| {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        files.map(|file| file.file_name()).any(|name| name.to_string_lossy().starts_with("libclang.so"))
    })
}

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

    #[test]
    fn nothing_that_is_installed_serves_port_80() {
        assert!(NEEDS.iter().all(|need| !need.packages.contains(&"apache2")));
    }
}
