//! Whether a session's files still are what this process left there.
//!
//! Other programs replace, remove and rename files while a session is open: git, synchronising programs, people. Before
//! anything is added to the journal it is asked whether the session file is the one that the journal stands on. That costs
//! a look at its stamp; only where that is another is the file read.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::files::{Files, Stamp};
use crate::annotation::Digest;

/// What another program did to a session's files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disturbance {
    /// The session file is another, or gone.
    Session,
    /// The journal is another, shorter or longer than this process left it, or gone.
    Journal,
}

/// By what a journal knows a version of its session file: the hash of its text, whatever line ends a checkout gave it. No
/// file of ours has a carriage return of its own.
pub(super) fn version_of(bytes: &[u8]) -> Digest {
    if memchr::memmem::find(bytes, b"\r\n").is_none() {
        return Digest::of(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => plain.extend(line.iter().chain(b"\n")),
            None => plain.extend(line),
        }
    }
    Digest::of(&plain)
}

/// By what this process knows the session file: the hashes of what it last read or wrote, and of what it tried to since,
/// for a rename may have happened although it was reported as failed. None where no file of ours is there yet.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownFile(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    digests: Vec<Digest>,
    /// As it was when it was last seen to be one of those.
    stamp: Option<Stamp>,
}

impl KnownFile {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is(&self, digest: Digest) -> bool {
        self.lock().digests.contains(&digest)
    }

    /// The file is this one now; `stamp` as it was at latest when it was read, at earliest after it was written.
    pub fn set(&self, digest: Digest, stamp: Option<Stamp>) {
        *self.lock() = Known { digests: vec![digest], stamp };
    }

    pub fn may_become(&self, digest: Digest) {
        self.lock().digests.push(digest);
    }

    /// The hash of the file as it was last read or written.
    pub fn digest(&self) -> Option<Digest> {
        self.lock().digests.first().copied()
    }

    /// Whether the file at `path` is known. A folder that is gone was moved with all that is in it: that is no change.
    ///
    /// # Errors
    /// Where a file is there and cannot be read.
    pub fn is_at(&self, files: &dyn Files, path: &Path) -> io::Result<bool> {
        if self.lock().digests.is_empty() {
            return Ok(true);
        }
        let stamp = match files.stamp(path) {
            Ok(stamp) => stamp,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(!has_folder(files, path)),
            Err(error) => return Err(error),
        };
        if self.lock().stamp == Some(stamp) {
            return Ok(true);
        }
        let is_known = self.is(Digest::of(&files.read(path)?));
        if is_known {
            self.lock().stamp = Some(stamp);
        }
        Ok(is_known)
    }
}

/// Whether the folder of a file is there.
pub(super) fn has_folder(files: &dyn Files, path: &Path) -> bool {
    path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || files.exists(folder))
}

/// The session file that a journal stands on.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    pub path: PathBuf,
    pub known: KnownFile,
}
