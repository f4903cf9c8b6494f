//! From the bytes of a journal back to a session and its history.
//!
//! Replay begins at the last checkpoint whose hash is that of the session file. Records before it only rebuild the
//! history, for the file holds what they did; records after it are done again. So a crash at any moment of a save is
//! harmless: the checkpoint of the coming file is written before the file takes its place, and whichever file is found
//! afterwards has its checkpoint.

use std::ops::Range;

use rayon::prelude::*;

use super::record::{JOURNAL_FORMAT, Record, decode};
use crate::annotation::{Digest, History, Session};
use crate::store::SourcePaths;

/// The records of a journal, in the order of the file.
#[derive(Debug, Default)]
pub struct Scan {
    pub records: Vec<(u64, Record)>,
    /// Places in `records` before which something is damaged or missing.
    pub gaps: Vec<usize>,
    /// Bytes up to the end of the last whole line.
    pub whole_len: u64,
    /// Bytes after that: a record that was being written when the process ended. It was never called durable.
    pub torn_len: u64,
}

impl Scan {
    pub fn is_damaged(&self) -> bool {
        !self.gaps.is_empty()
    }

    fn format(&self) -> Option<u32> {
        match self.records.first() {
            Some((_, Record::Journal { format })) => Some(*format),
            _ => None,
        }
    }
}

/// Reads every record that can be read. Never fails: what is damaged is a gap.
pub fn scan(bytes: &[u8]) -> Scan {
    let whole_len = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    let lines: Vec<&[u8]> = bytes[..whole_len].split_inclusive(|byte| *byte == b'\n').collect();
    let decoded: Vec<Option<(u64, Record)>> = lines.par_iter().map(|line| decode(&line[..line.len() - 1])).collect();
    let mut scan = Scan { whole_len: whole_len as u64, torn_len: (bytes.len() - whole_len) as u64, ..Scan::default() };
    let mut expected = Some(0);
    for line in decoded {
        match line {
            Some((number, record)) => {
                if expected != Some(number) {
                    scan.gaps.push(scan.records.len());
                }
                expected = number.checked_add(1);
                scan.records.push((number, record));
            }
            None => expected = None,
        }
    }
    if expected.is_none() && scan.gaps.last() != Some(&scan.records.len()) {
        scan.gaps.push(scan.records.len());
    }
    scan
}

/// How a journal fits the session file beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fit {
    /// It can be appended to after `len` bytes, with number `next`.
    Whole { len: u64, next: u64 },
    /// Part of it is damaged. Of what [`scan`] reads, the records at `kept` are in force; `lost` edits that could be read
    /// were not done again, because they follow the damage.
    Damaged { kept: Range<usize>, lost: usize },
    /// It belongs to another version of the file.
    Foreign { edits: usize },
    /// A newer version of the program wrote it.
    Newer { format: u32 },
    /// There is none, or it holds no edit.
    Missing,
}

/// A session with the history that its journal gave it.
#[derive(Debug)]
pub struct Replay {
    pub session: Session,
    pub history: History,
    /// The history's revision that the session file holds.
    pub saved_revision: u64,
    /// How many edits, undos and redos the file did not hold and were done again.
    pub recovered: usize,
    /// Bytes of a torn last record that were passed over.
    pub torn_len: u64,
    pub fit: Fit,
}

/// Brings the session of a file, whose hash is `file`, up to date with its journal.
pub fn replay(bytes: &[u8], file: Digest, session: Session, paths: &SourcePaths) -> Replay {
    let scan = scan(bytes);
    let mut replay =
        Replay { session, history: History::default(), saved_revision: 0, recovered: 0, torn_len: scan.torn_len, fit: Fit::Missing };
    if bytes.is_empty() {
        return replay;
    }
    if let Some(format) = scan.format().filter(|format| *format > JOURNAL_FORMAT) {
        replay.fit = Fit::Newer { format };
        return replay;
    }
    let matches = |record: &Record| matches!(record, Record::Checkpoint { file: of, .. } if *of == file);
    let Some(at) = scan.records.iter().rposition(|(_, record)| matches(record)) else {
        let edits = count_changes(&scan.records);
        let is_idle = edits == 0 && !scan.is_damaged() && scan.torn_len == 0;
        replay.fit = if is_idle { Fit::Missing } else { Fit::Foreign { edits } };
        return replay;
    };
    let Record::Checkpoint { after, .. } = scan.records[at].1 else {
        return replay;
    };
    replay.fit = Fit::Whole { len: scan.whole_len, next: scan.records.last().map_or(0, |(number, _)| number.saturating_add(1)) };
    replay.run(scan, at, after, paths);
    replay
}

impl Replay {
    /// Work without a file: the session stands in the journal's own second record.
    ///
    /// # Errors
    /// The journal as it could be read, when it holds no session.
    pub fn of_unsaved(bytes: &[u8], read: impl FnOnce(&str) -> Option<Session>, paths: &SourcePaths) -> Result<Self, Scan> {
        let scan = scan(bytes);
        let base = scan.records.get(1).and_then(|(number, record)| match record {
            Record::Session { text } if scan.gaps.first().is_none_or(|gap| *gap > 1) => Some((*number, text)),
            _ => None,
        });
        let Some((after, session)) = base.and_then(|(number, text)| Some((number, read(text)?))) else {
            return Err(scan);
        };
        let mut replay = Self {
            session,
            history: History::default(),
            saved_revision: 0,
            recovered: 0,
            torn_len: scan.torn_len,
            fit: Fit::Whole { len: scan.whole_len, next: scan.records.last().map_or(0, |(number, _)| number.saturating_add(1)) },
        };
        replay.run(scan, 1, after, paths);
        Ok(replay)
    }

    /// Takes the unbroken run of records around place `at`: up to number `after` into the history, the rest done again.
    fn run(&mut self, scan: Scan, at: usize, after: u64, paths: &SourcePaths) {
        let from = scan.gaps.iter().copied().rfind(|gap| *gap <= at).unwrap_or(0);
        let to = scan.gaps.iter().copied().find(|gap| *gap > at).unwrap_or(scan.records.len());
        let is_damaged = scan.is_damaged();
        let lost_after = count_changes(&scan.records[to..]);
        let mut kept = from..to;
        for (i, (number, record)) in scan.records.into_iter().enumerate().take(to).skip(from) {
            let record = record.inward(paths);
            if number <= after {
                self.remember(record);
            } else if is_change(&record) {
                if !self.redo(record) {
                    kept.end = i;
                    break;
                }
                self.recovered += 1;
            }
        }
        if is_damaged || kept.end < to {
            self.fit = Fit::Damaged { lost: lost_after + (to - kept.end), kept };
        }
    }

    /// Takes a record into the history whose effect the session has already.
    fn remember(&mut self, record: Record) {
        match record {
            Record::Edit(edit) => self.history.remember(edit),
            Record::Undo { .. } => self.history.remember_undo(),
            Record::Redo { .. } => self.history.remember_redo(),
            Record::Journal { .. } | Record::Session { .. } | Record::Checkpoint { .. } => {}
        }
        self.saved_revision = self.history.revision();
    }

    /// Whether the record could be done again.
    fn redo(&mut self, record: Record) -> bool {
        match record {
            Record::Edit(edit) => self.history.perform(&mut self.session, edit).is_ok(),
            Record::Undo { .. } => matches!(self.history.undo(&mut self.session), Ok(Some(_))),
            Record::Redo { .. } => matches!(self.history.redo(&mut self.session), Ok(Some(_))),
            Record::Journal { .. } | Record::Session { .. } | Record::Checkpoint { .. } => true,
        }
    }
}

fn is_change(record: &Record) -> bool {
    matches!(record, Record::Edit(_) | Record::Undo { .. } | Record::Redo { .. })
}

fn count_changes(records: &[(u64, Record)]) -> usize {
    records.iter().filter(|(_, record)| is_change(record)).count()
}
