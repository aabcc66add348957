//! Which faults and variants are on: small enough to hand to whatever decides.

use crate::fault::Fault;
use crate::variant::Variant;

/// A set of faults and a set of variants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Switches {
    faults: u128,
    variants: u32,
}

impl Switches {
    pub(crate) fn new(faults: &[Fault], variants: &[Variant]) -> Self {
        Self {
            faults: faults.iter().fold(0, |set, fault| set | 1 << (*fault as u32)),
            variants: variants.iter().fold(0, |set, variant| set | 1 << (*variant as u32)),
        }
    }

    /// Whether this fault is on.
    pub(crate) fn has(self, fault: Fault) -> bool {
        self.faults & 1 << (fault as u32) != 0
    }

    /// Whether this variant is on.
    pub(crate) fn is(self, variant: Variant) -> bool {
        self.variants & 1 << (variant as u32) != 0
    }
}
