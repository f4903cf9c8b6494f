//! What a format has no place of its own for travels as one JSON value under [`KEY`], where the format keeps what is not
//! its own: metadata of doccano, data of a Label Studio task, `user_data` of spaCy. It is our line of JSONL without the text
//! and without what is empty.
//!
//! On the way back the format's own spans decide: a mention that still stands as it was takes back everything that was
//! known of it, one that was added or moved meanwhile is the other tool's.

use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::draft::Drafted;
use super::format::{Context, Sheet};
use super::jsonl::{self, ReadOptions};
use super::loss::{Extent, Lost};
use crate::annotation::{Article, Digest, Extra, FreshIds, Label, Mention};
use crate::text::Span;

pub const KEY: &str = "manicule";

/// Where a format cannot say what its offsets count, that stands here.
pub const UNIT: &str = "unit";

/// That of the text that was packed with it.
pub const DIGEST: &str = "digest";

/// Everything that is known of an article besides its text.
///
/// # Errors
/// Where it cannot be said in JSON, which is a fault of the program.
pub fn pack(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<Value, String> {
    let context = Context { lists_rejected: true, reason: None, ..*context };
    let mut flat = article.clone();
    flat.extras.retain(is_flat);
    flat.mentions.iter_mut().for_each(|mention| mention.extras.retain(is_flat));
    if flat.extras.len() < article.extras.len() || flat.mentions.iter().zip(&article.mentions).any(|(a, b)| a.extras.len() < b.extras.len())
    {
        let why = "lies deeper in itself than readers of JSON go".to_owned();
        sheet.lost.push(Lost::of_article("what another program said of it".to_owned(), why, Extent::Part));
    }
    let mut value = jsonl::line(&flat, &context)?;
    if let Some(line) = value.as_object_mut() {
        line.remove("text");
        if article.source.is_none() {
            line.remove("file");
        }
        line.insert(DIGEST.to_owned(), article.text_digest().to_string().into());
    }
    without_empty(&mut value);
    Ok(value)
}

/// Whether readers get to the end of what another program said.
pub fn is_flat(extra: &Extra) -> bool {
    depth(&extra.value) <= MAX_DEPTH
}

/// How deep JSON of other programs may lie in itself; readers end at 128 with what stands around it.
const MAX_DEPTH: usize = 64;

/// How many lists and objects lie in each other in JSON, at most.
fn depth(json: &str) -> usize {
    let (mut deepest, mut depth, mut in_string, mut is_escaped) = (0, 0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Gives what was packed, as JSON, back to an article that a format's own reader made; its mentions, as they stand, decide.
pub fn unpack(packed: &str, read: Drafted) -> Drafted {
    unpack_line(jsonl::Line::of(packed).ok(), read)
}

/// The same with a line that was looked into; `None` is none of ours.
pub fn unpack_line(packed: Option<jsonl::Line<'_>>, mut read: Drafted) -> Drafted {
    let Some(known) = packed.and_then(|packed| open(packed, &read.article)) else {
        read.notes.push(format!("what stands under {KEY:?} is none of ours and was left out").into());
        return read;
    };
    let mut as_they_were = AsTheyWere::of(known.article.mentions);
    for mention in &mut read.article.mentions {
        if let Some(as_it_was) = as_they_were.take(mention) {
            *mention = as_it_was;
        }
    }
    // What the format had no span for: rejected ones. The others were taken away by the other tool.
    read.article.mentions.extend(as_they_were.left().filter(Mention::is_rejected));
    read.article.mentions.sort_by(Mention::reading_order);
    let mut ids = FreshIds::default();
    for mention in &mut read.article.mentions {
        mention.id = ids.take(mention.id);
    }
    read.article.id = known.article.id;
    read.article.meta = known.article.meta;
    read.article.zones = known.article.zones;
    read.article.desk = known.article.desk;
    read.article.source = known.article.source;
    read.article.extras.extend(known.article.extras);
    read.entities.extend(known.entities);
    read.has_id = true;
    read.has_zones = true;
    read
}

/// What was known of mentions, by where they stood and what they were called.
struct AsTheyWere {
    /// In the order of the article.
    mentions: Vec<Option<Mention>>,
    /// Places in it, the first of those that are alike last.
    places: HashMap<(Span, Label), Vec<usize>>,
}

impl AsTheyWere {
    fn of(mentions: Vec<Mention>) -> Self {
        let mut places: HashMap<(Span, Label), Vec<usize>> = HashMap::with_capacity(mentions.len());
        for (at, mention) in mentions.iter().enumerate().rev() {
            places.entry((mention.span, mention.label.clone())).or_default().push(at);
        }
        Self { mentions: mentions.into_iter().map(Some).collect(), places }
    }

    /// That of a mention which still stands as it did.
    fn take(&mut self, mention: &Mention) -> Option<Mention> {
        let at = self.places.get_mut(&(mention.span, mention.label.clone()))?.pop()?;
        self.mentions[at].take()
    }

    fn left(self) -> impl Iterator<Item = Mention> {
        self.mentions.into_iter().flatten()
    }
}

/// The packed line with the text of today. Where that is another one than was packed, zones and first suggestions, which
/// have no words to be found by, go without.
fn open(mut line: jsonl::Line<'_>, read: &Article) -> Option<jsonl::Parsed> {
    line.remove(UNIT);
    if !line.remove(DIGEST).is_some_and(|digest| is_of(digest, &read.text)) {
        line.remove("zones");
    }
    jsonl::article(&line, &read.text, &ReadOptions::default()).ok()
}

/// Whether a packed digest is that of a text.
pub fn is_of(digest: &RawValue, text: &str) -> bool {
    digest.get().trim_matches('"') == Digest::of(text.as_bytes()).to_string()
}

/// Takes out what says nothing: in our lines what is absent is empty.
fn without_empty(value: &mut Value) {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Bool(is) => !is,
        Value::Number(_) => false,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
    };
    match value {
        Value::Object(map) => {
            // A first suggestion that is the mention itself.
            let own = ["start", "end", "label"].map(|key| map.get(key).cloned());
            let is_own =
                |first: &Map<String, Value>| ["start", "end", "label"].iter().zip(&own).all(|(key, own)| first.get(*key) == own.as_ref());
            if map.get("first").and_then(Value::as_object).is_some_and(is_own) {
                map.remove("first");
            }
            if map.get("score").and_then(Value::as_f64) == Some(0.0) {
                map.remove("score");
            }
            map.values_mut().for_each(without_empty);
            map.retain(|_, value| !is_empty(value));
        }
        Value::Array(list) => list.iter_mut().for_each(without_empty),
        _ => {}
    }
}
