//! Runs of tokens by a number: the same words in the same letters have the same one, everywhere.

use std::ops::Range;

use super::super::page::Page;

/// In tokens; a longer name is not remembered.
pub const LONGEST: usize = 8;

const START: u64 = 0xCBF2_9CE4_8422_2325;

fn step(hash: u64, word: &str) -> u64 {
    let hash = word.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    (hash ^ 0xFF).wrapping_mul(0x0100_0000_01B3)
}

/// The number of some tokens.
pub fn of(page: &Page<'_>, tokens: &Range<usize>) -> u64 {
    tokens.clone().fold(START, |hash, i| step(hash, page.word_text(i)))
}

/// The numbers of the runs that begin with token `from`, with where they end, shortest first. They stay inside a sentence.
pub fn from<'p>(page: &'p Page<'_>, from: usize, end: usize) -> impl Iterator<Item = (usize, u64)> + 'p {
    let mut hash = START;
    (from..end.min(from + LONGEST)).map(move |i| {
        hash = step(hash, page.word_text(i));
        (i + 1, hash)
    })
}

/// Whether a name may begin or end with the word.
pub fn is_name_like(page: &Page<'_>, i: usize) -> bool {
    page.word_text(i).chars().any(char::is_uppercase)
}
