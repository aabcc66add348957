//! Every check of a relying party, and which of them apply to this one.

use std::collections::BTreeSet;

use oinspect_core::{Capability, Cx, Finding, Suite};

use crate::oidc::app::OidcInstance;
use crate::oidc::{callback, cases, jit, profile, request, response, session, token};
use crate::stage::stage;

/// Every check of an OpenID Connect relying party.
pub static OIDC: Suite = Suite {
    id: "oidc",
    title: "OpenID Connect relying party",
    on_request: false,
    groups: &[
        &cases::GROUP,
        &request::GROUP,
        &callback::GROUP,
        &token::GROUP,
        &response::GROUP,
        &profile::GROUP,
        &jit::GROUP,
        &session::GROUP,
    ],
    capabilities: &[],
    features: &[],
    discover,
};

fn discover(cx: &mut Cx) -> Result<BTreeSet<Capability>, Finding> {
    let app = cx.settings::<OidcInstance>()?;
    let instance = &app.instance;
    let is_sp_flow = instance.start_url.is_some();
    let offers = [
        (Capability::OidcSpFlow, is_sp_flow),
        (Capability::OidcIdpFlow, instance.idp_flow),
        (Capability::OidcJitIdp, instance.jit && instance.idp_flow),
        (Capability::OidcJitSp, instance.jit && is_sp_flow && !instance.idp_flow),
        (Capability::OidcJit, instance.jit),
        (Capability::OidcProfile, instance.pages.profile.is_some()),
        (Capability::OidcDeepLink, instance.deep_link.is_some()),
        (Capability::SignOut, instance.pages.sign_out.is_some()),
        (Capability::BendableOrg, stage(cx)?.org.embedded),
    ];
    Ok(offers.into_iter().filter(|(_, is_offered)| *is_offered).map(|(capability, _)| capability).collect())
}
