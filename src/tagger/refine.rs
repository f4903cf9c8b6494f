//! From the classes of the model to the labels of the scheme: which place is a country and which a sea, which event is
//! a law. Lists decide where they know the name, the head word where they do not.

use std::ops::Range;

use super::cues;
use super::evidence;
use super::gazetteer::{Lexicon, ListMatch, Mark, Reading};
use super::lattice::Class;
use super::page::{Case, Page};
use crate::text::Span;

/// The list matches of a page, found by their tokens.
pub struct Lists<'r> {
    lexicon: &'r Lexicon,
    reading: &'r Reading,
}

impl<'r> Lists<'r> {
    pub fn new(lexicon: &'r Lexicon, reading: &'r Reading) -> Self {
        Self { lexicon, reading }
    }

    /// The matches over exactly these bytes, in the order of the lists.
    fn exact(&self, page: &Page<'_>, tokens: &Range<usize>) -> &'r [ListMatch] {
        self.over(page.span(tokens))
    }

    /// The matches over exactly these bytes.
    pub fn at(&self, span: Span) -> impl Iterator<Item = &'r ListMatch> {
        self.over(span).iter()
    }

    fn over(&self, span: Span) -> &'r [ListMatch] {
        let from = self.reading.matches.partition_point(|found| found.span < span);
        let to = from + self.reading.matches[from..].partition_point(|found| found.span == span);
        &self.reading.matches[from..to]
    }

    /// Whether any list has exactly these tokens.
    pub fn has(&self, page: &Page<'_>, tokens: &Range<usize>) -> bool {
        !self.exact(page, tokens).is_empty()
    }

    /// Whether lists know exactly these tokens well, and under no label but `labels`, nor as a word or a person's name.
    pub fn is_only(&self, page: &Page<'_>, tokens: &Range<usize>, labels: &[&str]) -> bool {
        let found = self.exact(page, tokens);
        let fits = |one: &ListMatch| self.label(one).is_some_and(|label| labels.contains(&label));
        let doubt = |one: &ListMatch| [Mark::COMMON, Mark::PERSONAL].iter().any(|mark| one.mark.has(*mark));
        found.iter().any(|one| one.mark.rank() >= 2) && found.iter().all(|one| fits(one) && !doubt(one))
    }

    /// The best match over exactly these tokens in a list with one of `labels`.
    pub fn best(&self, page: &Page<'_>, tokens: &Range<usize>, labels: &[&str]) -> Option<&'r ListMatch> {
        let fitting = self.exact(page, tokens).iter().filter(|found| self.label(found).is_some_and(|label| labels.contains(&label)));
        fitting.max_by_key(|found| (found.mark.rank(), std::cmp::Reverse(found.list)))
    }

    pub fn label(&self, found: &ListMatch) -> Option<&'r str> {
        self.lexicon.label(found).map(crate::annotation::Label::as_str)
    }

    /// The name of the list of a match.
    pub fn name(&self, found: &ListMatch) -> Option<&'r std::sync::Arc<str>> {
        self.lexicon.list(found.list).map(|list| &list.name)
    }
}

/// The label of the standard scheme for a mention of `class`.
pub fn label(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>, class: Class) -> &'static str {
    match class {
        Class::Person => "PERSON",
        Class::Organisation => "ORG",
        Class::Group if is_language(page, lists, tokens) => "LANGUAGE",
        Class::Group => "NORP",
        Class::Place => place(page, lists, tokens),
        Class::Event if has_law_head(page, tokens) => "LAW",
        Class::Event => "EVENT",
        Class::Work if has_law_head(page, tokens) => "LAW",
        Class::Work if ends_with(page, tokens, cues::EVENT_HEAD) => "EVENT",
        Class::Work => "WORK_OF_ART",
        Class::Product => "PRODUCT",
    }
}

/// Whether a word that may be a people is spoken, written or read.
fn is_language(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>) -> bool {
    if tokens.len() != 1 || lists.best(page, tokens, &["LANGUAGE"]).is_none() {
        return false;
    }
    let before = tokens.start.checked_sub(1).map_or("", |i| page.word_text(i));
    let after = page.word_text(tokens.end);
    let is_at_end =
        page.words.get(tokens.end).is_none_or(|word| word.case == Case::None) || matches!(after, "and" | "or" | "as" | "at" | "from");
    let is_spoken = matches!(before, "speak" | "speaks" | "spoke" | "spoken" | "speaking" | "learn" | "learned" | "learning" | "fluent");
    after == "language" || is_spoken || (matches!(before, "in" | "into" | "In") && is_at_end)
}

fn place(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>) -> &'static str {
    if let Some(found) = lists.best(page, tokens, &["GPE", "LOC", "FAC"]) {
        return match lists.label(found) {
            Some("LOC") => "LOC",
            Some("FAC") => "FAC",
            _ => "GPE",
        };
    }
    let last = tokens.end.saturating_sub(1);
    let is_long = tokens.len() > 1;
    let cues_of = |i: usize| page.words.get(i).map_or(0, |word| word.cues);
    if is_long && (cues_of(last) | cues_of(tokens.start)) & cues::STATE_HEAD != 0 {
        return "GPE";
    }
    if is_long && cues_of(last) & cues::FACILITY_HEAD != 0 {
        return "FAC";
    }
    let is_facility = is_long && tokens.clone().any(|i| cues_of(i) & cues::FACILITY_HEAD != 0 && cues_of(i) & cues::PLACE_HEAD == 0);
    if is_long && (cues_of(last) | cues_of(tokens.start)) & cues::PLACE_HEAD != 0 {
        // Northern Syria and West Africa are regions; so is anything that begins or ends with its kind.
        return "LOC";
    }
    if is_facility {
        return "FAC";
    }
    "GPE"
}

fn has_law_head(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    ends_with(page, tokens, cues::LAW_HEAD)
        || page.words.get(tokens.start).is_some_and(|word| tokens.len() > 2 && word.cues & cues::LAW_HEAD != 0)
}

fn ends_with(page: &Page<'_>, tokens: &Range<usize>, cue: cues::Cues) -> bool {
    tokens.end.checked_sub(1).and_then(|i| page.words.get(i)).is_some_and(|word| word.cues & cue != 0)
}

/// Whether the model can say anything of these tokens: scripts without case, or letters that it never saw, it cannot.
pub fn is_known_script(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|i| page.words[i].case != Case::None && page.word_text(i).chars().any(is_latin))
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c as u32, 0x00C0..=0x024F | 0x1E00..=0x1EFF)
}

/// The kind of evidence for a label of the scheme, for features of rules.
pub fn rule_kind(label: &str) -> Option<u8> {
    Some(match label {
        "PERSON" => evidence::RULE_PERSON,
        "ORG" => evidence::RULE_ORGANISATION,
        "GPE" | "LOC" | "FAC" => evidence::RULE_PLACE,
        "NORP" => evidence::RULE_GROUP,
        "DATE" | "TIME" => evidence::TEMPORAL,
        "MONEY" | "PERCENT" | "QUANTITY" => evidence::AMOUNT,
        _ => evidence::RULE_OTHER,
    })
}
