//! Conversion between bytes and the offset units of the world outside.
//!
//! Python tools count code points, JavaScript and Java tools UTF-16 units, Rust bytes. Inside the program only bytes
//! exist; whatever crosses a border does so through [`Offsets`], which names the unit.

use super::Span;

/// What an offset counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    Bytes,
    /// Unicode code points (scalar values): Python, brat, spaCy, Label Studio, W3C selectors, our own files.
    CodePoints,
    /// UTF-16 code units: Java, JavaScript, UIMA XMI, doccano's page.
    Utf16,
}

/// How many bytes lie between two remembered places. A conversion walks at most this far.
const STRIDE: usize = 256;

/// Answers conversions over one text in constant time after one linear pass; ASCII texts need no table.
pub struct Offsets<'t> {
    text: &'t str,
    /// For every multiple of [`STRIDE`] bytes, at the next character boundary: (byte, code points, UTF-16 units).
    marks: Vec<(usize, usize, usize)>,
    total: (usize, usize, usize),
}

impl<'t> Offsets<'t> {
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            let n = text.len();
            return Self { text, marks: Vec::new(), total: (n, n, n) };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let (mut points, mut units) = (0, 0);
        let mut next_mark = 0;
        for (byte, c) in text.char_indices() {
            if byte >= next_mark {
                marks.push((byte, points, units));
                next_mark = byte - byte % STRIDE + STRIDE;
            }
            points += 1;
            units += c.len_utf16();
        }
        Self { text, marks, total: (text.len(), points, units) }
    }

    /// Length of the text in `unit`.
    pub fn len(&self, unit: Unit) -> usize {
        pick(self.total, unit)
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// From a byte offset on a character boundary to `unit`. An offset off a boundary or past the end counts as the
    /// boundary before it.
    pub fn from_byte(&self, byte: usize, unit: Unit) -> usize {
        if unit == Unit::Bytes || self.marks.is_empty() {
            return byte.min(self.text.len());
        }
        if byte >= self.text.len() {
            return self.len(unit);
        }
        let mark = self.marks[self.marks.partition_point(|m| m.0 <= byte).saturating_sub(1)];
        let mut count = pick(mark, unit);
        for (at, c) in self.text[mark.0..].char_indices() {
            if mark.0 + at + c.len_utf8() > byte {
                break;
            }
            count += width(c, unit);
        }
        count
    }

    /// From an offset in `unit` to bytes. `None` past the end of the text or inside a character (half of a surrogate
    /// pair, a byte inside a sequence).
    pub fn to_byte(&self, offset: usize, unit: Unit) -> Option<usize> {
        if offset >= self.len(unit) {
            return (offset == self.len(unit)).then_some(self.text.len());
        }
        if self.marks.is_empty() || unit == Unit::Bytes {
            return self.text.is_char_boundary(offset).then_some(offset);
        }
        let mark = self.marks[self.marks.partition_point(|m| pick(*m, unit) <= offset).saturating_sub(1)];
        let mut count = pick(mark, unit);
        for (at, c) in self.text[mark.0..].char_indices() {
            if count >= offset {
                return (count == offset).then_some(mark.0 + at);
            }
            count += width(c, unit);
        }
        None
    }

    /// Both ends of a span in `unit`.
    pub fn span_to(&self, span: Span, unit: Unit) -> (usize, usize) {
        (self.from_byte(span.start as usize, unit), self.from_byte(span.end as usize, unit))
    }

    /// A span from offsets in `unit`, or `None` where they are reversed or do not lie in the text.
    pub fn span_from(&self, start: usize, end: usize, unit: Unit) -> Option<Span> {
        let (from, to) = (self.to_byte(start, unit)?, self.to_byte(end, unit)?);
        (from <= to).then(|| Span::new(from, to))
    }
}

fn pick(mark: (usize, usize, usize), unit: Unit) -> usize {
    match unit {
        Unit::Bytes => mark.0,
        Unit::CodePoints => mark.1,
        Unit::Utf16 => mark.2,
    }
}

fn width(c: char, unit: Unit) -> usize {
    match unit {
        Unit::Bytes => c.len_utf8(),
        Unit::CodePoints => 1,
        Unit::Utf16 => c.len_utf16(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_astral_character_is_one_code_point_and_two_utf16_units() {
        let offsets = Offsets::new("a𠮷野家");
        assert_eq!(offsets.from_byte(5, Unit::CodePoints), 2);
        assert_eq!(offsets.from_byte(5, Unit::Utf16), 3);
        assert_eq!(offsets.to_byte(2, Unit::Utf16), None, "half of a surrogate pair is no place");
        assert_eq!(offsets.to_byte(9, Unit::CodePoints), None);
    }

    proptest! {
        #[test]
        fn every_boundary_survives_the_way_out_and_back(text in "(?s)([a-z]{0,90}.{0,9}[é𠮷🇫🇷\u{301}\r\n]{0,40}){0,12}") {
            let offsets = Offsets::new(&text);
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (points, byte) in boundaries.enumerate() {
                prop_assert_eq!(offsets.from_byte(byte, Unit::CodePoints), points);
                for unit in [Unit::Bytes, Unit::CodePoints, Unit::Utf16] {
                    prop_assert_eq!(offsets.to_byte(offsets.from_byte(byte, unit), unit), Some(byte));
                }
            }
        }
    }
}
