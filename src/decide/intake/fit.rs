//! One text twice, in forms that differ in blanks, line ends and control characters: formats of tokens write one blank for all of
//! them, others have line feeds alone.

use crate::annotation::{Digest, Digesting};
use crate::text::Span;

fn is_kept(c: char) -> bool {
    !c.is_whitespace() && !c.is_control()
}

/// What two forms of a text have in common.
pub fn key(text: &str) -> Digest {
    let mut digesting = Digesting::default();
    let kept: String = text.chars().filter(|c| is_kept(*c)).collect();
    digesting.add(kept.as_bytes());
    digesting.digest()
}

/// The way from a form of a text to another.
pub struct Fit {
    /// Where each character that both have stands, in bytes; nothing where the forms are equal.
    places: Option<[Vec<Span>; 2]>,
}

impl Fit {
    pub fn of(from: &str, to: &str) -> Self {
        let places = |text: &str| {
            let kept = text.char_indices().filter(|(_, c)| is_kept(*c));
            kept.map(|(at, c)| Span::new(at, at + c.len_utf8())).collect()
        };
        Self { places: (from != to).then(|| [places(from), places(to)]) }
    }

    /// A span of the first form in the second; `None` where it holds nothing that both have.
    pub fn span(&self, span: Span) -> Option<Span> {
        let Some([from, to]) = &self.places else { return Some(span) };
        let first = from.partition_point(|place| place.end <= span.start);
        let end = from.partition_point(|place| place.start < span.end);
        let last = end.checked_sub(1).filter(|last| *last >= first)?;
        Some(Span { start: to.get(first)?.start, end: to.get(last)?.end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_the_other_form() {
        let (here, there) = ("Ann\r\nLee\u{a0}met 😀\u{2028}Bo\n", "Ann Lee met 😀 Bo");
        assert_eq!(key(here), key(there));
        assert_ne!(key(here), key("Ann Lee met Bo"));
        for (words, expect) in [("Ann Lee", "Ann\r\nLee"), ("met", "met"), ("😀", "😀"), ("Bo", "Bo"), (" Bo", "Bo")] {
            let at = there.find(words).unwrap();
            let span = Fit::of(there, here).span(Span::new(at, at + words.len())).unwrap();
            assert_eq!(span.of(here), Some(expect));
        }
        assert_eq!(Fit::of(there, here).span(Span::new(3, 4)), None, "a blank");
        assert_eq!(Fit::of(here, here).span(Span::new(3, 5)), Some(Span::new(3, 5)));
    }
}
