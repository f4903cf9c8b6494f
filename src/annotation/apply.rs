//! The one way in which a session changes.

use super::{Edit, Op, Session, Stale};

impl Session {
    /// The one way in which a session changes. Applies the whole edit or nothing of it.
    ///
    /// # Errors
    /// [`Stale`] when an op's "before" is not what the session holds, or its "after" would break an invariant.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Stale> {
        let mut done = 0;
        while done < edit.ops.len() {
            let run = mention_run(&edit.ops[done..]);
            let (count, result) = match run {
                LONG_RUN.. => (run, self.apply_mention_run(&edit.ops[done..done + run])),
                _ => (1, self.apply_op(&edit.ops[done])),
            };
            if let Err(stale) = result {
                for op in edit.ops[..done].iter().rev() {
                    // The inverse of what was applied a moment ago always fits.
                    let undone = self.apply_op(&op.inverse());
                    debug_assert!(undone.is_ok(), "{undone:?}");
                }
                return Err(stale);
            }
            done += count;
        }
        Ok(())
    }
}

/// From how many ops on the mentions of one article on they are applied together: one by one, each would move half of
/// the article's mentions.
const LONG_RUN: usize = 32;

/// How many ops at the start of `ops` change mentions of one and the same article.
fn mention_run(ops: &[Op]) -> usize {
    let Some(Op::Mention { article: first, .. }) = ops.first() else { return 0 };
    ops.iter().take_while(|op| matches!(op, Op::Mention { article, .. } if article == first)).count()
}
