//! Word classes from unlabelled text: words that stand between the same words share a class, so that the model knows
//! something of a word it was never shown.
//!
//! The exchange algorithm (Kneser and Ney 1993): move each word to the class that most raises the likelihood of a
//! class bigram model, until little moves. It optimises what Brown clustering optimises, without the tree.

use std::collections::BTreeMap;

use super::super::numeric::ln;

/// A text as word numbers by falling frequency; `None` breaks the chain (end of a sentence, a rare word).
pub struct Corpus {
    pub words: Vec<String>,
    counts: Vec<u32>,
    before: Vec<Vec<(u32, u32)>>,
    after: Vec<Vec<(u32, u32)>>,
}

impl Corpus {
    /// Reads sentences of words; words seen fewer than `least` times are left out.
    pub fn new<'s>(sentences: impl Iterator<Item = Vec<&'s str>> + Clone, least: u32) -> Self {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for word in sentences.clone().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        let mut kept: Vec<(&str, u32)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
        kept.sort_by_key(|(word, n)| (std::cmp::Reverse(*n), *word));
        let number: BTreeMap<&str, u32> = kept.iter().enumerate().map(|(at, (word, _))| (*word, at as u32)).collect();
        let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for sentence in sentences {
            for pair in sentence.windows(2) {
                if let (Some(a), Some(b)) = (number.get(pair[0]), number.get(pair[1])) {
                    *pairs.entry((*a, *b)).or_default() += 1;
                }
            }
        }
        let mut before = vec![Vec::new(); kept.len()];
        let mut after = vec![Vec::new(); kept.len()];
        for ((a, b), n) in pairs {
            after[a as usize].push((b, n));
            before[b as usize].push((a, n));
        }
        Self {
            words: kept.iter().map(|(word, _)| (*word).to_owned()).collect(),
            counts: kept.iter().map(|(_, n)| *n).collect(),
            before,
            after,
        }
    }

    /// The class of each word, from 0 to `classes` - 1.
    pub fn cluster(&self, classes: usize, rounds: usize) -> Vec<u16> {
        let mut state = Exchange::new(self, classes);
        for _ in 0..rounds {
            let mut moved = 0;
            for word in 0..self.words.len() {
                moved += usize::from(state.exchange(word));
            }
            if moved * 200 < self.words.len() {
                break;
            }
        }
        state.class
    }
}

struct Exchange<'c> {
    corpus: &'c Corpus,
    class: Vec<u16>,
    size: Vec<i64>,
    /// Bigram counts between classes, row by row and column by column.
    rows: Vec<Vec<i32>>,
    columns: Vec<Vec<i32>>,
    /// n ln n for small n.
    logs: Vec<f32>,
}

impl<'c> Exchange<'c> {
    fn new(corpus: &'c Corpus, classes: usize) -> Self {
        // Frequent words start in classes of their own, the rest go round.
        let class: Vec<u16> = (0..corpus.words.len()).map(|word| (word % classes) as u16).collect();
        let mut rows = vec![vec![0; classes]; classes];
        let mut columns = vec![vec![0; classes]; classes];
        let mut size = vec![0; classes];
        for word in 0..corpus.words.len() {
            let own = class[word] as usize;
            size[own] += i64::from(corpus.counts[word]);
            for (next, n) in &corpus.after[word] {
                let other = class[*next as usize] as usize;
                rows[own][other] += *n as i32;
                columns[other][own] += *n as i32;
            }
        }
        let logs = (0..1 << 16).map(|n| if n == 0 { 0.0 } else { n as f32 * ln(n as f32) }).collect();
        Self { corpus, class, size, rows, columns, logs }
    }

    fn weighted_log(&self, n: i64) -> f32 {
        match usize::try_from(n).ok().and_then(|n| self.logs.get(n)) {
            Some(value) => *value,
            None => n as f32 * ln(n as f32),
        }
    }

    /// Moves a word to its best class; says whether that is another one.
    fn exchange(&mut self, word: usize) -> bool {
        let own = self.class[word] as usize;
        let mut left: BTreeMap<usize, i32> = BTreeMap::new();
        let mut right: BTreeMap<usize, i32> = BTreeMap::new();
        let mut itself = 0;
        for (other, n) in &self.corpus.before[word] {
            if *other as usize == word {
                itself = *n as i32;
            } else {
                *left.entry(self.class[*other as usize] as usize).or_default() += *n as i32;
            }
        }
        for (other, n) in &self.corpus.after[word] {
            if *other as usize != word {
                *right.entry(self.class[*other as usize] as usize).or_default() += *n as i32;
            }
        }
        let left: Vec<(usize, i32)> = left.into_iter().collect();
        let right: Vec<(usize, i32)> = right.into_iter().collect();
        self.put(own, &left, &right, itself, -1);
        let count = i64::from(self.corpus.counts[word]);
        self.size[own] -= count;
        let mut best = (own, f32::NEG_INFINITY);
        for candidate in 0..self.size.len() {
            let gain = self.gain(candidate, &left, &right, itself, count);
            // A tie stays where it is, so that rounds settle.
            if gain > best.1 || (gain == best.1 && candidate == own) {
                best = (candidate, gain);
            }
        }
        self.put(best.0, &left, &right, itself, 1);
        self.size[best.0] += count;
        self.class[word] = best.0 as u16;
        best.0 != own
    }

    fn put(&mut self, class: usize, left: &[(usize, i32)], right: &[(usize, i32)], itself: i32, sign: i32) {
        for (other, n) in left {
            self.rows[*other][class] += sign * n;
            self.columns[class][*other] += sign * n;
        }
        for (other, n) in right {
            self.rows[class][*other] += sign * n;
            self.columns[*other][class] += sign * n;
        }
        self.rows[class][class] += sign * itself;
        self.columns[class][class] += sign * itself;
    }

    /// What the likelihood gains if the word, which is in no class now, goes into `class`.
    fn gain(&self, class: usize, left: &[(usize, i32)], right: &[(usize, i32)], itself: i32, count: i64) -> f32 {
        let column = &self.columns[class];
        let row = &self.rows[class];
        let step = |old: i32, n: i32| self.weighted_log(i64::from(old + n)) - self.weighted_log(i64::from(old));
        let mut gain = 0.0;
        for (other, n) in left {
            gain += step(column[*other], *n);
        }
        for (other, n) in right {
            gain += step(row[*other], *n);
        }
        gain += step(row[class], itself);
        gain - 2.0 * (self.weighted_log(self.size[class] + count) - self.weighted_log(self.size[class]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_same_places_share_a_class() {
        let mut text: Vec<Vec<&str>> = Vec::new();
        for place in ["Paris", "Rome", "Oslo"] {
            for verb in ["spoke", "slept", "voted"] {
                text.push(vec!["she", verb, "in", place, "."]);
                text.push(vec!["he", verb, "in", place, "."]);
            }
        }
        let corpus = Corpus::new(text.iter().cloned(), 1);
        let classes = corpus.cluster(5, 20);
        let of = |word: &str| classes[corpus.words.iter().position(|other| other == word).unwrap()];
        assert_eq!(of("Paris"), of("Rome"));
        assert_eq!(of("spoke"), of("voted"));
        assert_ne!(of("Paris"), of("spoke"));
    }
}
