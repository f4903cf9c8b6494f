//! Annotations on a text become an article, in any of the forms in which they are handed around.

use std::sync::Arc;

use serde_json::Value;

use super::super::carried;
use super::super::draft::{Draft, Drafted, Found};
use super::super::format::Sheet;
use super::super::json::{text, whole};
use crate::annotation::{Article, EntityId, Origin, Score, State};
use crate::text::{Offsets, Span, Unit};

pub fn read_back(unit: Unit, sheet: &Sheet) -> Result<Article, String> {
    let [words, page] = &sheet.pages[..] else { return Err("there are not two pages".to_owned()) };
    let words = std::str::from_utf8(words).map_err(|error| error.to_string())?;
    let value: Value = serde_json::from_slice(page).map_err(|error| error.to_string())?;
    if unit_of(&value) != unit {
        return Err("the file does not say its unit".to_owned());
    }
    read(words, &value, State::Confirmed).untold()
}

fn unit_of(value: &Value) -> Unit {
    if value.get("unit").and_then(Value::as_str) == Some("UTF-16") { Unit::Utf16 } else { Unit::CodePoints }
}

/// The article of a text with the annotations on it.
pub fn read(words: &str, value: &Value, stateless: State) -> Drafted {
    let shared: Arc<str> = words.into();
    let unit = unit_of(value);
    let mut draft = Draft::new(None, &shared, unit);
    for item in items(value) {
        if let Err(why) = annotation(item, words, unit, stateless, &mut draft) {
            let name = text(item.get("id")).unwrap_or_default();
            draft.note(format!("the annotation {name:?} {why}; it is left out"));
        }
    }
    let drafted = draft.finish();
    match value.get(carried::KEY) {
        Some(packed) => carried::unpack(&packed.to_string(), drafted),
        None => drafted,
    }
}

/// The annotations of a collection, a page, a list, a graph, or one alone.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().flat_map(items).collect(),
        Value::Object(object) => {
            let inner = ["items", "@graph", "first"].iter().find_map(|key| object.get(*key).filter(|inner| !inner.is_string()));
            inner.map_or_else(|| vec![value], items)
        }
        _ => Vec::new(),
    }
}

/// What is one thing, or a list of such.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
    .iter()
}

fn annotation(item: &Value, words: &str, unit: Unit, stateless: State, draft: &mut Draft<'_>) -> Result<(), String> {
    let bodies: Vec<&Value> = each(item.get("body").or(item.get("bodyValue"))).collect();
    let purpose = |body: &Value| text(body.get("purpose")).or_else(|| text(item.get("motivation"))).unwrap_or_default();
    let value = |body: &Value| body.as_str().map(str::to_owned).or_else(|| text(body.get("value")));
    let tagging = |body: &&&Value| matches!(purpose(body).as_str(), "tagging" | "classifying");
    let label = bodies.iter().filter(tagging).find_map(|body| value(body)).ok_or("has no tag in its body")?;
    let identifies = |body: &&&Value| matches!(purpose(body).as_str(), "identifying" | "linking");
    let kb = bodies.iter().filter(identifies).find_map(|body| text(body.get("source").or(body.get("id"))));
    let note = bodies.iter().filter(|body| purpose(body) == "commenting").find_map(|body| value(body));

    let selectors: Vec<&Value> = each(item.get("target")).flat_map(|target| each(target.get("selector"))).collect();
    let of = |kind: &str| selectors.iter().copied().find(|selector| selector.get("type").and_then(Value::as_str) == Some(kind));
    let (position, quote) = (of("TextPositionSelector"), of("TextQuoteSelector"));
    let part = |key: &str| quote.and_then(|quote| quote.get(key)).and_then(Value::as_str).unwrap_or_default();
    let exact = quote.and_then(|quote| quote.get("exact")).and_then(Value::as_str);
    let stated = position.and_then(|position| Some((whole(position.get("start"))?, whole(position.get("end"))?)));
    let (start, end) = match (stated, exact) {
        (Some(stated), _) => stated,
        (None, Some(exact)) => offsets_of_quote(words, [part("prefix"), exact, part("suffix")], unit, draft.offsets())?,
        (None, None) => return Err("has neither a position nor a quote".to_owned()),
    };

    let said = item.get("state").and_then(Value::as_str).and_then(State::from_name);
    let machine = text(item.get("generator").and_then(|generator| generator.get("name").or(Some(generator))));
    let origin =
        machine.map_or(Origin::Import("webannotation".into()), |name| name.parse().unwrap_or(Origin::Import(name.as_str().into())));
    let by = item
        .get("creator")
        .and_then(|creator| text(creator.get("name")).or_else(|| text(creator.get("id"))).or_else(|| text(Some(creator))));
    let found = Found { start, end, quote: exact, label: &label, state: said.unwrap_or(stateless), origin };
    let Some(mention) = draft.add(found) else { return Ok(()) };
    mention.score = item.get("score").and_then(Value::as_f64).map(Score::from_ratio);
    mention.note = note.map(|note| note.as_str().into());
    if mention.is_settled() {
        mention.by = by.map(|by| by.as_str().into());
        mention.at = text(item.get("modified").or(item.get("created"))).and_then(|at| at.parse().ok());
    }
    if let Some(kb) = kb {
        let kb = kb.rsplit_once("wikidata.org/").and_then(|(_, path)| path.rsplit('/').next()).unwrap_or(&kb);
        let (id, label, name) = (EntityId::new(&kb.to_lowercase()), mention.label.clone(), exact.unwrap_or(kb).to_owned());
        mention.entity = Some(id.clone());
        draft.link(id, &label, &name, Some(kb));
    }
    Ok(())
}

/// Where a quote stands, by what is before and behind it.
fn offsets_of_quote(words: &str, [prefix, exact, suffix]: [&str; 3], unit: Unit, offsets: &Offsets<'_>) -> Result<(usize, usize), String> {
    let whole = [prefix, exact, suffix].concat();
    let mut places = memchr::memmem::find_iter(words.as_bytes(), whole.as_bytes());
    match (places.next(), places.next()) {
        (Some(at), None) => {
            let start = at + prefix.len();
            Ok(offsets.span_to(Span::new(start, start + exact.len()), unit))
        }
        (Some(_), Some(_)) => Err("has a quote that stands in several places, and no position".to_owned()),
        (None, _) => Err("has a quote that stands nowhere in the text".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{POINTS, UTF16};
    use super::*;
    use crate::dsl;
    use crate::formats::loss::Extent;
    use crate::formats::options::{Options, StateFilter};

    fn written(article: &Article, format: &crate::formats::Format) -> (Value, Vec<String>) {
        let rendered = format.render(article, &Options { state: StateFilter::All, ..Options::default() }).unwrap();
        let told = rendered.report.losses.iter().filter(|loss| loss.extent == Extent::Part).map(|loss| loss.why.clone()).collect();
        (serde_json::from_slice(&rendered.sheet.pages[1]).unwrap(), told)
    }

    /// REC-annotation-model-20170223, 4.2.4 (code points), and @recogito/text-annotator 4.1.1 (UTF-16, both selectors).
    #[test]
    fn each_flavour_counts_as_its_clients_do_and_quotes_are_sole() {
        let article = dsl::article("a b", "😀 [GPE! Paris] is not [GPE? Paris], [PERSON! Jose]\u{301} said");
        for (format, first) in [(&POINTS, 2), (&UTF16, 3)] {
            let (value, told) = written(&article, format);
            let items = value["first"]["items"].as_array().unwrap();
            let starts: Vec<_> = items.iter().map(|item| item["target"]["selector"][0]["start"].as_u64().unwrap()).collect();
            assert_eq!(starts, [first, first + 13, first + 20]);
            let quotes: Vec<_> = items
                .iter()
                .map(|item| {
                    let quote = &item["target"]["selector"][1];
                    ["prefix", "exact", "suffix"].map(|key| quote[key].as_str().unwrap()).concat()
                })
                .collect();
            assert!(quotes.iter().all(|quote| article.text.matches(quote.as_str()).count() == 1), "{quotes:?}");
            assert_eq!(value["first"]["items"][0]["target"]["source"], "urn:manicule:a%20b");
            assert!(told.len() == 1 && told[0].contains("one character"), "{told:?}");
        }
        let many = dsl::article("a", &"[GPE! Rio] ".repeat(900));
        assert!(written(&many, &POINTS).1[0].contains("only its offsets"));
    }

    #[test]
    fn annotations_of_others_are_read_in_every_form() {
        let one = |body: &str, target: &str| format!(r#"{{"type":"Annotation","motivation":"tagging","body":{body},"target":{target}}}"#);
        let position =
            r#"{"source":"x","selector":[{"type":"TextPositionSelector","start":3,"end":6},{"type":"TextQuoteSelector","exact":"Ann"}]}"#;
        let quote = r#"{"source":"x","selector":{"type":"TextQuoteSelector","exact":"Ann","prefix":"met ","suffix":""}}"#;
        let tag = r#"{"type":"TextualBody","purpose":"tagging","value":"PER"}"#;
        let link = r#"{"type":"SpecificResource","purpose":"identifying","source":"https://www.wikidata.org/wiki/Q7"}"#;
        let words = "😀 Ann met Ann";
        let check = |json: &str, expect: &[usize], told: &str| {
            let drafted = read(words, &serde_json::from_str(json).unwrap(), State::Suggested);
            let starts: Vec<_> = drafted.article.mentions.iter().map(|one| one.span.start as usize).collect();
            assert_eq!(starts, expect, "{json}: {:?}", drafted.notes);
            assert!(
                if told.is_empty() { drafted.notes.is_empty() } else { drafted.notes[0].to_string().contains(told) },
                "{:?}",
                drafted.notes
            );
            drafted
        };
        // Counted in UTF-16, as older Hypothesis does: the quote decides.
        let read_in = check(&format!("[{}]", one(&format!("[{tag},{link}]"), position)), &[5], "count UTF-16");
        assert_eq!((read_in.shown(), read_in.entities[0].kb.as_deref()), (vec!["suggested PER Ann".to_owned()], Some("Q7")));
        check(&one("\"PER\"", quote), &[13], "");
        check(&format!(r#"{{"type":"AnnotationPage","items":[{}]}}"#, one(tag, quote)), &[13], "");
        check(&format!(r#"{{"first":{{"items":[{}]}}}}"#, one(tag, &quote.replace("met ", ""))), &[], "in several places");
        check(&one(r#"{"type":"TextualBody","purpose":"commenting","value":"hm"}"#, quote), &[], "no tag");
        check(&one(tag, "\"x\""), &[], "neither");
    }
}
