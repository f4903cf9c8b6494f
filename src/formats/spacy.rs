//! spaCy's rows for training as JSONL: `["text", {"entities": [[start, end, "LABEL"]]}]`, offsets in code points.
//!
//! `entities` may not overlap (E1010), and nothing else has a place in a row: `Example.from_dict` refuses keys that it does
//! not know (E974), and a span under `spans` that does not lie on spaCy's own tokens ends it (E855), while among the entities
//! it is only left out. The converter to DocBin lies beside the file; `docbin`, which has room for all, writes that itself.

use std::sync::Arc;

use serde_json::{Value, json};

use super::draft::{Draft, Drafted, Found};
use super::format::{Beside, Container, Context, Format, Sheet, Writer};
use super::handing::{Hands, hand_lines, is_utf8, words};
use super::json::{list, one_line, whole};
use super::loss::{Extent, Lost};
use crate::annotation::{Article, Origin, State};
use crate::reading::{How, Input, Reader, Sink, Trouble};
use crate::text::{Offsets, Span, Unit};

pub static FORMAT: Format = Format {
    name: "spacy",
    title: "spaCy training rows",
    what: "a row a line for spaCy, with a script beside it that makes DocBin of them",
    extension: "jsonl",
    unit: Some(Unit::CodePoints),
    reader: Some(&READER),
    writer: Some(Writer {
        keeps: &[],
        is_flat: true,
        beside: Some(|_| vec![Beside { ending: "to-docbin.py", bytes: CONVERTER.as_bytes().to_vec() }]),
        ..Writer::new(write, read_back, Container::LINES)
    }),
};

const CONVERTER: &str = r#"# usage: python THIS.py rows.jsonl out.spacy [language]
import json
import sys

import spacy
from spacy.tokens import DocBin
from spacy.training import Example

nlp = spacy.blank(sys.argv[3] if len(sys.argv) > 3 else "en")
docs = DocBin()
for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
    text, annotations = json.loads(line)
    docs.add(Example.from_dict(nlp.make_doc(text), annotations).reference)
docs.to_disk(sys.argv[2])
"#;

fn write(article: &Article, _: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let mut triples = Vec::with_capacity(article.mentions.len());
    for mention in &article.mentions {
        let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
        triples.push(json!([start, end, mention.label.as_str()]));
        if cuts_word(&article.text, mention.span) {
            let why = "begins or ends inside a word, where spaCy’s tokens may not part; spaCy leaves such spans out of training (W030)";
            sheet.lost.push(Lost::of(article, mention, Extent::Part, why));
        }
    }
    let page = sheet.page();
    page.extend(one_line(&json!([&*article.text, {"entities": triples}])).as_bytes());
    page.push(b'\n');
    Ok(())
}

fn cuts_word(text: &str, span: Span) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let cuts = |at: u32| {
        let (before, after) = text.split_at(at as usize);
        is_word(before.chars().next_back()) && is_word(after.chars().next())
    };
    cuts(span.start) || cuts(span.end)
}

fn read_back(sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let line = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let back = row(line, State::Confirmed)?.untold()?;
    Ok(Article { id: article.id.clone(), ..back })
}

/// Whether a file is of this format, by its first line.
pub fn knows(head: &str) -> bool {
    let line = head.lines().next().unwrap_or_default();
    line.starts_with("[\"") && line.contains("\"entities\"")
}

/// Hands out the article of each line.
pub fn read(text: &str, stateless: State, each: &mut dyn FnMut(u32, Result<Drafted, String>)) {
    let lines = (1..).zip(text.trim_start_matches('\u{FEFF}').split('\n'));
    lines.filter(|(_, line)| !line.trim().is_empty()).for_each(|(number, line)| each(number, row(line, stateless)));
}

fn row(line: &str, stateless: State) -> Result<Drafted, String> {
    let row: Value = serde_json::from_str(line).map_err(|error| format!("is no valid JSON (column {})", error.column()))?;
    let (Some(words), Some(annotations)) = (row.get(0).and_then(Value::as_str), row.get(1)) else {
        return Err("is no row of spaCy: [\"text\", {\"entities\": [[start, end, \"LABEL\"]]}]".to_owned());
    };
    let words: Arc<str> = words.into();
    let mut draft = Draft::new(None, &words, Unit::CodePoints);
    // The entities alone stand there in rows of an older form.
    let entities = list(annotations.get("entities").or(Some(annotations)));
    let spans = annotations.get("spans").and_then(Value::as_object).into_iter().flatten().flat_map(|(_, group)| list(Some(group)));
    let mut seen = std::collections::BTreeSet::new();
    for triple in entities.iter().chain(spans) {
        let (Some(start), Some(end), Some(label)) = (whole(triple.get(0)), whole(triple.get(1)), triple.get(2).and_then(Value::as_str))
        else {
            draft.note("an entity is not [start, end, \"LABEL\"] and is left out");
            continue;
        };
        // What stands among the entities stands among the spans too.
        if seen.insert((start, end, label)) {
            draft.add(Found { start, end, quote: None, label, state: stateless, origin: Origin::Import("spacy".into()) });
        }
    }
    Ok(draft.finish())
}

static READER: Reader = Reader { name: "spacy", what: "rows of spaCy", endings: &[], knows: |head| knows(&head.text), read: read_file };

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    if how.encoding.is_none() && is_utf8(&input.head()) {
        return hand_lines(input, how, sink, "line", |line| row(line, how.stateless));
    }
    let path = input.path;
    let (text, encoding) = words(input, how)?;
    let mut hands = Hands::new(sink, path, encoding, "line");
    read(&text, how.stateless, &mut |number, drafted| hands.take(number, drafted));
    hands.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};

    #[test]
    fn a_row_holds_what_lies_side_by_side_and_tells_what_spacy_would_not_take() {
        let article = dsl::article("a", "😀 [ORG! Bank of [GPE! Spain]] met \u{2028}[PERSON! Ann]a");
        let rendered = FORMAT.render(&article, &Options { state: StateFilter::All, ..Options::default() }).unwrap();
        let line = String::from_utf8(rendered.sheet.bytes().to_vec()).unwrap();
        assert!(line.ends_with("{\"entities\":[[2,15,\"ORG\"],[21,24,\"PERSON\"]]}]\n"), "{line}");
        assert!(line.contains("\\u2028") && line.lines().count() == 1, "{line}");
        assert!(rendered.report.losses.iter().any(|loss| loss.what.contains("Ann") && loss.why.contains("W030")));
        assert!(knows(&line) && !knows("[1, 2]") && !knows("{\"entities\": []}"));
    }

    #[test]
    fn older_rows_and_bad_ones_are_told_apart() {
        let found = |line: &str| row(line, State::Confirmed).map(|drafted| (drafted.article.mentions.len(), drafted.notes.len()));
        assert_eq!(found(r#"["Ann met Bo", {"entities": [[0, 3, "PER"], [8, 10, "PER"]]}]"#), Ok((2, 0)));
        assert_eq!(found(r#"["Ann met Bo", [[0, 3, "PER"]]]"#), Ok((1, 0)));
        assert_eq!(found(r#"["Ann met Bo", {"entities": [[0, 3, "PER"]], "spans": {"sc": [[0, 3, "PER"], [4, 10, "X"]]}}]"#), Ok((2, 0)));
        assert_eq!(found(r#"["Ann met Bo", {"entities": [[0, 99, "PER"], ["x"]]}]"#), Ok((0, 2)));
        assert!(found(r#"["Ann"]"#).is_err() && found("[").is_err());
    }
}
