//! Confirmed mentions that overlap although the scheme says of neither label that it nests.

use std::collections::BTreeMap;

use super::finding::{Finding, Place, Step, flat, times};
use super::ground::{Ground, Seen};
use crate::annotation::Label;
use crate::text::Span;

/// Two confirmed mentions, the outer or first one first.
type Pair<'a, 's> = (&'a Seen<'s>, &'a Seen<'s>);

/// One mention inside another, or two over the same words: what is shorter goes. Of two labels on the same words nobody can
/// say which is meant.
pub fn nested(ground: &Ground<'_>) -> Vec<Finding> {
    let finding = |names: &Names<'_>, pairs: &[Pair<'_, '_>]| {
        let (outer, inner) = pairs[0];
        let is_same = outer.mention.span == inner.mention.span;
        let is_sure = !is_same || outer.mention.label == inner.mention.label;
        let words = match is_same {
            true => format!("“{}” is tagged both {} and {}", flat(inner.words()), names.outer.1, names.inner.1),
            false => format!("“{}” {} is tagged inside “{}” {}", flat(inner.words()), names.inner.1, flat(outer.words()), names.outer.1),
        };
        let place = |(_, inner): &Pair<'_, '_>| {
            let place = Place::of(inner.article, inner.mention);
            if is_sure { place.with(Step::Reject) } else { place }
        };
        let remedy = is_sure.then(|| format!("let {} go", if is_same { "one of them" } else { "the inner one" }));
        let found = Finding::new("nested", &names.about(), inner.words(), words, pairs.iter().map(place).collect());
        found.beside(pairs.iter().map(|(outer, _)| Place::of(outer.article, outer.mention))).mended_by(remedy)
    };
    overlapping(ground, |outer, inner| outer.end >= inner.end).iter().map(|(names, pairs)| finding(names, pairs)).collect()
}

/// Two mentions of which neither holds the other.
pub fn crossing(ground: &Ground<'_>) -> Vec<Finding> {
    let finding = |names: &Names<'_>, pairs: &[Pair<'_, '_>]| {
        let (first, second) = pairs[0];
        let words = format!(
            "“{}” {} and “{}” {} lie across each other {}",
            flat(first.words()),
            names.outer.1,
            flat(second.words()),
            names.inner.1,
            times(pairs.len())
        );
        let places = pairs.iter().map(|(_, second)| Place::of(second.article, second.mention)).collect();
        let found = Finding::new("crossing", &names.about(), second.words(), words, places);
        found.beside(pairs.iter().map(|(first, _)| Place::of(first.article, first.mention)))
    };
    overlapping(ground, |first, second| first.end < second.end).iter().map(|(names, pairs)| finding(names, pairs)).collect()
}

/// What two overlapping mentions are called and labelled; all alike are one finding.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Names<'a> {
    outer: (&'a str, &'a Label),
    inner: (&'a str, &'a Label),
}

impl Names<'_> {
    fn about(&self) -> String {
        format!("{} {} + {} {}", self.outer.0, self.outer.1, self.inner.0, self.inner.1)
    }
}

fn overlapping<'a, 's>(ground: &'a Ground<'s>, is_wanted: impl Fn(Span, Span) -> bool) -> BTreeMap<Names<'a>, Vec<Pair<'a, 's>>> {
    let mut found: BTreeMap<Names<'a>, Vec<Pair<'a, 's>>> = BTreeMap::new();
    let scheme = ground.session.scheme();
    let name = |seen: &Seen<'_>| ground.names[seen.name].key.as_str();
    for at in 0..ground.session.articles().len() {
        let seen = ground.in_article(at);
        for (i, inner) in seen.iter().enumerate() {
            // In reading order whatever overlaps it from before lies close before it; far ones are let be.
            let before = seen[i.saturating_sub(NEAR)..i].iter().filter(|outer| outer.mention.span.overlaps(inner.mention.span));
            for outer in before.filter(|outer| is_wanted(outer.mention.span, inner.mention.span)) {
                if !scheme.may_overlap(&outer.mention.label, &inner.mention.label) {
                    let names = Names { outer: (name(outer), &outer.mention.label), inner: (name(inner), &inner.mention.label) };
                    found.entry(names).or_default().push((outer, inner));
                }
            }
        }
    }
    found
}

/// How many mentions before one are looked at: nobody nests deeper.
const NEAR: usize = 32;
