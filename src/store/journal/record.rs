//! Records of the journal and their written form.
//!
//! A record is a line: a CRC-32 in eight hexadecimal digits, who wrote it and the record's number, and JSON.
//!
//! ```text
//! 1c291ca3 kqf17 ["U",1778000000]
//! ```
//!
//! The sum covers all that follows it. Every opening of a journal is a writer of its own, told by three letters, whose
//! numbers rise by one from 0: so a flipped bit, a lost line and a line from elsewhere all show, two programs that wrote at
//! the same time are told apart, and an analyst can read the file. Spans in it count bytes: no other program reads it.
//! How an edit is written stands in `compact.rs`. Journals of format 1 had no letters, longer JSON, and one writer.

use std::fmt;
use std::io::Write as _;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::compact;
use crate::annotation::{self, Article, Digest, Edit, Fate, History, Op, Time};
use crate::store::SourcePaths;

/// The form of journal that this version writes.
pub const JOURNAL_FORMAT: u32 = 2;

/// Serialised as journals of format 1 have it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Record {
    /// The first record of every journal, by its first writer.
    Journal {
        format: u32,
    },
    /// Another writer begins. It knew the first `seen` bytes of the journal.
    Begin {
        who: String,
        at: Time,
        seen: u64,
    },
    /// Work without a file begins with the session itself, as the text of a session file.
    Session {
        text: String,
    },
    /// The session file is, or is about to become, the one with this hash; it holds everything that this writer knew when
    /// it began, and its own records up to number `after`.
    Checkpoint {
        file: Digest,
        after: u64,
    },
    /// The file of a checkpoint has taken its place.
    Placed {
        file: Digest,
    },
    /// The session file was found to be another version, which came from elsewhere: what stands before is the past only as
    /// far as that version holds it, and `away` are the places in the history of the changes that it does not hold.
    Seal {
        at: Time,
        away: Vec<usize>,
    },
    Edit(Edit),
    Undo {
        at: Time,
    },
    Redo {
        at: Time,
    },
}

/// Tells the records of one writer from those of another in the same file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WriterId([u8; 3]);

impl WriterId {
    /// The only writer of a journal of format 1.
    pub const NONE: WriterId = WriterId([0; 3]);

    /// Three letters made of any number.
    pub fn of(seed: u64) -> Self {
        let letter = |n: u64| b'a' + (n % 26) as u8;
        Self([letter(seed), letter(seed / 26), letter(seed / 676)])
    }

    fn as_str(&self) -> &str {
        if *self == Self::NONE { "" } else { std::str::from_utf8(&self.0).unwrap_or_default() }
    }

    /// The letters at the start of `word`, and what follows them.
    fn split_from(word: &str) -> Option<(Self, &str)> {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
        match &word.as_bytes()[..word.len() - digits.len()] {
            [] => Some((Self::NONE, digits)),
            [a, b, c] => Some((Self([*a, *b, *c]), digits)),
            _ => None,
        }
    }
}

impl fmt::Debug for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A record with its place in the journal.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub writer: WriterId,
    /// Its place among the records of this writer, from 0.
    pub number: u64,
    pub record: Record,
}

impl Record {
    /// Whether it changes the session: an edit, an undo or a redo.
    #[must_use]
    pub fn is_change(&self) -> bool {
        matches!(self, Record::Edit(_) | Record::Undo { .. } | Record::Redo { .. })
    }

    /// Whether it tells of the history, not of files and writers.
    #[must_use]
    pub fn is_history(&self) -> bool {
        self.is_change() || matches!(self, Record::Seal { .. })
    }

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
pub fn encode(writer: WriterId, number: u64, record: &Record, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let start = out.len();
    out.extend_from_slice(b"00000000 ");
    let body = out.len();
    // Writing into memory cannot fail.
    write!(out, "{}{number} ", writer.as_str()).ok();
    if let Err(error) = encode_record(record, &mut *out) {
        out.truncate(start);
        return Err(error);
    }
    let sum = crc32fast::hash(&out[body..]);
    let mut digits = &mut out[start..body];
    write!(digits, "{sum:08x}").ok();
    out.push(b'\n');
    Ok(())
}

fn encode_record(record: &Record, out: &mut Vec<u8>) -> serde_json::Result<()> {
    match record {
        Record::Journal { format } => serde_json::to_writer(out, &("J", format)),
        Record::Begin { who, at, seen } => serde_json::to_writer(out, &("B", who, at.0, seen)),
        Record::Session { text } => serde_json::to_writer(out, &("S", text)),
        Record::Checkpoint { file, after } => serde_json::to_writer(out, &("C", file, after)),
        Record::Placed { file } => serde_json::to_writer(out, &("P", file)),
        Record::Seal { at, away } => serde_json::to_writer(out, &("L", at.0, away)),
        Record::Undo { at } => serde_json::to_writer(out, &("U", at.0)),
        Record::Redo { at } => serde_json::to_writer(out, &("R", at.0)),
        Record::Edit(edit) => serde_json::to_writer(out, &compact::Out(edit)),
    }
}

/// A line without its line end; `None` where it is damaged. A carriage return at its end, which a checkout may have put
/// there, is passed over.
pub fn decode(line: &[u8]) -> Option<Entry> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (sum, body) = (line.get(..8)?, line.get(9..)?);
    let sum = u32::from_str_radix(std::str::from_utf8(sum).ok()?, 16).ok()?;
    if line[8] != b' ' || crc32fast::hash(body) != sum {
        return None;
    }
    let blank = memchr::memchr(b' ', body)?;
    let (writer, number) = WriterId::split_from(std::str::from_utf8(&body[..blank]).ok()?)?;
    let record = decode_record(&body[blank + 1..])?;
    Some(Entry { writer, number: number.parse().ok()?, record })
}

fn decode_record(json: &[u8]) -> Option<Record> {
    if json.first() == Some(&b'{') {
        return serde_json::from_slice(json).ok();
    }
    let parts: Vec<&RawValue> = serde_json::from_slice(json).ok()?;
    let (kind, rest) = parts.split_first()?;
    Some(match (kind.get(), rest) {
        ("\"E\"", rest) => Record::Edit(compact::read(rest)?),
        ("\"U\"", [at]) => Record::Undo { at: Time(part(at)?) },
        ("\"R\"", [at]) => Record::Redo { at: Time(part(at)?) },
        ("\"C\"", [file, after]) => Record::Checkpoint { file: part(file)?, after: part(after)? },
        ("\"P\"", [file]) => Record::Placed { file: part(file)? },
        ("\"L\"", [at, away]) => Record::Seal { at: Time(part(at)?), away: part(away)? },
        ("\"J\"", [format]) => Record::Journal { format: part(format)? },
        ("\"B\"", [who, at, seen]) => Record::Begin { who: part(who)?, at: Time(part(at)?), seen: part(seen)? },
        ("\"S\"", [text]) => Record::Session { text: part(text)? },
        _ => return None,
    })
}

fn part<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// A whole history as records that rebuild it: every edit in its order, and the undoing of what was taken back.
pub fn of_history(history: &History, at: Time) -> Vec<Record> {
    let mut records = sealed(history, at);
    records.extend(of_entries(&history.entries()[history.sealed()..], at));
    records
}

/// The same in two parts: what a file holds that was saved at this revision, and what was done since. `None` where what
/// was done last before that is not in force any more.
pub fn of_history_since(history: &History, revision: u64, at: Time) -> Option<(Vec<Record>, Vec<Record>)> {
    let _in_force = history.done_since(revision)?;
    let saved = usize::try_from(revision).ok()?;
    let mut held = sealed(history, at);
    held.extend(of_entries(history.entries().get(history.sealed()..saved)?, at));
    Some((held, of_entries(&history.entries()[saved..], at)))
}

/// The part of a history that belongs to earlier versions.
fn sealed(history: &History, at: Time) -> Vec<Record> {
    let entries = &history.entries()[..history.sealed()];
    let mut records = Vec::with_capacity(history.entries().len());
    let mut seals = history.seals().iter().peekable();
    for (place, entry) in entries.iter().enumerate() {
        while let Some(seal) = seals.next_if(|seal| seal.after == place) {
            // Which edits the version then did not hold is known of the last one only.
            records.push(Record::Seal { at: seal.at, away: Vec::new() });
        }
        records.push(Record::Edit(entry.edit.clone()));
        if entry.fate == Fate::Dropped {
            records.push(Record::Undo { at });
        }
    }
    if let Some(last) = seals.next_back() {
        let away = entries.iter().enumerate().filter(|(_, entry)| entry.fate == Fate::Away).map(|(place, _)| place).collect();
        records.extend(seals.map(|seal| Record::Seal { at: seal.at, away: Vec::new() }));
        records.push(Record::Seal { at: last.at, away });
    }
    records
}

fn of_entries(entries: &[annotation::Entry], at: Time) -> Vec<Record> {
    let mut records = Vec::with_capacity(entries.len());
    // The edits in force as a reader of these records would know them: whether each is taken back later and dropped.
    let mut in_force: Vec<bool> = Vec::new();
    for entry in entries {
        let is_dropped = entry.fate == Fate::Dropped;
        // What stays was made after everything above it had been taken back.
        while !is_dropped && in_force.pop_if(|dropped| *dropped).is_some() {
            records.push(Record::Undo { at });
        }
        records.push(Record::Edit(entry.edit.clone()));
        in_force.push(is_dropped);
    }
    // Those dropped at the end fell to something that came after these entries.
    let is_taken_back = |entry: &&annotation::Entry| entry.fate == Fate::Undone;
    let taken_back = entries.iter().filter(is_taken_back).count() + in_force.iter().rev().take_while(|dropped| **dropped).count();
    records.extend(std::iter::repeat_n(Record::Undo { at }, taken_back));
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
        fn a_history_survives_its_records(steps in proptest::collection::vec(0..60u8, 0..60)) {
            let mut history = History::default();
            for (n, step) in steps.into_iter().enumerate() {
                match step {
                    0..15 => history.remember_redo(),
                    15..30 => history.remember_undo(),
                    30 => history.seal(&[0, n / 2], Time(n as i64)),
                    _ => history.remember(edit(n)),
                }
            }
            let mut again = History::default();
            for record in of_history(&history, Time(0)) {
                match record {
                    Record::Edit(edit) => again.remember(edit),
                    Record::Undo { .. } => again.remember_undo(),
                    Record::Seal { away, at } => again.seal(&away, at),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            prop_assert_eq!(again.entries(), history.entries());
            prop_assert_eq!(again.revision(), history.revision());
            prop_assert!(again.undone().eq(history.undone()));
        }
    }
}
