//! What a run creates in a target, and how each thing is removed again.

use crate::cx::Cx;
use crate::finding::Finding;

/// Removes one created thing. Called once, at the end of the run, also of an interrupted one.
pub type Removal = Box<dyn FnOnce(&mut Cx) -> Result<(), Finding> + Send>;

/// Something that this run created in a target.
pub struct Created {
    /// What it is, for a person who has to remove it by hand: kind, name and URL.
    pub label: String,
    /// The one way to remove it. Nothing that the run did not create is ever touched.
    pub remove: Removal,
}

impl std::fmt::Debug for Created {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Created").field("label", &self.label).finish_non_exhaustive()
    }
}
