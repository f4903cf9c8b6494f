//! The records that a new journal begins with.

use std::fmt;

use super::Record;

/// The records that a new journal begins with, after its very first. They are made on the writer's thread, for they may
/// hold a whole session.
pub struct Head {
    pub(super) len: u64,
    pub(super) make: Box<dyn Fn() -> Vec<Record> + Send>,
}

impl Head {
    /// `make` gives `len` records, the same at every call.
    pub fn new(len: usize, make: impl Fn() -> Vec<Record> + Send + 'static) -> Self {
        Self { len: len as u64, make: Box::new(make) }
    }

    /// Records that are at hand.
    pub fn of(records: Vec<Record>) -> Self {
        Self::new(records.len(), move || records.clone())
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Head({} records)", self.len)
    }
}
