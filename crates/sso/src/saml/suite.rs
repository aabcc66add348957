//! Every check of a SAML service provider, and which of them apply to this one.

use std::collections::BTreeSet;

use oinspect_core::{Capability, Cx, Finding, Suite};

use crate::saml::app::SamlInstance;
use crate::saml::{cases, jit, profile, request, response, session};
use crate::stage::stage;

/// Every check of a SAML service provider.
pub static SAML: Suite = Suite {
    id: "saml",
    title: "SAML service provider",
    on_request: false,
    groups: &[
        &cases::GROUP,
        &request::GROUP,
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
    let app = cx.settings::<SamlInstance>()?;
    let instance = &app.instance;
    let is_sp_flow = instance.start_url.is_some();
    let has_profile = instance.pages.profile.as_ref();
    let offers = [
        (Capability::SamlMetadata, app.metadata.is_some()),
        (Capability::SamlIdpFlow, instance.idp_flow),
        (Capability::SamlSpFlow, is_sp_flow),
        (Capability::SamlJitIdp, instance.jit && instance.idp_flow),
        (Capability::SamlJitSp, instance.jit && is_sp_flow && !instance.idp_flow),
        (Capability::SamlJit, instance.jit),
        (
            Capability::SamlEncryption,
            app.metadata.as_ref().is_some_and(|metadata| !metadata.encryption_certificates().is_empty()),
        ),
        (
            Capability::SamlSignedRequests,
            app.metadata.as_ref().is_some_and(|metadata| metadata.authn_requests_signed),
        ),
        (Capability::SamlProfile, has_profile.is_some()),
        (
            Capability::SamlGroups,
            app.group_attribute.is_some() && has_profile.is_some_and(|profile| profile.groups.is_some()),
        ),
        (Capability::SamlDeepLink, instance.deep_link.is_some()),
        (Capability::SignOut, instance.pages.sign_out.is_some()),
        (Capability::BendableOrg, stage(cx)?.org.embedded),
    ];
    Ok(offers.into_iter().filter(|(_, is_offered)| *is_offered).map(|(capability, _)| capability).collect())
}
