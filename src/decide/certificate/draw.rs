//! Drawing the sample.
//!
//! The settled mentions are sorted by label, then by how they were settled, and shuffled within these strata. The row is cut
//! into as many equal cells as are to be looked at, and one mention is drawn of each. So every mention has the same chance, and
//! every stratum its proportion of the sample but for one draw.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::annotation::{Article, Certificate, Decided, Item, Label, PlaceMark, Progress, Session, Stratum, Time};
use crate::text::{Offsets, Span, Unit, sentences};

/// How much is to be looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    pub mentions: usize,
    pub sentences: usize,
    pub seed: u64,
}

/// Why no sample was drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NothingToDraw {
    #[error("no article is settled as a whole yet: a certificate speaks of articles in which nothing is open")]
    Unsettled,
    #[error("a sample of nothing certifies nothing")]
    Empty,
    #[error("it was cancelled")]
    Cancelled,
}

/// A sample of the articles that are settled as a whole.
///
/// # Errors
/// [`NothingToDraw`].
pub fn draw(session: &Session, asked: Asked, by: &str, at: Time, cancelled: &AtomicBool) -> Result<Certificate, NothingToDraw> {
    let settled: Vec<&Article> = session.articles().iter().map(AsRef::as_ref).filter(|article| is_settled(article)).collect();
    if settled.is_empty() {
        return Err(NothingToDraw::Unsettled);
    }
    let mut dice = Dice::new(asked.seed);
    let (mentions, strata) = mentions(&settled, &mut dice);
    let sentences = settled_sentences(&settled, &mut dice, cancelled).ok_or(NothingToDraw::Cancelled)?;
    let all_sentences = sentences.len();
    let mut drawn: Vec<Item> = cells(mentions.len(), asked.mentions, &mut dice).into_iter().map(|at| mentions[at].item()).collect();
    let mut read: Vec<Item> = cells(sentences.len(), asked.sentences, &mut dice).into_iter().map(|at| sentences[at].item()).collect();
    // Nothing of the order says what was decided, and whatever part of it is answered is a sample too.
    dice.shuffle(&mut drawn);
    dice.shuffle(&mut read);
    drawn.append(&mut read);
    if drawn.is_empty() {
        return Err(NothingToDraw::Empty);
    }
    let mut named = Dice::new(asked.seed ^ at.0 as u64);
    by.bytes().for_each(|byte| named.stir(u64::from(byte)));
    Ok(Certificate {
        id: format!("{:08x}", named.next() >> 32).into(),
        seed: asked.seed,
        articles: settled.len() as u32,
        sentences: all_sentences as u32,
        strata,
        items: drawn,
        by: by.into(),
        at,
    })
}

/// What may be drawn.
struct Candidate<'s> {
    article: &'s Article,
    span: Span,
    decided: Decided,
}

impl Candidate<'_> {
    fn item(&self) -> Item {
        let Self { article, span, decided } = self;
        let mark = PlaceMark::of(&article.id, &article.text, *span, "");
        let (start, end) = Offsets::new(&article.text).span_to(*span, Unit::CodePoints);
        Item { article: article.id.clone(), points: (start as u32, end as u32), mark, decided: decided.clone(), answer: None }
    }
}

/// Whether nothing in an article waits for a person, and a person has said so or decided something.
fn is_settled(article: &Article) -> bool {
    article.open_count() == 0 && (article.desk.progress == Progress::Done || !article.mentions.is_empty())
}

/// Every settled mention, sorted by stratum and shuffled within each.
fn mentions<'s>(articles: &[&'s Article], dice: &mut Dice) -> (Vec<Candidate<'s>>, Vec<Stratum>) {
    let mut by_stratum: BTreeMap<_, Vec<Candidate<'s>>> = BTreeMap::new();
    for article in articles {
        for mention in &article.mentions {
            let Some(how) = mention.how else { continue };
            let label = mention.is_confirmed().then(|| mention.label.clone());
            let decided = Decided::Mention { label: label.clone(), how };
            by_stratum.entry((label, how)).or_default().push(Candidate { article, span: mention.span, decided });
        }
    }
    let strata = by_stratum.iter().map(|((label, how), of)| Stratum { label: label.clone(), how: *how, size: of.len() as u32 });
    let strata = strata.collect();
    let candidates = by_stratum.into_values().flat_map(|mut candidates| {
        dice.shuffle(&mut candidates);
        candidates
    });
    (candidates.collect(), strata)
}

/// Every sentence that is tagged at all; those in which nothing is confirmed first, each kind shuffled. `None` where it was
/// cancelled.
fn settled_sentences<'s>(articles: &[&'s Article], dice: &mut Dice, cancelled: &AtomicBool) -> Option<Vec<Candidate<'s>>> {
    let in_article = |article: &&'s Article| {
        let article = *article;
        let spans = if cancelled.load(Ordering::Relaxed) { Vec::new() } else { sentences::spans(&article.text) };
        let tagged = spans.into_iter().filter(|span| !article.is_boilerplate_at(span.start as usize));
        tagged.map(|span| Candidate { article, span, decided: Decided::Sentence(labels_in(article, span)) }).collect()
    };
    let of_articles: Vec<Vec<Candidate<'s>>> = articles.par_iter().map(in_article).collect();
    if cancelled.load(Ordering::Relaxed) {
        return None;
    }
    let is_bare = |candidate: &Candidate<'s>| matches!(&candidate.decided, Decided::Sentence(labels) if labels.is_empty());
    let (mut bare, mut named): (Vec<_>, Vec<_>) = of_articles.into_iter().flatten().partition(is_bare);
    dice.shuffle(&mut bare);
    dice.shuffle(&mut named);
    bare.append(&mut named);
    Some(bare)
}

/// The labels of what is confirmed in a sentence, sorted; a mention belongs to the sentence that it begins in.
fn labels_in(article: &Article, span: Span) -> Vec<Label> {
    let first = article.mentions.partition_point(|mention| mention.span.start < span.start);
    let inside = article.mentions[first..].iter().take_while(|mention| mention.span.start < span.end);
    let mut labels: Vec<Label> = inside.filter(|mention| mention.is_confirmed()).map(|mention| mention.label.clone()).collect();
    labels.sort();
    labels
}

/// One of each of `n` equal cells of a row of `of`; all of them where that would be more than half.
pub(super) fn cells(of: usize, n: usize, dice: &mut Dice) -> Vec<usize> {
    if n * 2 > of {
        return if n == 0 { Vec::new() } else { (0..of).collect() };
    }
    let width = of as f64 / n as f64;
    (0..n).map(|cell| (((cell as f64 + dice.ratio()) * width) as usize).min(of - 1)).collect()
}

/// SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn stir(&mut self, number: u64) {
        self.0 = self.next() ^ number;
    }

    /// From 0 up to, not including, 1.
    pub fn ratio(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, (self.ratio() * (at + 1) as f64) as usize);
        }
    }
}
