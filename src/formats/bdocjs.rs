//! bdocjs, the JSON of GATE and gatenlp: a folder with a file for each article.
//!
//! It says itself what its offsets count: `p` code points, as is written here, `j` UTF-16 units, as GATE writes. `next_annid`
//! has to be the greatest id and one more, or gatenlp's `add()` takes the place of an annotation without a word (1.0.8).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::carried;
use super::draft::{Draft, Drafted, Found};
use super::format::{Container, Context, Format, Sheet, Writer};
use super::handing::{Hands, begins_with, first_object, words};
use super::json::{Object, fault, list, text, whole};
use crate::annotation::{Article, Extra, Mention, Origin, Score, State};
use crate::reading::{How, Input, Reader, Sink, Trouble};
use crate::text::{Offsets, Unit};

pub static FORMAT: Format = Format {
    name: "bdocjs",
    title: "GATE (bdocjs)",
    what: "a folder of bdocjs files, as GATE and gatenlp read them",
    extension: "bdocjs",
    unit: Some(Unit::CodePoints),
    reader: Some(&READER),
    writer: Some(Writer::new(write, read_back, Container::Folder { endings: &["bdocjs"] })),
};

const TOOL: &str = "bdocjs";

/// Key of the set that an annotation came in, and of its features.
const SET: &str = "set";
const FEATURE: &str = "feature.";

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let mut sets: Map<String, Value> = Map::new();
    let set_of = |mention: &Mention| {
        let extra = mention.extras.iter().find(|extra| extra.format == TOOL && extra.key == SET);
        extra.map(|extra| extra.value.clone()).unwrap_or_default()
    };
    let mut names: Vec<String> = article.mentions.iter().map(set_of).chain([String::new()]).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let mentions = article.mentions.iter().filter(|mention| !mention.is_rejected() && set_of(mention) == name);
        let annotations: Vec<Value> = mentions.enumerate().map(|(id, mention)| annotation(id, mention, &offsets, context)).collect();
        let next = annotations.len();
        sets.insert(name.clone(), json!({"name": name, "annotations": annotations, "next_annid": next}));
    }
    // What GATE said of the whole stands where it stood, and not twice.
    let mut features = Map::new();
    let mut others = Vec::new();
    for extra in &article.extras {
        match feature(extra) {
            Some((key, value)) if !features.contains_key(&key) && !OWN.contains(&key.as_str()) => _ = features.insert(key, value),
            _ => others.push(extra.clone()),
        }
    }
    features.insert("id".to_owned(), article.id.as_str().into());
    features.insert("title".to_owned(), article.title().into());
    features.insert(carried::KEY.to_owned(), carried::pack(&Article { extras: others, ..article.clone() }, context, sheet)?);
    let document = json!({
        "text": &*article.text,
        "features": features,
        "offset_type": "p",
        "name": article.id.as_str(),
        "annotation_sets": sets,
    });
    sheet.page().extend(document.to_string().as_bytes());
    Ok(())
}

/// Features of a document that are written of what we know.
const OWN: [&str; 3] = ["id", "title", carried::KEY];

/// A feature of GATE’s, where it can be written as it came.
fn feature(extra: &Extra) -> Option<(String, Value)> {
    let key = extra.key.strip_prefix(FEATURE).filter(|_| extra.format == TOOL && carried::is_flat(extra))?;
    let value: Value = serde_json::from_str(&extra.value).ok()?;
    let written = value.to_string();
    (written == extra.value).then(|| (key.to_owned(), value))
}

fn annotation(id: usize, mention: &Mention, offsets: &Offsets<'_>, context: &Context<'_>) -> Value {
    let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
    let mut features = Map::new();
    features.extend(mention.extras.iter().filter_map(feature));
    features.insert("state".to_owned(), mention.state.as_str().into());
    if let Some(score) = mention.score {
        features.insert("score".to_owned(), score.ratio().into());
    }
    if let Some(kb) = context.entity(mention).and_then(|entity| entity.kb.as_deref()) {
        features.insert("inst".to_owned(), kb.into());
    }
    if let Some(note) = &mention.note {
        features.insert("note".to_owned(), (&**note).into());
    }
    json!({"type": mention.label.as_str(), "start": start, "end": end, "id": id, "features": features})
}

fn read_back(sheet: &Sheet, _: &Article) -> Result<Article, String> {
    let object = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
    read(&object, State::Confirmed)?.untold()
}

/// Whether JSON is of this format.
fn knows(document: &Object) -> bool {
    document.get("text").is_some_and(Value::is_string) && document.get("annotation_sets").is_some_and(Value::is_object)
}

static READER: Reader = Reader {
    name: "bdocjs",
    what: "a document of GATE as JSON",
    endings: &["bdocjs"],
    knows: |head| {
        first_object(head).map_or_else(|| begins_with(head, &["\"annotation_sets\"", "\"offset_type\""]), |document| knows(&document))
    },
    read: read_file,
};

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    let (text, encoding) = words(input, how)?;
    let document = serde_json::from_str(&text).map_err(|error| Trouble::Partial(fault(&error)))?;
    let mut hands = Hands::new(sink, path, encoding, "document");
    hands.take(0, read(&document, how.stateless));
    hands.finish()
}

/// What GATE's own components leave in a document, which is no entity.
const NO_ENTITIES: [&str; 9] =
    ["Token", "SpaceToken", "Sentence", "Split", "Lookup", "DEFAULT_TOKEN", "Paragraph", "paragraph", "TempDate"];

/// The set in which GATE keeps the elements of the page that a document was made of.
const MARKUP: &str = "Original markups";

/// The article of a document.
///
/// # Errors
/// Where it has no text.
fn read(document: &Object, stateless: State) -> Result<Drafted, String> {
    let words: Arc<str> = document.get("text").and_then(Value::as_str).ok_or("has no \"text\"")?.into();
    let unit = match document.get("offset_type").and_then(Value::as_str) {
        Some("j") => Unit::Utf16,
        _ => Unit::CodePoints,
    };
    let mut draft = Draft::new(text(document.get("name")).as_deref(), &words, unit);
    let features = document.get("features");
    draft.article.meta.title = text(features.and_then(|features| features.get("title")));
    let packed = features.and_then(|features| features.get(carried::KEY));
    let others = features.and_then(Value::as_object).into_iter().flatten();
    let others = others.filter(|(key, _)| !OWN.contains(&key.as_str()));
    let kept = others.map(|(key, value)| Extra { format: TOOL.to_owned(), key: format!("{FEATURE}{key}"), value: value.to_string() });
    draft.article.extras.extend(kept);
    let mut passed_over = 0;
    for (set, body) in document.get("annotation_sets").and_then(Value::as_object).into_iter().flatten() {
        for annotation in list(body.get("annotations")) {
            let label = annotation.get("type").and_then(Value::as_str).unwrap_or_default();
            if set == MARKUP || NO_ENTITIES.contains(&label) {
                passed_over += 1;
                continue;
            }
            let (Some(start), Some(end)) = (whole(annotation.get("start")), whole(annotation.get("end"))) else {
                draft.note("an annotation has no whole numbers for its place and is left out");
                continue;
            };
            let features = annotation.get("features").and_then(Value::as_object);
            let feature = |key: &str| features.and_then(|features| features.get(key));
            let state = feature("state").and_then(Value::as_str).and_then(State::from_name).unwrap_or(stateless);
            let found = Found { start, end, quote: None, label, state, origin: Origin::Import(TOOL.into()) };
            let Some(mention) = draft.add(found) else { continue };
            mention.score = feature("score").and_then(Value::as_f64).map(Score::from_ratio);
            mention.note = text(feature("note")).map(|note| note.as_str().into());
            let mut keep = |key: String, value: String| mention.extras.push(Extra { format: TOOL.to_owned(), key, value });
            if !set.is_empty() {
                keep(SET.to_owned(), set.clone());
            }
            let others = features.into_iter().flatten().filter(|(key, _)| !matches!(key.as_str(), "state" | "score" | "note"));
            others.for_each(|(key, value)| keep(format!("{FEATURE}{key}"), value.to_string()));
        }
    }
    if passed_over > 0 {
        draft.note(format!("{passed_over} annotations are words, sentences or markup of GATE’s, no entities; they are left out"));
    }
    let drafted = draft.finish();
    Ok(match packed {
        Some(packed) => carried::unpack(&packed.to_string(), drafted),
        None => drafted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};

    /// gatenlp 1.0.8, `OffsetMapper` and `Document.load`: the unit is in the file, and so is what `add()` counts on from.
    #[test]
    fn the_file_says_its_unit_and_where_ids_go_on() {
        let article = dsl::article("a", "😀 [ORG! Bank of [GPE? Spain]] [NORP~ Danes]");
        let rendered = FORMAT.render(&article, &Options { state: StateFilter::All, ..Options::default() }).unwrap();
        let document: Value = serde_json::from_slice(rendered.sheet.bytes()).unwrap();
        let set = &document["annotation_sets"][""];
        assert_eq!((&document["offset_type"], &set["next_annid"]), (&"p".into(), &2.into()));
        assert_eq!((&set["annotations"][1]["start"], &set["annotations"][1]["end"]), (&10.into(), &15.into()));
    }

    #[test]
    fn both_units_and_only_entities_are_read() {
        let document = |unit: &str, start: usize| {
            let one = format!(r#"{{"type":"Person","start":{start},"end":{},"id":7,"features":{{"gender":"f","rule":3}}}}"#, start + 3);
            let token = r#"{"type":"Token","start":0,"end":1,"id":1,"features":{}}"#;
            let text = format!(
                r#"{{"text":"😀 Ann","features":{{"source":["x",7]}},"offset_type":"{unit}","name":"","annotation_sets":{{"":{{"annotations":[{token}]}},
                "Key":{{"name":"Key","annotations":[{one}]}},"Original markups":{{"annotations":[{one}]}}}}}}"#
            );
            read(&serde_json::from_str(&text).unwrap(), State::Suggested).unwrap()
        };
        for (unit, start) in [("p", 2), ("j", 3)] {
            let drafted = document(unit, start);
            assert_eq!(drafted.shown(), ["suggested Person Ann"], "{unit}");
            assert!(drafted.notes.len() == 1 && drafted.notes[0].to_string().starts_with("2 annotations"), "{:?}", drafted.notes);
            // And out again, with what GATE said of it, in its set.
            let rendered = FORMAT.render(&drafted.article, &Options { state: StateFilter::All, ..Options::default() }).unwrap();
            let written: Value = serde_json::from_slice(rendered.sheet.bytes()).unwrap();
            let annotation = &written["annotation_sets"]["Key"]["annotations"][0];
            assert_eq!((&annotation["start"], &annotation["features"]["rule"]), (&2.into(), &3.into()), "{written}");
            assert_eq!(written["features"]["source"], json!(["x", 7]), "{written}");
            let again = read(written.as_object().unwrap(), State::Suggested).unwrap();
            assert_eq!(again.article.extras, drafted.article.extras);
        }
    }
}
