//! The statistical model: a linear-chain conditional random field whose weights are small integers, so that the same
//! text gets the same labels and scores on every machine.

use std::collections::HashMap;
use std::io::Read as _;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::classes::WordClasses;
use super::cues::{self, Cues};
use super::features::{SLOTS, features, near, of_place, of_word};
use super::hash::feature;
use super::lattice::{Class, FORBIDDEN, LABELS, LANES, OUTSIDE, Row, Sums, best_path, may_follow};
use super::numeric::exp;
use super::overlay::{FINE, Overlay};
use super::page::{Lexis, Page, Sentence, Word};
use super::table::Table;
use crate::annotation::Origin;

/// One unit of an integer weight is this part of a natural one.
pub const UNITS: f32 = 32.0;
const MAGIC: &[u8; 8] = b"MANICUL2";

/// What a model file holds, before it is made ready for use.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Packed {
    pub version: String,
    /// `[from][to]` in units.
    pub transitions: Vec<[i8; LABELS]>,
    /// Upper half of the feature key and its weights in units, by key.
    pub weights: Vec<(u32, [i8; LABELS])>,
    /// Calibration: a raw score in 64ths to a calibrated one in thousandths, per [`Source`] and class.
    pub calibration: Vec<Vec<u16>>,
}

#[derive(Clone)]
pub struct Model {
    version: String,
    cues: Arc<Table<Cues>>,
    classes: Arc<WordClasses>,
    /// The weights of each feature, by the upper half of its key.
    rows: Arc<Table<[i8; LANES]>>,
    /// What was learnt beside them, in finer units.
    learned: Option<Arc<Overlay>>,
    /// What the end of a sentence says in each slot.
    outside: Box<Said>,
    learned_outside: Box<Said>,
    /// For the best path, and as potentials for sums.
    best: [[i32; LANES]; LANES],
    potentials: Box<[Row; LANES]>,
    calibration: Arc<Vec<Vec<u16>>>,
    /// Added to the score of the label outside: below 0 finds more and errs more.
    pub outside_bias: i32,
    /// Whether words far from anything like a name are passed over. Training looks at every word.
    passes_over: bool,
}

/// Sums of weights, by label.
type Weights = [i16; LANES];

/// What a form says in each slot.
type Said = [Weights; SLOTS];

/// No form yet.
const UNKNOWN: u32 = u32::MAX;

/// Forms that are remembered from article to article; more are forgotten together.
const MOST_FORMS: usize = 1 << 15;

/// What word forms say, summed once a form.
#[derive(Default)]
struct Forms {
    number_of: HashMap<Box<str>, u32>,
    said: Vec<Said>,
}

impl Forms {
    fn make_room(&mut self) {
        if self.said.len() > MOST_FORMS {
            self.number_of.clear();
            self.said.clear();
        }
    }

    /// What the form says that is written `surface`; `number` is its number, once it is known.
    fn get(&mut self, number: &mut u32, surface: &str, say: impl FnOnce() -> Said) -> &Said {
        if *number == UNKNOWN {
            *number = match self.number_of.get(surface) {
                Some(known) => *known,
                None => {
                    let next = self.said.len() as u32;
                    self.said.push(say());
                    self.number_of.insert(surface.into(), next);
                    next
                }
            };
        }
        &self.said[*number as usize]
    }
}

#[inline]
fn add(sum: &mut Weights, more: &Weights) {
    for (cell, more) in sum.iter_mut().zip(more) {
        *cell += more;
    }
}

/// A mention as the model sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    pub tokens: Range<usize>,
    pub class: Class,
    /// The probability that span and class are right, as the model believes.
    pub probability: f32,
}

#[derive(Debug, thiserror::Error)]
pub enum BadModel {
    #[error("the model file cannot be unpacked: {0}")]
    Unpack(#[from] std::io::Error),
    #[error("this is no model file of this version of Manicule")]
    Magic,
    #[error("the model file ends too early, at byte {0} of its unpacked form")]
    Short(usize),
}

/// Room for the work on one article, used again for the next, with what is known of word forms by then.
#[derive(Default)]
pub struct Scratch {
    forms: Forms,
    /// The number of each word's form in an article.
    numbers: Vec<u32>,
    /// The same of what was learnt.
    learned_forms: Forms,
    learned_numbers: Vec<u32>,
    scores: Vec<[i32; LANES]>,
    emissions: Vec<Row>,
    sums: Sums,
    path: Vec<u8>,
    back: Vec<[u8; LANES]>,
}

impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scratch").field("forms", &self.forms.said.len()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("version", &self.version).field("features", &self.rows.len()).finish_non_exhaustive()
    }
}

impl Model {
    pub fn new(packed: Packed) -> Self {
        let mut best = [[FORBIDDEN; LANES]; LANES];
        let mut potentials = Box::new([[0.0; LANES]; LANES]);
        for (from, row) in packed.transitions.iter().enumerate().take(LABELS) {
            for (to, weight) in row.iter().enumerate() {
                if may_follow(from, to) {
                    best[from][to] = i32::from(*weight);
                    potentials[from][to] = exp(f32::from(*weight) / UNITS);
                }
            }
        }
        let rows = packed.weights.iter().map(|(key, weights)| {
            let mut row = [0; LANES];
            row[..LABELS].copy_from_slice(weights);
            (*key, row)
        });
        let mut model = Self {
            version: packed.version,
            cues: Arc::new(Table::new(cues::table().iter().copied())),
            classes: WordClasses::standard(),
            rows: Arc::new(Table::new(rows)),
            learned: None,
            best,
            potentials,
            calibration: Arc::new(packed.calibration),
            outside_bias: 0,
            passes_over: false,
            outside: Box::default(),
            learned_outside: Box::default(),
        };
        *model.outside = model.said(None);
        model
    }

    /// This model with its weights moved.
    pub fn moved(&self, by: &Arc<Overlay>) -> Self {
        Self { learned: Some(by.clone()), learned_outside: Box::new(by.said(None)), ..self.clone() }
    }

    pub fn potentials(&self) -> &[Row; LANES] {
        &self.potentials
    }

    /// What the weights say of each label at a token, in natural units.
    pub(super) fn scores_of(&self, page: &Page<'_>, sentence: &Sentence, i: usize) -> Row {
        let (mut keys, mut rest) = (Vec::with_capacity(128), Vec::with_capacity(128));
        features(page, sentence, i, &mut keys, &mut rest);
        let mut sum = [0; LANES];
        keys.iter().for_each(|key| self.weigh(*key, &mut sum));
        sum.map(|units| f32::from(units) / UNITS)
    }

    /// The model that the program carries.
    pub fn standard() -> Arc<Self> {
        static STANDARD: OnceLock<Arc<Model>> = OnceLock::new();
        let load = || {
            let model = Self::read(include_bytes!("../../assets/model/news-cc-by-sa.bin"));
            if let Err(fault) = &model {
                log::error!("the model of this build cannot be read: {fault}");
            }
            Arc::new(model.unwrap_or_else(|_| Self::new(Packed::default())))
        };
        STANDARD.get_or_init(load).clone()
    }

    /// Reads a packed model.
    pub fn read(file: &[u8]) -> Result<Self, BadModel> {
        Ok(Self { passes_over: true, ..Self::new(Packed::read(file)?) })
    }

    pub fn version(&self) -> &str {
        &self.version
    }

    /// Tells models apart that have one name: the name with a hash of what follows what.
    pub fn mark(&self) -> String {
        format!("{}-{:08x}", self.version, super::hash::of(&format!("{:?}", self.best)))
    }

    pub fn lexis(&self) -> Lexis<'_> {
        Lexis { cues: &self.cues, classes: &self.classes }
    }

    /// The mentions of every sentence of a page, in reading order.
    pub fn find(&self, page: &Page<'_>, scratch: &mut Scratch) -> Vec<Found> {
        let mut found = Vec::new();
        scratch.forms.make_room();
        scratch.numbers.clear();
        scratch.numbers.resize(page.words.len(), UNKNOWN);
        scratch.learned_forms.make_room();
        scratch.learned_numbers.clear();
        scratch.learned_numbers.resize(page.words.len(), UNKNOWN);
        for sentence in &page.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                // Words that are passed over are in no name: what lies between them stands alone.
                if self.is_passed_over(page, sentence, at) {
                    at += 1;
                    continue;
                }
                let start = at;
                // A stretch without end is cut, so that memory stays bounded.
                while at < sentence.tokens.end && at < start + LONGEST && !self.is_passed_over(page, sentence, at) {
                    at += 1;
                }
                self.score(page, sentence, start..at, scratch);
                self.decode(start, scratch, &mut found);
            }
        }
        found
    }

    fn is_passed_over(&self, page: &Page<'_>, sentence: &Sentence, i: usize) -> bool {
        self.passes_over && !page.is_near_name(sentence, i)
    }

    fn score(&self, page: &Page<'_>, sentence: &Sentence, part: Range<usize>, scratch: &mut Scratch) {
        scratch.scores.clear();
        for i in part.clone() {
            let mut sum = [0_i16; LANES];
            for (slot, word) in near(page, sentence, i).into_iter().enumerate() {
                let said = match word {
                    None => &self.outside[slot],
                    Some((at, word)) => &scratch.forms.get(&mut scratch.numbers[at], page.word_text(at), || self.said(Some(word)))[slot],
                };
                add(&mut sum, said);
            }
            of_place(page, sentence, i, &mut |template, a, b| self.weigh(feature(template, a, b), &mut sum));
            let mut score = sum.map(i32::from);
            if let Some(learned) = &self.learned {
                let mut sum = [0_i16; LANES];
                for (slot, word) in near(page, sentence, i).into_iter().enumerate() {
                    let said = match word {
                        None => &self.learned_outside[slot],
                        Some((at, word)) => &scratch
                            .learned_forms
                            .get(&mut scratch.learned_numbers[at], page.word_text(at), || learned.said(Some(word)))[slot],
                    };
                    add(&mut sum, said);
                }
                of_place(page, sentence, i, &mut |template, a, b| learned.weigh(feature(template, a, b), &mut sum));
                score.iter_mut().zip(sum).for_each(|(cell, fine)| *cell += (i32::from(fine) + FINE_HALF) >> FINE_SHIFT);
            }
            score[OUTSIDE] += self.outside_bias;
            score[LABELS..].fill(FORBIDDEN);
            scratch.scores.push(score);
        }
        // A word that is passed over is outside.
        if part.start > sentence.tokens.start && self.is_passed_over(page, sentence, part.start - 1) {
            let first = scratch.scores.first_mut().into_iter().flatten();
            first.zip(&self.best[OUTSIDE]).take(LABELS).for_each(|(cell, weight)| *cell += weight);
        }
        if part.end < sentence.tokens.end && self.is_passed_over(page, sentence, part.end) {
            let last = scratch.scores.last_mut().into_iter().flatten();
            last.zip(&self.best).take(LABELS).for_each(|(cell, weights)| *cell += weights[OUTSIDE]);
        }
    }

    /// Adds the weights of a feature.
    #[inline]
    fn weigh(&self, key: u64, sum: &mut Weights) {
        if let Some(row) = self.rows.get((key >> 32) as u32) {
            for (cell, weight) in sum.iter_mut().zip(&row) {
                *cell += i16::from(*weight);
            }
        }
    }

    /// The sums of the weights of what a word says in each slot by its form alone.
    fn said(&self, word: Option<&Word>) -> Said {
        said(word, |key, sum| self.weigh(key, sum))
    }

    fn decode(&self, start: usize, scratch: &mut Scratch, found: &mut Vec<Found>) {
        best_path(&scratch.scores, &self.best, &mut scratch.path, &mut scratch.back);
        if scratch.path.iter().all(|label| usize::from(*label) == OUTSIDE) {
            return;
        }
        scratch.emissions.clear();
        for score in &scratch.scores {
            let top = score.iter().copied().max().unwrap_or_default();
            let mut row = [0.0; LANES];
            for (cell, score) in row.iter_mut().zip(score).take(LABELS) {
                *cell = exp((score - top) as f32 / UNITS);
            }
            scratch.emissions.push(row);
        }
        scratch.sums.compute(&scratch.emissions, &self.potentials);
        let mut t = 0;
        while t < scratch.path.len() {
            let label = usize::from(scratch.path[t]);
            let Some(class) = Class::of_label(label).filter(|class| class.begin() == label) else {
                t += 1;
                continue;
            };
            let from = t;
            t += 1;
            while t < scratch.path.len() && usize::from(scratch.path[t]) == class.inside() {
                t += 1;
            }
            let probability = scratch.sums.span(from, t, class, &scratch.emissions, &self.potentials);
            found.push(Found { tokens: start + from..start + t, class, probability });
        }
    }

    /// How much more the words over `tokens` speak for a name of this class than for anything else, in units.
    pub(super) fn leaning(&self, page: &Page<'_>, tokens: &Range<usize>, class: Class) -> i32 {
        let Some(sentence) = page.sentences.iter().find(|sentence| sentence.tokens.contains(&tokens.start)) else { return 0 };
        let leaning = |i: usize| {
            let mut sum = [0; LANES];
            for (slot, word) in near(page, sentence, i).into_iter().enumerate() {
                match word {
                    None => add(&mut sum, &self.outside[slot]),
                    Some((_, word)) => add(&mut sum, &self.said(Some(word))[slot]),
                }
            }
            of_place(page, sentence, i, &mut |template, a, b| self.weigh(feature(template, a, b), &mut sum));
            let own = if i == tokens.start { class.begin() } else { class.inside() };
            let other = (0..LABELS).filter(|label| *label != own).map(|label| i32::from(sum[label])).max();
            i32::from(sum[own]) - other.unwrap_or_default()
        };
        (tokens.start..tokens.end.min(sentence.tokens.end)).map(leaning).sum()
    }

    /// What a raw score is worth, learnt on articles that the model was not trained on; both in thousandths.
    pub fn calibrated(&self, source: Source, class: Class, score: u16) -> u16 {
        let table = self.calibration.get(source.table(class));
        table.and_then(|table| table.get(Source::bin(score))).copied().unwrap_or(score)
    }
}

impl Overlay {
    #[inline]
    fn weigh(&self, key: u64, sum: &mut Weights) {
        if let Some(row) = self.rows.get((key >> 32) as u32) {
            sum.iter_mut().zip(&row).for_each(|(cell, weight)| *cell = cell.saturating_add(*weight));
        }
    }

    fn said(&self, word: Option<&Word>) -> Said {
        said(word, |key, sum| self.weigh(key, sum))
    }
}

/// From the units of what was learnt to those of the model.
const FINE_SHIFT: u32 = (FINE as u32 / UNITS as u32).ilog2();
const FINE_HALF: i32 = 1 << (FINE_SHIFT - 1);

/// The sums of what a word says in each slot by its form alone.
fn said(word: Option<&Word>, weigh: impl Fn(u64, &mut Weights)) -> Said {
    std::array::from_fn(|slot| {
        let mut sum = [0; LANES];
        of_word(word, slot, &mut |template, a, b| weigh(feature(template, a, b), &mut sum));
        sum
    })
}

/// What a suggestion owes its score to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    Model,
    /// A list, a rule or a grammar, perhaps with the model.
    Known,
    /// Another mention of the article.
    Alias,
}

/// Bins of raw scores.
pub const BINS: usize = 64;

impl Source {
    pub const TABLES: usize = 3 * Class::ALL.len();

    pub fn of(origin: &Origin) -> Self {
        match origin {
            Origin::Model(_) => Source::Model,
            Origin::Alias(_) => Source::Alias,
            _ => Source::Known,
        }
    }

    pub fn table(self, class: Class) -> usize {
        self as usize * Class::ALL.len() + class as usize
    }

    pub fn bin(score: u16) -> usize {
        usize::from(score.min(1000)) * (BINS - 1) / 1000
    }
}

/// Tokens of a sentence that are labelled together.
const LONGEST: usize = 512;

impl Packed {
    pub fn read(file: &[u8]) -> Result<Self, BadModel> {
        let mut bytes = Vec::new();
        flate2::read::DeflateDecoder::new(file).take(1 << 26).read_to_end(&mut bytes)?;
        let mut reader = Reader { bytes: &bytes, at: 0 };
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(BadModel::Magic);
        }
        let len = reader.u32()? as usize;
        let version = String::from_utf8_lossy(reader.take(len)?).into_owned();
        let transitions = (0..LABELS).map(|_| reader.labels()).collect::<Result<_, _>>()?;
        let count = reader.u32()? as usize;
        let keys: Vec<u32> = (0..count).map(|_| reader.u32()).collect::<Result<_, _>>()?;
        // Weights stand label by label: columns of mostly zeros pack well.
        let mut weights: Vec<(u32, [i8; LABELS])> = keys.into_iter().map(|key| (key, [0; LABELS])).collect();
        for label in 0..LABELS {
            for (row, byte) in weights.iter_mut().zip(reader.take(count)?) {
                row.1[label] = *byte as i8;
            }
        }
        let tables = reader.u16()?;
        let calibration = (0..tables)
            .map(|_| (0..reader.u16()?).map(|_| reader.u16()).collect::<Result<_, BadModel>>())
            .collect::<Result<_, BadModel>>()?;
        Ok(Self { version, transitions, weights, calibration })
    }

    /// The file's bytes: the same for the same model.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        use std::io::Write as _;
        let mut bytes = Vec::new();
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&(self.version.len() as u32).to_le_bytes());
        bytes.extend_from_slice(self.version.as_bytes());
        for row in &self.transitions {
            bytes.extend(row.iter().map(|weight| *weight as u8));
        }
        bytes.extend_from_slice(&(self.weights.len() as u32).to_le_bytes());
        for (key, _) in &self.weights {
            bytes.extend_from_slice(&key.to_le_bytes());
        }
        for label in 0..LABELS {
            bytes.extend(self.weights.iter().map(|(_, row)| row[label] as u8));
        }
        bytes.extend_from_slice(&(self.calibration.len() as u16).to_le_bytes());
        for table in &self.calibration {
            bytes.extend_from_slice(&(table.len() as u16).to_le_bytes());
            bytes.extend(table.iter().flat_map(|value| value.to_le_bytes()));
        }
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&bytes)?;
        packer.finish()
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, len: usize) -> Result<&'b [u8], BadModel> {
        let end = self.at.checked_add(len).ok_or(BadModel::Short(self.at))?;
        let part = self.bytes.get(self.at..end).ok_or(BadModel::Short(self.at))?;
        self.at = end;
        Ok(part)
    }

    fn u16(&mut self) -> Result<u16, BadModel> {
        let bytes = self.take(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn u32(&mut self) -> Result<u32, BadModel> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn labels(&mut self) -> Result<[i8; LABELS], BadModel> {
        let mut row = [0; LABELS];
        for (cell, byte) in row.iter_mut().zip(self.take(LABELS)?) {
            *cell = *byte as i8;
        }
        Ok(row)
    }
}
