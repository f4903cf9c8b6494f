//! An entity as it stands in a line of JSONL: what is under our keys, whatever it is, and what other programs put beside it.
//!
//! Words are borrowed from the line, for a file of many articles is mostly entities.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::json::{Item, of_scalars, skip_list};

/// `{"start": …, "end": …, "label": …}` or `[start, end, label]`; of anything else nothing is known.
#[derive(Default)]
pub struct Given<'l> {
    pub start: Item<'l>,
    pub end: Item<'l>,
    pub label: Item<'l>,
    pub text: Item<'l>,
    pub state: Item<'l>,
    pub how: Item<'l>,
    pub score: Item<'l>,
    pub origin: Item<'l>,
    pub entity: Item<'l>,
    pub entity_name: Item<'l>,
    pub kb: Item<'l>,
    pub value: Item<'l>,
    pub note: Item<'l>,
    pub by: Item<'l>,
    pub at: Item<'l>,
    pub first: Option<Box<Given<'l>>>,
    pub extras: Option<&'l RawValue>,
    /// What stands under keys that are not ours.
    pub unknown: BTreeMap<String, Value>,
}

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Start,
    End,
    Label,
    Text,
    State,
    How,
    Score,
    Origin,
    Entity,
    EntityName,
    Kb,
    Value,
    Note,
    By,
    At,
    First,
    Extras,
    /// These two are made anew.
    Plain,
    Reason,
    Unknown(String),
}

impl<'de: 'l, 'l> Deserialize<'de> for Given<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor(PhantomData))
    }
}

struct GivenVisitor<'l>(PhantomData<&'l ()>);

impl<'de: 'l, 'l> Visitor<'de> for GivenVisitor<'l> {
    type Value = Given<'l>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entity")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut given = Given::default();
        while let Some(key) = map.next_key()? {
            match key {
                Key::Start => given.start = map.next_value()?,
                Key::End => given.end = map.next_value()?,
                Key::Label => given.label = map.next_value()?,
                Key::Text => given.text = map.next_value()?,
                Key::State => given.state = map.next_value()?,
                Key::How => given.how = map.next_value()?,
                Key::Score => given.score = map.next_value()?,
                Key::Origin => given.origin = map.next_value()?,
                Key::Entity => given.entity = map.next_value()?,
                Key::EntityName => given.entity_name = map.next_value()?,
                Key::Kb => given.kb = map.next_value()?,
                Key::Value => given.value = map.next_value()?,
                Key::Note => given.note = map.next_value()?,
                Key::By => given.by = map.next_value()?,
                Key::At => given.at = map.next_value()?,
                Key::First => given.first = map.next_value()?,
                Key::Extras => given.extras = map.next_value()?,
                Key::Plain | Key::Reason => {
                    map.next_value::<IgnoredAny>()?;
                }
                Key::Unknown(key) => {
                    given.unknown.insert(key, map.next_value()?);
                }
            }
        }
        Ok(given)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut given = Given::default();
        for place in [&mut given.start, &mut given.end, &mut given.label] {
            *place = seq.next_element()?.unwrap_or_default();
        }
        skip_list(seq)?;
        Ok(given)
    }

    of_scalars!(Given::default());
}
