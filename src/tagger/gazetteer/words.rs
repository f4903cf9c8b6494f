//! The words of the lists, each once, and what is known of them.

use std::fmt;

/// What is known of a word: is it a given name, a surname, a common English word?
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct WordClass(u8);

impl WordClass {
    pub const GIVEN: WordClass = WordClass(1);
    /// Among the frequent given names of a country.
    pub const GIVEN_FREQUENT: WordClass = WordClass(2);
    pub const SURNAME: WordClass = WordClass(4);
    /// Among the frequent surnames of a country.
    pub const SURNAME_FREQUENT: WordClass = WordClass(8);
    /// Written small now and then in English news.
    pub const COMMON: WordClass = WordClass(16);
    /// Written small far more often than with a capital.
    pub const COMMON_MOSTLY: WordClass = WordClass(32);
    /// Seen in the news with a capital inside sentences, and hardly ever small.
    pub const PROPER: WordClass = WordClass(64);

    pub fn has(self, other: WordClass) -> bool {
        self.0 & other.0 == other.0
    }

    #[must_use]
    pub fn with(self, other: WordClass) -> Self {
        WordClass(self.0 | other.0)
    }

    pub fn is_given_name(self) -> bool {
        self.has(Self::GIVEN)
    }

    pub fn is_surname(self) -> bool {
        self.has(Self::SURNAME)
    }

    /// An English word that is written small, at least now and then.
    pub fn is_common(self) -> bool {
        self.has(Self::COMMON)
    }

    /// Hardly ever a name.
    pub fn is_mostly_common(self) -> bool {
        self.has(Self::COMMON_MOSTLY)
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn from_bits(bits: u8) -> Self {
        WordClass(bits & 127)
    }

    /// This piece and the next one of a hyphenated token.
    pub(super) fn joined(self, next: WordClass) -> Self {
        let given = Self::GIVEN.0 | Self::GIVEN_FREQUENT.0;
        let surname = Self::SURNAME.0 | Self::SURNAME_FREQUENT.0;
        WordClass((self.0 & given) | (next.0 & surname))
    }
}

impl fmt::Debug for WordClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["given", "given-frequent", "surname", "surname-frequent", "common", "common-mostly", "proper"];
        let held: Vec<_> = names.iter().enumerate().filter(|(i, _)| self.0 >> i & 1 == 1).map(|(_, name)| *name).collect();
        f.write_str(&held.join(" "))
    }
}

/// Folded words with their classes; a word's id is its place. Found by open addressing over a fixed hash, so that the
/// table is the same on every machine.
#[derive(Default)]
pub(super) struct WordTable {
    text: String,
    ends: Vec<u32>,
    classes: Vec<WordClass>,
    /// Ids plus one; zero is free. The length is a power of two.
    slots: Vec<u32>,
}

impl WordTable {
    /// From words without repetition.
    pub fn new(text: String, ends: Vec<u32>, classes: Vec<WordClass>) -> Self {
        let mut table = Self { text, ends, classes, slots: Vec::new() };
        table.slots = vec![0; (table.len() * 2).next_power_of_two().max(2)];
        let mask = table.slots.len() - 1;
        for id in 0..table.len() {
            let mut slot = hash(table.bytes_of(id)) as usize & mask;
            while table.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            table.slots[slot] = id as u32 + 1;
        }
        table
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn word(&self, id: u32) -> &str {
        self.text.get(self.range(id as usize)).unwrap_or_default()
    }

    pub fn class(&self, id: u32) -> WordClass {
        self.classes.get(id as usize).copied().unwrap_or_default()
    }

    /// The id of a folded word.
    pub fn find(&self, folded: &str) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash(folded.as_bytes()) as usize & mask;
        while let Some(id) = self.slots[slot].checked_sub(1) {
            if self.bytes_of(id as usize) == folded.as_bytes() {
                return Some(id);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    fn range(&self, id: usize) -> std::ops::Range<usize> {
        let start = if id == 0 { 0 } else { self.ends[id - 1] as usize };
        start..self.ends[id] as usize
    }

    fn bytes_of(&self, id: usize) -> &[u8] {
        self.text.as_bytes().get(self.range(id)).unwrap_or_default()
    }
}

/// A multiplicative hash over eight bytes at a time.
fn hash(bytes: &[u8]) -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = (state.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        state ^= state >> 32;
    }
    state
}
