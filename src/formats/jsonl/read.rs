//! A line of JSONL becomes an article. Only `text` is required.
//!
//! A line that is no JSON object with a text is refused as a whole; an entity or zone that makes no sense is left out
//! and reported. Where an entity brings its `text`, that text decides: offsets that count other units are converted,
//! and a text that stands only once in the article is found again.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use serde_json::value::RawValue;

use super::super::draft::id_of_text;
use super::super::json::{Item, whole};
use super::super::lines::BadLine;
use super::super::loss::shorten;
use super::super::placing::Placer;
use super::entity::EntityReader;
use super::fields::{field_fault, triple, unpacked};
use super::given::Given;
use super::keys::{LINE_KEYS, META, OWN};
use crate::annotation::{Article, ArticleId, Desk, Entity, Extra, Mention, Meta, Progress, State, Zone, ZoneKind};
use crate::reading::Note;
use crate::text::{Offsets, Unit};

#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// What an entity without a `state` is.
    pub stateless: State,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { stateless: State::Confirmed }
    }
}

/// What a line holds.
#[derive(Debug)]
pub struct Parsed {
    pub article: Article,
    /// The things that its mentions are linked to, as far as the line tells of them.
    pub entities: Vec<Entity>,
    /// What was left out or mended.
    pub notes: Vec<Note>,
    /// Whether the line says anything of zones. Where it does not, they may be looked for.
    pub has_zones: bool,
}

/// What stands in a line under each key, unread.
pub struct Line<'l>(BTreeMap<String, &'l RawValue>);

impl<'l> Line<'l> {
    /// # Errors
    /// Where it is no JSON object.
    pub fn of(json: &'l str) -> serde_json::Result<Self> {
        serde_json::from_str(json).map(Self)
    }

    pub fn get(&self, key: &str) -> Option<&'l RawValue> {
        self.0.get(key).copied()
    }

    pub fn remove(&mut self, key: &str) -> Option<&'l RawValue> {
        self.0.remove(key)
    }
}

/// Reads one line; `number` names it in what there is to say of it.
///
/// # Errors
/// [`BadLine`] when it is no JSON object with a `text`.
pub fn parse(number: u64, line: &str, options: &ReadOptions) -> Result<Parsed, BadLine> {
    let bad = |why: String| BadLine { number, why };
    let fields = Line::of(line).map_err(|error| bad(json_fault(line, &error)))?;
    let text = fields.0.get("text").ok_or_else(|| bad("has no \"text\"".to_owned()))?;
    let text: Item<'_> = serde_json::from_str(text.get()).map_err(|error| bad(field_fault("text", &error)))?;
    let text: Arc<str> = text.as_str().ok_or_else(|| bad("has a \"text\" that is none".to_owned()))?.into();
    if text.len() as u64 > crate::reading::MAX_BYTES {
        return Err(bad("has a text of more than 100 MB; cut the article in parts".to_owned()));
    }
    article(&fields, &text, options).map_err(bad)
}

/// The article of a line, whose text is given and need not stand in it.
///
/// # Errors
/// Where its id is none.
pub fn article(Line(fields): &Line<'_>, text: &Arc<str>, options: &ReadOptions) -> Result<Parsed, String> {
    let id = match fields.get("id") {
        Some(raw) => id(raw)?,
        None => id_of_text(text),
    };

    let mut article = Article::new(ArticleId::new(&id), text.clone());
    let mut notes = Vec::new();
    let mut lost = |what: String, why: String, is_missing: bool| notes.push(Note { what, why, span: None, is_missing });

    if let Some(raw) = fields.get("meta").filter(|raw| raw.get() != "null") {
        match serde_json::from_str(raw.get()) {
            Ok(meta) => (article.meta, article.extras) = read_meta(meta, &mut lost),
            Err(_) => lost("meta".to_owned(), "is no object".to_owned(), false),
        }
    }
    if let Some(raw) = fields.get("desk") {
        match serde_json::from_str(raw.get()).ok().and_then(read_desk) {
            Some(desk) => article.desk = desk,
            None => lost("desk".to_owned(), "is not progress, flagged, tags and note".to_owned(), false),
        }
    }
    if let Some(raw) = fields.get("file").filter(|raw| raw.get() != "null") {
        match serde_json::from_str(raw.get()) {
            Ok(source) => article.source = Some(source),
            Err(_) if is_no_source(raw) => {}
            // Somebody else's key of that name.
            Err(_) => article.extras.push(own_extra("file", raw)),
        }
    }
    let placer = Placer::new(text, Unit::CodePoints);
    let zones = fields.get("zones").filter(|raw| raw.get() != "null");
    for raw in list(zones.map_or("null", |raw| raw.get()), "zones", &mut lost) {
        match read_zone(raw, &placer.offsets) {
            Ok(zone) => article.zones.push(zone),
            Err(why) => lost(format!("zone {}", shorten(raw.get())), why, false),
        }
    }
    order_zones(&mut article.zones, &mut lost);

    let mut reader = EntityReader::new(text, placer, &article.id);
    let mut mentions = Vec::new();
    for (key, stateless) in [("entities", options.stateless), ("rejected", State::Rejected)] {
        let json = fields.get(key).map_or("null".into(), |raw| unpacked(raw.get()));
        let (all, words) = entities(&json, key, &mut lost);
        for (i, given) in all.into_iter().enumerate() {
            match given.and_then(|given| reader.read(given, stateless)) {
                Ok(None) => lost(format!("entity {}", words.of(i)), "stands twice in the line and is taken once".to_owned(), false),
                Ok(Some((mention, note))) => {
                    if let Some(note) = note {
                        lost(format!("{} “{}”", mention.label, shorten(&text[mention.span.range()])), note, false);
                    }
                    mentions.push(mention);
                }
                Err(why) => lost(format!("entity {}", words.of(i)), why, true),
            }
        }
    }
    let entities = reader.entities();
    mentions.sort_by(Mention::reading_order);
    article.mentions = mentions;
    if let Some(raw) = fields.get("extras").filter(|raw| raw.get() != "null") {
        match serde_json::from_str::<Vec<Extra>>(&unpacked(raw.get())) {
            Ok(extras) => article.extras.extend(extras),
            Err(error) => lost("extras".to_owned(), field_fault("extras", &error), true),
        }
    }
    let unknown = fields.iter().filter(|(key, _)| !LINE_KEYS.contains(&key.as_str()));
    article.extras.extend(unknown.map(|(key, raw)| own_extra(key, raw)));
    Ok(Parsed { article, entities, notes, has_zones: zones.is_some() })
}

/// serde_json's words without its "line 1", which would be taken for the line of the file.
fn json_fault(line: &str, error: &serde_json::Error) -> String {
    if !line.trim_start().starts_with('{') {
        return "is no JSON object; one line is one article: {\"text\": \"…\"}".to_owned();
    }
    field_fault(&format!("column {}", error.column()), error)
}

/// Our own `file` of an article that has none.
fn is_no_source(raw: &RawValue) -> bool {
    serde_json::from_str::<BTreeMap<String, Value>>(raw.get())
        .is_ok_and(|fields| fields.get("path").is_some_and(|path| path == "") && fields.get("digest").is_some_and(|digest| digest == ""))
}

fn id(raw: &RawValue) -> Result<String, String> {
    match serde_json::from_str(raw.get()).map_err(|error| field_fault("id", &error))? {
        Value::String(id) if !id.is_empty() => Ok(id),
        Value::Number(id) => Ok(id.to_string()),
        _ => Err("has an \"id\" that is neither a text nor a number".to_owned()),
    }
}

/// The entities of a field that should be a list of them, and what each is as it stands there.
#[allow(clippy::type_complexity)]
fn entities<'l>(
    json: &'l str,
    key: &str,
    lost: &mut impl FnMut(String, String, bool),
) -> (Vec<Result<Given<'l>, String>>, AsTheyStand<'l>) {
    let words = AsTheyStand { json, items: OnceCell::new() };
    if json == "null" {
        return (Vec::new(), words);
    }
    let all = match serde_json::from_str::<Vec<Given<'l>>>(json) {
        Ok(all) => all.into_iter().map(Ok).collect(),
        // Where one of them is no JSON that can be read, the others are.
        Err(_) => {
            let one = |raw: &&'l RawValue| serde_json::from_str(raw.get()).map_err(|error| field_fault("entity", &error));
            list(json, key, lost).iter().map(one).collect()
        }
    };
    (all, words)
}

/// Items of a list in the words of the file, looked up when one is told.
struct AsTheyStand<'l> {
    json: &'l str,
    items: OnceCell<Vec<&'l RawValue>>,
}

impl AsTheyStand<'_> {
    fn of(&self, i: usize) -> String {
        let items = self.items.get_or_init(|| serde_json::from_str(self.json).unwrap_or_default());
        items.get(i).map(|raw| shorten(raw.get())).unwrap_or_default()
    }
}

/// The items of a field that should be a list.
fn list<'l>(json: &'l str, key: &str, lost: &mut impl FnMut(String, String, bool)) -> Vec<&'l RawValue> {
    if json == "null" {
        return Vec::new();
    }
    serde_json::from_str(json).unwrap_or_else(|_| {
        lost(key.to_owned(), "is no list".to_owned(), true);
        Vec::new()
    })
}

fn own_extra(key: &str, raw: &RawValue) -> Extra {
    Extra { format: OWN.to_owned(), key: key.to_owned(), value: raw.get().to_owned() }
}

fn read_meta(fields: BTreeMap<String, Box<RawValue>>, lost: &mut impl FnMut(String, String, bool)) -> (Meta, Vec<Extra>) {
    let mut meta = Meta::default();
    let mut extras = Vec::new();
    for (key, raw) in fields {
        let place = match key.as_str() {
            "title" => Some(&mut meta.title),
            "source" => Some(&mut meta.outlet),
            "published" => Some(&mut meta.published),
            "language" => Some(&mut meta.language),
            "byline" => Some(&mut meta.byline),
            "url" => Some(&mut meta.url),
            _ => None,
        };
        let Some(place) = place else {
            extras.push(own_extra(&format!("{META}{key}"), &raw));
            continue;
        };
        match serde_json::from_str(raw.get()) {
            Ok(Value::String(value)) => *place = Some(value).filter(|value| !value.is_empty()),
            Ok(Value::Number(value)) => *place = Some(value.to_string()),
            Ok(Value::Null) => {}
            Ok(_) => lost(format!("meta {key:?}"), "is no text".to_owned(), false),
            Err(error) => lost(format!("meta {key:?}"), field_fault("meta", &error), false),
        }
    }
    (meta, extras)
}

fn read_desk(mut fields: BTreeMap<String, Value>) -> Option<Desk> {
    let progress = Progress::from_name(fields.remove("progress")?.as_str()?)?;
    let tags = fields.remove("tags").map_or(Some(Vec::new()), |tags| serde_json::from_str(&unpacked(&tags.to_string())).ok())?;
    let note = fields.remove("note").and_then(|note| note.as_str().map(str::to_owned)).unwrap_or_default();
    let flagged = fields.remove("flagged").and_then(|flag| flag.as_bool()).unwrap_or_default();
    Some(Desk { progress, flagged, tags, note })
}

fn read_zone(raw: &RawValue, offsets: &Offsets<'_>) -> Result<Zone, String> {
    let value: Value = serde_json::from_str(raw.get()).map_err(|error| field_fault("zone", &error))?;
    let at = |name: &str, i: usize| value.get(name).or_else(|| value.get(i));
    let kind = at("kind", 2).and_then(Value::as_str).unwrap_or_default();
    let (start, end, kind) = triple(whole(at("start", 0)), whole(at("end", 1)), kind, "kind")?;
    let kind = ZoneKind::from_name(kind).ok_or_else(|| {
        let known: Vec<_> = ZoneKind::ALL.into_iter().map(ZoneKind::as_str).collect();
        format!("{kind:?} is no kind of zone ({})", known.join(", "))
    })?;
    let span = offsets.span_from(start, end, Unit::CodePoints).ok_or("its offsets do not lie in the text")?;
    Ok(Zone { span, kind })
}

/// Zones in order and apart; empty and overlapping ones are told.
fn order_zones(zones: &mut Vec<Zone>, lost: &mut impl FnMut(String, String, bool)) {
    zones.retain(|zone| !zone.span.is_empty() && zone.kind != ZoneKind::Body);
    zones.sort_by_key(|zone| zone.span);
    let mut end = 0;
    zones.retain(|zone| {
        let is_apart = zone.span.start >= end;
        if is_apart {
            end = zone.span.end;
        } else {
            lost(format!("zone {}", zone.kind.as_str()), "overlaps the zone before it".to_owned(), false);
        }
        is_apart
    });
}
