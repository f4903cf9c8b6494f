//! From the bytes of a journal back to a session and its history.
//!
//! A journal knows which version of the session file is the present one: the file that it began with, and after that the
//! last one that a save put in its place. Where the file that lies there is that version, the records that it holds only
//! rebuild the history, and those after it are done again. The checkpoint of a coming file is written before the file
//! takes its place, so a crash at any moment of a save is harmless: whichever file is found has its checkpoint.
//!
//! Where the file is another version, nothing is done again: it was put there by git, a synchronising program, a restored
//! copy. What stands in the journal is then history, and changes that the file does not hold are told, to be offered.

use std::collections::{BTreeSet, HashMap};

use super::record::{Entry, JOURNAL_FORMAT, Record, WriterId};
use super::scan::{Scan, scan};
use crate::annotation::{self, ArticleId, Digest, Edit, Fate, History, Op, Session, Time, Verb};
use crate::decide::lay::{Standing, lay, standing};
use crate::decide::merge::difference;
use crate::store::SourcePaths;

/// How a journal fits the session file beside it.
#[derive(Clone, PartialEq, Debug)]
pub enum Fit {
    /// It goes on after its [`Tail`]; first with these records, which say what was found.
    Whole { first: Vec<Record> },
    /// It is whole, and of an older form: these records say the same.
    Older { records: Vec<Record> },
    /// Part of it is damaged. These records are in force; `lost` edits that could be read were not done again, because
    /// they follow the damage.
    Damaged { records: Vec<Record>, lost: usize },
    /// The file is another version than the journal's last. The journal goes on after its [`Tail`], first with these
    /// records, which say so. Of [`Replay::missing`], `unsaved` were never in any file.
    Elsewhere { first: Vec<Record>, unsaved: usize },
    /// Nothing in it says how it belongs to the file.
    Foreign { edits: usize },
    /// A newer version of the program wrote it.
    Newer { format: u32 },
    /// There is none, or it holds no edit.
    Missing,
}

/// Where a journal ends.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tail {
    /// Bytes of whole lines.
    pub len: u64,
    /// Bytes of a torn last record.
    pub torn_len: u64,
    /// Whole lines.
    pub lines: u64,
    /// Whose records it holds.
    pub writers: BTreeSet<WriterId>,
}

impl Tail {
    fn of(scan: &Scan) -> Self {
        let writers = scan.entries.iter().map(|entry| entry.writer).collect();
        Self { len: scan.whole_len, torn_len: scan.torn_len, lines: scan.line_count, writers }
    }
}

/// A session with the history that its journal gave it.
#[derive(Debug)]
pub struct Replay {
    pub session: Session,
    pub history: History,
    /// The history's revision that the session file holds.
    pub saved_revision: u64,
    /// The session as the file has it.
    pub base: Session,
    /// How many edits, undos and redos the file did not hold and were done again.
    pub recovered: usize,
    /// How many bytes of the journal tell of what the file holds.
    pub held_len: u64,
    /// Changes that were made on another version of the file and that this one does not hold.
    pub missing: Vec<Edit>,
    pub tail: Tail,
    pub fit: Fit,
}

impl Replay {
    fn new(session: Session, tail: Tail, fit: Fit) -> Self {
        let base = session.clone();
        Self { session, base, history: History::default(), saved_revision: 0, recovered: 0, held_len: 0, missing: Vec::new(), tail, fit }
    }
}

/// Brings the session of a file, whose hash is `file`, up to date with its journal. `at` is now, in what a journal is told
/// of a file that came from elsewhere.
pub fn replay(bytes: &[u8], file: Digest, session: Session, paths: &SourcePaths, at: Time) -> Replay {
    let scan = scan(bytes);
    let mut replay = Replay::new(session, Tail::of(&scan), Fit::Missing);
    if bytes.is_empty() {
        return replay;
    }
    if let Some(format) = scan.format().filter(|format| *format > JOURNAL_FORMAT) {
        replay.fit = Fit::Newer { format };
        return replay;
    }
    let versions = Versions::of(&scan);
    let changes = scan.changes();
    match versions.anchor(&scan, file) {
        Some(anchor) => {
            let found = versions.found(anchor, file);
            replay.fit = Fit::Whole { first: found.into_iter().collect() };
            replay.run(scan, anchor, paths);
        }
        None if changes == 0 && !scan.is_damaged() && scan.torn_len == 0 => {}
        None => match versions.current.filter(|_| !scan.is_damaged()) {
            Some(current) => {
                let (away, unsaved) = replay.compare(&scan, Some(current), paths, at);
                // Numbers of a writer that begins: it says so with number 0.
                let first = vec![Record::Seal { at, away }, Record::Checkpoint { file, after: 1 }, Record::Placed { file }];
                replay.fit = Fit::Elsewhere { first, unsaved };
            }
            None => replay.fit = Fit::Foreign { edits: changes },
        },
    }
    replay
}

/// The changes in a journal that a session does not hold, such as one that was set aside; `None` where the bytes are no
/// journal that this version reads. What is damaged is passed over.
pub fn missing_from(bytes: &[u8], session: &Session, paths: &SourcePaths) -> Option<Vec<Edit>> {
    let scan = scan(bytes);
    scan.format().filter(|format| *format <= JOURNAL_FORMAT)?;
    let current = Versions::of(&scan).current;
    let mut replay = Replay::new(session.clone(), Tail::default(), Fit::Missing);
    replay.compare(&scan, current, paths, Time::default());
    Some(replay.missing)
}

/// The articles that a session needs to have for the records that a file, whose hash is `file`, does not hold; `None` where
/// that cannot be told of some articles alone.
pub(in crate::store) fn touched(bytes: &[u8], file: Digest) -> Option<BTreeSet<ArticleId>> {
    let scan = scan(bytes);
    if scan.changes() == 0 && !scan.is_damaged() {
        return Some(BTreeSet::new());
    }
    let anchor = Versions::of(&scan).anchor(&scan, file).filter(|_| !scan.is_damaged())?;
    let covered = Covered::by(&scan, anchor);
    let is_open = |i: &usize| scan.entries[*i].record.is_change() && !covered.holds(&scan, *i);
    let rest: Vec<usize> = (0..scan.entries.len()).filter(is_open).collect();
    let is_edit = |i: &usize| matches!(scan.entries[*i].record, Record::Edit(_));
    // What is taken back may be any edit.
    let looked_at = if rest.iter().all(is_edit) { rest } else { (0..scan.entries.len()).collect() };
    let mut touched = BTreeSet::new();
    for i in looked_at {
        let Record::Edit(edit) = &scan.entries[i].record else { continue };
        touched.extend(articles_of(edit)?);
    }
    Some(touched)
}

/// The articles that an edit changes; `None` where it changes the session as a whole.
pub fn articles_of(edit: &Edit) -> Option<BTreeSet<ArticleId>> {
    let article = |op: &Op| match op {
        Op::Mention { article, .. }
        | Op::Meta { article, .. }
        | Op::Zones { article, .. }
        | Op::Desk { article, .. }
        | Op::Extras { article, .. } => Some(Some(article.clone())),
        Op::Entity { .. } | Op::Rule { .. } | Op::Dismissal { .. } | Op::Certificate { .. } | Op::Answer { .. } => Some(None),
        Op::Article { .. } | Op::Scheme { .. } | Op::Conflict { .. } => None,
    };
    let articles: Option<Vec<Option<ArticleId>>> = edit.ops.iter().map(article).collect();
    Some(articles?.into_iter().flatten().collect())
}

/// The versions of the session file that a journal tells of.
struct Versions {
    /// The record that tells of the present one.
    current: Option<usize>,
    /// Checkpoints of files that were about to take their place since.
    coming: Vec<usize>,
}

impl Versions {
    fn of(scan: &Scan) -> Self {
        let mut versions = Self { current: None, coming: Vec::new() };
        // Format 1 did not say when a file had taken its place: any of its versions may be the present one.
        let tells_placed = scan.format() != Some(1);
        for (i, record) in scan.records().enumerate() {
            match record {
                Record::Checkpoint { .. } if versions.current.is_none() => versions.current = Some(i),
                Record::Checkpoint { .. } => versions.coming.push(i),
                Record::Placed { file } if tells_placed => {
                    if let Some(at) = versions.coming.iter().rposition(|at| file_of(&scan.entries[*at].record) == Some(*file)) {
                        versions.current = Some(versions.coming[at]);
                        versions.coming.drain(..=at);
                    }
                }
                _ => {}
            }
        }
        versions
    }

    /// The record from which on a session with this file is done again.
    fn anchor(&self, scan: &Scan, file: Digest) -> Option<usize> {
        let is_it = |at: &usize| file_of(&scan.entries[*at].record) == Some(file);
        self.coming.iter().rev().copied().find(|at| is_it(at)).or(self.current.filter(is_it))
    }

    /// What the journal is to be told, where it does not know yet that the file has taken its place.
    fn found(&self, anchor: usize, file: Digest) -> Option<Record> {
        (self.current != Some(anchor)).then_some(Record::Placed { file })
    }
}

fn file_of(record: &Record) -> Option<Digest> {
    match record {
        Record::Checkpoint { file, .. } => Some(*file),
        _ => None,
    }
}

/// Which records the file of a checkpoint holds.
struct Covered {
    writer: WriterId,
    /// Its own records up to this number.
    after: u64,
    /// The lines that its writer knew when it began.
    seen: u64,
}

impl Covered {
    /// By the record at `anchor`: a checkpoint, or the session itself.
    fn by(scan: &Scan, anchor: usize) -> Self {
        let Entry { writer, number, record } = &scan.entries[anchor];
        let after = if let Record::Checkpoint { after, .. } = record { *after } else { *number };
        Self { writer: *writer, after, seen: seen_by(scan, *writer) }
    }

    fn holds(&self, scan: &Scan, i: usize) -> bool {
        let entry = &scan.entries[i];
        if entry.writer == self.writer { entry.number <= self.after } else { scan.lines[i] <= self.seen }
    }
}

/// How many lines of the journal a writer knew when it began.
fn seen_by(scan: &Scan, writer: WriterId) -> u64 {
    let begin = scan.entries.iter().find(|entry| entry.writer == writer).map(|entry| &entry.record);
    if let Some(Record::Begin { seen, .. }) = begin { *seen } else { 0 }
}

impl Replay {
    /// Work without a file: the session stands in the journal's own second record.
    ///
    /// # Errors
    /// The journal as it could be read, when it holds no session.
    pub fn of_unsaved(bytes: &[u8], read: impl FnOnce(&str) -> Option<Session>, paths: &SourcePaths) -> Result<Self, Scan> {
        let scan = scan(bytes);
        let base = scan.entries.get(1).and_then(|entry| match &entry.record {
            Record::Session { text } if scan.gaps.first().is_none_or(|gap| *gap > 1) => Some(text),
            _ => None,
        });
        let Some(session) = base.and_then(|text| read(text)) else {
            return Err(scan);
        };
        let mut replay = Self::new(session, Tail::of(&scan), Fit::Whole { first: Vec::new() });
        replay.run(scan, 1, paths);
        Ok(replay)
    }

    /// Takes the unbroken run of records around the one at `anchor`: those that its file holds into the history, the rest
    /// done again.
    fn run(&mut self, scan: Scan, anchor: usize, paths: &SourcePaths) {
        let from = scan.gaps.iter().copied().rfind(|gap| *gap <= anchor).unwrap_or(0);
        let to = scan.gaps.iter().copied().find(|gap| *gap > anchor).unwrap_or(scan.entries.len());
        let is_damaged = scan.is_damaged();
        let lost_after = scan.entries[to..].iter().filter(|entry| entry.record.is_change()).count();
        self.held_len = scan.ends[anchor];
        let covered = Covered::by(&scan, anchor);
        let (held, rest): (Vec<usize>, Vec<usize>) = (from..to).partition(|i| covered.holds(&scan, *i));
        held.iter().for_each(|i| self.remember(scan.entries[*i].record.clone().inward(paths)));
        self.saved_revision = self.history.revision();
        let rest: Vec<usize> = rest.into_iter().filter(|i| scan.entries[*i].record.is_change()).collect();
        let mut end = rest.len();
        if is_race(&scan, &rest) {
            self.redo_race(&scan, &rest, paths);
        } else {
            let done = rest.iter().take_while(|i| self.redo(scan.entries[**i].record.clone().inward(paths))).count();
            self.recovered += done;
            end = done;
        }
        let lost = lost_after + rest.len() - end;
        let records = || {
            let inward = |i: &usize| scan.entries[*i].record.clone().inward(paths);
            let held: Vec<Record> = held.iter().map(inward).filter(|record| record.is_history()).collect();
            let after = held.len() as u64;
            let base = match &scan.entries[anchor].record {
                Record::Checkpoint { file, .. } => Record::Checkpoint { file: *file, after },
                other => other.clone(),
            };
            held.into_iter().chain([base]).chain(rest[..end].iter().map(inward)).collect()
        };
        if is_damaged || lost > 0 {
            self.fit = Fit::Damaged { records: records(), lost };
        } else if scan.format() == Some(1) {
            self.fit = Fit::Older { records: records() };
        }
    }

    /// Takes a record into the history whose effect the session has already.
    fn remember(&mut self, record: Record) {
        match record {
            Record::Edit(edit) => self.history.remember(edit),
            Record::Undo { .. } => self.history.remember_undo(),
            Record::Redo { .. } => self.history.remember_redo(),
            Record::Seal { away, at } => self.history.seal(&away, at),
            Record::Journal { .. } | Record::Begin { .. } | Record::Session { .. } | Record::Checkpoint { .. } | Record::Placed { .. } => {}
        }
    }

    /// Whether the record could be done again.
    fn redo(&mut self, record: Record) -> bool {
        match record {
            Record::Edit(edit) => self.history.perform(&mut self.session, edit).is_ok(),
            Record::Undo { .. } => matches!(self.history.undo(&mut self.session), Ok(Some(_))),
            Record::Redo { .. } => matches!(self.history.redo(&mut self.session), Ok(Some(_))),
            _ => true,
        }
    }

    /// Does records again that several writers wrote without knowing of each other. Each has a session of its own in mind;
    /// what does not fit becomes an open conflict.
    fn redo_race(&mut self, scan: &Scan, rest: &[usize], paths: &SourcePaths) {
        let mut own: HashMap<WriterId, History> = HashMap::new();
        let mut clashing: Vec<Edit> = Vec::new();
        for i in rest {
            let Entry { writer, record, .. } = &scan.entries[*i];
            let history = own.entry(*writer).or_default();
            let edit = match record.clone().inward(paths) {
                Record::Edit(edit) => {
                    history.remember(edit.clone());
                    Some(edit)
                }
                Record::Undo { .. } => {
                    let undone = history.next_undo().or(self.history.next_undo()).map(Edit::inverse);
                    history.remember_undo();
                    undone
                }
                Record::Redo { .. } => {
                    let redone = history.next_redo().cloned();
                    history.remember_redo();
                    redone
                }
                _ => None,
            };
            self.recovered += 1;
            if let Some(edit) = edit
                && self.history.perform(&mut self.session, edit.clone()).is_err()
            {
                clashing.push(edit);
            }
        }
        let Some(last) = clashing.last() else { return };
        let laid = lay(&self.session, &clashing.iter().collect::<Vec<_>>());
        let ops = difference(&self.session, &laid.session);
        if !ops.is_empty() {
            let edit = Edit { verb: Verb::Join, scope: Default::default(), target: None, label: None, ops, ..last.clone() };
            self.history.perform(&mut self.session, edit).ok();
        }
    }

    /// Takes all that a journal holds into the history, and finds what of it the session does not hold. `current` is the
    /// record that tells of the file which the journal took for the present one. Answers the places in the history of what
    /// is missing, and how much of that was never saved.
    fn compare(&mut self, scan: &Scan, current: Option<usize>, paths: &SourcePaths, at: Time) -> (Vec<usize>, usize) {
        let covered = current.map(|current| Covered::by(scan, current));
        let is_held = |i: &usize| covered.as_ref().is_some_and(|covered| covered.holds(scan, *i));
        let (held, rest): (Vec<usize>, Vec<usize>) = (0..scan.entries.len()).partition(is_held);
        held.iter().for_each(|i| self.remember(scan.entries[*i].record.clone().inward(paths)));
        let mut changes = Changes::in_force(&self.history);
        for i in rest {
            let record = scan.entries[i].record.clone().inward(paths);
            changes.unsaved(&record, &self.history);
            if record.is_change() {
                self.remember(record);
            }
        }
        let edits: Vec<&Edit> = changes.list.iter().map(|change| &change.edit).collect();
        let standing = standing(&self.session, &edits);
        let is_missing = |change: &Change, standing: Standing| match standing {
            Standing::Held => false,
            Standing::Missing => true,
            // What was in a file once and is overtaken was overtaken by somebody who had seen it.
            Standing::Overtaken => change.is_unsaved,
        };
        let missing: Vec<&Change> = changes
            .list
            .iter()
            .zip(standing)
            .filter(|(change, standing)| is_missing(change, *standing))
            .map(|(change, _)| change)
            .collect();
        let away: Vec<usize> = missing.iter().filter_map(|change| change.place).collect();
        let unsaved = missing.iter().filter(|change| change.is_unsaved).count();
        self.missing = missing.into_iter().map(|change| change.edit.clone()).collect();
        self.history.seal(&away, at);
        self.saved_revision = self.history.revision();
        (away, unsaved)
    }
}

/// Whether any of these records was written by somebody who did not know of one of another writer before it.
fn is_race(scan: &Scan, rest: &[usize]) -> bool {
    let mut seen: HashMap<WriterId, u64> = HashMap::new();
    for Entry { writer, record, .. } in &scan.entries {
        seen.entry(*writer).or_insert(if let Record::Begin { seen, .. } = record { *seen } else { 0 });
    }
    // The last record so far, and the line of the last one by another writer than that one's.
    let (mut last, mut before): (Option<(WriterId, u64)>, Option<u64>) = (None, None);
    rest.iter().any(|i| {
        let writer = scan.entries[*i].writer;
        if let Some((_, line)) = last.filter(|(other, _)| *other != writer) {
            before = Some(line);
        }
        last = Some((writer, scan.lines[*i]));
        before.is_some_and(|line| seen.get(&writer).is_some_and(|seen| line > *seen))
    })
}

/// The changes of a journal in the order in which they were made, without what was taken back again.
#[derive(Default)]
struct Changes {
    list: Vec<Change>,
}

struct Change {
    edit: Edit,
    /// Its place in the history; `None` for the undoing of an edit that a file holds.
    place: Option<usize>,
    /// Whether no file ever held it.
    is_unsaved: bool,
}

impl Changes {
    fn in_force(history: &History) -> Self {
        let in_force = history.entries().iter().enumerate().filter(|(_, entry)| matches!(entry.fate, Fate::Done | Fate::Away));
        let change =
            |(place, entry): (usize, &annotation::Entry)| Change { edit: entry.edit.clone(), place: Some(place), is_unsaved: false };
        Self { list: in_force.map(change).collect() }
    }

    /// Adds a change that no file holds; `history` is as it was before.
    fn unsaved(&mut self, record: &Record, history: &History) {
        let (edit, place, takes_back) = match record {
            Record::Edit(edit) => (Some(edit.clone()), Some(history.entries().len()), None),
            Record::Undo { .. } => (history.next_undo().map(Edit::inverse), None, history.next_undo()),
            Record::Redo { .. } => (history.next_redo().cloned(), None, None),
            _ => return,
        };
        // An edit and its undoing, both never saved, are as if nothing had been.
        let is_own = self.list.last().is_some_and(|last| last.is_unsaved && takes_back == Some(&last.edit));
        if is_own {
            self.list.pop();
        } else {
            self.list.extend(edit.map(|edit| Change { edit, place, is_unsaved: true }));
        }
    }
}
