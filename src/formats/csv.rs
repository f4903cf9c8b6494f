//! CSV (RFC 4180) and TSV: one mention a row, with what was decided on it and its context, for people and spreadsheets.
//!
//! The article's text is not in it, so it is a way out only. TSV is unquoted, for tools that split at tabs.

use super::format::{Container, Context, Field, Format, ReadBack, Sheet, Write, Writer};
use crate::annotation::{Article, EntityId, How, Label, Mention, MentionId, Score, State};
use crate::text::{Offsets, Span, Unit};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Comma,
    Tab,
}

pub static COMMA: Format = format(
    "csv",
    "CSV for spreadsheets",
    "one mention a row with its context, for spreadsheets (RFC 4180)",
    |article, context, sheet| write(Flavour::Comma, article, context, sheet),
    |sheet, article| read_back(Flavour::Comma, sheet, article),
    || head(Flavour::Comma),
);

pub static TAB: Format = format(
    "tsv",
    "TSV, without quotes",
    "the same, between tabs; tab, line end and backslash as \\t \\n \\r \\\\",
    |article, context, sheet| write(Flavour::Tab, article, context, sheet),
    |sheet, article| read_back(Flavour::Tab, sheet, article),
    || head(Flavour::Tab),
);

const fn format(
    name: &'static str,
    title: &'static str,
    what: &'static str,
    write: Write,
    read_back: ReadBack,
    head: fn() -> Vec<u8>,
) -> Format {
    let container = Container::File { head, between: "", tail: "" };
    let writer = Writer { write, read_back, container, keeps: KEPT, is_flat: false, is_by_token: false, beside: None };
    Format { name, title, what, extension: name, unit: Some(Unit::CodePoints), reader: None, writer: Some(writer) }
}

/// What has a column.
const KEPT: &[Field] =
    &[Field::State, Field::How, Field::Score, Field::Origin, Field::Entity, Field::Kb, Field::Value, Field::Note, Field::By, Field::At];

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

fn head(flavour: Flavour) -> Vec<u8> {
    let mut out = Vec::new();
    // Column names need no quotes; writing to memory does not fail.
    put_row(flavour, &COLUMNS.map(str::to_owned), &mut out).unwrap_or_default();
    out
}

fn write(flavour: Flavour, article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    article.mentions.iter().try_for_each(|mention| put_row(flavour, &row(article, mention, &offsets, context), sheet.page()))
}

fn row(article: &Article, mention: &Mention, offsets: &Offsets<'_>, context: &Context<'_>) -> [String; 18] {
    let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
    let entity = context.entity(mention);
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

/// Reads the rows back onto the article's text.
fn read_back(flavour: Flavour, sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let offsets = Offsets::new(&article.text);
    let mentions = parse(flavour, sheet.bytes())?.iter().map(|row| mention(row, article, &offsets)).collect::<Result<_, _>>()?;
    Ok(Article { mentions, ..article.clone() })
}

fn mention(row: &[String], article: &Article, offsets: &Offsets<'_>) -> Result<Mention, String> {
    let cell = |name: &str| COLUMNS.iter().position(|column| *column == name).and_then(|i| row.get(i)).map_or("", String::as_str);
    let number = |name| cell(name).parse::<usize>().map_err(|_| format!("{name} is no number: {:?}", cell(name)));
    let span = offsets.span_from(number("start_cp")?, number("end_cp")?, Unit::CodePoints).ok_or("a row lies outside the text")?;
    if row.len() != COLUMNS.len() || cell("doc_id") != article.id.as_str() || cell("text") != article.quote(span) {
        return Err(format!("the row of mention {} differs", cell("ann_id")));
    }
    let label = Label::new(cell("label"));
    let origin = cell("origin").parse().map_err(|error| format!("{error}"))?;
    let mut mention = Mention::suggested(MentionId::of(&article.id, span, &label), span, label, origin);
    let said = |name| Some(cell(name)).filter(|cell| !cell.is_empty());
    mention.state = State::from_name(cell("status")).ok_or("a row has no state")?;
    mention.how = said("how").and_then(How::from_name);
    mention.score = said("confidence").and_then(|score| score.parse().ok()).map(Score::from_ratio);
    mention.by = said("annotator").map(Into::into);
    mention.at = said("created").and_then(|at| at.parse().ok());
    mention.note = said("note").map(Into::into);
    mention.entity = said("entity").map(EntityId::new);
    mention.value = said("value").map(Into::into);
    Ok(mention)
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
