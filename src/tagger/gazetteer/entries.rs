//! The names of all lists, as runs of words, ordered so that a walk narrows them down word by word.

use std::ops::Range;

use super::mark::{ListId, Mark};
use super::words::WordTable;

/// No name is longer; a walk stops there.
pub(super) const LONGEST: usize = 16;

/// One place of an entry in one list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Member {
    pub list: ListId,
    pub mark: Mark,
    /// Two bits a word: 0 any case, 1 a capital first, 2 capitals only.
    pub caps: u32,
}

/// Entries are runs of words, sorted by the numbers of their words, each with its places in lists.
#[derive(Default)]
pub(super) struct Entries {
    words: WordTable,
    /// Per word, the first entry that begins with it; one more at the end.
    first: Vec<u32>,
    /// Per entry, where its words begin in `ids`; one more at the end.
    starts: Vec<u32>,
    ids: Vec<u32>,
    /// Per entry, where its members begin; one more at the end.
    member_starts: Vec<u32>,
    members: Vec<Member>,
}

impl Entries {
    /// None yet, of these words.
    pub fn of_words(words: WordTable) -> Self {
        Self { first: Vec::with_capacity(words.len() + 1), starts: vec![0], member_starts: vec![0], words, ..Self::default() }
    }

    /// Makes room for a number of entries.
    pub fn reserve(&mut self, n: usize) {
        self.starts.reserve(n);
        self.ids.reserve(n * 3);
        self.member_starts.reserve(n);
        self.members.reserve(n * 2);
    }

    /// Adds an entry; they come in the order of their words, and none is without one.
    pub fn push(&mut self, words: &[u32], members: impl IntoIterator<Item = Member>) {
        let Some(&begins) = words.first() else { return };
        let entry = self.len() as u32;
        while self.first.len() <= begins as usize {
            self.first.push(entry);
        }
        self.ids.extend_from_slice(words);
        self.starts.push(self.ids.len() as u32);
        self.members.extend(members);
        self.member_starts.push(self.members.len() as u32);
    }

    /// To be called when the last has come.
    #[must_use]
    pub fn finished(mut self) -> Self {
        self.first.resize(self.words.len() + 1, self.len() as u32);
        self
    }

    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub fn words(&self) -> &WordTable {
        &self.words
    }

    /// The words of an entry, by number.
    pub fn entry(&self, i: usize) -> &[u32] {
        &self.ids[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    pub fn members(&self, i: usize) -> &[Member] {
        &self.members[self.member_starts[i] as usize..self.member_starts[i + 1] as usize]
    }

    /// The entries that begin with a word.
    pub fn beginning_with(&self, word: u32) -> Range<usize> {
        self.first[word as usize] as usize..self.first[word as usize + 1] as usize
    }

    /// Those of `range`, which share their first `depth` words and have more, whose next word is `word`.
    pub fn going_on_with(&self, range: Range<usize>, depth: usize, word: u32) -> Range<usize> {
        let starts = &self.starts[range.clone()];
        let word_at = |start: &u32| self.ids[*start as usize + depth];
        let from = starts.partition_point(|start| word_at(start) < word);
        let to = from + starts[from..].partition_point(|start| word_at(start) == word);
        range.start + from..range.start + to
    }
}
