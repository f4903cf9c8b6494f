//! What an open session has on the disk: its file, its lock and its journal.
//!
//! Work without a file, and work on a session that may not be written, has a journal too, in the platform's data folder;
//! see `unsaved.rs`. How a session is opened stands in `open.rs`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::Files;
use super::journal::{Head, Journal, JournalFault, Manner, OnFault, Record, Start, of_history};
use super::lock::{Lock, LockError, Owner};
use super::names::{beside, free_beside};
use super::save::{Receipt, SaveError, SaveJob};
use super::watch::{Disturbance, KnownFile, Watch};
use super::{Saved, SourcePaths};
use crate::annotation::{Digest, Edit, History, Session, Time};

/// From how many bytes on it pays to read a part.
pub const LARGE: u64 = 16 << 20;

/// What the store is given by its caller: the disk, who works, and whom to wake.
#[derive(Clone)]
pub struct Surroundings {
    pub files: Arc<dyn Files>,
    pub owner: Owner,
    /// Called from the journal's thread whenever what is durable changes.
    pub waker: Arc<dyn Fn() + Send + Sync>,
    /// The folder of journals of work that has no file; `None` keeps none.
    pub unsaved_folder: Option<PathBuf>,
    pub on_fault: OnFault,
}

impl std::fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings").field("files", &self.files).field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// Why a session that is open may not be saved under its own name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadOnly {
    #[error("it was opened to be read only")]
    Asked,
    #[error("it is open elsewhere: {0}")]
    Held(Owner),
    #[error("it is open in another program, which does not say who it is")]
    HeldByUnknown,
    #[error("nothing can be written beside it ({0})")]
    Unlockable(String),
    #[error("the file is marked as read-only")]
    Protected,
    #[error("it is of format {0}, which is newer than this version of Manicule")]
    Newer(u32),
    #[error("its journal is of format {0}, which is newer than this version of Manicule")]
    NewerJournal(u32),
}

/// The disk side of an open session. Nothing here waits for a disk, except where it says so.
#[derive(Debug)]
pub struct Home {
    pub(super) around: Surroundings,
    pub(super) path: Option<PathBuf>,
    pub(super) paths: SourcePaths,
    pub(super) journal: Option<Journal>,
    pub(super) journal_path: Option<PathBuf>,
    pub(super) lock: Option<Lock>,
    pub(super) known: KnownFile,
    pub(super) read_only: Option<ReadOnly>,
    pub(super) saved_revision: u64,
    /// The session as the file has it, for the day when another file lies there.
    pub(super) in_file: Session,
    /// How many bytes of the journal, as it was when it was opened, tell of what the file holds.
    pub(super) held_len: u64,
    pub(super) keeps_old: bool,
    /// The work as it was before its first edit, for a journal that has no file to stand on.
    pub(super) base: Option<Saved>,
    pub(super) moving: Option<Moving>,
}

/// A save under another name that has not come back yet.
#[derive(Debug)]
pub(super) struct Moving {
    path: PathBuf,
    paths: SourcePaths,
    lock: Lock,
    known: KnownFile,
    /// The history as records, and what has been done since.
    history: Vec<Record>,
    since: Vec<Record>,
}

/// What the status bar says of durability.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Durability {
    /// Every edit so far is on the disk.
    pub is_durable: bool,
    pub fault: Option<JournalFault>,
}

impl Home {
    /// For work that has no file yet. `base` is the work before its first edit.
    pub fn unsaved(around: Surroundings, base: Saved) -> Self {
        Self {
            around,
            path: None,
            paths: SourcePaths::unsaved(),
            journal: None,
            journal_path: None,
            lock: None,
            known: KnownFile::default(),
            read_only: None,
            saved_revision: 0,
            in_file: base.session.clone(),
            held_len: 0,
            keeps_old: false,
            base: Some(base),
            moving: None,
        }
    }

    /// The session file, links followed.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    pub fn read_only(&self) -> Option<&ReadOnly> {
        self.read_only.as_ref()
    }

    /// The history's revision that the file holds.
    pub fn saved_revision(&self) -> u64 {
        self.saved_revision
    }

    /// Call after an edit was performed. Returns its number in the journal, for [`Journal::wait`].
    pub fn edited(&mut self, edit: &Edit) -> u64 {
        self.record(Record::Edit(edit.clone()))
    }

    /// Call after an undo.
    pub fn undone(&mut self, at: Time) -> u64 {
        self.record(Record::Undo { at })
    }

    /// Call after a redo.
    pub fn redone(&mut self, at: Time) -> u64 {
        self.record(Record::Redo { at })
    }

    fn record(&mut self, record: Record) -> u64 {
        if let Some(moving) = &mut self.moving {
            moving.since.push(record.clone());
        }
        if let Some(base) = self.base.take() {
            self.begin_unsaved(base);
        }
        self.journal.as_ref().map_or(0, |journal| journal.append(record))
    }

    pub fn durability(&self) -> Durability {
        match &self.journal {
            Some(journal) => Durability { is_durable: journal.is_durable(), fault: journal.status().fault },
            None => Durability { is_durable: true, fault: None },
        }
    }

    /// Whether the session file is to be written again, for what its journal holds beyond it: at once where that costs
    /// little, and for a large file when the journal has grown to a tenth of it. Looks at the disk.
    pub fn is_worth_saving(&self) -> bool {
        let len = |path: Option<&PathBuf>| path.and_then(|path| self.around.files.stamp(path).ok()).map_or(0, |stamp| stamp.len);
        let (file, journal) = (len(self.path.as_ref()), len(self.journal_path.as_ref()));
        file < LARGE || journal.saturating_sub(self.held_len) > file / 10
    }

    pub fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// What another program did to the files, so that nothing more is written until the work is brought to what lies there
    /// now: see [`Home::rejoin_job`].
    pub fn disturbance(&self) -> Option<Disturbance> {
        self.journal.as_ref().filter(|journal| journal.is_disturbed()).and_then(|journal| journal.status().disturbance)
    }

    /// Whether another program has changed the session file. May read the whole file: for a worker, or when the window
    /// comes to the front. A file that is gone has not been changed.
    pub fn is_changed_outside(&self) -> bool {
        self.change_watch()()
    }

    /// What a worker needs to ask the same without this.
    pub fn change_watch(&self) -> impl Fn() -> bool + Send + 'static {
        let (files, path, known) = (self.around.files.clone(), self.path.clone(), self.known.clone());
        move || path.as_ref().is_some_and(|path| files.exists(path) && known.is_at(&*files, path).is_ok_and(|is_known| !is_known))
    }

    /// A save under the session's own name. `is_forced` writes over a file that another program changed.
    ///
    /// # Errors
    /// [`SaveError::NoName`] and [`SaveError::ReadOnly`]; then only [`Home::save_as`] goes.
    pub fn save_job(&self, saved: Saved, revision: u64, is_forced: bool) -> Result<SaveJob, SaveError> {
        let path = self.path.clone().ok_or(SaveError::NoName)?;
        if let Some(why) = &self.read_only {
            return Err(SaveError::ReadOnly(format!("{} cannot be written: {why}", path.display())));
        }
        Ok(SaveJob {
            files: self.around.files.clone(),
            path,
            paths: self.paths.clone(),
            saved,
            revision,
            known: self.known.clone(),
            is_forced,
            keeps_old: self.keeps_old,
            after: self.journal.as_ref().map_or(0, |journal| journal.next_number().saturating_sub(1)),
            journal: self.journal.clone(),
        })
    }

    /// A save under another name, over whatever is there. The session lives there once [`Home::saved`] has its receipt.
    ///
    /// # Errors
    /// [`LockError`] when another process has the session at that name open, or its folder cannot be written.
    pub fn save_as(&mut self, path: &Path, saved: Saved, history: &History, at: Time) -> Result<SaveJob, SaveAsError> {
        let files = self.around.files.clone();
        let path =
            files.resolve(path).map_err(|source| SaveError::Disk { path: path.to_path_buf(), doing: "finding its folder", source })?;
        if self.path.as_ref() == Some(&path) && self.read_only.is_none() {
            return Ok(self.save_job(saved, history.revision(), true)?);
        }
        // A second try finds the lock that the first one took.
        self.moving = None;
        let lock =
            Lock::take(&*files, &beside(&path, ".lock"), &self.around.owner).map_err(|error| SaveAsError::Lock(path.clone(), error))?;
        let paths = SourcePaths::beside(&path);
        let known = KnownFile::default();
        self.moving = Some(Moving {
            path: path.clone(),
            paths: paths.clone(),
            lock,
            known: known.clone(),
            history: of_history(history, at),
            since: Vec::new(),
        });
        Ok(SaveJob {
            files,
            path,
            paths,
            saved,
            revision: history.revision(),
            known,
            is_forced: true,
            keeps_old: false,
            after: 0,
            journal: None,
        })
    }

    /// Call with the receipt of a save. `history` is as it is now, perhaps further than what was saved.
    pub fn saved(&mut self, receipt: &Receipt, history: &History, at: Time) {
        self.saved_revision = receipt.revision;
        self.in_file = receipt.session.clone();
        match self.moving.take() {
            Some(moving) if moving.path == receipt.path => self.settle(moving, receipt.digest),
            moving => {
                self.moving = moving;
                self.keeps_old = false;
                let is_mute = receipt.journal_fault.is_some() && history.revision() == receipt.revision;
                if let Some(path) = self.journal_path.clone().filter(|_| is_mute) {
                    self.start_journal(path, of_history(history, at), receipt.digest, Vec::new());
                }
            }
        }
    }

    /// Call when a save failed.
    pub fn save_failed(&mut self) {
        self.moving = None;
    }

    /// Moves in at the name that the work was saved under.
    fn settle(&mut self, moving: Moving, digest: Digest) {
        let is_temporary = self.path.is_none() || self.read_only.is_some();
        let old_journal = self.journal.take().zip(self.journal_path.take());
        let old_lock = self.lock.take();
        let journal_path = beside(&moving.path, ".journal");
        self.path = Some(moving.path);
        self.paths = moving.paths;
        self.known = moving.known;
        self.lock = Some(moving.lock);
        self.read_only = None;
        self.keeps_old = false;
        self.base = None;
        let files = self.around.files.clone();
        if files.exists(&journal_path) {
            // Of the session that was at this name: its decisions are kept, out of the way.
            files.rename(&journal_path, &free_beside(&*files, &journal_path, ".aside")).ok();
        }
        let last = self.start_journal(journal_path, moving.history, digest, moving.since);
        // The journal of the work without a file has done its duty once the new one is on the disk.
        let new_journal = self.journal.clone();
        let finish = move || {
            if let Some((journal, path)) = old_journal {
                journal.close().ok();
                if is_temporary && new_journal.is_some_and(|new| new.wait(last).is_ok()) {
                    files.remove(&path).ok();
                }
            }
            drop(old_lock);
        };
        std::thread::Builder::new().name("old journal".to_owned()).spawn(finish).ok();
    }

    /// Begins a journal with a history, the checkpoint of the file that holds it, and what was done since. Returns the
    /// last number.
    pub(super) fn start_journal(&mut self, path: PathBuf, history: Vec<Record>, file: Digest, since: Vec<Record>) -> u64 {
        let after = history.len() as u64;
        let records: Vec<Record> = history.into_iter().chain([Record::Checkpoint { file, after }]).chain(since).collect();
        let last = records.len() as u64;
        let head = Head::of(records);
        let start = match self.journal.take() {
            Some(before) => Start::InPlaceOf(before, head),
            None => Start::FreshNow(head),
        };
        self.journal = Some(self.writer(&path, start));
        self.journal_path = Some(path);
        last
    }

    pub(super) fn writer(&self, path: &Path, start: Start) -> Journal {
        let around = &self.around;
        // Work that is journalled elsewhere stands on the session in its own journal.
        let session = self.path.as_ref().filter(|session| beside(session, ".journal") == path);
        let manner = Manner {
            files: around.files.clone(),
            paths: self.paths.clone(),
            owner: around.owner.clone(),
            on_fault: around.on_fault,
            watch: session.map(|path| Watch { path: path.clone(), known: self.known.clone() }),
            waker: around.waker.clone(),
        };
        Journal::start(path, start, manner)
    }

    /// Ends the journal with everything on the disk and lets the lock go. Waits for the disk.
    ///
    /// # Errors
    /// The fault that kept the last edits from the disk.
    pub fn close(self) -> Result<(), JournalFault> {
        self.journal.as_ref().map_or(Ok(()), Journal::close)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SaveAsError {
    #[error("{} cannot be saved to: {}", .0.display(), .1)]
    Lock(PathBuf, LockError),
    #[error(transparent)]
    Save(#[from] SaveError),
}
