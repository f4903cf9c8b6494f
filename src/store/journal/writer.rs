//! The writer: a thread that appends and syncs, so that nobody waits for a disk.
//!
//! It takes whatever records have gathered, writes them in one piece and syncs them; while a sync runs, the next group
//! gathers, so decisions come to the disk at the disk's own pace. When writing fails, the file is cut back to what was
//! durable and the group is kept in memory and tried again (a failed fsync may have dropped pages, so the whole group is
//! written anew).
//!
//! Before and after each group it looks whether the journal and the session file still are what it left. Where another
//! program has been at them it writes nothing more and says so: whoever has the work in memory brings it to what lies there
//! now. The file is open for appending, so that even two writers who do not know of each other never write over one
//! another's records.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

use super::record::{JOURNAL_FORMAT, Record, WriterId, encode};
use super::replay::Tail;
use super::start::Head;
use super::status::{JournalFault, Manner, OnFault, Shared, Status};
use crate::store::files::{Handle, Stamp};
use crate::store::lock::Owner;
use crate::store::names::beside;
use crate::store::watch::{Disturbance, has_folder};

/// Who writes: the letters and the name that records of this opening carry.
pub(super) struct Pen {
    seed: u64,
    owner: Owner,
}

/// Tells writers of one process apart.
static COUNT: AtomicU64 = AtomicU64::new(0);

impl Pen {
    pub fn new(owner: &Owner) -> Self {
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let seed = u64::from(owner.pid).wrapping_mul(7919).wrapping_add(owner.at.0.unsigned_abs()).wrapping_add(n.wrapping_mul(677));
        Self { seed: seed % 17_576, owner: owner.clone() }
    }
}

/// What is on the disk, as far as is known.
pub(super) enum Target {
    /// A journal that another opening wrote.
    Append { tail: Tail, first: Vec<Record> },
    /// The journal is yet to be written, in the place of one of as many bytes, or of any.
    Fresh { head: Head, seen: Option<u64> },
    /// A journal that this writer has written to; its first `len` bytes are known.
    Going { id: u128, len: u64 },
}

/// What the thread owns.
pub(super) struct Writer {
    path: PathBuf,
    manner: Manner,
    writer: WriterId,
    file: Target,
    handle: Option<Box<dyn Handle>>,
    /// Lines that say that this writer begins, until they are durable.
    opening: Vec<u8>,
    /// Lines that are not durable.
    pending: Vec<u8>,
    /// Every number below this one is durable or pending.
    pending_below: u64,
    /// What was being written when the disk refused: a part of it may stand at the end of the file.
    refused: Vec<u8>,
    shared: Arc<Shared>,
}

/// Why a group is not on the disk.
enum Trouble {
    Disk(io::Error),
    Disturbed(Disturbance),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::Disk(error)
    }
}

/// How long a refused group waits for its next try.
const RETRY: Duration = Duration::from_secs(1);

impl Writer {
    pub fn new(path: &Path, file: Target, next: u64, pen: Pen, manner: Manner, shared: Arc<Shared>) -> Self {
        let mut opening = Vec::new();
        let mut writer = WriterId::of(pen.seed);
        if let Target::Append { tail, first } = &file {
            let is_free = |id: &WriterId| !tail.writers.contains(id);
            writer = (0..=tail.writers.len() as u64).map(|n| WriterId::of(pen.seed + n)).find(is_free).unwrap_or(writer);
            let who = format!("{} on {}", pen.owner.owner, pen.owner.host);
            let begin = Record::Begin { who, at: pen.owner.at, seen: tail.lines };
            for (number, record) in (0..).zip(std::iter::once(&begin).chain(first)) {
                // Made of texts and numbers: JSON holds them.
                encode(writer, number, record, &mut opening).ok();
            }
        }
        let path = path.to_path_buf();
        let (pending, refused) = (Vec::new(), Vec::new());
        Self { path, manner, writer, file, handle: None, opening, pending, pending_below: next, refused, shared }
    }

    pub fn run(mut self, receiver: &Receiver<(u64, Record)>, is_urgent: bool) {
        let mut has_work = is_urgent;
        loop {
            if has_work {
                match self.flush() {
                    Ok(()) => has_work = false,
                    Err(Trouble::Disturbed(disturbance)) => return self.give_way(disturbance, receiver),
                    Err(Trouble::Disk(_)) if self.manner.on_fault == OnFault::Stop => return self.cut_back(),
                    Err(Trouble::Disk(_)) => {}
                }
            }
            match self.receive(receiver, has_work) {
                Received::Some => has_work = true,
                Received::None => {}
                Received::Closed => break,
            }
        }
        if !self.pending.is_empty()
            && !self.is_given_up()
            && let Err(Trouble::Disturbed(disturbance)) = self.flush()
        {
            self.shared.disturbed(&self.path, disturbance);
        }
        self.end();
    }

    fn is_given_up(&self) -> bool {
        self.shared.is_given_up.load(Ordering::Relaxed)
    }

    /// Writes nothing more: says so, and takes records in silence until whoever has the work has seen to it.
    fn give_way(mut self, disturbance: Disturbance, receiver: &Receiver<(u64, Record)>) {
        // On some systems nothing can be done to a file while it is open.
        self.handle = None;
        self.shared.disturbed(&self.path, disturbance);
        (self.manner.waker)();
        while receiver.recv().is_ok() {}
    }

    /// Tells whoever waits for a later record that none will be written.
    fn end(&self) {
        self.shared.update(|status| {
            status.tried_below = u64::MAX;
            if status.fault.is_none() {
                status.fault = Some(JournalFault::new(&self.path, &io::Error::other("it is closed")));
            }
        });
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
        encode(self.writer, number, &record.outward(&self.manner.paths), &mut self.pending).ok();
        self.pending_below = number + 1;
    }

    /// Brings what is pending to the disk, and tells how that went, unless somebody else has been at the files.
    fn flush(&mut self) -> Result<(), Trouble> {
        let result = self.try_flush();
        if result.is_err() {
            // What was half written is cut off with the next opening.
            self.handle = None;
        }
        match &result {
            Ok(()) => self.publish(Ok(())),
            Err(Trouble::Disk(error)) => self.publish(Err(JournalFault::new(&self.path, error))),
            Err(Trouble::Disturbed(_)) => {}
        }
        result
    }

    /// Takes half a group off the file, so that what was called lost does not come back.
    fn cut_back(&mut self) {
        self.look_at_journal().ok();
    }

    fn try_flush(&mut self) -> Result<(), Trouble> {
        self.look_at_session()?;
        if let Target::Fresh { head, seen } = &self.file {
            let bytes = self.head_bytes((head.make)())?;
            // What lies there may be ours: a rename may have happened although it was reported as failed.
            let is_free = seen.is_none_or(|seen| self.len_there() == seen) || self.manner.files.read(&self.path)? == bytes;
            if !is_free {
                return Err(Trouble::Disturbed(Disturbance::Journal));
            }
            self.file = self.write_head(&bytes)?;
        }
        let (id, len) = self.look_at_journal()?;
        let group = if self.opening.is_empty() { std::mem::take(&mut self.pending) } else { [&self.opening[..], &self.pending].concat() };
        let written = self.write(&group, id, len);
        if self.opening.is_empty() {
            self.pending = group;
        }
        if let Err(trouble) = written {
            self.refused = [&self.opening[..], &self.pending].concat();
            return Err(trouble);
        }
        self.file = Target::Going { id, len: len + (self.opening.len() + self.pending.len()) as u64 };
        self.opening.clear();
        self.pending.clear();
        self.refused.clear();
        Ok(())
    }

    fn write(&mut self, group: &[u8], id: u128, len: u64) -> Result<(), Trouble> {
        let Some(handle) = &mut self.handle else {
            return Err(Trouble::Disturbed(Disturbance::Journal));
        };
        handle.write_all(group)?;
        handle.sync()?;
        // Whatever was done to the file meanwhile, the group is called durable only where it will be found.
        match self.stamp_of_journal()? {
            Some(there) if there.id == id && there.len == len + group.len() as u64 => Ok(()),
            _ => Err(Trouble::Disturbed(Disturbance::Journal)),
        }
    }

    fn look_at_session(&self) -> Result<(), Trouble> {
        match &self.manner.watch {
            Some(watch) if !watch.known.is_at(&*self.manner.files, &watch.path)? => Err(Trouble::Disturbed(Disturbance::Session)),
            _ => Ok(()),
        }
    }

    /// Looks whether the journal is as it was left, opening it if need be; answers which file it is and how long.
    fn look_at_journal(&mut self) -> Result<(u128, u64), Trouble> {
        let disturbed = Err(Trouble::Disturbed(Disturbance::Journal));
        if self.handle.is_none() {
            self.handle = match self.manner.files.append(&self.path) {
                Ok(handle) => Some(handle),
                Err(error) if error.kind() == io::ErrorKind::NotFound && has_folder(&*self.manner.files, &self.path) => return disturbed,
                Err(error) => return Err(error.into()),
            };
        }
        let Some(there) = self.stamp_of_journal()? else {
            return disturbed;
        };
        let (id, len, torn) = match &self.file {
            Target::Append { tail, .. } => (there.id, tail.len, tail.torn_len),
            Target::Going { id, len } => (*id, *len, 0),
            Target::Fresh { .. } => return disturbed,
        };
        if there.id != id || there.len < len {
            return disturbed;
        }
        if there.len > len {
            let is_torn = torn > 0 && there.len == len + torn;
            if !is_torn && !self.is_refused(len)? {
                return disturbed;
            }
            self.manner.files.cut(&self.path, len)?;
        }
        Ok((id, len))
    }

    /// The stamp of the journal that is open, where it still is the file of its name; or its folder is gone with all that
    /// is in it, and it lies there under the folder's new name.
    fn stamp_of_journal(&self) -> io::Result<Option<Stamp>> {
        let Some(own) = self.handle.as_ref().map(|handle| handle.stamp()).transpose()? else {
            return Ok(None);
        };
        match self.manner.files.stamp(&self.path) {
            Ok(there) => Ok((there.id == own.id).then_some(there)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let is_moved = own.names > 0 && !has_folder(&*self.manner.files, &self.path);
                Ok(is_moved.then_some(own))
            }
            Err(error) => Err(error),
        }
    }

    /// Bytes of the file at the journal's name; 0 for none.
    fn len_there(&self) -> u64 {
        self.manner.files.stamp(&self.path).map_or(0, |stamp| stamp.len)
    }

    /// Whether what follows the first `len` bytes is the beginning of a group that the disk refused.
    fn is_refused(&self, len: u64) -> io::Result<bool> {
        let bytes = self.manner.files.read(&self.path)?;
        let rest = usize::try_from(len).ok().and_then(|len| bytes.get(len..));
        Ok(rest.is_some_and(|rest| self.refused.starts_with(rest)))
    }

    fn head_bytes(&self, head: Vec<Record>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        encode(self.writer, 0, &Record::Journal { format: JOURNAL_FORMAT }, &mut bytes)?;
        for (number, record) in (1..).zip(head) {
            encode(self.writer, number, &record.outward(&self.manner.paths), &mut bytes)?;
        }
        Ok(bytes)
    }

    /// A new journal takes the place of the old one in one step.
    fn write_head(&self, bytes: &[u8]) -> io::Result<Target> {
        let Manner { files, watch, .. } = &self.manner;
        let temporary = beside(&self.path, ".tmp");
        let mut handle = match watch {
            Some(watch) => files.create_like(&temporary, &watch.path)?,
            None => files.create(&temporary)?,
        };
        handle.write_all(bytes)?;
        handle.sync()?;
        let id = handle.stamp()?.id;
        drop(handle);
        files.rename(&temporary, &self.path)?;
        if let Some(folder) = self.path.parent() {
            files.sync_folder(folder)?;
        }
        Ok(Target::Going { id, len: bytes.len() as u64 })
    }

    fn publish(&self, result: Result<(), JournalFault>) {
        self.shared.update(|status| match result {
            Ok(()) => {
                *status = Status { durable_below: self.pending_below, fault: None, disturbance: None, tried_below: self.pending_below };
            }
            Err(fault) => {
                // Whoever stops at a fault tries nothing that comes later.
                status.tried_below = if self.manner.on_fault == OnFault::Stop { u64::MAX } else { self.pending_below };
                status.fault = Some(fault);
            }
        });
        (self.manner.waker)();
    }
}

enum Received {
    Some,
    None,
    Closed,
}
