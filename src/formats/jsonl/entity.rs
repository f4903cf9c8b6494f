//! An entity of a line of JSONL becomes a mention.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::super::json::Item;
use super::super::placing::Placer;
use super::fields::{NOTHING_PACKED, field_fault, triple, unpacked};
use super::given::Given;
use super::keys::OWN;
use crate::annotation::{ArticleId, Entity, EntityId, Extra, First, How, Label, Mention, MentionId, Origin, Score, State};
use crate::text::{Span, Unit};

/// How many entities may have begun as the same span and label; more is no annotation but an attack on our patience.
const MAX_SAME_FIRST: usize = 1000;

/// Entities of a line become mentions.
pub struct EntityReader<'a> {
    text: &'a str,
    placer: Placer<'a>,
    article: &'a ArticleId,
    seen: HashMap<(Span, Label), State>,
    taken: HashSet<MentionId>,
    entities: BTreeMap<EntityId, Entity>,
}

impl<'a> EntityReader<'a> {
    pub fn new(text: &'a str, placer: Placer<'a>, article: &'a ArticleId) -> Self {
        Self { text, placer, article, seen: HashMap::new(), taken: HashSet::new(), entities: BTreeMap::new() }
    }

    /// The things that the mentions are linked to.
    pub fn entities(self) -> Vec<Entity> {
        self.entities.into_values().collect()
    }

    /// The mention, and what had to be mended about it; `None` for one that repeats an earlier one.
    pub fn read(&mut self, given: Given<'_>, stateless: State) -> Result<Option<(Mention, Option<String>)>, String> {
        let (start, end, label) = given.triple()?;
        if label.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err("its label holds a blank or a control character".to_owned());
        }
        let label = Label::new(label);
        if let Item::Number(_) = given.text {
            return Err(no_text("text"));
        }
        let quote = string(&given.text, "text")?;
        let (span, mut note) = self.placer.place(start, end, quote.as_deref())?;
        let state = match string(&given.state, "state")? {
            Some(name) => State::from_name(&name).ok_or(format!("{name:?} is no state (suggested, confirmed, rejected)"))?,
            None => stateless,
        };
        match self.seen.insert((span, label.clone()), state) {
            None => {}
            Some(earlier) if earlier == state => return Ok(None),
            Some(earlier) => return Err(format!("is listed before as {}", earlier.as_str())),
        }
        let how = match string(&given.how, "how")? {
            Some(name) => Some(How::from_name(&name).ok_or(format!("{name:?} is no way in which a state comes about"))?),
            None => (state != State::Suggested).then_some(How::Imported),
        };
        let origin = match string(&given.origin, "origin")? {
            Some(name) => name.parse().unwrap_or_else(|_| Origin::Import((*name).into())),
            None => Origin::Import(OWN.into()),
        };
        let first = match &given.first {
            Some(first) => {
                let (start, end, label) = first.triple()?;
                let span = self.placer.offsets.span_from(start, end, Unit::CodePoints).ok_or("its first span does not lie in the text")?;
                Some((span, label))
            }
            None => None,
        };
        // What was suggested first is told only where it differs.
        let first = first.filter(|first| *first != (span, label.as_str())).map(|(span, label)| First { span, label: Label::new(label) });
        let (first_span, first_label) = first.as_ref().map_or((span, &label), |first| (first.span, &first.label));
        let id = self.fresh_id(first_span, first_label).ok_or("too many entities claim the same first span and label")?;
        let shared = |item: &Item<'_>, key: &str| string(item, key).map(|text| text.map(|text| Arc::from(&*text)));
        let mut mention = Mention::suggested(id, span, label, origin);
        mention.state = state;
        mention.how = how;
        mention.first = first;
        mention.score = given.score.as_f64().filter(|score| *score != 0.0).map(Score::from_ratio);
        mention.value = shared(&given.value, "value")?;
        mention.note = shared(&given.note, "note")?;
        mention.by = shared(&given.by, "by")?;
        mention.at = match string(&given.at, "at")? {
            Some(at) => Some(at.parse().map_err(|_| format!("{at:?} is no point in time (2023-07-11T09:30:00Z)"))?),
            None => None,
        };
        mention.entity = string(&given.entity, "entity")?.map(|id| EntityId::new(&id));
        if let Some(id) = &mention.entity {
            let name = string(&given.entity_name, "entity_name")?;
            let kb = string(&given.kb, "kb")?;
            let entity = self.entities.entry(id.clone()).or_insert_with(|| Entity {
                id: id.clone(),
                name: self.text[span.range()].to_owned(),
                label: mention.label.clone(),
                aliases: Vec::new(),
                kb: None,
                note: String::new(),
            });
            entity.name = name.map_or_else(|| std::mem::take(&mut entity.name), Cow::into_owned);
            entity.kb = kb.map(Cow::into_owned).or_else(|| entity.kb.take());
        }
        if let Some(extras) = given.extras.filter(|extras| extras.get() != NOTHING_PACKED) {
            match serde_json::from_str(&unpacked(extras.get())) {
                Ok(extras) => mention.extras = extras,
                // Somebody else's key of that name, if it can be read at all.
                Err(_) => {
                    serde_json::from_str::<Value>(extras.get()).map_err(|error| field_fault("entity", &error))?;
                    let left_out = "its extras are of another form and were left out";
                    note = Some(note.map_or(left_out.to_owned(), |note| format!("{note}; {left_out}")));
                }
            }
        }
        let unknown = given.unknown.into_iter();
        mention.extras.extend(unknown.map(|(key, value)| Extra { format: OWN.to_owned(), key, value: value.to_string() }));
        Ok(Some((mention, note)))
    }

    fn fresh_id(&mut self, span: Span, label: &Label) -> Option<MentionId> {
        let first = MentionId::of(self.article, span, label);
        let id = std::iter::successors(Some(first), |id| Some(id.next())).take(MAX_SAME_FIRST).find(|id| !self.taken.contains(id))?;
        self.taken.insert(id);
        Some(id)
    }
}

/// A field that is a text, or absent or empty, which is the same.
fn string<'i>(item: &'i Item<'_>, key: &str) -> Result<Option<Cow<'i, str>>, String> {
    match item {
        Item::Other => Err(no_text(key)),
        item => Ok(item.text()),
    }
}

fn no_text(key: &str) -> String {
    format!("its {key:?} is no text")
}

impl Given<'_> {
    fn triple(&self) -> Result<(usize, usize, &str), String> {
        triple(self.start.whole(), self.end.whole(), self.label.as_str().unwrap_or_default(), "label")
    }
}
