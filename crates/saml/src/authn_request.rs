//! An AuthnRequest as a service provider sent it, with all that a check or an identity provider judges.

use jiff::Timestamp;
use roxmltree::Node;

use crate::document::{self, DecodeError, child, children, flag, full_text, owned};
use crate::instant::parse_instant;
use crate::{ASSERTION, PROTOCOL};

/// What was asked for. Strings are as sent; absent things are `None`.
#[expect(clippy::struct_excessive_bools, reason = "the message itself holds independent flags")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthnRequest {
    /// ID.
    pub id: Option<String>,
    /// Version, which ought to be `2.0`.
    pub version: Option<String>,
    /// IssueInstant as written.
    pub issue_instant: Option<String>,
    /// IssueInstant as an instant, if it is one.
    pub issued_at: Option<Timestamp>,
    /// Issuer, the service provider's entity ID.
    pub issuer: Option<String>,
    /// Format of the Issuer.
    pub issuer_format: Option<String>,
    /// Destination.
    pub destination: Option<String>,
    /// AssertionConsumerServiceURL.
    pub acs_url: Option<String>,
    /// AssertionConsumerServiceIndex as written.
    pub acs_index: Option<String>,
    /// ProtocolBinding: how the answer shall come.
    pub protocol_binding: Option<String>,
    /// NameIDPolicy.
    pub name_id_policy: Option<NameIdPolicy>,
    /// ForceAuthn: sign in again, session or not.
    pub force_authn: bool,
    /// IsPassive: ask the user nothing.
    pub is_passive: bool,
    /// RequestedAuthnContext.
    pub requested_authn_context: Option<RequestedAuthnContext>,
    /// Whether a Subject with a SubjectConfirmation is there, which the Web SSO profile forbids.
    pub has_subject_confirmation: bool,
    /// Whether root and Issuer are in the namespaces of SAML 2.0.
    pub namespaces_ok: bool,
    /// Algorithm of the signature inside the message, if it has one.
    pub embedded_signature: Option<String>,
}

/// NameIDPolicy of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameIdPolicy {
    /// The format asked for.
    pub format: Option<String>,
    /// AllowCreate as written.
    pub allow_create: Option<String>,
    /// SPNameQualifier.
    pub sp_name_qualifier: Option<String>,
}

/// RequestedAuthnContext of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedAuthnContext {
    /// Comparison; absent means `exact`.
    pub comparison: Option<String>,
    /// The classes asked for.
    pub classes: Vec<String>,
}

impl AuthnRequest {
    /// Reads the XML of a request.
    pub fn parse(xml: &str) -> Result<Self, DecodeError> {
        let document = document::parse(xml)?;
        let root = document::root(&document, "AuthnRequest")?;
        let issuer = child(root, "Issuer");
        let issue_instant = owned(root, "IssueInstant");
        Ok(Self {
            id: owned(root, "ID"),
            version: owned(root, "Version"),
            issued_at: issue_instant.as_deref().and_then(parse_instant),
            issue_instant,
            issuer: issuer.map(full_text),
            issuer_format: issuer.and_then(|issuer| owned(issuer, "Format")),
            destination: owned(root, "Destination"),
            acs_url: owned(root, "AssertionConsumerServiceURL"),
            acs_index: owned(root, "AssertionConsumerServiceIndex"),
            protocol_binding: owned(root, "ProtocolBinding"),
            name_id_policy: child(root, "NameIDPolicy").map(|policy| NameIdPolicy {
                format: owned(policy, "Format"),
                allow_create: owned(policy, "AllowCreate"),
                sp_name_qualifier: owned(policy, "SPNameQualifier"),
            }),
            force_authn: flag(root, "ForceAuthn"),
            is_passive: flag(root, "IsPassive"),
            requested_authn_context: child(root, "RequestedAuthnContext").map(|context| {
                RequestedAuthnContext {
                    comparison: owned(context, "Comparison"),
                    classes: children(context, "AuthnContextClassRef").map(full_text).collect(),
                }
            }),
            has_subject_confirmation: child(root, "Subject")
                .is_some_and(|subject| child(subject, "SubjectConfirmation").is_some()),
            namespaces_ok: in_namespace(root, PROTOCOL)
                && issuer.is_none_or(|issuer| in_namespace(issuer, ASSERTION)),
            embedded_signature: document::signature_algorithm(root),
        })
    }
}

fn in_namespace(node: Node<'_, '_>, namespace: &str) -> bool {
    node.tag_name().namespace() == Some(namespace)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const REQUEST: &str = "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
        xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_a1\" Version=\"2.0\" \
        IssueInstant=\"2026-03-25T13:45:47Z\" Destination=\"https://idp.test/sso\" ForceAuthn=\"1\" \
        AssertionConsumerServiceURL=\"https://sp.test/acs\">\
        <saml:Issuer>https://sp.test/</saml:Issuer>\
        <samlp:NameIDPolicy Format=\"f\" AllowCreate=\"true\"/>\
        <samlp:RequestedAuthnContext Comparison=\"minimum\"><saml:AuthnContextClassRef>c\
        </saml:AuthnContextClassRef></samlp:RequestedAuthnContext></samlp:AuthnRequest>";

    #[test]
    fn a_request_keeps_what_is_judged() {
        let request = AuthnRequest::parse(REQUEST).unwrap();
        assert_eq!(request.id.as_deref(), Some("_a1"));
        assert_eq!(request.issuer.as_deref(), Some("https://sp.test/"));
        assert_eq!(request.issued_at, "2026-03-25T13:45:47Z".parse().ok());
        assert!(request.force_authn && !request.is_passive && request.namespaces_ok);
        assert_eq!(request.name_id_policy.unwrap().allow_create.as_deref(), Some("true"));
        let context = request.requested_authn_context.unwrap();
        assert_eq!((context.comparison.as_deref(), context.classes), (Some("minimum"), vec!["c".to_owned()]));
        assert_eq!(request.embedded_signature, None);
    }

    #[test]
    fn a_wrong_namespace_is_noticed_and_the_rest_is_read() {
        let request = AuthnRequest::parse("<AuthnRequest ID=\"x\" xmlns=\"urn:other\"/>").unwrap();
        assert!(!request.namespaces_ok);
        assert_eq!(request.id.as_deref(), Some("x"));
        assert!(matches!(AuthnRequest::parse("<Response/>"), Err(DecodeError::WrongRoot { .. })));
    }
}
