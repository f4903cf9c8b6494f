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
            let gold = gold.collect();
            // Every second text begins like a headline, so that names are known there too.
            let first = lines.first().map_or(0, |line| line.len());
            let text = match at % 4 {
                1 => in_capitals(&text, first),
                3 => in_title_case(&text, first),
                _ => text,
            };
            Example { id: format!("news/{at}"), gold, text, weight, marks_others: true, is_partial: true }
        })
        .collect()
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
    }
}
