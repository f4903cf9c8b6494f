//! What is counted of a session's mentions. Kept by the edits: counting them anew after every decision would take longer
//! than the decision.

use std::sync::Arc;

use crate::annotation::{Article, Edit, Mention, Op};
use crate::quality::figures;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Still suggested, or contested.
    pub open: usize,
    /// Those of them on which two people decided differently.
    pub contested: usize,
    /// Suggestions of the tagger that were looked at: right as they stood, and not.
    pub right: usize,
    pub wrong: usize,
}

impl Tally {
    pub fn of<'a>(mentions: impl IntoIterator<Item = &'a Mention>) -> Self {
        let mut tally = Self::default();
        for mention in mentions {
            tally.open += usize::from(mention.is_open());
            tally.contested += usize::from(mention.is_contested());
            match figures::verdict(mention) {
                Some(true) => tally.right += 1,
                Some(false) => tally.wrong += 1,
                None => {}
            }
        }
        tally
    }

    /// Follows an edit; the undo of one is its inverse.
    pub fn follow(&mut self, edit: &Edit) {
        for op in &edit.ops {
            let (gone, come) = counted_by(op);
            self.replace(gone, come);
        }
    }

    fn replace(&mut self, gone: Self, come: Self) {
        let counts = [
            (&mut self.open, gone.open, come.open),
            (&mut self.contested, gone.contested, come.contested),
            (&mut self.right, gone.right, come.right),
            (&mut self.wrong, gone.wrong, come.wrong),
        ];
        for (n, gone, come) in counts {
            *n = (*n + come).saturating_sub(gone);
        }
    }
}

/// What an op takes away, and what it brings.
fn counted_by(op: &Op) -> (Tally, Tally) {
    let article = |article: &Option<Arc<Article>>| article.as_ref().map(|article| Tally::of(&article.mentions)).unwrap_or_default();
    match op {
        Op::Mention { before, after, .. } => (Tally::of(before), Tally::of(after)),
        Op::Article { before, after, .. } => (article(before), article(after)),
        _ => Default::default(),
    }
}
