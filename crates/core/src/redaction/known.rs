//! The secrets of a run, and how they are found in a text.

use std::cmp::Reverse;
use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::encodings::{decodings, spellings};

/// Shorter values are redacted only where they were recorded: they would also occur by chance.
pub(super) const SHORTEST_ANYWHERE: usize = 8;

/// How many encodings may lie on top of one another and still be seen through.
const DEPTH: u8 = 3;

/// When so many secrets are known, what a target calls one is not learned any more: it may make up as
/// many as it likes. It is replaced where its name says that it is one, and not looked for elsewhere.
pub(super) const MOST_SECRETS: usize = 4096;

/// A secret that was encoded as often as we see through is at most this many times as long.
const SWOLLEN: usize = 27;

/// Where a long text is cut, this much at most is looked at behind the cut, in bytes: the longest
/// spelling of a secret that may begin before it.
const LONGEST_SPELLING: usize = 256 * 1024;

/// What stands where a secret is not told from others.
pub(super) const UNNUMBERED: &str = "[secret]";

/// What stands where a secret could not be cut out.
pub(super) const WITHHELD: &str = "[withheld: it would have shown a secret]";

/// The secrets of a run, and the matchers that find them.
#[derive(Default)]
pub(super) struct Known {
    /// Each secret's number, in the order in which they were learned; the placeholder shows it.
    secrets: HashMap<String, usize>,
    /// How many bytes the longest of the secrets has.
    longest: usize,
    /// What is looked for anywhere, each shelf at least twice as large as the next: an app whose session is
    /// its cookie shows a new secret in every answer, and only small shelves are built anew for it.
    shelves: Vec<Shelf>,
    /// What was learned and is on no shelf yet.
    unshelved: Vec<(String, String)>,
}

/// Some secrets, and the matchers that find them.
struct Shelf {
    /// Each secret and its placeholder.
    secrets: Vec<(String, String)>,
    /// The placeholder of each spelling, in the order of the matcher.
    placeholders: Vec<String>,
    spelled: Option<AhoCorasick>,
    literal: Option<AhoCorasick>,
}

impl Shelf {
    fn of(secrets: Vec<(String, String)>) -> Self {
        let (mut patterns, mut placeholders) = (Vec::new(), Vec::new());
        for (secret, placeholder) in &secrets {
            for spelling in spellings(secret) {
                patterns.push(spelling);
                placeholders.push(placeholder.clone());
            }
        }
        let spelled = matcher(patterns.iter().map(String::as_str));
        let literal = matcher(secrets.iter().map(|(secret, _)| secret.as_str()));
        Self { secrets, placeholders, spelled, literal }
    }

    /// Where a secret stands, in any spelling: from, to, placeholder.
    fn found_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, &'a str)> {
        let found = self.spelled.iter().flat_map(move |spelled| spelled.find_iter(text));
        found.filter_map(|found| {
            let placeholder = self.placeholders.get(found.pattern().as_usize())?;
            Some((found.start(), found.end(), placeholder.as_str()))
        })
    }
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("secrets", &self.secrets.len()).finish_non_exhaustive()
    }
}

impl Known {
    /// The placeholder of a secret, after learning it if it is new and fewer than `most` are known.
    pub(super) fn placeholder(&mut self, secret: &str, most: usize) -> String {
        if let Some(number) = self.secrets.get(secret) {
            return format!("[secret {number}]");
        }
        if self.secrets.len() >= most {
            return UNNUMBERED.to_owned();
        }
        let number = self.secrets.len() + 1;
        self.longest = self.longest.max(secret.len());
        self.secrets.insert(secret.to_owned(), number);
        let placeholder = format!("[secret {number}]");
        if secret.len() >= SHORTEST_ANYWHERE {
            self.unshelved.push((secret.to_owned(), placeholder.clone()));
        }
        placeholder
    }

    /// Whether secrets were learned that the matchers do not know yet.
    pub(super) fn is_stale(&self) -> bool {
        !self.unshelved.is_empty()
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.shelves.is_empty() && self.unshelved.is_empty()
    }

    /// Makes the matchers know every secret. Once for many secrets: a body may hold thousands.
    pub(super) fn sharpen(&mut self) {
        let mut new = std::mem::take(&mut self.unshelved);
        if new.is_empty() {
            return;
        }
        while let Some(shelf) = self.shelves.pop_if(|shelf| shelf.secrets.len() < 2 * new.len()) {
            new.extend(shelf.secrets);
        }
        self.shelves.push(Shelf::of(new));
    }

    fn shows_literally(&self, text: &str) -> bool {
        self.shelves.iter().filter_map(|shelf| shelf.literal.as_ref()).any(|literal| literal.is_match(text))
    }

    /// Whether a secret can be read out of a text, through any encoding we know.
    fn shown_in(&self, text: &str, depth: u8) -> bool {
        // No encoding makes a text shorter than what it says.
        text.len() >= SHORTEST_ANYWHERE
            && (self.shows_literally(text)
                || (depth > 0 && decodings(text).iter().any(|decoded| self.shown_in(decoded, depth - 1))))
    }

    /// Whether a secret can be read out of a text.
    pub(super) fn shows(&self, text: &str) -> bool {
        self.shown_in(text, DEPTH)
    }

    /// A text without the secrets.
    pub(super) fn redact(&self, text: &str) -> String {
        if self.shelves.is_empty() {
            return text.to_owned();
        }
        let text = self.replaced(text);
        if !self.shown_in(&text, DEPTH) {
            return text;
        }
        // An unusual or nested encoding: take out the whole words that show a secret, the smallest
        // that do.
        for separators in ["\"'<>&?,;:()[]{} \t\r\n", " \t\r\n"] {
            let masked: String = words(&text, separators)
                .map(|word| if self.shown_in(word, DEPTH) { UNNUMBERED } else { word })
                .collect();
            if !self.shown_in(&masked, DEPTH) {
                return masked;
            }
        }
        WITHHELD.to_owned()
    }

    /// A text with placeholders for what is spelled in a common way. Where spellings overlap, all of them go.
    fn replaced(&self, text: &str) -> String {
        let mut found: Vec<(usize, usize, &str)> =
            self.shelves.iter().flat_map(|shelf| shelf.found_in(text)).collect();
        found.sort_unstable_by_key(|(from, to, _)| (*from, Reverse(*to)));
        let (mut kept, mut read) = (String::with_capacity(text.len()), 0);
        for (from, to, placeholder) in found {
            if from >= read {
                kept.push_str(text.get(read..from).unwrap_or_default());
                kept.push_str(placeholder);
            }
            read = read.max(to);
        }
        kept.push_str(text.get(read..).unwrap_or_default());
        kept
    }

    /// The beginning of a text without the secrets, at most `most` bytes; whether that is not the whole.
    pub(super) fn beginning(&self, text: &str, most: usize) -> (String, bool) {
        let overhang = self.longest.saturating_mul(SWOLLEN).min(LONGEST_SPELLING);
        let reach = most + 2 * overhang;
        let is_long = text.len() > reach;
        let mut kept = self.redact(if is_long { &text[..text.floor_char_boundary(reach)] } else { text });
        if kept == WITHHELD {
            return (kept, false);
        }
        // Half a secret at the end would not be known as one.
        let sure = if is_long { kept.len().saturating_sub(overhang) } else { kept.len() };
        let end = most.min(sure);
        let is_cut = is_long || end < kept.len();
        kept.truncate(kept.floor_char_boundary(end));
        (kept, is_cut)
    }
}

fn matcher<'a>(patterns: impl Iterator<Item = &'a str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok()
}

/// A text cut before and after each separator; nothing is lost.
fn words<'a>(text: &'a str, separators: &'a str) -> impl Iterator<Item = &'a str> {
    text.split_inclusive(|c| separators.contains(c)).flat_map(|piece| {
        let word = piece.trim_end_matches(|c| separators.contains(c));
        [word, &piece[word.len()..]]
    })
}
