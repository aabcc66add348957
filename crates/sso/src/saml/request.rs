//! The AuthnRequest that a service provider sends.

mod judging;

use oinspect_core::Capability::{SamlMetadata, SamlSignedRequests, SamlSpFlow};
use oinspect_core::Document;
use oinspect_core::Document::{SamlBindings, SamlCore, SamlProfiles};
use oinspect_core::{Check, Finding, Group, Level, must, oin_demands, should};

use crate::expected::same;

pub(crate) use judging::binding;
use judging::{
    acs_url, app, authn_context, destination, fresh_ids, is_weak, issued_now, name_id_policy, newest,
    newest_request, signed,
};

/// The longest RelayState that SAML allows, in bytes.
const LONGEST_RELAY_STATE: usize = 80;

pub(crate) static GROUP: Group = Group {
    id: "saml.request",
    title: "The request that the service provider sends",
    tags: &["sso", "saml", "request"],
    alone: false,
    checks: &[
        Check {
            id: "saml.request.encoding",
            title: "The request can be decoded as its binding says",
            requirement: must(SamlBindings, "3.4.4.1", "a redirected message is raw DEFLATE, then base64, then URL-encoded")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[SamlSpFlow],
            pitfall: "A zlib header before the compressed data, or base64 of XML that was never compressed.",
            fix: "Compress with raw DEFLATE for the Redirect binding; send plain base64 in a form for POST.",
            run: |cx| {
                let sent = newest(cx)?;
                match sent.decoded {
                    Ok(_) => Ok(()),
                    // Decoded it was: what is wrong with it is another check's.
                    Err(_) if sent.has_doctype => Ok(()),
                    Err(why) => Err(Finding::broken("an AuthnRequest that can be decoded", why)),
                }
            },
        },
        Check {
            id: "saml.request.id",
            title: "Every request has an id of its own",
            requirement: must(SamlCore, "1.3.4", "an id is an xs:ID that is never given twice").okta(Level::Must).entra(Level::Must),
            needs: &[SamlSpFlow],
            pitfall: "A UUID as it is: half of them begin with a digit. Or a constant.",
            fix: "Put a letter or underscore before at least 128 random bits.",
            run: fresh_ids,
        },
        Check {
            id: "saml.request.version",
            title: "The request says that it is SAML 2.0",
            requirement: must(SamlCore, "3.2.1", "the version of a request is 2.0").okta(Level::Must).entra(Level::Must),
            needs: &[SamlSpFlow],
            pitfall: "Version is left out, or it is 1.1.",
            fix: "Send Version=\"2.0\".",
            run: |cx| {
                let request = newest_request(cx)?;
                same("Version", "2.0", request.version.as_deref())
            },
        },
        Check {
            id: "saml.request.issue-instant",
            title: "The request was issued now, in UTC",
            requirement: must(SamlCore, "1.3.3", "times are in UTC and end with Z").okta(Level::Should).entra(Level::Should),
            needs: &[SamlSpFlow],
            pitfall: "Local time with a Z behind it, or an offset instead of Z.",
            fix: "Send the current time in UTC, such as 2026-01-31T12:00:00Z.",
            run: issued_now,
        },
        Check {
            id: "saml.request.issuer",
            title: "The request names the service provider by its entity id",
            requirement: must(SamlProfiles, "4.1.4.1", "a request's issuer is the service provider's own id")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[SamlSpFlow],
            pitfall: "The URL of the page instead of the entity id, or an id with a slash more or less.",
            fix: "Send the entity id exactly as it stands in the metadata and in the org's audience.",
            run: |cx| {
                let app = app(cx)?;
                let request = newest_request(cx)?;
                same("Issuer", &app.entity_id, request.issuer.as_deref())
            },
        },
        Check {
            id: "saml.request.destination",
            title: "The request names the address that it is sent to",
            requirement: must(SamlBindings, "3.4.5.2", "a signed request carries the address that it was sent to as its destination")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[SamlSpFlow],
            pitfall: "The destination is the IdP's host without the path, or that of another environment.",
            fix: "Send the SingleSignOnService location of the IdP's metadata as Destination.",
            run: destination,
        },
        Check {
            id: "saml.request.acs-url",
            title: "The request asks for an answer at a registered address",
            requirement: must(SamlProfiles, "4.1.4.1", "the answer is asked for at an endpoint that belongs to the service provider")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[SamlSpFlow],
            pitfall: "http for https, another port, or a slash at the end: Okta then answers at its own default.",
            fix: "Send the assertion consumer service URL exactly as it is registered, or none.",
            run: acs_url,
        },
        Check {
            id: "saml.request.one-acs-reference",
            title: "The request names its consumer service in one way",
            requirement: must(SamlCore, "3.4.1", "an index and a URL with its binding exclude one another").okta(Level::Should),
            needs: &[SamlSpFlow],
            pitfall: "A library sends AssertionConsumerServiceIndex beside AssertionConsumerServiceURL.",
            fix: "Send either the index or the URL.",
            run: |cx| {
                let request = newest_request(cx)?;
                match (&request.acs_url, &request.acs_index) {
                    (Some(url), Some(index)) => Err(Finding::broken(
                        "AssertionConsumerServiceURL or AssertionConsumerServiceIndex",
                        format!("both: {url} and {index}"),
                    )),
                    (Some(_) | None, Some(_) | None) => Ok(()),
                }
            },
        },
        Check {
            id: "saml.request.protocol-binding",
            title: "The request asks for the answer by HTTP POST",
            requirement: must(SamlProfiles, "4.1.2", "a response is never sent by redirect").okta(Level::Must).entra(Level::Must),
            needs: &[SamlSpFlow],
            pitfall: "ProtocolBinding asks for HTTP-Redirect, copied from the request's own binding.",
            fix: "Ask for HTTP-POST, or leave ProtocolBinding out.",
            run: |cx| {
                const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
                let request = newest_request(cx)?;
                match request.protocol_binding.as_deref() {
                    None => Ok(()),
                    binding => same("ProtocolBinding", POST, binding),
                }
            },
        },
        Check {
            id: "saml.request.no-dtd",
            title: "The request has no document type",
            requirement: must(SamlCore, "1.3.1", "messages are XML that the protocol schema describes, without a document type of their own")
                .okta(Level::Should),
            needs: &[SamlSpFlow],
            pitfall: "An XML library writes a DOCTYPE by default.",
            fix: "Write the request without a DOCTYPE.",
            run: |cx| {
                if newest(cx)?.has_doctype {
                    return Err(Finding::broken("no DOCTYPE", "a DOCTYPE before the AuthnRequest"));
                }
                newest_request(cx).map(drop)
            },
        },
        Check {
            id: "saml.request.no-subject-confirmation",
            title: "A subject in the request has no confirmation",
            requirement: must(SamlProfiles, "4.1.4.1", "a request's subject, if there is one, has no confirmation")
                .okta(Level::Should),
            needs: &[SamlSpFlow],
            pitfall: "A subject copied from an assertion.",
            fix: "Leave Subject out, or send only the NameID in it.",
            run: |cx| {
                let request = newest_request(cx)?;
                if request.has_subject_confirmation {
                    return Err(Finding::broken("no SubjectConfirmation", "a SubjectConfirmation in the Subject"));
                }
                Ok(())
            },
        },
        Check {
            id: "saml.request.signed-as-declared",
            title: "The request is signed where the metadata says so",
            requirement: must(Document::SamlMetadata, "2.4.4", "a service provider that says AuthnRequestsSigned signs its requests with the key in its metadata")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[SamlSpFlow, SamlMetadata, SamlSignedRequests],
            pitfall: "The signature covers a query in another order or encoding than the one that is sent.",
            fix: "Sign the exact octets SAMLRequest, RelayState, SigAlg of the query, in this order.",
            run: signed,
        },
        Check {
            id: "saml.request.signature-sha256",
            title: "A signed request uses SHA-256",
            requirement: oin_demands("SAML", "signatures use SHA-256 or better"),
            needs: &[SamlSpFlow],
            pitfall: "The library's default is still RSA-SHA1.",
            fix: "Set the signature and digest algorithms to SHA-256.",
            run: |cx| {
                let sent = newest(cx)?;
                match sent.signature_algorithm()? {
                    Some(algorithm) if is_weak(&algorithm) => {
                        Err(Finding::broken("a signature with SHA-256 or better", algorithm))
                    }
                    Some(_) => Ok(()),
                    None => Err(Finding::NotApplicable { why: "the app does not sign its requests".to_owned() }),
                }
            },
        },
        Check {
            id: "saml.request.name-id-policy",
            title: "The request asks for a name id that Okta has",
            requirement: oin_demands("SAML", "the format asked for is unspecified, email address, transient or persistent"),
            needs: &[SamlSpFlow],
            pitfall: "A Kerberos or Windows name, copied from an example for another product.",
            fix: "Ask for emailAddress or unspecified, or leave NameIDPolicy out.",
            run: name_id_policy,
        },
        Check {
            id: "saml.request.authn-context",
            title: "The request leaves it to the IdP how the user is authenticated",
            requirement: should(SamlCore, "3.3.2.2.1", "a context is demanded only where the IdP can meet it exactly")
                .okta(Level::Should),
            needs: &[SamlSpFlow],
            pitfall: "Comparison exact with a class such as X509: every other way to sign in then fails.",
            fix: "Leave RequestedAuthnContext out, or ask for PasswordProtectedTransport.",
            run: authn_context,
        },
        Check {
            id: "saml.request.relay-state-length",
            title: "The relay state is short enough",
            requirement: must(SamlBindings, "3.4.3", "a relay state is at most 80 bytes long").okta(Level::Should),
            needs: &[SamlSpFlow],
            pitfall: "The whole return URL is put into the relay state.",
            fix: "Keep the return URL at the app and send a short reference to it.",
            run: |cx| {
                newest_request(cx)?;
                let sent = newest(cx)?;
                let length = sent.relay_state.as_deref().map_or(0, str::len);
                if length > LONGEST_RELAY_STATE {
                    return Err(Finding::broken(
                        format!("at most {LONGEST_RELAY_STATE} bytes of RelayState"),
                        format!("{length} bytes"),
                    ));
                }
                Ok(())
            },
        },
    ],
};
