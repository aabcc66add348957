//! How the app begins a sign-on, seen twice: its requests, whether or not anybody gets in later.

use std::sync::Arc;

use oinspect_core::{Cx, Finding, Passage};

use crate::protocol::Protocol;
use crate::rehearsal::eyes;
use crate::stage::stage;
use crate::walk::Walk;

/// What a user agent sent, beginning by beginning.
pub(crate) struct Beginnings(pub(crate) Vec<Vec<Passage>>);

/// Two beginnings in one clean profile, once a run. Nobody signs in.
pub(crate) fn beginnings(cx: &mut Cx, protocol: Protocol) -> Result<Arc<Beginnings>, Finding> {
    let name = format!("{} sign-on begun twice", protocol.name());
    let eyes = eyes(cx, protocol);
    cx.once(&name, |cx| {
        let instance = protocol.instance(cx)?;
        // Only for pages of the app that ask for an address first.
        let login = format!("{}@{}", cx.name(), stage(cx)?.people.domain);
        let mut walk = Walk::new(cx, eyes)?;
        let mut seen = Vec::new();
        for _ in 0..2 {
            walk.passages.clear();
            walk.start(cx, &instance, &login)?;
            seen.push(walk.passages.clone());
        }
        Ok(Beginnings(seen))
    })
}
