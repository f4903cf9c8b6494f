//! The handle on a journal's writer: it gives records their numbers and answers what is durable.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Record;
use super::start::{Head, Start};
use super::writer::{Pen, Target, Writer};
use crate::store::SourcePaths;
use crate::store::files::Files;
use crate::store::lock::Owner;
use crate::store::save::remedy;
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

/// A handle on the writer; clones write to the same journal. The thread ends, with everything written, when
/// [`Journal::close`] is called or the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Journal {
    line: Arc<Line>,
}

#[derive(Debug)]
struct Line {
    /// The next number and the way to the thread, under one lock so that numbers arrive in order.
    entry: Mutex<Entry>,
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
struct Entry {
    next: u64,
    sender: Option<Sender<(u64, Record)>>,
}

#[derive(Debug, Default)]
pub(super) struct Shared {
    status: Mutex<Status>,
    changed: Condvar,
    /// Whether what is left is not to be written: another journal has it.
    pub is_given_up: AtomicBool,
    /// The same as in the status, for those who ask often.
    is_disturbed: AtomicBool,
}

impl Journal {
    /// Starts the writer.
    pub(in crate::store) fn start(path: &Path, start: Start, manner: Manner) -> Self {
        let (sender, receiver) = channel();
        let shared = Arc::new(Shared::default());
        let pen = Pen::new(&manner.owner);
        let fresh = |head: Head| {
            let next = head.len + 1;
            (Target::Fresh { head, seen: None }, next)
        };
        let is_urgent = matches!(start, Start::FreshNow(_) | Start::InPlaceOf(..) | Start::Append { at_once: true, .. });
        let ((file, next), before) = match start {
            Start::Append { tail, first, .. } => {
                let next = first.len() as u64 + 1;
                ((Target::Append { tail, first }, next), None)
            }
            Start::Fresh(head, seen) => {
                let next = head.len + 1;
                ((Target::Fresh { head, seen: Some(seen) }, next), None)
            }
            Start::FreshNow(head) => (fresh(head), None),
            Start::InPlaceOf(before, head) => (fresh(head), Some(before)),
        };
        shared.lock().durable_below = if is_urgent { 0 } else { next };
        let writer = Writer::new(path, file, next, pen, manner, shared.clone());
        let thread = std::thread::Builder::new().name("journal".to_owned()).spawn(move || {
            if let Some(before) = before {
                before.give_up();
            }
            writer.run(&receiver, is_urgent);
        });
        let failed = |error| {
            let mut status = shared.lock();
            (status.fault, status.tried_below) = (Some(JournalFault::new(path, &error)), u64::MAX);
        };
        let thread = thread.map_err(failed).ok();
        let entry = Mutex::new(Entry { next, sender: Some(sender) });
        let line = Arc::new(Line { entry, shared, thread: Mutex::new(thread) });
        register(&line);
        Self { line }
    }

    /// Takes a record and gives it its number. Never waits for the disk.
    pub fn append(&self, record: Record) -> u64 {
        let mut entry = self.line.entry();
        let number = entry.next;
        entry.next += 1;
        if let Some(sender) = &entry.sender {
            // A thread that has stopped has said why in its status.
            sender.send((number, record)).ok();
        }
        number
    }

    /// The number that the next record will have.
    pub fn next_number(&self) -> u64 {
        self.line.entry().next
    }

    pub fn status(&self) -> Status {
        self.line.shared.lock().clone()
    }

    /// Whether other programs have been at the files, so that nothing more is written.
    pub fn is_disturbed(&self) -> bool {
        self.line.shared.is_disturbed.load(Ordering::Acquire)
    }

    /// Whether the record with this number is on the disk.
    pub fn has(&self, number: u64) -> bool {
        self.line.shared.lock().durable_below > number
    }

    /// Whether every record so far is on the disk.
    pub fn is_durable(&self) -> bool {
        let next = self.next_number();
        self.line.shared.lock().durable_below >= next
    }

    /// Waits until the record with this number is on the disk.
    ///
    /// # Errors
    /// The fault that keeps it from there.
    pub fn wait(&self, number: u64) -> Result<(), JournalFault> {
        let mut status = self.line.shared.lock();
        loop {
            if status.durable_below > number {
                return Ok(());
            }
            let is_refused = status.tried_below > number || status.disturbance.is_some();
            if let Some(fault) = status.fault.as_ref().filter(|_| is_refused) {
                return Err(fault.clone());
            }
            status = self.line.shared.changed.wait(status).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits as [`wait`](Self::wait) does, and where another program disturbed the files, until whoever has the work has
    /// brought it to another journal.
    ///
    /// # Errors
    /// The fault that keeps the record from the disk for good.
    pub fn wait_out(&self, number: u64) -> Result<(), JournalFault> {
        let mut status = self.line.shared.lock();
        while status.durable_below <= number {
            match &status.fault {
                Some(fault) if status.tried_below > number && status.disturbance.is_none() => return Err(fault.clone()),
                _ => status = self.line.shared.changed.wait(status).unwrap_or_else(PoisonError::into_inner),
            }
        }
        Ok(())
    }

    /// Says that all records of this journal, whose files were disturbed, are kept elsewhere, or why they are not; and ends
    /// the thread.
    pub(in crate::store) fn resolve(&self, kept: Result<(), JournalFault>) {
        self.give_up();
        self.line.shared.is_disturbed.store(false, Ordering::Release);
        self.line.shared.update(|status| {
            status.disturbance = None;
            match kept {
                Ok(()) => *status = Status { durable_below: u64::MAX, tried_below: u64::MAX, ..Status::default() },
                Err(fault) => (status.fault, status.tried_below) = (Some(fault), u64::MAX),
            }
        });
    }

    /// Ends the thread without writing what is left.
    fn give_up(&self) {
        self.line.shared.is_given_up.store(true, Ordering::Relaxed);
        self.line.close();
    }

    /// Writes what is left and ends the thread; other handles take nothing more, and are told so by [`Journal::wait`].
    ///
    /// # Errors
    /// The fault that kept the last records from the disk.
    pub fn close(&self) -> Result<(), JournalFault> {
        self.line.close();
        let next = self.next_number();
        let status = self.status();
        match status.fault {
            Some(fault) if status.durable_below < next => Err(fault),
            _ => Ok(()),
        }
    }
}

/// The writers of this process, for the moment when it breaks off.
static OPEN: Mutex<Vec<Weak<Line>>> = Mutex::new(Vec::new());

fn register(line: &Arc<Line>) {
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    open.retain(|line| line.strong_count() > 0);
    open.push(Arc::downgrade(line));
}

/// Waits until everything that any journal was given is on the disk, but no longer than `limit`; answers whether it is.
/// For the moment when a thread breaks off, perhaps with one of the locks in its hands: no lock is waited for.
pub fn settle_all(limit: Duration) -> bool {
    let end = Instant::now() + limit;
    loop {
        let is_settled = try_lock(&OPEN).is_some_and(|open| open.iter().filter_map(Weak::upgrade).all(|line| line.is_settled()));
        if is_settled || Instant::now() >= end {
            return is_settled;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn try_lock<T>(lock: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match lock.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

impl Line {
    /// Whether everything so far is known to be on the disk.
    fn is_settled(&self) -> bool {
        let next = try_lock(&self.entry).map(|entry| entry.next);
        let durable_below = try_lock(&self.shared.status).map(|status| status.durable_below);
        next.zip(durable_below).is_some_and(|(next, durable_below)| durable_below >= next)
    }

    fn entry(&self) -> MutexGuard<'_, Entry> {
        self.entry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        self.entry().sender = None;
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            thread.join().ok();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.close();
    }
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
