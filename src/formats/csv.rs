//! CSV (RFC 4180) and TSV: one mention a row, with what was decided on it and its context, for people and spreadsheets.
//!
//! The first row of each article holds its text too, in the last column, so that a table can be read again; the flavour for
//! Excel leaves it out, for a cell there ends at 32,767 characters, begins with a byte order mark, without which Excel takes
//! the file for Windows-1252, and guards cells that it would take for formulas. TSV is unquoted, for tools that split at
//! tabs.

mod columns;
mod read;
mod rows;

use std::io::{BufRead, Cursor, Read as _};
use std::path::Path;

use super::format::{Container, Context, Field, Format, ReadBack, Sheet, Write, Writer};
use super::handing::{Begun, Hands, all_of, begun, whole_lines};
use super::loss::{Extent, Lost};
use crate::annotation::{Article, Mention, State};
use crate::reading::{How, Input, Reader, Sink, Trouble};
use crate::text::{Offsets, Span, Unit, seam};
use columns::COLUMNS;
use read::Told;
use rows::Rows;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Comma,
    Tab,
    Excel,
}

pub static COMMA: Format = format(
    "csv",
    "CSV for spreadsheets",
    "one mention a row with its context, the article’s text in its first row (RFC 4180)",
    "csv",
    Some(&READER),
    |article, context, sheet| write(Flavour::Comma, article, context, sheet),
    |sheet, article| read_back(Flavour::Comma, sheet, article),
    || head(Flavour::Comma),
);

pub static TAB: Format = format(
    "tsv",
    "TSV, without quotes",
    "the same, between tabs; tab, line end and backslash as \\t \\n \\r \\\\",
    "tsv",
    Some(&READER),
    |article, context, sheet| write(Flavour::Tab, article, context, sheet),
    |sheet, article| read_back(Flavour::Tab, sheet, article),
    || head(Flavour::Tab),
);

pub static EXCEL: Format = format(
    "csv-excel",
    "CSV for Excel",
    "one mention a row, without the article’s text; nothing in it is taken for a formula",
    "csv",
    None,
    |article, context, sheet| write(Flavour::Excel, article, context, sheet),
    |sheet, article| read_back(Flavour::Excel, sheet, article),
    || head(Flavour::Excel),
);

#[allow(clippy::too_many_arguments)]
const fn format(
    name: &'static str,
    title: &'static str,
    what: &'static str,
    extension: &'static str,
    reader: Option<&'static Reader>,
    write: Write,
    read_back: ReadBack,
    head: fn() -> Vec<u8>,
) -> Format {
    let container = Container::File { head, between: "", tail: "" };
    let writer = Writer { keeps: Field::OF_A_MENTION, ..Writer::new(write, read_back, container) };
    Format { name, title, what, extension, unit: Some(Unit::CodePoints), reader, writer: Some(writer) }
}

static READER: Reader = Reader {
    name: "csv",
    what: "a table with a mention or a token a row",
    endings: &["csv", "tsv"],
    knows: |head| read::parting(&head.text).is_some(),
    read: read_file,
};

fn read_file(input: &mut Input<'_>, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let path = input.path;
    match begun(input, how)? {
        Begun::Whole(text, encoding) => read_whole(&text, encoding, path, how, sink),
        Begun::Long { head, rest } => read_long(head, rest, path, how, sink),
    }
}

fn read_whole(text: &str, encoding: &'static str, path: &Path, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    let mut hands = Hands::new(sink, path, encoding, "line");
    let troubles = read::read(text, how.stateless, &mut |line, drafted| hands.take(line, Ok(drafted))).map_err(Trouble::Partial)?;
    troubles.into_iter().for_each(|trouble| hands.tell(Trouble::Partial(trouble)));
    hands.finish()
}

/// Reads a large table, whose articles are handed out as they come where the rows of each stand together.
///
/// # Errors
/// Where it cannot be read on, or is no such table.
pub fn read_long(head: String, rest: impl BufRead, path: &Path, how: How<'_>, sink: &mut Sink<'_>) -> Result<(), Trouble> {
    if !read::is_in_order(whole_lines(&head)) {
        let (text, encoding) = all_of(head, rest)?;
        return read_whole(&text, encoding, path, how, sink);
    }
    let mut hands = Hands::new(sink, path, "UTF-8", "line");
    let table = Cursor::new(head.as_bytes()).chain(rest);
    read::read_in_order(&head, table, how.stateless, &mut |told| {
        match told {
            Told::Article(line, drafted) => hands.take(line, Ok(*drafted)),
            Told::Trouble(why) => hands.tell(Trouble::Partial(why)),
        }
        !hands.is_cancelled()
    })?;
    hands.finish()
}

/// Characters of context on either side.
const CONTEXT: usize = 40;

/// Python's csv module refuses a whole file for one longer cell.
const LONGEST_CELL: usize = 131_072;

impl Flavour {
    /// The columns that it has.
    fn columns(self) -> &'static [&'static str] {
        &COLUMNS[..COLUMNS.len() - usize::from(self == Flavour::Excel)]
    }
}

fn head(flavour: Flavour) -> Vec<u8> {
    let mut out = if flavour == Flavour::Excel { "\u{FEFF}".as_bytes().to_vec() } else { Vec::new() };
    let names: Vec<String> = flavour.columns().iter().map(|name| (*name).to_owned()).collect();
    // Column names need no quotes; writing to memory does not fail.
    put_row(flavour, &names, &mut out).unwrap_or_default();
    out
}

fn write(flavour: Flavour, article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let offsets = Offsets::new(&article.text);
    let mut lose = |why: &str| sheet.lost.push(Lost::of_article("the article’s text".to_owned(), why.to_owned(), Extent::Field));
    let has_text = flavour != Flavour::Excel && article.text.len() < LONGEST_CELL;
    if article.mentions.is_empty() {
        lose("the table has a row for each mention, and the article has none");
    } else if flavour != Flavour::Excel && !has_text {
        lose("it is longer than a cell may be for Python’s csv module (131,072)");
    }
    for (i, mention) in article.mentions.iter().enumerate() {
        let text = if i == 0 && has_text { &*article.text } else { "" };
        let mut cells = row(article, mention, &offsets, context, text).to_vec();
        cells.truncate(flavour.columns().len());
        put_row(flavour, &cells, sheet.page())?;
    }
    Ok(())
}

fn row(article: &Article, mention: &Mention, offsets: &Offsets<'_>, context: &Context<'_>, text: &str) -> [String; COLUMNS.len()] {
    let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
    let entity = context.entity(mention);
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let first = mention.first.as_ref().map(|first| (offsets.span_to(first.span, Unit::CodePoints), first.label.to_string()));
    let ((first_start, first_end), first_label) = match first {
        Some(((start, end), label)) => ((start.to_string(), end.to_string()), label),
        None => Default::default(),
    };
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
        or_empty(entity.map(|entity| entity.name.as_str())),
        first_start,
        first_end,
        first_label,
        seam::one_line(article.quote(mention.span)),
        text.to_owned(),
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

fn put_row(flavour: Flavour, cells: &[String], out: &mut Vec<u8>) -> Result<(), String> {
    let guarded: Vec<String>;
    let cells = if flavour == Flavour::Excel {
        guarded = cells.iter().map(|cell| guard(cell)).collect();
        &guarded
    } else {
        cells
    };
    match flavour {
        Flavour::Comma | Flavour::Excel => {
            let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
            writer.write_record(cells).and_then(|()| Ok(writer.flush()?)).map_err(|error| error.to_string())
        }
        Flavour::Tab => {
            out.extend(cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join("\t").as_bytes());
            out.push(b'\n');
            Ok(())
        }
    }
}

fn escape(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

/// What a spreadsheet takes the beginning of a formula for.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet computes; also one that looks guarded already, so that it can be told apart.
fn guard(cell: &str) -> String {
    if cell.starts_with(FORMULA) || cell.starts_with('\'') { format!("'{cell}") } else { cell.to_owned() }
}

/// Reads the rows back onto the article's text.
fn read_back(flavour: Flavour, sheet: &Sheet, article: &Article) -> Result<Article, String> {
    let mut page = head(flavour);
    page.extend(sheet.bytes());
    let page = String::from_utf8(page).map_err(|error| error.to_string())?;
    let parting = if flavour == Flavour::Tab { b'\t' } else { b',' };
    let (header, mut rows, troubles) = Rows::new(parting, page.trim_start_matches('\u{FEFF}').as_bytes()).all();
    if let Some(trouble) = troubles.first() {
        return Err(trouble.clone());
    }
    if flavour == Flavour::Excel {
        let cells = rows.iter_mut().flat_map(|row| &mut row.cells);
        cells.filter(|cell| cell.starts_with('\'')).for_each(|cell| cell.replace_range(..1, ""));
    }
    let back = read::article(&header, article.id.as_str(), &rows, State::Confirmed, Some(&article.text))?.untold()?;
    Ok(Article { mentions: back.mentions, ..article.clone() })
}
