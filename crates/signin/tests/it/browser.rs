//! What only a real browser does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use oinspect_core::{Cause, Clock};
use oinspect_signin::{Act, AgentChoice, AgentError, AgentSettings, Agents};

use crate::agents::{agents, at, done, fill};
use crate::app::App;
use crate::transport::Plain;

/// Agents with a browser; none, and a line that says so, where there is none.
fn browsers() -> Option<Agents> {
    let agents = agents(AgentChoice::WebDriver);
    match agents.kind() {
        Ok(_) => Some(agents),
        Err(error) => {
            println!("skipped: failed to {error}");
            None
        }
    }
}

#[test]
fn scripts_run_and_their_requests_are_waited_for() {
    let Some(agents) = browsers() else { return };
    let app = App::start();
    let mut agent = agents.fresh().unwrap();
    let (visit, page) = done(&mut agent, &[Act::Open(app.at("/slow"))]);
    assert_eq!(page.text_of(&at("#out")).as_deref(), Some("loaded"));
    assert!(page.still);
    assert_eq!(visit.passages.last().unwrap().cause, Cause::Script);
    assert!(visit.screenshot.is_some_and(|png| png.starts_with(b"\x89PNG")));
    let (visit, page) = done(&mut agent, &[Act::Open(app.at("/script-round"))]);
    assert!(page.loop_found && visit.elapsed < Duration::from_secs(15), "{:?}", visit.elapsed);
    let (_, page) = done(&mut agent, &[Act::Open(app.at("/slow"))]);
    assert!(!page.loop_found && page.text == "loaded", "scripts run again: {}", page.text);
}

#[test]
fn what_styles_hide_is_hidden_and_what_is_typed_is_read() {
    let Some(agents) = browsers() else { return };
    let app = App::start();
    let mut agent = agents.fresh().unwrap();
    let (visit, page) = done(&mut agent, &[Act::Open(app.at("/spa")), fill("#field", "typed text")]);
    assert!(!page.has(&at("#a")) && page.has(&at("#b")));
    assert!(!page.text.contains("Signed in"));
    assert_eq!(page.text_of(&at("#field")).as_deref(), Some("typed text"));
    assert_eq!(page.title, "typed text");
    assert!(visit.console.iter().any(|line| line.contains("it says so")), "{:?}", visit.console);
    let (_, page) = done(&mut agent, &[Act::Click(at("text=To the login"))]);
    assert_eq!(page.url, app.at("/login"), "a link to a new tab stays in this one");
}

#[test]
fn a_large_post_is_told_whole() {
    let Some(agents) = browsers() else { return };
    let app = App::start();
    let mut agent = agents.fresh().unwrap();
    let host = app.at("/");
    let host = format!("{}:{}", host.host_str().unwrap(), host.port().unwrap());
    let (visit, page) =
        done(&mut agent, &[Act::Open(app.org(&format!("/org?user=ann&size=200000&app={host}")))]);
    assert_eq!(page.url, app.at("/home"));
    let body = visit.passages.iter().find_map(|passage| passage.request.body.clone()).unwrap();
    assert!(body.len() > 200_000, "{}", body.len());
    let post = Act::PostForm {
        action: app.at("/acs"),
        fields: vec![("user".to_owned(), "bob\n& co".to_owned()), ("submit".to_owned(), "1".to_owned())],
    };
    let (visit, _) = done(&mut agent, &[Act::Open(app.org("/login")), post]);
    let post = visit.passages.iter().find(|passage| passage.cause == Cause::Form).unwrap();
    let body = String::from_utf8(post.request.body.clone().unwrap()).unwrap();
    assert_eq!(body, "user=bob%0D%0A%26+co&submit=1");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_left_running_and_a_dead_driver_is_started_again() {
    if browsers().is_none() {
        return;
    }
    // Under a name of its own, so that the drivers of other tests are told from it.
    let place = tempfile::tempdir().unwrap();
    let name = place.path().join("chromedriver");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found =
        std::env::split_paths(&path).map(|place| place.join("chromedriver")).find(|file| file.is_file());
    let Some(found) = found else { return println!("skipped: chromedriver is not in PATH") };
    std::os::unix::fs::symlink(found, &name).unwrap();
    let our_drivers = || our_drivers(name.to_str().unwrap());
    let settings = AgentSettings {
        choice: AgentChoice::WebDriver,
        driver: Some(name.clone()),
        ..AgentSettings::default()
    };
    let agents = Agents::new(settings, Arc::new(Plain), Clock::System);
    let app = App::start();
    let mut agent = agents.fresh().unwrap();
    done(&mut agent, &[Act::Open(app.at("/login"))]);
    let mine = our_drivers();
    assert_eq!(mine.len(), 1, "{mine:?}");
    let profiles = profiles_of(mine[0]);
    assert!(!profiles.is_empty());
    let killed = std::process::Command::new("kill").args(["-9", &mine[0].to_string()]).status();
    if !killed.is_ok_and(|status| status.success()) {
        println!("skipped: there is no kill");
        return;
    }
    let error = agent.perform("open it", &[Act::Open(app.at("/login"))]).err().unwrap().1;
    assert!(matches!(error, AgentError::BrowserDied { .. }), "{error}");
    let mut again = agents.fresh().unwrap();
    assert!(all_end(&profiles), "the dead driver's browsers are ended: {:?}", running(&profiles));
    done(&mut again, &[Act::Open(app.at("/login"))]);
    let profiles = profiles_of(our_drivers()[0]);
    assert!(!running(&profiles).is_empty());
    drop(again);
    drop(agent);
    drop(agents);
    assert!(our_drivers().is_empty());
    assert!(all_end(&profiles), "{:?}", running(&profiles));
    assert!(profiles.iter().all(|profile| !std::path::Path::new(profile).exists()));
}

#[test]
fn a_flow_is_fast() {
    let Some(agents) = browsers() else { return };
    let app = App::start();
    let begin = Instant::now();
    let mut agent = agents.fresh().unwrap();
    let opened = begin.elapsed();
    let (visit, _) = done(&mut agent, &[Act::Open(app.at("/login"))]);
    let again = done(&mut agent, &[Act::Open(app.at("/login"))]).0.elapsed;
    println!("a fresh browser {opened:?}, its first page {:?}, the next {again:?}", visit.elapsed);
}

/// The drivers that run under this name.
#[cfg(target_os = "linux")]
fn our_drivers(name: &str) -> Vec<u32> {
    let mine =
        |(_, parent, command): &(u32, u32, String)| *parent == std::process::id() && command.contains(name);
    processes().into_iter().filter(mine).map(|(pid, _, _)| pid).collect()
}

#[cfg(target_os = "linux")]
fn profiles_of(driver: u32) -> Vec<String> {
    let mut profiles: Vec<String> = processes()
        .into_iter()
        .filter(|(_, parent, _)| *parent == driver)
        .filter_map(|(_, _, command)| {
            command.split('\0').find_map(|part| part.strip_prefix("--user-data-dir=").map(str::to_owned))
        })
        .collect();
    profiles.dedup();
    profiles
}

/// Whether every browser of these profiles ends. One that was killed takes a moment to give its memory back.
#[cfg(target_os = "linux")]
fn all_end(profiles: &[String]) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(10) {
        if running(profiles).is_empty() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

#[cfg(target_os = "linux")]
fn running(profiles: &[String]) -> Vec<String> {
    let all = processes().into_iter().map(|(_, _, command)| command);
    all.filter(|command| profiles.iter().any(|profile| command.contains(profile.as_str()))).collect()
}

/// Pid, parent, command line of everything that runs.
#[cfg(target_os = "linux")]
fn processes() -> Vec<(u32, u32, String)> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let mut rest = stat.rsplit_once(')')?.1.split_whitespace();
            let state = rest.next()?;
            let parent = rest.next()?.parse().ok()?;
            let command = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
            (state != "Z").then_some((pid, parent, command))
        })
        .collect()
}
