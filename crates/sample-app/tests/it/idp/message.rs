//! Responses as an identity provider writes them: good ones, and the same with one thing changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::keys::loader::{load_rsa_private_pem, load_x509_cert_der};
use bergshamra::{DsigContext, EncContext, KeyUsage, KeysManager};
use jiff::{Timestamp, ToSpan as _};

pub(crate) const ISSUER: &str = "http://www.okta.com/exkTest";
pub(crate) const SSO_URL: &str = "http://127.0.0.1:9/app/sso/saml";
pub(crate) const SLO_URL: &str = "http://127.0.0.1:9/app/slo/saml";
const KEY: &str = include_str!("../../keys/idp.key.pem");
const CERTIFICATE: &str = include_str!("../../keys/idp.cert.pem");
const ROGUE_KEY: &str = include_str!("../../keys/rogue.key.pem");
const ROGUE_CERTIFICATE: &str = include_str!("../../keys/rogue.cert.pem");
const SP_ENCRYPTION: &str = include_str!("../../../keys/sp-encryption.cert.pem");

/// A response before it is written.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a test changes")]
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) name_id: String,
    pub(crate) issuer: String,
    pub(crate) assertion_issuer: String,
    pub(crate) destination: String,
    pub(crate) recipient: String,
    pub(crate) audience: Option<String>,
    pub(crate) in_response_to: Option<String>,
    pub(crate) status: &'static str,
    pub(crate) minutes: i64,
    pub(crate) attributes: BTreeMap<String, Vec<String>>,
    pub(crate) response_signed: bool,
    pub(crate) assertion_signed: bool,
    pub(crate) encrypted: bool,
    pub(crate) rogue: bool,
    pub(crate) sha1: bool,
}

pub(crate) fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the app under test lives by the real clock")]
    Timestamp::now()
}

impl Message {
    /// What an identity provider sends about Ann; `base` is the tenant's home.
    pub(crate) fn of(name_id: &str, base: &str) -> Self {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let attributes = [("firstName", "Ann"), ("lastName", "Ox"), ("email", name_id)];
        Self {
            id: format!("id{number}"),
            name_id: name_id.to_owned(),
            issuer: ISSUER.to_owned(),
            assertion_issuer: ISSUER.to_owned(),
            destination: format!("{base}/saml/acs"),
            recipient: format!("{base}/saml/acs"),
            audience: Some(format!("{base}/saml/metadata")),
            in_response_to: None,
            status: "Success",
            minutes: 0,
            attributes: attributes.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).into(),
            response_signed: true,
            assertion_signed: true,
            encrypted: false,
            rogue: false,
            sha1: false,
        }
    }

    pub(crate) fn with(mut self, name: &str, values: &[&str]) -> Self {
        self.attributes.insert(name.to_owned(), values.iter().map(|value| (*value).to_owned()).collect());
        self
    }

    /// The XML, signed and encrypted as told.
    pub(crate) fn xml(&self) -> String {
        let mut assertion = self.assertion();
        if self.assertion_signed {
            assertion = self.signed(&assertion);
        }
        if self.encrypted {
            assertion = encrypted(&assertion);
        }
        let response = self.response(&assertion);
        if self.response_signed { self.signed(&response) } else { response }
    }

    fn at(&self, minutes: i64) -> String {
        format!("{:.3}", now().checked_add((self.minutes + minutes).minutes()).unwrap())
    }

    fn answers(&self) -> String {
        self.in_response_to.as_deref().map(|id| format!(" InResponseTo=\"{id}\"")).unwrap_or_default()
    }

    fn response(&self, assertion: &str) -> String {
        format!(
            "<saml2p:Response xmlns:saml2p=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
             xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" Destination=\"{}\" ID=\"r{}\"{} IssueInstant=\"{}\" \
             Version=\"2.0\"><saml2:Issuer xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\">{}</saml2:Issuer>\
             {}<saml2p:Status><saml2p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:{}\"/>\
             </saml2p:Status>{assertion}</saml2p:Response>",
            self.destination,
            self.id,
            self.answers(),
            self.at(0),
            self.issuer,
            if self.response_signed { self.skeleton(&format!("r{}", self.id)) } else { String::new() },
            self.status,
        )
    }

    fn assertion(&self) -> String {
        let audience = self.audience.as_deref().map_or(String::new(), |audience| {
            format!("<saml2:AudienceRestriction><saml2:Audience>{audience}</saml2:Audience></saml2:AudienceRestriction>")
        });
        let mut attributes = String::new();
        for (name, values) in &self.attributes {
            let _ = write!(attributes, "<saml2:Attribute Name=\"{name}\">");
            for value in values {
                let value = value.replace('&', "&amp;").replace('<', "&lt;");
                let _ = write!(
                    attributes,
                    "<saml2:AttributeValue xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                     xsi:type=\"xs:string\">{value}</saml2:AttributeValue>"
                );
            }
            attributes.push_str("</saml2:Attribute>");
        }
        format!(
            "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\" \
             xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" ID=\"{id}\" \
             IssueInstant=\"{now}\" Version=\"2.0\"><saml2:Issuer>{issuer}</saml2:Issuer>{signature}<saml2:Subject>\
             <saml2:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\">{name}</saml2:NameID>\
             <saml2:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
             <saml2:SubjectConfirmationData{answers} NotOnOrAfter=\"{until}\" Recipient=\"{recipient}\"/>\
             </saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore=\"{from}\" \
             NotOnOrAfter=\"{until}\">{audience}</saml2:Conditions><saml2:AuthnStatement AuthnInstant=\"{now}\" \
             SessionIndex=\"s1\"><saml2:AuthnContext><saml2:AuthnContextClassRef>\
             urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef>\
             </saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement>{attributes}\
             </saml2:AttributeStatement></saml2:Assertion>",
            id = self.id,
            now = self.at(0),
            issuer = self.assertion_issuer,
            signature = if self.assertion_signed { self.skeleton(&self.id) } else { String::new() },
            name = self.name_id,
            answers = self.answers(),
            until = self.at(5),
            from = self.at(-5),
            recipient = self.recipient,
        )
    }

    fn skeleton(&self, id: &str) -> String {
        let (method, digest) = if self.sha1 {
            ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#sha1")
        } else {
            ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256")
        };
        format!(
            "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo>\
             <ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>\
             <ds:SignatureMethod Algorithm=\"{method}\"/><ds:Reference URI=\"#{id}\"><ds:Transforms>\
             <ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>\
             <ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><ec:InclusiveNamespaces \
             xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"xs\"/></ds:Transform>\
             </ds:Transforms><ds:DigestMethod Algorithm=\"{digest}\"/><ds:DigestValue></ds:DigestValue>\
             </ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue><ds:KeyInfo><ds:X509Data>\
             <ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
            body(if self.rogue { ROGUE_CERTIFICATE } else { CERTIFICATE })
        )
    }

    fn signed(&self, xml: &str) -> String {
        let mut key = load_rsa_private_pem(if self.rogue { ROGUE_KEY } else { KEY }.as_bytes()).unwrap();
        key.usage = KeyUsage::Sign;
        let mut manager = KeysManager::new();
        manager.add_key(key);
        bergshamra::sign(&DsigContext::new(manager), xml).unwrap()
    }
}

fn encrypted(assertion: &str) -> String {
    let mut manager = KeysManager::new();
    manager.add_key(load_x509_cert_der(&STANDARD.decode(body(SP_ENCRYPTION)).unwrap()).unwrap());
    let template = "<xenc:EncryptedData xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" \
         Type=\"http://www.w3.org/2001/04/xmlenc#Element\"><xenc:EncryptionMethod \
         Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/>\
         <ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><xenc:EncryptedKey><xenc:EncryptionMethod \
         Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/><xenc:CipherData><xenc:CipherValue/>\
         </xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/>\
         </xenc:CipherData></xenc:EncryptedData>";
    let data = bergshamra::encrypt(&EncContext::new(manager), template, assertion.as_bytes()).unwrap();
    let data = data.split_once("?>").map_or(data.as_str(), |(_, data)| data);
    format!(
        "<saml2:EncryptedAssertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\">{}</saml2:EncryptedAssertion>",
        data.trim()
    )
}

/// The metadata that the app is told to trust.
pub(crate) fn metadata() -> String {
    let service = |name: &str, binding: &str, url: &str| {
        format!(
            "<md:{name} Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-{binding}\" Location=\"{url}\"/>"
        )
    };
    format!(
        "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{ISSUER}\">\
         <md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
         <md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\
         <ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
         {}{}{}</md:IDPSSODescriptor></md:EntityDescriptor>",
        body(CERTIFICATE),
        service("SingleLogoutService", "Redirect", SLO_URL),
        service("SingleSignOnService", "POST", SSO_URL),
        service("SingleSignOnService", "Redirect", SSO_URL),
    )
}

fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}
