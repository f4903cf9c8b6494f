//! Undo and redo, without limit and across articles.

use super::{Edit, Session, Stale};

/// The edits done and those taken back, each with a number by which states can be compared.
///
/// Two moments with the same [`revision`](History::revision) have the same session, whatever was done and undone in
/// between; "unsaved" is a revision other than the saved one.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<(u64, Edit)>,
    undone: Vec<(u64, Edit)>,
    last_number: u64,
}

impl History {
    /// Applies a new edit and remembers it. What had been undone can no longer be redone.
    ///
    /// # Errors
    /// [`Stale`] when the edit does not fit; nothing changes then.
    pub fn perform(&mut self, session: &mut Session, edit: Edit) -> Result<(), Stale> {
        session.apply(&edit)?;
        self.remember(edit);
        Ok(())
    }

    /// Takes the last edit back and returns it; `None` when there is none.
    ///
    /// # Errors
    /// [`Stale`] when the session was changed behind the history's back.
    pub fn undo(&mut self, session: &mut Session) -> Result<Option<&Edit>, Stale> {
        let Some((number, edit)) = self.done.pop() else {
            return Ok(None);
        };
        if let Err(stale) = session.apply(&edit.inverse()) {
            self.done.push((number, edit));
            return Err(stale);
        }
        self.undone.push((number, edit));
        Ok(self.undone.last().map(|(_, edit)| edit))
    }

    /// Does the last undone edit again and returns it; `None` when there is none.
    ///
    /// # Errors
    /// [`Stale`] when the session was changed behind the history's back.
    pub fn redo(&mut self, session: &mut Session) -> Result<Option<&Edit>, Stale> {
        let Some((number, edit)) = self.undone.pop() else {
            return Ok(None);
        };
        if let Err(stale) = session.apply(&edit) {
            self.undone.push((number, edit));
            return Err(stale);
        }
        self.done.push((number, edit));
        Ok(self.done.last().map(|(_, edit)| edit))
    }

    /// Takes in an edit that the session holds already, as when a history is rebuilt from a journal.
    pub fn remember(&mut self, edit: Edit) {
        self.last_number += 1;
        self.done.push((self.last_number, edit));
        self.undone.clear();
    }

    /// Counts the last edit as undone, in a session that does not hold it any more.
    pub fn remember_undo(&mut self) {
        self.undone.extend(self.done.pop());
    }

    /// Counts the last undone edit as done again, in a session that holds it.
    pub fn remember_redo(&mut self) {
        self.done.extend(self.undone.pop());
    }

    pub fn next_undo(&self) -> Option<&Edit> {
        self.done.last().map(|(_, edit)| edit)
    }

    pub fn next_redo(&self) -> Option<&Edit> {
        self.undone.last().map(|(_, edit)| edit)
    }

    /// Every edit in force, oldest first.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &Edit> + ExactSizeIterator {
        self.done.iter().map(|(_, edit)| edit)
    }

    /// Every edit that was taken back and can be done again, the next one first.
    pub fn undone(&self) -> impl DoubleEndedIterator<Item = &Edit> + ExactSizeIterator {
        self.undone.iter().rev().map(|(_, edit)| edit)
    }

    /// Names the present state; 0 before any edit.
    pub fn revision(&self) -> u64 {
        self.done.last().map_or(0, |(number, _)| *number)
    }
}
