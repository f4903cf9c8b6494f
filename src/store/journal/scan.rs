//! From the bytes of a journal to its records, and what is wrong with them.

use std::collections::HashMap;

use rayon::prelude::*;

use super::record::{Entry, Record, WriterId, decode};

/// The records of a journal, in the order of the file.
#[derive(Debug, Default)]
pub struct Scan {
    pub entries: Vec<Entry>,
    /// The line of each, 1-based.
    pub lines: Vec<u64>,
    /// Where the line of each ends, in bytes.
    pub ends: Vec<u64>,
    /// Places in `entries` before which something is damaged or missing.
    pub gaps: Vec<usize>,
    /// Bytes up to the end of the last whole line.
    pub whole_len: u64,
    /// Bytes after that: a record that was being written when the process ended. It was never called durable.
    pub torn_len: u64,
    /// How many whole lines there are, those that cannot be read included.
    pub line_count: u64,
}

impl Scan {
    pub fn is_damaged(&self) -> bool {
        !self.gaps.is_empty()
    }

    /// The form of the journal; `None` where it does not begin as one.
    pub fn format(&self) -> Option<u32> {
        match self.entries.first().map(|entry| &entry.record) {
            Some(Record::Journal { format }) => Some(*format),
            _ => None,
        }
    }

    /// The records without who wrote them.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.entries.iter().map(|entry| &entry.record)
    }

    /// How many edits, undos and redos it holds.
    pub fn changes(&self) -> usize {
        self.records().filter(|record| record.is_change()).count()
    }

    /// Letters that no writer of this journal has.
    pub fn free_writer(&self, seed: u64) -> WriterId {
        let taken = |id: &WriterId| self.entries.iter().any(|entry| entry.writer == *id);
        (seed..seed.saturating_add(20_000)).map(WriterId::of).find(|id| !taken(id)).unwrap_or(WriterId::of(seed))
    }
}

/// Reads every record that can be read. Never fails: what is damaged is a gap.
///
/// A line that cannot be read is passed over where its writer's numbers go on without a gap: it was never called durable.
pub fn scan(bytes: &[u8]) -> Scan {
    let whole_len = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    let lines: Vec<&[u8]> = bytes[..whole_len].split_inclusive(|byte| *byte == b'\n').collect();
    let decoded: Vec<Option<Entry>> = lines.par_iter().map(|line| decode(&line[..line.len() - 1])).collect();
    let mut scan = Scan { whole_len: whole_len as u64, torn_len: (bytes.len() - whole_len) as u64, ..Scan::default() };
    scan.line_count = lines.len() as u64;
    let mut chains = Chains::default();
    let mut end = 0;
    for ((line, entry), number) in lines.iter().zip(decoded).zip(1..) {
        end += line.len() as u64;
        if entry.is_none() && is_conflict_marker(line) {
            continue;
        }
        if chains.breaks_at(entry.as_ref()) {
            scan.gaps.push(scan.entries.len());
        }
        if let Some(entry) = entry {
            scan.entries.push(entry);
            scan.lines.push(number);
            scan.ends.push(end);
        }
    }
    if chains.has_unread {
        scan.gaps.push(scan.entries.len());
    }
    scan
}

/// Whether git put the line there, in a journal that is kept in a repository: what stands around it is whole.
fn is_conflict_marker(line: &[u8]) -> bool {
    [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"].iter().any(|marker| line.starts_with(*marker))
}

/// Follows the numbers of every writer.
#[derive(Default)]
pub(in crate::store) struct Chains {
    next: HashMap<WriterId, u64>,
    last: Option<WriterId>,
    /// Whether the lines just before cannot be read.
    has_unread: bool,
}

impl Chains {
    /// Whether something is missing before this line, which is `None` where it cannot be read.
    pub fn breaks_at(&mut self, entry: Option<&Entry>) -> bool {
        let Some(entry) = entry else {
            self.has_unread = true;
            return false;
        };
        let goes_on = self.expected(entry.writer) == entry.number;
        let is_unread = std::mem::take(&mut self.has_unread);
        let breaks = !goes_on || (is_unread && self.last != Some(entry.writer));
        self.next.insert(entry.writer, entry.number.saturating_add(1));
        self.last = Some(entry.writer);
        breaks
    }

    /// The number that the next record of a writer should have.
    pub fn expected(&self, writer: WriterId) -> u64 {
        self.next.get(&writer).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::encode;
    use super::*;
    use crate::annotation::Time;

    fn lines(writer: u64, records: &[Record]) -> Vec<u8> {
        let mut out = Vec::new();
        for (number, record) in (0..).zip(records) {
            encode(WriterId::of(writer), number, record, &mut out).expect("texts and numbers");
        }
        out
    }

    #[test]
    fn what_git_leaves_in_a_journal_breaks_nothing() {
        let undo = || Record::Undo { at: Time(1) };
        let begin = || Record::Begin { who: "Ann".to_owned(), at: Time(1), seen: 2 };
        let head = lines(1, &[Record::Journal { format: 2 }, undo()]);
        let (ours, theirs) = (lines(2, &[begin(), undo()]), lines(3, &[begin(), undo(), undo()]));
        let marked = [&head[..], b"<<<<<<< HEAD\n", &ours, b"=======\n", &theirs, b">>>>>>> other\n"].concat();
        let crlf = String::from_utf8_lossy(&marked).replace('\n', "\r\n").into_bytes();
        for journal in [marked, [&head[..], &ours, &theirs].concat(), crlf] {
            let scan = scan(&journal);
            assert!(!scan.is_damaged(), "{}", String::from_utf8_lossy(&journal));
            assert_eq!((scan.entries.len(), scan.changes()), (7, 4));
        }
        let cut = [&head[..], &ours[..ours.len() / 2], b"\n", &theirs].concat();
        assert!(scan(&cut).is_damaged(), "a line that is no marker may have been a record");
    }
}
