//! Whether the intervals hold: populations with known faults, sampled again and again.

use super::draw::{Dice, cells};
use super::interval::exact;

/// Labels with strata in them: how many mentions, and how many of a thousand are wrong.
type Population = &'static [&'static [(usize, usize)]];

const POPULATIONS: [Population; 5] = [
    // Much that is looked at and right, little that is spread and worse.
    &[&[(900, 5), (400, 40), (60, 300)], &[(700, 10), (20, 500)], &[(300, 0), (30, 120)]],
    // Nearly nothing is wrong.
    &[&[(3000, 2)], &[(500, 4)]],
    // Nothing is.
    &[&[(400, 0)], &[(10, 0)]],
    // Half of one label is.
    &[&[(200, 500)], &[(1800, 30)]],
    // Many small strata.
    &[&[(9, 0), (9, 200), (9, 999)], &[(7, 100), (11, 0)], &[(5, 0), (300, 60)], &[(13, 400), (8, 0), (700, 20)]],
];

/// The faults of a label or of all, how often the interval held, how wide it was on the average.
#[derive(Default)]
struct Held {
    runs: usize,
    held: usize,
    width: f64,
}

impl Held {
    fn see(&mut self, wrong: usize, looked_at: usize, truth: f64) {
        let (low, high) = exact(wrong, looked_at);
        self.runs += 1;
        self.held += usize::from(low <= truth && truth <= high);
        self.width += high - low;
    }

    fn share(&self) -> f64 {
        self.held as f64 / self.runs as f64
    }
}

/// Of all, and of each label, over `runs` samples of `n`.
fn simulate(population: Population, n: usize, runs: usize, seed: u64) -> Vec<Held> {
    let mut dice = Dice::new(seed);
    // Label and fault of each mention; within a stratum they are shuffled anew for every sample, as a draw does.
    let mut strata: Vec<Vec<(usize, bool)>> = Vec::new();
    for (label, of_label) in population.iter().enumerate() {
        for (size, per_thousand) in *of_label {
            strata.push((0..*size).map(|i| (label, i * 1000 < size * per_thousand)).collect());
        }
    }
    let all: Vec<(usize, bool)> = strata.iter().flatten().copied().collect();
    let truth = |label: Option<usize>| {
        let of: Vec<bool> = all.iter().filter(|one| label.is_none_or(|label| one.0 == label)).map(|one| one.1).collect();
        of.iter().filter(|wrong| **wrong).count() as f64 / of.len() as f64
    };
    let truths: Vec<f64> = std::iter::once(None).chain((0..population.len()).map(Some)).map(truth).collect();
    let mut held: Vec<Held> = truths.iter().map(|_| Held::default()).collect();
    for _ in 0..runs {
        strata.iter_mut().for_each(|stratum| dice.shuffle(stratum));
        let row: Vec<(usize, bool)> = strata.iter().flatten().copied().collect();
        let drawn: Vec<(usize, bool)> = cells(row.len(), n, &mut dice).into_iter().map(|at| row[at]).collect();
        for (at, (held, truth)) in held.iter_mut().zip(&truths).enumerate() {
            let of: Vec<bool> = drawn.iter().filter(|one| at == 0 || one.0 + 1 == at).map(|one| one.1).collect();
            held.see(of.iter().filter(|wrong| **wrong).count(), of.len(), *truth);
        }
    }
    held
}

#[test]
fn stated_intervals_hold_at_least_as_often_as_they_say() {
    for (at, population) in POPULATIONS.into_iter().enumerate() {
        for n in [60, 200] {
            let held = simulate(population, n, 2000, 7 + at as u64);
            let shares: Vec<String> =
                held.iter().map(|held| format!("{:.3} ({:.3} wide)", held.share(), held.width / held.runs as f64)).collect();
            assert!(held.iter().all(|held| held.share() >= 0.95), "population {at}, {n} looked at: {shares:?}");
            // It is not merely so wide that it cannot fail.
            assert!(held[0].width / 2000.0 < 0.2, "{shares:?}");
        }
    }
}

/// Takes long: run it by name after a change of the method.
#[test]
#[ignore = "ten thousand runs of each"]
fn ten_thousand_runs() {
    for (at, population) in POPULATIONS.into_iter().enumerate() {
        for n in [60, 200] {
            let held = simulate(population, n, 10_000, 70 + at as u64);
            let shares: Vec<f64> = held.iter().map(Held::share).collect();
            assert!(shares.iter().all(|share| *share >= 0.95), "population {at}, {n} looked at: {shares:?}");
        }
    }
}
