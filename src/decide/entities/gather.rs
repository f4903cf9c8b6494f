//! Names that seem to speak of one thing, across articles: proposed with a reason, never joined unasked.
//!
//! A fuller name and its forms are joined first (John F. Kerrigan, John Kerrigan); then shorter names are given to it
//! (Kerrigan; NCB). A shorter name is given where the fuller one stands in an article with it, or where nothing else in
//! the session could be meant. Where several could be, it is given to each and marked as shared: then only the articles
//! decide, mention by mention.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::annotation::{Entity, EntityId, Label, Session};
use crate::decide::names::{Name, NamesIndex, Reason, are_forms, is_defined_by, short_names};
use crate::text::name;

/// Names that seem to speak of one thing; with `entity`, further names for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gathering {
    pub entity: Option<EntityId>,
    /// The fullest name, and its key.
    pub name: Arc<str>,
    pub key: Arc<str>,
    pub label: Label,
    /// The other names that have mentions without an entity. Of an entity also its own name, where it has such mentions.
    pub members: Vec<Member>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub key: Arc<str>,
    /// As it is most often written.
    pub name: Arc<str>,
    pub reason: Reason,
    /// Whether other things of the session may be meant by it too.
    pub is_shared: bool,
}

/// Every gathering of a session: of each entity that further names are proposed for, and of names without an entity.
/// Sorted by entity and key. Linear in the names and what is counted of them.
pub fn gather(session: &Session, index: &NamesIndex) -> Vec<Gathering> {
    let mut nodes = Nodes::new(session, index);
    nodes.join_same_names();
    nodes.join_forms();
    let shared = nodes.give_short_names(session, index);
    nodes.gatherings(&shared)
}

/// A name without an entity, or a name of an entity.
struct Node<'s> {
    entity: Option<&'s Entity>,
    key: Arc<str>,
    name: Arc<str>,
    label: Label,
    /// Mentions without an entity: how many, and the slots of their articles. Of an entity those of what is linked.
    living: u32,
    slots: Vec<u32>,
    /// The node that speaks for all that are joined with this one.
    head: usize,
}

/// The slots of what is linked to an entity, and the keys and words by which it is called there.
type Linked = (BTreeSet<u32>, Vec<(Arc<str>, Arc<str>)>);

struct Nodes<'s> {
    nodes: Vec<Node<'s>>,
    /// Names with mentions that have no entity, by key.
    of_key: HashMap<Arc<str>, usize>,
    /// Joined below their heads, with the reason.
    joined: Vec<(usize, usize, Reason)>,
}

impl<'s> Nodes<'s> {
    fn new(session: &'s Session, index: &NamesIndex) -> Self {
        let mut this = Self { nodes: Vec::new(), of_key: HashMap::new(), joined: Vec::new() };
        this.add_entities(session, index);
        let mut free: Vec<&Name> = index.names.iter().filter(|name| name.tally(None).is_some_and(|tally| tally.living() > 0)).collect();
        free.sort_by(|a, b| a.key.cmp(&b.key));
        for name in free {
            let Some(tally) = name.tally(None) else { continue };
            let (Some(label), Some(surface)) = (tally.label(), tally.surface()) else { continue };
            this.of_key.insert(name.key.clone(), this.nodes.len());
            this.add(None, name.key.clone(), surface.clone(), label.clone(), tally.living(), tally.slots().collect());
        }
        this
    }

    fn add_entities(&mut self, session: &'s Session, index: &NamesIndex) {
        if session.entities().is_empty() {
            return;
        }
        let mut linked: BTreeMap<&EntityId, Linked> = BTreeMap::new();
        for name in &index.names {
            for (entity, tally) in name.tallies.iter().filter_map(|(entity, tally)| Some((entity.as_ref()?, tally))) {
                let of = linked.entry(entity).or_default();
                of.0.extend(tally.slots());
                of.1.extend(tally.surface().map(|surface| (name.key.clone(), surface.clone())));
            }
        }
        for entity in session.entities().values() {
            let (slots, mut names) = linked.remove(&entity.id).unwrap_or_default();
            let slots: Vec<u32> = slots.into_iter().collect();
            names.sort();
            let own = std::iter::once(&entity.name).chain(&entity.aliases);
            let mut all: Vec<(Arc<str>, Arc<str>)> = own.map(|own| (name::key(own).into(), own.as_str().into())).collect();
            all.extend(names);
            let head = self.nodes.len();
            let mut seen: BTreeSet<Arc<str>> = BTreeSet::new();
            for (key, surface) in all {
                if seen.insert(key.clone()) {
                    let at = self.add(Some(entity), key, surface, entity.label.clone(), 0, slots.clone());
                    self.nodes[at].head = head;
                }
            }
        }
    }

    fn add(&mut self, entity: Option<&'s Entity>, key: Arc<str>, name: Arc<str>, label: Label, living: u32, slots: Vec<u32>) -> usize {
        let head = self.nodes.len();
        self.nodes.push(Node { entity, key, name, label, living, slots, head });
        head
    }

    fn head(&self, mut at: usize) -> usize {
        while self.nodes[at].head != at {
            at = self.nodes[at].head;
        }
        at
    }

    /// Puts `at` below the head of `under`, unless both are entities or they are joined already.
    fn join(&mut self, at: usize, under: usize, reason: Reason) {
        let (one, other) = (self.head(at), self.head(under));
        if one == other || self.nodes[one].entity.is_some() && self.nodes[other].entity.is_some() {
            return;
        }
        let (below, head) = if self.nodes[one].entity.is_some() { (other, one) } else { (one, other) };
        self.nodes[below].head = head;
        self.joined.push((below, head, reason));
    }

    /// A name that exactly one entity has is that entity’s, where the label is the same.
    fn join_same_names(&mut self) {
        let mut of: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.entity.is_some()) {
            of.entry(node.key.clone()).or_default().push(at);
        }
        for (key, entities) in of {
            if let (Some(&at), [entity]) = (self.of_key.get(&key), &entities[..])
                && self.nodes[at].label == self.nodes[*entity].label
            {
                self.join(at, *entity, Reason::SameName);
            }
        }
    }

    /// Forms of a person’s name, by last word; the one that is met most often speaks for all.
    fn join_forms(&mut self) {
        let mut of_last: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.label.as_str() == "PERSON") {
            let words = node.key.trim_end_matches(" jr").trim_end_matches(" sr");
            if let Some((_, last)) = words.rsplit_once(' ') {
                of_last.entry(last).or_default().push(at);
            }
        }
        let mut found = Vec::new();
        for same in of_last.values().filter(|same| same.len() > 1) {
            let mut same = same.clone();
            same.sort_by_key(|at| (self.nodes[*at].entity.is_none(), Reverse(self.nodes[*at].living), Reverse(self.nodes[*at].key.len())));
            for (i, a) in same.iter().enumerate().take(FORMS) {
                let forms = same[i + 1..].iter().take(FORMS).filter(|b| are_forms(&self.nodes[*a].key, &self.nodes[**b].key));
                found.extend(forms.map(|b| (*b, *a)));
            }
        }
        for (at, under) in found {
            let reason = Reason::Form(self.nodes[under].name.to_string());
            self.join(at, under, reason);
        }
    }

    /// Joins every shorter name with the one thing that it can speak of. Answers with the names that can speak of several,
    /// and with the heads of these.
    fn give_short_names(&mut self, session: &Session, index: &NamesIndex) -> BTreeMap<usize, BTreeMap<usize, Reason>> {
        let mut candidates: BTreeMap<usize, BTreeMap<usize, Reason>> = BTreeMap::new();
        // Heads first, as the name that speaks for all gives the better reason.
        let (heads, others): (Vec<usize>, Vec<usize>) = (0..self.nodes.len()).partition(|at| self.nodes[*at].head == *at);
        for at in heads.into_iter().chain(others) {
            let node = &self.nodes[at];
            for short in short_names(&node.name, &node.label) {
                let Some(&to) = self.of_key.get(&*short.key) else { continue };
                if self.is_candidate(to, at, &short.reason) {
                    offer(candidates.entry(to).or_default(), self.head(at), short.reason);
                }
            }
        }
        for (to, at, reason) in self.definitions(session, index) {
            offer(candidates.entry(to).or_default(), self.head(at), reason);
        }
        let slots = self.slots_of_heads();
        for (to, heads) in &mut candidates {
            let own = self.head(*to);
            heads.remove(&own);
            let is_near = |head: &usize| slots.get(head).is_some_and(|slots| share(slots, &self.nodes[*to].slots));
            let here: BTreeSet<usize> = heads.keys().copied().filter(is_near).collect();
            // A first word is a guess that only an article makes a good one; the rest may stand alone if nothing else can
            // be meant.
            let is_guess = |reason: &Reason| matches!(reason, Reason::FirstWord(_) | Reason::Short(_));
            let may_stand_alone = here.is_empty() && heads.len() == 1 && !heads.values().any(is_guess);
            heads.retain(|head, _| here.contains(head) || may_stand_alone);
        }
        for (to, heads) in &candidates {
            if let (1, Some((head, reason))) = (heads.len(), heads.first_key_value()) {
                self.join(*to, *head, reason.clone());
            }
        }
        candidates.retain(|_, heads| heads.len() > 1);
        candidates
    }

    /// Where each head and what is joined with it stand.
    fn slots_of_heads(&self) -> HashMap<usize, Vec<u32>> {
        let mut slots: HashMap<usize, Vec<u32>> = HashMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            slots.entry(self.head(at)).or_default().extend(&node.slots);
        }
        slots.values_mut().for_each(|slots| slots.sort_unstable());
        slots
    }

    /// Whether a shorter name is of a kind to speak of this node. Two labels that differ are two things.
    fn is_candidate(&self, short: usize, full: usize, reason: &Reason) -> bool {
        let (short, full) = (&self.nodes[short], &self.nodes[full]);
        let is_acronym = matches!(reason, Reason::Acronym(_));
        short.label == full.label && (!is_acronym || is_written_in_capitals(&short.name)) && short.key != full.key
    }

    /// Names in capitals that stand in brackets after a longer mention which they are made of.
    fn definitions(&self, session: &Session, index: &NamesIndex) -> Vec<(usize, usize, Reason)> {
        let mut found = Vec::new();
        let entities: HashMap<&EntityId, usize> =
            self.nodes.iter().enumerate().rev().filter_map(|(at, node)| Some((&node.entity?.id, at))).collect();
        let capitals = self.nodes.iter().enumerate().filter(|(_, node)| node.entity.is_none() && is_written_in_capitals(&node.name));
        for (to, node) in capitals {
            for (article, mention) in
                index.mentions(session, &node.key).into_iter().filter(|(_, mention)| mention.entity.is_none()).take(DEFINED)
            {
                let before = article.text[..mention.span.start as usize].strip_suffix('(').map(str::trim_end);
                let Some(end) = before.map(str::len) else { continue };
                let Some(long) = article.living().find(|other| other.span.end as usize == end) else { continue };
                let surface = article.quote(long.span);
                let at = match &long.entity {
                    Some(entity) => entities.get(entity).copied(),
                    None => self.of_key.get(&*name::key(surface)).copied(),
                };
                if let Some(at) = at.filter(|at| *at != to && is_defined_by(&node.name, surface)) {
                    found.push((to, at, Reason::Defined(surface.split_whitespace().collect::<Vec<_>>().join(" "))));
                    break;
                }
            }
        }
        found
    }

    fn gatherings(&self, shared: &BTreeMap<usize, BTreeMap<usize, Reason>>) -> Vec<Gathering> {
        let mut members: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        let member = |at: usize, reason: &Reason, is_shared: bool| {
            let node = &self.nodes[at];
            Member { key: node.key.clone(), name: node.name.clone(), reason: reason.clone(), is_shared }
        };
        for (at, _, reason) in &self.joined {
            members.entry(self.head(*at)).or_default().push(member(*at, reason, false));
        }
        for (at, heads) in shared {
            for (head, reason) in heads {
                members.entry(self.head(*head)).or_default().push(member(*at, reason, true));
            }
        }
        let of = |(head, mut members): (usize, Vec<Member>)| {
            let node = &self.nodes[head];
            members.sort_by(|a, b| (a.reason.rank(), &a.key).cmp(&(b.reason.rank(), &b.key)));
            members.dedup_by(|next, last| next.key == last.key);
            let name = node.entity.map_or(node.name.clone(), |entity| entity.name.as_str().into());
            Gathering {
                entity: node.entity.map(|entity| entity.id.clone()),
                name,
                key: node.key.clone(),
                label: node.label.clone(),
                members,
            }
        };
        let mut out: Vec<Gathering> = members.into_iter().map(of).collect();
        out.sort_by(|a, b| (&a.entity, &a.key).cmp(&(&b.entity, &b.key)));
        out
    }
}

/// How many forms of one last name are compared with each other.
const FORMS: usize = 40;
/// How many mentions of a name in capitals are looked at for its definition.
const DEFINED: usize = 40;

fn offer(heads: &mut BTreeMap<usize, Reason>, head: usize, reason: Reason) {
    let best = heads.entry(head).or_insert_with(|| reason.clone());
    if reason.rank() < best.rank() {
        *best = reason;
    }
}

fn is_written_in_capitals(surface: &str) -> bool {
    surface.chars().filter(|c| c.is_uppercase()).count() >= 2 && !surface.chars().any(|c| c.is_lowercase() || c.is_whitespace())
}

/// Whether two sorted lists have a number in common.
fn share(a: &[u32], b: &[u32]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.iter().any(|slot| long.binary_search(slot).is_ok())
}
