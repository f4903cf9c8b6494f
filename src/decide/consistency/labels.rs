//! One name under several labels: in one article, and across articles.
//!
//! People, places and firms share names, and then several labels are right. So what is told apart already is left alone: a
//! mention whose entity has its label, and one whose fuller name stands in the article with its label (Washington beside
//! Lena Washington).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::finding::{Finding, Place, Step, flat, times};
use super::ground::{Ground, Name, Seen};
use crate::annotation::Label;

/// From so many mentions on, and so many times as many as the others, a label is what the name is.
const SURE: usize = 3;

pub fn here(ground: &Ground<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut fuller = Fuller::default();
    for (name, groups) in several(ground) {
        let whole = majority(groups.iter().flat_map(|group| group.iter()));
        for group in groups.iter().filter(|group| labels(group).len() > 1) {
            let counts = count(group.iter());
            // What the name is elsewhere decides, where it is that here too.
            let usual = whole.label.filter(|label| counts.contains_key(label)).or(majority(group.iter()).label);
            let Some(usual) = usual else { continue };
            let odd: Vec<&Seen<'_>> = group.iter().copied().filter(|seen| fuller.is_odd(ground, seen, usual)).collect();
            let Some(first) = odd.first() else { continue };
            let words = format!("“{}” is {} in one article", flat(name.surface), told(&counts));
            let about = format!("{}@{}", name.key, first.article.id);
            let odd = Odd { surface: name.surface, seen: odd, usual, is_sure: whole.is_sure(ground, name, usual) };
            out.push(odd.finding("labels-here", &about, words, group));
        }
    }
    out
}

pub fn across(ground: &Ground<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut fuller = Fuller::default();
    for (name, groups) in several(ground) {
        let whole = majority(groups.iter().flat_map(|group| group.iter()));
        let Some(usual) = whole.label else { continue };
        // What differs inside an article is told there.
        let alike: Vec<&Seen<'_>> = groups.iter().filter(|group| labels(group).len() == 1).flatten().copied().collect();
        let odd: Vec<&Seen<'_>> = alike.iter().copied().filter(|seen| fuller.is_odd(ground, seen, usual)).collect();
        if odd.is_empty() {
            continue;
        }
        let words = format!("“{}” is {}", flat(name.surface), told(&whole.counts));
        let all: Vec<&Seen<'_>> = groups.iter().flatten().copied().collect();
        let odd = Odd { surface: name.surface, seen: odd, usual, is_sure: whole.is_sure(ground, name, usual) };
        out.push(odd.finding("labels-across", &name.key, words, &all));
    }
    out
}

/// The names with several labels, their mentions by article.
fn several<'a, 's>(ground: &'a Ground<'s>) -> impl Iterator<Item = (&'a Name<'s>, Vec<Vec<&'a Seen<'s>>>)> {
    ground.names.iter().filter_map(move |name| {
        // What has a retired label is told of by itself.
        let in_use = || ground.of_name(name).filter(|seen| !ground.is_retired(&seen.mention.label));
        let first = in_use().next()?;
        in_use().any(|seen| seen.mention.label != first.mention.label).then(|| {
            let mut groups: Vec<Vec<&Seen<'_>>> = Vec::new();
            for seen in in_use() {
                match groups.last_mut().filter(|group| group.last().is_some_and(|last| last.at == seen.at)) {
                    Some(group) => group.push(seen),
                    None => groups.push(vec![seen]),
                }
            }
            (name, groups)
        })
    })
}

type Counts<'a> = BTreeMap<&'a Label, usize>;

fn count<'a, 's: 'a>(seen: impl Iterator<Item = &'a &'a Seen<'s>>) -> Counts<'a> {
    let mut counts = Counts::new();
    seen.for_each(|seen| *counts.entry(&seen.mention.label).or_default() += 1);
    counts
}

fn labels<'a>(seen: &[&'a Seen<'_>]) -> BTreeSet<&'a Label> {
    seen.iter().map(|seen| &seen.mention.label).collect()
}

struct Majority<'a> {
    /// The label that most have; of equal ones the first.
    label: Option<&'a Label>,
    counts: Counts<'a>,
}

fn majority<'a, 's: 'a>(seen: impl Iterator<Item = &'a &'a Seen<'s>>) -> Majority<'a> {
    let counts = count(seen);
    let label = counts.iter().min_by_key(|(label, n)| (std::cmp::Reverse(**n), **label)).map(|(label, _)| *label);
    Majority { label, counts }
}

impl Majority<'_> {
    /// Whether the name is surely this: a standing decision says so, or by far the most mentions do.
    fn is_sure(&self, ground: &Ground<'_>, name: &Name<'_>, label: &Label) -> bool {
        let of_label = self.counts.get(label).copied().unwrap_or_default();
        let others: usize = self.counts.values().sum::<usize>() - of_label;
        let is_usable = ground.session.scheme().is_in_use(label.as_str());
        is_usable && (ground.ruled(&name.key) == Some(label) || of_label >= SURE && of_label >= SURE * others)
    }
}

/// What tells mentions apart that share a name: the names of an article that are part of fuller ones, with their labels.
#[derive(Default)]
struct Fuller<'a>(HashMap<usize, HashSet<(&'a Label, &'a str)>>);

impl<'a> Fuller<'a> {
    /// Whether a mention has another label and nothing says why.
    fn is_odd<'s: 'a>(&mut self, ground: &'a Ground<'s>, seen: &Seen<'s>, usual: &Label) -> bool {
        let mention = seen.mention;
        if mention.label == *usual || is_people_and_language(&mention.label, usual) {
            return false;
        }
        let of_entity = mention.entity.as_ref().and_then(|id| ground.session.entity(id));
        let is_told_apart = of_entity.is_some_and(|entity| entity.label == mention.label);
        !is_told_apart && !self.has_fuller(ground, seen) && !is_doubled(ground, seen)
    }

    /// Whether a fuller name with its label stands in the article.
    fn has_fuller<'s: 'a>(&mut self, ground: &'a Ground<'s>, seen: &Seen<'s>) -> bool {
        let parts = self.0.entry(seen.at).or_insert_with(|| {
            let of = |other: &'a Seen<'s>| {
                let key = ground.names[other.name].key.as_str();
                let blanks = key.match_indices(' ').flat_map(move |(at, _)| [&key[..at], &key[at + 1..]]);
                blanks.map(move |part| (&other.mention.label, part))
            };
            ground.in_article(seen.at).iter().flat_map(of).collect()
        });
        parts.contains(&(&seen.mention.label, ground.names[seen.name].key.as_str()))
    }
}

/// A people and what it speaks have one name.
fn is_people_and_language(a: &Label, b: &Label) -> bool {
    matches!((a.as_str(), b.as_str()), ("NORP", "LANGUAGE") | ("LANGUAGE", "NORP"))
}

/// Whether the same words are tagged twice, which is told of by itself.
fn is_doubled(ground: &Ground<'_>, seen: &Seen<'_>) -> bool {
    let here = ground.in_article(seen.at);
    let first = here.partition_point(|other| other.mention.span < seen.mention.span);
    here[first..].iter().take_while(|other| other.mention.span == seen.mention.span).nth(1).is_some()
}

/// `ORG 41 times and LOC 3 times`, the most frequent first.
fn told(counts: &Counts<'_>) -> String {
    let mut counts: Vec<(&Label, usize)> = counts.iter().map(|(label, n)| (*label, *n)).collect();
    counts.sort_by_key(|(label, n)| (std::cmp::Reverse(*n), *label));
    let told: Vec<String> = counts.iter().map(|(label, n)| format!("{label} {}", times(*n))).collect();
    match &told[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.join(""),
    }
}

/// What is out of line in one name, and what it would be made.
struct Odd<'a, 's> {
    /// As the name is written.
    surface: &'a str,
    seen: Vec<&'a Seen<'s>>,
    usual: &'a Label,
    is_sure: bool,
}

impl Odd<'_, '_> {
    fn finding(&self, kind: &'static str, about: &str, words: String, all: &[&Seen<'_>]) -> Finding {
        let place = |seen: &&Seen<'_>| {
            let place = Place::of(seen.article, seen.mention);
            if self.is_sure { place.with(Step::Retype(self.usual.clone())) } else { place }
        };
        let usual = all.iter().filter(|seen| seen.mention.label == *self.usual);
        Finding::new(kind, about, self.surface, words, self.seen.iter().map(place).collect())
            .beside(usual.map(|seen| Place::of(seen.article, seen.mention)))
            .mended_by(self.is_sure.then(|| format!("make it {}", self.usual)))
    }
}
