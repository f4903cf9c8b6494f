//! By how much the weights of the shipped model are moved.
//!
//! Each settled article is learnt from by itself: from the shipped weights a few steps down the gradient of its likelihood,
//! held back by a pull to where they came from (both convex). What it moves a weight to, and how much it knows of that
//! weight, it hands in as whole numbers. The weight of all articles together is the mean of what each would have it, weighed
//! by what each knows, with the shipped one as one voice among them: a sum, whatever the order.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::super::features::features;
use super::super::lattice::{self, LABELS, LANES, Row};
use super::super::model::Model;
use super::super::numeric::exp;
use super::super::overlay::{FINE, Overlay};
use super::super::page::{Page, Sentence};
use super::super::table::Table;

/// How sure a shipped weight is: the inverse of how far, squared, that of another kind of news lies from it.
const PRIOR: f32 = 400.0;

/// About as many features speak for one token together: each takes its part of a step.
const TOGETHER: f32 = 60.0;

/// What an article knows of a weight, by how much hung on it there. As many features change together, each is known better
/// than it looks by itself.
const KNOWN: f32 = 100.0;

/// Steps down the gradient of one article.
const ROUNDS: usize = 8;

/// A sentence of which the model is surer than this, and right, teaches nothing.
const SURE: f32 = 0.05;

/// What moves less is left out.
const LEAST: f32 = 0.0003;

/// How much of what articles say is believed, and the number of articles from which on half of that is: the first few speak of
/// themselves more than of others.
const BELIEF: f32 = 0.8;
const HALF: f32 = 150.0;

/// The units in which an article hands in.
const PUSH: f32 = 1024.0;
const PULL: f32 = 16.0;

/// Tokens of a sentence that are looked at together; longer ones are lists and tables.
const LONGEST: usize = 512;

/// What an article says of one weight: what it would have it, times how well it knows that, and how well.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Share {
    key: u32,
    label: u8,
    push: i32,
    pull: u32,
}

/// What was counted of one weight: feature, label, and both sums.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct CountedWeight(u32, u8, i64, i64);

impl CountedWeight {
    pub(super) fn is_sound(&self) -> bool {
        let Self(_, label, push, pull) = *self;
        usize::from(label) < LABELS && push.unsigned_abs() <= 1 << 48 && (0..=1 << 48).contains(&pull)
    }
}

/// What all articles say, by feature and label.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    of: HashMap<(u32, u8), (i64, i64)>,
}

impl Sums {
    /// Counts what an article says in (`by` 1) or out (−1).
    pub fn count(&mut self, shares: &[Share], by: i64) {
        for share in shares {
            let key = (share.key, share.label);
            let sum = self.of.entry(key).or_default();
            *sum = (sum.0 + by * i64::from(share.push), sum.1 + by * i64::from(share.pull));
            if *sum == (0, 0) {
                self.of.remove(&key);
            }
        }
    }

    /// What was counted, by feature and label, to be carried elsewhere.
    pub fn counted(&self) -> Vec<CountedWeight> {
        let mut all: Vec<CountedWeight> =
            self.of.iter().map(|((key, label), (push, pull))| CountedWeight(*key, *label, *push, *pull)).collect();
        all.sort_unstable_by_key(|one| (one.0, one.1));
        all
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, weights: &[CountedWeight]) {
        for CountedWeight(key, label, push, pull) in weights {
            let sum = self.of.entry((*key, *label)).or_default();
            *sum = (sum.0 + push, sum.1 + pull);
        }
    }

    /// The weights that so many articles come to.
    pub fn overlay(&self, articles: usize) -> Overlay {
        let belief = BELIEF * articles as f32 / (articles as f32 + HALF);
        let mut rows: HashMap<u32, [i16; LANES]> = HashMap::new();
        for ((key, label), (push, pull)) in &self.of {
            let weight = belief * (*push as f32 / PUSH) / (PRIOR + *pull as f32 / PULL);
            let fine = (weight * FINE).round() as i16;
            if fine != 0 {
                rows.entry(*key).or_insert([0; LANES])[usize::from(*label)] = fine;
            }
        }
        Overlay { rows: Table::new(rows.into_iter()) }
    }
}

/// A sentence that teaches something.
struct Stretch {
    allowed: Vec<u16>,
    /// What the shipped weights say.
    base: Vec<Row>,
    /// By their numbers in the article, and where those of each token end.
    features: Vec<u32>,
    ends: Vec<usize>,
}

impl Stretch {
    /// The features of each token.
    fn tokens(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.features[*start..*end])
    }

    /// What shipped weights and `moved` say of each token.
    fn scores(&self, moved: &[Row]) -> Vec<Row> {
        let score = |(base, features): (&Row, &[u32])| {
            let mut row = *base;
            features.iter().for_each(|number| add(&mut row, &moved[*number as usize]));
            row
        };
        self.base.iter().zip(self.tokens()).map(score).collect()
    }
}

/// The sentences of an article that teach something, with the keys of their features.
#[derive(Default)]
struct Article {
    keys: Vec<u32>,
    number_of: HashMap<u32, u32>,
    stretches: Vec<Stretch>,
}

impl Article {
    fn read(model: &Model, page: &Page<'_>, allowed: &[u16], likelihood: &mut Likelihood<'_>) -> Self {
        let mut article = Self::default();
        let is_read = |sentence: &&Sentence| {
            let tokens = sentence.tokens.clone();
            tokens.len() <= LONGEST && tokens.into_iter().any(|i| page.is_near_name(sentence, i))
        };
        for sentence in page.sentences.iter().filter(is_read) {
            let base: Vec<Row> = sentence.tokens.clone().map(|i| model.scores_of(page, sentence, i)).collect();
            let allowed = &allowed[sentence.tokens.clone()];
            if likelihood.gradients(&base, allowed).iter().flatten().any(|g| g.abs() >= SURE) {
                article.take(page, sentence, base, allowed);
            }
        }
        article
    }

    fn take(&mut self, page: &Page<'_>, sentence: &Sentence, base: Vec<Row>, allowed: &[u16]) {
        let mut stretch = Stretch { allowed: allowed.to_vec(), base, features: Vec::new(), ends: Vec::new() };
        let (mut keys, mut rest) = (Vec::new(), Vec::new());
        for i in sentence.tokens.clone() {
            features(page, sentence, i, &mut keys, &mut rest);
            for key in keys.iter().map(|key| (key >> 32) as u32) {
                let next = self.keys.len() as u32;
                let number = *self.number_of.entry(key).or_insert(next);
                if number == next {
                    self.keys.push(key);
                }
                stretch.features.push(number);
            }
            stretch.ends.push(stretch.features.len());
        }
        self.stretches.push(stretch);
    }
}

/// What an article says of the weights of `model`; `allowed` are the labels that each token may have.
pub fn shares(model: &Model, page: &Page<'_>, allowed: &[u16]) -> Vec<Share> {
    let mut likelihood = Likelihood::new(model);
    let article = Article::read(model, page, allowed, &mut likelihood);
    let mut moved: Vec<Row> = vec![[0.0; LANES]; article.keys.len()];
    let mut known: Option<Vec<Row>> = None;
    for _ in 0..ROUNDS {
        let (slope, bend) = likelihood.slope(&article, &moved);
        for ((moved, slope), bend) in moved.iter_mut().zip(&slope).zip(&bend) {
            for ((weight, slope), bend) in moved.iter_mut().zip(slope).zip(bend).take(LABELS) {
                *weight -= (slope + PRIOR * *weight) / (PRIOR + TOGETHER * bend);
            }
        }
        known.get_or_insert(bend);
    }
    let mut shares = Vec::new();
    for ((key, moved), known) in article.keys.iter().zip(&moved).zip(known.iter().flatten()) {
        for (label, (weight, known)) in moved.iter().zip(known).enumerate().filter(|(_, (weight, _))| weight.abs() >= LEAST) {
            let pull = KNOWN * known;
            let push = (PRIOR + pull) * weight;
            shares.push(Share { key: *key, label: label as u8, push: (push * PUSH).round() as i32, pull: (pull * PULL).round() as u32 });
        }
    }
    shares
}

/// How likely settled labels are, and which way lies more.
struct Likelihood<'m> {
    potentials: &'m [Row; LANES],
    free: lattice::Sums,
    bound: lattice::Sums,
}

impl<'m> Likelihood<'m> {
    fn new(model: &'m Model) -> Self {
        Self { potentials: model.potentials(), free: lattice::Sums::default(), bound: lattice::Sums::default() }
    }

    /// By how much each label is too likely at each token.
    fn gradients(&mut self, scores: &[Row], allowed: &[u16]) -> Vec<Row> {
        let mut open = Vec::with_capacity(scores.len());
        let mut masked = Vec::with_capacity(scores.len());
        for (score, allowed) in scores.iter().zip(allowed) {
            let top = score[..LABELS].iter().copied().fold(f32::MIN, f32::max);
            let (mut row, mut mask) = ([0.0; LANES], [0.0; LANES]);
            for label in 0..LABELS {
                row[label] = exp(score[label] - top);
                if allowed >> label & 1 == 1 {
                    // Never quite 0, so that the allowed sequences keep a mass.
                    mask[label] = row[label].max(1e-20);
                }
            }
            open.push(row);
            masked.push(mask);
        }
        self.free.compute(&open, self.potentials);
        self.bound.compute(&masked, self.potentials);
        let gradient = |t: usize| {
            let mut row = self.free.marginals(t);
            row.iter_mut().zip(&self.bound.marginals(t)).for_each(|(cell, observed)| *cell -= observed);
            row
        };
        (0..scores.len()).map(gradient).collect()
    }

    /// The slope of what is to be made small, and how much it bends, for each feature of the article and label.
    fn slope(&mut self, article: &Article, moved: &[Row]) -> (Vec<Row>, Vec<Row>) {
        let mut slope: Vec<Row> = vec![[0.0; LANES]; moved.len()];
        let mut bend = slope.clone();
        for stretch in &article.stretches {
            let gradients = self.gradients(&stretch.scores(moved), &stretch.allowed);
            for ((t, gradient), features) in gradients.iter().enumerate().zip(stretch.tokens()) {
                let mut sharp = self.free.marginals(t);
                // Where a label is wrongly sure, it bends little, and yet it will.
                sharp.iter_mut().zip(gradient).for_each(|(p, gradient)| *p = (*p * (1.0 - *p)).max(gradient.abs()));
                if sharp.iter().all(|sharp| *sharp < NOTHING) {
                    continue;
                }
                for number in features {
                    add(&mut slope[*number as usize], gradient);
                    add(&mut bend[*number as usize], &sharp);
                }
            }
        }
        (slope, bend)
    }
}

/// What is as good as certain.
const NOTHING: f32 = 0.001;

fn add(sum: &mut Row, more: &Row) {
    sum.iter_mut().zip(more).for_each(|(cell, more)| *cell += more);
}

#[cfg(test)]
mod tests {
    use super::super::super::lattice::{Class, OUTSIDE};
    use super::super::super::page::tokens_of;
    use super::*;
    use crate::tagger::Tagger;
    use crate::text::Span;

    const SHIPS: [&str; 8] = ["Esmeralda", "Marigold", "Wren", "Pelican", "Bluebell", "Kittiwake", "Osprey", "Fulmar"];

    fn page<'t>(tagger: &'t Tagger, text: &'t str) -> Page<'t> {
        tagger.page(text, tokens_of(text, &[Span::new(0, text.len())]))
    }

    fn text(ship: &str) -> String {
        format!("The trawler {ship} left port at noon. Nobody aboard the trawler {ship} was hurt.")
    }

    /// What the article says where its ship is a product and nothing else a name.
    fn lesson(tagger: &Tagger, ship: &str) -> Vec<Share> {
        let text = text(ship);
        let page = page(tagger, &text);
        let label = |i: usize| if page.word_text(i) == ship { Class::Product.begin() } else { OUTSIDE };
        let allowed: Vec<u16> = (0..page.tokens.len()).map(|i| 1 << label(i)).collect();
        shares(tagger.model(), &page, &allowed)
    }

    #[test]
    fn names_never_seen_go_the_way_of_those_that_were_settled() {
        let tagger = Tagger::standard();
        let mut sums = Sums::default();
        SHIPS.iter().for_each(|ship| sums.count(&lesson(&tagger, ship), 1));
        let overlay = sums.overlay(1_000_000);
        let text = text("Nightingale");
        let page = page(&tagger, &text);
        let (mut keys, mut rest) = (Vec::new(), Vec::new());
        let mut lifted = |word: &str| {
            let i = (0..page.tokens.len()).find(|i| page.word_text(*i) == word).unwrap();
            let sentence = page.sentences.iter().find(|sentence| sentence.tokens.contains(&i)).unwrap();
            features(&page, sentence, i, &mut keys, &mut rest);
            let mut sum = [0.0; LANES];
            let rows = keys.iter().filter_map(|key| overlay.rows.get((key >> 32) as u32));
            rows.for_each(|row| sum.iter_mut().zip(row).for_each(|(cell, fine)| *cell += f32::from(fine) / FINE));
            sum
        };
        let ship = lifted("Nightingale");
        let more = ship[Class::Product.begin()] - ship[Class::Person.begin()];
        assert!(more > 0.3, "{more}");
        let noon = lifted("noon");
        assert!((noon[Class::Product.begin()] - noon[OUTSIDE]).abs() < more / 2.0, "{noon:?}");
    }

    #[test]
    fn what_is_taken_out_again_leaves_nothing_and_no_order_shows() {
        let tagger = Tagger::standard();
        let lessons: Vec<Vec<Share>> = SHIPS[..3].iter().map(|ship| lesson(&tagger, ship)).collect();
        let (mut sums, mut other) = (Sums::default(), Sums::default());
        lessons.iter().for_each(|shares| sums.count(shares, 1));
        lessons.iter().rev().for_each(|shares| other.count(shares, 1));
        assert!(sums.of.len() > 100 && sums.of == other.of);
        lessons.iter().for_each(|shares| sums.count(shares, -1));
        assert!(sums.of.is_empty());
    }
}
