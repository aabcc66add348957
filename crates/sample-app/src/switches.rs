//! Which faults and variants are on: small enough to hand to whatever decides.

use crate::fault::Fault;
use crate::variant::Variant;

/// How many faults there can be, in words of 128: the set is handed about by value.
const WORDS: usize = 8;

/// A set of faults and a set of variants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Switches {
    faults: [u128; WORDS],
    variants: u128,
}

impl Switches {
    pub(crate) fn new(faults: &[Fault], variants: &[Variant]) -> Self {
        let mut switches = Self::default();
        for number in faults.iter().map(|fault| fault.number()) {
            switches.faults[number / 128] |= 1 << (number % 128);
        }
        for variant in variants {
            switches.variants |= 1 << (*variant as u32);
        }
        switches
    }

    /// Whether this fault is on.
    pub(crate) fn has(&self, fault: impl Into<Fault>) -> bool {
        let number = fault.into().number();
        self.faults[number / 128] & 1 << (number % 128) != 0
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
