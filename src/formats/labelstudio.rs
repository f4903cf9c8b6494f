//! Label Studio's JSON: a list of tasks, settled mentions as an annotation, suggestions as a prediction.
//!
//! `start` and `end` of a `<Text>` count code points (HumanSignal/label-studio, domManager: `[...text].length`). The server
//! stores them unchecked, so the words stand beside them and decide on import. The labelling config that names the same
//! controls and every label is written beside the file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::carried;
use super::draft::{Draft, Drafted, Found};
use super::format::{Beside, Container, Context, Format, Sheet, Tally, Writer};
use super::handing::{begins_with, first_object, hand_objects};
use super::json::{Item, List, Loose, NO_OBJECT, Object, fault_in_item, list, text};
use crate::annotation::{Article, Digest, Extra, Mention, Origin, Score, State};
use crate::reading::Reader;
use crate::text::{Offsets, Unit};

pub static FORMAT: Format = Format {
    name: "labelstudio",
    title: "Label Studio",
    what: "Label Studio’s JSON of tasks, with the labelling config beside it; suggestions are predictions",
    extension: "json",
    unit: Some(Unit::CodePoints),
    reader: Some(&READER),
    writer: Some(Writer {
        beside: Some(beside),
        ..Writer::new(write, read_back, Container::File { head: || b"[\n".to_vec(), between: ",\n", tail: "\n]\n" })
    }),
};

/// Names that data and config share.
const CONTROL: &str = "label";
const OBJECT: &str = "text";

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let regions = |of: fn(&Mention) -> bool| {
        let mentions = article.mentions.iter().filter(|mention| of(mention));
        mentions.map(|mention| region(article, mention, &offsets)).collect::<Vec<Value>>()
    };
    let (settled, suggested) = (regions(Mention::is_confirmed), regions(Mention::is_suggested));
    let some = |is: bool, value: Value| if is { vec![value] } else { Vec::new() };
    let annotations = some(!settled.is_empty(), json!({"result": settled, "was_cancelled": false, "ground_truth": false}));
    let predictions = some(!suggested.is_empty(), json!({"model_version": "manicule", "result": suggested}));
    let task = json!({
        "id": task_id(article.id.as_str()),
        "data": {
            OBJECT: &*article.text,
            "doc_id": article.id.as_str(),
            "title": article.title(),
            carried::KEY: carried::pack(article, context, sheet)?,
        },
        "annotations": annotations,
        "predictions": predictions,
    });
    sheet.page().extend(task.to_string().as_bytes());
    Ok(())
}

/// The server gives tasks ids of its own; the converter of label-studio-sdk 2.1.2 refuses a file whose tasks have none. The same
/// article has the same one wherever it is written.
fn task_id(id: &str) -> u32 {
    let [a, b, c, d, ..] = Digest::of(id.as_bytes()).0;
    // The database of the server holds no more than 31 bits.
    u32::from_be_bytes([a, b, c, d]) >> 1
}

/// A mention as a region, with its score and its note where it has them.
fn region(article: &Article, mention: &Mention, offsets: &Offsets<'_>) -> Value {
    let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
    let value = json!({"start": start, "end": end, "text": article.quote(mention.span), "labels": [mention.label.as_str()]});
    let mut region = json!({"id": mention.id.to_string(), "from_name": CONTROL, "to_name": OBJECT, "type": "labels", "value": value});
    if let Some(region) = region.as_object_mut() {
        if let Some(score) = mention.score {
            region.insert("score".to_owned(), score.ratio().into());
        }
        // Label Studio shows this as a note on the region.
        if let Some(note) = &mention.note {
            region.insert("meta".to_owned(), json!({"text": [&**note]}));
        }
    }
    region
}

fn beside(tally: &Tally) -> Vec<Beside> {
    let mut config = format!("<View>\n  <Labels name=\"{CONTROL}\" toName=\"{OBJECT}\">\n");
    for label in &tally.labels {
        config.push_str(&format!("    <Label value=\"{}\"/>\n", escaped(label.as_str())));
    }
    config.push_str(&format!("  </Labels>\n  <Text name=\"{OBJECT}\" value=\"${OBJECT}\" granularity=\"symbol\"/>\n</View>\n"));
    vec![Beside { ending: "config.xml", bytes: config.into_bytes() }]
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn read_back(sheet: &Sheet, _: &Article) -> Result<Article, String> {
    let task = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    document(task, State::Confirmed)?.untold()
}

/// Whether a task is of this format: an export, or what JSON_MIN makes of it.
pub fn knows(task: &Object) -> bool {
    let is_task = task.get("data").is_some_and(Value::is_object)
        && ["annotations", "predictions", "completions"].iter().any(|key| task.get(*key).is_some_and(Value::is_array));
    let is_short = task.contains_key("annotation_id") && task.contains_key("lead_time");
    is_task || is_short
}

/// A task of an export; JSON_MIN has the fields of its data beside what is marked, under the name of the control.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Task<'l> {
    #[serde(borrow)]
    id: Item<'l>,
    #[serde(borrow)]
    data: Option<&'l RawValue>,
    #[serde(borrow)]
    annotations: List<Loose<Annotation<'l>>>,
    #[serde(borrow)]
    completions: List<Loose<Annotation<'l>>>,
    #[serde(borrow)]
    predictions: List<Loose<Annotation<'l>>>,
    #[serde(borrow)]
    label: List<Loose<Place<'l>>>,
}

/// An annotation, or a prediction.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Annotation<'l> {
    was_cancelled: Value,
    completed_by: Value,
    #[serde(borrow)]
    updated_at: Item<'l>,
    #[serde(borrow)]
    created_at: Item<'l>,
    #[serde(borrow)]
    model_version: Item<'l>,
    #[serde(borrow)]
    result: List<Loose<Region<'l>>>,
}

/// An item of a result: a region, or something else, such as a choice or a relation.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Region<'l> {
    #[serde(borrow, rename = "type")]
    kind: Item<'l>,
    #[serde(borrow)]
    score: Item<'l>,
    #[serde(borrow)]
    meta: Loose<Remarks<'l>>,
    #[serde(borrow)]
    value: Loose<Place<'l>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Remarks<'l> {
    #[serde(borrow)]
    text: List<Item<'l>>,
}

/// Where a region lies, and its labels.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Place<'l> {
    #[serde(borrow)]
    start: Item<'l>,
    #[serde(borrow)]
    end: Item<'l>,
    #[serde(borrow)]
    text: Item<'l>,
    #[serde(borrow)]
    labels: List<Item<'l>>,
    #[serde(borrow)]
    hypertextlabels: List<Item<'l>>,
    /// Pages are counted by their text here; their own numbers lie in elements.
    #[serde(borrow, rename = "globalOffsets")]
    global: Loose<Ends<'l>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ends<'l> {
    #[serde(borrow)]
    start: Item<'l>,
    #[serde(borrow)]
    end: Item<'l>,
}

/// Fields that the text may stand in, likeliest first; else it is the longest of all.
const TEXT_KEYS: [&str; 3] = ["text", "content", "body"];

fn document(json: &str, stateless: State) -> Result<Drafted, String> {
    let task: Loose<Task<'_>> = serde_json::from_str(json).map_err(|error| fault_in_item(&error))?;
    let task = task.0.ok_or(NO_OBJECT)?;
    let data = Data::of(task.data.map_or(json, RawValue::get));
    let words: Arc<str> = data.words().ok_or("has no text in its \"data\"")?.into();
    let id = data.text("doc_id").or_else(|| data.text("id")).or_else(|| Some(task.id.text()?.into_owned()));
    let mut draft = Draft::new(id.as_deref(), &words, Unit::CodePoints);
    draft.article.meta.title = data.text("title");

    let all = task.annotations.0.iter().chain(&task.completions.0).filter_map(|Loose(annotation)| annotation.as_ref());
    let annotations: Vec<&Annotation<'_>> = all.filter(|annotation| annotation.was_cancelled != true).collect();
    if annotations.len() > 1 {
        draft.note(format!("{} annotations stand side by side; the mentions of all are taken", annotations.len()));
    }
    let import = Origin::Import(TOOL.into());
    let mut has_relations = false;
    for annotation in annotations {
        let by = who(&annotation.completed_by);
        let at = annotation.updated_at.text().or(annotation.created_at.text()).and_then(|at| at.parse().ok());
        for region in annotation.result.0.iter().filter_map(|Loose(region)| region.as_ref()) {
            has_relations |= region.kind.as_str() == Some("relation");
            let Some(place) = region.value.0.as_ref() else { continue };
            let note = region.note();
            for mention in place.add(&mut draft, stateless, &import) {
                mention.by = by.as_deref().map(Into::into);
                mention.at = at;
                mention.note = note.as_deref().map(Into::into);
            }
        }
    }
    if has_relations {
        draft.article.extras.extend(relations(json));
    }
    for place in task.label.0.iter().filter_map(|Loose(place)| place.as_ref()) {
        place.add(&mut draft, stateless, &import);
    }
    for prediction in task.predictions.0.iter().filter_map(|Loose(prediction)| prediction.as_ref()) {
        let model = prediction.model_version.text().unwrap_or(TOOL.into());
        let origin = Origin::Model((*model).into());
        for region in prediction.result.0.iter().filter_map(|Loose(region)| region.as_ref()) {
            let Some(place) = region.value.0.as_ref() else { continue };
            for mention in place.add(&mut draft, State::Suggested, &origin) {
                mention.score = region.score.as_f64().map(Score::from_ratio);
            }
        }
    }
    let drafted = draft.finish();
    Ok(match data.0.get(carried::KEY) {
        Some(packed) => carried::unpack(packed.get(), drafted),
        None => drafted,
    })
}

const TOOL: &str = "labelstudio";

/// What an annotator looked at, unread.
struct Data<'l>(BTreeMap<String, &'l RawValue>);

impl<'l> Data<'l> {
    fn of(json: &'l str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    fn item(&self, key: &str) -> Item<'l> {
        self.0.get(key).and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
    }

    fn text(&self, key: &str) -> Option<String> {
        self.item(key).text().map(Cow::into_owned)
    }

    /// The text that was annotated.
    fn words(&self) -> Option<Cow<'l, str>> {
        let words = |key: &str| match self.item(key) {
            Item::Text(words) => Some(words),
            _ => None,
        };
        let longest = || self.0.keys().filter_map(|key| words(key)).max_by_key(|words| words.len());
        TEXT_KEYS.into_iter().find_map(words).or_else(longest)
    }
}

/// Relations between regions, which are kept as they came.
fn relations(json: &str) -> Vec<Extra> {
    let task: Value = serde_json::from_str(json).unwrap_or_default();
    let annotations = ["annotations", "completions"].into_iter().flat_map(|key| list(task.get(key)));
    let items = annotations
        .filter(|annotation| annotation.get("was_cancelled") != Some(&Value::Bool(true)))
        .flat_map(|annotation| list(annotation.get("result")));
    let relations = items.filter(|item| item.get("type").and_then(Value::as_str) == Some("relation"));
    relations.map(|relation| Extra { format: TOOL.to_owned(), key: "relation".to_owned(), value: relation.to_string() }).collect()
}

/// Who completed an annotation: an id, or what is known of them.
fn who(completed_by: &Value) -> Option<String> {
    text(completed_by.get("email").or(completed_by.get("username")).or(completed_by.get("id"))).or_else(|| text(Some(completed_by)))
}

impl Region<'_> {
    fn note(&self) -> Option<String> {
        let lines: Vec<&str> = self.meta.0.iter().flat_map(|remarks| &remarks.text.0).filter_map(Item::as_str).collect();
        Some(lines.join("\n")).filter(|note| !note.is_empty())
    }
}

impl Place<'_> {
    /// A mention for each of its labels; of what is no region none.
    fn add<'d>(&self, draft: &'d mut Draft<'_>, state: State, origin: &Origin) -> &'d mut [Mention] {
        let from = draft.article.mentions.len();
        let labels = [&self.labels.0, &self.hypertextlabels.0].into_iter().find(|labels| !labels.is_empty());
        let (start, end) = self.global.0.as_ref().map_or((&self.start, &self.end), |global| (&global.start, &global.end));
        match (start.whole(), end.whole()) {
            (Some(start), Some(end)) => {
                for label in labels.into_iter().flatten().filter_map(Item::as_str) {
                    draft.add(Found { start, end, quote: self.text.as_str(), label, state, origin: origin.clone() });
                }
            }
            _ if labels.is_some() => draft.note("a region has no whole numbers for its place and is left out"),
            _ => {}
        }
        &mut draft.article.mentions[from..]
    }
}

static READER: Reader = Reader {
    name: "labelstudio",
    what: "tasks of Label Studio",
    endings: &[],
    knows: |head| first_object(head).map_or_else(|| begins_with(head, &["\"annotations\":", "\"predictions\":"]), |task| knows(&task)),
    read: |input, how, sink| hand_objects(input, how, sink, "line", document),
};

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(task: &str) -> Drafted {
        document(task.strip_prefix('[').and_then(|task| task.strip_suffix(']')).unwrap_or(task), State::Confirmed).unwrap()
    }

    /// Label Studio 1.23: an export of JSON, one of JSON_MIN, and what older ones and pages look like.
    #[test]
    fn every_shape_of_an_export_is_read() {
        let region = |start: usize, end: usize, words: &str, label: &str| {
            format!(
                r#"{{"id":"x","from_name":"label","to_name":"text","type":"labels","score":0.4,"value":{{"start":{start},"end":{end},"text":"{words}","labels":["{label}"]}}}}"#
            )
        };
        let task = format!(
            r#"[{{"id":7,"data":{{"text":"😀 Ann met Bo"}},"annotations":[{{"completed_by":{{"email":"holm@desk"}},"created_at":"2026-11-05T10:00:00.5Z","result":[{},{{"type":"choices","value":{{"choices":["x"]}}}}]}},
            {{"was_cancelled":true,"result":[{}]}}],"predictions":[{{"model_version":"m1","result":[{},{}]}}]}}]"#,
            region(2, 5, "Ann", "PER"),
            region(10, 12, "Bo", "ORG"),
            region(2, 5, "Ann", "PER"),
            region(10, 12, "Bo", "PER"),
        );
        let drafted = read_one(&task);
        assert_eq!(drafted.shown(), ["confirmed PER Ann", "suggested PER Bo"]);
        assert!(drafted.notes.is_empty(), "{:?}", drafted.notes);
        let [ann, bo] = &drafted.article.mentions[..] else { panic!("{drafted:?}") };
        assert_eq!((ann.by.as_deref(), ann.at.map(|at| at.to_string())), (Some("holm@desk"), Some("2026-11-05T10:00:00Z".to_owned())));
        assert_eq!((bo.origin.to_string(), bo.score.map(|score| score.thousandths())), ("model:m1".to_owned(), Some(400)));
        // UTF-16 units, as exports before 1.4 have them (issue 1347): the words decide.
        let old = format!(r#"{{"data":{{"text":"😀 Ann met Bo"}},"annotations":[{{"result":[{}]}}]}}"#, region(3, 6, "Ann", "PER"));
        assert!(read_one(&old).shown() == ["confirmed PER Ann"] && read_one(&old).notes[0].to_string().contains("count UTF-16 units"));
        let short = r#"[{"text":"Ann met Bo","id":1,"label":[{"start":0,"end":3,"text":"Ann","labels":["PER","ORG"]}],"annotation_id":1,"lead_time":2.5}]"#;
        assert_eq!(read_one(short).shown(), ["confirmed ORG Ann", "confirmed PER Ann"]);
    }
}
