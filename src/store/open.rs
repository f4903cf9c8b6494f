//! Opening a session: file, lock, journal, in this order, and everything told that an analyst should know.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::home::{Home, ReadOnly, Surroundings};
use super::journal::{Fit, Head, Record, Replay, Start, renumbered, replay, scan};
use super::lock::{Lock, LockError, Owner};
use super::save::{KnownFile, beside, free_beside};
use super::{Fault, Files, Reading, Repair, Saved, SourcePaths, read};
use crate::annotation::{Digest, History};

/// What a session is opened for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Intent {
    /// Nothing is written, not even a lock.
    Read,
    /// To work on. Where another has it, it opens read-only.
    Work,
}

/// An open session.
#[derive(Debug)]
pub struct Opened {
    pub saved: Saved,
    pub history: History,
    pub home: Home,
    /// In the order in which they should be read.
    pub notices: Vec<Notice>,
}

/// Something that the analyst should know of a session that was opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// Edits that the file did not hold yet and the journal did.
    Recovered {
        edits: usize,
    },
    /// Faults of the file that were put right in memory.
    Repaired(Vec<Repair>),
    /// The journal belongs to another version of the file.
    JournalForeign {
        aside: Option<PathBuf>,
        edits: usize,
    },
    /// Part of the journal cannot be read. `lost` edits after the damage were read and not done again.
    JournalDamaged {
        aside: Option<PathBuf>,
        lost: usize,
    },
    /// Whoever had the session open ended without closing it.
    TookOver(Owner),
    ReadOnly(ReadOnly),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = |aside: &Option<PathBuf>| match aside {
            Some(path) => format!("it is kept as {}", path.display()),
            None => "it was left as it is".to_owned(),
        };
        match self {
            Notice::Recovered { edits: 1 } => write!(f, "1 change that had not been saved was recovered from the journal"),
            Notice::Recovered { edits } => write!(f, "{edits} changes that had not been saved were recovered from the journal"),
            Notice::Repaired(repairs) => {
                write!(f, "the file was repaired in memory; the first save keeps it as it was:")?;
                repairs.iter().try_for_each(|repair| write!(f, "\n  {repair}"))
            }
            Notice::JournalForeign { aside, edits } => write!(
                f,
                "the journal with {edits} changes belongs to another version of the file, so nothing was recovered from it; {}",
                kept(aside)
            ),
            Notice::JournalDamaged { aside, lost: 0 } => {
                write!(f, "part of the journal is damaged; everything that could be read was recovered; {}", kept(aside))
            }
            Notice::JournalDamaged { aside, lost } => {
                write!(f, "part of the journal is damaged, and {lost} changes after that part were not recovered; {}", kept(aside))
            }
            Notice::TookOver(owner) => write!(f, "the session was left open by {owner}, whose program has ended"),
            Notice::ReadOnly(why) => write!(f, "the session is open for reading only: {why}; changes can be saved under another name"),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{} cannot be opened: {source}; {}", path.display(), way_in(source))]
    Disk { path: PathBuf, source: io::Error },
    #[error("{}: {}", .0.display(), .1)]
    Fault(PathBuf, Fault),
    #[error("{} is not taken up: {}", .0.display(), .1)]
    Locked(PathBuf, LockError),
    #[error("{} holds no work that could be recovered", .0.display())]
    NoWork(PathBuf),
}

/// What a person can do about a file that does not open.
fn way_in(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "look whether it was moved or renamed",
        io::ErrorKind::PermissionDenied => "you may not read it: ask its owner, or copy it from where you may",
        io::ErrorKind::IsADirectory => "it is a folder; name a session file in it",
        _ => "try again; if the disk is at fault, open a copy from elsewhere",
    }
}

impl Opened {
    /// Opens a session file.
    ///
    /// # Errors
    /// [`OpenError`], which names the file and what to do. A session that another process has open is no error: it opens
    /// read-only.
    pub fn open(path: &Path, intent: Intent, around: Surroundings) -> Result<Self, OpenError> {
        let disk = |source| OpenError::Disk { path: path.to_path_buf(), source };
        let path = around.files.resolve(path).map_err(disk)?;
        let (lock, mut read_only) = lock(&path, intent, &around);
        let disk = |source| OpenError::Disk { path: path.clone(), source };
        let bytes = around.files.read(&path).map_err(disk)?;
        let paths = SourcePaths::beside(&path);
        let reading = read(&bytes, &paths).map_err(|fault| OpenError::Fault(path.clone(), fault))?;
        if reading.is_newer() {
            read_only = Some(ReadOnly::Newer(reading.format));
        }
        let digest = Digest::of(&bytes);
        drop(bytes);
        let journal_path = beside(&path, ".journal");
        let journal_bytes = match around.files.read(&journal_path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            bytes => bytes.map_err(|source| OpenError::Disk { path: journal_path.clone(), source })?,
        };
        let Reading { saved, repairs, .. } = reading;
        let replay = replay(&journal_bytes, digest, saved.session, &paths);
        if let Fit::Newer { format } = replay.fit {
            read_only = Some(ReadOnly::NewerJournal(format));
        }
        let mut notices: Vec<Notice> = Vec::new();
        notices.extend(lock.as_ref().and_then(|lock| lock.taken_over_from.clone()).map(Notice::TookOver));
        if !repairs.is_empty() {
            notices.push(Notice::Repaired(repairs));
        }
        if replay.recovered > 0 {
            notices.push(Notice::Recovered { edits: replay.recovered });
        }
        let keeps_old = notices.iter().any(|notice| matches!(notice, Notice::Repaired(_)));
        let known = KnownFile::default();
        known.set(digest);
        let mut home = Home {
            around,
            path: Some(path),
            paths,
            journal: None,
            journal_path: None,
            lock,
            known,
            read_only,
            saved_revision: replay.saved_revision,
            keeps_old,
            base: None,
            moving: None,
        };
        let start = home.settle_journal(&replay, digest, &journal_path, journal_bytes, &mut notices)?;
        match start {
            Some(start) => {
                home.journal = Some(home.writer(&journal_path, start));
                home.journal_path = Some(journal_path);
            }
            None => {
                home.lock = None;
                home.base = Some(Saved { session: replay.session.clone(), place: saved.place.clone(), analyst: saved.analyst.clone() });
            }
        }
        if let Some(why) = home.read_only.clone().filter(|why| *why != ReadOnly::Asked) {
            notices.push(Notice::ReadOnly(why));
        }
        let saved = Saved { session: replay.session, ..saved };
        Ok(Self { saved, history: replay.history, home, notices })
    }
}

/// The lock, or why there is none.
fn lock(path: &Path, intent: Intent, around: &Surroundings) -> (Option<Lock>, Option<ReadOnly>) {
    if intent == Intent::Read {
        return (None, Some(ReadOnly::Asked));
    }
    match Lock::take(&*around.files, &beside(path, ".lock"), &around.owner) {
        Ok(lock) => (Some(lock), None),
        Err(LockError::Held(owner)) => (None, Some(ReadOnly::Held(owner))),
        Err(LockError::HeldByUnknown) => (None, Some(ReadOnly::HeldByUnknown)),
        Err(error @ LockError::File { .. }) => (None, Some(ReadOnly::Unlockable(error.to_string()))),
    }
}

impl Home {
    /// How the journal goes on, after what does not fit was set aside; `None` where it may not be written.
    fn settle_journal(
        &self,
        replay: &Replay,
        digest: Digest,
        path: &Path,
        bytes: Vec<u8>,
        notices: &mut Vec<Notice>,
    ) -> Result<Option<Start>, OpenError> {
        let files = &*self.around.files;
        let is_writer = self.read_only.is_none();
        let checkpoint = || Head::of(vec![Record::Checkpoint { file: digest, after: 0 }]);
        let start = match &replay.fit {
            Fit::Whole { len, next } => Some(Start::Append { len: *len, next: *next }),
            Fit::Missing => Some(Start::Fresh(checkpoint())),
            Fit::Newer { .. } => None,
            Fit::Foreign { edits } => {
                let aside = is_writer.then(|| free_beside(files, path, ".aside"));
                if let Some(aside) = &aside {
                    files.rename(path, aside).map_err(|source| OpenError::Disk { path: path.to_path_buf(), source })?;
                }
                notices.push(Notice::JournalForeign { aside, edits: *edits });
                Some(Start::Fresh(checkpoint()))
            }
            Fit::Damaged { kept, lost } => {
                let aside = if is_writer { Some(set_copy_aside(files, path)?) } else { None };
                notices.push(Notice::JournalDamaged { aside, lost: *lost });
                let kept = kept.clone();
                // The head's length is asked for before the thread makes it.
                let records = renumbered(scan(&bytes).records.into_iter().take(kept.end).skip(kept.start).collect());
                Some(Start::FreshNow(Head::of(records.into_iter().map(|record| record.inward(&self.paths)).collect())))
            }
        };
        Ok(start.filter(|_| is_writer))
    }
}

/// Keeps a copy of a journal under a name of its own, durable before anything happens to the journal.
pub(super) fn set_copy_aside(files: &dyn Files, path: &Path) -> Result<PathBuf, OpenError> {
    let aside = free_beside(files, path, ".aside");
    let copied = files.read(path).and_then(|bytes| {
        let mut handle = files.create(&aside)?;
        handle.write_all(&bytes)?;
        handle.sync()?;
        files.sync_folder(path.parent().unwrap_or(Path::new(".")))
    });
    copied.map_err(|source| OpenError::Disk { path: aside.clone(), source })?;
    Ok(aside)
}
