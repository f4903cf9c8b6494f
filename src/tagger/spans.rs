//! What the model found, by the conventions of this program: without title, leading article and possessive ending; an
//! owner and what it owns apart, as are two companies, and a person and whom they work for; a name without the word that a
//! hyphen hangs on it.

use std::ops::Range;

use super::cues;
use super::gazetteer::WordClass;
use super::lattice::Class;
use super::page::{Case, Page};
use super::refine::Lists;
use crate::text::Span;
use crate::text::sentences::is_shortened;

/// A mention, or one of several that the model took for one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    pub tokens: Range<usize>,
    /// Ends inside the last token where that is `Gdansk-based`, and begins inside the first where that is `D-Calif`.
    pub span: Span,
    pub class: Class,
}

/// The parts of what was found, in reading order.
pub fn of(page: &Page<'_>, lists: &Lists<'_>, tokens: Range<usize>, class: Class) -> Vec<Part> {
    let mut parts = Vec::with_capacity(2);
    let mut rest = tokens;
    while rest.len() > 1 && is_possessive(page.word_text(rest.end - 1)) {
        rest.end -= 1;
    }
    if let Some(owner) = owner(page, lists, &rest) {
        let end = owner.end;
        parts.push(part(page, owner, Class::Place));
        rest.start = end + 1;
    }
    let mut rest = without_lead(page, lists, rest, class);
    if rest.len() == 1
        && let Some(joined) = joined(page, lists, rest.start)
    {
        parts.extend(joined);
        return parts;
    }
    // Microsoft Corp. and Intel Corp. are two.
    while let Some(and) = place_of_and(page, &rest, class) {
        parts.push(part(page, rest.start..and, class));
        rest.start = and + 1;
    }
    if let Some(of) = place_of_of(page, &rest, class) {
        // Marta Reyes of Dean Harrow: who, and where from.
        parts.push(part(page, rest.start..of, class));
        let home = of + 1..rest.end;
        let is_place = lists.best(page, &home, &["GPE", "LOC"]).is_some();
        parts.push(part(page, home, if is_place { Class::Place } else { Class::Organisation }));
    } else if !rest.is_empty() {
        let rest = known_head(page, lists, &rest, class).unwrap_or(rest);
        parts.push(part(page, rest, class));
    }
    parts
}

/// Where the `and` stands between a company that has told its legal form and what follows.
fn place_of_and(page: &Page<'_>, tokens: &Range<usize>, class: Class) -> Option<usize> {
    let has_form = |i: usize| page.words[i].cues & cues::ORG_FORM != 0;
    let ends_company = |i: usize| has_form(i - 1) || page.word_text(i - 1) == "." && i > 1 && has_form(i - 2);
    let and = tokens.clone().skip(2).find(|i| page.word_text(*i) == "and" && ends_company(*i))?;
    (class == Class::Organisation && and + 1 < tokens.end && page.words[and + 1].is_capital()).then_some(and)
}

/// Where the `of` stands in a full name with what it belongs to. Joan of Arc is one name.
fn place_of_of(page: &Page<'_>, tokens: &Range<usize>, class: Class) -> Option<usize> {
    let of = tokens.clone().skip(2).find(|i| page.word_text(*i) == "of")?;
    (class == Class::Person && of + 1 < tokens.end && page.words[of + 1].is_capital()).then_some(of)
}

/// No mention in a headline is longer, in tokens; long texts of capitals are searched for none.
const LONGEST_HEADLINE: usize = 8;

/// The place or people that a headline in capitals begins its other words with: SRI LANKA in SRI LANKA SCOREBOARD.
fn known_head(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>, class: Class) -> Option<Range<usize>> {
    let labels: &[&str] = match class {
        Class::Place => &["GPE"],
        Class::Group => &["NORP"],
        _ => return None,
    };
    let is_word = |i: usize| {
        let class = page.words[i].class;
        class.is_common() || !class.is_surname() && !class.is_given_name() && !class.has(WordClass::PROPER)
    };
    if tokens.len() > LONGEST_HEADLINE || tokens.clone().any(|i| page.words[i].case != Case::Upper) || lists.has(page, tokens) {
        return None;
    }
    let is_known = |head: &Range<usize>| lists.best(page, head, labels).is_some_and(|found| found.mark.rank() >= 2);
    let heads = (tokens.start + 1..tokens.end).rev().map(|end| tokens.start..end);
    heads.filter(|head| (head.end..tokens.end).all(is_word)).find(is_known)
}

/// The names in one hyphenated token: both in `Thai-Australian` and `India-Pakistan`, the second in `anti-French`.
fn joined(page: &Page<'_>, lists: &Lists<'_>, i: usize) -> Option<Vec<Part>> {
    let word = page.word_text(i);
    if !word.contains(['-', '\u{2010}', '\u{2011}']) {
        return None;
    }
    let token = page.tokens[i].span;
    let mut parts: Vec<Part> = Vec::new();
    let mut at = token.start;
    for piece in word.split(['-', '\u{2010}', '\u{2011}']) {
        let span = Span { start: at, end: at + piece.len() as u32 };
        // All of these hyphens but the plain one have three bytes.
        at = span.end + if page.text.as_bytes().get(span.end as usize) == Some(&b'-') { 1 } else { 3 };
        if piece.chars().next().is_some_and(char::is_lowercase) {
            continue;
        }
        // French is a language too; before or after a hyphen it is the people.
        let classes = lists.at(span).filter(|found| found.mark.rank() >= 2).filter_map(|found| Class::of_name(lists.label(found)?));
        parts.push(Part { tokens: i..i + 1, span, class: classes.into_iter().find(|class| matches!(class, Class::Group | Class::Place))? });
    }
    (!parts.is_empty() && parts.len() > usize::from(word.starts_with(char::is_uppercase))).then_some(parts)
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’")
}

/// A country or city that owns what follows: Jordan in Jordan’s Civil Defense. Lloyd’s of London is one name.
fn owner(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let mark = tokens.clone().skip(1).find(|i| is_possessive(page.word_text(*i)))?;
    let owner = tokens.start..mark;
    let is_place = lists.best(page, &owner, &["GPE"]).is_some_and(|found| found.mark.rank() >= 2);
    (is_place && mark + 1 < tokens.end).then_some(owner)
}

/// Without leading article, and without titles if it is a person. The Hague keeps its article: a list has it so.
pub fn without_lead(page: &Page<'_>, lists: &Lists<'_>, tokens: Range<usize>, class: Class) -> Range<usize> {
    let mut rest = tokens;
    let is_article = matches!(page.word_text(rest.start), "The" | "the");
    if is_article && rest.len() > 1 && !lists.has(page, &rest) {
        rest.start += 1;
    }
    if class == Class::Person {
        let is_title = |i: usize| {
            let word = &page.words[i];
            word.cues & cues::TITLE != 0 && !word.class.is_given_name() || page.word_text(i) == "."
        };
        while rest.len() > 1 && is_title(rest.start) {
            rest.start += 1;
        }
        while rest.len() > 2
            && matches!(page.word_text(rest.end - 1), "KC" | "QC" | "MP" | "MEP" | "MD" | "JP" | "PhD" | "Esq" | "OBE" | "MBE")
        {
            rest.end -= 1;
        }
    }
    rest
}

fn part(page: &Page<'_>, tokens: Range<usize>, class: Class) -> Part {
    let mut span = page.span(&tokens);
    if let Some(end) = tokens.end.checked_sub(1).and_then(|last| head_end(page, last)) {
        span.end = end;
    }
    if class == Class::Place && is_after_party(page, tokens.start) {
        span.start += 2;
    }
    Part { tokens, span, class }
}

/// Whether a token is a member of Congress’s party and state: D-Calif. and R-N.Y., not I-95 or D-Day.
fn is_after_party(page: &Page<'_>, i: usize) -> bool {
    let word = page.word_text(i);
    let Some(state) = ["R-", "D-", "I-"].iter().find_map(|party| word.strip_prefix(party)) else { return false };
    state.starts_with(char::is_uppercase) && page.word_text(i + 1) == "." && (state.len() == 1 || is_shortened(state))
}

/// Where the name ends in a token such as `Gdansk-based` or `U.S.-led`.
fn head_end(page: &Page<'_>, i: usize) -> Option<u32> {
    if page.words[i].case == Case::Lower {
        return None;
    }
    let word = page.word_text(i);
    let (head, tail) = word.rsplit_once(['-', '\u{2010}', '\u{2011}'])?;
    let is_tail = tail.len() > 2 && tail.chars().all(char::is_lowercase);
    let is_name = head.chars().next().is_some_and(char::is_uppercase) && head.chars().count() > 1;
    (is_tail && is_name).then(|| page.tokens[i].span.start + head.len() as u32)
}
