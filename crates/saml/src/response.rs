//! A draft written as XML, element by element in Okta's order and with its prefixes.

use std::fmt::Write as _;

use crate::draft::{Draft, SigningKeyChoice, Status};
use crate::encryption::encrypt;
use crate::escape::{WriteError, attribute, text};
use crate::instant::format_instant;
use crate::keys::{KeyPair, Keys};
use crate::signature::{sign, skeleton};
use crate::{ASSERTION, FORMAT_ENTITY, PROTOCOL};

const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

pub(crate) fn write(draft: &Draft, keys: &Keys) -> Result<String, WriteError> {
    let key = match draft.signed_by {
        SigningKeyChoice::Trusted => &keys.trusted,
        SigningKeyChoice::Rogue => &keys.rogue,
    };
    let payload = match &draft.status {
        Status::Success => {
            let assertion = written_assertion(draft, key)?;
            match &draft.encrypt_for {
                Some(certificate) => encrypt(&assertion, certificate)?,
                None => assertion,
            }
        }
        Status::Failure { .. } => String::new(),
    };
    let with_attributes = has_attributes(draft);
    let mut xml = format!(
        "{DECLARATION}<saml2p:Response Destination=\"{}\" ID=\"{}\"",
        attribute("the Destination", &draft.destination)?,
        attribute("the Response's ID", &draft.id)?,
    );
    if let Some(request) = &draft.in_response_to {
        push(&mut xml, format_args!(" InResponseTo=\"{}\"", attribute("InResponseTo", request)?));
    }
    push(
        &mut xml,
        format_args!(
            " IssueInstant=\"{}\" Version=\"2.0\" xmlns:saml2p=\"{PROTOCOL}\"",
            format_instant(draft.times.issued)
        ),
    );
    if with_attributes {
        push(&mut xml, format_args!(" xmlns:xs=\"{SCHEMA}\""));
    }
    xml.push('>');
    xml.push_str(&issuer(draft, true)?);
    if draft.response_signed {
        xml.push_str(&skeleton(&draft.id, key, with_attributes)?);
    }
    xml.push_str(&status(&draft.status)?);
    xml.push_str(&payload);
    xml.push_str("</saml2p:Response>");
    if draft.response_signed { sign("the Response", xml, key) } else { Ok(xml) }
}

fn has_attributes(draft: &Draft) -> bool {
    draft.status == Status::Success && draft.attributes.iter().any(|attribute| !attribute.values.is_empty())
}

fn issuer(draft: &Draft, declare: bool) -> Result<String, WriteError> {
    let namespace = if declare { format!(" xmlns:saml2=\"{ASSERTION}\"") } else { String::new() };
    Ok(format!(
        "<saml2:Issuer Format=\"{FORMAT_ENTITY}\"{namespace}>{}</saml2:Issuer>",
        text("the Issuer", &draft.issuer)?
    ))
}

fn status(status: &Status) -> Result<String, WriteError> {
    const PREFIX: &str = "urn:oasis:names:tc:SAML:2.0:status:";
    let inner = match status {
        Status::Success => format!("<saml2p:StatusCode Value=\"{PREFIX}Success\"/>"),
        Status::Failure { code, subcode, message } => {
            let mut inner = format!("<saml2p:StatusCode Value=\"{PREFIX}{code}\"");
            match subcode {
                Some(subcode) => push(
                    &mut inner,
                    format_args!("><saml2p:StatusCode Value=\"{PREFIX}{subcode}\"/></saml2p:StatusCode>"),
                ),
                None => inner.push_str("/>"),
            }
            if let Some(message) = message {
                let message = text("the StatusMessage", message)?;
                push(&mut inner, format_args!("<saml2p:StatusMessage>{message}</saml2p:StatusMessage>"));
            }
            inner
        }
    };
    Ok(format!("<saml2p:Status xmlns:saml2p=\"{PROTOCOL}\">{inner}</saml2p:Status>"))
}

fn written_assertion(draft: &Draft, key: &KeyPair) -> Result<String, WriteError> {
    let with_attributes = has_attributes(draft);
    let mut xml = format!(
        "<saml2:Assertion ID=\"{}\" IssueInstant=\"{}\" Version=\"2.0\" xmlns:saml2=\"{ASSERTION}\"",
        attribute("the assertion's ID", &draft.assertion_id)?,
        format_instant(draft.times.issued),
    );
    if with_attributes {
        // Declared again, so that the assertion can be signed, encrypted and decrypted on its own.
        push(&mut xml, format_args!(" xmlns:xs=\"{SCHEMA}\""));
    }
    xml.push('>');
    xml.push_str(&issuer(draft, false)?);
    if draft.assertion_signed {
        xml.push_str(&skeleton(&draft.assertion_id, key, with_attributes)?);
    }
    xml.push_str(&subject(draft)?);
    xml.push_str(&conditions(draft)?);
    xml.push_str(&authn_statement(draft)?);
    if with_attributes {
        xml.push_str(&attribute_statement(draft)?);
    }
    xml.push_str("</saml2:Assertion>");
    if draft.assertion_signed { sign("the assertion", xml, key) } else { Ok(xml) }
}

fn subject(draft: &Draft) -> Result<String, WriteError> {
    let mut xml = format!(
        "<saml2:Subject xmlns:saml2=\"{ASSERTION}\"><saml2:NameID Format=\"{}\">{}</saml2:NameID>\
         <saml2:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
         <saml2:SubjectConfirmationData",
        attribute("the NameID's Format", &draft.format)?,
        text("the NameID", &draft.name_id)?,
    );
    if let Some(request) = &draft.in_response_to {
        push(&mut xml, format_args!(" InResponseTo=\"{}\"", attribute("InResponseTo", request)?));
    }
    push(
        &mut xml,
        format_args!(
            " NotOnOrAfter=\"{}\" Recipient=\"{}\"/></saml2:SubjectConfirmation></saml2:Subject>",
            format_instant(draft.times.not_on_or_after),
            attribute("the Recipient", &draft.recipient)?,
        ),
    );
    Ok(xml)
}

fn conditions(draft: &Draft) -> Result<String, WriteError> {
    Ok(format!(
        "<saml2:Conditions NotBefore=\"{}\" NotOnOrAfter=\"{}\" xmlns:saml2=\"{ASSERTION}\">\
         <saml2:AudienceRestriction><saml2:Audience>{}</saml2:Audience></saml2:AudienceRestriction>\
         </saml2:Conditions>",
        format_instant(draft.times.not_before),
        format_instant(draft.times.not_on_or_after),
        text("the Audience", &draft.audience)?,
    ))
}

fn authn_statement(draft: &Draft) -> Result<String, WriteError> {
    Ok(format!(
        "<saml2:AuthnStatement AuthnInstant=\"{}\" SessionIndex=\"{}\" xmlns:saml2=\"{ASSERTION}\">\
         <saml2:AuthnContext><saml2:AuthnContextClassRef>{}</saml2:AuthnContextClassRef>\
         </saml2:AuthnContext></saml2:AuthnStatement>",
        format_instant(draft.times.authenticated),
        attribute("the SessionIndex", &draft.session_index)?,
        text("the AuthnContextClassRef", &draft.authn_context)?,
    ))
}

fn attribute_statement(draft: &Draft) -> Result<String, WriteError> {
    let mut xml = format!("<saml2:AttributeStatement xmlns:saml2=\"{ASSERTION}\">");
    for sent in draft.attributes.iter().filter(|attribute| !attribute.values.is_empty()) {
        push(
            &mut xml,
            format_args!(
                "<saml2:Attribute Name=\"{}\" \
                 NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified\">",
                attribute("an attribute's name", &sent.name)?
            ),
        );
        for value in &sent.values {
            let value = text("an attribute's value", value)?;
            push(
                &mut xml,
                format_args!(
                    "<saml2:AttributeValue xmlns:xs=\"{SCHEMA}\" xmlns:xsi=\"{INSTANCE}\" \
                     xsi:type=\"xs:string\">{value}</saml2:AttributeValue>"
                ),
            );
        }
        xml.push_str("</saml2:Attribute>");
    }
    xml.push_str("</saml2:AttributeStatement>");
    Ok(xml)
}

fn push(xml: &mut String, piece: std::fmt::Arguments<'_>) {
    xml.write_fmt(piece).expect("writing to a String cannot fail");
}

#[cfg(test)]
pub(crate) mod tests;
