//! Articles chosen in the list, to be acted on together.

use std::collections::BTreeSet;

use crate::annotation::ArticleId;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    ids: BTreeSet<ArticleId>,
    /// Where a run of chosen articles began.
    anchor: Option<ArticleId>,
}

impl Choice {
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn has(&self, id: &ArticleId) -> bool {
        self.ids.contains(id)
    }

    pub fn anchor(&self) -> Option<&ArticleId> {
        self.anchor.as_ref()
    }

    /// Takes one along, or lets it go.
    pub fn toggle(&mut self, id: &ArticleId) {
        if !self.ids.remove(id) {
            self.ids.insert(id.clone());
        }
        self.anchor = Some(id.clone());
    }

    /// A run of articles from where it began, in the place of what was chosen.
    pub fn run(&mut self, anchor: ArticleId, ids: impl IntoIterator<Item = ArticleId>) {
        self.ids = ids.into_iter().collect();
        self.anchor = Some(anchor);
    }

    /// Lets go of all that is not to be seen.
    pub fn keep(&mut self, is_listed: impl Fn(&ArticleId) -> bool) {
        self.ids.retain(is_listed);
    }

    pub fn let_go(&mut self) {
        *self = Self::default();
    }
}
