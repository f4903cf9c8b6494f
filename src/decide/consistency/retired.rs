//! Mentions with a label that the scheme has retired, or does not know.

use std::collections::BTreeMap;

use super::finding::{Finding, Place, Step, flat};
use super::ground::{Ground, Seen};
use crate::annotation::Label;

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<(usize, &Label), Vec<&Seen<'_>>> = BTreeMap::new();
    for seen in ground.seen.iter().filter(|seen| ground.is_retired(&seen.mention.label)) {
        found.entry((seen.name, &seen.mention.label)).or_default().push(seen);
    }
    found.into_iter().map(|((_, label), seen)| finding(ground, label, &seen)).collect()
}

fn finding(ground: &Ground<'_>, label: &Label, seen: &[&Seen<'_>]) -> Finding {
    let name = &ground.names[seen[0].name];
    let mut others: BTreeMap<&Label, usize> = BTreeMap::new();
    let in_use = ground.of_name(name).filter(|other| ground.session.scheme().is_in_use(other.mention.label.as_str()));
    in_use.for_each(|other| *others.entry(&other.mention.label).or_default() += 1);
    // Where the name has one other label, that is meant.
    let meant = others.keys().next().filter(|_| others.len() == 1).copied().or_else(|| ground.ruled(&name.key));
    let words = format!("“{}” has the label {label}, which is no longer in use", flat(name.surface));
    let place = |seen: &&Seen<'_>| match meant {
        Some(meant) => Place::of(seen.article, seen.mention).with(Step::Retype(meant.clone())),
        None => Place::of(seen.article, seen.mention),
    };
    let places = seen.iter().map(place).collect();
    let beside: Vec<Place> = ground
        .of_name(name)
        .filter(|other| Some(&other.mention.label) == meant)
        .map(|other| Place::of(other.article, other.mention))
        .collect();
    let remedy = meant.map(|meant| format!("make it {meant}"));
    Finding::new("retired", &format!("{} {label}", name.key), name.surface, words, places).beside(beside).mended_by(remedy)
}
