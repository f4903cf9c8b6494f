//! Small answers: what was done, or why it was not.

use crate::annotation::Time;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    pub kind: NoticeKind,
    pub text: String,
    pub at: Time,
    /// What was changed by the command that it answers.
    pub change: Option<Change>,
}

/// A change that a notice tells of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// The history's revision right after it.
    pub revision: u64,
    /// Whether undo takes it back, as it does not take back an undo.
    pub can_undo: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeKind {
    /// Goes by itself, and with the next action.
    Done,
    /// Stays until it is dismissed.
    Problem,
}

/// The last few notices, newest last.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    /// Whether the latest one answers the command that is being done.
    is_fresh: bool,
    /// What that command has changed so far.
    change: Option<Change>,
}

const KEPT: usize = 5;

impl Notices {
    /// What is told from here on answers another command.
    pub fn begin(&mut self) {
        self.is_fresh = false;
        self.change = None;
    }

    /// An action begins: what was told of the one before goes.
    pub fn leave(&mut self) {
        self.list.retain(|notice| notice.kind == NoticeKind::Problem);
    }

    /// The command has changed the session; what is told from here on tells of that.
    pub fn changed(&mut self, revision: u64, can_undo: bool) {
        self.change = Some(Change { revision, can_undo });
    }

    /// Adds a sentence to the answer to this command, or begins one.
    pub fn add(&mut self, text: &str, at: Time) {
        match self.list.last_mut().filter(|notice| self.is_fresh && notice.kind == NoticeKind::Done) {
            Some(notice) => notice.text = format!("{}. {text}", notice.text),
            None => self.push(NoticeKind::Done, text, at),
        }
    }

    pub fn push(&mut self, kind: NoticeKind, text: impl Into<String>, at: Time) {
        let text = text.into();
        self.is_fresh = true;
        self.list.retain(|notice| notice.kind == NoticeKind::Problem && notice.text != text);
        self.list.push(Notice { kind, text, at, change: self.change });
        let extra = self.list.len().saturating_sub(KEPT);
        self.list.drain(..extra);
    }

    /// Takes a notice away whose cause is gone.
    pub fn withdraw(&mut self, text: &str) {
        self.list.retain(|notice| notice.text != text);
    }

    pub fn latest(&self) -> Option<&Notice> {
        self.list.last()
    }

    pub fn all(&self) -> &[Notice] {
        &self.list
    }

    /// Takes away the newest of those that stay; answers whether there was one.
    pub fn dismiss(&mut self) -> bool {
        let last = self.list.iter().rposition(|notice| notice.kind == NoticeKind::Problem);
        last.map(|at| self.list.remove(at)).is_some()
    }
}
