//! What a SAML app shows of the user whom an assertion describes.

use oinspect_core::Capability::{SamlGroups, SamlJit, SamlProfile};
use oinspect_core::Document::{SamlCore, SamlInterop};
use oinspect_core::{Check, Cx, Finding, Group, Level, must};

use crate::attempt::attempt;
use crate::names;
use crate::person;
use crate::protocol::Protocol;
use crate::rehearsal::rehearsed;
use crate::stage::stage;

const SAML: Protocol = Protocol::Saml;

pub(crate) static GROUP: Group = Group {
    id: "saml.profile",
    title: "SAML: what the app shows of the user",
    tags: &["sso", "saml", "profile"],
    alone: false,
    checks: &[
        Check {
            id: "saml.profile.unicode",
            title: "Letters of every script come out as they went in",
            requirement: must(SamlInterop, "IIP-SP02", "attribute values are text of any script")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[SamlJit, SamlProfile],
            pitfall: "The database column or the page is Latin-1, or has three bytes a character.",
            fix: "Use UTF-8 (utf8mb4 in MySQL) from the parser to the page.",
            run: |cx| names::unicode(cx, SAML),
        },
        Check {
            id: "saml.profile.apostrophe",
            title: "An apostrophe in a name comes out as it went in",
            requirement: must(
                SamlInterop,
                "IIP-SP02",
                "attribute values are text, whatever characters it has",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[SamlJit, SamlProfile],
            pitfall: "The name is escaped twice and shows as O&#39;Brien, or cut at the apostrophe.",
            fix: "Escape once, where the page is written.",
            run: |cx| names::apostrophe(cx, SAML),
        },
        Check {
            id: "saml.profile.escaped",
            title: "Markup in a name is shown and not obeyed",
            requirement: must(SamlInterop, "IIP-SP02", "attribute values are text and no markup")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[SamlJit, SamlProfile],
            pitfall: "Names are trusted because they come from the identity provider.",
            fix: "Escape every value where the page is written.",
            run: |cx| names::escaped(cx, SAML),
        },
        Check {
            id: "saml.profile.groups",
            title: "Every value of an attribute counts",
            requirement: must(SamlCore, "2.7.3.1", "an attribute has as many values as it has")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[SamlJit, SamlGroups],
            pitfall: "Only the first AttributeValue is read, so that users lose all groups but one.",
            fix: "Read every AttributeValue of the attribute.",
            run: groups,
        },
    ],
};

fn groups(cx: &mut Cx) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, SAML)?;
    let person = person::newcomer(cx, SAML, ("Gerda", "Group-{name}"))?;
    let org = &stage(cx)?.org;
    let mut sent = Vec::new();
    for _ in 0..3 {
        let name = cx.name();
        let group = org.create_group(cx, &name)?;
        org.add_member(cx, &group.id, &person.user.id)?;
        sent.push(name);
    }
    let flow = rehearsal.flow;
    let attempt = attempt(cx, SAML, &rehearsal, flow, &person)?;
    attempt.expect_signed_in(cx, SAML, &person)?;
    let shown = attempt.shown.groups.join("\n");
    let missing: Vec<&str> = sent.iter().map(String::as_str).filter(|group| !shown.contains(group)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let shown = if shown.is_empty() { "none".to_owned() } else { attempt.shown.groups.join(", ") };
    Err(Finding::broken(format!("the groups {}", sent.join(", ")), shown))
}
