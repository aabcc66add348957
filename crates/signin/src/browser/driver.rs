//! A chromedriver of our own: found, started on a free port, ended with every browser that it started.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::error::AgentError;

/// The longest that chromedriver may take to say its port.
const START: Duration = Duration::from_secs(20);

/// The longest that the system may take to tell whether somebody listens on a port of this machine.
const LISTENING: Duration = Duration::from_secs(5);

/// Where distributions put it without telling PATH.
const PLACES: [&str; 4] =
    ["/usr/lib/chromium", "/usr/lib/chromium-browser", "/usr/lib64/chromium-browser", "/opt/homebrew/bin"];

/// A running chromedriver.
pub(crate) struct Driver {
    child: Child,
    /// Where it listens.
    pub(crate) port: u16,
    ended: bool,
}

impl Driver {
    /// Starts it, in a process group of its own: an interrupt at the terminal must not end it before
    /// the run has cleaned up, and its browsers can be ended with it.
    pub(crate) fn start(program: &Path) -> Result<Self, AgentError> {
        let failed = |why: String| AgentError::DriverStart { driver: program.display().to_string(), why };
        let mut command = Command::new(program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
        let stdout = child.stdout.take().expect("it is piped");
        let (said, hear) = mpsc::channel();
        std::thread::spawn(move || {
            // Reads on after the port is known: a full pipe would stop the driver.
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(port) = port_in(&line) {
                    let _ = said.send(port);
                }
            }
        });
        let mut driver = Self { child, port: 0, ended: false };
        match hear.recv_timeout(START) {
            Ok(port) => driver.port = port,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return Err(failed(format!("it did not say its port within {START:?}")));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let status = driver.child.wait().map(|status| status.to_string());
                return Err(failed(format!("it ended at once ({})", status.unwrap_or_default())));
            }
        }
        Ok(driver)
    }

    /// Whether it still runs and listens. One that does not leaves browsers behind, which are ended here.
    ///
    /// A process that was killed closes its sockets first and is gone a moment later: to be asked only
    /// whether it has ended would call it alive in between.
    pub(crate) fn is_alive(&mut self) -> bool {
        let runs = matches!(self.child.try_wait(), Ok(None));
        if !(runs && self.listens()) {
            self.end();
        }
        !self.ended
    }

    fn listens(&self) -> bool {
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        TcpStream::connect_timeout(&here, LISTENING).is_ok()
    }

    /// Ends it and every browser that it started. Harmless the second time.
    pub(crate) fn end(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        // The group first: while the driver is not waited for, its id belongs to nobody else.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end();
    }
}

/// Finds chromedriver.
pub(crate) fn find(set: Option<&Path>) -> Result<PathBuf, AgentError> {
    if let Some(path) = set {
        if path.is_file() {
            return Ok(path.to_owned());
        }
        let why = "there is no such file (setting `driver`)".to_owned();
        return Err(AgentError::DriverStart { driver: path.display().to_string(), why });
    }
    let name = format!("chromedriver{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = std::env::split_paths(&path).chain(PLACES.iter().map(PathBuf::from));
    places
        .map(|place| place.join(&name))
        .find(|file| file.is_file())
        .ok_or_else(|| AgentError::DriverMissing { looked: format!("looked in PATH, {}", PLACES.join(", ")) })
}

/// "ChromeDriver was started successfully on port 43215."
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_chromedriver_says() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 43215."), Some(43215));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
        assert_eq!(port_in("was started successfully on port 99999999."), None);
    }

    #[test]
    fn a_driver_that_is_not_there_is_named() {
        let error = find(Some(Path::new("/nowhere/chromedriver"))).unwrap_err();
        assert!(error.to_string().contains("/nowhere/chromedriver"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_driver_that_ends_at_once_does_not_keep_anybody_waiting() {
        assert!(matches!(Driver::start(Path::new("/bin/true")), Err(AgentError::DriverStart { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_driver_that_does_not_listen_any_more_is_dead_and_ended() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join("chromedriver");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let says = format!("echo was started successfully on port {port}.");
        std::fs::write(&program, format!("#!/bin/sh\n{says}\nexec sleep 600\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let mut driver = Driver::start(&program).unwrap();
        assert!(matches!(driver.child.try_wait(), Ok(None)), "it runs");
        assert!(!driver.is_alive());
        assert!(matches!(driver.child.try_wait(), Ok(Some(_))), "it was ended");
    }
}
