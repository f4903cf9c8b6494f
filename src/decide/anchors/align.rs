//! Which tokens of an old text are which of a new one.
//!
//! Lines that are the same are laid side by side first, so that what was inserted, taken out or moved as a paragraph
//! disturbs nothing else; between them tokens are compared one by one. The longest common sequence is found by the
//! `similar` crate, whose searches are bounded, so the time hardly grows faster than the texts.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::tokens::{TokenKind, tokens_in};
use crate::text::{Span, name, paragraphs};

/// A text as a row of tokens. White space is none of them.
pub struct Row<'t> {
    pub text: &'t str,
    pub spans: Vec<Span>,
    /// Equal numbers for tokens with equal folded words, in both texts.
    pub ids: Vec<u32>,
    /// How many tokens that are words or numbers stand before a token; one more entry than there are tokens.
    pub words_before: Vec<u32>,
    /// The tokens of each line that has some.
    pub lines: Vec<Range<usize>>,
}

/// Numbers for folded words, the same for both texts.
#[derive(Default)]
pub struct Lexicon {
    numbers: HashMap<String, u32>,
    folded: String,
}

impl Lexicon {
    fn number(&mut self, word: &str) -> u32 {
        self.folded.clear();
        name::fold(word, &mut self.folded);
        if let Some(number) = self.numbers.get(&self.folded) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(self.folded.clone(), number);
        number
    }

    /// The number of a word that one of the texts holds; [`NONE`] for any other.
    pub fn look(&self, word: &str) -> u32 {
        let mut folded = String::new();
        name::fold(word, &mut folded);
        self.numbers.get(&folded).copied().unwrap_or(NONE)
    }
}

impl<'t> Row<'t> {
    pub fn new(text: &'t str, lexicon: &mut Lexicon) -> Self {
        let mut row = Self { text, spans: Vec::new(), ids: Vec::new(), words_before: vec![0], lines: Vec::new() };
        let mut words = 0;
        for line in paragraphs::lines(text) {
            let start = row.spans.len();
            for token in tokens_in(text, line) {
                row.spans.push(token.span);
                row.ids.push(lexicon.number(&text[token.span.range()]));
                words += u32::from(token.kind != TokenKind::Mark);
                row.words_before.push(words);
            }
            if row.spans.len() > start {
                row.lines.push(start..row.spans.len());
            }
        }
        row
    }

    /// The tokens that share at least one byte with `span`.
    pub fn over(&self, span: Span) -> Range<usize> {
        let start = self.spans.partition_point(|token| token.end <= span.start);
        let end = self.spans.partition_point(|token| token.start < span.end);
        start..end.max(start)
    }

    pub fn is_word(&self, token: usize) -> bool {
        self.words_before[token] < self.words_before[token + 1]
    }

    /// The text from the first to the last token of a range that is not empty.
    pub fn span_of(&self, tokens: &Range<usize>) -> Span {
        Span { start: self.spans[tokens.start].start, end: self.spans[tokens.end - 1].end }
    }

    /// The capitalised word right before some tokens, on the same line and with nothing but white space between.
    pub fn capital_before(&self, tokens: &Range<usize>) -> Option<usize> {
        let token = tokens.start.checked_sub(1)?;
        let gap = Span { start: self.spans[token].end, end: self.spans[tokens.start].start };
        self.is_capital_across(token, gap).then_some(token)
    }

    /// The same right after them.
    pub fn capital_after(&self, tokens: &Range<usize>) -> Option<usize> {
        let gap = Span { start: self.spans[tokens.end - 1].end, end: self.spans.get(tokens.end)?.start };
        self.is_capital_across(tokens.end, gap).then_some(tokens.end)
    }

    fn is_capital_across(&self, token: usize, gap: Span) -> bool {
        let is_beside = gap.of(self.text).is_some_and(|gap| !gap.contains('\n') && gap.trim().is_empty());
        is_beside && self.spans[token].of(self.text).is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
    }

    /// The number of the line that a token stands in.
    pub fn line_of(&self, token: usize) -> usize {
        self.lines.partition_point(|line| line.end <= token)
    }
}

/// Stands for "no token".
pub const NONE: u32 = u32::MAX;

/// Pairs of tokens, in the order of both texts.
pub struct Alignment {
    /// For each old token its new one, or [`NONE`].
    pub to_new: Vec<u32>,
    /// For each new token its old one, or [`NONE`].
    pub to_old: Vec<u32>,
}

impl Alignment {
    pub fn of(old: &Row<'_>, new: &Row<'_>) -> Self {
        let mut alignment = Self { to_new: vec![NONE; old.ids.len()], to_old: vec![NONE; new.ids.len()] };
        let mut lines: HashMap<&[u32], u32> = HashMap::new();
        let mut number = |ids| {
            let next = lines.len() as u32;
            *lines.entry(ids).or_insert(next)
        };
        let old_lines: Vec<u32> = old.lines.iter().map(|line| number(&old.ids[line.clone()])).collect();
        let new_lines: Vec<u32> = new.lines.iter().map(|line| number(&new.ids[line.clone()])).collect();
        let (mut old_at, mut new_at) = (0, 0);
        for (a, b, len) in equal_runs(&old_lines, &new_lines, Algorithm::Patience).chain([(old_lines.len(), new_lines.len(), 0)]) {
            let gap_end = (start_of(old, a), start_of(new, b));
            alignment.pair_gap(old, old_at..gap_end.0, new, new_at..gap_end.1);
            (old_at, new_at) = (start_of(old, a + len), start_of(new, b + len));
            alignment.pair(gap_end.0, gap_end.1, old_at - gap_end.0);
        }
        alignment
    }

    fn pair_gap(&mut self, old: &Row<'_>, old_part: Range<usize>, new: &Row<'_>, new_part: Range<usize>) {
        if old_part.is_empty() || new_part.is_empty() {
            return;
        }
        for (a, b, len) in equal_runs(&old.ids[old_part.clone()], &new.ids[new_part.clone()], Algorithm::Myers) {
            self.pair(old_part.start + a, new_part.start + b, len);
        }
    }

    fn pair(&mut self, old: usize, new: usize, len: usize) {
        for i in 0..len {
            self.to_new[old + i] = (new + i) as u32;
            self.to_old[new + i] = (old + i) as u32;
        }
    }

    pub fn new_of(&self, old: usize) -> Option<usize> {
        self.to_new.get(old).filter(|new| **new != NONE).map(|new| *new as usize)
    }

    pub fn old_of(&self, new: usize) -> Option<usize> {
        self.to_old.get(new).filter(|old| **old != NONE).map(|old| *old as usize)
    }
}

/// The first token of a line; past the last line, the end of the row.
fn start_of(row: &Row<'_>, line: usize) -> usize {
    row.lines.get(line).map_or(row.ids.len(), |line| line.start)
}

/// What two rows of numbers have in common, in order: place in the first, place in the second, length.
fn equal_runs(a: &[u32], b: &[u32], algorithm: Algorithm) -> impl Iterator<Item = (usize, usize, usize)> {
    capture_diff_slices(algorithm, a, b).into_iter().filter_map(|op| match op {
        DiffOp::Equal { old_index, new_index, len } => Some((old_index, new_index, len)),
        _ => None,
    })
}
