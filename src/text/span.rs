//! A byte range of a text: the one way in which places are told inside the program.

use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of bytes, end exclusive, whose ends lie on character boundaries of the text that it belongs to.
///
/// Offsets leave the program only through [`Offsets`](super::Offsets), with a named unit. 32 bits hold any article:
/// the reading room refuses files of 4 GiB long before.
///
/// The order is reading order: by start, and of two spans with one start the longer comes first, so that an outer
/// mention precedes those nested in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Offsets beyond 32 bits are clamped; texts that long are refused when they are read.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.range().len()
    }

    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text covered, or `None` where the span does not lie in `text` on character boundaries.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub fn holds(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Overlaps without one holding the other.
    pub fn crosses(self, other: Span) -> bool {
        self.overlaps(other) && !self.contains(other) && !other.contains(self)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl Ord for Span {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, Reverse(self.end)).cmp(&(other.start, Reverse(other.end)))
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_spans_come_before_those_nested_in_them() {
        let mut spans = [Span::new(4, 6), Span::new(0, 2), Span::new(0, 9), Span::new(4, 9)];
        spans.sort();
        assert_eq!(spans.map(Span::range), [0..9, 0..2, 4..9, 4..6]);
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).crosses(Span::new(3, 5)));
        assert!(!Span::new(0, 5).crosses(Span::new(3, 5)));
    }

    #[test]
    fn a_span_off_a_character_boundary_covers_nothing() {
        assert_eq!(Span::new(0, 1).of("é"), None);
        assert_eq!(Span::new(0, 9).of("é"), None);
        assert_eq!(Span::new(0, 2).of("é"), Some("é"));
    }
}
