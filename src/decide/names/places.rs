//! Where a name stands in texts, whether tagged or not.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use crate::text::{Span, name};

/// A name ready to be compared with the words of a text.
#[derive(Clone, Debug)]
pub struct NamePattern {
    key: String,
    words: Vec<String>,
}

impl NamePattern {
    /// From a key (see [`name::key`]).
    pub fn new(key: &str) -> Self {
        let words = key.split(' ').filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        Self { key: key.to_owned(), words }
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    /// Folded; the one that places are looked up by.
    pub fn first_word(&self) -> Option<&str> {
        self.words.first().map(String::as_str)
    }

    /// The span of the name where it begins at byte `start` of `text`, which must be the start of a word.
    pub fn at(&self, text: &str, start: usize) -> Option<Span> {
        // Folding shortens a word at most to a few bytes less per character; four times the key is always enough.
        let end = start.saturating_add(self.key.len() * 4 + 64).min(text.len());
        let end = (end..=text.len()).find(|at| text.is_char_boundary(*at))?;
        let mut span = Span::new(start, start);
        let mut folded = String::new();
        let mut found = name::words_in(text, Span::new(start, end));
        for wanted in &self.words {
            let word = found.next()?;
            folded.clear();
            name::fold(&text[word.range()], &mut folded);
            if folded != *wanted {
                return None;
            }
            span.end = word.end;
        }
        let is_single = self.words.len() == 1;
        (!span.is_empty() && (!is_single || name::key(span.of(text)?) == self.key)).then_some(span)
    }
}

/// The places of a name in one text, in order, without an index.
pub fn places_in(text: &str, pattern: &NamePattern) -> Vec<Span> {
    let whole = Span::new(0, text.len());
    name::words_in(text, whole).filter_map(|word| pattern.at(text, word.start as usize)).collect()
}

/// From the hash of a folded word to its places: number of the text, byte offset.
#[derive(Debug, Default)]
pub(super) struct Places {
    of_word: HashMap<u64, Vec<(u32, u32)>, BuildHasherDefault<AsItIs>>,
}

/// How many texts one worker reads at a time.
const BATCH: usize = 64;

impl Places {
    /// `texts` have the numbers 0, 1, 2, ….
    pub fn build(texts: &[Arc<str>]) -> Self {
        let batches: Vec<Vec<(u64, u32, u32)>> = texts
            .par_chunks(BATCH)
            .enumerate()
            .map(|(batch, texts)| {
                let mut found = Vec::new();
                for (at, text) in texts.iter().enumerate() {
                    let number = u32::try_from(batch * BATCH + at).unwrap_or(u32::MAX);
                    words(text, |hash, start| found.push((hash, number, start)));
                }
                found
            })
            .collect();
        let mut places = Self::default();
        for (hash, number, start) in batches.into_iter().flatten() {
            places.of_word.entry(hash).or_default().push((number, start));
        }
        places.of_word.values_mut().for_each(Vec::shrink_to_fit);
        places
    }

    pub fn add(&mut self, number: u32, text: &str) {
        words(text, |hash, start| self.of_word.entry(hash).or_default().push((number, start)));
    }

    /// Where the first word of the name stands.
    pub fn of(&self, pattern: &NamePattern) -> impl Iterator<Item = (u32, u32)> + '_ {
        let places = pattern.words.first().and_then(|word| self.of_word.get(&name::fold_hash(word)));
        places.into_iter().flatten().copied()
    }
}

/// Tells every word that can begin a name: its hash and its start.
fn words(text: &str, mut tell: impl FnMut(u64, u32)) {
    let mut folded = String::new();
    for word in name::words_in(text, Span::new(0, text.len())) {
        let words = &text[word.range()];
        if words.bytes().all(|b| b.is_ascii_punctuation() && !b"$#@".contains(&b)) {
            continue;
        }
        folded.clear();
        name::fold(words, &mut folded);
        tell(name::fold_hash(&folded), word.start);
    }
}

/// The keys are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*b);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expect: &[&str]) {
        let pattern = NamePattern::new(&name::key(name));
        let found: Vec<&str> = places_in(text, &pattern).iter().filter_map(|span| span.of(text)).collect();
        assert_eq!(found, expect);
        let places = Places::build(&[Arc::from(text)]);
        let indexed: Vec<Span> = places.of(&pattern).filter_map(|(_, start)| pattern.at(text, start as usize)).collect();
        assert_eq!(indexed, places_in(text, &pattern), "the index finds what a scan finds");
    }

    #[test]
    fn a_name_is_found_whole_in_every_spelling() {
        check("Mr. Kishida met KISHIDA’s aide; Kishidas did not.", "Kishida", &["Kishida", "KISHIDA"]);
        check("The Bank of China, bank of china, Bank of Chinatown", "the Bank of China", &["Bank of China", "bank of china"]);
        check("U.S. troops, US troops, the U.S.-led alliance; us", "U.S.", &["U.S.", "US", "U.S."]);
        check("St. Petersburg and St Petersburg", "St. Petersburg", &["St. Petersburg", "St Petersburg"]);
        check("$5 billion or £5 billion", "$5 billion", &["$5 billion"]);
        check("東京都の東京", "東京", &["東京", "東京"]);
    }
}
