//! How a journal is written, and how far it has come: what the handle and the writer's thread share.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::store::SourcePaths;
use crate::store::files::{Files, remedy};
use crate::store::lock::Owner;
use crate::store::watch::{Disturbance, Watch};

/// What to do when the disk refuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnFault {
    /// Keep what is not durable and try again every second and with every new record: there is an analyst who can make room.
    Retry,
    /// Take nothing more: whoever asked is told that it failed.
    Stop,
}

/// Why records are not durable at the moment.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the journal {} cannot be written: {what}; {remedy}", path.display())]
pub struct JournalFault {
    pub path: PathBuf,
    pub what: String,
    pub remedy: &'static str,
}

impl JournalFault {
    pub(super) fn new(path: &Path, error: &io::Error) -> Self {
        Self { path: path.to_path_buf(), what: error.to_string(), remedy: remedy(error) }
    }

    fn of(path: &Path, disturbance: Disturbance) -> Self {
        let what = match disturbance {
            Disturbance::Session => "another program replaced or removed the session file",
            Disturbance::Journal => "another program replaced, changed or removed it",
        };
        Self { path: path.to_path_buf(), what: what.to_owned(), remedy: "the work is being brought to what lies there now" }
    }
}

/// How far the journal has come.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Status {
    /// Every record below this number is on the disk.
    pub durable_below: u64,
    /// Why the last try failed, if it did.
    pub fault: Option<JournalFault>,
    /// What another program did to the files, so that nothing more is written: see [`Home::rejoin_job`](crate::store::Home).
    pub disturbance: Option<Disturbance>,
    /// The last try was to write every record below this number.
    pub(super) tried_below: u64,
}

/// How a journal is written, beside where.
pub(in crate::store) struct Manner {
    pub files: Arc<dyn Files>,
    pub paths: SourcePaths,
    pub owner: Owner,
    pub on_fault: OnFault,
    /// The session file that it stands on.
    pub watch: Option<Watch>,
    /// Called from the writer's thread whenever [`Journal::status`] changes.
    pub waker: Arc<dyn Fn() + Send + Sync>,
}

#[derive(Debug, Default)]
pub(super) struct Shared {
    pub status: Mutex<Status>,
    pub changed: Condvar,
    /// Whether what is left is not to be written: another journal has it.
    pub is_given_up: AtomicBool,
    /// The same as in the status, for those who ask often.
    pub is_disturbed: AtomicBool,
}

impl Shared {
    pub fn lock(&self) -> MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the status and tells whoever waits for that.
    pub fn update(&self, change: impl FnOnce(&mut Status)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Says that another program disturbed the files.
    pub fn disturbed(&self, path: &Path, disturbance: Disturbance) {
        self.is_disturbed.store(true, Ordering::Release);
        self.update(|status| {
            status.fault = Some(JournalFault::of(path, disturbance));
            status.disturbance = Some(disturbance);
        });
    }
}
