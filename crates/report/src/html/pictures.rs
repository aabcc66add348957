//! The pictures of user agents: each is on the page once, however many steps show it.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oinspect_core::{Report, Screenshot, Step};

use crate::findings::urgency;

/// The most that all pictures together may weigh on the page, in bytes of base64.
const MOST: usize = 24 * 1024 * 1024;
/// No picture that a browser would show is wider or higher, in pixels.
const LONGEST_SIDE: u32 = 20_000;

/// A picture on the page.
#[derive(Debug, Clone)]
pub(crate) struct Picture<'a> {
    pub(crate) number: usize,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) png: &'a str,
}

/// The pictures that the page holds, by what they are and not by the hash that a report claims.
#[derive(Debug, Default)]
pub(crate) struct Pictures<'a> {
    by_png: HashMap<&'a str, Picture<'a>>,
    weight: usize,
}

impl<'a> Pictures<'a> {
    /// Those of the findings come first: where there are too many, passed checks do without.
    pub(crate) fn of(report: &'a Report) -> Self {
        let mut pictures = Self::default();
        let (findings, others): (Vec<_>, Vec<_>) =
            report.checks().partition(|check| urgency(check).is_some());
        let checks = findings.into_iter().chain(others).map(|check| &check.evidence);
        for evidence in checks.chain(report.groups.iter().map(|group| &group.evidence)) {
            for step in &evidence.steps {
                if let Step::Visit(visit) = step {
                    pictures.add(visit.screenshot.as_ref().and_then(|shot| shot.png.as_deref()));
                }
            }
        }
        pictures
    }

    fn add(&mut self, png: Option<&'a str>) {
        let Some(png) = png else { return };
        if self.by_png.contains_key(png) || self.weight + png.len() > MOST {
            return;
        }
        if let Some((width, height)) = size(png) {
            self.weight += png.len();
            let number = self.by_png.len() + 1;
            self.by_png.insert(png, Picture { number, width, height, png });
        }
    }

    /// The picture of this screenshot, where the page holds it.
    pub(crate) fn find(&self, screenshot: &Screenshot) -> Option<Picture<'a>> {
        self.by_png.get(screenshot.png.as_deref()?).cloned()
    }

    /// All of them, in the order of their numbers.
    pub(crate) fn list(&self) -> Vec<Picture<'a>> {
        let mut list: Vec<Picture<'a>> = self.by_png.values().cloned().collect();
        list.sort_by_key(|picture| picture.number);
        list
    }
}

/// Width and height of a PNG in base64; `None` for anything else that a report may claim to be one.
fn size(png: &str) -> Option<(u32, u32)> {
    let head = STANDARD.decode(png.get(..32)?).ok()?;
    if !head.starts_with(b"\x89PNG\r\n\x1a\n") || !png.bytes().all(is_base64) {
        return None;
    }
    let side = |at: usize| {
        let bytes: [u8; 4] = head.get(at..at + 4)?.try_into().ok()?;
        let side = u32::from_be_bytes(bytes);
        (1..=LONGEST_SIDE).contains(&side).then_some(side)
    };
    Some((side(16)?, side(20)?))
}

const fn is_base64(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> String {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        STANDARD.encode(bytes)
    }

    #[test]
    fn a_picture_tells_its_size() {
        assert_eq!(size(&png(1200, 800)), Some((1200, 800)));
    }

    #[test]
    fn what_is_no_picture_is_not_shown() {
        for no_picture in
            [String::new(), "PHN2Zz4".repeat(20), png(0, 800), png(1200, 90_000), format!("{}\"", png(1, 1))]
        {
            assert_eq!(size(&no_picture), None, "{no_picture}");
        }
    }

    #[test]
    fn pictures_beyond_the_bound_are_left_out() {
        let heavy = png(9, 9) + &"A".repeat(MOST - 32);
        let light = png(1, 1);
        let mut pictures = Pictures::default();
        pictures.add(Some(&heavy));
        pictures.add(Some(&light));
        assert_eq!(pictures.list().len(), 1);
    }
}
