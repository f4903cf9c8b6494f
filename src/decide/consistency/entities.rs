//! One entity under two ids: two with one name and label, or with one id of a knowledge base.
//!
//! Two people may share a name. They are taken for two where somebody has told them apart: by different knowledge-base ids,
//! by different notes, or by linking one article to both.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Place};
use super::ground::{Ground, Seen};
use crate::annotation::{Entity, EntityId, Label};
use crate::text::name;

/// How many places of each of the two are shown.
const SHOWN: usize = 20;

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    let mut called: BTreeMap<(String, &Label), BTreeSet<&EntityId>> = BTreeMap::new();
    let mut known: BTreeMap<&str, BTreeSet<&EntityId>> = BTreeMap::new();
    for entity in ground.session.entities().values() {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            called.entry((name::key(name), &entity.label)).or_default().insert(&entity.id);
        }
        if let Some(kb) = entity.kb.as_deref().filter(|kb| !kb.is_empty()) {
            known.entry(kb).or_default().insert(&entity.id);
        }
    }
    // The first of those alike against each other one.
    let alike = called.values().chain(known.values()).filter(|ids| ids.len() > 1);
    let pairs: BTreeSet<(&EntityId, &EntityId)> =
        alike.flat_map(|ids| ids.iter().skip(1).filter_map(|other| Some((*ids.first()?, *other)))).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let mut linked: BTreeMap<&EntityId, Vec<&Seen<'_>>> = BTreeMap::new();
    for seen in &ground.seen {
        if let Some(entity) = &seen.mention.entity {
            linked.entry(entity).or_default().push(seen);
        }
    }
    let of = |id: &EntityId| linked.get(id).map(Vec::as_slice).unwrap_or_default();
    let find = |(a, b): (&EntityId, &EntityId)| {
        let (a, b) = ground.session.entity(a).zip(ground.session.entity(b))?;
        finding(a, b, of(&a.id), of(&b.id))
    };
    pairs.into_iter().filter_map(find).collect()
}

fn finding(a: &Entity, b: &Entity, of_a: &[&Seen<'_>], of_b: &[&Seen<'_>]) -> Option<Finding> {
    if is_told_apart(a, b, of_a, of_b) {
        return None;
    }
    // What is linked more often stays; of as many, what is in a knowledge base, then what came first.
    let rank = |entity: &Entity, of: &[&Seen<'_>]| (of.len(), entity.kb.is_some());
    let (into, from, of_into, of_from) = if rank(b, of_b) > rank(a, of_a) { (b, a, of_b, of_a) } else { (a, b, of_a, of_b) };
    let words = match a.kb.is_some() && a.kb == b.kb {
        true => format!("{} and {} have the one knowledge-base id {}", a.id, b.id, a.kb.as_deref().unwrap_or_default()),
        false => format!("{} and {} are both called {}", a.id, b.id, into.name),
    };
    let place = |seen: &&Seen<'_>| Place::of(seen.article, seen.mention);
    let places = of_from.iter().take(SHOWN).map(place).collect();
    let remedy = format!("merge {} into {}", from.id, into.id);
    let found = Finding::new("entity-twice", &format!("{} {}", a.id, b.id), &into.name, words, places);
    Some(Finding { merge: Some((from.id.clone(), into.id.clone())), ..found.beside(of_into.iter().map(place)).mended_by(Some(remedy)) })
}

fn is_told_apart(a: &Entity, b: &Entity, of_a: &[&Seen<'_>], of_b: &[&Seen<'_>]) -> bool {
    let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    let kb = |entity: &Entity| entity.kb.clone().unwrap_or_default();
    let articles: BTreeSet<usize> = of_a.iter().map(|seen| seen.at).collect();
    let share = of_b.iter().any(|seen| articles.contains(&seen.at));
    let is_one_known = kb(a) == kb(b) && !kb(a).is_empty();
    differ(&kb(a), &kb(b)) || !is_one_known && (differ(&a.note, &b.note) || share)
}
