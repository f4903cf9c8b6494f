//! A text with line feeds alone, and the way between its bytes and those of the text that it was made from.

use crate::annotation::{Article, First};
use crate::text::Span;

pub struct Flat {
    pub text: String,
    /// Bytes of the original where a carriage return was left out, before a line feed.
    left_out: Vec<u32>,
}

impl Flat {
    /// A carriage return that stands alone becomes a line feed.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let is_pair = |at: &usize| bytes.get(at + 1) == Some(&b'\n');
        let left_out = memchr::memchr_iter(b'\r', bytes).filter(is_pair).map(|at| Span::new(at, at).start).collect();
        Self { text: text.replace("\r\n", "\n").replace('\r', "\n"), left_out }
    }

    fn to_flat(&self, byte: u32) -> u32 {
        byte - self.left_out.partition_point(|at| *at < byte) as u32
    }

    /// Of a line end it is the beginning.
    fn back(&self, byte: u32) -> u32 {
        // The i-th that is left out stands at its own place less the i before it.
        let (mut low, mut high) = (0, self.left_out.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.left_out[middle] - (middle as u32) < byte {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        byte + low as u32
    }

    pub fn span_to(&self, span: Span) -> Span {
        Span { start: self.to_flat(span.start), end: self.to_flat(span.end) }
    }

    pub fn span_from(&self, span: Span) -> Span {
        Span { start: self.back(span.start), end: self.back(span.end) }
    }

    /// The article over the flat text.
    pub fn flatten(&self, article: &Article) -> Article {
        let mut flat = Article { text: self.text.as_str().into(), ..article.clone() };
        flat.zones.iter_mut().for_each(|zone| zone.span = self.span_to(zone.span));
        for mention in &mut flat.mentions {
            mention.span = self.span_to(mention.span);
            mention.first = mention.first.take().map(|first| First { span: self.span_to(first.span), ..first });
        }
        flat
    }

    /// The article over the text that the flat one was made from.
    pub fn unflatten(&self, mut flat: Article, text: &std::sync::Arc<str>) -> Article {
        flat.text = text.clone();
        flat.zones.iter_mut().for_each(|zone| zone.span = self.span_from(zone.span));
        for mention in &mut flat.mentions {
            mention.span = self.span_from(mention.span);
            mention.first = mention.first.take().map(|first| First { span: self.span_from(first.span), ..first });
        }
        flat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_again() {
        let text = "Ann\r\nLee\r\n\r\nmet\rBo\n\r\nCy";
        let flat = Flat::of(text);
        assert_eq!(flat.text, "Ann\nLee\n\nmet\nBo\n\nCy");
        for word in ["Ann", "Ann\r\nLee", "Lee", "met\rBo", "Bo", "Cy"] {
            let at = text.find(word).unwrap();
            let span = Span::new(at, at + word.len());
            let moved = flat.span_to(span);
            assert_eq!(moved.of(&flat.text), Some(Flat::of(word).text.as_str()));
            assert_eq!(flat.span_from(moved), span, "{word:?}");
        }
    }
}
