//! What a raw score is worth: of suggestions that a model made on documents that it never saw, how many with that score
//! are right.
//!
//! One table per source of a suggestion and class, made monotone by pooling neighbours that break the order (isotonic
//! regression, Ayer et al. 1955).

use rayon::prelude::*;

use super::super::lattice::Class;
use super::super::model::{BINS, Source};
use super::super::page::tokens_of;
use super::super::{Context, Tagger};
use super::corpus::{self, Example, bit};
use crate::annotation::Scheme;
use crate::text::Span;

/// Corpora with less weight are not news enough to judge by.
const LEAST_WEIGHT: f32 = 0.7;

/// Suggestions counted in one bin: all of them, and the right ones.
type Bins = [(u32, u32); BINS];

/// By how much the scores of each class are off, in thousandths: the mean distance between what a bin of scores says and
/// what part of it is right (expected calibration error, Naeini et al. 2015).
pub type Error = [u16; Class::ALL.len()];

/// The tables of [`super::super::model::Packed::calibration`], and how far off they are on documents that had no part in
/// them. Document `i` is judged by judge `i % judges.len()`.
pub fn learn(examples: &[Example], judges: &[Tagger]) -> (Vec<Vec<u16>>, Error) {
    if judges.is_empty() {
        return (Vec::new(), Error::default());
    }
    let judged: Vec<Vec<Judged>> = examples
        .par_iter()
        .enumerate()
        .map(|(at, example)| if is_judge(example, at) { judge(example, &judges[at % judges.len()]) } else { Vec::new() })
        .collect();
    let of = |is_in: &dyn Fn(usize) -> bool| {
        let documents = judged.iter().enumerate().filter(|(at, _)| is_in(*at));
        documents.flat_map(|(_, judged)| judged).copied().collect::<Vec<Judged>>()
    };
    let mut off = [[(0.0, 0.0, 0.0); BINS]; Class::ALL.len()];
    for part in 0..judges.len() {
        let tables = tables(&of(&|at| at % judges.len() != part));
        for one in of(&|at| at % judges.len() == part) {
            let score = f64::from(tables[one.source.table(one.class)][one.bin]) / 1000.0;
            let (n, sum, right) = &mut off[one.class as usize][(score * (BINS - 1) as f64) as usize];
            (*n, *sum, *right) = (*n + 1.0, *sum + score, *right + f64::from(u8::from(one.is_right)));
        }
    }
    let error = off.map(|bins| {
        let all: f64 = bins.iter().map(|(n, ..)| n).sum();
        let off: f64 = bins.iter().map(|(_, sum, right): &(f64, f64, f64)| (sum - right).abs()).sum();
        if all > 0.0 { (off / all * 1000.0).round() as u16 } else { 0 }
    });
    (tables(&of(&|_| true)), error)
}

/// Whether an example may judge: annotated ones that are news enough, and some of the news that a model labelled.
fn is_judge(example: &Example, at: usize) -> bool {
    if example.is_taught { at.is_multiple_of(4) } else { example.weight >= LEAST_WEIGHT }
}

/// A suggestion that was judged.
#[derive(Clone, Copy, Debug)]
struct Judged {
    source: Source,
    class: Class,
    bin: usize,
    is_right: bool,
}

fn tables(judged: &[Judged]) -> Vec<Vec<u16>> {
    let mut bins: Vec<Bins> = vec![[(0, 0); BINS]; Source::TABLES];
    for one in judged {
        let (n, right) = &mut bins[one.source.table(one.class)][one.bin];
        (*n, *right) = (*n + 1, *right + u32::from(one.is_right));
    }
    let all = (0..BINS).map(|bin| bins.iter().fold((0, 0), |sum, table| (sum.0 + table[bin].0, sum.1 + table[bin].1)));
    let all = isotonic(&all.map(|(n, right)| (f64::from(n), f64::from(right))).collect::<Vec<_>>());
    bins.iter().map(|table| table_of(table, &all)).collect()
}

/// Every suggestion that the labels of a document can judge.
fn judge(example: &Example, judge: &Tagger) -> Vec<Judged> {
    let scheme = Scheme::standard();
    let context = Context { scheme: &scheme, zones: &[], published: None, language: None };
    let page = judge.page(&example.text, tokens_of(&example.text, &[Span::new(0, example.text.len())]));
    let gold = corpus::wanted(&page, example);
    let judged = judge.suggest_raw(&example.text, &context).into_iter().filter_map(|draft| {
        let class = Class::of_name(draft.label.as_str())?;
        let same = gold.iter().find(|(span, _)| *span == draft.span);
        // People leave many groups unmarked, a model marks them all; of other names people know better.
        let is_judged = match class {
            Class::Group if example.is_taught => {
                !gold.iter().any(|(span, classes)| classes & corpus::ANYTHING != 0 && span.overlaps(draft.span))
            }
            Class::Group => false,
            _ if example.is_taught => false,
            _ => example.marks_others || corpus::is_usual(class),
        };
        let is_right = same.is_some_and(|(_, classes)| classes & bit(class) != 0);
        is_judged.then(|| Judged { source: Source::of(&draft.origin), class, bin: Source::bin(draft.score), is_right })
    });
    judged.collect()
}

/// A table in thousandths; where few suggestions were counted, it leans on what holds for all.
fn table_of(bins: &Bins, all: &[f64]) -> Vec<u16> {
    const PRIOR: f64 = 12.0;
    let smoothed: Vec<(f64, f64)> =
        bins.iter().zip(all).map(|((n, right), p)| (f64::from(*n) + PRIOR, f64::from(*right) + PRIOR * p)).collect();
    isotonic(&smoothed).into_iter().map(|p| (p * 1000.0).round().clamp(10.0, 990.0) as u16).collect()
}

/// The monotone sequence of ratios nearest to the counts.
fn isotonic(counts: &[(f64, f64)]) -> Vec<f64> {
    // Blocks of (count, right, length).
    let mut blocks: Vec<(f64, f64, usize)> = Vec::with_capacity(counts.len());
    for (n, right) in counts {
        blocks.push((*n, *right, 1));
        while let [.., before, last] = &mut blocks[..]
            && before.1 * last.0 >= last.1 * before.0
        {
            *before = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            blocks.pop();
        }
    }
    blocks.into_iter().flat_map(|(n, right, len)| std::iter::repeat_n(if n > 0.0 { right / n } else { 0.0 }, len)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_break_the_order_are_pooled() {
        let counts = [(10.0, 1.0), (10.0, 5.0), (10.0, 3.0), (10.0, 9.0)];
        assert_eq!(isotonic(&counts), [0.1, 0.4, 0.4, 0.9]);
    }
}
