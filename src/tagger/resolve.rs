//! One answer out of many candidates: the best supported first, no two overlapping unless the scheme says that a label
//! nests.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::page::Page;
use super::source::Candidate;
use super::suggestion::{Suggestion, fitted};
use crate::annotation::{Label, Origin, Scheme, Score};
use crate::text::Span;

/// Drafts under this score give way to a known name, in thousandths.
pub const WEAK: u16 = 250;

/// By how much a list or rule must be surer than the model to overrule it, in thousandths.
const MARGIN: i32 = 250;

/// From this score on a list or rule may tell that a name is longer than the model thinks.
const SURE: u16 = 700;

/// From this score on it does so whatever the model says of one word of it: nobody is half of `Pratt & Whitney`. Of
/// `Trump & Putin` the model knows both, and they stay.
const CERTAIN: u16 = 950;

/// A suggestion in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    pub tokens: Range<usize>,
    /// Mostly that of the tokens; smaller where a hyphenated token holds a name.
    pub span: Span,
    pub label: Label,
    /// Thousandths.
    pub score: u16,
    pub origin: Origin,
    pub value: Option<Arc<str>>,
}

impl Draft {
    pub(super) fn new(page: &Page<'_>, one: Candidate) -> Self {
        let Candidate { span, label, score, origin, value } = one;
        Self { tokens: page.tokens_in_span(span), span, label, score: score.thousandths(), origin, value }
    }
}

impl From<Draft> for Suggestion {
    fn from(draft: Draft) -> Self {
        let score = Score::from_thousandths(draft.score);
        Self { span: draft.span, label: draft.label, score, origin: draft.origin, value: draft.value }
    }
}

/// The drafts of one article, without overlaps between those that are kept, in reading order.
#[derive(Default)]
pub struct Drafts {
    /// By where they begin: no text is so dense with names that one more costs more.
    kept: BTreeMap<u32, Draft>,
    /// Those that lie inside or across a kept one; only a label that nests may bring one back.
    beside: Vec<Draft>,
}

impl Drafts {
    /// Adds one that overlaps no other.
    pub fn push(&mut self, draft: Draft) {
        self.kept.insert(draft.span.start, draft);
    }

    /// Takes out the draft over exactly these bytes.
    pub fn remove(&mut self, span: Span) {
        if self.kept.get(&span.start).is_some_and(|draft| draft.span == span) {
            self.kept.remove(&span.start);
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Draft> {
        self.kept.values()
    }

    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Draft> {
        self.kept.values_mut()
    }

    /// The drafts that share a byte with `span`.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = &Draft> + Clone {
        let reaches_in = |draft: &&Draft| draft.span.end > span.start;
        let before = self.kept.range(..span.start).next_back().map(|(_, draft)| draft).filter(reaches_in);
        self.kept.range(before.map_or(span.start, |draft| draft.span.start)..span.end).map(|(_, draft)| draft)
    }

    /// Puts a draft in the place of all that it overlaps.
    fn replace(&mut self, draft: Draft) {
        let beaten: Vec<u32> = self.overlapping(draft.span).map(|rival| rival.span.start).collect();
        self.beside.extend(beaten.iter().filter_map(|start| self.kept.remove(start)));
        self.push(draft);
    }

    /// Brings in what is guessed. Guesses of one source do not overlap; where those of several do, they are weighed.
    pub fn guess(&mut self, page: &Page<'_>, candidates: Vec<Candidate>) {
        for one in candidates {
            let draft = Draft::new(page, one);
            if self.overlapping(draft.span).next().is_none() {
                self.push(draft);
            } else {
                self.offer(draft);
            }
        }
    }

    /// Puts what the analyst's own say, the longest first, in the place of other drafts. Of two that overlap only the first
    /// counts; a label that nests is set beside.
    pub fn impose_all(&mut self, page: &Page<'_>, longest_first: &[Candidate]) {
        let mut placed: BTreeSet<Span> = BTreeSet::new();
        for one in longest_first {
            let draft = Draft::new(page, one.clone());
            let before = placed.range(..Span { start: draft.span.end, end: 0 }).next_back();
            if before.is_some_and(|other| other.overlaps(draft.span)) {
                self.set_beside(draft);
            } else {
                placed.insert(draft.span);
                self.impose(draft);
            }
        }
    }

    /// Brings in what lists, rules and grammars propose: it explains what the model found, wins where it is surer, and
    /// fills what the model left open.
    pub fn support(&mut self, page: &Page<'_>, mut candidates: Vec<Candidate>) {
        candidates.sort_by(|a, b| {
            (strength(b), b.span.len(), a.span, &a.label, &a.origin).cmp(&(strength(a), a.span.len(), b.span, &b.label, &b.origin))
        });
        for one in candidates {
            self.offer(Draft::new(page, one));
        }
    }

    fn offer(&mut self, draft: Draft) {
        if let Some(rival) = self.kept.get_mut(&draft.span.start)
            && rival.span == draft.span
            && rival.label == draft.label
        {
            if matches!(rival.origin, Origin::Model(_)) {
                rival.origin = draft.origin;
                rival.value = draft.value;
            }
            rival.score = rival.score.max(joined(rival.score, draft.score));
            return;
        }
        let is_free = self.overlapping(draft.span).next().is_none();
        if is_free && draft.score < least(&draft) {
            return;
        }
        let is_one_word = || {
            let mut rivals = self.overlapping(draft.span);
            rivals.next().is_some_and(|rival| rival.tokens.len() == 1 && draft.span.contains(rival.span)) && rivals.next().is_none()
        };
        let is_certain = draft.score >= CERTAIN && is_one_word();
        if is_certain || self.overlapping(draft.span).all(|rival| wins(&draft, rival)) {
            self.replace(draft);
        } else {
            self.beside.push(draft);
        }
    }

    /// Puts a draft in the place of all that it overlaps. A name of a list is no name inside a longer one (China in Bank
    /// of China); a rule saw what stands around it.
    pub fn impose(&mut self, draft: Draft) {
        let holds = |rival: &Draft| rival.span.contains(draft.span) && rival.span != draft.span;
        if !matches!(draft.origin, Origin::Rule(_)) && self.overlapping(draft.span).any(holds) {
            self.set_beside(draft);
        } else if !self.overlapping(draft.span).eq([&draft]) {
            self.replace(draft);
        }
    }

    /// Keeps only the drafts that `is_wanted` says so of.
    pub fn retain(&mut self, is_wanted: impl Fn(&Draft) -> bool) {
        self.kept.retain(|_, draft| is_wanted(draft));
        self.beside.retain(is_wanted);
    }

    /// Leaves a draft out, unless its label may lie in the one that is there.
    fn set_beside(&mut self, draft: Draft) {
        self.beside.push(draft);
    }

    /// Puts each of some drafts in the place of all that it overlaps, unless one of these reaches beyond it; weak ones give
    /// way however far they reach. One walk for all, so that long articles take no longer by the byte than short ones.
    pub fn put(&mut self, mut drafts: Vec<Draft>) {
        if drafts.is_empty() {
            return;
        }
        drafts.sort_by_key(|draft| draft.span);
        let mut out: Vec<Draft> = Vec::with_capacity(self.kept.len() + drafts.len());
        let mut old = std::mem::take(&mut self.kept).into_values().peekable();
        for draft in drafts {
            while let Some(before) = old.next_if(|other| other.span.end <= draft.span.start) {
                out.push(before);
            }
            let mut rivals = Vec::new();
            while let Some(rival) = old.next_if(|other| other.span.start < draft.span.end) {
                rivals.push(rival);
            }
            let is_free = out.last().is_none_or(|before| before.span.end <= draft.span.start);
            if is_free && rivals.iter().all(|rival| draft.span.contains(rival.span) || rival.score < WEAK) {
                self.beside.extend(rivals);
                out.push(draft);
            } else {
                out.extend(rivals);
                self.beside.push(draft);
            }
        }
        out.extend(old);
        self.kept = out.into_iter().map(|draft| (draft.span.start, draft)).collect();
    }

    /// Only those whose labels the scheme has in use, with those that nest beside those that they lie in.
    pub fn finish(self, scheme: &Scheme) -> Vec<Draft> {
        let mut out: Vec<Draft> = self.kept.into_values().filter(|draft| fitted(&draft.label, scheme).is_some()).collect();
        let nesting = self.beside.into_iter().filter(|draft| draft.score >= least(draft));
        let mut nested: Vec<Draft> = Vec::new();
        for draft in nesting {
            let Some(label) = fitted(&draft.label, scheme) else { continue };
            let from = out.partition_point(|other| other.span.end <= draft.span.start);
            let near = out[from..].iter().take_while(|other| other.span.start < draft.span.end);
            if near.clone().all(|other| {
                scheme.may_overlap(&label, &fitted(&other.label, scheme).unwrap_or_else(|| other.label.clone()))
                    && !other.span.crosses(draft.span)
            }) && !near.clone().any(|other| other.span == draft.span && other.label == draft.label)
            {
                nested.push(draft);
            }
        }
        if !nested.is_empty() {
            nested.sort_by(|a, b| (a.span, &a.label, b.score, &a.origin).cmp(&(b.span, &b.label, a.score, &b.origin)));
            nested.dedup_by(|a, b| a.span == b.span && a.label == b.label);
            out.extend(nested);
            out.sort_by(|a, b| (a.span, &a.label).cmp(&(b.span, &b.label)));
        }
        out
    }
}

/// By which candidates of lists and rules take their turn: a word more counts as a little more support.
fn strength(one: &Candidate) -> u32 {
    u32::from(one.score.thousandths()) + 8 * (one.span.len() as u32).min(60)
}

/// Two witnesses that agree.
fn joined(a: u16, b: u16) -> u16 {
    let (a, b) = (u32::from(a.min(1000)), u32::from(b.min(1000)));
    (1000 - (1000 - a) * (1000 - b) / 1000 * 2).clamp(a.max(b).min(990), 990) as u16
}

fn is_measure(label: &str) -> bool {
    matches!(label, "DATE" | "TIME" | "MONEY" | "PERCENT" | "QUANTITY" | "ORDINAL" | "CARDINAL")
}

/// Whether a candidate of lists and rules beats what is there.
fn wins(draft: &Draft, rival: &Draft) -> bool {
    let (new, old) = (draft.label.as_str(), rival.label.as_str());
    if is_measure(new) != is_measure(old) && matches!(rival.origin, Origin::Model(_)) {
        return is_measure(new) && (rival.tokens.len() <= draft.tokens.len());
    }
    if !matches!(rival.origin, Origin::Model(_)) || is_measure(new) {
        return false;
    }
    let (d, r) = (i32::from(draft.score), i32::from(rival.score));
    if draft.span == rival.span {
        return d > r + MARGIN;
    }
    if draft.span.contains(rival.span) {
        return d >= i32::from(SURE) && (new == old || d > r + MARGIN);
    }
    false
}

/// The score from which a candidate stands without the model.
fn least(draft: &Draft) -> u16 {
    match draft.label.as_str() {
        "NORP" => 450,
        "GPE" | "LOC" | "FAC" => 800,
        "PERSON" => 800,
        "ORG" => 800,
        _ => 500,
    }
}
