//! The handle on a journal's writer: it gives records their numbers and answers what is durable.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::record::Record;
use super::replay::Tail;
use super::start::Head;
use super::status::{JournalFault, Manner, Shared, Status};
use super::writer::{Pen, Target, Writer};

/// How the journal begins.
#[derive(Debug)]
pub enum Start {
    /// A journal is there: go on after its tail, first with these records. With `at_once` they do not wait for others.
    Append { tail: Tail, first: Vec<Record>, at_once: bool },
    /// Write a new journal, once there is something to add, in the place of one of this many bytes, or of none.
    Fresh(Head, u64),
    /// Write a new journal at once, in the place of any that is there.
    FreshNow(Head),
    /// The same, in the place of a journal that this process writes and whose records are all in the head. That one is
    /// given up first, or it would write into the new one.
    InPlaceOf(Journal, Head),
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
