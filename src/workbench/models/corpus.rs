//! What is looked for in the whole session, and where it was found.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::decide::seek::Sought;
use crate::decide::spread::{Concordance, Order};

/// Something to look for at a moment of the session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    pub sought: Sought,
    pub order: Order,
    pub version: (u64, u64),
    /// Which articles pass the filter.
    pub revision: u64,
}

/// The places that were found: the first of them as rows, all of them counted.
#[derive(Clone, Debug)]
pub struct Places {
    pub rows: Concordance,
    pub total: usize,
    pub articles: usize,
}

#[derive(Debug, Default)]
pub struct Corpus {
    search: Option<Search>,
    /// Those of the last search that came to its end; they stand until the next one has.
    pub places: Option<Places>,
    /// Why it cannot be looked for.
    pub fault: Option<String>,
    is_looking: bool,
    cancel: Arc<AtomicBool>,
}

impl Corpus {
    /// So many places are listed; of more only the number is told.
    pub const MOST: usize = 10_000;

    /// What is looked for, or was last.
    pub fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    pub fn is_looking(&self) -> bool {
        self.is_looking
    }

    /// Begins to look; what was looked for before is given up. Answers with what tells the work that nobody waits for it.
    pub fn begin(&mut self, search: Search) -> Arc<AtomicBool> {
        self.stop();
        self.cancel = Arc::default();
        *self = Self { search: Some(search), places: self.places.take(), fault: None, is_looking: true, cancel: self.cancel.clone() };
        self.cancel.clone()
    }

    /// The end of a search; one that is no longer waited for is let go.
    pub fn take(&mut self, search: &Search, found: Result<Places, String>) {
        if self.search.as_ref() != Some(search) {
            return;
        }
        self.is_looking = false;
        match found {
            Ok(places) => self.places = Some(places),
            Err(fault) => (self.places, self.fault) = (None, Some(fault)),
        }
    }

    /// Nothing is looked for any more.
    pub fn clear(&mut self) {
        self.stop();
        *self = Self::default();
    }

    /// The work that is under way is not waited for.
    pub fn stop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        self.is_looking = false;
    }
}
