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
mod rows;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub use places::{NamePattern, places_in};
pub use rows::{EntityRow, NameFilter, NameOrder, NameRow, entity_rows, name_rows, sort_rows};

use crate::annotation::{Article, ArticleId, Edit, Label, Mention, MentionId, Op, Session, State};
use crate::text::{Span, name};
use places::Places;

/// The index over one session. The owner tells it every edit that the session takes ([`NamesIndex::update`]) or takes
/// back ([`NamesIndex::revert`]).
#[derive(Debug, Default)]
pub struct NamesIndex {
    slots: Vec<Slot>,
    slot_of: HashMap<ArticleId, u32>,
    places: Places,
    names: Vec<Name>,
    name_of: HashMap<Arc<str>, u32>,
}

/// An article as the index knows it. Its number stays when articles before it come and go.
#[derive(Debug)]
struct Slot {
    id: ArticleId,
    text: Arc<str>,
    is_alive: bool,
}

/// What is counted of one name.
#[derive(Clone, Debug)]
struct Name {
    key: Arc<str>,
    /// Article's slot, start of the span, id.
    mentions: BTreeSet<(u32, u32, MentionId)>,
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
        let mut found: Vec<(usize, &Article, &Mention)> = Vec::with_capacity(name.mentions.len());
        for (slot, start, id) in &name.mentions {
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

    /// How many mentions of a name are not rejected.
    pub fn living_count(&self, key: &str) -> usize {
        let count = |name: &Name| name.labels.iter().map(|(_, states)| (states[0] + states[1]) as usize).sum();
        self.name(key).map_or(0, count)
    }

    /// The names that have mentions, in no order that means anything, but always the same.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter(|name| !name.mentions.is_empty()).map(|name| &*name.key)
    }

    fn name(&self, key: &str) -> Option<&Name> {
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
            | Op::Rule { .. } => {}
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
        let name = &mut self.names[at as usize];
        name.mentions.insert((slot, mention.span.start, mention.id));
        name.count(mention, mention.span.of(text).unwrap_or_default(), true);
    }

    fn remove_mention(&mut self, slot: u32, text: &str, key: &str, mention: &Mention) {
        let Some(&at) = self.name_of.get(key) else { return };
        let name = &mut self.names[at as usize];
        if name.mentions.remove(&(slot, mention.span.start, mention.id)) {
            name.count(mention, mention.span.of(text).unwrap_or_default(), false);
        }
    }
}

impl Name {
    fn new(key: Arc<str>) -> Self {
        Self { key, mentions: BTreeSet::new(), labels: Vec::new(), surfaces: Vec::new(), scored: (0, 0) }
    }

    /// Counts a mention in (`comes`) or out.
    fn count(&mut self, mention: &Mention, surface: &str, comes: bool) {
        let at = self.labels.iter().position(|(label, _)| *label == mention.label).unwrap_or_else(|| {
            self.labels.push((mention.label.clone(), [0; 3]));
            self.labels.len() - 1
        });
        step(&mut self.labels[at].1[state_number(mention.state)], comes);
        self.labels.retain(|(_, states)| *states != [0; 3]);
        let at = self.surfaces.iter().position(|(known, _)| **known == *surface).unwrap_or_else(|| {
            self.surfaces.push((surface.into(), 0));
            self.surfaces.len() - 1
        });
        step(&mut self.surfaces[at].1, comes);
        self.surfaces.retain(|(_, count)| *count > 0);
        if let Some(score) = mention.score.filter(|_| mention.is_suggested()) {
            let thousandths = u64::from(score.thousandths());
            step(&mut self.scored.0, comes);
            self.scored.1 = if comes { self.scored.1 + thousandths } else { self.scored.1.saturating_sub(thousandths) };
        }
    }
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
