//! The lists and what each says of a name that it holds.

use std::fmt;
use std::sync::Arc;

use crate::annotation::Label;

/// Which list; an index into [`Lexicon::lists`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ListId(pub u8);

/// A list as it is shown to the analyst.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListInfo {
    /// `countries`.
    pub name: Arc<str>,
    /// What its names are.
    pub label: Label,
    /// How many names it holds.
    pub names: usize,
}

/// How much an entry of a list is worth by itself.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Mark(u8);

impl Mark {
    /// A common English word when written small: Reading, Mobile, Nice.
    pub const COMMON: Mark = Mark(4);
    /// Also a given name or surname: Jordan, Paris, Lincoln.
    pub const PERSONAL: Mark = Mark(8);
    /// Stands in lists of different labels: Georgia, Washington.
    pub const DIVIDED: Mark = Mark(16);
    /// An abbreviation of two or three letters.
    pub const SHORT: Mark = Mark(32);

    /// `rank` 3: known to every reader; 2: seen in the news; 1: of the long tail; 0: no more than a hint.
    pub fn ranked(rank: u8) -> Self {
        Mark(rank.min(3))
    }

    pub fn rank(self) -> u8 {
        self.0 & 3
    }

    #[must_use]
    pub fn with(self, other: Mark) -> Self {
        Mark(self.0 | other.0)
    }

    pub fn has(self, other: Mark) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the entry needs context rather than luck.
    pub fn is_ambiguous(self) -> bool {
        self.rank() == 0
            || self.0 & (Self::COMMON.0 | Self::PERSONAL.0 | Self::DIVIDED.0) != 0
            || (self.has(Self::SHORT) && self.rank() < 3)
    }

    /// What speaks against it, alone.
    pub(crate) fn without_rank(self) -> Self {
        Mark(self.0 & !3)
    }

    pub(super) fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn from_bits(bits: u8) -> Self {
        Mark(bits)
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rank {}", self.rank())?;
        for (mark, name) in [(Self::COMMON, "common"), (Self::PERSONAL, "personal"), (Self::DIVIDED, "divided"), (Self::SHORT, "short")] {
            if self.has(mark) {
                write!(f, " {name}")?;
            }
        }
        Ok(())
    }
}
