//! Ids of articles, made unique.

use std::collections::{HashMap, HashSet};

use crate::annotation::ArticleId;

/// Makes ids unique: `stem`, `stem-2`, `stem-3`, …
#[derive(Debug, Default)]
pub struct UniqueIds {
    taken: HashSet<ArticleId>,
    /// The last number tried for a stem, so that a thousand equal stems are not a million tries.
    last: HashMap<ArticleId, u64>,
}

impl UniqueIds {
    /// Ids that are taken from the start.
    pub fn beside(ids: impl IntoIterator<Item = ArticleId>) -> Self {
        Self { taken: ids.into_iter().collect(), ..Self::default() }
    }

    pub fn take(&mut self, id: &ArticleId) -> ArticleId {
        if self.taken.insert(id.clone()) {
            return id.clone();
        }
        let n = self.last.entry(id.clone()).or_insert(1);
        loop {
            *n += 1;
            let next = ArticleId::new(&format!("{id}-{n}"));
            if self.taken.insert(next.clone()) {
                return next;
            }
        }
    }
}
