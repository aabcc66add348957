//! `oinspect org`: what an app is told of the org, and the org as a server of its own.

use crate::stage::{Desk, Serving, free_address};

const SAML: &str = "name = \"App\"\n[saml]\nentity_id = \"http://localhost:1/saml\"\n\
                    acs_url = \"http://localhost:1/acs\"\n";
const OIDC: &str = "[oidc]\nredirect_uri = \"http://localhost:1/callback\"\n";

fn desk(text: &str) -> Desk {
    let desk = Desk::new();
    desk.write("oinspect.toml", text);
    desk
}

#[test]
fn setup_without_an_app_says_how_to_describe_one() {
    Desk::new()
        .oinspect(&["org", "setup"])
        .expect_only(2, &["oinspect.toml describes none", "[saml] or [oidc]", "oinspect init"]);
}

#[test]
fn setup_tells_a_service_provider_what_it_needs_and_the_same_each_time() {
    let desk = desk(SAML);
    let said = desk.oinspect(&["org", "setup"]);
    said.expect(0, &["sign-on URL", "http://127.0.0.1:8490/app/"]);
    said.expect(0, &["entity ID", "http://www.okta.com/exk"]);
    said.expect(0, &["metadata file", "idp-metadata.xml"]);
    said.expect(0, &["NameID format", "nameid-format:emailAddress"]);
    said.expect(0, &["attributes", "firstName, lastName, email"]);
    said.expect(0, &["-----BEGIN CERTIFICATE-----"]);
    assert!(!said.out.contains("OpenID"), "{said:#?}");
    assert!(desk.read("idp-metadata.xml").contains("EntityDescriptor"));
    assert_eq!(desk.oinspect(&["org", "setup"]).out, said.out);
}

#[test]
fn setup_tells_a_relying_party_what_it_needs() {
    let desk = desk(OIDC);
    let said = desk.oinspect(&["org", "setup"]);
    said.expect(0, &["issuer", "http://127.0.0.1:8490"]);
    said.expect(0, &["discovery URL", "http://127.0.0.1:8490/.well-known/openid-configuration"]);
    said.expect(0, &["client ID", "0oa"]);
    said.expect(0, &["client secret"]);
    said.expect(0, &["authenticates by", "client_secret_basic"]);
    assert!(!said.out.contains("SAML"), "{said:#?}");
    assert!(!desk.path("idp-metadata.xml").exists());
}

#[test]
fn setup_needs_an_address_that_stays() {
    let desk = desk(SAML);
    desk.oinspect(&["org", "setup", "--listen", "127.0.0.1:0"])
        .expect_only(2, &["org.listen has port 0", "choose a port", "org.public_url"]);
    desk.oinspect(&["org", "setup", "--public-url", "https://org.example"])
        .expect(0, &["sign-on URL", "https://org.example/app/"]);
}

#[test]
fn what_setup_says_is_what_the_org_then_announces() {
    let desk = desk(&format!("{SAML}{OIDC}[org]\nlisten = \"{}\"\n", free_address()));
    let setup = desk.oinspect(&["org", "setup"]).out;
    let org = Serving::start(&desk, &["org"]);
    let [saml, oidc] = [0, 1].map(|at| org.announced["apps"][at].clone());
    for (app, member) in [
        (&saml, "sso_url"),
        (&saml, "metadata_url"),
        (&saml, "entity_id"),
        (&oidc, "issuer"),
        (&oidc, "client_id"),
        (&oidc, "client_secret"),
    ] {
        let value = app[member].as_str().unwrap();
        assert!(setup.lines().any(|line| line.ends_with(value)), "{member} {value}: {setup}");
    }
}

#[cfg(unix)]
#[test]
fn an_announcement_is_one_line_and_sigterm_is_the_end() {
    let org = Serving::start(&desk(SAML), &["org", "--listen", "127.0.0.1:0"]);
    assert!(org.announced["url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    org.signal("TERM");
    assert_eq!(org.end(), (Some(0), String::new()));
}

#[test]
fn an_address_that_is_taken_is_named_with_the_setting() {
    let desk = desk(SAML);
    let org = Serving::start(&desk, &["org", "--listen", "127.0.0.1:0"]);
    let address = org.announced["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
    let taken = [address.as_str(), "org.listen", "another address"];
    desk.oinspect(&["org", "--listen", &address]).expect_only(3, &taken);
    let listen = format!("org.listen={address}");
    desk.oinspect(&["run", "--set", &listen]).expect_only(3, &taken);
    desk.oinspect(&["doctor", "--set", &listen]).expect(3, &[&["wrong org:"], &taken[..]].concat());
}

#[test]
fn an_org_whose_app_does_not_run_says_which_metadata_it_wants() {
    let desk = desk("[saml]\nsp_metadata = \"http://127.0.0.1:1/metadata\"\n");
    desk.oinspect(&["org", "--listen", "127.0.0.1:0"])
        .expect_only(3, &["http://127.0.0.1:1/metadata (saml.sp_metadata)", "is the app running?"]);
    desk.oinspect(&["org", "setup"]).expect(0, &["sign-on URL"]);
}
