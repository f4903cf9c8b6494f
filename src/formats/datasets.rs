//! Rows of tokens and tags for Hugging Face `datasets`: one article a line, tags in IOB2 as words.
//!
//! `load_dataset("json")` keeps no names of classes, so tags are texts and not numbers. Every row has the same columns with values
//! of one kind; what a trainer has no column for is JSON in a text, for a column of structures is of another kind where it is
//! empty. The text stands beside the tokens, so that they can be found in it again.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::carried;
use super::conll::{Tags, join, read_tags, tagged};
use super::draft::{Draft, Drafted, Found};
use super::format::{Container, Context, Format, Sheet, Writer};
use super::handing::{first_object, hand_objects};
use super::json::{Object, list, object, one_line, text};
use super::jsonl::Line;
use super::loss::{Extent, Lost};
use super::snapping::snap;
use crate::annotation::{Article, Extra, Origin, State};
use crate::reading::Reader;
use crate::text::Unit;

pub static FORMAT: Format = Format {
    name: "datasets",
    title: "Hugging Face datasets (tokens)",
    what: "rows of tokens and tags as JSON, for datasets and transformers",
    extension: "jsonl",
    unit: None,
    reader: Some(&READER),
    writer: Some(Writer::new(write, read_back, Container::LINES)),
};

const TOOL: &str = "datasets";

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let living = article.mentions.iter().filter(|mention| !mention.is_rejected()).cloned().collect();
    let (mentions, behind) = context.policy().flatten(living);
    for (mention, other) in behind {
        sheet.lost.push(Lost::behind(article, &mention, &other, context.policy().why()));
    }
    let (tokens, tags) = tagged(Tags::Iob2, &Article { mentions, ..article.clone() }, sheet);
    // What has no tags cannot come back, and would only be taken for the one that has them.
    let lost: BTreeSet<_> = sheet.lost.iter().filter(|lost| lost.extent == Extent::Whole).filter_map(|lost| lost.mention).collect();
    let mut standing = article.clone();
    standing.mentions.retain(|mention| !lost.contains(&mention.id));
    let row = json!({
        "id": article.id.as_str(),
        "tokens": tokens.iter().map(|token| article.quote(*token)).collect::<Vec<_>>(),
        "ner_tags": tags,
        "text": &*article.text,
        carried::KEY: carried::pack(&standing, context, sheet)?.to_string(),
    });
    let page = sheet.page();
    page.extend(one_line(&row).as_bytes());
    page.push(b'\n');
    Ok(())
}

fn read_back(sheet: &Sheet, _: &Article) -> Result<Article, String> {
    let row = serde_json::from_slice(sheet.bytes()).map_err(|error| error.to_string())?;
    document(&row, State::Confirmed)?.untold()
}

const TOKENS: [&str; 2] = ["tokens", "words"];
const TAGS: [&str; 5] = ["ner_tags", "tags", "labels", "ner", "ner_labels"];

fn first<'r>(row: &'r Object, keys: &[&str]) -> Option<&'r [Value]> {
    keys.iter().find_map(|key| row.get(*key)).filter(|value| value.is_array()).map(|value| list(Some(value)))
}

/// Whether a line is a row of tokens with as many tags.
fn knows(row: &Object) -> bool {
    let (Some(tokens), Some(tags)) = (first(row, &TOKENS), first(row, &TAGS)) else { return false };
    tokens.len() == tags.len() && tokens.iter().all(Value::is_string)
}

static READER: Reader = Reader {
    name: "datasets",
    what: "rows of tokens and tags",
    endings: &[],
    knows: |head| first_object(head).is_some_and(|row| knows(&row)),
    read: |input, how, sink| hand_objects(input, how, sink, "row", |row, stateless| document(&object(row)?, stateless)),
};

fn document(row: &Object, stateless: State) -> Result<Drafted, String> {
    let (Some(tokens), Some(tags)) = (first(row, &TOKENS), first(row, &TAGS)) else {
        return Err("is no row of tokens and tags".to_owned());
    };
    let tokens: Option<Vec<&str>> = tokens.iter().map(Value::as_str).collect();
    let tokens = tokens.ok_or("has a token that is no text")?;
    if tags.iter().any(Value::is_number) {
        return Err(
            "has numbers for tags, whose names are not in the file; write it with their names (`int2str` of the feature)".to_owned()
        );
    }
    let untold = tags.iter().filter(|tag| !tag.is_string()).count();
    let tags: Vec<&str> = tags.iter().map(|tag| tag.as_str().unwrap_or("O")).collect();
    if tags.len() != tokens.len() {
        return Err(format!("has {} tokens and {} tags", tokens.len(), tags.len()));
    }
    let given = row.get("text").and_then(Value::as_str);
    let found = given.and_then(|words| Some((words.to_owned(), find(words, &tokens)?)));
    let is_rebuilt = found.is_none();
    let (words, places) = found.unwrap_or_else(|| join(&tokens, |_| None));
    let shared: Arc<str> = words.into();
    let mut draft = Draft::new(text(row.get("id")).as_deref(), &shared, Unit::Bytes);
    if given.is_some() && is_rebuilt {
        draft.note("its tokens do not stand in its text, which was made anew of them");
    }
    if untold > 0 {
        draft.note(format!("tags that are no text, and are taken for O: {untold}"));
    }
    for run in read_tags(tags.iter().copied()) {
        let (Some((start, _)), Some((_, end))) = (places.get(run.start), run.end.checked_sub(1).and_then(|last| places.get(last))) else {
            continue;
        };
        let origin = Origin::Import(TOOL.into());
        draft.add(Found { start: *start, end: *end, quote: None, label: run.label.as_str(), state: stateless, origin });
    }
    let is_read = |key: &str| ["id", "text", carried::KEY].contains(&key) || TOKENS.contains(&key) || TAGS.contains(&key);
    let others = row.iter().filter(|(key, _)| !is_read(key));
    draft.article.extras.extend(others.map(|(key, value)| Extra { format: TOOL.to_owned(), key: key.clone(), value: value.to_string() }));
    let mut drafted = draft.finish();
    let packed = row.get(carried::KEY).and_then(Value::as_str).and_then(|json| Line::of(json).ok());
    Ok(match packed {
        Some(packed) => {
            snap(&packed, &mut drafted.article);
            carried::unpack_line(Some(packed), drafted)
        }
        None => drafted,
    })
}

/// Where the tokens stand in a text, one behind the other.
fn find(words: &str, tokens: &[&str]) -> Option<Vec<(usize, usize)>> {
    let mut at = 0;
    let place = |token: &&str| {
        let start = at + words.get(at..)?.find(*token)?;
        at = start + token.len();
        Some((start, at))
    };
    tokens.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{ArticleId, Label, Mention, MentionId};
    use crate::dsl;
    use crate::formats::options::{Options, StateFilter};
    use crate::formats::overlaps::Policy;
    use crate::text::Span;

    /// datasets 5.2.0, `load_dataset("json")`: columns of one kind, also where an article is empty.
    #[test]
    fn every_row_has_the_same_columns() {
        let row = |marked: &str| -> Value {
            let rendered = FORMAT.render(&dsl::article("a", marked), &Options { state: StateFilter::All, ..Options::default() }).unwrap();
            serde_json::from_slice(rendered.sheet.bytes()).unwrap()
        };
        // Rejected mentions have no tags, and stand behind nobody.
        let full = row("[NORP~ [ORG! Bank of [GPE? Spain]]]\u{2028}met 😀[GPE? Oslo]x");
        assert_eq!(full["ner_tags"], json!(["B-ORG", "I-ORG", "I-ORG", "O", "O", "B-GPE", "O"]));
        let empty = row("");
        let keys = |row: &Value| {
            row.as_object().unwrap().iter().map(|(key, value)| (key.clone(), std::mem::discriminant(value))).collect::<Vec<_>>()
        };
        assert_eq!(keys(&full), keys(&empty));
    }

    /// Of mentions that only a control character tells apart, the one that has tags comes back, whoever wins.
    #[test]
    fn what_lost_its_tags_does_not_take_the_place_of_what_has_them() {
        let mention = |start: usize, end: usize| {
            let (span, label) = (Span::new(start, end), Label::new("PERSON"));
            Mention::suggested(MentionId::of(&ArticleId::new("a"), span, &label), span, label, Origin::Analyst)
        };
        for spans in [&[(0, 4), (3, 5), (4, 5)][..], &[(0, 4), (3, 5)], &[(2, 3), (3, 5), (4, 5)], &[(4, 5), (5, 7), (5, 6)]] {
            let mut article = Article::new(ArticleId::new("a"), "Ann\u{1}x\u{1}\u{1}y");
            article.mentions =
                spans.iter().map(|&(start, end)| mention(start, end)).filter(|one| one.span.of(&article.text).is_some()).collect();
            article.mentions.sort_by(Mention::reading_order);
            for policy in [Policy::Longest, Policy::Outermost] {
                let options = Options { state: StateFilter::All, overlaps: policy, ..Options::default() };
                let rendered = FORMAT.render(&article, &options).map_err(|unequal| unequal.to_string());
                assert!(rendered.is_ok(), "{spans:?}: {:?}", rendered.err());
            }
        }
    }

    #[test]
    fn rows_of_others_are_read() {
        let read = |json: &str| document(&serde_json::from_str(json).unwrap(), State::Confirmed);
        let plain =
            read(r#"{"id":"7","tokens":["Ann","Lee","(","42",")","left","."],"ner_tags":["B-PER","I-PER","O","O","O","O","O"],"pos":[1]}"#)
                .unwrap();
        assert_eq!((&*plain.article.text, plain.shown()), ("Ann Lee (42) left.", vec!["confirmed PER Ann Lee".to_owned()]));
        assert_eq!(plain.article.extras[0].key, "pos");
        let kin = read(r#"{"words":["U.N.","met"],"labels":["S-ORG","O"],"text":"U.N.\nmet"}"#).unwrap();
        assert_eq!((&*kin.article.text, kin.shown()), ("U.N.\nmet", vec!["confirmed ORG U.N.".to_owned()]));
        assert!(read(r#"{"tokens":["x"],"ner_tags":["B-PER"],"text":"y"}"#).unwrap().notes[0].to_string().contains("made anew"));
        let untold = read(r#"{"tokens":["x","y"],"ner_tags":["B-ORG",null]}"#).unwrap();
        assert!(untold.notes[0].to_string().contains("taken for O: 1") && untold.shown() == ["confirmed ORG x"], "{:?}", untold.notes);
        assert!(read(r#"{"tokens":["x"],"ner_tags":[1]}"#).unwrap_err().contains("numbers for tags"));
        assert!(read(r#"{"tokens":["x","y"],"ner_tags":["O"]}"#).unwrap_err().contains("2 tokens and 1 tags"));
    }
}
