//! Annotated corpora as training material: every corpus names its types in its own way and leaves some unmarked, so
//! each token gets the set of labels that its annotation allows, and training sums over the set.

use std::io::{BufRead as _, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::cues;
use super::super::evidence;
use super::super::lattice::{BEGINNINGS, Class, LABELS, OUTSIDE};
use super::super::page::{Case, Page};
use crate::text::{Offsets, Span, Unit};

/// A corpus of the data folder and how far it is to be followed.
pub struct Corpus {
    pub file: &'static str,
    /// The weight of each of its sentences.
    pub weight: f32,
    /// Whether names that are no person, organisation or place are marked.
    pub marks_others: bool,
}

/// What the shipped model is trained on. Weights were chosen on held-out parts of the news-like corpora.
pub const CORPORA: &[Corpus] = &[
    Corpus { file: "wikigold", weight: 1.0, marks_others: true },
    Corpus { file: "ewt-dev", weight: 1.0, marks_others: false },
    Corpus { file: "gum-news", weight: 1.5, marks_others: false },
    Corpus { file: "gum-interview", weight: 1.0, marks_others: false },
    Corpus { file: "gum-bio", weight: 0.7, marks_others: false },
    Corpus { file: "gum-voyage", weight: 0.5, marks_others: false },
    Corpus { file: "crossner-politics-train", weight: 1.0, marks_others: true },
    Corpus { file: "crossner-politics-dev", weight: 0.7, marks_others: true },
    Corpus { file: "wnut17-train", weight: 0.3, marks_others: true },
    Corpus { file: "wnut17-dev", weight: 0.3, marks_others: true },
    Corpus { file: "btc", weight: 0.3, marks_others: false },
];

/// One annotated document.
#[derive(Clone, Debug)]
pub struct Example {
    pub id: String,
    pub text: String,
    /// Spans with the classes that their annotation allows, one bit per [`Class`]; 0 where it is no name at all.
    pub gold: Vec<(Span, u8)>,
    pub weight: f32,
    pub marks_others: bool,
    /// Whether a model labelled it.
    pub is_taught: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum BadCorpus {
    #[error("the corpus {path} cannot be read: {source}; give the folder that holds ner/*.jsonl.gz")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("line {line} of {path} is no annotated document: {source}")]
    Line { path: PathBuf, line: usize, source: serde_json::Error },
}

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    entities: Vec<(usize, usize, String)>,
}

/// The documents of one corpus in the order of its file.
pub fn load(folder: &Path, corpus: &Corpus) -> Result<Vec<Example>, BadCorpus> {
    let records: Vec<Record> = read(&folder.join(format!("{}.jsonl.gz", corpus.file)))?;
    let examples = records.into_iter().map(|record| {
        let offsets = Offsets::new(&record.text);
        let spans = record.entities.iter();
        let mut gold: Vec<(Span, u8)> =
            spans.filter_map(|(start, end, kind)| Some((offsets.span_from(*start, *end, Unit::CodePoints)?, classes_of(kind)))).collect();
        gold.sort_unstable();
        let id = format!("{}/{}", corpus.file, record.id);
        Example { id, text: record.text, gold, weight: corpus.weight, marks_others: corpus.marks_others, is_taught: false }
    });
    Ok(examples.collect())
}

/// The records of a gzipped file, one a line.
pub fn read<R: DeserializeOwned>(path: &Path) -> Result<Vec<R>, BadCorpus> {
    let fault = |source| BadCorpus::Read { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(fault)?;
    let mut records = Vec::new();
    for (at, line) in BufReader::new(flate2::read::GzDecoder::new(file)).lines().enumerate() {
        let line = line.map_err(fault)?;
        if !line.trim().is_empty() {
            let record = serde_json::from_str(&line);
            records.push(record.map_err(|source| BadCorpus::Line { path: path.to_owned(), line: at + 1, source })?);
        }
    }
    Ok(records)
}

/// The bit of a class in the sets of classes of this module.
pub fn bit(class: Class) -> u8 {
    1 << class as u8
}

/// The set of a span that may be anything, or nothing.
pub const ANYTHING: u8 = 1 << 7;

/// Whether every corpus marks the class.
pub fn is_usual(class: Class) -> bool {
    matches!(class, Class::Person | Class::Organisation | Class::Place)
}

fn others() -> u8 {
    bit(Class::Group) | bit(Class::Event) | bit(Class::Work) | bit(Class::Product)
}

/// The classes that a type of the corpora may mean.
pub fn classes_of(kind: &str) -> u8 {
    match kind.to_ascii_lowercase().as_str() {
        "per" | "person" | "politician" => bit(Class::Person),
        "org" | "organisation" | "politicalparty" | "corporation" | "group" => bit(Class::Organisation),
        "loc" | "location" | "country" => bit(Class::Place),
        "election" | "event" => bit(Class::Event),
        "product" => bit(Class::Product),
        "creative-work" => bit(Class::Work),
        "norp" => bit(Class::Group),
        "misc" => others(),
        _ => 0,
    }
}

/// For each token of the page, a bit per label that the annotation of `example` allows there.
pub fn allowed(page: &Page<'_>, example: &Example) -> Vec<u16> {
    let mut allowed = vec![0_u16; page.tokens.len()];
    for (span, classes) in &example.gold {
        let whole = page.tokens_in_span(*span);
        if whole.is_empty() || *classes == 0 || allowed[whole.clone()].iter().any(|bits| *bits != 0) {
            continue;
        }
        let tokens = trimmed(page, whole.clone(), *classes == bit(Class::Person));
        let classes = adjusted(page, &tokens, *classes);
        // What was cut off, and what does not follow the conventions of this program, may be anything.
        allowed[whole].fill(ANY);
        if tokens.is_empty() || classes & ANYTHING != 0 || is_several(page, &tokens) {
            continue;
        }
        for (at, i) in tokens.clone().enumerate() {
            allowed[i] = 0;
            for class in Class::ALL.into_iter().filter(|class| classes & bit(*class) != 0) {
                allowed[i] |= 1 << if at == 0 { class.begin() } else { class.inside() };
            }
        }
        if let Some(next) = allowed.get_mut(tokens.end).filter(|next| **next == ANY) {
            *next = ANY & BEGINNINGS;
        }
    }
    for (i, bits) in allowed.iter_mut().enumerate() {
        if *bits != 0 {
            continue;
        }
        *bits = 1 << OUTSIDE;
        let word = &page.words[i];
        if !word.is_capital() {
            continue;
        }
        if word.starts & (1 << evidence::GROUP) != 0 {
            // Demonyms are marked in some corpora only; on their own they are always groups here.
            *bits = 1 << Class::Group.begin();
        } else if !example.marks_others {
            for class in [Class::Event, Class::Work, Class::Product] {
                *bits |= 1 << class.begin() | 1 << class.inside();
            }
        }
    }
    allowed
}

/// The gold spans of an example by the conventions of this program, with the classes that each may be.
pub fn wanted(page: &Page<'_>, example: &Example) -> Vec<(Span, u8)> {
    let spans = example.gold.iter().filter(|(_, classes)| *classes != 0).map(|(span, classes)| {
        let tokens = trimmed(page, page.tokens_in_span(*span), *classes == bit(Class::Person));
        (page.span(&tokens), adjusted(page, &tokens, *classes))
    });
    spans.collect()
}

/// Every label.
const ANY: u16 = ((1_u32 << LABELS) - 1) as u16;

/// The tokens of a gold span by the conventions of this program: without leading article, title, owner and possessive
/// ending.
fn trimmed(page: &Page<'_>, whole: Range<usize>, is_person: bool) -> Range<usize> {
    let mut tokens = whole;
    while tokens.len() > 1 && is_possessive(page.word_text(tokens.end - 1)) {
        tokens.end -= 1;
    }
    if tokens.len() > 1 && page.word_text(tokens.start) == "the" {
        tokens.start += 1;
    }
    // Sotheby's Auctions is one name; New Zealand's Prime Minister is not.
    if let Some(owner) = tokens.clone().rev().find(|i| is_possessive(page.word_text(*i)))
        && is_person
    {
        tokens.start = owner + 1;
    }
    if is_person {
        while !tokens.is_empty() && (page.words[tokens.start].cues & cues::TITLE != 0 || page.word_text(tokens.start) == ".") {
            tokens.start += 1;
        }
    }
    tokens
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’")
}

/// More than one name, or a name with its description.
fn is_several(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let joins = |i: usize| matches!(page.word_text(i), "and" | "," | "of" | "from" | "(");
    page.words[tokens.start].case == Case::Lower && tokens.len() > 3 || tokens.len() > 8 || tokens.clone().any(joins) && tokens.len() > 6
}

/// The classes of a gold span by the conventions of this program.
fn adjusted(page: &Page<'_>, tokens: &Range<usize>, classes: u8) -> u8 {
    let Some(first) = page.words.get(tokens.start) else { return classes };
    let is_listed = |kind: u8| first.starts >> kind & 1 == 1 && tokens.clone().skip(1).all(|i| page.words[i].inside >> kind & 1 == 1);
    // A country's team or government goes by the name of the country.
    if classes == bit(Class::Organisation) && is_listed(evidence::COUNTRY) {
        return bit(Class::Place);
    }
    match tokens.len() {
        1 if is_listed(evidence::GROUP) && (classes == others() || classes == bit(Class::Person)) => bit(Class::Group),
        1 => classes,
        _ if classes == others() => classes & !bit(Class::Group),
        _ => classes,
    }
}
