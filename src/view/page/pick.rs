//! What the pointer picks: words, sentences and stretches of tokens, from places in the text.

use unicode_segmentation::UnicodeSegmentation as _;

use super::geometry::Part;
use crate::text::{Span, tokens};

/// The stretch from `a` to `b` (bytes, either order) widened to whole tokens; `None` where no token is touched.
/// `within` is the part of the text to look at: it holds both places.
pub fn by_tokens(text: &str, within: Span, a: usize, b: usize) -> Option<Span> {
    let (from, to) = (a.min(b) as u32, a.max(b) as u32);
    let mut touched = tokens::tokens_in(text, within).into_iter().map(|token| token.span);
    let first = touched.find(|token| token.end > from && token.start < to.max(from + 1))?;
    let last = touched.take_while(|token| token.start < to).last().unwrap_or(first);
    Some(Span { start: first.start, end: last.end })
}

/// The stretch from `a` to `b` in whole characters as readers see them.
pub fn by_characters(text: &str, within: Span, a: usize, b: usize) -> Option<Span> {
    let (from, to) = (a.min(b), a.max(b));
    let base = within.start as usize;
    let part = within.of(text)?;
    let mut start = None;
    let mut end = None;
    for (at, cluster) in part.grapheme_indices(true) {
        let (at, after) = (base + at, base + at + cluster.len());
        if after > from && start.is_none() {
            start = Some(at);
        }
        if at < to {
            end = Some(after);
        }
    }
    let span = Span::new(start?, end?);
    (!span.is_empty()).then_some(span)
}

/// The word at `at`, or the one that ends there.
pub fn word(text: &str, within: Span, at: usize) -> Option<Span> {
    let tokens = tokens::tokens_in(text, within);
    let after = tokens.partition_point(|token| token.span.start as usize <= at);
    let token = tokens.get(after.checked_sub(1)?)?;
    (token.span.end as usize >= at).then_some(token.span)
}

/// The sentence that holds `at`, without the white space around it.
pub fn sentence(text: &str, within: Part<'_>, at: usize) -> Option<Span> {
    let read = within.flowed.map_or(within.span.of(text)?, |flowed| &flowed.text);
    let at = within.shown_at(at as u32);
    let (start, sentence) = read.split_sentence_bound_indices().take_while(|(start, _)| *start <= at).last()?;
    let lead = start + sentence.len() - sentence.trim_start().len();
    let span = within.stored(Span::new(lead, lead + sentence.trim().len()));
    (!span.is_empty()).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::flow::Flow;

    const TEXT: &str = "Mr. Oja met NATO. She left – 岸田文雄 e\u{301}toile.";

    fn all() -> Span {
        Span::new(0, TEXT.len())
    }

    #[track_caller]
    fn check(span: Option<Span>, expect: &str) {
        assert_eq!(span.and_then(|span| span.of(TEXT)), Some(expect));
    }

    #[test]
    fn a_drag_takes_whole_tokens() {
        check(by_tokens(TEXT, all(), 5, 13), "Oja met NATO");
        check(by_tokens(TEXT, all(), 13, 5), "Oja met NATO");
        check(by_tokens(TEXT, all(), 5, 5), "Oja");
        let kishida = TEXT.find('岸').unwrap();
        check(by_tokens(TEXT, all(), kishida, kishida + 6), "岸田");
        assert_eq!(by_tokens(TEXT, all(), 3, 4), None, "a blank is nothing");
    }

    #[test]
    fn a_careful_drag_takes_characters_but_never_half_of_one() {
        check(by_characters(TEXT, all(), 5, 6), "j");
        let accent = TEXT.find('\u{301}').unwrap();
        check(by_characters(TEXT, all(), accent, accent + 3), "e\u{301}t");
    }

    #[test]
    fn words_and_sentences_are_found_from_a_place_in_them() {
        check(word(TEXT, all(), 4), "Oja");
        check(word(TEXT, all(), 7), "Oja");
        check(sentence(TEXT, Part { span: all(), flowed: None }, 20), "She left – 岸田文雄 e\u{301}toile.");
    }

    #[test]
    fn a_sentence_goes_on_over_the_ends_of_broken_lines() {
        let text = "The minis-\nter met offi-\ncials of\nthe port. She left.";
        let flowed = Flow::of(text).flowed(text, Span::new(0, text.len())).unwrap();
        let whole = Part { span: Span::new(0, text.len()), flowed: Some(&flowed) };
        let at = |words: &str| sentence(text, whole, text.find(words).unwrap()).and_then(|span| span.of(text));
        assert_eq!(at("cials"), Some("The minis-\nter met offi-\ncials of\nthe port."));
        assert_eq!(at("left"), Some("She left."));
    }
}
