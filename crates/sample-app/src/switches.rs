//! Which faults and variants are on: small enough to hand to whatever decides.

use crate::fault::{Fault, OFFSETS, TABLE_COUNT};
use crate::variant::Variant;

/// A set of faults and a set of variants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Switches {
    /// One bit for each fault: small enough to be handed around, however many tables there are.
    faults: [u64; WORDS],
    variants: u128,
}

/// How many words hold a bit for every fault.
const WORDS: usize = OFFSETS[TABLE_COUNT].div_ceil(64);

/// The word of a fault's bit, and the bit in it.
fn bit(fault: Fault) -> (usize, u64) {
    let (table, place) = fault.place();
    let number = OFFSETS[table] + place as usize;
    (number / 64, 1 << (number % 64))
}

impl Switches {
    pub(crate) fn new(faults: &[Fault], variants: &[Variant]) -> Self {
        let mut switches = Self::default();
        for (word, bit) in faults.iter().map(|fault| bit(*fault)) {
            switches.faults[word] |= bit;
        }
        for variant in variants {
            switches.variants |= 1 << (*variant as u32);
        }
        switches
    }

    /// The same with one more fault.
    pub(crate) fn with(mut self, fault: impl Into<Fault>) -> Self {
        let (word, bit) = bit(fault.into());
        self.faults[word] |= bit;
        self
    }

    /// The same with one fault less.
    pub(crate) fn without(mut self, fault: impl Into<Fault>) -> Self {
        let (word, bit) = bit(fault.into());
        self.faults[word] &= !bit;
        self
    }

    /// Whether this fault is on.
    pub(crate) fn has(&self, fault: impl Into<Fault>) -> bool {
        let (word, bit) = bit(fault.into());
        self.faults[word] & bit != 0
    }

    /// Whether no fault is on.
    #[cfg(feature = "samael")]
    pub(crate) fn is_faultless(&self) -> bool {
        self.faults == [0; WORDS]
    }

    /// Whether this variant is on.
    pub(crate) fn is(&self, variant: Variant) -> bool {
        self.variants & 1 << (variant as u32) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_switches_itself_on_and_no_other() {
        for fault in Fault::all() {
            let switches = Switches::new(&[fault], &[]);
            let on: Vec<_> = Fault::all().filter(|other| switches.has(*other)).collect();
            assert_eq!(on, [fault]);
        }
    }
}
