//! Documents of spaCy become articles: their words and spaces the text, `doc.ents` and all groups of spans the mentions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::batches::in_batches;
use super::super::carried;
use super::super::draft::{Draft, Drafted, Found};
use super::super::format::Sheet;
use super::file::{self, Doc, Docs, ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, ORTH};
use super::strings::by_number;
use crate::annotation::{Article, EntityId, Origin, State};
use crate::text::Unit;

/// Hands out the article of each document, counted from 1.
///
/// # Errors
/// Why it is no such file.
pub fn read(bytes: &[u8], stateless: State, each: &mut dyn FnMut(u32, Result<Drafted, String>)) -> Result<(), String> {
    let unpacked = file::unpacked(bytes)?;
    let whole = file::values(&unpacked)?;
    let mut docs = Docs::of(&whole)?;
    let strings = by_number(docs.strings.iter().copied());
    let columns = Columns::of(&docs.columns);
    let (mut number, mut damage) = (0, None);
    let next = || {
        Ok(docs.next().unwrap_or_else(|why| {
            damage = Some(why);
            None
        }))
    };
    let take = |drafted| {
        number += 1;
        each(number, drafted);
        true
    };
    let work = |doc| document(&doc, &columns, &strings, stateless).map(Drafted::with_zones);
    in_batches(next, |doc: &Doc| 8 * doc.cells.len(), work, take).map_err(|error| error.to_string())?;
    damage.map_or(Ok(()), Err)
}

pub fn read_back(sheet: &Sheet, _: &Article) -> Result<Article, String> {
    let mut found = Err("there is no document in it".to_owned());
    read(sheet.bytes(), State::Confirmed, &mut |_, drafted| found = drafted)?;
    found?.untold()
}

/// An entity or span by tokens.
struct Tokens<'s> {
    start: usize,
    end: usize,
    label: &'s str,
    kb: &'s str,
    id: &'s str,
}

/// Where in a row of the table of tokens each of these stands.
struct Columns {
    width: usize,
    word: usize,
    iob: Option<usize>,
    label: Option<usize>,
    kb: Option<usize>,
    id: Option<usize>,
}

impl Columns {
    fn of(columns: &[u64]) -> Self {
        let at = |number: u64| columns.iter().position(|column| *column == number);
        let word = at(ORTH).unwrap_or_default();
        Self { width: columns.len().max(1), word, iob: at(ENT_IOB), label: at(ENT_TYPE), kb: at(ENT_KB_ID), id: at(ENT_ID) }
    }
}

fn document(doc: &Doc, columns: &Columns, strings: &HashMap<u64, &str>, stateless: State) -> Result<Drafted, String> {
    let rows = || doc.cells.chunks_exact(columns.width);
    let cell = |row: &[u64], column: Option<usize>| column.and_then(|at| row.get(at)).copied().unwrap_or_default();
    let name = |number: u64| strings.get(&number).copied();
    let mut text = String::new();
    let mut places = Vec::with_capacity(rows().len());
    for (i, row) in rows().enumerate() {
        let word = name(row[columns.word]).ok_or_else(|| format!("word {} of the document is not among the file’s strings", i + 1))?;
        places.push((text.len(), text.len() + word.len()));
        text.push_str(word);
        if doc.spaces.as_ref().is_none_or(|spaces| spaces[i]) {
            text.push(' ');
        }
    }

    let mut found: Vec<Tokens<'_>> = Vec::new();
    let mut unknown = 0;
    for (i, row) in rows().enumerate() {
        let (iob, label) = (cell(row, columns.iob), cell(row, columns.label));
        if !matches!(iob, 1 | 3) || label == 0 {
            continue;
        }
        let Some(label) = name(label) else {
            unknown += 1;
            continue;
        };
        match found.last_mut().filter(|last| iob == 1 && last.end == i && last.label == label) {
            Some(last) => last.end = i + 1,
            None => {
                let (kb, id) = (name(cell(row, columns.kb)).unwrap_or_default(), name(cell(row, columns.id)).unwrap_or_default());
                found.push(Tokens { start: i, end: i + 1, label, kb, id });
            }
        }
    }
    let mut seen: HashSet<(usize, usize, &str)> = found.iter().map(|one| (one.start, one.end, one.label)).collect();
    for span in doc.groups.iter().flat_map(|(_, spans)| spans) {
        let Some(label) = name(span.label) else {
            unknown += 1;
            continue;
        };
        let (start, end) = (span.start as usize, span.end as usize);
        let (kb, id) = (name(span.kb).unwrap_or_default(), name(span.id).unwrap_or_default());
        // doc.ents stand in the group too, and more than one group may hold a span.
        if start < end && end <= places.len() && seen.insert((start, end, label)) {
            found.push(Tokens { start, end, label, kb, id });
        }
    }

    let text: Arc<str> = text.into();
    let mut draft = Draft::new(None, &text, Unit::Bytes);
    if unknown > 0 {
        draft.note(format!("{unknown} entities have labels that are not among the file’s strings and were left out"));
    }
    for Tokens { start, end, label, kb, id } in found {
        let origin = Origin::Import("spacy".into());
        let found = Found { start: places[start].0, end: places[end - 1].1, quote: None, label, state: stateless, origin };
        let Some(mention) = draft.add(found) else { continue };
        let id = if id.is_empty() { kb } else { id };
        if !id.is_empty() {
            let entity = EntityId::new(id);
            mention.entity = Some(entity.clone());
            let (label, words) = (mention.label.clone(), text[places[start].0..places[end - 1].1].to_owned());
            draft.link(entity, &label, &words, Some(kb));
        }
    }
    let drafted = draft.finish();
    Ok(match &doc.carried {
        Some(packed) => carried::unpack(packed, drafted),
        None => drafted,
    })
}

#[cfg(test)]
mod tests {
    use super::super::file::{File, Group};
    use super::super::strings::number;
    use super::*;

    /// A file with columns of its own choice; each token is its word, IOB and label.
    fn file(columns: [u64; 3], docs: &[&[(&str, u64, &str)]], spaces: Option<bool>) -> Vec<u8> {
        let mut strings = Vec::new();
        let docs = docs.iter().map(|tokens| {
            let cells = tokens.iter().flat_map(|(word, iob, label)| {
                strings.extend([(*word).to_owned(), (*label).to_owned()]);
                let cell = |column| match column {
                    ORTH => number(word),
                    ENT_IOB => *iob,
                    _ => number(label),
                };
                columns.map(cell)
            });
            Doc { cells: cells.collect(), spaces: spaces.map(|space| vec![space; tokens.len()]), ..Doc::default() }
        });
        let docs: Vec<Doc> = docs.collect();
        strings.sort();
        strings.dedup();
        file::write(&File { columns: columns.to_vec(), strings, docs }).unwrap()
    }

    fn shown(bytes: &[u8]) -> Vec<String> {
        let mut pages = Vec::new();
        let told = read(bytes, State::Confirmed, &mut |_, drafted| {
            pages.push(match drafted {
                Ok(Drafted { article, notes, .. }) => {
                    let mentions = article.mentions.iter().map(|one| format!(" [{} {}]", one.label, article.quote(one.span)));
                    format!("{}{}{}", article.text, mentions.collect::<String>(), notes.iter().map(ToString::to_string).collect::<String>())
                }
                Err(why) => why,
            });
        });
        pages.extend(told.err());
        pages
    }

    /// spaCy 3.8.18: `DocBin.get_docs` takes attrs in any order, spaces may be unknown, words that are symbols are stored by
    /// their small numbers; 3 begins an entity, 1 goes on, 2 is outside, 0 is unknown.
    #[test]
    fn what_spacy_may_write_is_read() {
        let story: &[(&str, u64, &str)] =
            &[("agent", 2, ""), ("Ann", 3, "PERSON"), ("Lee", 1, "PERSON"), ("X", 3, "PERSON"), ("mark", 0, ""), ("𠮷野家", 3, "FAC")];
        let expected = "agent Ann Lee X mark 𠮷野家  [PERSON Ann Lee] [PERSON X] [FAC 𠮷野家]";
        for columns in [[ORTH, ENT_IOB, ENT_TYPE], [ENT_TYPE, ENT_IOB, ORTH]] {
            for spaces in [None, Some(true)] {
                assert_eq!(shown(&file(columns, &[story, &[]], spaces)), [expected, ""]);
            }
        }
        assert_eq!(shown(&file([ORTH, ENT_IOB, ENT_TYPE], &[&[("大", 3, "ORG"), ("阪", 1, "ORG")]], Some(false))), ["大阪 [ORG 大阪]"]);
    }

    #[test]
    fn groups_of_spans_are_mentions_too_and_equal_ones_are_taken_once() {
        let mut whole = file::read(&file([ORTH, ENT_IOB, ENT_TYPE], &[&[("Bank", 3, "ORG"), ("Spain", 1, "ORG")]], Some(true))).unwrap();
        let span = |start, end, label| Group { id: 0, kb: number("Q1"), label: number(label), start, end, start_char: 0, end_char: 0 };
        whole.strings.extend(["GPE".to_owned(), "Q1".to_owned()]);
        let spans = vec![span(0, 2, "ORG"), span(1, 2, "GPE"), span(1, 9, "GPE"), span(1, 2, "nowhere")];
        whole.docs[0].groups = vec![("sc".to_owned(), spans.clone()), ("other".to_owned(), spans)];
        let bytes = file::write(&whole).unwrap();
        assert_eq!(file::read(&bytes).unwrap().docs, whole.docs);
        let shown = shown(&bytes);
        assert!(shown[0].starts_with("Bank Spain  [ORG Bank Spain] [GPE Spain]"), "{shown:?}");
        assert!(shown[0].contains("2 entities have labels that are not among"), "{shown:?}");
    }

    #[test]
    fn a_damaged_file_is_told_and_what_can_be_read_is() {
        let good = file([ORTH, ENT_IOB, ENT_TYPE], &[&[("Ann", 3, "PERSON")], &[("left", 2, "")]], Some(true));
        for len in 0..good.len() {
            assert!(shown(&good[..len]).last().is_some_and(|why| why.contains("is no .spacy file")), "{len}");
        }
        assert!(shown(b"\x1F\x8B\x08")[0].contains("not packed with zlib"));
        let mut other = file::read(&good).unwrap();
        other.strings.retain(|text| text != "Ann");
        let shown = shown(&file::write(&other).unwrap());
        assert_eq!(shown, ["word 1 of the document is not among the file’s strings", "left "]);
    }
}
