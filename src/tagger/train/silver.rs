//! News without labels, labelled by a first model: what it is sure of teaches the second one the contexts of newswire,
//! of which the annotated corpora hold little. What it is not sure of says nothing.

use rayon::prelude::*;

use super::super::lattice::Class;
use super::super::{Context, Tagger};
use super::corpus::{ANYTHING, Example, bit};
use crate::annotation::Scheme;

/// Sentences that are read as one article, so that names can be made consistent.
const SENTENCES: usize = 10;

/// A suggestion counts from this score on, in thousandths.
const SURE: u16 = 800;

/// The news as examples of this weight.
pub fn label(news: &str, teacher: &Tagger, weight: f32) -> Vec<Example> {
    let lines: Vec<&str> = news.lines().collect();
    let scheme = Scheme::standard();
    lines
        .par_chunks(SENTENCES)
        .enumerate()
        .map(|(at, lines)| {
            let text = lines.join("\n");
            let context = Context { scheme: &scheme, zones: &[], published: None, language: None };
            let suggestions = teacher.suggest(&text, &context);
            let gold = suggestions.iter().filter_map(|one| {
                let class = Class::of_name(one.label.as_str())?;
                Some((one.span, if one.score.thousandths() >= SURE { bit(class) } else { ANYTHING }))
            });
            Example { id: format!("news/{at}"), gold: gold.collect(), text, weight, marks_others: true, is_partial: true }
        })
        .collect()
}
