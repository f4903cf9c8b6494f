//! An article becomes a text and brat's lines.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::carried;
use super::super::format::{Context, Sheet};
use super::super::json;
use super::super::loss::{Extent, Lost};
use super::flat::Flat;
use super::lines::{
    ATTRIBUTE, COMMENT, FRAGMENTS, GAP, ID, NOTE, NOTHING, REFERENCE, REMARK, STATUS, TOOL, declares, number, one_line, parts_lines,
    references, type_of,
};
use crate::annotation::{Article, Extra, Mention, State};
use crate::text::{Offsets, Span, Unit};

pub fn write(article: &Article, context: &Context<'_>, sheet: &mut Sheet) -> Result<(), String> {
    let flat = Flat::of(&article.text);
    let moved = flat.flatten(article);
    let offsets = Offsets::new(&moved.text);
    let mut lines = Lines { text: String::new(), ids: Ids::of(&moved) };
    let mut types = Types::default();
    let mut seen = BTreeSet::new();
    // Under which id each mention stands.
    let mut written: Vec<(&Mention, String)> = Vec::new();
    for (mention, original) in moved.mentions.iter().zip(&article.mentions).filter(|(mention, _)| !mention.is_rejected()) {
        let pieces = pieces(&moved, mention, &offsets);
        if pieces.is_empty() {
            sheet.lose(article, original, "holds no word, only line ends and characters that part lines");
            continue;
        }
        if !seen.insert((mention.span, &mention.label)) {
            sheet.lose(article, original, "stands there in another state too, and readers of brat’s files take one of two equal lines");
            continue;
        }
        let name = types.name(mention.label.as_str());
        if name != mention.label.as_str() {
            let why = "types of brat hold letters of ASCII, digits, _ and - only; other signs are written as _";
            sheet.lost.push(Lost::of(article, original, Extent::Part, why));
        }
        let places: Vec<String> = pieces.iter().map(|piece| place(*piece, &offsets)).collect();
        let words: Vec<&str> = pieces.iter().map(|piece| moved.quote(*piece)).collect();
        let id = lines.ids.of_mention(mention);
        lines.put(&id, &format!("{name} {}\t{}", places.join(";"), words.join(GAP)));
        written.push((mention, id));
    }
    if flat.text != *article.text {
        let what = format!("line ends that are no line feeds ({})", article.text.matches('\r').count());
        let why = "texts of brat have line feeds alone, for its readers do not agree on whether others count";
        sheet.lost.push(Lost::of_article(what, why.to_owned(), Extent::Part));
    }
    keep(&moved, &written, &mut lines, sheet);
    for (mention, id) in &written {
        said(mention, id, context, &mut lines, sheet);
    }
    remark(&moved, context, types, &mut lines, sheet)?;
    sheet.pages = vec![flat.text.into_bytes(), lines.text.into_bytes()];
    Ok(())
}

/// Where the words of a mention stand that can stand in one line: as it came in pieces, and around what parts lines.
fn pieces(article: &Article, mention: &Mention, offsets: &Offsets<'_>) -> Vec<Span> {
    let kept = mention.extras.iter().find(|extra| extra.format == TOOL && extra.key == FRAGMENTS);
    let (start, end) = offsets.span_to(mention.span, Unit::CodePoints);
    let parse = |piece: &str| -> Option<(usize, usize)> {
        let (from, to) = piece.split_once(' ')?;
        Some((start.checked_add(from.parse().ok()?)?, start.checked_add(to.parse().ok()?)?))
    };
    let kept: Option<Vec<_>> = kept.and_then(|extra| extra.value.split(';').map(parse).collect());
    // A mention whose edges were moved is in one piece.
    let kept =
        kept.filter(|pieces| pieces.first().is_some_and(|first| first.0 == start) && pieces.last().is_some_and(|last| last.1 == end));
    let spans = kept.and_then(|pieces| pieces.iter().map(|(from, to)| offsets.span_from(*from, *to, Unit::CodePoints)).collect());
    let spans: Vec<Span> = spans.unwrap_or_else(|| vec![mention.span]);
    let mut out = Vec::new();
    for span in spans {
        let words = article.quote(span);
        let mut at = span.start as usize;
        for part in words.split_inclusive(parts_lines) {
            let inner = part.trim_end_matches(parts_lines);
            if !inner.is_empty() {
                out.push(Span::new(at, at + inner.len()));
            }
            at += part.len();
        }
    }
    out
}

fn place(span: Span, offsets: &Offsets<'_>) -> String {
    let (start, end) = offsets.span_to(span, Unit::CodePoints);
    format!("{start} {end}")
}

/// Lines that came from brat and are none of a mention, as far as what they speak of is still there.
fn keep(article: &Article, written: &[(&Mention, String)], lines: &mut Lines, sheet: &mut Sheet) {
    let mut kept: Vec<&Extra> = article.extras.iter().filter(|extra| extra.format == TOOL).collect();
    let mut known: BTreeSet<&str> = written.iter().map(|(_, id)| id.as_str()).chain(kept.iter().map(|line| line.key.as_str())).collect();
    while let Some(at) = kept.iter().position(|line| references(&line.value).any(|id| !known.contains(id))) {
        let line = kept.remove(at);
        known.remove(line.key.as_str());
        let what = format!("brat’s line {} {}", line.key, one_line(&line.value));
        sheet.lost.push(Lost::of_article(what, "a mention that it speaks of is not written".to_owned(), Extent::Part));
    }
    for line in kept {
        declare(sheet, &line.key, &line.value);
        lines.put(&line.key, &line.value);
    }
}

/// What a line of another program's uses is declared beside.
fn declare(sheet: &mut Sheet, id: &str, data: &str) {
    if let Some((section, name, used_with)) = declares(id, data) {
        sheet.declared.entry((section, name.to_owned())).or_default().extend(used_with.into_iter().map(str::to_owned));
    }
}

/// What is said of a mention in lines of its own.
fn said(mention: &Mention, id: &str, context: &Context<'_>, lines: &mut Lines, sheet: &mut Sheet) {
    if mention.state == State::Suggested {
        lines.add('A', &format!("{STATUS} {id} {}", mention.state.as_str()));
    }
    if let Some(entity) = context.entity(mention)
        && let Some(kb) = entity.kb.as_deref().filter(|kb| !kb.is_empty())
    {
        lines.add('N', &format!("Reference {id} {}\t{}", reference(kb), one_line(&entity.name)));
    }
    if let Some(note) = &mention.note {
        lines.add('#', &format!("{NOTE} {id}\t{}", one_line(note)));
    }
    for Extra { key, value, .. } in mention.extras.iter().filter(|extra| extra.format == TOOL) {
        if let Some(name) = key.strip_prefix(ATTRIBUTE) {
            let data = format!("{name} {id} {value}");
            declare(sheet, "A", &data);
            lines.add('A', data.trim_end());
        } else if let Some(name) = key.strip_prefix(REFERENCE) {
            lines.add('N', &format!("{name} {id} {value}"));
        } else if let Some(name) = key.strip_prefix(COMMENT) {
            lines.add('#', &format!("{name} {id}\t{value}"));
        }
    }
}

/// `DB:ID`, without blanks. What has no base of its own is Wikidata's where it looks so.
fn reference(kb: &str) -> String {
    let kb: String = kb.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect();
    let is_wikidata = kb.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let has_base = kb.split_once(':').is_some_and(|(base, id)| !base.is_empty() && !id.is_empty());
    match (is_wikidata, has_base) {
        (true, _) => format!("Wikidata:{kb}"),
        (_, true) => kb,
        _ => format!("KB:{kb}"),
    }
}

/// Everything else, on nothing. Lines of brat stand as lines already.
fn remark(article: &Article, context: &Context<'_>, types: Types, lines: &mut Lines, sheet: &mut Sheet) -> Result<(), String> {
    let mut article = article.clone();
    article.extras.retain(|extra| extra.format != TOOL);
    article.mentions.iter_mut().for_each(|mention| mention.extras.retain(|extra| extra.format != TOOL));
    let mut packed = carried::pack(&article, context, sheet)?;
    if let (Some(packed), false) = (packed.as_object_mut(), types.renamed.is_empty()) {
        packed.insert("types".to_owned(), types.renamed.into_iter().map(|(name, label)| (name, Value::from(label))).collect());
    }
    lines.add('#', &format!("{REMARK} {NOTHING}\t{}", json::one_line(&packed)));
    Ok(())
}

struct Lines {
    text: String,
    ids: Ids,
}

impl Lines {
    fn put(&mut self, id: &str, rest: &str) {
        self.text.push_str(&format!("{id}\t{rest}\n"));
    }

    /// Under the next free id of a kind.
    fn add(&mut self, kind: char, rest: &str) {
        let id = self.ids.next(kind);
        self.put(&id, rest);
    }
}

/// Ids that are given out.
struct Ids {
    taken: BTreeSet<String>,
    last: BTreeMap<char, u32>,
}

impl Ids {
    /// Those of lines that are kept are taken.
    fn of(article: &Article) -> Self {
        let lines = article.extras.iter().filter(|extra| extra.format == TOOL).map(|extra| extra.key.as_str());
        let mentions = article.mentions.iter().filter_map(own_id);
        let mut last = BTreeMap::new();
        for id in lines.clone().chain(mentions) {
            if let (Some(kind), Some(n)) = (id.chars().next(), number(id)) {
                let greatest = last.entry(kind).or_insert(0);
                *greatest = n.max(*greatest);
            }
        }
        Self { taken: lines.map(str::to_owned).collect(), last }
    }

    /// The one that a mention came with, where nothing else has it.
    fn of_mention(&mut self, mention: &Mention) -> String {
        match own_id(mention).filter(|id| !self.taken.contains(*id)) {
            Some(id) => {
                self.taken.insert(id.to_owned());
                id.to_owned()
            }
            None => self.next('T'),
        }
    }

    fn next(&mut self, kind: char) -> String {
        let last = self.last.entry(kind).or_insert(0);
        *last = last.saturating_add(1);
        format!("{kind}{last}")
    }
}

fn own_id(mention: &Mention) -> Option<&str> {
    let extra = mention.extras.iter().find(|extra| extra.format == TOOL && extra.key == ID)?;
    (extra.value.starts_with('T') && number(&extra.value).is_some_and(|n| n > 0)).then_some(&extra.value)
}

/// What labels are called, and what those were called that had to be renamed.
#[derive(Default)]
struct Types {
    names: BTreeMap<String, String>,
    renamed: BTreeMap<String, String>,
}

impl Types {
    fn name(&mut self, label: &str) -> String {
        if let Some(name) = self.names.get(label) {
            return name.clone();
        }
        let plain = type_of(label);
        let numbered = (2..).map(|n| format!("{plain}_{n}"));
        let is_free = |name: &String| self.names.values().all(|taken| taken != name);
        let name = std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or_default();
        if name != label {
            self.renamed.insert(name.clone(), label.to_owned());
        }
        self.names.insert(label.to_owned(), name.clone());
        name
    }
}
