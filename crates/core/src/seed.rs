//! Choices that can be repeated, and names that never collide.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a run's choices of values come from: the same seed makes the same choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Seed(pub u64);

impl Seed {
    /// A fresh seed, from the operating system's randomness.
    pub fn fresh() -> Self {
        // Kept below 2^53, so that every JSON reader keeps it exact.
        Self(fastrand::u64(..) >> 11)
    }

    /// A generator for one purpose; other purposes do not disturb its choices.
    pub fn rng(self, purpose: &str) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.0 ^ fnv1a(purpose))
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Seed {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A hash that is the same on every platform and in every release, unlike the standard library's.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Letters and digits that are not mistaken for one another.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Five letters that stand for a longer text.
pub(crate) fn short(text: &str) -> String {
    let hash = fnv1a(text);
    (0..5).map(|place| char::from(LETTERS[(hash.wrapping_shr(place * 11) % 31) as usize])).collect()
}

/// What tells one run's resources from every other run's, whatever the seed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RunId(pub String);

impl RunId {
    /// A fresh id of eight lower-case letters and digits.
    pub fn fresh() -> Self {
        let mut rng = fastrand::Rng::new();
        Self((0..8).map(|_| char::from(LETTERS[rng.usize(..LETTERS.len())])).collect())
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_makes_the_same_choices_and_purposes_do_not_disturb_each_other() {
        let seed = Seed(7);
        assert_eq!(seed.rng("a").u64(..), seed.rng("a").u64(..));
        assert_ne!(seed.rng("a").u64(..), seed.rng("b").u64(..));
    }

    #[test]
    fn a_fresh_seed_survives_json_readers_that_use_doubles() {
        assert!(Seed::fresh().0 < 1 << 53);
    }
}
