//! Which faults and variants are on: small enough to hand to whatever decides.

use crate::fault::Fault;
use crate::variant::Variant;

/// Room for the bits of a thousand faults.
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
        for (word, bit) in faults.iter().map(|fault| place(*fault)) {
            switches.faults[word] |= bit;
        }
        for variant in variants {
            switches.variants |= 1 << (*variant as u32);
        }
        switches
    }

    /// Whether this fault is on.
    pub(crate) fn has(&self, fault: impl Into<Fault>) -> bool {
        let (word, bit) = place(fault.into());
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

/// The word that holds a fault's bit, and the bit.
fn place(fault: Fault) -> (usize, u128) {
    let number = fault.number();
    (number / 128, 1 << (number % 128))
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
