//! The interchange JSONL: one article a line, offsets in Unicode code points, end exclusive.
//!
//! This half writes; reading is in [`read`]. Everything that a session knows of an article has a place here, so that
//! a line can carry it to another session. Keys of other programs travel along as [`Extra`]s, verbatim.

mod entity;
mod fields;
mod file;
mod given;
mod keys;
mod read;

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use serde_json::value::RawValue;

pub use file::{READER, parse_line};
pub use read::{Line, Parsed, ReadOptions, article, parse};

use super::format::{Container, Context, Format, Sheet, Writer};
use crate::annotation::{Article, Desk, Extra, Mention, Meta, Source, Time, ZoneKind};
use crate::text::{Offsets, Span, Unit, seam};
use keys::{ENTITY_KEYS, LINE_KEYS, META, META_KEYS, OWN};

pub static FORMAT: Format = Format {
    name: "jsonl",
    title: "JSON lines (Manicule, datasets)",
    what: "one article a line as JSON, with everything known of its mentions",
    extension: "jsonl",
    unit: Some(Unit::CodePoints),
    reader: Some(&READER),
    writer: Some(Writer::new(write, read_back, Container::LINES)),
};

fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let writer = LineWriter { article, offsets: &offsets, context };
    let page = sheet.page();
    let mut serializer = serde_json::Serializer::with_formatter(&mut *page, OneLine);
    writer.line().serialize(&mut serializer).map_err(|error| error.to_string())?;
    page.push(b'\n');
    Ok(())
}

/// The line of one article as a value.
///
/// # Errors
/// Where it cannot be said in JSON, which is a fault of the program.
pub fn line(article: &Article, context: &Context<'_>) -> Result<serde_json::Value, String> {
    let offsets = Offsets::new(&article.text);
    serde_json::to_value(LineWriter { article, offsets: &offsets, context }.line()).map_err(|error| error.to_string())
}

struct LineWriter<'a> {
    article: &'a Article,
    offsets: &'a Offsets<'a>,
    context: &'a Context<'a>,
}

impl<'a> LineWriter<'a> {
    fn line(&self) -> LineOut<'a> {
        let article = self.article;
        let own = own(&article.extras, |key| {
            // `file` is ours only where it is a source; who calls something else so gets it back.
            !key.starts_with(META) && (!LINE_KEYS.contains(&key) || key == "file" && article.source.is_none())
        });
        let entities = |rejected: bool| {
            let of_kind = article.mentions.iter().filter(move |mention| mention.is_rejected() == rejected);
            of_kind.map(|mention| self.entity(mention)).collect::<Vec<_>>()
        };
        LineOut {
            id: article.id.as_str(),
            text: &article.text,
            meta: self.meta(&article.meta),
            zones: self.zones(),
            entities: entities(false),
            rejected: self.context.lists_rejected.then(|| packed(&entities(true))),
            desk: desk(&article.desk),
            file: (!own.contains_key("file")).then(|| FileOut::of(article.source.as_ref())),
            extras: foreign(&article.extras),
            own,
        }
    }

    fn meta(&self, meta: &'a Meta) -> MetaOut<'a> {
        MetaOut {
            title: said(&meta.title),
            source: said(&meta.outlet),
            published: said(&meta.published),
            language: said(&meta.language),
            byline: said(&meta.byline),
            url: said(&meta.url),
            own: own(&self.article.extras, |key| key.strip_prefix(META).is_some_and(|key| !META_KEYS.contains(&key)))
                .into_iter()
                .map(|(key, value)| (&key[META.len()..], value))
                .collect(),
        }
    }

    /// Where there are none, the whole text as body: a list that is always empty has no kind.
    fn zones(&self) -> Vec<ZoneOut<'a>> {
        let zones = &self.article.zones;
        let all = (zones.is_empty() && !self.article.text.is_empty()).then(|| Span::new(0, self.article.text.len()));
        let body = all.map(|span| self.zone(span, ZoneKind::Body.as_str()));
        zones.iter().map(|zone| self.zone(zone.span, zone.kind.as_str())).chain(body).collect()
    }

    fn zone(&self, span: Span, kind: &'a str) -> ZoneOut<'a> {
        let (start, end) = self.offsets.span_to(span, Unit::CodePoints);
        ZoneOut { start, end, kind }
    }

    fn entity(&self, mention: &'a Mention) -> EntityOut<'a> {
        let (start, end) = self.offsets.span_to(mention.span, Unit::CodePoints);
        let linked = self.context.entity(mention);
        let first = mention.first.as_ref().map_or(FirstOut { start, end, label: mention.label.as_str() }, |first| {
            let (start, end) = self.offsets.span_to(first.span, Unit::CodePoints);
            FirstOut { start, end, label: first.label.as_str() }
        });
        EntityOut {
            start,
            end,
            label: mention.label.as_str(),
            text: self.article.quote(mention.span),
            state: mention.state.as_str(),
            how: mention.how.map_or("", |how| how.as_str()),
            score: mention.score.map_or(0.0, |score| score.ratio()),
            origin: mention.origin.to_string(),
            entity: mention.entity.as_ref().map_or("", |id| id.as_str()),
            entity_name: linked.map_or("", |entity| entity.name.as_str()),
            kb: linked.map_or("", |entity| said(&entity.kb)),
            plain: seam::one_line(self.article.quote(mention.span)),
            value: said(&mention.value),
            note: said(&mention.note),
            by: said(&mention.by),
            at: mention.at.map(moment).unwrap_or_default(),
            first,
            reason: self.context.reason.filter(|_| mention.origin.is_machine()).map(|reason| reason(&mention.origin)).unwrap_or_default(),
            extras: foreign(&mention.extras),
            own: own(&mention.extras, |key| !ENTITY_KEYS.contains(&key)),
        }
    }
}

/// A list that most articles have nothing in, as JSON in a text: of an empty list nobody can tell the kind, so that a loader
/// that has taken its columns from the lines before refuses the first that is not.
fn packed<T: Serialize>(items: &[T]) -> String {
    if items.is_empty() { String::new() } else { serde_json::to_string(items).unwrap_or_default() }
}

/// A point in time with thousandths, as JavaScript writes it: without them pyarrow makes timestamps of a column where every
/// mention was settled, and text of one where some are not.
fn moment(time: Time) -> String {
    time.to_string().replace('Z', ".000Z")
}

/// What is absent is empty.
fn said<T: AsRef<str>>(value: &Option<T>) -> &str {
    value.as_ref().map_or("", AsRef::as_ref)
}

/// Every line has the same keys with values of the same kinds, and what is absent is empty: tools that infer a table's columns
/// from the first lines, or from the first of several files, drop or refuse what they meet later. Only `rejected` depends on
/// what was asked for.
#[derive(Serialize)]
struct LineOut<'a> {
    id: &'a str,
    text: &'a str,
    meta: MetaOut<'a>,
    zones: Vec<ZoneOut<'a>>,
    entities: Vec<EntityOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejected: Option<String>,
    desk: DeskOut<'a>,
    /// Left out where another program's key of that name stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<FileOut<'a>>,
    extras: String,
    #[serde(flatten)]
    own: BTreeMap<&'a str, Box<RawValue>>,
}

#[derive(Serialize)]
struct MetaOut<'a> {
    title: &'a str,
    source: &'a str,
    published: &'a str,
    language: &'a str,
    byline: &'a str,
    url: &'a str,
    #[serde(flatten)]
    own: BTreeMap<&'a str, Box<RawValue>>,
}

#[derive(Serialize)]
struct ZoneOut<'a> {
    start: usize,
    end: usize,
    kind: &'a str,
}

#[derive(Serialize)]
struct EntityOut<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    text: &'a str,
    state: &'a str,
    how: &'a str,
    /// 0.0 where there is none.
    score: f64,
    origin: String,
    entity: &'a str,
    entity_name: &'a str,
    kb: &'a str,
    /// The text on one line, as it reads.
    plain: String,
    value: &'a str,
    note: &'a str,
    by: &'a str,
    at: String,
    /// What was suggested first; the entity's own span and label where nothing else was.
    first: FirstOut<'a>,
    reason: String,
    extras: String,
    #[serde(flatten)]
    own: BTreeMap<&'a str, Box<RawValue>>,
}

#[derive(Serialize)]
struct FirstOut<'a> {
    start: usize,
    end: usize,
    label: &'a str,
}

#[derive(Serialize)]
struct DeskOut<'a> {
    progress: &'a str,
    flagged: bool,
    tags: String,
    note: &'a str,
}

/// A source; without a path there is none.
#[derive(Serialize)]
struct FileOut<'a> {
    path: &'a str,
    size: u64,
    digest: String,
    encoding: &'a str,
    number: u32,
}

impl<'a> FileOut<'a> {
    fn of(source: Option<&'a Source>) -> Self {
        match source {
            Some(Source { path, size, digest, encoding, number }) => {
                Self { path, size: *size, digest: digest.to_string(), encoding, number: *number }
            }
            None => Self { path: "", size: 0, digest: String::new(), encoding: "", number: 0 },
        }
    }
}

fn desk(desk: &Desk) -> DeskOut<'_> {
    DeskOut { progress: desk.progress.as_str(), flagged: desk.flagged, tags: packed(&desk.tags), note: &desk.note }
}

/// What foreign formats said.
fn foreign(extras: &[Extra]) -> String {
    packed(&extras.iter().filter(|extra| extra.format != OWN).collect::<Vec<_>>())
}

fn own(extras: &[Extra], fits: impl Fn(&str) -> bool) -> BTreeMap<&str, Box<RawValue>> {
    let ours = extras.iter().filter(|extra| extra.format == OWN && fits(&extra.key));
    ours.filter_map(|extra| {
        let raw = RawValue::from_string(one_line(&extra.value));
        let raw = raw.or_else(|_| serde_json::value::to_raw_value(&extra.value)).ok()?;
        Some((extra.key.as_str(), raw))
    })
    .collect()
}

/// JSON of another program without line ends. Between values they are blanks, and those that may stand in a string say the
/// same when they are escaped.
fn one_line(json: &str) -> String {
    json.replace(['\r', '\n'], " ").replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Compact JSON in which nothing but `\n` can be taken for the end of a line: `str.splitlines` of Python, among others,
/// also splits at these.
struct OneLine;

impl serde_json::ser::Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['\u{85}', '\u{2028}', '\u{2029}']) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut after = rest[at..].chars();
            if let Some(c) = after.next() {
                write!(writer, "\\u{:04x}", u32::from(c))?;
            }
            rest = after.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Reads the line back; it must be one line, and nothing in it may want mending.
fn read_back(sheet: &Sheet, _: &Article) -> Result<Article, String> {
    let line = std::str::from_utf8(sheet.bytes()).map_err(|error| error.to_string())?;
    let line = line.strip_suffix('\n').ok_or("the line does not end")?;
    if line.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err("the line holds a line end".to_owned());
    }
    let back = parse(1, line, &ReadOptions::default()).map_err(|bad| bad.why)?;
    match back.notes.first() {
        Some(note) => Err(note.to_string()),
        None => Ok(back.article),
    }
}
