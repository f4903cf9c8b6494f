//! Records that merge field by field.

use super::lists::changed;

/// Takes the fields of a record from two sides, and knows whether they disputed one.
#[derive(Default)]
pub struct Fields {
    is_disputed: bool,
}

impl Fields {
    /// What stands and what the other side has: the same where only one side has changed the field, or both alike.
    pub fn take<T: PartialEq + Clone>(&mut self, base: Option<&T>, ours: &T, theirs: &T) -> (T, T) {
        match changed(base, Some(ours), Some(theirs)).flatten() {
            Some(one) => (one.clone(), one.clone()),
            None => {
                self.is_disputed = true;
                (ours.clone(), theirs.clone())
            }
        }
    }

    /// The record as the other side has it, where the two differ.
    pub fn disputed<T>(&self, other: T) -> Option<T> {
        self.is_disputed.then_some(other)
    }
}
