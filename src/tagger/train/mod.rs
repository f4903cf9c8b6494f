//! From the data folder to the model file: `manicule train`. The same data give the same bytes.

pub mod clusters;
pub mod corpus;
pub mod crf;

use std::io::Read as _;
use std::path::Path;

use super::gazetteer::WordClass;
use super::hash;
use super::lattice::LABELS;
use super::model::{Model, Packed, UNITS};
use super::page::{Hit, Page, tokens_of};
use crate::text::Span;
use crate::text::tokens::{Token, tokens};
use corpus::{BadCorpus, Example};

/// What lists and rules say of a text with these tokens.
pub type Finder<'f> = dyn Fn(&str, &[Token]) -> (Vec<Hit>, Vec<WordClass>) + Sync + 'f;

/// Numbers of word classes, fine and coarse.
const CLASSES: (usize, usize) = (320, 64);

/// Word classes from the unlabelled news in `DATA/raw` and the texts of the corpora: (hash, fine, coarse) by hash.
pub fn word_classes(news: &str, examples: &[Example]) -> Vec<(u32, u16, u16)> {
    let lines = news.lines().chain(examples.iter().flat_map(|example| example.text.lines()));
    let sentences: Vec<Vec<&str>> =
        lines.map(|line| tokens(line).iter().filter_map(|token| token.span.of(line)).map(level_number).collect()).collect();
    let corpus = clusters::Corpus::new(sentences.iter().cloned(), 4);
    let fine = corpus.cluster(CLASSES.0, 12);
    let coarse = corpus.cluster(CLASSES.1, 12);
    let mut classes: Vec<(u32, u16, u16)> =
        corpus.words.iter().enumerate().map(|(at, word)| (hash::of(word), fine[at] + 1, coarse[at] + 1)).collect();
    classes.sort_unstable();
    classes.dedup_by_key(|entry| entry.0);
    classes
}

/// All numbers are one word.
fn level_number(word: &str) -> &str {
    if word.starts_with(|c: char| c.is_ascii_digit()) { "0" } else { word }
}

/// Reads the unlabelled news of the data folder.
pub fn read_news(data: &Path) -> Result<String, BadCorpus> {
    let path = data.join("raw/voa.txt.gz");
    let mut text = String::new();
    let read = std::fs::File::open(&path).and_then(|file| flate2::read::GzDecoder::new(file).read_to_string(&mut text));
    read.map_err(|source| BadCorpus::Read { path, source })?;
    Ok(text)
}

/// All corpora of the data folder in a fixed order.
pub fn read_corpora(data: &Path) -> Result<Vec<Example>, BadCorpus> {
    let mut examples = Vec::new();
    for corpus in corpus::CORPORA {
        examples.append(&mut corpus::load(&data.join("ner"), corpus)?);
    }
    Ok(examples)
}

/// Learns a model from examples.
pub fn train(
    version: &str,
    examples: &[Example],
    classes: Vec<(u32, u16, u16)>,
    find: &Finder<'_>,
    settings: crf::Settings,
    progress: impl FnMut(usize, f32),
) -> Packed {
    // A model without weights gives the word classes and cues that pages are built with.
    let blank = Model::new(Packed { clusters: classes.clone(), ..Packed::default() });
    let mut data = crf::Sequences::default();
    for example in examples {
        let tokens = tokens_of(&example.text, &[Span::new(0, example.text.len())]);
        let (hits, words) = find(&example.text, &tokens);
        let page = Page::new(&example.text, tokens, &hits, &words, &blank.lexis());
        data.add(&page, &corpus::allowed(&page, example), example.weight);
    }
    data.prune(2);
    let learnt = crf::learn(&data, settings, progress);
    pack(version, classes, &learnt)
}

/// Rounds the weights to small integers and drops features that say next to nothing.
fn pack(version: &str, clusters: Vec<(u32, u16, u16)>, learnt: &crf::Learnt) -> Packed {
    let mut weights: Vec<(u32, [i8; LABELS])> = learnt
        .weights
        .iter()
        .map(|(key, row)| ((key >> 32) as u32, row.map(quantised)))
        .filter(|(_, row)| row.iter().any(|weight| weight.unsigned_abs() >= LEAST_WEIGHT))
        .collect();
    weights.sort_unstable();
    weights.dedup_by_key(|entry| entry.0);
    let transitions = (0..LABELS).map(|from| std::array::from_fn(|to| quantised(learnt.transitions[from][to]))).collect();
    Packed { version: version.to_owned(), clusters, transitions, weights, calibration: Vec::new() }
}

/// In units; features whose every weight is smaller are dropped.
const LEAST_WEIGHT: u8 = 2;

fn quantised(weight: f32) -> i8 {
    (weight * UNITS).round().clamp(-127.0, 127.0) as i8
}
