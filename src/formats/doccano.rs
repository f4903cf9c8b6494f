//! doccano's JSONL, in both its shapes: `label` as triples, and `entities` as objects with `relations`.
//!
//! doccano stores numbers unchecked and its page counts UTF-16 units, so that is what is written unless the other flavour is
//! chosen (https://github.com/doccano/doccano/issues/2290). No words stand beside the numbers; on import the unit is taken
//! under which they make the most sense. What doccano does not know it keeps as metadata and hands back.

use std::sync::Arc;

use serde_json::{Value, json};

use super::carried;
use super::draft::{Draft, Drafted, Found};
use super::format::{Container, Context, Format, ReadBack, Sheet, Write, Writer};
use super::handing::{begins_with, first_object, hand_objects};
use super::json::{Object, list, object, one_line, text, whole};
use super::loss::{Extent, Lost};
use super::placing::likeliest_unit;
use crate::annotation::{Article, Extra, Origin, State};
use crate::reading::Reader;
use crate::text::{Offsets, Unit};

pub static UTF16: Format = format(
    "doccano",
    "doccano",
    "doccano’s JSONL, as its page counts",
    Unit::Utf16,
    |article, context, sheet| write(Unit::Utf16, article, context, sheet),
    |sheet, _| read_back(Unit::Utf16, sheet),
);

pub static POINTS: Format = format(
    "doccano-points",
    "doccano, for Python",
    "the same in code points, as Python programs that read doccano’s files count",
    Unit::CodePoints,
    |article, context, sheet| write(Unit::CodePoints, article, context, sheet),
    |sheet, _| read_back(Unit::CodePoints, sheet),
);

const fn format(name: &'static str, title: &'static str, what: &'static str, unit: Unit, write: Write, read_back: ReadBack) -> Format {
    let container = Container::LINES;
    let writer = Writer::new(write, read_back, container);
    Format { name, title, what, extension: "jsonl", unit: Some(unit), reader: Some(&READER), writer: Some(writer) }
}

fn write(unit: Unit, article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let mut labels = Vec::with_capacity(article.mentions.len());
    let mut end = 0;
    for mention in article.mentions.iter().filter(|mention| !mention.is_rejected()) {
        let (from, to) = offsets.span_to(mention.span, unit);
        labels.push(json!([from, to, mention.label.as_str()]));
        if mention.span.start < end {
            let why = "overlaps another: doccano drops it on import unless the project allows overlapping spans";
            sheet.lost.push(Lost::of(article, mention, Extent::Part, why));
        }
        end = end.max(mention.span.end);
    }
    if article.text.is_empty() {
        let why = "doccano refuses a line without text, and takes the others".to_owned();
        sheet.lost.push(Lost::of_article("the article".to_owned(), why, Extent::Part));
    }
    let mut packed = carried::pack(article, context, sheet)?;
    packed[carried::UNIT] = name(unit).into();
    let line = json!({
        "id": article.id.as_str(),
        "text": &*article.text,
        "label": labels,
        carried::KEY: packed,
    });
    let page = sheet.page();
    page.extend(one_line(&line).as_bytes());
    page.push(b'\n');
    Ok(())
}

/// The units that lines may count in, the usual one first.
const UNITS: [Unit; 2] = [Unit::Utf16, Unit::CodePoints];

fn name(unit: Unit) -> &'static str {
    if unit == Unit::CodePoints { "code points" } else { "UTF-16" }
}

fn read_back(unit: Unit, sheet: &Sheet) -> Result<Article, String> {
    let line = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let object: Object = serde_json::from_str(line).map_err(|error| error.to_string())?;
    document(&object, Some(unit), State::Confirmed)?.untold()
}

/// Whether a line is of this format.
pub fn knows(line: &Object) -> bool {
    let is_triple =
        |value: &Value| value.as_array().is_some_and(|triple| triple.len() == 3 && triple[0].is_number() && triple[2].is_string());
    let labels = ["label", "labels"]
        .iter()
        .any(|key| line.get(*key).is_some_and(|labels| labels.is_array() && list(Some(labels)).iter().all(is_triple)));
    let entities = list(line.get("entities"));
    line.contains_key("text") && (labels || !entities.is_empty() && entities.iter().all(|entity| entity.get("start_offset").is_some()))
}

/// Our own keys and doccano's; what else stands in a line is metadata.
const KEYS: [&str; 9] = ["id", "text", "label", "labels", "entities", "relations", "annotations", "Comments", carried::KEY];

fn document(line: &Object, unit: Option<Unit>, stateless: State) -> Result<Drafted, String> {
    let words = line.get("text").or(line.get("data")).and_then(Value::as_str).ok_or("has no \"text\"")?;
    let words: Arc<str> = words.into();
    let labels = ["label", "labels"].iter().map(|key| list(line.get(*key))).find(|labels| !labels.is_empty()).unwrap_or_default();
    let triples = labels.iter().map(|triple| (whole(triple.get(0)), whole(triple.get(1)), triple.get(2).and_then(Value::as_str)));
    let entities = [list(line.get("entities")), list(line.get("annotations"))].concat();
    let objects = entities
        .iter()
        .map(|entity| (whole(entity.get("start_offset")), whole(entity.get("end_offset")), entity.get("label").and_then(Value::as_str)));
    let found: Vec<_> = triples.chain(objects).collect();
    let spans: Vec<(usize, usize)> = found.iter().filter_map(|(start, end, _)| Some(((*start)?, (*end)?))).collect();
    // Our own files say what they count; else, where both make sense, it is what doccano's page counts.
    let packed = line.get(carried::KEY);
    let named = packed.and_then(|packed| packed.get(carried::UNIT)).and_then(Value::as_str);
    let named = UNITS.into_iter().find(|unit| Some(name(*unit)) == named);
    let guessed = named.or_else(|| likeliest_unit(&words, &spans, &UNITS)).unwrap_or(Unit::Utf16);
    let mut draft = Draft::new(text(line.get("id")).as_deref(), &words, unit.unwrap_or(guessed));
    if unit.is_none() && guessed == Unit::CodePoints && packed.is_none() {
        draft.note("its offsets make sense as code points, not as UTF-16 units, and were taken so");
    }
    for (start, end, label) in found {
        let (Some(start), Some(end), Some(label)) = (start, end, label) else {
            draft.note("a label has no whole numbers for its place, or no name, and is left out");
            continue;
        };
        draft.add(Found { start, end, quote: None, label, state: stateless, origin: Origin::Import("doccano".into()) });
    }
    let of_other = line.iter().filter(|(key, _)| !KEYS.contains(&key.as_str()) || matches!(key.as_str(), "relations" | "Comments"));
    let extras = of_other.filter(|(_, value)| !matches!(value, Value::Array(list) if list.is_empty()));
    draft.article.extras.extend(extras.map(|(key, value)| Extra {
        format: "doccano".to_owned(),
        key: key.clone(),
        value: value.to_string(),
    }));
    let drafted = draft.finish();
    Ok(match packed {
        Some(packed) => carried::unpack(&packed.to_string(), drafted),
        None => drafted,
    })
}

static READER: Reader = Reader {
    name: "doccano",
    what: "doccano’s JSONL",
    endings: &[],
    knows: |head| first_object(head).map_or_else(|| begins_with(head, &["\"label\":[[", "\"label\": [["]), |line| knows(&line)),
    read: |input, how, sink| hand_objects(input, how, sink, "line", |line, stateless| document(&object(line)?, None, stateless)),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &[&str], told: &str) {
        let drafted = document(&serde_json::from_str(line).unwrap(), None, State::Confirmed).unwrap();
        let article = &drafted.article;
        let found: Vec<_> = article.mentions.iter().map(|mention| format!("{} {}", mention.label, article.quote(mention.span))).collect();
        assert_eq!(found, expect);
        assert!(
            if told.is_empty() { drafted.notes.is_empty() } else { drafted.notes.iter().any(|note| note.to_string().contains(told)) },
            "{:?}",
            drafted.notes
        );
    }

    /// doccano 1.8.4: both shapes of an export; either unit.
    #[test]
    fn both_shapes_and_both_units_are_read() {
        check(r#"{"id":3,"text":"Ann met Bo","label":[[0,3,"PER"],[8,10,"PER"]],"Comments":[]}"#, &["PER Ann", "PER Bo"], "");
        let relations = r#""relations":[{"id":1,"from_id":7,"to_id":8,"type":"met"}]"#;
        let entities =
            r#"[{"id":7,"label":"PER","start_offset":0,"end_offset":3},{"id":8,"label":"PER","start_offset":8,"end_offset":10}]"#;
        check(&format!(r#"{{"text":"Ann met Bo","entities":{entities},{relations}}}"#), &["PER Ann", "PER Bo"], "");
        check(r#"{"text":"😀 Ann met Bo","label":[[3,6,"PER"]]}"#, &["PER Ann"], "");
        check(r#"{"text":"😀 Ann met Bo","label":[[2,5,"PER"]]}"#, &["PER Ann"], "make sense as code points");
        check(r#"{"text":"Ann","label":[[0,9,"PER"],["x",1,"PER"],[0,3,"Full Name"]]}"#, &["Full_Name Ann"], "does not lie in the text");
    }
}
