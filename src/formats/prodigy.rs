//! Prodigy's JSONL: one task a line, offsets in code points, with the answer that was given on the task as a whole.
//!
//! No tokens stand beside the spans: where they are not spaCy's own, Prodigy marks other words. Hashes are left out too, which
//! `db-in` makes; tasks with the same `_input_hash` would be merged in training. A task is one answer on all of its spans, so
//! an article whose mentions are all settled is accepted, one that was set aside is ignored, and any other has no answer yet.

use std::sync::Arc;

use serde_json::{Value, json};

use super::carried;
use super::draft::{Draft, Drafted, Found};
use super::format::{Container, Context, Format, Sheet, Writer};
use super::handing::{begins_with, first_object, hand_objects};
use super::json::{Object, list, object, one_line, text, whole};
use crate::annotation::{Article, Extra, Mention, Origin, Progress, Score, State};
use crate::reading::Reader;
use crate::text::{Offsets, Unit};

pub static FORMAT: Format = Format {
    name: "prodigy",
    title: "Prodigy",
    what: "Prodigy’s JSONL of tasks with spans and answers",
    extension: "jsonl",
    unit: Some(Unit::CodePoints),
    reader: Some(&READER),
    writer: Some(Writer::new(write, read_back, Container::LINES)),
};

const TOOL: &str = "prodigy";

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let span = |mention: &Mention| {
        let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
        json!({"start": start, "end": end, "label": mention.label.as_str(), "text": article.quote(mention.span),
            "source": mention.origin.to_string(), "score": mention.score.map_or(0.0, Score::ratio)})
    };
    let mut task = json!({
        "text": &*article.text,
        "meta": {"id": article.id.as_str(), "title": article.title()},
        "spans": article.mentions.iter().filter(|mention| !mention.is_rejected()).map(span).collect::<Vec<_>>(),
        "_view_id": if overlap(&article.mentions) { "spans_manual" } else { "ner_manual" },
        carried::KEY: carried::pack(article, context, sheet)?,
    });
    if let (Some(task), Some(answer)) = (task.as_object_mut(), answer(article)) {
        task.insert("answer".to_owned(), answer.into());
    }
    let page = sheet.page();
    page.extend(one_line(&task).as_bytes());
    page.push(b'\n');
    Ok(())
}

/// In the view for names no two spans may overlap.
fn overlap(mentions: &[Mention]) -> bool {
    let mut end = 0;
    mentions.iter().filter(|mention| !mention.is_rejected()).any(|mention| {
        let overlaps = mention.span.start < end;
        end = end.max(mention.span.end);
        overlaps
    })
}

fn answer(article: &Article) -> Option<&'static str> {
    match article.desk.progress {
        Progress::SetAside => Some("ignore"),
        _ if article.mentions.iter().any(Mention::is_suggested) => None,
        _ => Some("accept"),
    }
}

fn read_back(sheet: &Sheet, _: &Article) -> Result<Article, String> {
    let task = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
    document(&task, State::Confirmed)?.untold()
}

/// Whether a line is a task of Prodigy's; its own keys begin with a line below.
fn knows(task: &Object) -> bool {
    let is_own = ["_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id"].iter().any(|key| task.contains_key(*key));
    task.contains_key("text") && (is_own || task.contains_key("spans") && (task.contains_key("answer") || task.contains_key("tokens")))
}

static READER: Reader = Reader {
    name: "prodigy",
    what: "tasks of Prodigy",
    endings: &[],
    knows: |head| first_object(head).map_or_else(|| begins_with(head, &["\"_input_hash\"", "\"_view_id\""]), |task| knows(&task)),
    read: |input, how, sink| hand_objects(input, how, sink, "task", |task, stateless| document(&object(task)?, stateless)),
};

/// Keys that are read, or that Prodigy makes anew.
const KEYS: [&str; 6] = ["text", "meta", "spans", "tokens", "answer", carried::KEY];

fn document(task: &Object, stateless: State) -> Result<Drafted, String> {
    let words: Arc<str> = task.get("text").and_then(Value::as_str).ok_or("has no \"text\"")?.into();
    let meta = task.get("meta");
    let id = ["id", "doc_id"].iter().find_map(|key| text(meta.and_then(|meta| meta.get(*key))));
    let mut draft = Draft::new(id.as_deref(), &words, Unit::CodePoints);
    draft.article.meta.title = text(meta.and_then(|meta| meta.get("title")));
    let answer = task.get("answer").and_then(Value::as_str);
    let state = match answer {
        Some("accept") => State::Confirmed,
        Some("reject") => State::Rejected,
        // What nobody wanted to decide on is still to be decided.
        Some("ignore") => State::Suggested,
        _ => stateless,
    };
    if answer == Some("ignore") {
        draft.article.desk.progress = Progress::SetAside;
    }
    let by = text(task.get("_annotator_id").or(task.get("_session_id")));
    let at = whole(task.get("_timestamp")).and_then(|at| i64::try_from(at).ok()).map(crate::annotation::Time);
    for span in list(task.get("spans")) {
        let place = (whole(span.get("start")), whole(span.get("end")), span.get("label").and_then(Value::as_str));
        let (Some(start), Some(end), Some(label)) = place else {
            draft.note("a span has no whole numbers for its place, or no label, and is left out");
            continue;
        };
        let state = match span.get("answer").and_then(Value::as_str) {
            Some("reject") => State::Rejected,
            Some("accept") => State::Confirmed,
            _ => state,
        };
        let origin = Origin::Import(text(span.get("source")).unwrap_or_else(|| TOOL.to_owned()).as_str().into());
        let quote = span.get("text").and_then(Value::as_str);
        if let Some(mention) = draft.add(Found { start, end, quote, label, state, origin }) {
            mention.score = span.get("score").and_then(Value::as_f64).filter(|score| *score != 0.0).map(Score::from_ratio);
            if mention.is_settled() {
                mention.by = by.as_deref().map(Into::into);
                mention.at = at;
            }
        }
    }
    let extra = |key: &str, value: &Value| Extra { format: TOOL.to_owned(), key: key.to_owned(), value: value.to_string() };
    let of_other = task.iter().filter(|(key, _)| !KEYS.contains(&key.as_str()) && !key.starts_with('_'));
    draft.article.extras.extend(of_other.map(|(key, value)| extra(key, value)));
    let of_meta = meta.and_then(Value::as_object).into_iter().flatten();
    let of_meta = of_meta.filter(|(key, _)| !matches!(key.as_str(), "id" | "doc_id" | "title"));
    draft.article.extras.extend(of_meta.map(|(key, value)| extra(&format!("meta.{key}"), value)));
    let mut drafted = draft.finish();
    if let Some(packed) = task.get(carried::KEY) {
        let answered: Vec<_> = drafted.article.mentions.iter().map(|one| (one.span, one.label.clone(), one.state, one.how)).collect();
        drafted = carried::unpack(&packed.to_string(), drafted);
        // An answer that was given in Prodigy decides on what was open.
        if answer.is_some() {
            for mention in drafted.article.mentions.iter_mut().filter(|mention| mention.is_suggested()) {
                let said = answered.iter().find(|(span, label, ..)| (*span, label) == (mention.span, &mention.label));
                if let Some((_, _, state, how)) = said {
                    (mention.state, mention.how) = (*state, *how);
                }
            }
        }
    }
    Ok(drafted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};

    fn task(line: &str) -> Object {
        serde_json::from_str(line).unwrap()
    }

    /// What Prodigy's `db-out` writes (support.prodi.gy, 6109): `token_end` is inclusive and not what the characters say.
    const OUT: &str = r#"{"text":"😀 Ann Lee met Bo","meta":{"id":"n-7","pattern":"3"},"_input_hash":5,"_task_hash":6,"tokens":[{"text":"😀","start":0,"end":1,"id":0,"ws":true}],
        "spans":[{"start":2,"end":9,"token_start":1,"token_end":2,"label":"PER","source":"en_core","score":0.25},{"start":14,"end":16,"token_start":4,"token_end":4,"label":"PER","answer":"reject"}],
        "answer":"accept","_session_id":"desk-ann","_timestamp":1700000000,"flagged":true}"#;

    #[test]
    fn answers_become_states() {
        let read = |answer: &str| document(&task(&OUT.replace(r#""answer":"accept""#, answer)), State::Suggested).unwrap();
        let accepted = read(r#""answer":"accept""#);
        assert_eq!(accepted.shown(), ["confirmed PER Ann Lee", "rejected PER Bo"]);
        let ann = &accepted.article.mentions[0];
        assert_eq!(
            (ann.by.as_deref(), ann.at.map(|at| at.0), ann.score.map(Score::thousandths)),
            (Some("desk-ann"), Some(1_700_000_000), Some(250))
        );
        assert_eq!((ann.origin.to_string().as_str(), accepted.article.id.as_str()), ("import:en_core", "n-7"));
        assert_eq!(read(r#""answer":"reject""#).shown(), ["rejected PER Ann Lee", "rejected PER Bo"]);
        let ignored = read(r#""answer":"ignore""#);
        assert_eq!(
            (ignored.shown(), ignored.article.desk.progress),
            (vec!["suggested PER Ann Lee".to_owned(), "rejected PER Bo".to_owned()], Progress::SetAside)
        );
        assert_eq!(read(r#""x":1"#).shown()[0], "suggested PER Ann Lee");
        assert_eq!(accepted.article.extras.iter().map(|extra| extra.key.as_str()).collect::<Vec<_>>(), ["flagged", "meta.pattern"]);
        assert!(knows(&task(OUT)) && !knows(&task(r#"{"text":"x","entities":[]}"#)));
    }

    #[test]
    fn a_task_is_answered_where_nothing_is_open() {
        let line = |marked: &str, change: fn(&mut Article)| {
            let mut article = dsl::article("a", marked);
            change(&mut article);
            let rendered = FORMAT.render(&article, &Options { state: StateFilter::All, ..Options::default() }).unwrap();
            String::from_utf8(rendered.sheet.bytes().to_vec()).unwrap()
        };
        let open = line("[ORG! Bank of [GPE? Spain]]\u{2028}", |_| {});
        assert!(!open.contains("\"answer\"") && open.contains("spans_manual") && open.contains("\\u2028"), "{open}");
        let settled = line("[ORG! Bank] [GPE~ Spain]", |_| {});
        assert!(settled.contains(r#""answer":"accept""#) && settled.contains("ner_manual") && !settled.contains("\"tokens\""), "{settled}");
        assert!(!settled.contains(r#""label":"GPE","score""#), "rejected ones are no spans of Prodigy's: {settled}");
        let aside = line("[ORG? Bank]", |article| article.desk.progress = Progress::SetAside);
        assert!(aside.contains(r#""answer":"ignore""#), "{aside}");
        // Answered in Prodigy, and read again.
        let mut answered = task(&open);
        answered.insert("answer".to_owned(), "accept".into());
        assert_eq!(document(&answered, State::Suggested).unwrap().shown(), ["confirmed ORG Bank of Spain", "confirmed GPE Spain"]);
    }
}
