//! Which thing a mention may speak of: entities and names of the session that its name can belong to, best first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::annotation::{Article, EntityId, Label, Session};
use crate::decide::names::{NamesIndex, Reason, are_forms, short_names};
use crate::text::name;

/// One thing that a mention may speak of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    pub what: ProposedFor,
    /// As it is called.
    pub name: Arc<str>,
    pub label: Label,
    pub reason: Reason,
    /// Whether it is likelier than a new thing of that name alone: it has the same label, and is no mere part of a name that is
    /// fuller, unless that part stands in the same article.
    pub is_likely: bool,
    /// Whether it stands in the same article.
    pub is_here: bool,
    pub mentions: u32,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ProposedFor {
    Entity(EntityId),
    /// The key of a name without an entity: linking makes one of it.
    Name(Arc<str>),
}

/// What the words `surface`, in `article` or anywhere, may speak of besides what they are linked to.
pub fn proposals(
    session: &Session,
    index: &NamesIndex,
    surface: &str,
    label: &Label,
    linked: Option<&EntityId>,
    article: Option<&Article>,
) -> Vec<Proposal> {
    let wanted = Wanted { key: name::key(surface), surface, label };
    let mut found: BTreeMap<ProposedFor, Proposal> = BTreeMap::new();
    let mut offer = |proposal: Proposal| match found.get_mut(&proposal.what) {
        Some(known) if known.reason.rank() <= proposal.reason.rank() => {}
        Some(known) => known.reason = proposal.reason,
        None => {
            found.insert(proposal.what.clone(), proposal);
        }
    };
    let slot = article.and_then(|article| index.slot(&article.id));
    let mut called = names_of_entities(session, index, slot);
    for entity in session.entities().values().filter(|entity| Some(&entity.id) != linked) {
        let Called { mentions, is_here, names } = called.remove(&entity.id).unwrap_or_default();
        let own = std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str));
        let best =
            own.chain(names.iter().map(|name| &**name)).filter_map(|other| wanted.reason(other, &entity.label)).min_by_key(Reason::rank);
        if let Some(reason) = best {
            let what = ProposedFor::Entity(entity.id.clone());
            let is_likely = entity.label == *wanted.label && !matches!(reason, Reason::Longer(_));
            offer(Proposal { what, name: entity.name.as_str().into(), label: entity.label.clone(), reason, is_likely, is_here, mentions });
        }
    }
    for name in index.names.iter().filter(|name| *name.key != *wanted.key && wanted.may_be(&name.key)) {
        let Some(tally) = name.tally(None).filter(|tally| tally.living() > 0) else { continue };
        let (Some(label), Some(other)) = (tally.label(), tally.surface()) else { continue };
        if let Some(reason) = wanted.reason(other, label) {
            let what = ProposedFor::Name(name.key.clone());
            // The fuller name makes a thing of both where the shorter one stands beside it.
            let is_here = slot.is_some_and(|slot| tally.is_in(slot));
            let is_likely = label == wanted.label && (is_here || !matches!(reason, Reason::Longer(_)));
            offer(Proposal { what, name: other.clone(), label: label.clone(), reason, is_likely, is_here, mentions: tally.living() });
        }
    }
    let mut found: Vec<Proposal> = found.into_values().collect();
    found.sort_by(|a, b| {
        let rank = |one: &Proposal| {
            let of_entity = matches!(one.what, ProposedFor::Entity(_));
            (!one.is_likely, one.reason != Reason::SameName, !one.is_here, one.reason.rank(), !of_entity, Reverse(one.mentions))
        };
        rank(a).cmp(&rank(b)).then_with(|| a.what.cmp(&b.what))
    });
    found.truncate(SHOWN);
    found
}

/// How many proposals are worth reading.
const SHOWN: usize = 8;

/// How an entity is called, how often, and whether in the article asked about.
#[derive(Default)]
struct Called {
    mentions: u32,
    is_here: bool,
    names: Vec<Arc<str>>,
}

fn names_of_entities(session: &Session, index: &NamesIndex, slot: Option<u32>) -> BTreeMap<EntityId, Called> {
    let mut called: BTreeMap<EntityId, Called> = BTreeMap::new();
    if session.entities().is_empty() {
        return called;
    }
    for name in &index.names {
        for (entity, tally) in name.tallies.iter().filter_map(|(entity, tally)| Some((entity.clone()?, tally))) {
            let of = called.entry(entity).or_default();
            of.mentions += tally.living();
            of.is_here |= slot.is_some_and(|slot| tally.is_in(slot));
            of.names.extend(tally.surface().cloned());
        }
    }
    called
}

/// The name that something is looked for.
struct Wanted<'a> {
    key: String,
    surface: &'a str,
    label: &'a Label,
}

impl Wanted<'_> {
    /// Whether it is worth comparing: names that share their first or last word, or one of them is perhaps an acronym.
    fn may_be(&self, other: &str) -> bool {
        let first = |key: &str| key.chars().next().map(|c| c.to_lowercase().to_string());
        let is_one = |key: &str| !key.contains(' ');
        let shares = |one: &str, other: &str| {
            let (mut one, mut other) = (one.split(' '), other.split(' '));
            let (first, other_first) = (one.next(), other.next());
            first == other_first || one.next_back().or(first) == other.next_back().or(other_first)
        };
        let starts_alike = first(&self.key) == first(other);
        shares(&self.key, other) || starts_alike && (is_one(&self.key) || is_one(other))
    }

    /// Why it may be the same as what is called `other`.
    fn reason(&self, other: &str, label: &Label) -> Option<Reason> {
        let key = name::key(other);
        let full = || other.split_whitespace().collect::<Vec<_>>().join(" ");
        if key == self.key {
            return Some(Reason::SameName);
        }
        if !self.may_be(&key) {
            return None;
        }
        let is_capitals = |words: &str| words.chars().filter(|c| c.is_uppercase()).count() >= 2 && !words.chars().any(char::is_lowercase);
        let fits = |reason: &Reason, short: &str| !matches!(reason, Reason::Acronym(_)) || is_capitals(short);
        if label.as_str() == "PERSON" && self.label.as_str() == "PERSON" && are_forms(&key, &self.key) {
            return Some(Reason::Form(full()));
        }
        let shorter = short_names(other, label).into_iter().find(|short| short.key == self.key);
        if let Some(short) = shorter.filter(|short| fits(&short.reason, self.surface)) {
            return Some(short.reason);
        }
        let longer = short_names(self.surface, self.label).into_iter().find(|short| short.key == key);
        longer.filter(|short| fits(&short.reason, other)).map(|_| Reason::Longer(full()))
    }
}
