//! Two happy logins and what the app shows around them: the oracle is calibrated on these, once a run.

use std::sync::Arc;

use jiff::Timestamp;
use oinspect_core::{Cx, Finding, Passage};
use oinspect_signin::{AgentKind, Calibration, Judgement, Outcome, Page, Snapshot, calibrate};
use url::Url;

use crate::diagnosis;
use crate::person::{self, Person};
use crate::protocol::{Flow, Protocol};
use crate::stage::{Eyes, stage};
use crate::walk::Walk;

/// What the happy logins taught.
pub(crate) struct Rehearsal {
    /// Tells signed in from signed out, where anything does.
    pub(crate) calibration: Result<Calibration, Unmarked>,
    /// The page for signed-in users.
    pub(crate) home: Url,
    /// The logins, in order.
    pub(crate) logins: [Login; 2],
    /// Which user agent looked.
    pub(crate) eyes: Eyes,
    /// The flow by which they came: one that works, for whatever does not care which.
    pub(crate) flow: Flow,
}

/// Nothing tells signed in from signed out: the oracle is not calibrated.
pub(crate) struct Unmarked {
    /// Why, and what to declare.
    pub(crate) why: String,
    /// The protected page as a clean profile sees it.
    pub(crate) signed_out: Page,
}

/// One happy login.
pub(crate) struct Login {
    /// Who.
    pub(crate) person: Person,
    /// What the user agent sent.
    pub(crate) passages: Vec<Passage>,
    /// When it began.
    pub(crate) began: Timestamp,
    /// When the app let the user in.
    pub(crate) ended: Timestamp,
}

impl Rehearsal {
    /// The login of the user who signs on where it does not matter who does.
    pub(crate) const fn first(&self) -> &Login {
        let [first, _] = &self.logins;
        first
    }

    /// The login of somebody else.
    pub(crate) const fn second(&self) -> &Login {
        let [_, second] = &self.logins;
        second
    }

    /// What the oracle says of a look; that it cannot tell, where it is not calibrated.
    pub(crate) fn judge(&self, probe: &Snapshot, callback: Option<&Snapshot>, person: &Person) -> Judgement {
        match &self.calibration {
            Ok(calibration) => calibration.judge(probe, callback, &person.identity(), None, &[]),
            Err(_) => Judgement { outcome: Outcome::Undetermined, signals: Vec::new(), inconsistent: false },
        }
    }
}

/// A rehearsal, or why there is none.
struct Rehearsed(Result<Arc<Rehearsal>, Finding>);

/// The rehearsal of this run with the best user agent. Where the app let nobody in, the finding says
/// so as it is: the cases of the tester fail by it; everybody else is to use [`rehearsed`]. One without
/// a calibration is good enough where a person looks.
pub(crate) fn rehearsal(cx: &mut Cx, protocol: Protocol) -> Result<Arc<Rehearsal>, Finding> {
    match stage(cx)?.witness {
        Some(_) => rehearsal_by(cx, protocol, Eyes::Best),
        None => calibrated_by(cx, protocol, Eyes::Best),
    }
}

/// A rehearsal whose oracle is calibrated.
fn calibrated_by(cx: &mut Cx, protocol: Protocol, eyes: Eyes) -> Result<Arc<Rehearsal>, Finding> {
    let rehearsal = rehearsal_by(cx, protocol, eyes)?;
    match &rehearsal.calibration {
        Ok(_) => Ok(rehearsal),
        Err(unmarked) => Err(Finding::NotVerified { why: unmarked.why.clone() }),
    }
}

/// The rehearsal for checks whose point lies behind a login: by the HTTP agent, where its logins come
/// to the same as the browser's would; it is ten times as fast.
pub(crate) fn rehearsed(cx: &mut Cx, protocol: Protocol) -> Result<Arc<Rehearsal>, Finding> {
    let stage = stage(cx)?;
    let best = match stage.agents.kind() {
        Ok(AgentKind::WebDriver) if stage.browser_everywhere => Some(Eyes::Best),
        Ok(AgentKind::WebDriver) => None,
        Ok(AgentKind::Http) | Err(_) => Some(Eyes::Best),
    };
    let came = match best {
        Some(eyes) => calibrated_by(cx, protocol, eyes),
        None => calibrated_by(cx, protocol, Eyes::Http).or_else(|_: Finding| {
            cx.note("the HTTP agent cannot sign on at this app: the browser performs this check");
            calibrated_by(cx, protocol, Eyes::Best)
        }),
    };
    came.map_err(|finding| finding.as_obstacle("no sign-on works"))
}

/// Which user agent performs the checks besides the cases.
pub(crate) fn eyes(cx: &mut Cx, protocol: Protocol) -> Eyes {
    rehearsed(cx, protocol).map_or(Eyes::Best, |rehearsal| rehearsal.eyes)
}

/// What the user agent says of a browser that is gone.
const DIED: &str = "it or its driver ended";

fn rehearsal_by(cx: &mut Cx, protocol: Protocol, eyes: Eyes) -> Result<Arc<Rehearsal>, Finding> {
    let name = format!("{} rehearsal of two happy logins{}", protocol.name(), eyes.name());
    let outcome = cx.once(&name, |cx| {
        let instance = protocol.instance(cx)?;
        let usual = instance.usual_flow()?;
        let mut first = rehearse(cx, protocol, eyes, usual);
        if matches!(&first, Err(Finding::Blocked { why }) if why.contains(DIED)) {
            cx.note("rehearsal: once more, with a new browser");
            first = rehearse(cx, protocol, eyes, usual);
        }
        let is_calibrated = |came: &Result<Rehearsal, Finding>| {
            came.as_ref().is_ok_and(|rehearsal| rehearsal.calibration.is_ok())
        };
        if !is_calibrated(&first) && usual != Flow::Idp && instance.idp_flow {
            cx.note("rehearsal: sign-on that begins at the app does not work; the tile is tried");
            let second = rehearse(cx, protocol, eyes, Flow::Idp);
            if is_calibrated(&second) {
                first = second;
            }
        }
        Ok(Rehearsed(first.map(Arc::new)))
    })?;
    outcome.0.clone()
}

fn rehearse(cx: &mut Cx, protocol: Protocol, eyes: Eyes, flow: Flow) -> Result<Rehearsal, Finding> {
    let instance = protocol.instance(cx)?;

    cx.note("rehearsal: the first user signs on");
    let ada = person::acquainted(cx, protocol, 0)?;
    let mut first = Walk::new(cx, eyes)?;
    let landing = first.sign_on(cx, protocol, flow, &ada)?;
    let home = instance.pages.protected.clone().unwrap_or_else(|| landing.url.clone());
    first.forget_org(cx)?;
    let signed_in_a = first.look(cx, &instance, &home)?;

    cx.note("rehearsal: nobody has signed on in another profile");
    let mut second = Walk::new(cx, eyes)?;
    let signed_out = second.glance(cx, &home)?;
    is_let_in(cx, protocol, &first, &landing, &signed_in_a.page, &signed_out.page)?;

    cx.note("rehearsal: another user signs on in that profile");
    let grace = person::acquainted(cx, protocol, 1)?;
    second.sign_on(cx, protocol, flow, &grace)?;
    second.forget_org(cx)?;
    let signed_in_b = second.look(cx, &instance, &home)?;

    cx.note("rehearsal: the first user's cookies are gone");
    first.agent.drop_cookies(&home).map_err(|error| crate::stage::blocked(&error))?;
    first.forget_org(cx)?;
    let dropped = first.glance(cx, &home)?;

    let people = (&ada.identity(), &grace.identity());
    let clean = signed_out.page.clone();
    let snapshots = [signed_out, signed_in_a, signed_in_b, dropped].map(|look| look.snapshot);
    let calibration = calibrated(cx, protocol, &first, &landing, snapshots, people)?
        .map_err(|why| Unmarked { why, signed_out: clean });
    let logins = [(ada, first), (grace, second)].map(|(person, walk): (_, Walk)| Login {
        person,
        passages: walk.passages,
        began: walk.began,
        ended: walk.ended,
    });
    Ok(Rehearsal { calibration, home, logins, eyes, flow })
}

/// Catches early what needs no calibration: the app fails, or shows after a good sign-on just what
/// it shows without one.
///
/// # Errors
/// Broken.
pub(crate) fn is_let_in(
    cx: &mut Cx,
    protocol: Protocol,
    walk: &Walk,
    landing: &Page,
    probe: &Page,
    signed_out: &Page,
) -> Result<(), Finding> {
    let wanted = "signed in after a good sign-on";
    for page in [landing, probe] {
        if page.loop_found {
            return Err(Finding::broken(wanted, format!("a loop of redirects at {}", page.place())));
        }
        if let Some(status) = page.status.filter(|status| *status >= 500) {
            let why = diagnosis::of(cx, protocol, walk, landing);
            return Err(Finding::broken(
                wanted,
                format!("the app answered {status} at {}: {why}", page.place()),
            ));
        }
    }
    let instance = protocol.instance(cx)?;
    let pages = &instance.pages;
    let shows =
        |marker: &Option<oinspect_signin::Selector>| marker.as_ref().is_some_and(|marker| probe.has(marker));
    let lacks_marker = pages.signed_in.is_some() && !shows(&pages.signed_in);
    let is_refused =
        landing.status.is_some_and(|status| status >= 400) && probe.place() == signed_out.place();
    if lacks_marker || shows(&pages.signed_out) || is_refused {
        let why = diagnosis::of(cx, protocol, walk, landing);
        return Err(Finding::broken(wanted, format!("not signed in: {why}")));
    }
    Ok(())
}

fn calibrated(
    cx: &mut Cx,
    protocol: Protocol,
    walk: &Walk,
    landing: &Page,
    [signed_out, a, b, dropped]: [Snapshot; 4],
    people: (&oinspect_signin::Identity, &oinspect_signin::Identity),
) -> Result<Result<Calibration, String>, Finding> {
    let instance = protocol.instance(cx)?;
    let came = calibrate(signed_out, a, b, dropped, people.0, people.1, &instance.pages);
    Ok(came.map_err(|uncalibrated| {
        // Where the app shows what only those see who are signed in, nothing is wrong with the sign-on.
        let is_in = instance.pages.signed_in.as_ref().is_some_and(|marker| landing.has(marker));
        let seen =
            if is_in { diagnosis::answer(landing) } else { diagnosis::of(cx, protocol, walk, landing) };
        format!(
            "the oracle is not calibrated: {}; {} (after sign-on: {seen})",
            uncalibrated.why, uncalibrated.what_to_declare
        )
    }))
}
