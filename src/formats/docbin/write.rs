//! Articles become documents of spaCy. A sheet is one document in a form of its own; all sheets together are the file.

use std::collections::BTreeSet;

use super::super::carried;
use super::super::format::{Context, Sheet, Tally};
use super::super::loss::{Extent, Lost};
use super::file::{self, Doc, ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, File, Group, ORTH, SENT_START};
use super::strings::number;
use crate::annotation::{Article, Mention};
use crate::text::{Offsets, Span, Unit, sentences, tokens};

const COLUMNS: [u64; 6] = [ORTH, ENT_IOB, ENT_TYPE, SENT_START, ENT_KB_ID, ENT_ID];
/// spaCy's for inside, outside and the beginning of an entity.
const INSIDE: u64 = 1;
const OUTSIDE: u64 = 2;
const BEGIN: u64 = 3;
/// The key of spans that may overlap, as spaCy's own span categorizer has it.
const SPANS: &str = "sc";

pub fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let mentions: Vec<&Mention> = article.mentions.iter().filter(|mention| !mention.is_rejected()).collect();
    let pieces = pieces(&article.text, &mentions);
    let mut strings: BTreeSet<String> = [SPANS.to_owned()].into();
    let mut name = |text: &str| {
        strings.insert(text.to_owned());
        number(text)
    };

    let mut rows: Vec<[u64; 6]> = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        let sentence = if piece.begins { 1 } else { u64::MAX };
        rows.push([name(&article.text[piece.span.range()]), OUTSIDE, 0, sentence, 0, 0]);
    }
    let at = |span: Span| {
        let start = pieces.partition_point(|piece| piece.span.start < span.start);
        (start, pieces.partition_point(|piece| piece.span.end <= span.end))
    };
    let (flat, _) = context.policy().flatten(mentions.iter().map(|mention| (*mention).clone()).collect());
    for mention in &flat {
        let (start, end) = at(mention.span);
        let (kb, id) = ids(mention, context);
        let (label, kb, id) = (name(mention.label.as_str()), name(&kb), name(&id));
        for (i, row) in rows.iter_mut().enumerate().take(end).skip(start) {
            *row = [row[0], if i == start { BEGIN } else { INSIDE }, label, row[3], kb, id];
        }
    }
    let offsets = Offsets::new(&article.text);
    let mut group = Vec::with_capacity(mentions.len());
    for mention in &mentions {
        let (start, end) = at(mention.span);
        let (kb, id) = ids(mention, context);
        let (start_char, end_char) = offsets.span_to(mention.span, Unit::CodePoints);
        let short = |n: usize| u32::try_from(n).map_err(|error| error.to_string());
        group.push(Group {
            id: name(&id),
            kb: name(&kb),
            label: name(mention.label.as_str()),
            start: short(start)?,
            end: short(end)?,
            start_char: short(start_char)?,
            end_char: short(end_char)?,
        });
    }
    if pieces.is_empty() {
        let why = "spaCy’s training leaves out documents without words".to_owned();
        sheet.lost.push(Lost::of_article("the article".to_owned(), why, Extent::Part));
    }
    let packed = carried::pack(article, context, sheet)?.to_string();
    let doc = Doc {
        cells: rows.into_flattened(),
        spaces: Some(pieces.iter().map(|piece| piece.has_space).collect()),
        groups: vec![(SPANS.to_owned(), group)],
        carried: Some(packed),
    };
    let alone = File { columns: COLUMNS.to_vec(), strings: strings.into_iter().collect(), docs: vec![doc] };
    *sheet.page() = file::write(&alone)?;
    Ok(())
}

/// The files of single documents as one.
pub fn join(sheets: Vec<Sheet>, _: &Tally) -> Result<Vec<u8>, String> {
    let mut whole = File { columns: COLUMNS.to_vec(), ..File::default() };
    let mut strings = BTreeSet::new();
    for sheet in sheets {
        let one = file::read(sheet.bytes())?;
        whole.docs.extend(one.docs);
        strings.extend(one.strings);
    }
    whole.strings = strings.into_iter().collect();
    file::write(&whole)
}

/// The ids of a mention's entity in a knowledge base and here.
fn ids(mention: &Mention, context: &Context<'_>) -> (String, String) {
    let kb = context.entity(mention).and_then(|entity| entity.kb.clone()).unwrap_or_default();
    (kb, mention.entity.as_ref().map(|id| id.to_string()).unwrap_or_default())
}

/// A token of spaCy: words, or the blanks that are no single space behind a word.
struct Piece {
    span: Span,
    has_space: bool,
    /// A sentence begins with it.
    begins: bool,
}

/// All of the text in pieces: tokens cut at the edges of the mentions, and what stands between them.
fn pieces(text: &str, mentions: &[&Mention]) -> Vec<Piece> {
    let whole = tokens::tokens(text);
    let begins: BTreeSet<u32> =
        sentences::sentences(text, &whole).into_iter().filter_map(|sentence| Some(whole.get(sentence.start)?.span.start)).collect();
    let mut edges: BTreeSet<u32> = whole.iter().flat_map(|token| [token.span.start, token.span.end]).collect();
    edges.extend(mentions.iter().flat_map(|mention| [mention.span.start, mention.span.end]));
    edges.extend([0, text.len() as u32]);
    let edges: Vec<u32> = edges.into_iter().collect();
    let mut pieces: Vec<Piece> = Vec::with_capacity(whole.len() * 2);
    for pair in edges.windows(2) {
        let mut span = Span { start: pair[0], end: pair[1] };
        let words = span.of(text).unwrap_or_default();
        // A space behind a word is the word's; whatever else stands there is a token, as spaCy has it.
        if words.starts_with(' ') && pieces.last().is_some_and(|before| !before.has_space && before.span.end == span.start) {
            if let Some(before) = pieces.last_mut() {
                before.has_space = true;
            }
            span.start += 1;
        }
        if !span.is_empty() {
            pieces.push(Piece { span, has_space: false, begins: begins.contains(&span.start) });
        }
    }
    if let Some(first) = pieces.first_mut() {
        first.begins = true;
    }
    pieces
}
