//! One settled article, reduced to what it teaches.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::lattice::{Class, LABELS, OUTSIDE};
use super::super::model::Model;
use super::super::page::Page;
use super::edges::{self, Edge};
use super::weights::{self, Share};
use super::{grams, names};
use crate::annotation::{Label, Scheme};
use crate::text::Span;

/// What was decided in an article that is settled throughout: what no mention covers is no name.
#[derive(Clone, Copy)]
pub struct Settled<'a> {
    pub page: &'a Page<'a>,
    pub scheme: &'a Scheme,
    /// In reading order, none over another.
    pub mentions: &'a [(Span, Label)],
    /// What was suggested and rejected.
    pub rejected: &'a [Span],
}

/// What a settled article teaches.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Lesson {
    /// Each name with its label, once; without one where it was rejected.
    pub(super) names: BTreeSet<(u64, Arc<str>, Option<Label>)>,
    /// Runs of words that look like names and are none here.
    pub(super) bare: BTreeSet<u64>,
    pub(super) edges: Vec<Edge>,
    pub(super) shares: Vec<Share>,
}

impl Lesson {
    /// Reads a settled article as the shipped model sees it.
    pub fn of(model: &Model, settled: &Settled<'_>) -> Self {
        let Settled { page, scheme, mentions, rejected } = *settled;
        let allowed = allowed(page, mentions, scheme);
        let mut lesson = Lesson { edges: edges::of(page, mentions), shares: weights::shares(model, page, &allowed), ..Lesson::default() };
        let mut is_covered = vec![false; page.tokens.len()];
        let mut name = |span: Span, label: Option<&Label>| {
            let tokens = page.tokens_in_span(span);
            let is_whole = page.span(&tokens) == span && !tokens.is_empty() && tokens.len() <= grams::LONGEST;
            if let Some(surface) = span.of(page.text).filter(|_| is_whole) {
                lesson.names.insert((grams::of(page, &tokens), names::told(surface).into(), label.cloned()));
            }
            tokens
        };
        mentions.iter().for_each(|(span, label)| is_covered[name(*span, Some(label))].fill(true));
        for span in rejected.iter().filter(|span| mentions.iter().all(|(other, _)| !other.overlaps(**span))) {
            name(*span, None);
        }
        for sentence in &page.sentences {
            for i in sentence.tokens.clone().filter(|i| grams::is_name_like(page, *i)) {
                for (end, hash) in grams::from(page, i, sentence.tokens.end) {
                    if is_covered[end - 1] {
                        break;
                    }
                    if grams::is_name_like(page, end - 1) {
                        lesson.bare.insert(hash);
                    }
                }
            }
        }
        lesson
    }
}

/// The class of a label, of the coarse ones of other schemes too.
pub(super) fn class_of(label: &str) -> Option<Class> {
    match label {
        "PER" => Some(Class::Person),
        label => Class::of_name(label),
    }
}

/// For each token the labels of the model that the decisions allow.
fn allowed(page: &Page<'_>, mentions: &[(Span, Label)], scheme: &Scheme) -> Vec<u16> {
    let in_use = || scheme.labels.iter().filter(|def| scheme.is_in_use(def.name.as_str())).map(|def| def.name.as_str());
    let is_marked = |class: &Class| in_use().any(|label| class_of(label) == Some(*class));
    let unmarked = Class::ALL
        .into_iter()
        .filter(|class| !is_marked(class))
        .fold(1_u16 << OUTSIDE, |bits, class| bits | 1 << class.begin() | 1 << class.inside());
    let mut allowed = vec![unmarked; page.tokens.len()];
    for (span, label) in mentions {
        let tokens = page.tokens_in_span(*span);
        let is_whole = page.span(&tokens) == *span;
        match class_of(label.as_str()) {
            Some(class) if is_whole => {
                for (at, i) in tokens.clone().enumerate() {
                    allowed[i] = 1 << if at == 0 { class.begin() } else { class.inside() };
                }
                // What follows is another name, or none.
                if let Some(next) = allowed.get_mut(tokens.end).filter(|next| **next == unmarked) {
                    *next &= !(1 << class.inside());
                }
            }
            // A part of a word, or a kind of thing that the model knows nothing of: it may be anything.
            _ => allowed[tokens].fill(((1_u32 << LABELS) - 1) as u16),
        }
    }
    allowed
}
