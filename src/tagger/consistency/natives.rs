//! A name in its own script, in brackets after its Latin form: `Lviv (Львів)`. The model knows nothing of that script,
//! but the mention before the bracket says what it is.

use super::super::page::Page;
use super::super::resolve::{Draft, Drafts};
use super::names::Kind;
use crate::annotation::Origin;

/// No name in brackets is longer, in tokens: scripts without spaces have one a character.
const LONGEST: usize = 24;

/// Adds the bracketed forms of the names that stand before them.
pub fn fill(page: &Page<'_>, drafts: &mut Drafts) {
    let mut added = Vec::new();
    for draft in drafts.all() {
        let open = draft.tokens.end;
        if Kind::of(draft.label.as_str()).is_none() || page.word_text(open) != "(" {
            continue;
        }
        let last = page.tokens.len().min(open + 2 + LONGEST);
        let Some(close) = (open + 1..last).find(|i| page.word_text(*i) == ")") else { continue };
        let tokens = open + 1..close;
        if tokens.is_empty() || !tokens.clone().all(|i| is_foreign(page.word_text(i))) {
            continue;
        }
        let origin = Origin::Alias(draft.span.of(page.text).unwrap_or_default().into());
        added.push(Draft { span: page.span(&tokens), tokens, label: draft.label.clone(), score: draft.score, origin, value: None });
    }
    drafts.put(added);
}

/// Letters that are none of the Latin script, and marks between them.
fn is_foreign(word: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || matches!(c as u32, 0x00C0..=0x024F | 0x1E00..=0x1EFF);
    word.chars().all(|c| !is_latin(c) && !matches!(c, ',' | ';' | ':' | '.'))
}
