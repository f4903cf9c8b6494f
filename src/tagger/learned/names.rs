//! How names are labelled in this session, and what is never one. Counted in articles: one that repeats a name says no more
//! of it than one that has it once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::page::Page;
use super::super::resolve::{Draft, Drafts};
use super::super::source::Candidate;
use super::super::suggestion::fitted;
use super::grams;
use super::line::Line;
use crate::annotation::{Label, Origin, Scheme, Score};
use crate::text::Span;

/// What begins the names of what is learnt of a name.
const ID: &str = "name/";

/// A name as it is told, wherever its line was broken.
pub(super) fn told(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What tells what was learnt of a name.
fn id(words: &str) -> String {
    format!("{ID}{}", told(words))
}

/// What is known of one name.
#[derive(Clone, PartialEq, Debug, Default)]
struct Known {
    surface: Arc<str>,
    /// In how many articles it has each label, by label; none of them 0.
    labels: Vec<(Label, i32)>,
    /// In how many it was suggested and rejected.
    rejected: i32,
}

impl Known {
    fn count(&mut self, label: &Label, by: i32) {
        match self.labels.binary_search_by(|(other, _)| other.cmp(label)) {
            Ok(at) => self.labels[at].1 += by,
            Err(at) => self.labels.insert(at, (label.clone(), by)),
        }
    }
}

/// What was counted of one name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CountedName {
    hash: u64,
    name: Arc<str>,
    labels: Vec<(Label, i32)>,
    rejected: i32,
}

impl CountedName {
    pub(super) fn is_sound(&self) -> bool {
        let is_count = |n: i32| (0..=1 << 24).contains(&n);
        is_count(self.rejected) && self.labels.iter().all(|(_, n)| *n > 0 && is_count(*n)) && self.labels.is_sorted_by(|a, b| a.0 < b.0)
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().map(|(label, _)| label)
    }
}

/// Names as they were settled.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: HashMap<u64, Known>,
    /// In how many articles a run of words stands that is no name there.
    bare: HashMap<u64, i32>,
}

/// What is believed of a name.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Belief<'n> {
    label: &'n Label,
    /// Articles that have it so, and all that have it.
    same: i32,
    all: i32,
}

impl Belief<'_> {
    /// The probability that the next article has it so, a little less sure than the count says.
    fn probability(self) -> f64 {
        (f64::from(self.same) + 0.6) / (f64::from(self.all) + 1.2)
    }
}

/// From this probability on a name that nothing is suggested for is suggested, or takes the place of what is. Those of this
/// file were set on news where decisions cost least; they lie on a plateau.
const LIKELY: u16 = 600;

/// From this one on also where the word before it is a capital one.
const VERY_LIKELY: u16 = 850;

impl Names {
    /// Counts what an article says in (`by` 1) or out (−1): its names with their labels, none where one was rejected, and the
    /// runs of words that are no names.
    pub(super) fn count(&mut self, names: &BTreeSet<(u64, Arc<str>, Option<Label>)>, bare: &BTreeSet<u64>, by: i32) {
        for (hash, surface, label) in names {
            let known = self.known.entry(*hash).or_insert_with(|| Known { surface: surface.clone(), ..Known::default() });
            match label {
                None => known.rejected += by,
                Some(label) => known.count(label, by),
            }
            known.labels.retain(|(_, n)| *n != 0);
            if known.labels.is_empty() && known.rejected == 0 {
                self.known.remove(hash);
            }
        }
        for hash in bare {
            let n = self.bare.entry(*hash).or_default();
            *n += by;
            if *n == 0 {
                self.bare.remove(hash);
            }
        }
    }

    /// What was counted, in the order of the hashes, to be carried elsewhere.
    pub(super) fn counted(&self) -> (Vec<CountedName>, Vec<(u64, i32)>) {
        let one = |(hash, known): (&u64, &Known)| CountedName {
            hash: *hash,
            name: known.surface.clone(),
            labels: known.labels.clone(),
            rejected: known.rejected,
        };
        let mut names: Vec<CountedName> = self.known.iter().map(one).collect();
        names.sort_unstable_by_key(|one| one.hash);
        let mut bare: Vec<(u64, i32)> = self.bare.iter().map(|(hash, n)| (*hash, *n)).collect();
        bare.sort_unstable();
        (names, bare)
    }

    /// Adds what was counted elsewhere, of the labels that the scheme has.
    pub(super) fn add(&mut self, (names, bare): (&[CountedName], &[(u64, i32)]), scheme: &Scheme) {
        for one in names {
            let labels: Vec<&(Label, i32)> = one.labels.iter().filter(|(label, _)| scheme.get(label).is_some()).collect();
            if labels.is_empty() && one.rejected == 0 {
                continue;
            }
            let known = self.known.entry(one.hash).or_insert_with(|| Known { surface: one.name.clone(), ..Known::default() });
            known.rejected += one.rejected;
            labels.into_iter().for_each(|(label, n)| known.count(label, *n));
        }
        bare.iter().for_each(|(hash, n)| *self.bare.entry(*hash).or_default() += n);
    }

    fn belief(&self, hash: u64) -> Option<Belief<'_>> {
        let known = self.known.get(&hash)?;
        let most = known.labels.iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
        let all: i32 = known.labels.iter().map(|(_, n)| n).sum();
        most.map(|(label, same)| Belief { label, same: *same, all: all + self.bare.get(&hash).copied().unwrap_or_default() })
    }

    /// Every place of a name that was settled before, with how likely it is so here. Longer ones before those inside them.
    pub(super) fn places(&self, page: &Page<'_>) -> Vec<Candidate> {
        let mut places = Vec::new();
        for sentence in &page.sentences {
            for i in sentence.tokens.clone() {
                for (end, hash) in grams::from(page, i, sentence.tokens.end) {
                    let Some(belief) = self.belief(hash) else { continue };
                    let span = page.span(&(i..end));
                    let origin = Origin::Learned(id(span.of(page.text).unwrap_or_default()).into());
                    let score = Score::from_ratio(belief.probability());
                    places.push(Candidate { span, label: belief.label.clone(), score, origin, value: None });
                }
            }
        }
        places.sort_by_key(|one| (std::cmp::Reverse(one.span.len()), one.span));
        places
    }

    /// Takes out what was rejected, or left untagged, and is never a name.
    pub(super) fn strike(&self, page: &Page<'_>, drafts: &mut Drafts, is_on: &dyn Fn(&str) -> bool) {
        drafts.retain(|draft| {
            let hash = grams::of(page, &draft.tokens);
            let is_never = self.is_never(hash, draft.score);
            !is_never || page.span(&draft.tokens) != draft.span || !is_on(&id(draft.span.of(page.text).unwrap_or_default()))
        });
    }

    /// Whether a run of words is no name, by the articles that have it untagged, unless it is suggested for better reasons.
    fn is_never(&self, hash: u64, score: u16) -> bool {
        let known = self.known.get(&hash);
        let tagged: i32 = known.map_or(0, |known| known.labels.iter().map(|(_, n)| n).sum());
        let none = self.none(hash);
        // One article is enough where none says otherwise.
        let is_rule = f64::from(none) > 0.55 * (f64::from(tagged + none) + 0.7);
        is_rule && (none >= 3 || i32::from(score) <= 900 + 30 * none)
    }

    /// In how many articles it is no name.
    fn none(&self, hash: u64) -> i32 {
        let rejected = self.known.get(&hash).map_or(0, |known| known.rejected);
        self.bare.get(&hash).copied().unwrap_or_default().max(rejected)
    }

    /// What was learnt of names in at least two articles, in words.
    pub(super) fn lines(&self) -> Vec<Line> {
        let line = |(hash, known): (&u64, &Known)| {
            let id: Arc<str> = id(&known.surface).into();
            match self.belief(*hash) {
                Some(belief) if belief.all >= 2 => {
                    let others = if belief.all > belief.same { format!(" of {}", belief.all) } else { String::new() };
                    let about = format!("so in {}{others} settled articles", belief.same);
                    Some(Line { id, name: known.surface.clone(), label: Some(belief.label.clone()), about })
                }
                None if self.none(*hash) >= 2 => {
                    let about = format!("no name in {} settled articles", self.none(*hash));
                    Some(Line { id, name: known.surface.clone(), label: None, about })
                }
                _ => None,
            }
        };
        self.known.iter().filter_map(line).collect()
    }

    /// Why a name was suggested, in a clause.
    pub(super) fn reason(&self, what: &str) -> Option<String> {
        let surface = what.strip_prefix(ID)?;
        let (hash, _) = self.known.iter().find(|(_, known)| *known.surface == *surface)?;
        let belief = self.belief(*hash)?;
        let articles = if belief.same == 1 { "one settled article".to_owned() } else { format!("{} settled articles", belief.same) };
        Some(format!("in this session “{surface}” is {} in {articles}", belief.label))
    }
}

/// With half the probability of the name, the score from which another label that is suggested stands.
const SURE: u16 = 650;

/// Weighs a name as it was settled before against what is suggested where it stands.
pub(super) fn weigh(page: &Page<'_>, one: &Candidate, drafts: &mut Drafts, scheme: &Scheme) {
    let tokens = page.tokens_in_span(one.span);
    let p = one.score.thousandths();
    let is_capital = |i: usize| page.words.get(i).is_some_and(|word| word.is_capital());
    let is_before = tokens.start > 0 && is_capital(tokens.start - 1) && adjoin(page, tokens.start - 1);
    let is_after = is_capital(tokens.end) && adjoin(page, tokens.end - 1);
    let rivals: Vec<&Draft> = drafts.overlapping(one.span).collect();
    let is_put = match rivals[..] {
        [] => p >= LIKELY && !is_after && (!is_before || p >= VERY_LIKELY),
        [rival] if rival.span == one.span => {
            let is_same = fitted(&rival.label, scheme).as_ref() == Some(&one.label);
            !is_same && p >= LIKELY && rival.score < SURE + p / 2
        }
        _ => rivals.iter().all(|rival| one.span.contains(rival.span)) && p >= LIKELY && !is_after && !is_before,
    };
    if is_put {
        let old: Vec<Span> = rivals.iter().map(|rival| rival.span).collect();
        old.into_iter().for_each(|span| drafts.remove(span));
        drafts.push(Draft::new(page, one.clone()));
    }
}

/// Whether one blank at most stands between a token and the next.
fn adjoin(page: &Page<'_>, i: usize) -> bool {
    page.tokens.get(i + 1).is_some_and(|next| next.span.start - page.tokens[i].span.end <= 1)
}
