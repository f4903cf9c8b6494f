//! Classes of words out of word vectors: `manicule pack-classes`. Rows of vectors are sorted into 64 to 4,096 classes by
//! k-means over directions (Dhillon and Modha 2001), in whole numbers, so that every machine finds the same.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use rayon::prelude::*;

use super::super::classes::{LEVELS, Packed};
use super::super::hash;
use super::crf::Random;
use crate::text::tokens::{TokenKind, tokens};

/// Components of a vector.
const WIDTH: usize = 300;

/// How often rows are sorted anew.
const ROUNDS: usize = 15;

/// The length to which the middle of a class is brought.
const LENGTH: f64 = 4000.0;

#[derive(Debug, thiserror::Error)]
pub enum BadVectors {
    #[error("{path} cannot be read: {source}; give the folder that holds vectors/words.tsv.gz and vectors/vectors.i8.gz")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("line {line} of {path} is no word with its row")]
    Line { path: PathBuf, line: usize },
}

/// A vector, or the middle of a class.
type Vector = [i16; WIDTH];

/// Reads `vectors/` of a data folder and sorts its rows.
///
/// # Errors
/// A file that is missing or of another form.
pub fn pack(data: &Path) -> Result<Packed, BadVectors> {
    let rows = read_rows(&data.join("vectors/vectors.i8.gz"))?;
    let words = read_words(&data.join("vectors/words.tsv.gz"), rows.len())?;
    let levels: Vec<Vec<u16>> = LEVELS.into_par_iter().map(|classes| cluster(&rows, classes)).collect();
    let rows = (0..rows.len()).map(|row| std::array::from_fn(|level| levels[level][row]));
    Ok(Packed { rows: rows.collect(), words: needed(&words) })
}

fn read_rows(path: &Path) -> Result<Vec<Vector>, BadVectors> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| GzDecoder::new(file).read_to_end(&mut bytes));
    read.map_err(|source| BadVectors::Read { path: path.to_owned(), source })?;
    Ok(bytes.chunks_exact(WIDTH).map(|row| std::array::from_fn(|at| i16::from(row[at] as i8))).collect())
}

/// Words with their rows, by word.
fn read_words(path: &Path, n_rows: usize) -> Result<BTreeMap<String, u16>, BadVectors> {
    let fault = |source| BadVectors::Read { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(fault)?;
    let mut words = BTreeMap::new();
    for (at, line) in BufReader::new(GzDecoder::new(file)).lines().enumerate() {
        let line = line.map_err(fault)?;
        let row = line.split_once('\t').and_then(|(word, row)| Some((word, row.parse::<u16>().ok()?)));
        let (word, row) =
            row.filter(|(_, row)| usize::from(*row) < n_rows).ok_or_else(|| BadVectors::Line { path: path.to_owned(), line: at + 1 })?;
        words.insert(word.to_owned(), row);
    }
    Ok(words)
}

/// The words that a text can hold and that are not as their lower case: half of all.
fn needed(words: &BTreeMap<String, u16>) -> Vec<(u32, u16)> {
    let is_word = |word: &str| matches!(tokens(word)[..], [token] if token.span.len() == word.len() && token.kind != TokenKind::Number);
    let is_told = |word: &str, row: u16| {
        let lower = word.to_lowercase();
        lower != word && words.get(&lower) == Some(&row)
    };
    let kept = words.iter().filter(|(word, row)| is_word(word) && !is_told(word, **row));
    let mut needed: Vec<(u32, u16)> = kept.map(|(word, row)| (hash::of(word), *row)).collect();
    needed.sort_unstable();
    needed.dedup_by_key(|(hash, _)| *hash);
    needed
}

/// The class of each row: that to whose middle its direction is nearest.
fn cluster(rows: &[Vector], classes: usize) -> Vec<u16> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    Random(0x9e37_79b9_7f4a_7c15).shuffle(&mut order);
    let mut middles: Vec<Vector> =
        order.iter().take(classes).map(|row| lengthened(rows[*row].map(i64::from)).unwrap_or(rows[*row])).collect();
    let mut class = Vec::new();
    for _ in 0..ROUNDS {
        class = rows.par_iter().map(|row| nearest(row, &middles)).collect();
        let mut sums = vec![[0_i64; WIDTH]; middles.len()];
        for (row, class) in rows.iter().zip(&class) {
            for (sum, value) in sums[usize::from(*class)].iter_mut().zip(row) {
                *sum += i64::from(*value);
            }
        }
        // A class that lost all its rows keeps its middle.
        for (middle, sum) in middles.iter_mut().zip(sums) {
            *middle = lengthened(sum).unwrap_or(*middle);
        }
    }
    class
}

/// The class with the greatest product; of equal ones the first.
fn nearest(row: &Vector, middles: &[Vector]) -> u16 {
    let mut best = (0, i32::MIN);
    for (at, middle) in middles.iter().enumerate() {
        let product: i32 = row.iter().zip(middle).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        if product > best.1 {
            best = (at, product);
        }
    }
    best.0 as u16
}

/// A direction as a vector of the length of all middles; `None` for none.
fn lengthened(sum: [i64; WIDTH]) -> Option<Vector> {
    let square: i64 = sum.iter().map(|value| value * value).sum();
    let factor = LENGTH / (square as f64).sqrt();
    (square > 0).then(|| sum.map(|value| (value as f64 * factor).round() as i16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_direction_are_of_one_class() {
        let rows: Vec<Vector> = (0..90_usize)
            .map(|at| {
                let mut row = [0; WIDTH];
                row[at % 3] = 100 + at as i16 % 20;
                row[3 + at % 7] = 9;
                row
            })
            .collect();
        let class = cluster(&rows, 6);
        for (a, b) in (0..90).flat_map(|a| (0..90).map(move |b| (a, b))) {
            assert!(class[a] != class[b] || a % 3 == b % 3, "{a} {b}");
        }
    }

    #[test]
    fn words_as_their_lower_case_are_left_out() {
        let words = [("harbour", 1), ("Harbour", 1), ("HARBOUR", 2), ("May", 3), ("may", 4), ("gone.", 5), ("2019", 6), ("Lowmoor", 7)];
        let words: BTreeMap<String, u16> = words.into_iter().map(|(word, row)| (word.to_owned(), row)).collect();
        let mut wanted = ["harbour", "HARBOUR", "May", "may", "Lowmoor"].map(|word| (hash::of(word), words[word]));
        wanted.sort_unstable();
        assert_eq!(needed(&words), wanted);
    }
}
