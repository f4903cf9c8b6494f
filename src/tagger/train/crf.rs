//! Learns the weights: stochastic gradient descent with AdaGrad steps (Duchi, Hazan and Singer 2011) on the
//! likelihood of the allowed label sequences, with L2 regularisation once per round.

use std::collections::HashMap;

use super::super::features::features;
use super::super::lattice::{LABELS, LANES, Row, Sums, may_follow};
use super::super::numeric::exp;
use super::super::page::Page;

/// Sentences as feature numbers, with the labels that are allowed at each token.
#[derive(Default)]
pub struct Sequences {
    sequences: Vec<Sequence>,
    number_of: HashMap<u64, u32>,
    keys: Vec<u64>,
    counts: Vec<u32>,
}

struct Sequence {
    /// The number of the document that it is of.
    document: u32,
    features: Vec<u32>,
    /// Where each token's features end, and where its lexical ones do.
    ends: Vec<(u32, u32)>,
    allowed: Vec<u16>,
    weight: f32,
}

impl Sequences {
    /// Takes in the sentences of a page.
    pub fn add(&mut self, page: &Page<'_>, allowed: &[u16], weight: f32, document: u32) {
        let (mut keys, mut rest) = (Vec::new(), Vec::new());
        for sentence in &page.sentences {
            let mut sequence =
                Sequence { document, features: Vec::new(), ends: Vec::new(), allowed: allowed[sentence.tokens.clone()].to_vec(), weight };
            for i in sentence.tokens.clone() {
                let lexical = features(page, sentence, i, &mut keys, &mut rest);
                for key in &keys {
                    let next = self.keys.len() as u32;
                    let number = *self.number_of.entry(*key).or_insert(next);
                    if number == next {
                        self.keys.push(*key);
                        self.counts.push(0);
                    }
                    self.counts[number as usize] += 1;
                    sequence.features.push(number);
                }
                let end = sequence.features.len() as u32;
                sequence.ends.push((end, end - (keys.len() - lexical) as u32));
            }
            self.sequences.push(sequence);
        }
    }

    /// Leaves out features seen fewer than `least` times, and renumbers.
    pub fn prune(&mut self, least: u32) {
        let mut renumbered = vec![u32::MAX; self.keys.len()];
        let mut keys = Vec::new();
        for (at, count) in self.counts.iter().enumerate() {
            if *count >= least {
                renumbered[at] = keys.len() as u32;
                keys.push(self.keys[at]);
            }
        }
        for sequence in &mut self.sequences {
            let (mut kept, mut ends, mut start) = (Vec::new(), Vec::with_capacity(sequence.ends.len()), 0);
            for (end, lexical) in &sequence.ends {
                let mut lexical_end = kept.len();
                for at in start..*end {
                    let number = renumbered[sequence.features[at as usize] as usize];
                    if number != u32::MAX {
                        kept.push(number);
                    }
                    if at < *lexical {
                        lexical_end = kept.len();
                    }
                }
                ends.push((kept.len() as u32, lexical_end as u32));
                start = *end;
            }
            sequence.features = kept;
            sequence.ends = ends;
        }
        self.keys = keys;
        self.counts.clear();
        self.number_of.clear();
    }

    pub fn len(&self) -> usize {
        self.sequences.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sequences.is_empty()
    }
}

/// How learning goes about it.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub rounds: usize,
    pub step: f32,
    pub l2: f32,
    /// How often the very words of a token are hidden, so that the model learns to do without them.
    pub hide: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rounds: 5, step: 0.05, l2: 4.0, hide: 0.2 }
    }
}

/// Weights per feature key, and per pair of labels.
pub struct Learnt {
    pub weights: Vec<(u64, [f32; LABELS])>,
    pub transitions: [[f32; LANES]; LANES],
}

/// Learns from the sequences of the documents that `is_in` names; `progress` hears of each round: its number and the
/// mean loss per sentence.
pub fn learn(data: &Sequences, settings: Settings, is_in: &dyn Fn(u32) -> bool, progress: &dyn Fn(usize, f32)) -> Learnt {
    let mut state = State::new(data.keys.len(), settings);
    let mut order: Vec<u32> = (0..data.sequences.len() as u32).filter(|number| is_in(data.sequences[*number as usize].document)).collect();
    let mut mean = vec![[0.0; LANES]; data.keys.len()];
    let mut mean_transitions = [[0.0; LANES]; LANES];
    let averaged = settings.rounds.div_ceil(2);
    for round in 0..settings.rounds {
        state.random.shuffle(&mut order);
        let mut loss = 0.0;
        for number in &order {
            loss += state.step(&data.sequences[*number as usize]);
        }
        state.regularise();
        if round >= settings.rounds - averaged {
            add_scaled(&mut mean, &state.weights, 1.0 / averaged as f32);
            add_scaled(&mut mean_transitions, &state.transitions, 1.0 / averaged as f32);
        }
        progress(round, loss / order.len().max(1) as f32);
    }
    let weights = data.keys.iter().zip(&mean).map(|(key, row)| (*key, std::array::from_fn(|label| row[label]))).collect();
    Learnt { weights, transitions: mean_transitions }
}

fn add_scaled(sum: &mut [Row], rows: &[Row], factor: f32) {
    for (sum, row) in sum.iter_mut().zip(rows) {
        for (cell, value) in sum.iter_mut().zip(row) {
            *cell += value * factor;
        }
    }
}

struct State {
    settings: Settings,
    weights: Vec<Row>,
    /// Sums of squared gradients.
    squares: Vec<Row>,
    transitions: [Row; LANES],
    transition_squares: [Row; LANES],
    random: Random,
    free: Sums,
    bound: Sums,
    emissions: Vec<Row>,
    masked: Vec<Row>,
    hidden: Vec<bool>,
}

/// Keeps the first steps from being too long.
const DAMPING: f32 = 0.1;

impl State {
    fn new(features: usize, settings: Settings) -> Self {
        Self {
            settings,
            weights: vec![[0.0; LANES]; features],
            squares: vec![[DAMPING; LANES]; features],
            transitions: [[0.0; LANES]; LANES],
            transition_squares: [[DAMPING; LANES]; LANES],
            random: Random(0x9e37_79b9_7f4a_7c15),
            free: Sums::default(),
            bound: Sums::default(),
            emissions: Vec::new(),
            masked: Vec::new(),
            hidden: Vec::new(),
        }
    }

    /// One step down the gradient of one sentence; its loss before the step.
    fn step(&mut self, sequence: &Sequence) -> f32 {
        let len = sequence.allowed.len();
        let potentials: [Row; LANES] =
            std::array::from_fn(|from| std::array::from_fn(|to| if may_follow(from, to) { exp(self.transitions[from][to]) } else { 0.0 }));
        self.emit(sequence);
        self.free.compute(&self.emissions, &potentials);
        self.bound.compute(&self.masked, &potentials);
        let mut loss = 0.0;
        for t in 0..len {
            loss += super::super::numeric::ln(self.bound.scale[t]) - super::super::numeric::ln(self.free.scale[t]);
        }
        self.step_transitions(&potentials, sequence.weight);
        let mut start = 0;
        for t in 0..len {
            let (expected, observed) = (self.free.marginals(t), self.bound.marginals(t));
            let (end, lexical) = sequence.ends[t];
            let mut gradient = [0.0; LANES];
            let mut largest: f32 = 0.0;
            for label in 0..LABELS {
                gradient[label] = (expected[label] - observed[label]) * sequence.weight;
                largest = largest.max(gradient[label].abs());
            }
            let from = if self.hidden[t] { lexical } else { start };
            if largest > 1e-4 {
                for number in &sequence.features[from as usize..end as usize] {
                    descend(&mut self.weights[*number as usize], &mut self.squares[*number as usize], &gradient, self.settings.step);
                }
            }
            start = end;
        }
        loss * sequence.weight
    }

    fn emit(&mut self, sequence: &Sequence) {
        self.emissions.clear();
        self.masked.clear();
        self.hidden.clear();
        let mut start = 0;
        for (t, (end, lexical)) in sequence.ends.iter().enumerate() {
            let is_hidden = self.random.below_one() < self.settings.hide;
            self.hidden.push(is_hidden);
            let mut score = [0.0; LANES];
            for number in &sequence.features[if is_hidden { *lexical } else { start } as usize..*end as usize] {
                for (cell, weight) in score.iter_mut().zip(&self.weights[*number as usize]) {
                    *cell += weight;
                }
            }
            start = *end;
            let top = score[..LABELS].iter().copied().fold(f32::MIN, f32::max);
            let (mut row, mut masked) = ([0.0; LANES], [0.0; LANES]);
            for label in 0..LABELS {
                row[label] = exp(score[label] - top);
                if sequence.allowed[t] >> label & 1 == 1 {
                    // Never quite 0, so that the allowed sequences keep a mass.
                    masked[label] = row[label].max(1e-20);
                }
            }
            self.emissions.push(row);
            self.masked.push(masked);
        }
    }

    fn step_transitions(&mut self, potentials: &[Row; LANES], weight: f32) {
        let mut gradient = [[0.0; LANES]; LANES];
        add_pairs(&mut gradient, &self.free, &self.emissions, potentials, weight);
        add_pairs(&mut gradient, &self.bound, &self.masked, potentials, -weight);
        let rows = self.transitions.iter_mut().zip(&mut self.transition_squares).zip(&gradient);
        for ((row, squares), gradient) in rows.take(LABELS) {
            descend(row, squares, gradient, self.settings.step);
        }
    }

    fn regularise(&mut self) {
        let strength = self.settings.l2 * self.settings.step;
        for (row, squares) in self.weights.iter_mut().zip(&self.squares) {
            for (weight, square) in row.iter_mut().zip(squares) {
                *weight /= 1.0 + strength / square.sqrt() * 0.1;
            }
        }
    }
}

fn add_pairs(gradient: &mut [Row; LANES], sums: &Sums, emissions: &[Row], potentials: &[Row; LANES], weight: f32) {
    for (t, emission) in emissions.iter().enumerate().skip(1) {
        let total: f32 = sums.forward[t].iter().zip(&sums.backward[t]).map(|(a, b)| a * b).sum();
        if total <= 0.0 {
            continue;
        }
        let factor = weight * sums.scale[t] / total;
        let right: Row = std::array::from_fn(|to| emission[to] * sums.backward[t][to] * factor);
        for from in 0..LABELS {
            let left = sums.forward[t - 1][from];
            for to in 0..LANES {
                gradient[from][to] += left * potentials[from][to] * right[to];
            }
        }
    }
}

#[inline]
fn descend(weights: &mut Row, squares: &mut Row, gradient: &Row, step: f32) {
    for ((weight, square), g) in weights.iter_mut().zip(squares.iter_mut()).zip(gradient) {
        *square += g * g;
        *weight -= step * g / square.sqrt();
    }
}

/// A small fixed generator (xorshift64*): training is the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn draw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.draw()) * end as u128) >> 64) as usize
    }

    pub fn below_one(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / (1_u32 << 24) as f32
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
