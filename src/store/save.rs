//! Saving: the new file is whole on the disk before it takes the place of the old one, and the old one is kept.
//!
//! Temporary file, fsync, checkpoint in the journal, second name for the old file, rename, fsync of the folder. Whatever
//! fails, and whenever the process ends, one of the two files is there and the journal knows it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{Files, Handle, remedy};
use super::journal::{Journal, JournalFault, Record};
use super::names::{beside, free_beside};
use super::watch::KnownFile;
use super::{Saved, SourcePaths, write};
use crate::annotation::{Digest, Session};

#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("{} has been changed by another program since it was opened or saved; nothing was written: load it again, or save this work under another name", .0.display())]
    ChangedOutside(PathBuf),
    #[error("{0}; save the work under another name")]
    ReadOnly(String),
    #[error("there is no file to save to yet; give it a name")]
    NoName,
    #[error("{} could not be saved: {doing}: {source}; {}; the work is still here", path.display(), remedy(source))]
    Disk { path: PathBuf, doing: &'static str, source: io::Error },
}

/// Writes a file of any kind so that it appears whole or not at all.
///
/// # Errors
/// [`SaveError::Disk`]; what was at `path` is as it was.
pub fn write_whole(files: &dyn Files, path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    write_whole_like(files, path, bytes, path)
}

/// Writes a session to a name where none is. A journal that another session left there is set aside first, and its new
/// place returned: it says nothing of this one.
///
/// # Errors
/// [`SaveError::Disk`]; what was at `path` is as it was.
pub fn write_new(files: &dyn Files, path: &Path, saved: &Saved) -> Result<Option<PathBuf>, SaveError> {
    let journal = beside(path, ".journal");
    let aside = files.exists(&journal).then(|| free_beside(files, &journal, ".aside"));
    if let Some(aside) = &aside {
        let fail = |source| SaveError::Disk { path: journal.clone(), doing: "setting aside the journal of another session", source };
        files.rename(&journal, aside).map_err(fail)?;
    }
    write_whole(files, path, write(saved, &SourcePaths::beside(path)).as_bytes())?;
    Ok(aside)
}

/// As [`write_whole`], with the permissions of another file where that is there.
pub(super) fn write_whole_like(files: &dyn Files, path: &Path, bytes: &[u8], like: &Path) -> Result<(), SaveError> {
    let path = files.resolve(path).map_err(|source| SaveError::Disk { path: path.to_path_buf(), doing: "finding its folder", source })?;
    let step = Steps { files, path: &path, temporary: beside(&path, &format!(".{}.tmp", std::process::id())), like };
    step.write_temporary(bytes)?;
    step.put_in_place()
}

/// A save on its way: everything that a worker thread needs, so that the window waits for no disk.
#[derive(Debug)]
pub struct SaveJob {
    pub(super) files: Arc<dyn Files>,
    pub(super) path: PathBuf,
    pub(super) paths: SourcePaths,
    pub(super) saved: Saved,
    pub(super) revision: u64,
    pub(super) known: KnownFile,
    /// Whether to write over a file that is not the expected one.
    pub(super) is_forced: bool,
    /// Whether the old file is kept for good, because it was not opened as it stood.
    pub(super) keeps_old: bool,
    pub(super) journal: Option<Journal>,
    /// The number of the journal's last record that the work holds.
    pub(super) after: u64,
}

/// What a save did.
#[derive(Clone, PartialEq, Debug)]
pub struct Receipt {
    pub path: PathBuf,
    pub digest: Digest,
    /// The history's revision that was saved.
    pub revision: u64,
    /// What was saved.
    pub(super) session: Session,
    /// The file was saved, but its journal could not be told.
    pub journal_fault: Option<JournalFault>,
    /// Where the old file was kept for good.
    pub kept: Option<PathBuf>,
}

impl SaveJob {
    /// Writes the file. Takes the time that a disk takes.
    ///
    /// # Errors
    /// [`SaveError`]; the file that was there is untouched.
    pub fn run(self) -> Result<Receipt, SaveError> {
        let bytes = write(&self.saved, &self.paths).into_bytes();
        let digest = Digest::of(&bytes);
        let step = Steps { files: &*self.files, path: &self.path, temporary: beside(&self.path, ".tmp"), like: &self.path };
        let old = step.read_old()?;
        if !self.is_forced && old.as_ref().is_some_and(|old| !self.known.is(Digest::of(old))) {
            return Err(SaveError::ChangedOutside(self.path));
        }
        step.write_temporary(&bytes)?;
        let journal_fault = self.journal.as_ref().and_then(|journal| {
            let number = journal.append(Record::Checkpoint { file: digest, after: self.after });
            journal.wait(number).err()
        });
        // Somebody else has been at the journal: what he decided is not in this work yet.
        if !self.is_forced && self.journal.as_ref().is_some_and(Journal::is_disturbed) {
            self.files.remove(&step.temporary).ok();
            return Err(SaveError::ChangedOutside(self.path));
        }
        let kept = match &old {
            Some(old) => step.keep_old(old, self.keeps_old)?,
            None => None,
        };
        self.known.may_become(digest);
        let stamp = self.files.stamp(&step.temporary).ok();
        step.put_in_place()?;
        self.known.set(digest, stamp);
        if let Some(journal) = &self.journal {
            // Where this does not come to the disk, the next opening finds it out.
            journal.append(Record::Placed { file: digest });
        }
        Ok(Receipt { path: self.path, digest, revision: self.revision, session: self.saved.session, journal_fault, kept })
    }
}

/// The steps of a save, each told by name when it fails.
struct Steps<'a> {
    files: &'a dyn Files,
    path: &'a Path,
    temporary: PathBuf,
    /// Whose permissions the new file takes.
    like: &'a Path,
}

impl Steps<'_> {
    fn fail(&self, doing: &'static str, source: io::Error) -> SaveError {
        self.files.remove(&self.temporary).ok();
        SaveError::Disk { path: self.path.to_path_buf(), doing, source }
    }

    fn read_old(&self) -> Result<Option<Vec<u8>>, SaveError> {
        match self.files.read(self.path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.fail("reading the file that is there", error)),
        }
    }

    fn write_temporary(&self, bytes: &[u8]) -> Result<(), SaveError> {
        let written = self.files.create_like(&self.temporary, self.like).and_then(|mut handle: Box<dyn Handle>| {
            handle.write_all(bytes)?;
            handle.sync()
        });
        written.map_err(|error| self.fail("writing the new file beside it", error))?;
        if self.files.exists(self.path) {
            self.files.copy_mode(self.path, &self.temporary).map_err(|error| self.fail("keeping its permissions", error))?;
        }
        Ok(())
    }

    /// Keeps the old file under `NAME.bak`, or for good under a name of its own.
    fn keep_old(&self, old: &[u8], for_good: bool) -> Result<Option<PathBuf>, SaveError> {
        let name = if for_good { free_beside(self.files, self.path, ".before-repair") } else { beside(self.path, ".bak") };
        let spare = beside(&name, ".tmp");
        if self.files.exists(&spare) {
            self.files.remove(&spare).map_err(|error| self.fail("keeping the previous version", error))?;
        }
        let is_linked = self.files.link(self.path, &spare).is_ok();
        let spared = if is_linked { Ok(()) } else { self.copy(old, &spare) };
        let kept = spared.and_then(|()| self.files.rename(&spare, &name));
        match kept {
            Ok(()) => {
                // Where both names are one file already, the rename leaves the first.
                self.files.remove(&spare).ok();
                Ok(for_good.then_some(name))
            }
            Err(error) => {
                self.files.remove(&spare).ok();
                Err(self.fail("keeping the previous version", error))
            }
        }
    }

    /// For file systems where a file has one name only.
    fn copy(&self, bytes: &[u8], to: &Path) -> io::Result<()> {
        let mut handle = self.files.create_like(to, self.path)?;
        handle.write_all(bytes)?;
        handle.sync()
    }

    fn put_in_place(&self) -> Result<(), SaveError> {
        self.files.rename(&self.temporary, self.path).map_err(|error| self.fail("putting the new file in its place", error))?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        self.files.sync_folder(folder).map_err(|error| self.fail("making the folder durable", error))
    }
}
