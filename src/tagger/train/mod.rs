//! From the data folder to the model file: `manicule train`. The same data give the same bytes, with any number of
//! threads: threads only do side by side what does not depend on each other.

pub mod calibration;
pub mod corpus;
pub mod crf;
pub mod taught;
pub mod vectors;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Tagger;
use super::gazetteer::Lexicon;
use super::lattice::LABELS;
use super::model::{Model, Packed, UNITS};
use super::page::{Page, tokens_of};
use super::rules::Rules;
use crate::text::Span;
use corpus::{BadCorpus, Example};

/// What a model is learnt from.
pub struct Material {
    /// Documents that people annotated, then news that a better model labelled.
    pub examples: Vec<Example>,
}

/// How it is learnt.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Names the model in the origins of its suggestions.
    pub version: String,
    pub crf: crf::Settings,
    /// Into how many parts the documents are split for calibration: each part is judged by a model that never saw it.
    pub folds: u32,
    /// The weight of the news that a better model labelled; 0 leaves it out.
    pub taught: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { version: "news-2".to_owned(), crf: crf::Settings::default(), folds: 2, taught: 0.5 }
    }
}

/// What training does at the moment.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    Features,
    /// A round of learning is done, with this mean loss per sentence; `fold` is `None` for the model of all documents.
    Round {
        fold: Option<u32>,
        round: usize,
        loss: f32,
    },
    Calibration,
    /// By how much scores are off on documents that neither their model nor their table saw, in thousandths.
    Error(calibration::Error),
}

pub type Report<'r> = dyn Fn(Step) + Sync + 'r;

impl Material {
    /// Reads `ner/*.jsonl.gz` of a data folder, corpora in a fixed order.
    ///
    /// # Errors
    /// A file that is missing or no corpus.
    pub fn read(data: &Path) -> Result<Self, BadCorpus> {
        let folder = data.join("ner");
        let mut examples = Vec::new();
        for corpus in corpus::CORPORA {
            examples.append(&mut corpus::load(&folder, corpus)?);
        }
        examples.append(&mut taught::load(&folder)?);
        Ok(Self { examples })
    }
}

/// Learns a model from all documents, and its calibration from models of parts of them.
pub fn train(material: &Material, lexicon: &Arc<Lexicon>, rules: &Arc<Rules>, settings: &Settings, report: &Report<'_>) -> Packed {
    let tagger = |packed: Packed| Tagger::new(lexicon.clone(), rules.clone(), Arc::new(Model::new(packed)));
    report(Step::Features);
    // A model without weights gives the word classes and cues that pages are built with.
    let data = sequences(&tagger(Packed::default()), &material.examples, settings.taught);
    let learn = |fold: Option<u32>| {
        let is_in = |document: u32| fold.is_none_or(|fold| document % settings.folds != fold);
        let learnt = crf::learn(&data, settings.crf, &is_in, &|round, loss| report(Step::Round { fold, round, loss }));
        pack(&settings.version, &learnt)
    };
    let parts: Vec<Option<u32>> = std::iter::once(None).chain((0..settings.folds).filter(|_| settings.folds > 1).map(Some)).collect();
    let mut models: Vec<Packed> = parts.into_par_iter().with_max_len(1).map(learn).collect();
    report(Step::Calibration);
    let judges: Vec<Tagger> = models.split_off(1).into_iter().map(tagger).collect();
    let mut model = models.swap_remove(0);
    let (calibration, error) = calibration::learn(&material.examples, &judges);
    report(Step::Error(error));
    model.calibration = calibration;
    model
}

/// Features and allowed labels of all examples that have a weight.
fn sequences(tagger: &Tagger, examples: &[Example], taught: f32) -> crf::Sequences {
    let pages: Vec<(Page<'_>, Vec<u16>)> = examples
        .par_iter()
        .map(|example| {
            let tokens = tokens_of(&example.text, &[Span::new(0, example.text.len())]);
            let page = tagger.page(&example.text, tokens);
            let allowed = corpus::allowed(&page, example);
            (page, allowed)
        })
        .collect();
    let mut data = crf::Sequences::default();
    for (document, ((page, allowed), example)) in pages.iter().zip(examples).enumerate() {
        let weight = if example.is_taught { example.weight * taught } else { example.weight };
        if weight > 0.0 {
            data.add(page, allowed, weight, document as u32);
        }
    }
    data.prune(2);
    data
}

/// Rounds the weights to small integers and drops features that say next to nothing.
fn pack(version: &str, learnt: &crf::Learnt) -> Packed {
    let mut weights: Vec<(u32, [i8; LABELS])> = learnt
        .weights
        .iter()
        .map(|(key, row)| ((key >> 32) as u32, row.map(quantised)))
        .filter(|(_, row)| row.iter().any(|weight| weight.unsigned_abs() >= LEAST_WEIGHT))
        .collect();
    weights.sort_unstable();
    weights.dedup_by_key(|entry| entry.0);
    let transitions = (0..LABELS).map(|from| std::array::from_fn(|to| quantised(learnt.transitions[from][to]))).collect();
    Packed { version: version.to_owned(), transitions, weights, calibration: Vec::new() }
}

/// In units; features whose every weight is smaller are dropped.
const LEAST_WEIGHT: u8 = 2;

fn quantised(weight: f32) -> i8 {
    (weight * UNITS).round().clamp(-127.0, 127.0) as i8
}

#[cfg(test)]
mod tests {
    use super::super::{lattice, model};
    use super::*;

    /// A corpus of invented sentences, too small to teach much.
    fn material() -> Material {
        let names = ["Ada Lark", "Ben Marsh", "Cleo Finch", "Dora Reed"];
        let places = ["Northport", "Eastwick", "Lowmoor"];
        let mut examples = Vec::new();
        for (at, name) in names.iter().cycle().take(24).enumerate() {
            let place = places[at % places.len()];
            let text = format!("{name} flew to {place} on Monday. The minister said that {name} was late.");
            let mut gold = Vec::new();
            for (words, class) in [(*name, lattice::Class::Person), (place, lattice::Class::Place)] {
                gold.extend(text.match_indices(words).map(|(start, _)| (Span::new(start, start + words.len()), corpus::bit(class))));
            }
            gold.sort_unstable();
            examples.push(Example { id: format!("doc/{at}"), text, gold, weight: 1.0, marks_others: true, is_taught: at % 3 == 2 });
        }
        Material { examples }
    }

    #[test]
    fn the_same_data_give_the_same_bytes_with_any_number_of_threads() {
        let material = material();
        let settings = Settings { folds: 2, crf: crf::Settings { rounds: 2, ..Default::default() }, ..Settings::default() };
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let train = || train(&material, &Arc::default(), &Arc::default(), &settings, &|_| ());
            pool.install(train)
        };
        let one = with(1);
        assert!(one.weights.len() > 50 && one.calibration.len() == model::Source::TABLES);
        let bytes = one.write().unwrap();
        assert_eq!(with(4).write().unwrap(), bytes);
        assert_eq!(Packed::read(&bytes).unwrap(), one);
        let file = Model::read(&bytes).unwrap();
        assert_eq!(file.version(), "news-2");
    }
}
