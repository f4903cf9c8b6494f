//! One entity that mentions of several things are linked to: nothing in the name of the one has to do with the other.

use std::collections::BTreeMap;

use super::finding::{Finding, Place, Step, flat};
use super::ground::{Ground, Seen};
use crate::annotation::{Entity, EntityId};
use crate::decide::names::{are_forms, short_names};
use crate::text::name;

/// How many letters words have to begin with alike to be of one root: Finland and Finnish share three, Peru and Peruvian four.
const ROOT: usize = 3;

pub fn find(ground: &Ground<'_>) -> Vec<Finding> {
    let mut linked: BTreeMap<(&EntityId, usize), Vec<&Seen<'_>>> = BTreeMap::new();
    for seen in ground.seen.iter().filter(|seen| seen.is_name()) {
        if let Some(entity) = &seen.mention.entity {
            linked.entry((entity, seen.name)).or_default().push(seen);
        }
    }
    let called: Vec<(String, &Entity)> = {
        let names =
            |entity: &'_ Entity| std::iter::once(&entity.name).chain(&entity.aliases).map(|name| name::key(name)).collect::<Vec<_>>();
        ground.session.entities().values().flat_map(|entity| names(entity).into_iter().map(move |key| (key, entity))).collect()
    };
    let mut by_key: BTreeMap<&str, Vec<&Entity>> = BTreeMap::new();
    called.iter().for_each(|(key, entity)| by_key.entry(key).or_default().push(entity));
    let find = |((id, name), seen): ((&EntityId, usize), Vec<&Seen<'_>>)| {
        let entity = ground.session.entity(id)?;
        let name = &ground.names[name];
        let own = std::iter::once(&entity.name).chain(&entity.aliases);
        if own.into_iter().any(|own| are_related(own, name.surface, entity)) {
            return None;
        }
        let others = by_key.get(name.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        let meant = match others {
            [other] if seen.iter().all(|seen| seen.mention.label == other.label) => Some(*other),
            _ => None,
        };
        let surface = flat(name.surface);
        let words = format!("“{surface}” is linked to {}", entity.name);
        let place = |seen: &&Seen<'_>| match meant {
            Some(other) => Place::of(seen.article, seen.mention).with(Step::Link(other.id.clone())),
            None => Place::of(seen.article, seen.mention),
        };
        let places = seen.iter().map(place).collect();
        let remedy = meant.map(|other| format!("link it to {}", other.name));
        Some(Finding::new("entity-mixed", &format!("{id} {}", name.key), &surface, words, places).mended_by(remedy))
    };
    linked.into_iter().filter_map(find).collect()
}

/// Whether two names may be names of one thing.
fn are_related(own: &str, other: &str, entity: &Entity) -> bool {
    let (a, b) = (name::key(own), name::key(other));
    let is_short = |long: &str, short: &str| short_names(long, &entity.label).iter().any(|found| found.key == short);
    if a == b || is_short(own, &b) || is_short(other, &a) {
        return true;
    }
    let (words_a, words_b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let is_within = |part: &[&str], whole: &[&str]| part.iter().all(|word| whole.contains(word));
    if is_within(&words_a, &words_b) || is_within(&words_b, &words_a) {
        return true;
    }
    // Two people have two whole names; of anything else one word in common is enough.
    if entity.label.as_str() == "PERSON" && words_a.len() > 1 && words_b.len() > 1 {
        return are_forms(&a, &b);
    }
    let alike = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= ROOT;
    words_a.iter().any(|a| words_b.iter().any(|b| alike(a, b))) || has_no_letters_to_compare(&a) || has_no_letters_to_compare(&b)
}

/// Names of scripts without capitals and acronyms say nothing by their letters.
fn has_no_letters_to_compare(key: &str) -> bool {
    name::is_capitals(key) || !key.chars().any(|c| c.is_ascii_lowercase())
}
