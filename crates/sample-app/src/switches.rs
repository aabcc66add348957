//! Which faults and variants are on: small enough to hand to whatever decides.

use crate::fault::Fault;
use crate::variant::Variant;

/// A set of faults and a set of variants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Switches {
    faults: [u128; 2],
    variants: u32,
}

impl Switches {
    pub(crate) fn new(faults: &[Fault], variants: &[Variant]) -> Self {
        Self {
            faults: [0, 128].map(|first| {
                let here = faults.iter().filter_map(|fault| (*fault as u32).checked_sub(first));
                here.filter(|place| *place < 128).fold(0, |set, place| set | 1 << place)
            }),
            variants: variants.iter().fold(0, |set, variant| set | 1 << (*variant as u32)),
        }
    }

    /// Whether this fault is on.
    pub(crate) fn has(self, fault: Fault) -> bool {
        let place = fault as u32;
        self.faults.get((place / 128) as usize).is_some_and(|set| set & 1 << (place % 128) != 0)
    }

    /// Whether no fault is on.
    #[cfg(feature = "samael")]
    pub(crate) fn is_faultless(self) -> bool {
        self.faults == [0, 0]
    }

    /// Whether this variant is on.
    pub(crate) fn is(self, variant: Variant) -> bool {
        self.variants & 1 << (variant as u32) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_switches_itself_on_and_no_other() {
        for fault in Fault::ALL {
            let switches = Switches::new(&[*fault], &[]);
            let on: Vec<_> = Fault::ALL.iter().filter(|other| switches.has(**other)).collect();
            assert_eq!(on, [fault]);
        }
    }
}
