//! Finds again what was found once: names of the article that were missed where they are repeated, longest first and
//! never inside a longer mention.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::page::{Case, Page};
use super::super::resolve::{Draft, Drafts, WEAK};
use super::names::{Kind, Name, Names, step};

/// A name is looked for again only from this score on, in thousandths.
const LEAST: u16 = 450;

/// The longest name that is looked for, in tokens.
const LONGEST: usize = 12;

/// Adds the missed repeats of `names`.
pub fn fill(page: &Page<'_>, names: &Names, drafts: &mut Drafts) {
    let lengths = lengths(page, names);
    let mut covered = covered(page, drafts);
    let mut added = Vec::new();
    for sentence in &page.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match longest_at(page, names, &lengths, &covered, at, sentence.tokens.end) {
                Some((tokens, name)) if may_add(page, &tokens, name, sentence.is_caps || sentence.is_title) => {
                    at = tokens.end;
                    covered[tokens.clone()].fill(true);
                    added.push(Draft {
                        span: page.span(&tokens),
                        tokens,
                        label: name.label.into(),
                        score: name.share() - name.share() / 10,
                        origin: names.origin(page, name),
                        value: None,
                    });
                }
                _ => at += 1,
            }
        }
    }
    drafts.put(added);
}

/// By the first word of a name, the lengths of the names that begin with it: a bit per length.
fn lengths(page: &Page<'_>, names: &Names) -> BTreeMap<u32, u16> {
    let mut out: BTreeMap<u32, u16> = BTreeMap::new();
    for (_, name) in names.iter() {
        let len = name.tokens.len();
        if name.score >= LEAST && len <= LONGEST {
            *out.entry(page.words[name.tokens.start].lower).or_default() |= 1 << len;
        }
    }
    out
}

fn covered(page: &Page<'_>, drafts: &Drafts) -> Vec<bool> {
    let mut covered = vec![false; page.tokens.len()];
    for draft in drafts.all().filter(|draft| draft.score >= WEAK) {
        covered[draft.tokens.clone()].fill(true);
    }
    covered
}

/// The longest name of the article that stands at a token and covers none that is taken.
fn longest_at<'n>(
    page: &Page<'_>,
    names: &'n Names,
    lengths: &BTreeMap<u32, u16>,
    covered: &[bool],
    at: usize,
    end: usize,
) -> Option<(Range<usize>, &'n Name)> {
    let bits = *lengths.get(&page.words[at].lower)?;
    let mut state = 0xcbf2_9ce4_8422_2325;
    let mut found = None;
    let free = covered[at..end.min(at + LONGEST)].iter().take_while(|is_covered| !**is_covered).count();
    for next in at..at + free {
        state = step(state, page, next);
        if bits >> (next + 1 - at) & 1 == 1
            && let Some(name) = names.get(state).filter(|name| name.score >= LEAST)
        {
            found = Some((at..next + 1, name));
        }
    }
    found
}

/// Whether a repeat is meant as the name: written like one, and not a word that the article uses as a word.
fn may_add(page: &Page<'_>, tokens: &Range<usize>, name: &Name, is_headline: bool) -> bool {
    let written_like = |i: usize, model: usize| {
        let (word, model) = (&page.words[i], &page.words[model]);
        word.exact == model.exact
            || word.case == Case::Upper
            || (word.is_capital() && is_headline)
            || (word.is_capital() && model.case == Case::Upper)
    };
    if !tokens.clone().zip(name.tokens.clone()).all(|(i, model)| written_like(i, model)) {
        return false;
    }
    if tokens.len() > 1 {
        return true;
    }
    let word = &page.words[tokens.start];
    let form = &page.forms[word.form as usize];
    let is_word = form.lower > 0 || (word.class.is_mostly_common() && form.capital == 0);
    Kind::of(name.label).is_some() && word.case != Case::Lower && !is_word
}
