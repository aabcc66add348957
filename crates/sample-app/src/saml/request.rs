//! The AuthnRequest, and how an app with a fault gets it wrong.

use askama::Template;
use jiff::ToSpan as _;

use super::keys;
use crate::clock;
use crate::fault::SamlFault;
use crate::random;
use crate::switches::Switches;
use crate::trust::SamlEndpoints;

const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
const KERBEROS: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos";
const X509: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:X509";

/// An AuthnRequest, before it is written.
#[derive(Debug, Template)]
#[template(path = "authn-request.xml")]
pub(super) struct AuthnRequest {
    pub(super) id: String,
    version: &'static str,
    issue_instant: String,
    destination: Option<String>,
    acs_url: Option<String>,
    acs_index: Option<u16>,
    protocol_binding: &'static str,
    issuer: String,
    name_id_format: &'static str,
    authn_context: Option<&'static str>,
    confirms_subject: bool,
    doctype: bool,
    /// Whether there is an empty signature to fill.
    skeleton: bool,
}

impl AuthnRequest {
    /// A request to this destination, as the tenant's faults have it.
    pub(super) fn new(destination: &str, endpoints: &SamlEndpoints, switches: Switches) -> Self {
        let mut request = Self {
            id: format!("_{}", random::hex()),
            version: "2.0",
            issue_instant: clock::written(clock::now()),
            destination: Some(destination.to_owned()),
            acs_url: Some(endpoints.acs_url.clone()),
            acs_index: None,
            protocol_binding: POST,
            issuer: endpoints.entity_id.clone(),
            name_id_format: UNSPECIFIED,
            authn_context: None,
            confirms_subject: false,
            doctype: false,
            skeleton: false,
        };
        request.spoil(endpoints, switches);
        request
    }

    fn spoil(&mut self, endpoints: &SamlEndpoints, switches: Switches) {
        let on = |fault: SamlFault| switches.has(fault);
        if on(SamlFault::RequestIdStartsWithDigit) {
            self.id = format!("7{}", random::hex());
        }
        if on(SamlFault::RequestIdRepeats) {
            "_request".clone_into(&mut self.id);
        }
        if on(SamlFault::RequestVersion11) {
            self.version = "1.1";
        }
        if on(SamlFault::RequestLocalTime) {
            self.issue_instant = self.issue_instant.trim_end_matches('Z').to_owned();
        }
        if on(SamlFault::RequestStale) {
            let earlier = clock::now().checked_sub(1.hour()).expect("an hour ago was after the first moment");
            self.issue_instant = clock::written(earlier);
        }
        if on(SamlFault::RequestOtherIssuer) {
            "sample-app".clone_into(&mut self.issuer);
        }
        if on(SamlFault::RequestOtherDestination) {
            self.destination = Some("https://idp.example.com/sso".to_owned());
        }
        if on(SamlFault::RequestWithoutDestination) {
            self.destination = None;
        }
        if on(SamlFault::RequestUnregisteredAcs) {
            self.acs_url = Some(endpoints.acs_url.replace("/saml/acs", "/saml/consume"));
        }
        if on(SamlFault::RequestAcsTrailingSlash) {
            self.acs_url = Some(format!("{}/", endpoints.acs_url));
        }
        if on(SamlFault::RequestAcsTwice) {
            self.acs_index = Some(0);
        }
        if on(SamlFault::RequestAsksRedirect) {
            self.protocol_binding = REDIRECT;
        }
        self.doctype = on(SamlFault::RequestWithDoctype);
        self.confirms_subject = on(SamlFault::RequestConfirmsSubject);
        if on(SamlFault::RequestAsksKerberos) {
            self.name_id_format = KERBEROS;
        }
        if on(SamlFault::RequestDemandsX509) {
            self.authn_context = Some(X509);
        }
    }

    /// The request as XML.
    pub(super) fn written(&self) -> String {
        self.render().expect("a template of strings always renders")
    }

    /// The request as XML with a signature inside, for the POST binding.
    pub(super) fn signed(mut self) -> String {
        self.skeleton = true;
        let mut manager = bergshamra::KeysManager::new();
        manager.add_key(keys::signing());
        let context = bergshamra::DsigContext::new(manager);
        bergshamra::sign(&context, &self.written()).expect("the app's own skeleton can be signed")
    }
}
