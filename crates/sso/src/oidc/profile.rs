//! What a relying party shows of the user whom the claims describe.

use oinspect_core::Capability::{OidcJit, OidcProfile};
use oinspect_core::Document::OidcCore;
use oinspect_core::{Check, Group, Level, must};

use crate::names;
use crate::protocol::Protocol;

const OIDC: Protocol = Protocol::Oidc;

pub(crate) static GROUP: Group = Group {
    id: "oidc.profile",
    title: "OpenID Connect: what the app shows of the user",
    tags: &["sso", "oidc", "profile"],
    alone: false,
    checks: &[
        Check {
            id: "oidc.profile.unicode",
            title: "Letters of every script come out as they went in",
            requirement: must(OidcCore, "5.1", "names are text of any script")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[OidcJit, OidcProfile],
            pitfall: "The database column or the page is Latin-1, or has three bytes a character.",
            fix: "Use UTF-8 (utf8mb4 in MySQL) from the parser to the page.",
            run: |cx| names::unicode(cx, OIDC),
        },
        Check {
            id: "oidc.profile.apostrophe",
            title: "An apostrophe in a name comes out as it went in",
            requirement: must(OidcCore, "5.1", "names are text, whatever characters they have")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[OidcJit, OidcProfile],
            pitfall: "The name is escaped twice and shows as O&#39;Brien, or cut at the apostrophe.",
            fix: "Escape once, where the page is written.",
            run: |cx| names::apostrophe(cx, OIDC),
        },
        Check {
            id: "oidc.profile.escaped",
            title: "Markup in a name is shown and not obeyed",
            requirement: must(OidcCore, "5.1", "names are text and no markup")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[OidcJit, OidcProfile],
            pitfall: "Names are trusted because they come from the identity provider.",
            fix: "Escape every value where the page is written.",
            run: |cx| names::escaped(cx, OIDC),
        },
    ],
};
