//! Which faults and variants are on: small enough to hand to whatever decides.

use crate::fault::Fault;
use crate::variant::Variant;

/// How many sets of 128 faults there are.
const SETS: usize = 4;

/// A set of faults and a set of variants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Switches {
    faults: [u128; SETS],
    variants: u128,
}

impl Switches {
    pub(crate) fn new(faults: &[Fault], variants: &[Variant]) -> Self {
        let mut switches = faults.iter().fold(Self::default(), |switches, fault| switches.with(*fault));
        for variant in variants {
            switches.variants |= 1 << (*variant as u32);
        }
        switches
    }

    /// The same with one more fault.
    pub(crate) fn with(mut self, fault: impl Into<Fault>) -> Self {
        let number = fault.into().number();
        self.faults[number / 128] |= 1 << (number % 128);
        self
    }

    /// Whether this fault is on.
    pub(crate) fn has(&self, fault: impl Into<Fault>) -> bool {
        let number = fault.into().number();
        self.faults[number / 128] & 1 << (number % 128) != 0
    }

    /// Whether no fault is on.
    #[cfg(feature = "samael")]
    pub(crate) fn is_faultless(&self) -> bool {
        self.faults == [0; SETS]
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
