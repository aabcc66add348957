//! Why an app let somebody not in, as far as that shows from outside.

use oinspect_core::{Cx, Passage};
use oinspect_signin::Page;

use crate::protocol::Protocol;
use crate::walk::Walk;
use crate::{oidc, saml};

/// The most that is quoted of a page, in characters.
const LONGEST_QUOTATION: usize = 240;

/// What an app did with a sign-on, in one sentence: what it answered and said, and every setting
/// that is known to disagree.
pub(crate) fn of(cx: &mut Cx, protocol: Protocol, walk: &Walk, landing: &Page) -> String {
    let mut parts = vec![answer(landing)];
    parts.extend(match protocol {
        Protocol::Saml => saml::disagreements::of(cx, &walk.passages),
        Protocol::Oidc => oidc::disagreements::of(cx, &walk.passages, walk.began),
    });
    parts.join("; ")
}

/// Where the app's own request disagrees with the configuration.
pub(crate) fn disagreements(cx: &Cx, protocol: Protocol, passages: &[Passage]) -> Vec<String> {
    match protocol {
        Protocol::Saml => saml::disagreements::of_request(cx, passages),
        Protocol::Oidc => oidc::disagreements::of_request(cx, passages),
    }
}

/// What the page says at which sign-on ended.
pub(crate) fn answer(page: &Page) -> String {
    let status = page.status.map_or_else(String::new, |status| format!(" with {status}"));
    let text = quotation(&page.text);
    let said = if text.is_empty() { "an empty page".to_owned() } else { format!("\"{text}\"") };
    format!("sign-on ended at {}{status} and the page says {said}", page.place())
}

/// The beginning of a text, on one line.
fn quotation(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_QUOTATION) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}
