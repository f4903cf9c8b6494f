//! Label Studio's JSON: a list of tasks, settled mentions as an annotation, suggestions as a prediction.
//!
//! `start` and `end` of a `<Text>` count code points (HumanSignal/label-studio, domManager: `[...text].length`). The server
//! stores them unchecked, so the words stand beside them and decide on import. The labelling config that names the same
//! controls and every label is written beside the file.

use std::sync::Arc;

use serde_json::{Value, json};

use super::carried;
use super::draft::{Draft, Drafted, Found};
use super::format::{Beside, Container, Context, Format, Sheet, Tally, Writer};
use super::handing::{begins_with, first_object, hand_objects};
use super::json::{Object, list, text, whole};
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
    let task: Object = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
    document(&task, State::Confirmed)?.untold()
}

/// Whether a task is of this format: an export, or what JSON_MIN makes of it.
pub fn knows(task: &Object) -> bool {
    let is_task = task.get("data").is_some_and(Value::is_object)
        && ["annotations", "predictions", "completions"].iter().any(|key| task.get(*key).is_some_and(Value::is_array));
    let is_short = task.contains_key("annotation_id") && task.contains_key("lead_time");
    is_task || is_short
}

/// Fields that the text may stand in, likeliest first; else it is the longest of all.
const TEXT_KEYS: [&str; 3] = ["text", "content", "body"];

fn document(task: &Object, stateless: State) -> Result<Drafted, String> {
    let short = Value::Object(task.clone());
    let data = task.get("data").unwrap_or(&short);
    let named = TEXT_KEYS.iter().find_map(|key| data.get(*key).and_then(Value::as_str));
    let longest = || data.as_object()?.values().filter_map(Value::as_str).max_by_key(|text| text.len());
    let words: Arc<str> = named.or_else(longest).ok_or("has no text in its \"data\"")?.into();
    let id = text(data.get("doc_id")).or_else(|| text(data.get("id"))).or_else(|| text(task.get("id")));
    let mut draft = Draft::new(id.as_deref(), &words, Unit::CodePoints);
    draft.article.meta.title = text(data.get("title"));

    let is_cancelled = |annotation: &&Value| annotation.get("was_cancelled").and_then(Value::as_bool) == Some(true);
    let all = list(task.get("annotations")).iter().chain(list(task.get("completions")));
    let annotations: Vec<&Value> = all.filter(|annotation| !is_cancelled(annotation)).collect();
    if annotations.len() > 1 {
        draft.note(format!("{} annotations stand side by side; the mentions of all are taken", annotations.len()));
    }
    for annotation in annotations {
        let by = annotation.get("completed_by").and_then(who);
        let at = text(annotation.get("updated_at").or(annotation.get("created_at"))).and_then(|at| at.parse().ok());
        let items = list(annotation.get("result"));
        for region in items.iter().filter_map(Region::of) {
            let note = region.note.clone();
            for mention in region.add(&mut draft, stateless, &Origin::Import(TOOL.into())) {
                mention.by = by.as_deref().map(Into::into);
                mention.at = at;
                mention.note = note.as_deref().map(Into::into);
            }
        }
        let relations = items.iter().filter(|item| item.get("type").and_then(Value::as_str) == Some("relation"));
        let extra = |relation: &Value| Extra { format: TOOL.to_owned(), key: "relation".to_owned(), value: relation.to_string() };
        draft.article.extras.extend(relations.map(extra));
    }
    // JSON_MIN has the regions under the name of the control.
    for region in list(task.get(CONTROL)).iter().filter_map(Region::of_value) {
        region.add(&mut draft, stateless, &Origin::Import(TOOL.into()));
    }
    for prediction in list(task.get("predictions")) {
        let model = text(prediction.get("model_version")).unwrap_or_else(|| TOOL.to_owned());
        for region in list(prediction.get("result")).iter().filter_map(Region::of) {
            let score = region.score;
            for mention in region.add(&mut draft, State::Suggested, &Origin::Model(model.as_str().into())) {
                mention.score = score.map(Score::from_ratio);
            }
        }
    }
    let drafted = draft.finish();
    Ok(match data.get(carried::KEY) {
        Some(packed) => carried::unpack(packed, drafted),
        None => drafted,
    })
}

const TOOL: &str = "labelstudio";

/// Who completed an annotation: an id, or what is known of them.
fn who(completed_by: &Value) -> Option<String> {
    text(completed_by.get("email").or(completed_by.get("username")).or(completed_by.get("id"))).or_else(|| text(Some(completed_by)))
}

/// A region of a result.
struct Region<'v> {
    start: Option<usize>,
    end: Option<usize>,
    quote: Option<&'v str>,
    labels: Vec<&'v str>,
    score: Option<f64>,
    note: Option<String>,
}

impl<'v> Region<'v> {
    /// From an item of a result; `None` where it is something else (a choice, a relation).
    fn of(item: &'v Value) -> Option<Self> {
        let note = list(item.pointer("/meta/text")).iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n");
        let note = Some(note).filter(|note| !note.is_empty());
        Some(Self { score: item.get("score").and_then(Value::as_f64), note, ..Self::of_value(item.get("value")?)? })
    }

    fn of_value(value: &'v Value) -> Option<Self> {
        let labels = ["labels", "hypertextlabels"].iter().find_map(|key| value.get(*key))?;
        // Pages are counted by their text in `globalOffsets`; their own numbers lie in elements.
        let place = value.get("globalOffsets").unwrap_or(value);
        Some(Self {
            start: whole(place.get("start")),
            end: whole(place.get("end")),
            quote: value.get("text").and_then(Value::as_str),
            labels: list(Some(labels)).iter().filter_map(Value::as_str).collect(),
            score: None,
            note: None,
        })
    }

    /// A mention for each of its labels.
    fn add<'d>(self, draft: &'d mut Draft<'_>, state: State, origin: &Origin) -> &'d mut [Mention] {
        let from = draft.article.mentions.len();
        match (self.start, self.end) {
            (Some(start), Some(end)) => {
                for label in &self.labels {
                    draft.add(Found { start, end, quote: self.quote, label, state, origin: origin.clone() });
                }
            }
            _ => draft.note("a region has no whole numbers for its place and is left out"),
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
    use super::super::handing::documents;
    use super::*;

    fn read_one(task: &str) -> Drafted {
        let mut found = Vec::new();
        documents(task, State::Confirmed, document, &mut |_, drafted| found.push(drafted.unwrap())).unwrap();
        found.remove(0)
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
