//! The sample app as a service provider that an org is set up for.

use std::fmt::Write;

use oinspect_sample_app::{Misbehaviour, OidcTrust, Running, SamlTrust, Settings, Sso};

use crate::service_providers::provider::set_up;
use crate::service_providers::{desk, org_port, printed};
use crate::stage::{Desk, sample_app};

/// The sample app and a desk that describes its first tenant. Both trust each other.
pub(super) fn connected(misbehaviour: Option<Misbehaviour>, start_url: Option<&str>) -> (Running, Desk) {
    let app = sample_app(Settings { users: 0, misbehaviour, ..Settings::default() });
    let desk = desk();
    let org = format!("org.listen = \"127.0.0.1:{}\"\n", org_port());
    desk.write("oinspect.toml", &format!("{org}{}", description(&app, start_url)));
    introduce(&app, &desk);
    (app, desk)
}

/// Tells the app of the org that this desk describes.
pub(super) fn introduce(app: &Running, desk: &Desk) {
    let setup = set_up(desk);
    let saml = SamlTrust { idp_metadata: desk.read("idp-metadata.xml") };
    let oidc = OidcTrust {
        issuer: printed(&setup, "issuer"),
        client_id: printed(&setup, "client ID"),
        client_secret: printed(&setup, "client secret"),
    };
    app.connect(&app.tenants[0].name, Sso { saml: Some(saml), oidc: Some(oidc) }).unwrap();
}

/// What a configuration says of the first tenant; its metadata are read when they are needed.
pub(super) fn description(app: &Running, start_url: Option<&str>) -> String {
    let tenant = &app.tenants[0];
    let mut text = "name = \"Sample app\"\n[app]\n".to_owned();
    let start_url = start_url.unwrap_or(&tenant.login_url);
    for (key, value) in [
        ("protected_url", tenant.home_url.as_str()),
        ("profile_url", &tenant.profile_url),
        ("first_name", "#first-name"),
        ("last_name", "#last-name"),
        ("email", "#email"),
        ("sign_out", &tenant.sign_out_url),
    ] {
        writeln!(text, "{key} = \"{value}\"").unwrap();
    }
    let saml = &tenant.saml.metadata_url;
    write!(
        text,
        "[saml]\nsp_metadata = \"{saml}\"\nstart_url = \"{start_url}\"\nsteps = [{{ click = \"#sign-in-saml\" }}]\n\
         [oidc]\nredirect_uri = \"{}\"\nstart_url = \"{start_url}\"\nsteps = [{{ click = \"#sign-in-oidc\" }}]\n",
        tenant.oidc.redirect_uri,
    )
    .unwrap();
    if let Some(uri) = &tenant.oidc.initiate_login_uri {
        writeln!(text, "initiate_login_uri = \"{uri}\"").unwrap();
    }
    text
}
