//! Where in a text something lies that another program gave by its offsets: in the unit that it should have counted in, or,
//! where it brought the words and they stand elsewhere, where they do. The words decide.

use super::loss::shorten;
use crate::text::paragraphs::trim;
use crate::text::{Offsets, Span, Unit};

/// How many spans of an article are looked for elsewhere when they do not stand where they say; each search may go through
/// the whole text.
const MAX_SEARCHES: usize = 2000;

pub struct Placer<'t> {
    text: &'t str,
    pub offsets: Offsets<'t>,
    unit: Unit,
    searches: usize,
}

/// The units that a program may have counted in, with their names.
const UNITS: [(Unit, &str); 3] = [(Unit::CodePoints, "code points"), (Unit::Utf16, "UTF-16 units"), (Unit::Bytes, "bytes")];

impl<'t> Placer<'t> {
    /// `unit` is what offsets should count.
    pub fn new(text: &'t str, unit: Unit) -> Self {
        Self { text, offsets: Offsets::new(text), unit, searches: 0 }
    }

    /// Where a span lies, without blanks at its edges, and what had to be mended to say so.
    ///
    /// # Errors
    /// Why it lies nowhere.
    pub fn place(&mut self, start: usize, end: usize, quote: Option<&str>) -> Result<(Span, Option<String>), String> {
        let (span, note) = self.find(start, end, quote)?;
        match trim(self.text, span) {
            Some(inner) if inner == span => Ok((span, note)),
            Some(inner) => {
                let (start, end) = self.offsets.span_to(inner, self.unit);
                let trimmed = format!("the blanks at its edges were left out; it stands at {start}..{end}");
                Ok((inner, Some(note.map_or(trimmed.clone(), |note| format!("{note}; {trimmed}")))))
            }
            None => Err(format!("{start}..{end} holds only blanks")),
        }
    }

    fn find(&mut self, start: usize, end: usize, quote: Option<&str>) -> Result<(Span, Option<String>), String> {
        if start == end {
            return Err(format!("{start}..{end} is empty"));
        }
        let by_unit = |unit| self.offsets.span_from(start, end, unit).filter(|span| !span.is_empty());
        let name = |unit| UNITS.iter().find(|(other, _)| *other == unit).map_or("", |(_, name)| name);
        let stated = by_unit(self.unit);
        let Some(quote) = quote.filter(|quote| !quote.is_empty()) else {
            let len = self.offsets.len(self.unit);
            let why = format!("{start}..{end} does not lie in the text, which has {len} {}", name(self.unit));
            return stated.map(|span| (span, None)).ok_or(why);
        };
        let says_quote = |span: &Span| span.of(self.text) == Some(quote);
        if let Some(span) = stated.filter(says_quote) {
            return Ok((span, None));
        }
        for (unit, words) in UNITS.into_iter().filter(|(unit, _)| *unit != self.unit) {
            if let Some(span) = by_unit(unit).filter(says_quote) {
                return Ok((span, Some(format!("its offsets count {words} instead of {}; converted", name(self.unit)))));
            }
        }
        self.searches += 1;
        if self.searches > MAX_SEARCHES {
            return Err(format!("“{}” does not stand at {start}..{end}; too many are like it to look for all of them", shorten(quote)));
        }
        let mut places = memchr::memmem::find_iter(self.text.as_bytes(), quote.as_bytes());
        match (places.next(), places.next()) {
            (Some(at), None) => {
                let span = Span::new(at, at + quote.len());
                Ok((span, Some(format!("does not stand at {start}..{end}; moved to the only place where it does"))))
            }
            (Some(_), Some(_)) => Err(format!("“{}” does not stand at {start}..{end} but in several other places", shorten(quote))),
            (None, _) => Err(format!("“{}” does not stand in the text", shorten(quote))),
        }
    }
}

/// The unit under which spans that bring no words make the most sense: they lie in the text, begin and end with no blank and
/// inside no word. The first of `units` where several do.
pub fn likeliest_unit(text: &str, spans: &[(usize, usize)], units: &[Unit]) -> Option<Unit> {
    let offsets = Offsets::new(text);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_odd = |unit: Unit, (start, end): (usize, usize)| {
        let Some(span) = offsets.span_from(start, end, unit).filter(|span| !span.is_empty()) else { return true };
        let (before, rest) = text.split_at(span.start as usize);
        let (words, after) = rest.split_at(span.len());
        let cuts = |left: &str, right: &str| is_word(left.chars().next_back()) && is_word(right.chars().next());
        trim(text, span) != Some(span) || cuts(before, words) || cuts(words, after)
    };
    units.iter().copied().min_by_key(|unit| spans.iter().filter(|span| is_odd(*unit, **span)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_decide_where_a_span_lies() {
        let text = "😀 Ann Lee met Bo; Bo left 𠮷野家.";
        let mut placer = Placer::new(text, Unit::Utf16);
        let quote = |span: Span| &text[span.range()];
        for (start, end, words, said) in [
            (3, 10, "Ann Lee", None),
            (2, 9, "Ann Lee", Some("count code points instead of UTF-16 units")),
            (5, 12, "Ann Lee", Some("count bytes instead of UTF-16 units")),
            (40, 47, "Ann Lee", Some("moved to the only place")),
            (2, 10, "", Some("blanks at its edges were left out; it stands at 3..10")),
        ] {
            let (span, note) = placer.place(start, end, Some(words)).unwrap();
            assert_eq!(quote(span), "Ann Lee", "{start}..{end}");
            assert!(
                note.as_deref().is_none_or(|note| said.is_some_and(|said| note.contains(said))) && note.is_some() == said.is_some(),
                "{note:?}"
            );
        }
        for (start, end, words, why) in [
            (0, 2, "Bo", "in several other places"),
            (0, 2, "Cy", "does not stand in the text"),
            (0, 99, "", "does not lie in the text, which has 32 UTF-16 units"),
            (4, 4, "", "is empty"),
            (2, 3, "", "only blanks"),
            (1, 3, "", "does not lie"),
            (9, 3, "", "does not lie"),
        ] {
            let found = placer.place(start, end, Some(words));
            assert!(found.as_ref().is_err_and(|told| told.contains(why)), "{start}..{end}: {found:?}");
        }
    }

    #[test]
    fn a_unit_is_guessed_by_the_words_that_it_gives() {
        let text = "😀 Ann Lee met Bo";
        let units = [Unit::Utf16, Unit::CodePoints];
        assert_eq!(likeliest_unit(text, &[(3, 10), (15, 17)], &units), Some(Unit::Utf16));
        assert_eq!(likeliest_unit(text, &[(2, 9), (14, 16)], &units), Some(Unit::CodePoints));
        assert_eq!(likeliest_unit("Ann met Bo", &[(0, 3)], &units), Some(Unit::Utf16));
        assert_eq!(likeliest_unit("Ann", &[], &[]), None);
    }
}
