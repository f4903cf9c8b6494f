//! Sums and best paths over label sequences: the part of the sequence model that training and tagging share.
//!
//! A linear chain (Lafferty, McCallum and Pereira 2001) over the labels of [`Class`] in BIO form. Rows have sixteen
//! lanes, one more than there are labels, so that the compiler keeps one in a register or two.

/// Labels: outside, then B and I of each class.
pub const LABELS: usize = 1 + 2 * Class::ALL.len();
pub const LANES: usize = 16;
pub const OUTSIDE: usize = 0;
pub type Row = [f32; LANES];

/// What the model tells apart. Labels of the scheme are finer; [`super::refine`] finds them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Class {
    Person,
    Organisation,
    Place,
    Group,
    Event,
    Work,
    Product,
}

impl Class {
    pub const ALL: [Class; 7] = [Class::Person, Class::Organisation, Class::Place, Class::Group, Class::Event, Class::Work, Class::Product];

    /// The class of a label of the standard scheme; `None` for dates and amounts.
    pub fn of_name(label: &str) -> Option<Self> {
        Some(match label {
            "PERSON" => Class::Person,
            "ORG" => Class::Organisation,
            "GPE" | "LOC" | "FAC" => Class::Place,
            "NORP" => Class::Group,
            "EVENT" => Class::Event,
            "LAW" | "WORK_OF_ART" => Class::Work,
            "PRODUCT" => Class::Product,
            _ => return None,
        })
    }

    pub fn begin(self) -> usize {
        1 + 2 * self as usize
    }

    pub fn inside(self) -> usize {
        2 + 2 * self as usize
    }

    /// The class of a label; `None` outside.
    pub fn of_label(label: usize) -> Option<Self> {
        label.checked_sub(1).and_then(|at| Self::ALL.get(at / 2)).copied()
    }
}

/// Whether label `to` may follow label `from`.
pub fn may_follow(from: usize, to: usize) -> bool {
    if to >= LABELS || from >= LABELS {
        return false;
    }
    to == OUTSIDE || to % 2 == 1 || from == to || from + 1 == to
}

/// A bit per label that a sequence may begin with.
pub const BEGINNINGS: u16 = {
    let mut bits = 1;
    let mut label = 1;
    while label < LABELS {
        bits |= 1 << label;
        label += 2;
    }
    bits
};

/// Sums over all paths through one sequence, each position scaled so that nothing overflows.
#[derive(Default)]
pub struct Sums {
    /// Probability mass of prefixes ending in a label, scaled.
    pub forward: Vec<Row>,
    pub backward: Vec<Row>,
    /// By which the forward row of each position was multiplied.
    pub scale: Vec<f32>,
}

impl Sums {
    /// `emissions` are potentials (not logarithms) per position; `transitions[from][to]` likewise, 0 where forbidden.
    pub fn compute(&mut self, emissions: &[Row], transitions: &[Row; LANES]) {
        let len = emissions.len();
        self.forward.resize(len, [0.0; LANES]);
        self.backward.resize(len, [0.0; LANES]);
        self.scale.resize(len, 0.0);
        let mut before: Option<Row> = None;
        for (t, emission) in emissions.iter().enumerate() {
            let mut row = [0.0; LANES];
            match &before {
                None => {
                    for (label, (cell, e)) in row.iter_mut().zip(emission).enumerate() {
                        *cell = if BEGINNINGS >> label & 1 == 1 { *e } else { 0.0 };
                    }
                }
                Some(previous) => {
                    for (mass, to) in previous.iter().zip(transitions) {
                        for (cell, weight) in row.iter_mut().zip(to) {
                            *cell += mass * weight;
                        }
                    }
                    for (cell, e) in row.iter_mut().zip(emission) {
                        *cell *= e;
                    }
                }
            }
            let total: f32 = row.iter().sum();
            let scale = if total > 0.0 { 1.0 / total } else { 1.0 };
            for cell in &mut row {
                *cell *= scale;
            }
            self.scale[t] = scale;
            self.forward[t] = row;
            before = Some(row);
        }
        let mut after = [1.0; LANES];
        for t in (0..len).rev() {
            self.backward[t] = after;
            let mut weighted = emissions[t];
            for (cell, mass) in weighted.iter_mut().zip(&after) {
                *cell *= mass * self.scale[t];
            }
            for (cell, to) in after.iter_mut().zip(transitions) {
                *cell = to.iter().zip(&weighted).map(|(a, b)| a * b).sum();
            }
        }
    }

    /// The probability of each label at position `t`.
    pub fn marginals(&self, t: usize) -> Row {
        let mut row = self.forward[t];
        let mut total = 0.0;
        for (cell, mass) in row.iter_mut().zip(&self.backward[t]) {
            *cell *= mass;
            total += *cell;
        }
        if total > 0.0 {
            for cell in &mut row {
                *cell /= total;
            }
        }
        row
    }

    /// The probability that exactly the positions `from..to` are one mention of `class`.
    pub fn span(&self, from: usize, to: usize, class: Class, emissions: &[Row], transitions: &[Row; LANES]) -> f32 {
        let mut mass = self.forward[from][class.begin()];
        let mut label = class.begin();
        for (emission, scale) in emissions[from + 1..to].iter().zip(&self.scale[from + 1..to]) {
            mass *= transitions[label][class.inside()] * emission[class.inside()] * scale;
            label = class.inside();
        }
        let after: f32 = match emissions.get(to) {
            None => 1.0,
            Some(emission) => (0..LABELS)
                .filter(|next| *next != class.inside())
                .map(|next| transitions[label][next] * emission[next] * self.backward[to][next] * self.scale[to])
                .sum(),
        };
        let total: f32 = self.forward[from].iter().zip(&self.backward[from]).map(|(a, b)| a * b).sum();
        if total > 0.0 { (mass * after / total).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// The best sequence of labels by sums of integer scores; of equal ones that with the lower labels.
pub fn best_path(scores: &[[i32; LANES]], transitions: &[[i32; LANES]; LANES], path: &mut Vec<u8>, back: &mut Vec<[u8; LANES]>) {
    path.clear();
    back.clear();
    let Some(first) = scores.first() else { return };
    let mut best = *first;
    for (label, cell) in best.iter_mut().enumerate() {
        if BEGINNINGS >> label & 1 == 0 {
            *cell = FORBIDDEN;
        }
    }
    back.push([0; LANES]);
    for row in &scores[1..] {
        let mut next = [i32::MIN; LANES];
        let mut from = [0_u8; LANES];
        for (label, (score, to)) in best.iter().zip(transitions).enumerate() {
            for ((cell, weight), origin) in next.iter_mut().zip(to).zip(&mut from) {
                let value = score + weight;
                if value > *cell {
                    *cell = value;
                    *origin = label as u8;
                }
            }
        }
        // Kept within bounds however long the sequence is.
        let top = next.iter().copied().max().unwrap_or_default();
        for (cell, score) in next.iter_mut().zip(row) {
            *cell = (*cell - top).max(FORBIDDEN) + score;
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).max_by_key(|label| (best[*label], LABELS - label)).unwrap_or(OUTSIDE) as u8;
    for from in back.iter().rev() {
        path.push(label);
        label = from[label as usize];
    }
    path.reverse();
}

/// A score that no path takes.
pub const FORBIDDEN: i32 = -(1 << 24);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_follows_only_its_own_class() {
        assert!(may_follow(Class::Person.begin(), Class::Person.inside()));
        assert!(may_follow(Class::Person.inside(), Class::Person.inside()));
        assert!(!may_follow(Class::Person.begin(), Class::Place.inside()));
        assert!(!may_follow(OUTSIDE, Class::Place.inside()));
        assert!(may_follow(Class::Place.inside(), Class::Person.begin()));
    }

    #[test]
    fn span_probabilities_are_those_of_all_paths() {
        let mut transitions = [[0.0; LANES]; LANES];
        for (from, row) in transitions.iter_mut().enumerate() {
            for (to, cell) in row.iter_mut().enumerate() {
                *cell = if may_follow(from, to) { 0.5 + (from * 3 + to) as f32 * 0.03 } else { 0.0 };
            }
        }
        let emissions: Vec<Row> = (0..3)
            .map(|t| std::array::from_fn(|label| if label < LABELS { 0.2 + ((t * 7 + label * 5) % 11) as f32 * 0.1 } else { 0.0 }))
            .collect();
        let (mut total, mut wanted) = (0.0, 0.0);
        for code in 0..LABELS.pow(3) {
            let labels = [code % LABELS, code / LABELS % LABELS, code / LABELS / LABELS];
            if BEGINNINGS >> labels[0] & 1 == 0 {
                continue;
            }
            let mass = emissions[0][labels[0]]
                * transitions[labels[0]][labels[1]]
                * emissions[1][labels[1]]
                * transitions[labels[1]][labels[2]]
                * emissions[2][labels[2]];
            total += mass;
            if labels[0] == Class::Person.begin() && labels[1] == Class::Person.inside() && labels[2] != Class::Person.inside() {
                wanted += mass;
            }
        }
        let mut sums = Sums::default();
        sums.compute(&emissions, &transitions);
        let found = sums.span(0, 2, Class::Person, &emissions, &transitions);
        assert!((found - wanted / total).abs() < 1e-4, "{found} {}", wanted / total);
    }
}
