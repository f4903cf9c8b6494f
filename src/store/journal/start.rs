//! How a journal begins: after what is there, or with records of its own.

use std::fmt;

use super::replay::Tail;
use super::{Journal, Record};

/// How the journal begins.
#[derive(Debug)]
pub enum Start {
    /// A journal is there: go on after its tail, first with these records. With `at_once` they do not wait for others.
    Append { tail: Tail, first: Vec<Record>, at_once: bool },
    /// Write a new journal, once there is something to add, in the place of one of this many bytes, or of none.
    Fresh(Head, u64),
    /// Write a new journal at once, in the place of any that is there.
    FreshNow(Head),
    /// The same, in the place of a journal that this process writes and whose records are all in the head. That one is
    /// given up first, or it would write into the new one.
    InPlaceOf(Journal, Head),
}

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
