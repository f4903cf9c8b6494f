//! Opening a session: file, lock, journal, in this order, and everything told that an analyst should know.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::home::{Home, ReadOnly, Surroundings};
use super::journal::{Fit, Head, Record, Replay, Start, replay};
use super::lock::{Lock, LockError, Owner};
use super::names::{beside, free_beside};
use super::read::{Progress, read_with};
use super::watch::{KnownFile, version_of};
use super::{Fault, Files, Reading, Repair, Saved, SourcePaths, mounts};
use crate::annotation::{Digest, Edit, History};

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
    /// Changes that were made on another version of the file and that this one does not hold.
    pub missing: Vec<Edit>,
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
    /// The journal says nothing of how it belongs to the file.
    JournalForeign {
        aside: Option<PathBuf>,
        edits: usize,
    },
    /// The file is another version than the one that was worked on here, and does not hold all that was decided then. The
    /// journal keeps it; of these changes, `unsaved` were never in any file.
    OtherVersion {
        journal: PathBuf,
        missing: usize,
        unsaved: usize,
    },
    /// The file has this many names, and a save gives a file of its own to the one that was opened.
    SeveralNames(u64),
    /// Others may not meet the lock, because of the kind of file system that the session lies on.
    LockUnsure(String),
    /// The lock's file was removed, and somebody else has the lock now.
    LockLost(String),
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
                "the journal with {edits} changes does not tell which session it belongs to, so nothing was taken from it; {}",
                kept(aside)
            ),
            Notice::OtherVersion { journal, missing, unsaved } => {
                let (changes, them) = if *missing == 1 { ("1 change", "it") } else { (&*format!("{missing} changes"), "them") };
                write!(f, "this is another version of the file than the one that was worked on here, and {changes} made then")?;
                match unsaved {
                    0 => write!(f, " are not in it")?,
                    n if n == missing => write!(f, " and never saved are not in it")?,
                    n => write!(f, ", {n} of them never saved, are not in it")?,
                }
                let journal = journal.display();
                write!(f, "; nothing was taken: {journal} keeps {them}, and manicule apply takes {them} from there")
            }
            Notice::SeveralNames(n) => {
                write!(f, "the file has {n} names (hard links): saving gives this name a new file, and under the others the old one stays")
            }
            Notice::LockUnsure(kind) => write!(
                f,
                "the session lies on a {kind} file system, where a lock may not reach other computers: see that nobody else has it open"
            ),
            Notice::LockLost(who) => {
                write!(f, "the lock on the session was removed, and {who}; both write to it now: close one of the two")
            }
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
        Self::open_with(path, intent, around, &|_, _| {})
    }

    /// The same, telling from several threads how many articles of how many have been read.
    ///
    /// # Errors
    /// As [`Opened::open`].
    pub fn open_with(path: &Path, intent: Intent, around: Surroundings, progress: Progress<'_>) -> Result<Self, OpenError> {
        let disk = |source| OpenError::Disk { path: path.to_path_buf(), source };
        let path = around.files.resolve(path).map_err(disk)?;
        let (lock, read_only) = lock(&path, intent, &around);
        let took_over = lock.as_ref().and_then(|lock| lock.taken_over_from.clone()).map(Notice::TookOver);
        let is_locked = lock.is_some();
        let mut opened = Self::load(&path, lock, read_only, around, None, progress)?;
        if is_locked {
            opened.notices.extend(mounts::unsure_kind(&path).map(Notice::LockUnsure));
        }
        opened.notices.splice(..0, took_over);
        Ok(opened)
    }

    /// Reads a session file, whose path has no links left to follow, and its journal. What is in the history `own` is in
    /// memory: of changes that the file does not hold, only others are kept and told.
    pub(super) fn load(
        path: &Path,
        lock: Option<Lock>,
        mut read_only: Option<ReadOnly>,
        around: Surroundings,
        own: Option<&History>,
        progress: Progress<'_>,
    ) -> Result<Self, OpenError> {
        let disk = |source| OpenError::Disk { path: path.to_path_buf(), source };
        // As it is before it is read: what is changed after that is noticed.
        let stamp = around.files.stamp(path).map_err(disk)?;
        let bytes = around.files.read(path).map_err(disk)?;
        let paths = SourcePaths::beside(path);
        let reading = read_with(&bytes, &paths, progress).map_err(|fault| OpenError::Fault(path.to_path_buf(), fault))?;
        if reading.is_newer() {
            read_only = Some(ReadOnly::Newer(reading.format));
        } else if stamp.is_read_only {
            read_only = read_only.or(Some(ReadOnly::Protected));
        }
        let (digest, version) = (Digest::of(&bytes), version_of(&bytes));
        drop(bytes);
        let journal_path = beside(path, ".journal");
        let journal_bytes = match around.files.read(&journal_path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            bytes => bytes.map_err(|source| OpenError::Disk { path: journal_path.clone(), source })?,
        };
        let Reading { saved, repairs, .. } = reading;
        let mut replay = replay(&journal_bytes, version, saved.session, &paths, around.owner.at);
        if let Some(own) = own {
            replay.missing.retain(|edit| !own.entries().iter().any(|entry| entry.edit == *edit));
        }
        let seen = journal_bytes.len() as u64;
        drop(journal_bytes);
        if let Fit::Newer { format } = replay.fit {
            read_only = Some(ReadOnly::NewerJournal(format));
        }
        let mut notices: Vec<Notice> = Vec::new();
        let keeps_old = !repairs.is_empty();
        if keeps_old {
            notices.push(Notice::Repaired(repairs));
        }
        if replay.recovered > 0 {
            notices.push(Notice::Recovered { edits: replay.recovered });
        }
        if stamp.names > 1 {
            notices.push(Notice::SeveralNames(stamp.names));
        }
        let known = KnownFile::default();
        known.set(digest, Some(stamp));
        let mut home = Home {
            around,
            path: Some(path.to_path_buf()),
            paths,
            journal: None,
            journal_path: None,
            lock,
            known,
            read_only,
            saved_revision: replay.saved_revision,
            in_file: replay.base.clone(),
            held_len: replay.held_len,
            keeps_old,
            base: None,
            moving: None,
        };
        match home.settle_journal(&replay, version, &journal_path, seen, &mut notices)? {
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
        Ok(Self { saved, history: replay.history, home, notices, missing: replay.missing })
    }
}

/// The lock, or why there is none.
pub(super) fn lock(path: &Path, intent: Intent, around: &Surroundings) -> (Option<Lock>, Option<ReadOnly>) {
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
    /// How the journal goes on, after what does not fit was set aside; `None` where it may not be written. `seen` is how
    /// many bytes of it were read.
    pub(super) fn settle_journal(
        &self,
        replay: &Replay,
        digest: Digest,
        path: &Path,
        seen: u64,
        notices: &mut Vec<Notice>,
    ) -> Result<Option<Start>, OpenError> {
        let files = &*self.around.files;
        let is_writer = self.read_only.is_none();
        let checkpoint = || Head::of(vec![Record::Checkpoint { file: digest, after: 0 }]);
        let copy_aside = || if is_writer { set_copy_aside(files, path, self.path.as_deref()).map(Some) } else { Ok(None) };
        let tail = || replay.tail.clone();
        let start = match &replay.fit {
            Fit::Whole { first } => Some(Start::Append { tail: tail(), first: first.clone(), at_once: false }),
            Fit::Older { records } => Some(Start::FreshNow(Head::of(records.clone()))),
            Fit::Missing => Some(Start::Fresh(checkpoint(), seen)),
            Fit::Newer { .. } => None,
            Fit::Elsewhere { first, unsaved } => {
                if !replay.missing.is_empty() {
                    let (journal, missing) = (path.to_path_buf(), replay.missing.len());
                    notices.push(Notice::OtherVersion { journal, missing, unsaved: *unsaved });
                }
                Some(Start::Append { tail: tail(), first: first.clone(), at_once: true })
            }
            Fit::Foreign { edits } => {
                let aside = is_writer.then(|| free_beside(files, path, ".aside"));
                if let Some(aside) = &aside {
                    files.rename(path, aside).map_err(|source| OpenError::Disk { path: path.to_path_buf(), source })?;
                }
                notices.push(Notice::JournalForeign { aside, edits: *edits });
                Some(Start::Fresh(checkpoint(), 0))
            }
            Fit::Damaged { records, lost } => {
                notices.push(Notice::JournalDamaged { aside: copy_aside()?, lost: *lost });
                Some(Start::FreshNow(Head::of(records.clone())))
            }
        };
        Ok(start.filter(|_| is_writer))
    }
}

/// Keeps a copy of a journal under a name of its own, durable before anything happens to the journal. It has the
/// permissions of the session, where there is one.
pub(super) fn set_copy_aside(files: &dyn Files, path: &Path, session: Option<&Path>) -> Result<PathBuf, OpenError> {
    let aside = free_beside(files, path, ".aside");
    let copied = files.read(path).and_then(|bytes| {
        let mut handle = files.create_like(&aside, session.unwrap_or(path))?;
        handle.write_all(&bytes)?;
        handle.sync()?;
        files.sync_folder(path.parent().unwrap_or(Path::new(".")))
    });
    copied.map_err(|source| OpenError::Disk { path: aside.clone(), source })?;
    Ok(aside)
}
