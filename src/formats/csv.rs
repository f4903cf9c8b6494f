//! CSV (RFC 4180) and TSV: one mention a row, with what was decided on it and its context, for people and spreadsheets.
//!
//! The article's text is not in it, so it is a way out only. TSV is unquoted, for tools that split at tabs.

use super::{Loss, Options};
use crate::annotation::{Article, Mention};
use crate::text::{Offsets, Span, Unit};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    Comma,
    Tab,
}

const COLUMNS: [&str; 18] = [
    "doc_id",
    "ann_id",
    "start_cp",
    "end_cp",
    "text",
    "label",
    "status",
    "how",
    "confidence",
    "origin",
    "annotator",
    "created",
    "note",
    "entity",
    "kb_id",
    "value",
    "left",
    "right",
];

/// Characters of context on either side.
const CONTEXT: usize = 40;

pub fn head(flavour: Flavour) -> Vec<u8> {
    let mut out = Vec::new();
    // Column names need no quotes; writing to memory does not fail.
    put_row(flavour, &COLUMNS.map(str::to_owned), &mut out).unwrap_or_default();
    out
}

pub fn render(
    flavour: Flavour,
    article: &Article,
    chosen: &[&Mention],
    options: &Options<'_>,
    out: &mut Vec<u8>,
) -> Result<Vec<Loss>, String> {
    let offsets = Offsets::new(&article.text);
    let from = out.len();
    let mut losses = Vec::new();
    for mention in chosen {
        put_row(flavour, &row(article, mention, &offsets, options), out)?;
        if mention.first.is_some() {
            losses.push(Loss::about_mention(article, mention, "the table has no column for what was suggested at first"));
        }
        if !mention.extras.is_empty() {
            losses.push(Loss::about_mention(article, mention, "the table has no column for what another tool said of it"));
        }
    }
    check(flavour, article, chosen, &offsets, &out[from..])?;
    Ok(losses)
}

fn row(article: &Article, mention: &Mention, offsets: &Offsets<'_>, options: &Options<'_>) -> [String; 18] {
    let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
    let entity = mention.entity.as_ref().and_then(|id| options.entities?.get(id));
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        article.id.to_string(),
        mention.id.to_string(),
        start.to_string(),
        end.to_string(),
        article.quote(mention.span).to_owned(),
        mention.label.to_string(),
        mention.state.as_str().to_owned(),
        or_empty(mention.how.map(|how| how.as_str())),
        mention.score.map(|score| score.ratio().to_string()).unwrap_or_default(),
        mention.origin.to_string(),
        or_empty(mention.by.as_deref()),
        mention.at.map(|at| at.to_string()).unwrap_or_default(),
        or_empty(mention.note.as_deref()),
        or_empty(mention.entity.as_ref().map(|id| id.as_str())),
        or_empty(entity.and_then(|entity| entity.kb.as_deref())),
        or_empty(mention.value.as_deref()),
        left(&article.text, mention.span),
        right(&article.text, mention.span),
    ]
}

fn left(text: &str, span: Span) -> String {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let at = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    one_line(&before[at..])
}

fn right(text: &str, span: Span) -> String {
    let after = text.get(span.end as usize..).unwrap_or_default();
    let at = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    one_line(&after[..at])
}

fn one_line(context: &str) -> String {
    context.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect()
}

fn put_row(flavour: Flavour, cells: &[String; 18], out: &mut Vec<u8>) -> Result<(), String> {
    match flavour {
        Flavour::Comma => {
            let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
            writer.write_record(cells).and_then(|()| Ok(writer.flush()?)).map_err(|error| error.to_string())
        }
        Flavour::Tab => {
            out.extend(cells.each_ref().map(|cell| escape(cell)).join("\t").as_bytes());
            out.push(b'\n');
            Ok(())
        }
    }
}

fn escape(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescape(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some(c) => c,
                None => '\\',
            },
            c => c,
        });
    }
    out
}

/// Reads the rows back: offsets, words, label and state of every mention must be what they are.
fn check(flavour: Flavour, article: &Article, chosen: &[&Mention], offsets: &Offsets<'_>, rows: &[u8]) -> Result<(), String> {
    let rows = parse(flavour, rows)?;
    if rows.len() != chosen.len() {
        return Err(format!("{} rows for {} mentions", rows.len(), chosen.len()));
    }
    for (row, mention) in rows.iter().zip(chosen) {
        let number = |i: usize| row.get(i).and_then(|cell| cell.parse::<usize>().ok());
        let span = number(2).zip(number(3)).and_then(|(start, end)| offsets.span_from(start, end, Unit::CodePoints));
        let is_equal = row.len() == COLUMNS.len()
            && row[0] == article.id.as_str()
            && span == Some(mention.span)
            && row[4] == article.quote(mention.span)
            && row[5] == mention.label.as_str()
            && row[6] == mention.state.as_str()
            && row[12] == mention.note.as_deref().unwrap_or_default();
        if !is_equal {
            return Err(format!("the row of mention {} differs", mention.id));
        }
    }
    Ok(())
}

fn parse(flavour: Flavour, rows: &[u8]) -> Result<Vec<Vec<String>>, String> {
    match flavour {
        Flavour::Comma => {
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(rows);
            let records = reader.records().map(|record| record.map(|record| record.iter().map(str::to_owned).collect()));
            records.collect::<Result<_, _>>().map_err(|error| error.to_string())
        }
        Flavour::Tab => {
            let rows = std::str::from_utf8(rows).map_err(|error| error.to_string())?;
            Ok(rows.split_terminator('\n').map(|row| row.split('\t').map(unescape).collect()).collect())
        }
    }
}
