//! What the rules ask of single words, and how each says what it found.

use std::ops::Range;

use super::super::page::{Case, Page};
use super::super::resolve::Draft;
use crate::annotation::Origin;
use crate::text::tokens::TokenKind;

/// How sure these rules are, in thousandths.
const SCORE: u16 = 870;

pub(super) fn draft(page: &Page<'_>, tokens: Range<usize>, label: &str, rule: &str) -> Draft {
    Draft { span: page.span(&tokens), tokens, label: label.into(), score: SCORE, origin: Origin::Rule(rule.into()), value: None }
}

/// Whether a token is a word with a capital, of more than a letter.
pub(super) fn is_name(page: &Page<'_>, i: usize) -> bool {
    page.words.get(i).is_some_and(|word| {
        let is_word = page.tokens[i].kind == TokenKind::Word && page.tokens[i].span.len() > 1;
        is_word && matches!(word.case, Case::Capital | Case::Upper | Case::Inner)
    })
}

/// The text of the nth token before one.
pub(super) fn before<'t>(page: &Page<'t>, i: usize, n: usize) -> &'t str {
    i.checked_sub(n).map_or("", |i| page.word_text(i))
}
