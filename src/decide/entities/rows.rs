//! The rows of the table of things: entities, gatherings that are proposed, and the names that belong to neither. Every
//! mention is counted in one row, except where a shared name leaves it open.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Gathering;
use crate::annotation::{EntityId, Session};
use crate::decide::names::{Alias, NameRow, NamesIndex, Reason, Subject, Tally, row_of};

/// One row a thing: every entity, every gathering, every other name.
pub fn thing_rows(session: &Session, index: &NamesIndex, gatherings: &[Gathering]) -> Vec<NameRow> {
    let proposed_for: BTreeMap<&EntityId, &Gathering> =
        gatherings.iter().filter_map(|gathering| Some((gathering.entity.as_ref()?, gathering))).collect();
    let mut tallies: BTreeMap<&EntityId, (Tally, Vec<Arc<str>>)> = BTreeMap::new();
    for name in &index.names {
        for (entity, tally) in name.tallies.iter().filter_map(|(entity, tally)| Some((entity.as_ref()?, tally))) {
            let of = tallies.entry(entity).or_default();
            of.0.add(tally);
            of.1.push(name.key.clone());
        }
    }
    let mut gathered: BTreeSet<&str> = BTreeSet::new();
    let mut rows = Vec::new();
    for entity in session.entities().values() {
        let (mut tally, mut keys) = tallies.remove(&entity.id).unwrap_or_default();
        let key: Arc<str> = crate::text::name::key(&entity.name).into();
        let gathering = proposed_for.get(&entity.id);
        keys.sort();
        keys.retain(|other| *other != key);
        keys.insert(0, key);
        if let Some(gathering) = gathering {
            keys.extend(count_in(gathering, index, &mut tally, &mut gathered));
        }
        keys.sort_unstable();
        keys.dedup();
        let mut row = row_of(Subject::Entity(entity.id.clone()), keys, &tally);
        row.aliases.retain(|alias| *alias.name != *entity.name);
        if *row.name != *entity.name && row.mentions > 0 {
            row.aliases.insert(0, Alias { name: row.name.clone(), reason: None });
        }
        row.name = entity.name.as_str().into();
        row.kb.clone_from(&entity.kb);
        tell_reasons(&mut row, gathering.copied());
        rows.push(row);
    }
    for gathering in gatherings.iter().filter(|gathering| gathering.entity.is_none()) {
        let mut tally = Tally::default();
        gathered.insert(&gathering.key);
        index.name(&gathering.key).and_then(|name| name.tally(None)).into_iter().for_each(|own| tally.add(own));
        let mut keys = vec![gathering.key.clone()];
        keys.extend(count_in(gathering, index, &mut tally, &mut gathered));
        let mut row = row_of(Subject::Proposed(gathering.key.clone()), keys, &tally);
        row.aliases.retain(|alias| alias.name != gathering.name);
        if row.name != gathering.name {
            row.aliases.insert(0, Alias { name: row.name.clone(), reason: None });
        }
        row.name = gathering.name.clone();
        tell_reasons(&mut row, Some(gathering));
        rows.push(row);
    }
    let left = index.names.iter().filter(|name| !gathered.contains(&*name.key));
    for (name, tally) in left.filter_map(|name| Some((name, name.tally(None)?))) {
        rows.push(row_of(Subject::Name(name.key.clone()), vec![name.key.clone()], tally));
    }
    rows
}

/// Counts the members that can be nothing else, and marks them as counted. Answers with the keys of all.
fn count_in<'g>(gathering: &'g Gathering, index: &NamesIndex, tally: &mut Tally, gathered: &mut BTreeSet<&'g str>) -> Vec<Arc<str>> {
    for member in gathering.members.iter().filter(|member| !member.is_shared) {
        gathered.insert(&member.key);
        index.name(&member.key).and_then(|name| name.tally(None)).into_iter().for_each(|own| tally.add(own));
    }
    gathering.members.iter().map(|member| member.key.clone()).collect()
}

/// Says of every alias that is only proposed why it belongs here.
fn tell_reasons(row: &mut NameRow, gathering: Option<&Gathering>) {
    let Some(gathering) = gathering else { return };
    for member in &gathering.members {
        if matches!(member.reason, Reason::SameName) {
            continue;
        }
        match row.aliases.iter_mut().find(|alias| crate::text::name::key(&alias.name) == *member.key) {
            Some(alias) => alias.reason = Some(member.reason.clone()),
            None => row.aliases.push(Alias { name: member.name.clone(), reason: Some(member.reason.clone()) }),
        }
    }
}
