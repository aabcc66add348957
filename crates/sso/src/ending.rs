//! The end of a session.

use oinspect_core::{Cx, Finding};

use crate::attempt::{attempt, expect_nobody};
use crate::protocol::Protocol;
use crate::rehearsal::rehearsed;

/// After signing out, the page for signed-in users is closed again.
pub(crate) fn sign_out(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let instance = protocol.instance(cx)?;
    let person = rehearsal.first().person.clone();
    let flow = rehearsal.flow;
    let attempt = attempt(cx, protocol, &rehearsal, flow, &person)?;
    attempt.expect_signed_in(cx, protocol, &person).map_err(|finding| finding.as_obstacle("signing on"))?;
    let mut walk = attempt.walk;
    walk.sign_out(cx, &instance, &rehearsal.home)?;
    // The org's session may live on: an app that asks it at once would sign the user on again.
    walk.forget_org(cx)?;
    let look = walk.glance(cx, &rehearsal.home)?;
    let judgement = rehearsal.judge(&look.snapshot, None, &person);
    // Many apps end the session and leave its cookie, which then leads nowhere.
    if judgement.is_closed() {
        return Ok(());
    }
    expect_nobody(cx, &walk, rehearsal.eyes, &judgement, "")
}
