//! Makes a [`Lexicon`] from names: for the packed lists, and for an analyst's own.

use std::collections::BTreeMap;

use super::entries::{Entries, LONGEST, Member};
use super::fold::{Case, fold_into, pieces};
use super::lexicon::Lexicon;
use super::mark::{ListId, ListInfo, Mark};
use super::words::{WordClass, WordTable};
use crate::annotation::Label;
use crate::text::tokens::tokens;

/// Per list and case form, the mark.
type Members = BTreeMap<(ListId, u32), Mark>;

/// Collects names and words; the order in which they come does not matter.
#[derive(Default)]
pub struct Builder {
    lists: Vec<ListInfo>,
    classes: BTreeMap<String, WordClass>,
    /// By folded words; per list and case form, the highest mark given.
    entries: BTreeMap<Vec<String>, Members>,
}

impl Builder {
    /// A list by name, made if it is new. There is room for 255; beyond that names go to the last.
    pub fn list(&mut self, name: &str, label: &str) -> ListId {
        if let Some(at) = self.lists.iter().position(|list| &*list.name == name) {
            return ListId(at as u8);
        }
        if self.lists.len() < 255 {
            self.lists.push(ListInfo { name: name.into(), label: Label::new(label), names: 0 });
        }
        ListId((self.lists.len() - 1) as u8)
    }

    /// Adds a name; says whether it was one (a name without a letter, or longer than [`LONGEST`] words, is none).
    pub fn name(&mut self, list: ListId, surface: &str, mark: Mark) -> bool {
        let Some((words, caps)) = split(surface) else { return false };
        let held = self.entries.entry(words).or_default().entry((list, caps)).or_insert(mark);
        if held.rank() < mark.rank() {
            *held = mark;
        }
        true
    }

    /// Adds what is known of a word.
    pub fn word(&mut self, word: &str, class: WordClass) {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        if !folded.is_empty() {
            let held = self.classes.entry(folded).or_default();
            *held = held.with(class);
        }
    }

    /// Changes the marks of all entries, or drops them with `None`.
    pub fn remark(&mut self, mut change: impl FnMut(&Place<'_>) -> Option<Mark>) {
        let lists = &self.lists;
        for (words, members) in &mut self.entries {
            let all: Vec<(&Label, Mark)> = members.iter().map(|((list, _), mark)| (&lists[usize::from(list.0)].label, *mark)).collect();
            let kept = members.iter().filter_map(|(&(list, caps), &mark)| {
                let info = &lists[usize::from(list.0)];
                let place = Place { list: info, words, mark, is_abbreviation: caps == 2, all: &all };
                change(&place).map(|mark| ((list, caps), mark))
            });
            *members = kept.collect();
        }
        self.entries.retain(|_, members| !members.is_empty());
    }

    /// All words with what is known of them, so far.
    pub fn classes(&self) -> BTreeMap<String, WordClass> {
        self.classes.clone()
    }

    fn class_of(&self, folded: &str) -> WordClass {
        self.classes.get(folded).copied().unwrap_or_default()
    }

    pub fn finish(&self) -> Lexicon {
        let mut counts: BTreeMap<&str, usize> = self.classes.keys().map(|word| (word.as_str(), 0)).collect();
        for word in self.entries.keys().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        // Words of many names come first and have short numbers; the rest stands in the order of the alphabet.
        let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
        order.sort_by_key(|(_, count)| std::cmp::Reverse(if *count < 8 { 0 } else { *count }));
        let ids: BTreeMap<&str, u32> = order.iter().enumerate().map(|(id, (word, _))| (*word, id as u32)).collect();

        let mut text = String::new();
        let mut ends = Vec::new();
        let mut classes = Vec::new();
        for (word, _) in &order {
            text.push_str(word);
            ends.push(text.len() as u32);
            classes.push(self.class_of(word));
        }
        let mut sorted: Vec<(Vec<u32>, &Members)> =
            self.entries.iter().map(|(words, members)| (words.iter().map(|word| ids[word.as_str()]).collect(), members)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));

        let mut lists = self.lists.clone();
        let mut entries = Entries::of_words(WordTable::new(text, ends, classes));
        for (words, members) in sorted {
            members.keys().for_each(|(list, _)| lists[usize::from(list.0)].names += 1);
            entries.push(&words, members.iter().map(|(&(list, caps), &mark)| Member { list, mark, caps }));
        }
        Lexicon::new(lists, entries.finished())
    }
}

/// One name in one list, as [`Builder::remark`] shows it.
pub struct Place<'b> {
    pub list: &'b ListInfo,
    /// Folded.
    pub words: &'b [String],
    pub mark: Mark,
    /// One word of capitals only.
    pub is_abbreviation: bool,
    /// The labels and marks of all lists in which the name stands.
    pub all: &'b [(&'b Label, Mark)],
}

/// Whether a text can be found as a name of a list.
pub fn is_name(surface: &str) -> bool {
    split(surface).is_some()
}

/// The folded words of a name and the case that each is written in.
pub(super) fn split(surface: &str) -> Option<(Vec<String>, u32)> {
    // A full stop at the end (Inc.) would be one piece too many: in a text it may end the sentence.
    let surface = surface.trim().trim_end_matches('.');
    let tokens = tokens(surface);
    let pieces = pieces(surface, &tokens);
    if pieces.is_empty() || pieces.len() > LONGEST || !surface.chars().any(char::is_alphabetic) {
        return None;
    }
    let mut words = Vec::with_capacity(pieces.len());
    let mut caps = 0;
    for (i, piece) in pieces.iter().enumerate() {
        let mut folded = String::new();
        fold_into(piece.span.of(surface)?, &mut folded);
        if folded.is_empty() {
            return None;
        }
        words.push(folded);
        let wanted = match piece.case {
            Case::Lower | Case::None => 0,
            Case::Title => 1,
            Case::Capitals => 2,
        };
        caps |= wanted << (2 * i);
    }
    Some((words, caps))
}
