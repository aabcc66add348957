//! Single logout: requests and answers, written and read.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::document::{self, DecodeError, child, children, full_text, owned};
use crate::escape::{WriteError, attribute, text};
use crate::instant::{format_instant, parse_instant};
use crate::keys::KeyPair;
use crate::signature::{sign, skeleton};
use crate::{ASSERTION, FORMAT_ENTITY, PROTOCOL};

/// One party asks the other to end a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutRequest {
    /// ID.
    pub id: String,
    /// IssueInstant.
    pub issued: Timestamp,
    /// Who asks.
    pub issuer: String,
    /// Where it is sent to.
    pub destination: Option<String>,
    /// Whose session.
    pub name_id: String,
    /// Format of `name_id`.
    pub format: Option<String>,
    /// Which sessions; none means all.
    pub session_indexes: Vec<String>,
    /// Algorithm of the signature inside the message, when read; not used for writing.
    pub embedded_signature: Option<String>,
}

/// The answer to a LogoutRequest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutResponse {
    /// ID.
    pub id: String,
    /// IssueInstant.
    pub issued: Timestamp,
    /// Who answers.
    pub issuer: String,
    /// Where it is sent to.
    pub destination: Option<String>,
    /// ID of the request.
    pub in_response_to: Option<String>,
    /// The full status code.
    pub status: String,
}

/// The status of a logout that was done.
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

impl LogoutRequest {
    /// The request as XML; with a key it is signed inside, as the POST binding wants it.
    pub fn write(&self, key: Option<&KeyPair>) -> Result<String, WriteError> {
        let mut inner = String::new();
        let format = match &self.format {
            Some(format) => format!(" Format=\"{}\"", attribute("the NameID's Format", format)?),
            None => String::new(),
        };
        let mut push = |piece: std::fmt::Arguments<'_>| {
            inner.write_fmt(piece).expect("writing to a String cannot fail");
        };
        push(format_args!("<saml2:NameID{format}>{}</saml2:NameID>", text("the NameID", &self.name_id)?));
        for index in &self.session_indexes {
            push(format_args!(
                "<saml2p:SessionIndex>{}</saml2p:SessionIndex>",
                text("a SessionIndex", index)?
            ));
        }
        let head = Head { name: "LogoutRequest", id: &self.id, issued: self.issued, issuer: &self.issuer };
        head.write(self.destination.as_deref(), None, &inner, key)
    }
}

impl LogoutResponse {
    /// A good answer.
    pub fn success(id: String, issued: Timestamp, issuer: String, in_response_to: String) -> Self {
        Self {
            id,
            issued,
            issuer,
            destination: None,
            in_response_to: Some(in_response_to),
            status: SUCCESS.to_owned(),
        }
    }

    /// Whether the logout was done.
    pub fn succeeded(&self) -> bool {
        self.status == SUCCESS
    }

    /// The answer as XML; with a key it is signed inside, as the POST binding wants it.
    pub fn write(&self, key: Option<&KeyPair>) -> Result<String, WriteError> {
        let inner = format!(
            "<saml2p:Status><saml2p:StatusCode Value=\"{}\"/></saml2p:Status>",
            attribute("the status", &self.status)?
        );
        let head = Head { name: "LogoutResponse", id: &self.id, issued: self.issued, issuer: &self.issuer };
        head.write(self.destination.as_deref(), self.in_response_to.as_deref(), &inner, key)
    }
}

struct Head<'a> {
    name: &'static str,
    id: &'a str,
    issued: Timestamp,
    issuer: &'a str,
}

impl Head<'_> {
    fn write(
        &self,
        destination: Option<&str>,
        in_response_to: Option<&str>,
        inner: &str,
        key: Option<&KeyPair>,
    ) -> Result<String, WriteError> {
        let mut attributes = String::new();
        for (name, value) in [("Destination", destination), ("InResponseTo", in_response_to)] {
            if let Some(value) = value {
                write!(attributes, " {name}=\"{}\"", attribute("an attribute", value)?)
                    .expect("writing to a String cannot fail");
            }
        }
        let name = self.name;
        let signature = key.map(|key| skeleton(self.id, key, false)).transpose()?.unwrap_or_default();
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><saml2p:{name} ID=\"{}\" IssueInstant=\"{}\" \
             Version=\"2.0\"{attributes} xmlns:saml2p=\"{PROTOCOL}\" xmlns:saml2=\"{ASSERTION}\">\
             <saml2:Issuer Format=\"{FORMAT_ENTITY}\">{}</saml2:Issuer>{signature}{inner}</saml2p:{name}>",
            attribute("the ID", self.id)?,
            format_instant(self.issued),
            text("the Issuer", self.issuer)?,
        );
        match key {
            Some(key) => sign("the logout message", xml, key),
            None => Ok(xml),
        }
    }
}

/// Reads the XML of a LogoutRequest.
pub fn read_logout_request(xml: &str) -> Result<LogoutRequest, DecodeError> {
    let document = document::parse(xml)?;
    let root = document::root(&document, "LogoutRequest")?;
    let name_id = child(root, "NameID").ok_or(DecodeError::Lacks("NameID"))?;
    Ok(LogoutRequest {
        id: owned(root, "ID").ok_or(DecodeError::Lacks("ID"))?,
        issued: instant(root)?,
        issuer: child(root, "Issuer").map(full_text).ok_or(DecodeError::Lacks("Issuer"))?,
        destination: owned(root, "Destination"),
        name_id: full_text(name_id),
        format: owned(name_id, "Format"),
        session_indexes: children(root, "SessionIndex").map(full_text).collect(),
        embedded_signature: document::signature_algorithm(root),
    })
}

/// Reads the XML of a LogoutResponse.
pub fn read_logout_response(xml: &str) -> Result<LogoutResponse, DecodeError> {
    let document = document::parse(xml)?;
    let root = document::root(&document, "LogoutResponse")?;
    let code = child(root, "Status").and_then(|status| child(status, "StatusCode"));
    Ok(LogoutResponse {
        id: owned(root, "ID").ok_or(DecodeError::Lacks("ID"))?,
        issued: instant(root)?,
        issuer: child(root, "Issuer").map(full_text).ok_or(DecodeError::Lacks("Issuer"))?,
        destination: owned(root, "Destination"),
        in_response_to: owned(root, "InResponseTo"),
        status: code.and_then(|code| owned(code, "Value")).ok_or(DecodeError::Lacks("StatusCode"))?,
    })
}

fn instant(root: roxmltree::Node<'_, '_>) -> Result<Timestamp, DecodeError> {
    root.attribute("IssueInstant").and_then(parse_instant).ok_or(DecodeError::Lacks("IssueInstant"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::test::{IDP_CERT, ROGUE_CERT, keys};
    use crate::verify::verify;

    #[test]
    fn a_logout_request_survives_and_its_signature_holds() {
        let request = LogoutRequest {
            id: "id1".to_owned(),
            issued: "2026-03-25T13:45:47.123Z".parse().unwrap(),
            issuer: "https://sp.test/?a=1&b=2".to_owned(),
            destination: Some("https://idp.test/slo".to_owned()),
            name_id: "ann <ox>".to_owned(),
            format: Some("f".to_owned()),
            session_indexes: vec!["id7".to_owned()],
            embedded_signature: None,
        };
        assert_eq!(read_logout_request(&request.write(None).unwrap()).unwrap(), request);
        let signed = request.write(Some(&keys().trusted)).unwrap();
        assert_eq!(verify(&signed, &[IDP_CERT]).unwrap()[0].name, "LogoutRequest");
        assert!(verify(&signed, &[ROGUE_CERT]).is_err());
        assert!(read_logout_request(&signed).unwrap().embedded_signature.is_some());
    }

    #[test]
    fn a_logout_response_survives() {
        let issued = "2026-03-25T13:45:47Z".parse().unwrap();
        let response = LogoutResponse::success("id2".to_owned(), issued, "i".to_owned(), "id1".to_owned());
        let read = read_logout_response(&response.write(Some(&keys().trusted)).unwrap()).unwrap();
        assert!(read.succeeded());
        assert_eq!(read, response);
    }
}
