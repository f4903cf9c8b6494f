//! The writer of a journal: a thread that appends and syncs, so that nobody waits for a disk.
//!
//! [`Journal::append`] gives a record its number and returns at once. The thread takes whatever has gathered, writes it in
//! one piece and syncs it; while a sync runs, the next group gathers, so decisions come to the disk at the disk's own pace.
//! When writing fails, the file is cut back to what was durable and the group is kept in memory and tried again (a failed
//! fsync may have dropped pages, so the whole group is written anew).

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::record::{JOURNAL_FORMAT, Record, encode};
use super::start::{Head, Start};
use crate::store::SourcePaths;
use crate::store::files::{Files, Handle};
use crate::store::save::{beside, remedy};

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
    fn new(path: &Path, error: &io::Error) -> Self {
        Self { path: path.to_path_buf(), what: error.to_string(), remedy: remedy(error) }
    }
}

/// How far the journal has come.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Status {
    /// Every record below this number is on the disk.
    pub durable_below: u64,
    /// Why the last try failed, if it did.
    pub fault: Option<JournalFault>,
    /// The last try was to write every record below this number.
    tried_below: u64,
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
struct Shared {
    status: Mutex<Status>,
    changed: Condvar,
    /// Whether what is left is not to be written: another journal has it.
    is_given_up: AtomicBool,
}

impl Journal {
    /// Starts the writer. `waker` is called from its thread whenever [`Journal::status`] changes.
    pub fn start(
        files: Arc<dyn Files>,
        path: &Path,
        paths: SourcePaths,
        start: Start,
        on_fault: OnFault,
        waker: Arc<dyn Fn() + Send + Sync>,
    ) -> Self {
        let (sender, receiver) = channel();
        let shared = Arc::new(Shared::default());
        let fresh = |head: Head| {
            let next = head.len + 1;
            (Target::Fresh(head), next)
        };
        let is_urgent = matches!(start, Start::FreshNow(_) | Start::InPlaceOf(..));
        let ((file, next), before) = match start {
            Start::Append { len, next } => ((Target::Append { len }, next), None),
            Start::Fresh(head) | Start::FreshNow(head) => (fresh(head), None),
            Start::InPlaceOf(before, head) => (fresh(head), Some(before)),
        };
        shared.lock().durable_below = if is_urgent { 0 } else { next };
        let writer = Writer {
            files,
            path: path.to_path_buf(),
            paths,
            on_fault,
            file,
            handle: None,
            pending: Vec::new(),
            pending_below: next,
            shared: shared.clone(),
            waker,
        };
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
            if let Some(fault) = status.fault.as_ref().filter(|_| status.tried_below > number) {
                return Err(fault.clone());
            }
            status = self.line.shared.changed.wait(status).unwrap_or_else(PoisonError::into_inner);
        }
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
    fn lock(&self) -> MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is on the disk, as far as is known.
enum Target {
    Append {
        len: u64,
    },
    /// The journal is yet to be written.
    Fresh(Head),
}

/// What the thread owns.
struct Writer {
    files: Arc<dyn Files>,
    path: PathBuf,
    paths: SourcePaths,
    on_fault: OnFault,
    file: Target,
    handle: Option<Box<dyn Handle>>,
    /// Lines that are not durable.
    pending: Vec<u8>,
    /// Every number below this one is durable or pending.
    pending_below: u64,
    shared: Arc<Shared>,
    waker: Arc<dyn Fn() + Send + Sync>,
}

/// How long a refused group waits for its next try.
const RETRY: Duration = Duration::from_secs(1);

impl Writer {
    fn run(mut self, receiver: &Receiver<(u64, Record)>, is_urgent: bool) {
        let mut has_work = is_urgent;
        loop {
            if has_work {
                let result = self.flush();
                let is_ok = result.is_ok();
                self.publish(result);
                if !is_ok && self.on_fault == OnFault::Stop {
                    return self.cut_back();
                }
                has_work = !is_ok;
            }
            match self.receive(receiver, has_work) {
                Received::Some => has_work = true,
                Received::None => {}
                Received::Closed => break,
            }
        }
        if !self.pending.is_empty() && !self.shared.is_given_up.load(Ordering::Relaxed) {
            let result = self.flush();
            self.publish(result);
        }
        self.end();
    }

    /// Tells whoever waits for a later record that none will be written.
    fn end(&self) {
        let mut status = self.shared.lock();
        status.tried_below = u64::MAX;
        if status.fault.is_none() {
            let closed = io::Error::other("it is closed");
            status.fault = Some(JournalFault::new(&self.path, &closed));
        }
        drop(status);
        self.shared.changed.notify_all();
    }

    /// Waits for a record and takes all that have gathered with it. With work left over, it waits only for a while.
    fn receive(&mut self, receiver: &Receiver<(u64, Record)>, has_work: bool) -> Received {
        let first = if has_work { receiver.recv_timeout(RETRY) } else { receiver.recv().map_err(|_| RecvTimeoutError::Disconnected) };
        match first {
            Ok(record) => self.take(record),
            Err(RecvTimeoutError::Timeout) => return Received::None,
            Err(RecvTimeoutError::Disconnected) => return Received::Closed,
        }
        loop {
            match receiver.try_recv() {
                Ok(record) => self.take(record),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return Received::Some,
            }
        }
    }

    fn take(&mut self, (number, record): (u64, Record)) {
        // An edit is made of texts and numbers: JSON holds it.
        encode(number, &record.outward(&self.paths), &mut self.pending).ok();
        self.pending_below = number + 1;
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.try_flush();
        if result.is_err() {
            // What was half written is cut off with the next opening.
            self.handle = None;
        }
        result
    }

    /// Takes half a group off the file, so that what was called lost does not come back.
    fn cut_back(&mut self) {
        if let Target::Append { len } = &self.file {
            self.files.append(&self.path, *len).ok();
        }
    }

    fn try_flush(&mut self) -> io::Result<()> {
        let len = match &self.file {
            Target::Append { len } => *len,
            Target::Fresh(head) => {
                let len = self.write_head((head.make)())?;
                self.file = Target::Append { len };
                len
            }
        };
        let handle = match &mut self.handle {
            Some(handle) => handle,
            none => none.insert(self.files.append(&self.path, len)?),
        };
        handle.write_all(&self.pending)?;
        handle.sync()?;
        if !self.files.exists(&self.path) {
            return Err(io::Error::new(io::ErrorKind::NotFound, "the file has been removed"));
        }
        self.file = Target::Append { len: len + self.pending.len() as u64 };
        self.pending.clear();
        Ok(())
    }

    /// A new journal takes the place of the old one in one step; returns its length in bytes.
    fn write_head(&self, head: Vec<Record>) -> io::Result<u64> {
        let mut bytes = Vec::new();
        encode(0, &Record::Journal { format: JOURNAL_FORMAT }, &mut bytes)?;
        for (number, record) in (1..).zip(head) {
            encode(number, &record.outward(&self.paths), &mut bytes)?;
        }
        let temporary = beside(&self.path, ".tmp");
        let mut handle = self.files.create(&temporary)?;
        handle.write_all(&bytes)?;
        handle.sync()?;
        drop(handle);
        self.files.rename(&temporary, &self.path)?;
        if let Some(folder) = self.path.parent() {
            self.files.sync_folder(folder)?;
        }
        Ok(bytes.len() as u64)
    }

    fn publish(&self, result: io::Result<()>) {
        let mut status = self.shared.lock();
        match result {
            Ok(()) => *status = Status { durable_below: self.pending_below, fault: None, tried_below: self.pending_below },
            Err(error) => {
                // Whoever stops at a fault tries nothing that comes later.
                status.tried_below = if self.on_fault == OnFault::Stop { u64::MAX } else { self.pending_below };
                status.fault = Some(JournalFault::new(&self.path, &error));
            }
        }
        drop(status);
        self.shared.changed.notify_all();
        (self.waker)();
    }
}

enum Received {
    Some,
    None,
    Closed,
}
