//! Which words belong to a name at its edges: “the”, a title, `Inc.`, a possessive ending.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::super::hash;
use super::super::page::Page;
use super::super::resolve::{Draft, Drafts};
use super::super::suggestion::fitted;
use super::line::Line;
use crate::annotation::{Label, Origin, Scheme};
use crate::text::Span;

/// At which edge of a name a word stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Side {
    Start,
    End,
}

/// A word at an edge of names with a label.
pub type Place = (Side, u32, Label);

/// A word that a lesson saw at an edge, and whether it belonged to the name.
#[derive(Clone, PartialEq, Debug)]
pub struct Edge {
    pub place: Place,
    pub word: Box<str>,
    pub is_in: bool,
}

/// How often a word belonged to the names that it stands at.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Habit {
    pub word: Box<str>,
    pub inside: i32,
    pub outside: i32,
}

/// What was counted of a word at an edge.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CountedEdge {
    side: Side,
    label: Label,
    word: Box<str>,
    inside: i32,
    outside: i32,
}

impl CountedEdge {
    pub(super) fn is_sound(&self) -> bool {
        let is_count = |n: i32| (0..=1 << 24).contains(&n);
        is_count(self.inside) && is_count(self.outside) && self.inside + self.outside > 0
    }

    pub(super) fn label(&self) -> &Label {
        &self.label
    }
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Edges {
    habits: BTreeMap<Place, Habit>,
}

/// What the edges of the mentions of an article tell.
pub(super) fn of(page: &Page<'_>, mentions: &[(Span, Label)]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (span, label) in mentions {
        let tokens = page.tokens_in_span(*span);
        if page.span(&tokens) != *span {
            continue;
        }
        let mut add = |side, i: usize, is_in| {
            let word = page.word_text(i);
            edges.push(Edge { place: (side, hash::of(word), label.clone()), word: word.into(), is_in });
        };
        let sentence = page.sentences.iter().find(|sentence| sentence.tokens.contains(&tokens.start));
        let within = sentence.map_or(tokens.clone(), |sentence| sentence.tokens.clone());
        if tokens.len() > 1 {
            add(Side::Start, tokens.start, true);
            add(Side::End, tokens.end - 1, true);
        }
        if tokens.start > within.start {
            add(Side::Start, tokens.start - 1, false);
        }
        if tokens.end < within.end {
            add(Side::End, tokens.end, false);
        }
    }
    edges
}

/// So often a word must have been seen at an edge.
const LEAST: i32 = 3;

/// So many times as often one way as the other.
const TIMES: i32 = 6;

impl Habit {
    /// Whether the word belongs to names, where that is clear.
    fn belongs(&self) -> Option<bool> {
        if self.inside >= LEAST && self.inside >= TIMES * self.outside {
            Some(true)
        } else if self.outside >= LEAST && self.outside >= TIMES * self.inside {
            Some(false)
        } else {
            None
        }
    }
}

impl Habit {
    /// `begins, 12 of 13 times,`: what the word does at an edge.
    fn words(&self, side: Side) -> String {
        let all = self.inside + self.outside;
        match (side, self.inside > self.outside) {
            (Side::Start, true) => format!("begins, {} of {all} times,", self.inside),
            (Side::Start, false) => format!("stands before, {} of {all} times,", self.outside),
            (Side::End, true) => format!("ends, {} of {all} times,", self.inside),
            (Side::End, false) => format!("stands after, {} of {all} times,", self.outside),
        }
    }
}

impl Edges {
    /// Counts what the edges of an article tell in (`by` 1) or out (−1).
    pub(super) fn count(&mut self, edges: &[Edge], by: i32) {
        for edge in edges {
            let habit = self.habits.entry(edge.place.clone()).or_default();
            if habit.word.is_empty() {
                habit.word.clone_from(&edge.word);
            }
            *if edge.is_in { &mut habit.inside } else { &mut habit.outside } += by;
            if habit.inside == 0 && habit.outside == 0 {
                self.habits.remove(&edge.place);
            }
        }
    }

    /// What was counted, to be carried elsewhere.
    pub(super) fn counted(&self) -> Vec<CountedEdge> {
        let one = |((side, _, label), habit): (&Place, &Habit)| {
            let Habit { word, inside, outside } = habit.clone();
            CountedEdge { side: *side, label: label.clone(), word, inside, outside }
        };
        self.habits.iter().map(one).collect()
    }

    /// Adds what was counted elsewhere, of the labels that the scheme has.
    pub(super) fn add(&mut self, edges: &[CountedEdge], scheme: &Scheme) {
        for one in edges.iter().filter(|one| scheme.get(&one.label).is_some()) {
            let habit = self.habits.entry((one.side, hash::of(&one.word), one.label.clone())).or_default();
            habit.word.clone_from(&one.word);
            habit.inside += one.inside;
            habit.outside += one.outside;
        }
    }

    pub(super) fn revise(&self, page: &Page<'_>, drafts: &mut Drafts, scheme: &Scheme, is_on: &dyn Fn(&str) -> bool) {
        let moved = |draft: &Draft| Some((draft.span, self.moved(page, draft, scheme, is_on)?));
        let changed: Vec<(Span, Draft)> = drafts.all().filter_map(moved).collect();
        for (old, draft) in changed {
            if drafts.overlapping(draft.span).all(|other| other.span == old) {
                drafts.remove(old);
                drafts.push(draft);
            }
        }
    }

    /// A draft with the edges that names with its label have here, where they are others.
    fn moved(&self, page: &Page<'_>, draft: &Draft, scheme: &Scheme, is_on: &dyn Fn(&str) -> bool) -> Option<Draft> {
        let label = fitted(&draft.label, scheme)?;
        let tokens = draft.tokens.clone();
        let is_whole = page.span(&tokens) == draft.span;
        let sentence = page.sentences.iter().find(|sentence| sentence.tokens.contains(&tokens.start)).filter(|_| is_whole)?;
        let mut why = None;
        let mut is = |side: Side, i: usize, wanted: bool| {
            let habit = self.habits.get(&(side, hash::of(page.word_text(i)), label.clone()));
            let id =
                habit.filter(|habit| habit.belongs() == Some(wanted)).map(|habit| id(side, &label, &habit.word)).filter(|id| is_on(id));
            let is_so = id.is_some();
            why = id.or(why.take());
            is_so
        };
        let mut now: Range<usize> = tokens.clone();
        while now.start > sentence.tokens.start && is(Side::Start, now.start - 1, true) {
            now.start -= 1;
        }
        while now.len() > 1 && now.start >= tokens.start && is(Side::Start, now.start, false) {
            now.start += 1;
        }
        while now.end < sentence.tokens.end && is(Side::End, now.end, true) {
            now.end += 1;
        }
        while now.len() > 1 && now.end <= tokens.end && is(Side::End, now.end - 1, false) {
            now.end -= 1;
        }
        let origin = Origin::Learned(why.filter(|_| now != tokens)?.into());
        Some(Draft { span: page.span(&now), tokens: now, origin, ..draft.clone() })
    }

    /// What is clear of the edges of names, in words.
    pub(super) fn lines(&self) -> Vec<Line> {
        let line = |((side, _, label), habit): (&Place, &Habit)| {
            habit.belongs()?;
            let id = id(*side, label, &habit.word).into();
            Some(Line { id, name: habit.word.as_ref().into(), label: Some(label.clone()), about: habit.words(*side) })
        };
        self.habits.iter().filter_map(line).collect()
    }

    /// Why an edge was moved, in a clause.
    pub(super) fn reason(&self, what: &str) -> Option<String> {
        let (place, habit) = self.habits.iter().find(|((side, _, label), habit)| *id(*side, label, &habit.word) == *what)?;
        Some(format!("in this session “{}” {} {} names", habit.word, habit.words(place.0), place.2))
    }
}

/// `edge/start/ORG/the`.
fn id(side: Side, label: &Label, word: &str) -> String {
    let side = match side {
        Side::Start => "start",
        Side::End => "end",
    };
    format!("edge/{side}/{label}/{word}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Score;
    use crate::tagger::model::Model;
    use crate::tagger::page::tokens_of;
    use crate::tagger::source::Candidate;

    fn page(text: &str) -> Page<'_> {
        let tokens = tokens_of(text, &[Span::new(0, text.len())]);
        Page::new(text, tokens, &[], &[], &Model::standard().lexis())
    }

    fn span(text: &str, words: &str) -> Span {
        let at = text.find(words).unwrap();
        Span::new(at, at + words.len())
    }

    /// What becomes of `suggested` in `text` after articles in which `settled` was a name each.
    fn moved(settled: &[(&str, &str)], text: &str, suggested: &str) -> (String, String) {
        let label = Label::new("ORG");
        let mut edges = Edges::default();
        for (text, words) in settled {
            edges.count(&of(&page(text), &[(span(text, words), label.clone())]), 1);
        }
        let page = page(text);
        let mut drafts = Drafts::default();
        let (score, origin) = (Score::from_thousandths(700), Origin::Rule("test".into()));
        drafts.push(Draft::new(&page, Candidate { span: span(text, suggested), label, score, origin, value: None }));
        edges.revise(&page, &mut drafts, &Scheme::standard(), &|_| true);
        let draft = drafts.all().next().unwrap();
        (draft.span.of(text).unwrap().to_owned(), draft.origin.to_string())
    }

    #[test]
    fn an_edge_goes_where_it_always_went() {
        let with = [("we saw the Guild", "the Guild"), ("by the Board now", "the Board"), ("to the Fund", "the Fund")];
        assert_eq!(moved(&with, "of the Union", "Union"), ("the Union".to_owned(), "learned:edge/start/ORG/the".to_owned()));
        let without = [("saw the Guild", "Guild"), ("by the Board", "Board"), ("to the Fund", "Fund")];
        assert_eq!(moved(&without, "of the Union", "the Union").0, "Union");
        assert_eq!(moved(&with[..2], "of the Union", "Union").0, "Union", "twice is no habit");
        let mixed = [with[0], with[1], with[2], without[0]];
        assert_eq!(moved(&mixed, "of the Union", "Union").0, "Union", "what goes both ways is none");
        let legal = [("Kelp Inc rose", "Kelp Inc"), ("Reed Inc rose", "Reed Inc"), ("Dune Inc rose", "Dune Inc")];
        assert_eq!(moved(&legal, "of Lark Inc now", "Lark"), ("Lark Inc".to_owned(), "learned:edge/end/ORG/Inc".to_owned()));
    }
}
