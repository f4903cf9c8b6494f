//! Undo and redo, without limit and across articles; and every edit that was ever made.

use super::{Edit, Session, Stale, Time};

/// Every edit, those in force, and those taken back. An edit's number is its place among all of them, from 1.
///
/// Two moments with the same [`revision`](History::revision) have the same session, whatever was done and undone in
/// between; "unsaved" is a revision other than the saved one.
#[derive(Clone, Debug, Default)]
pub struct History {
    entries: Vec<Entry>,
    /// Places of the edits in force, oldest first.
    done: Vec<usize>,
    /// Places of the edits that can be done again, the next one last.
    undone: Vec<usize>,
    /// How many entries belong to earlier versions of the session, where undo does not go.
    sealed: usize,
    seals: Vec<Seal>,
}

/// Another version of the session came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seal {
    /// How many entries were there already.
    pub after: usize,
    /// When that was found.
    pub at: Time,
}

/// An edit and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub edit: Edit,
    pub fate: Fate,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// In force.
    Done,
    /// Taken back; it can be done again.
    Undone,
    /// Taken back, and then something else was done.
    Dropped,
    /// Made on another version of the session, and not in this one.
    Away,
}

impl Fate {
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Done => "done",
            Fate::Undone => "undone",
            Fate::Dropped => "dropped",
            Fate::Away => "away",
        }
    }

    /// What people are told of an edit that is not in force.
    pub fn words(self) -> &'static str {
        match self {
            Fate::Done => "",
            Fate::Undone | Fate::Dropped => "taken back",
            Fate::Away => "not in this version",
        }
    }
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
        let Some(edit) = self.next_undo() else {
            return Ok(None);
        };
        session.apply(&edit.inverse())?;
        self.remember_undo();
        Ok(self.next_redo())
    }

    /// Does the last undone edit again and returns it; `None` when there is none.
    ///
    /// # Errors
    /// [`Stale`] when the session was changed behind the history's back.
    pub fn redo(&mut self, session: &mut Session) -> Result<Option<&Edit>, Stale> {
        let Some(edit) = self.next_redo() else {
            return Ok(None);
        };
        session.apply(edit)?;
        self.remember_redo();
        Ok(self.next_undo())
    }

    /// Takes in an edit that the session holds already, as when a history is rebuilt from a journal.
    pub fn remember(&mut self, edit: Edit) {
        for at in self.undone.drain(..) {
            self.entries[at].fate = Fate::Dropped;
        }
        self.done.push(self.entries.len());
        self.entries.push(Entry { edit, fate: Fate::Done });
    }

    /// Counts the last edit as undone, in a session that does not hold it any more.
    pub fn remember_undo(&mut self) {
        if let Some(at) = self.done.pop() {
            self.entries[at].fate = Fate::Undone;
            self.undone.push(at);
        }
    }

    /// Counts the last undone edit as done again, in a session that holds it.
    pub fn remember_redo(&mut self) {
        if let Some(at) = self.undone.pop() {
            self.entries[at].fate = Fate::Done;
            self.done.push(at);
        }
    }

    /// Another version of the session has taken the place of the one that the edits so far were made on, and does not hold
    /// those at the places `away`. They stay to be read; undo begins anew.
    /// `at` is when that was found.
    pub fn seal(&mut self, away: &[usize], at: Time) {
        for at in self.undone.drain(..) {
            self.entries[at].fate = Fate::Dropped;
        }
        self.done.clear();
        for entry in self.entries.iter_mut().filter(|entry| entry.fate == Fate::Away) {
            entry.fate = Fate::Done;
        }
        for at in away {
            if let Some(entry) = self.entries.get_mut(*at) {
                entry.fate = Fate::Away;
            }
        }
        self.sealed = self.entries.len();
        self.seals.push(Seal { after: self.sealed, at });
    }

    /// Where other versions of the session came in, oldest first.
    pub fn seals(&self) -> &[Seal] {
        &self.seals
    }

    /// How many entries belong to earlier versions of the session.
    pub fn sealed(&self) -> usize {
        self.sealed
    }

    pub fn next_undo(&self) -> Option<&Edit> {
        self.done.last().map(|at| &self.entries[*at].edit)
    }

    pub fn next_redo(&self) -> Option<&Edit> {
        self.undone.last().map(|at| &self.entries[*at].edit)
    }

    /// The [`revision`](Self::revision) that doing the next undone edit again leads to.
    pub fn next_redo_number(&self) -> Option<u64> {
        self.undone.last().map(|at| *at as u64 + 1)
    }

    /// Every edit that was ever made, oldest first, also those taken back.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every edit in force, oldest first.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &Edit> + ExactSizeIterator {
        self.done.iter().map(|at| &self.entries[*at].edit)
    }

    /// The edits in force that were made since the given revision, oldest first; `None` where what was done last before it
    /// has been taken back since.
    pub fn done_since(&self, revision: u64) -> Option<impl DoubleEndedIterator<Item = &Edit> + ExactSizeIterator> {
        let is_in_force = |at: &usize| *at as u64 + 1 == revision;
        let from = if revision == self.sealed as u64 { 0 } else { self.done.iter().position(is_in_force)? + 1 };
        Some(self.done[from..].iter().map(|at| &self.entries[*at].edit))
    }

    /// Every edit that was taken back and can be done again, the next one first.
    pub fn undone(&self) -> impl DoubleEndedIterator<Item = &Edit> + ExactSizeIterator {
        self.undone.iter().rev().map(|at| &self.entries[*at].edit)
    }

    /// Names the present state: the number of the last edit in force; before any, the number of those sealed.
    pub fn revision(&self) -> u64 {
        self.done.last().map_or(self.sealed as u64, |at| *at as u64 + 1)
    }
}
