//! News labelled by better teachers: large models that learnt from the same annotated corpora agree on most names, and what
//! they are sure of teaches the contexts of newswire, of which the corpora hold little. What they doubt says nothing.

use std::path::Path;

use serde::Deserialize;

use super::corpus::{self, ANYTHING, BadCorpus, Example};
use crate::text::sentences::sentences;
use crate::text::tokens::tokens;
use crate::text::{Offsets, Span, Unit};

/// A label counts from this certainty on.
const SURE: f32 = 0.8;

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    entities: Vec<(usize, usize, String, f32)>,
    #[serde(default)]
    doubt: Vec<(usize, usize)>,
}

/// The texts of `ner/voa-taught.jsonl.gz` in their order. Every second one begins like a headline, so that names are known
/// there too.
///
/// # Errors
/// A file that is missing or no such corpus.
pub fn load(folder: &Path) -> Result<Vec<Example>, BadCorpus> {
    let records: Vec<Record> = corpus::read(&folder.join("voa-taught.jsonl.gz"))?;
    Ok(records.into_iter().enumerate().map(|(at, record)| example(record, at)).collect())
}

fn example(record: Record, at: usize) -> Example {
    let offsets = Offsets::new(&record.text);
    let certain = record
        .entities
        .iter()
        .map(|(start, end, kind, certainty)| (*start, *end, if *certainty >= SURE { corpus::classes_of(kind) } else { ANYTHING }));
    let doubtful = record.doubt.iter().map(|(start, end)| (*start, *end, ANYTHING));
    let mut gold: Vec<(Span, u8)> = certain
        .chain(doubtful)
        .filter_map(|(start, end, classes)| Some((offsets.span_from(start, end, Unit::CodePoints)?, classes)))
        .collect();
    gold.sort_unstable();
    let first = record.text.lines().next().map_or(0, str::len);
    let text = match at % 4 {
        1 => in_capitals(&without_stops(&record.text, first), first),
        3 => in_title_case(&without_stops(&record.text, first), first),
        _ => record.text,
    };
    Example { id: format!("news/{}", record.id), text, gold, weight: 1.0, marks_others: true, is_taught: true }
}

/// The text with line ends for the full stops at the ends of sentences in its first `len` bytes: headlines have none.
fn without_stops(text: &str, len: usize) -> String {
    let tokens = tokens(text.get(..len).unwrap_or_default());
    let mut out = text.to_owned();
    for sentence in sentences(text, &tokens) {
        let last = tokens[sentence.end - 1].span;
        if last.of(text) == Some(".") {
            out.replace_range(last.range(), "\n");
        }
    }
    out
}

/// The text with its first `len` bytes in capitals; letters whose capital is longer or shorter stay as they are.
fn in_capitals(text: &str, len: usize) -> String {
    text.char_indices().map(|(at, c)| if at < len { capital(c) } else { c }).collect()
}

/// The text with its first `len` bytes capitalised as in headlines: all words but short ones.
fn in_title_case(text: &str, len: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text[..len].split_inclusive(' ').scan(0, |at, word| Some((std::mem::replace(at, *at + word.len()), word))) {
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if word.trim_end().len() > 3 || at == 0 => {
                out.push(capital(first));
                out.push_str(chars.as_str());
            }
            _ => out.push_str(word),
        }
    }
    out + &text[len..]
}

fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_keep_every_byte_in_its_place() {
        let text = "The straße in Ŋamble was shut.\nA second line.";
        for (headline, expect) in
            [(in_capitals(text, 31), "THE STRAßE IN ŊAMBLE WAS SHUT."), (in_title_case(text, 31), "The Straße in Ŋamble was Shut.")]
        {
            assert_eq!(headline.len(), text.len());
            assert!(headline.starts_with(expect), "{headline}");
            assert!(headline.ends_with("A second line."));
        }
        assert_eq!(without_stops("Mr. Oja left. He ate.\nA second line.", 21), "Mr. Oja left\n He ate\n\nA second line.");
    }
}
