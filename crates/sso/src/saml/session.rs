//! SAML: the end of a session.

use oinspect_core::Capability::SignOut;
use oinspect_core::{Check, Group, oin_demands};

use crate::ending;
use crate::protocol::Protocol;

pub(crate) static GROUP: Group = Group {
    id: "saml.session",
    title: "SAML: the end of a session",
    tags: &["sso", "saml", "session"],
    alone: false,
    checks: &[Check {
        id: "saml.session.sign-out",
        title: "Who signs out is signed out",
        requirement: oin_demands(
            "Test your integration",
            "every case of the tester ends with signing out of the app",
        ),
        needs: &[SignOut],
        pitfall: "Only the cookie's name is cleared, or signing out leads straight into a new sign-on.",
        fix: "End the session at the server, clear the cookie, and show a page that needs no session.",
        run: |cx| ending::sign_out(cx, Protocol::Saml),
    }],
};
