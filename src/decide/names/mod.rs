//! The names index: every mention and every untagged occurrence of a name, at once.
//!
//! Two inverted lists over a session. One leads from a name (see [`crate::text::name`]) to its mentions, with what is
//! counted of them; it follows every edit. The other leads from a folded word to its places in all texts; texts never
//! change, so it only grows with articles. A name is looked up by the places of its first word, and each place is
//! checked against the text itself; nothing is scanned.
//!
//! Words are kept by a hash (a collision costs one comparison), a place takes eight bytes: 10,000 articles of 4 kB need
//! about 60 MB.

mod places;
mod relation;
mod rows;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub use places::{NamePattern, places_in};
pub use relation::{Reason, ShortName, are_forms, is_defined_by, short_names};
pub(super) use rows::row_of;
pub use rows::{Alias, NameFilter, NameOrder, NameRow, Subject, name_rows, sort_rows};

use crate::annotation::{Article, ArticleId, Edit, EntityId, Label, Mention, MentionId, Op, Session, State};
use crate::text::seam::as_read;
use crate::text::{Span, name};
use places::Places;

/// The index over one session. The owner tells it every edit that the session takes ([`NamesIndex::update`]) or takes
/// back ([`NamesIndex::revert`]).
#[derive(Debug, Default)]
pub struct NamesIndex {
    slots: Vec<Slot>,
    slot_of: HashMap<ArticleId, u32>,
    places: Places,
    pub(super) names: Vec<Name>,
    name_of: HashMap<Arc<str>, u32>,
}

/// Some of the articles of an index.
#[derive(Clone, Debug)]
pub struct Among(Vec<bool>);

/// An article as the index knows it. Its number stays when articles before it come and go.
#[derive(Debug)]
struct Slot {
    id: ArticleId,
    text: Arc<str>,
    is_alive: bool,
}

/// One name, and what is counted of it: by the entity that its mentions are linked to, as two people may share a name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) key: Arc<str>,
    /// Never empty ones; most names have one tally, that of mentions without an entity.
    pub(super) tallies: Vec<(Option<EntityId>, Tally)>,
}

/// Counts over some mentions.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Article's slot, start of the span, id.
    pub(super) mentions: BTreeSet<(u32, u32, MentionId)>,
    /// For every label how many mentions are suggested, confirmed, rejected.
    labels: Vec<(Label, [u32; 3])>,
    /// The words as they stand in the texts, each with how often.
    surfaces: Vec<(Arc<str>, u32)>,
    /// Of suggested mentions: how many have a score, and the sum of these in thousandths.
    scored: (u32, u64),
}

impl NamesIndex {
    /// Reads the whole session; linear in its texts.
    pub fn build(session: &Session) -> Self {
        let mut index = Self::default();
        let texts: Vec<Arc<str>> = session.articles().iter().map(|article| article.text.clone()).collect();
        index.places = Places::build(&texts);
        for article in session.articles() {
            let slot = index.new_slot(article);
            index.add_mentions(slot, article);
        }
        index
    }

    /// Follows an edit that the session took.
    pub fn update(&mut self, edit: &Edit) {
        edit.ops.iter().for_each(|op| self.follow(op));
    }

    /// Follows the undo of an edit.
    pub fn revert(&mut self, edit: &Edit) {
        self.update(&edit.inverse());
    }

    /// The mentions of a name in every state, in order of articles and reading.
    pub fn mentions<'s>(&self, session: &'s Session, key: &str) -> Vec<(&'s Article, &'s Mention)> {
        let Some(name) = self.name(key) else {
            return Vec::new();
        };
        let all = || name.tallies.iter().flat_map(|(_, tally)| &tally.mentions);
        let mut found: Vec<(usize, &Article, &Mention)> = Vec::new();
        for (slot, start, id) in all() {
            let Some(at) = session.position(&self.slots[*slot as usize].id) else { continue };
            let article = &session.articles()[at];
            let from = article.mentions.partition_point(|mention| mention.span.start < *start);
            let here = article.mentions[from..].iter().take_while(|mention| mention.span.start == *start);
            found.extend(here.filter(|mention| mention.id == *id).map(|mention| (at, article.as_ref(), mention)));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.2.reading_order(b.2)));
        found.into_iter().map(|(_, article, mention)| (article, mention)).collect()
    }

    /// Every place of a name in the texts, tagged or not, boilerplate left out, in order of articles and reading. Spans
    /// cover the core of the name, without title, article or ending.
    pub fn places<'s>(&self, session: &'s Session, pattern: &NamePattern) -> Vec<(&'s Article, Span)> {
        let mut found: Vec<(usize, Span)> = Vec::new();
        let mut last: Option<(u32, Option<usize>)> = None;
        for (slot, start) in self.places.of(pattern) {
            // Places stand article by article, so one look-up serves a whole run of them.
            let at = match last {
                Some((same, at)) if same == slot => at,
                _ => Some(&self.slots[slot as usize]).filter(|slot| slot.is_alive).and_then(|slot| session.position(&slot.id)),
            };
            last = Some((slot, at));
            let Some(at) = at else { continue };
            let article = &session.articles()[at];
            if article.is_boilerplate_at(start as usize) {
                continue;
            }
            found.extend(pattern.at(&article.text, start as usize).map(|span| (at, span)));
        }
        found.sort_unstable();
        found.into_iter().map(|(at, span)| (session.articles()[at].as_ref(), span)).collect()
    }

    /// Some articles, to ask which names occur in them.
    pub fn among<'a>(&self, articles: impl IntoIterator<Item = &'a ArticleId>) -> Among {
        let mut slots = vec![false; self.slots.len()];
        articles.into_iter().filter_map(|id| self.slot(id)).for_each(|slot| slots[slot as usize] = true);
        Among(slots)
    }

    /// Whether a name has a mention, in whatever state, in one of some articles.
    pub fn occurs(&self, key: &str, among: &Among) -> bool {
        let is_in = |tally: &Tally| tally.slots().any(|slot| among.0.get(slot as usize) == Some(&true));
        self.name(key).is_some_and(|name| name.tallies.iter().any(|(_, tally)| is_in(tally)))
    }

    /// How many mentions of a name are not rejected.
    pub fn living_count(&self, key: &str) -> usize {
        self.name(key).map_or(0, |name| name.tallies.iter().map(|(_, tally)| tally.living() as usize).sum())
    }

    /// The names that have mentions, in no order that means anything, but always the same.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter(|name| !name.tallies.is_empty()).map(|name| &*name.key)
    }

    /// The number by which an article is known here.
    pub(super) fn slot(&self, article: &ArticleId) -> Option<u32> {
        self.slot_of.get(article).copied()
    }

    pub(super) fn name(&self, key: &str) -> Option<&Name> {
        self.name_of.get(key).map(|at| &self.names[*at as usize])
    }

    fn follow(&mut self, op: &Op) {
        match op {
            Op::Mention { article, before, after } => {
                let Some(&slot) = self.slot_of.get(article) else { return };
                let same_place = before.as_ref().zip(after.as_ref()).is_some_and(|(before, after)| before.span == after.span);
                let text = self.slots[slot as usize].text.clone();
                let key = before.as_ref().or(after.as_ref()).map(|mention| key_of(&text, mention.span));
                if let (Some(mention), Some(key)) = (before, &key) {
                    self.remove_mention(slot, &text, key, mention);
                }
                if let Some(mention) = after {
                    let key = key.filter(|_| same_place || before.is_none()).unwrap_or_else(|| key_of(&text, mention.span));
                    self.add_mention(slot, &text, &key, mention);
                }
            }
            Op::Article { before, after, .. } => {
                if let Some(&slot) = before.as_ref().and_then(|before| self.slot_of.get(&before.id)) {
                    for mention in before.iter().flat_map(|before| &before.mentions) {
                        let text = self.slots[slot as usize].text.clone();
                        self.remove_mention(slot, &text, &key_of(&text, mention.span), mention);
                    }
                    self.slots[slot as usize].is_alive = false;
                }
                if let Some(after) = after {
                    let slot = self.slot_for(after);
                    self.add_mentions(slot, after);
                }
            }
            Op::Meta { .. }
            | Op::Zones { .. }
            | Op::Desk { .. }
            | Op::Extras { .. }
            | Op::Scheme { .. }
            | Op::Entity { .. }
            | Op::Rule { .. }
            | Op::Conflict { .. }
            | Op::Dismissal { .. }
            | Op::Certificate { .. }
            | Op::Answer { .. } => {}
        }
    }

    /// The slot of an article that comes, or comes back: its words are read only if they are new.
    fn slot_for(&mut self, article: &Article) -> u32 {
        if let Some(&slot) = self.slot_of.get(&article.id) {
            let known = &mut self.slots[slot as usize];
            if Arc::ptr_eq(&known.text, &article.text) || known.text == article.text {
                known.is_alive = true;
                return slot;
            }
        }
        let slot = self.new_slot(article);
        self.places.add(slot, &article.text);
        slot
    }

    fn new_slot(&mut self, article: &Article) -> u32 {
        let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.push(Slot { id: article.id.clone(), text: article.text.clone(), is_alive: true });
        self.slot_of.insert(article.id.clone(), slot);
        slot
    }

    fn add_mentions(&mut self, slot: u32, article: &Article) {
        for mention in &article.mentions {
            self.add_mention(slot, &article.text, &key_of(&article.text, mention.span), mention);
        }
    }

    fn add_mention(&mut self, slot: u32, text: &str, key: &str, mention: &Mention) {
        let at = match self.name_of.get(key) {
            Some(&at) => at,
            None => {
                let key: Arc<str> = key.into();
                let at = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                self.names.push(Name::new(key.clone()));
                self.name_of.insert(key, at);
                at
            }
        };
        self.names[at as usize].put(slot, mention, &as_read(mention.span.of(text).unwrap_or_default()));
    }

    fn remove_mention(&mut self, slot: u32, text: &str, key: &str, mention: &Mention) {
        let Some(&at) = self.name_of.get(key) else { return };
        self.names[at as usize].take(slot, mention, &as_read(mention.span.of(text).unwrap_or_default()));
    }
}

impl Name {
    fn new(key: Arc<str>) -> Self {
        Self { key, tallies: Vec::new() }
    }

    /// Everything counted of the name, whatever it is linked to.
    pub(super) fn whole(&self) -> Cow<'_, Tally> {
        match &self.tallies[..] {
            [(_, only)] => Cow::Borrowed(only),
            several => {
                let mut whole = Tally::default();
                several.iter().for_each(|(_, tally)| whole.add(tally));
                Cow::Owned(whole)
            }
        }
    }

    pub(super) fn tally(&self, entity: Option<&EntityId>) -> Option<&Tally> {
        self.tallies.iter().find(|(of, _)| of.as_ref() == entity).map(|(_, tally)| tally)
    }

    fn put(&mut self, slot: u32, mention: &Mention, surface: &str) {
        let at = self.tallies.iter().position(|(of, _)| *of == mention.entity).unwrap_or_else(|| {
            self.tallies.push((mention.entity.clone(), Tally::default()));
            self.tallies.len() - 1
        });
        let tally = &mut self.tallies[at].1;
        tally.mentions.insert((slot, mention.span.start, mention.id));
        tally.count(mention, surface, true);
    }

    fn take(&mut self, slot: u32, mention: &Mention, surface: &str) {
        let Some(at) = self.tallies.iter().position(|(of, _)| *of == mention.entity) else { return };
        let tally = &mut self.tallies[at].1;
        if tally.mentions.remove(&(slot, mention.span.start, mention.id)) {
            tally.count(mention, surface, false);
        }
        if tally.mentions.is_empty() {
            self.tallies.remove(at);
        }
    }
}

impl Tally {
    /// Counts a mention in (`comes`) or out.
    fn count(&mut self, mention: &Mention, surface: &str, comes: bool) {
        let at = position_or_new(&mut self.labels, |(label, _)| *label == mention.label, || (mention.label.clone(), [0; 3]));
        step(&mut self.labels[at].1[state_number(mention.state)], comes);
        self.labels.retain(|(_, states)| *states != [0; 3]);
        let at = position_or_new(&mut self.surfaces, |(known, _)| **known == *surface, || (surface.into(), 0));
        step(&mut self.surfaces[at].1, comes);
        self.surfaces.retain(|(_, count)| *count > 0);
        if let Some(score) = mention.score.filter(|_| mention.is_suggested()) {
            let thousandths = u64::from(score.thousandths());
            step(&mut self.scored.0, comes);
            self.scored.1 = if comes { self.scored.1 + thousandths } else { self.scored.1.saturating_sub(thousandths) };
        }
    }

    pub(super) fn add(&mut self, other: &Tally) {
        self.mentions.extend(&other.mentions);
        for (label, states) in &other.labels {
            let at = position_or_new(&mut self.labels, |(known, _)| known == label, || (label.clone(), [0; 3]));
            self.labels[at].1.iter_mut().zip(states).for_each(|(sum, n)| *sum += n);
        }
        for (surface, n) in &other.surfaces {
            let at = position_or_new(&mut self.surfaces, |(known, _)| known == surface, || (surface.clone(), 0));
            self.surfaces[at].1 += n;
        }
        self.scored = (self.scored.0 + other.scored.0, self.scored.1 + other.scored.1);
    }

    /// The label that most mentions which are not rejected have.
    pub(super) fn label(&self) -> Option<&Label> {
        let living = self.labels.iter().filter(|(_, states)| states[0] + states[1] > 0);
        living.min_by_key(|(label, states)| (std::cmp::Reverse(states[0] + states[1]), label)).map(|(label, _)| label)
    }

    /// As it is most often written.
    pub(super) fn surface(&self) -> Option<&Arc<str>> {
        self.surfaces.iter().min_by_key(|(surface, n)| (std::cmp::Reverse(*n), surface.len(), surface)).map(|(surface, _)| surface)
    }

    pub(super) fn living(&self) -> u32 {
        self.labels.iter().map(|(_, states)| states[0] + states[1]).sum()
    }

    /// Whether an article has one of the mentions.
    pub(super) fn is_in(&self, slot: u32) -> bool {
        self.mentions.range((slot, 0, MentionId::LEAST)..).next().is_some_and(|(first, _, _)| *first == slot)
    }

    /// The slots of its articles, each once, in order.
    pub(super) fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        let mut last = None;
        self.mentions.iter().filter_map(move |(slot, _, _)| (last.replace(*slot) != Some(*slot)).then_some(*slot))
    }
}

fn position_or_new<T>(list: &mut Vec<T>, is_it: impl FnMut(&T) -> bool, new: impl FnOnce() -> T) -> usize {
    list.iter().position(is_it).unwrap_or_else(|| {
        list.push(new());
        list.len() - 1
    })
}

fn step(count: &mut u32, up: bool) {
    *count = if up { count.saturating_add(1) } else { count.saturating_sub(1) };
}

fn state_number(state: State) -> usize {
    match state {
        State::Suggested => 0,
        State::Confirmed => 1,
        State::Rejected => 2,
    }
}

/// The key of the words that a span covers.
fn key_of(text: &str, span: Span) -> String {
    name::key(span.of(text).unwrap_or_default())
}
