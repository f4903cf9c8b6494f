//! Abbreviations and what they stand for: `the Northern Fisheries Board (NFB)`.
//!
//! The letters of an abbreviation in brackets are matched from the right with the initials of the words before it
//! (Schwartz and Hearst 2003, with initials only): where they fit, they tell exactly where the full name begins.

use std::ops::Range;

use super::super::page::{Case, Page};
use super::super::resolve::{Draft, Drafts};
use super::names::Kind;
use crate::annotation::Origin;
use crate::text::Span;

/// An abbreviation and its full name, in tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Definition {
    pub full: Range<usize>,
    pub short: usize,
}

/// The definitions of a page in reading order.
pub fn find(page: &Page<'_>) -> Vec<Definition> {
    let mut out = Vec::new();
    for sentence in &page.sentences {
        for open in sentence.tokens.clone() {
            if page.word_text(open) != "(" || !is_closed(page, open) || open + 2 >= sentence.tokens.end {
                continue;
            }
            if let Some(full) = full_name(page, sentence.tokens.start, open) {
                out.push(Definition { full, short: open + 1 });
            }
        }
    }
    out
}

/// Whether one abbreviation stands in the brackets, alone or before a comma or semicolon.
fn is_closed(page: &Page<'_>, open: usize) -> bool {
    matches!(page.word_text(open + 2), ")" | "," | ";") && letters(page.word_text(open + 1)).is_some()
}

/// The letters of an abbreviation, small; `None` where it is none.
fn letters(word: &str) -> Option<Vec<char>> {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let is_abbreviation = capitals >= 2 && capitals * 2 >= letters.len() && (2..=10).contains(&letters.len());
    (is_abbreviation && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '&' | '-'))).then_some(letters)
}

/// The words before the bracket whose initials spell the abbreviation.
fn full_name(page: &Page<'_>, first: usize, open: usize) -> Option<Range<usize>> {
    let letters = letters(page.word_text(open + 1))?;
    let mut end = open;
    while end > first && is_possessive(page.word_text(end - 1)) {
        end -= 1;
    }
    let lowest = end.saturating_sub(letters.len() * 2 + 3).max(first);
    let mut left = letters.len();
    let mut at = end;
    let mut begin = None;
    while at > lowest && left > 0 {
        at -= 1;
        let word = page.word_text(at);
        match initials(word) {
            // Health-Care Board is HCB; so is a word whose first two letters count.
            Some(initials) if ends_with(&letters[..left], &initials) => {
                left -= initials.len();
                begin = Some(at);
            }
            Some(initials) if initials.first() == letters[..left].last() => {
                left -= 1;
                begin = Some(at);
            }
            // Small words may go without a letter; a capitalised one may not.
            Some(_) if page.words[at].case == Case::Lower && word.len() <= 4 => {}
            _ => return None,
        }
    }
    let begin = begin.filter(|begin| left == 0 && page.words[*begin].is_capital() && end - begin >= 2)?;
    Some(begin..end)
}

/// The first letters of the parts of a word, small.
fn initials(word: &str) -> Option<Vec<char>> {
    let first: Vec<char> = word.split('-').filter_map(|part| part.chars().next()).collect();
    let small: Vec<char> = first.iter().filter(|c| c.is_alphanumeric()).flat_map(|c| c.to_lowercase()).collect();
    (!small.is_empty()).then_some(small)
}

fn ends_with(letters: &[char], initials: &[char]) -> bool {
    letters.ends_with(initials)
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’")
}

/// How the rule is told.
pub const RULE: &str = "abbreviation-defined";

/// How sure a definition is by itself, in thousandths.
const SCORE: u16 = 900;

/// Gives every definition its full name and its abbreviation, both with one label.
pub fn settle(page: &Page<'_>, definitions: &[Definition], drafts: &mut Drafts) {
    let mut settled = Vec::with_capacity(2 * definitions.len());
    for Definition { full, short } in definitions {
        let span = page.span(full);
        let label = label_of(drafts, span, full);
        let origin = Origin::Rule(RULE.into());
        settled.push(Draft { tokens: full.clone(), span, label: label.into(), score: SCORE, origin, value: None });
        let tokens = *short..short + 1;
        let origin = Origin::Alias(span.of(page.text).unwrap_or_default().into());
        settled.push(Draft { span: page.span(&tokens), tokens, label: label.into(), score: SCORE, origin, value: None });
    }
    drafts.put(settled);
}

/// The label of the longest draft over the full name, if names can have it; an organisation otherwise.
fn label_of(drafts: &Drafts, span: Span, full: &Range<usize>) -> &'static str {
    let longest = drafts.overlapping(span).max_by_key(|draft| (draft.tokens.len(), draft.score));
    let label = longest.filter(|draft| draft.tokens.len() * 2 > full.len()).map(|draft| draft.label.as_str());
    match label.and_then(Kind::of) {
        None | Some(Kind::Person | Kind::Group) => "ORG",
        Some(_) => label.map_or("ORG", super::names::known),
    }
}
