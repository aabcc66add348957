//! Which faults and variants are on: small enough to hand to whatever decides.

use crate::fault::{Fault, TABLE_COUNT};
use crate::variant::Variant;

/// A set of faults and a set of variants.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Switches {
    /// One set for each table of faults; an app that is started keeps them until the process ends.
    faults: &'static [u128; TABLE_COUNT],
    variants: u128,
}

static FAULTLESS: [u128; TABLE_COUNT] = [0; TABLE_COUNT];

impl Default for Switches {
    fn default() -> Self {
        Self { faults: &FAULTLESS, variants: 0 }
    }
}

impl Switches {
    pub(crate) fn new(faults: &[Fault], variants: &[Variant]) -> Self {
        let mut switches = Self::default();
        if !faults.is_empty() {
            let mut sets = FAULTLESS;
            for (table, place) in faults.iter().map(|fault| fault.place()) {
                sets[table] |= 1 << place;
            }
            switches.faults = Box::leak(Box::new(sets));
        }
        for variant in variants {
            switches.variants |= 1 << (*variant as u32);
        }
        switches
    }

    /// Whether this fault is on.
    pub(crate) fn has(&self, fault: impl Into<Fault>) -> bool {
        let (table, place) = fault.into().place();
        self.faults[table] & 1 << place != 0
    }

    /// Whether no fault is on.
    #[cfg(feature = "samael")]
    pub(crate) fn is_faultless(&self) -> bool {
        *self.faults == FAULTLESS
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
