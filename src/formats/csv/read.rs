//! Tables become articles, by the names of their columns: a mention a row with its place, or a token a row with its tag.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead};
use std::sync::Arc;

use super::super::conll;
use super::super::draft::{Draft, Drafted, Found};
use super::columns::{Column, Header};
use super::rows::{Row, Rows};
use crate::annotation::{EntityId, First, How, Label, Origin, Score, State};
use crate::reading::MAX_BYTES;
use crate::text::{Span, Unit};

/// Characters that may part columns.
const PARTING: [u8; 3] = [b'\t', b',', b';'];

/// Which character parts the columns of a table that this reader can do something with.
pub fn parting(text: &str) -> Option<u8> {
    let first = text.strip_prefix('\u{FEFF}').unwrap_or(text).lines().next()?;
    // Of most files the first line has none of them.
    PARTING.into_iter().filter(|parting| first.as_bytes().contains(parting)).find(|parting| {
        let header = Rows::new(*parting, first.as_bytes()).header;
        header.is_of_mentions() || header.tokens().is_some()
    })
}

/// Hands out the articles of a table in the order in which they first appear, each with the line of its first row.
///
/// # Errors
/// Why it is no such table.
pub fn read(text: &str, stateless: State, each: &mut dyn FnMut(u32, Drafted)) -> Result<Vec<String>, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let parting = parting(text).ok_or("has no columns for start, end and label, nor for word and tag; the first line names them")?;
    let (header, rows, mut troubles) = Rows::new(parting, text.as_bytes()).all();
    if !header.is_of_mentions() {
        if let Some(columns) = header.tokens() {
            conll::read(&as_columns(&header, columns, &rows), stateless, each)?;
        }
        return Ok(troubles);
    }
    let mut order: Vec<(String, Vec<Row>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let at = header.at(Column::Doc);
    for row in rows {
        let doc = at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default();
        let place = *places.entry(doc.clone()).or_insert(order.len());
        if place == order.len() {
            order.push((doc, Vec::new()));
        }
        order[place].1.push(row);
    }
    for (doc, rows) in order {
        let line = rows.first().map_or(0, |row| row.line);
        match article(&header, &doc, &rows, stateless, None) {
            Ok(drafted) => each(line, drafted),
            Err(why) => troubles.push(format!("line {line}: {why}")),
        }
    }
    Ok(troubles)
}

/// Whether the rows of each article stand together in a table of mentions, as far as its beginning shows. Then its articles can be
/// read as they come.
pub fn is_in_order(head: &str) -> bool {
    let head = head.strip_prefix('\u{FEFF}').unwrap_or(head);
    let Some(parting) = parting(head) else { return false };
    let (header, rows, _) = Rows::new(parting, head.as_bytes()).all();
    let at = header.at(Column::Doc);
    let mut docs: Vec<&str> = rows.iter().map(|row| row.doc(at)).collect();
    docs.dedup();
    let different: HashSet<&str> = docs.iter().copied().collect();
    header.is_of_mentions() && different.len() == docs.len()
}

/// What comes of a table that is read as it comes.
pub enum Told {
    /// With the line of its first row.
    Article(u32, Box<Drafted>),
    Trouble(String),
}

/// The same as [`read`] for a table of any length in which the rows of each article stand together; `head` is how it begins.
/// `each` says whether it wants more.
///
/// # Errors
/// Where it cannot be read on.
pub fn read_in_order(head: &str, table: impl BufRead, stateless: State, each: &mut dyn FnMut(Told) -> bool) -> io::Result<()> {
    let mut rows = Rows::new(parting(head).unwrap_or(b','), table);
    let at = rows.header.at(Column::Doc);
    let (mut group, mut bytes) = (Vec::<Row>::new(), 0);
    let mut done = HashSet::new();
    loop {
        let row = match rows.next_row()? {
            Some(Err(why)) => {
                each(Told::Trouble(why));
                continue;
            }
            Some(Ok(row)) => Some(row),
            None => None,
        };
        let is_next = row.as_ref().is_none_or(|row| group.first().is_some_and(|first| first.doc(at) != row.doc(at)));
        if let (true, Some(first)) = (is_next, group.first()) {
            let (line, doc) = (first.line, first.doc(at).to_owned());
            let told = match article(&rows.header, &doc, &group, stateless, None) {
                Ok(drafted) => Told::Article(line, Box::new(drafted)),
                Err(why) => Told::Trouble(format!("line {line}: {why}")),
            };
            if !each(told) {
                return Ok(());
            }
            done.insert(doc);
            group.clear();
            bytes = 0;
        }
        let Some(row) = row else { return Ok(()) };
        bytes += row.cells.iter().map(String::len).sum::<usize>();
        let why = if done.contains(row.doc(at)) {
            "stands apart from the other rows of its article, and the table is too long to look for them; sort it by article"
        } else if bytes as u64 > MAX_BYTES {
            "belongs to an article of more than 100 MB; cut the article in parts"
        } else {
            group.push(row);
            continue;
        };
        each(Told::Trouble(format!("line {}: {why}", row.line)));
    }
}

/// A table of tokens as columns of CoNLL: a sentence ends where its column says so, or where a row is empty.
fn as_columns(header: &Header, (token, tag): (usize, usize), rows: &[Row]) -> String {
    let sentence = ["sentence_#", "sentence", "sentence_id", "sent_id", "sentence_no"].iter().find_map(|name| header.named(name));
    let mut out = String::new();
    let mut last = String::new();
    for row in rows {
        let cell = |at: usize| row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        // Some number every row, some only the first of a sentence.
        let number = sentence.map(cell).filter(|number| !number.is_empty());
        if cell(token).is_empty() || number.is_some_and(|number| number != last) {
            out.push('\n');
        }
        if let Some(number) = number {
            last = number.to_owned();
        }
        if !cell(token).is_empty() {
            out.push_str(&format!("{}\t{}\n", cell(token).replace(['\t', '\n', '\r'], " "), cell(tag)));
        }
    }
    out
}

/// The article of some rows. Its text is `known`, or stands in one of them.
///
/// # Errors
/// Where its text is not there.
pub fn article(header: &Header, doc: &str, rows: &[Row], stateless: State, known: Option<&str>) -> Result<Drafted, String> {
    let cell = |row: &'_ Row, column| header.at(column).and_then(|at| row.cells.get(at)).cloned().filter(|cell: &String| !cell.is_empty());
    let text = known.map(str::to_owned).or_else(|| rows.iter().find_map(|row| cell(row, Column::ArticleText)));
    let text = text.ok_or_else(|| {
        format!("the table does not hold the text of article {doc:?} (column article_text); its {} rows are left out", rows.len())
    })?;
    let text: Arc<str> = text.into();
    let mut draft = Draft::new(Some(doc), &text, Unit::CodePoints);
    for row in rows {
        let number = |column| cell(row, column).and_then(|cell| cell.trim().trim_end_matches(".0").parse::<usize>().ok());
        let (Some(start), Some(end), Some(label)) = (number(Column::Start), number(Column::End), cell(row, Column::Label)) else {
            if cell(row, Column::Label).is_some() {
                draft.note(format!("line {}: has no whole numbers for start and end; the row is left out", row.line));
            }
            continue;
        };
        let words = cell(row, Column::Words);
        let status = cell(row, Column::Status);
        let state = match status.as_deref().map(|status| (status, State::from_name(&status.to_lowercase()))) {
            None => stateless,
            Some((_, Some(state))) => state,
            Some((status, None)) => {
                draft.note(format!("line {}: {status:?} is no state (suggested, confirmed, rejected)", row.line));
                stateless
            }
        };
        let origin = cell(row, Column::Origin).map(|origin| origin.parse().unwrap_or_else(|_| Origin::Import(origin.as_str().into())));
        let origin = origin.unwrap_or_else(|| Origin::Import("csv".into()));
        let first = first(header, row, &draft);
        let Some(mention) = draft.add(Found { start, end, quote: words.as_deref(), label: &label, state, origin }) else { continue };
        mention.how = cell(row, Column::How).and_then(|how| How::from_name(&how)).or(mention.how);
        mention.score = cell(row, Column::Score).and_then(|score| score.trim().parse().ok()).map(Score::from_ratio);
        mention.by = cell(row, Column::By).map(Into::into);
        mention.at = cell(row, Column::At).and_then(|at| at.parse().ok());
        mention.note = cell(row, Column::Note).map(Into::into);
        mention.value = cell(row, Column::Value).map(Into::into);
        mention.first = first.filter(|first| (first.span, &first.label) != (mention.span, &mention.label));
        let kb = cell(row, Column::Kb);
        if let Some(id) = cell(row, Column::Entity).or_else(|| kb.clone()) {
            mention.entity = Some(EntityId::new(&id));
            let (label, span) = (mention.label.clone(), mention.span);
            let name = cell(row, Column::EntityName).unwrap_or_else(|| text[span.range()].to_owned());
            draft.link(EntityId::new(&id), &label, &name, kb.as_deref());
        }
    }
    Ok(draft.finish())
}

/// What was suggested first, in our own columns.
fn first(header: &Header, row: &Row, draft: &Draft<'_>) -> Option<First> {
    let cell = |name| header.named(name).and_then(|at| row.cells.get(at)).filter(|cell| !cell.is_empty());
    let number = |name| cell(name).and_then(|cell| cell.parse::<usize>().ok());
    let span: Span = draft.offsets().span_from(number("first_start_cp")?, number("first_end_cp")?, Unit::CodePoints)?;
    Some(First { span, label: Label::new(cell("first_label")?) })
}
