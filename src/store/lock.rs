//! One writer at a time: `NAME.ron.lock` beside a session says who has it open.
//!
//! The operating system's lock on that file decides, so that a killed process never leaves a session locked; what stands
//! in the file only tells people who it is. Where the file system has no locks, the file itself counts, unless it names
//! a process of this computer that is gone. A file changed outside is noticed by its hash before a save in any case.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{Files, Held};
use crate::annotation::Time;

/// Who has a session open.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The analyst's name, or the user's of the operating system.
    pub owner: String,
    pub host: String,
    pub pid: u32,
    pub at: Time,
}

impl Owner {
    /// This process, for the analyst `name`; where that is empty, for the operating system's user.
    pub fn this_process(name: &str, at: Time) -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let user = || variable("USER").or_else(|| variable("USERNAME")).unwrap_or_else(|| "somebody".to_owned());
        let owner = if name.trim().is_empty() { user() } else { name.trim().to_owned() };
        Self { owner, host: host(), pid: std::process::id(), at }
    }

    /// Whether it names a process of this computer that is no more. Known only where `/proc` is.
    fn is_gone(&self) -> bool {
        self.host == host() && Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{}", self.pid)).exists()
    }
}

fn host() -> String {
    let named = std::fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| std::fs::read_to_string("/etc/hostname"));
    let named = named.ok().or_else(|| std::env::var("COMPUTERNAME").ok()).or_else(|| std::env::var("HOSTNAME").ok());
    named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "this computer".to_owned())
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {} (process {}) since {}", self.owner, self.host, self.pid, self.at)
    }
}

/// The lock on one session; dropping it lets go.
#[derive(Debug)]
pub struct Lock {
    held: Box<dyn Held>,
    /// Who had it and ended without letting go.
    pub taken_over_from: Option<Owner>,
}

#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error("it is open already: {0}")]
    Held(Owner),
    #[error("it is open in another program, which does not say who it is; close it there")]
    HeldByUnknown,
    #[error("the lock file {path} cannot be used: {source}")]
    File { path: PathBuf, source: io::Error },
}

impl Lock {
    /// The file at `path`, which is named after what it locks, with `.lock` behind it.
    ///
    /// # Errors
    /// [`LockError::Held`] when another process has it; [`LockError::File`] when the folder cannot be written.
    pub fn take(files: &dyn Files, path: &Path, owner: &Owner) -> Result<Self, LockError> {
        let fail = |source| LockError::File { path: path.to_path_buf(), source };
        let before = files.read(path).ok().and_then(|bytes| parse(&bytes));
        let held = match files.lock(path, &path.with_extension("")) {
            Ok(held) => held,
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Self::without_locks(files, path, before.as_ref())?,
            Err(error) => return Err(fail(error)),
        };
        let Some(mut held) = held else {
            return Err(before.map_or(LockError::HeldByUnknown, LockError::Held));
        };
        held.write(&format!("{}\n", ron::to_string(owner).unwrap_or_default())).map_err(fail)?;
        Ok(Self { held, taken_over_from: before })
    }

    /// Whether others meet it: its file lies where it was taken.
    pub fn is_in_place(&self) -> bool {
        self.held.is_in_place()
    }

    fn without_locks(files: &dyn Files, path: &Path, before: Option<&Owner>) -> Result<Option<Box<dyn Held>>, LockError> {
        let fail = |source| LockError::File { path: path.to_path_buf(), source };
        if let Some(owner) = before.filter(|owner| !owner.is_gone()) {
            return Err(LockError::Held(owner.clone()));
        }
        files.create(path).map_err(fail)?;
        Ok(Some(Box::new(NameOnly(path.to_path_buf()))))
    }
}

fn parse(bytes: &[u8]) -> Option<Owner> {
    ron::from_str(std::str::from_utf8(bytes).ok()?).ok()
}

/// A lock file where only its being there locks.
#[derive(Debug)]
struct NameOnly(PathBuf);

impl Held for NameOnly {
    fn write(&mut self, content: &str) -> io::Result<()> {
        std::fs::write(&self.0, content)
    }

    fn is_in_place(&self) -> bool {
        self.0.exists()
    }
}

impl Drop for NameOnly {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::RealFiles;

    #[test]
    fn the_second_is_told_who_has_it_and_a_left_over_file_is_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("s.ron.lock");
        let ann = Owner { owner: "Ann".to_owned(), host: "desk".to_owned(), pid: 7, at: Time(1_700_000_000) };
        let lock = Lock::take(&RealFiles, &path, &ann).expect("free");
        let refused = Lock::take(&RealFiles, &path, &Owner::default()).expect_err("held").to_string();
        assert_eq!(refused, "it is open already: Ann on desk (process 7) since 2023-11-14T22:13:20Z");
        drop(lock);
        assert!(!path.exists() || cfg!(windows));
        std::fs::write(&path, ron::to_string(&ann).expect("plain")).expect("written");
        let lock = Lock::take(&RealFiles, &path, &Owner::default()).expect("nobody holds it");
        assert_eq!(lock.taken_over_from, Some(ann));
    }
}
