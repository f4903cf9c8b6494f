//! Records of the journal and their written form.
//!
//! A record is a line: a CRC-32 in eight hexadecimal digits, the record's number, and JSON.
//!
//! ```text
//! 1c291ca3 17 {"undo":{"at":"2026-05-05T16:53:20Z"}}
//! ```
//!
//! The sum covers number and JSON; numbers rise by one. So a flipped bit, a lost line and a line from elsewhere all show,
//! and an analyst can read the file. Spans in it count bytes: no other program reads it.

use std::io::Write as _;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::annotation::{Article, Digest, Edit, Fate, History, Op, Time};
use crate::store::SourcePaths;

/// The form of journal that this version writes.
pub const JOURNAL_FORMAT: u32 = 1;

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Record {
    /// The first record of every journal.
    Journal {
        format: u32,
    },
    /// Work without a file begins with the session itself, as the text of a session file.
    Session {
        text: String,
    },
    /// The session file is, or is about to become, the one with this hash; it holds every record up to number `after`.
    Checkpoint {
        file: Digest,
        after: u64,
    },
    Edit(Edit),
    Undo {
        at: Time,
    },
    Redo {
        at: Time,
    },
}

impl Record {
    /// The record as it stands in the journal, with source paths as files have them.
    #[must_use]
    pub fn outward(self, paths: &SourcePaths) -> Self {
        self.map_sources(&|path| paths.outward(path).into_owned())
    }

    /// The record as memory has it.
    #[must_use]
    pub fn inward(self, paths: &SourcePaths) -> Self {
        self.map_sources(&|path| paths.inward(path).into_owned())
    }

    fn map_sources(self, change: &dyn Fn(&str) -> String) -> Self {
        let Record::Edit(mut edit) = self else {
            return self;
        };
        for op in &mut edit.ops {
            if let Op::Article { before, after, .. } = op {
                [before, after].into_iter().flatten().for_each(|article| map_source(article, change));
            }
        }
        Record::Edit(edit)
    }
}

fn map_source(article: &mut Arc<Article>, change: &dyn Fn(&str) -> String) {
    let Some(path) = article.source.as_ref().map(|source| change(&source.path)) else {
        return;
    };
    if let Some(source) = &mut Arc::make_mut(article).source {
        source.path = path;
    }
}

/// Appends the line of a record.
///
/// # Errors
/// Never for records of this program; an edit that JSON cannot hold would be one.
pub fn encode(number: u64, record: &Record, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let start = out.len();
    out.extend_from_slice(b"00000000 ");
    let body = out.len();
    out.extend_from_slice(number.to_string().as_bytes());
    out.push(b' ');
    if let Err(error) = serde_json::to_writer(&mut *out, record) {
        out.truncate(start);
        return Err(error);
    }
    let sum = crc32fast::hash(&out[body..]);
    let mut digits = &mut out[start..body];
    // Writing eight digits into nine bytes of memory cannot fail.
    write!(digits, "{sum:08x}").ok();
    out.push(b'\n');
    Ok(())
}

/// A line without its line end; `None` where it is damaged.
pub fn decode(line: &[u8]) -> Option<(u64, Record)> {
    let (sum, body) = (line.get(..8)?, line.get(9..)?);
    let sum = u32::from_str_radix(std::str::from_utf8(sum).ok()?, 16).ok()?;
    if line[8] != b' ' || crc32fast::hash(body) != sum {
        return None;
    }
    let blank = memchr::memchr(b' ', body)?;
    let number = std::str::from_utf8(&body[..blank]).ok()?.parse().ok()?;
    Some((number, serde_json::from_slice(&body[blank + 1..]).ok()?))
}

/// Records in force, for the head of a new journal: without the old head, numbered from 1, the checkpoints moved along.
pub fn renumbered(kept: Vec<(u64, Record)>) -> Vec<Record> {
    let kept: Vec<(u64, Record)> = kept.into_iter().filter(|(_, record)| !matches!(record, Record::Journal { .. })).collect();
    let numbers: Vec<u64> = kept.iter().map(|(number, _)| *number).collect();
    let moved = |record| match record {
        Record::Checkpoint { file, after } => Record::Checkpoint { file, after: numbers.partition_point(|number| *number <= after) as u64 },
        record => record,
    };
    kept.into_iter().map(|(_, record)| moved(record)).collect()
}

/// A whole history as records that rebuild it: every edit in its order, and the undoing of what was taken back.
pub fn of_history(history: &History, at: Time) -> Vec<Record> {
    let mut records = Vec::with_capacity(history.entries().len());
    // The edits in force as a reader of these records would know them: whether each is taken back later and dropped.
    let mut in_force: Vec<bool> = Vec::new();
    for entry in history.entries() {
        let is_dropped = entry.fate == Fate::Dropped;
        // What stays was made after everything above it had been taken back.
        while !is_dropped && in_force.pop_if(|dropped| *dropped).is_some() {
            records.push(Record::Undo { at });
        }
        records.push(Record::Edit(entry.edit.clone()));
        in_force.push(is_dropped);
    }
    records.extend(std::iter::repeat_n(Record::Undo { at }, history.undone().count()));
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Scope, Verb};
    use proptest::prelude::*;

    fn edit(n: usize) -> Edit {
        let what = n.to_string();
        Edit { verb: Verb::Note, scope: Scope::Mention, target: None, what, label: None, by: "Ann".into(), at: Time(0), ops: Vec::new() }
    }

    proptest! {
        #[test]
        fn a_history_survives_its_records(steps in proptest::collection::vec(0..4u8, 0..60)) {
            let mut history = History::default();
            for (n, step) in steps.into_iter().enumerate() {
                match step {
                    0 => history.remember_redo(),
                    1 => history.remember_undo(),
                    _ => history.remember(edit(n)),
                }
            }
            let mut again = History::default();
            for record in of_history(&history, Time(0)) {
                match record {
                    Record::Edit(edit) => again.remember(edit),
                    Record::Undo { .. } => again.remember_undo(),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            prop_assert_eq!(again.entries(), history.entries());
            prop_assert_eq!(again.revision(), history.revision());
            prop_assert!(again.undone().eq(history.undone()));
        }
    }
}
