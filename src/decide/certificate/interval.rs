//! In which range a share lies that was estimated from a sample, exactly.
//!
//! Clopper and Pearson (The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 1934): the
//! shares for which what was seen is not too improbable on either side. It holds at least as often as it says, for every share
//! and every number looked at.

/// How often an interval may miss on either side.
const TAIL: f64 = 0.025;

/// The 95 % interval of the share of which `part` of `whole` draws were; from 0 to 1 where nothing was drawn.
pub fn exact(part: usize, whole: usize) -> (f64, f64) {
    (lower(part, whole), upper(part, whole))
}

/// The largest share for which so few are not too improbable.
pub fn upper(part: usize, whole: usize) -> f64 {
    if part >= whole {
        return 1.0;
    }
    root(|p| at_most(part, whole, p) > TAIL)
}

/// The smallest share for which so many are not too improbable.
fn lower(part: usize, whole: usize) -> f64 {
    if part == 0 || whole == 0 {
        return 0.0;
    }
    root(|p| 1.0 - at_most(part - 1, whole, p) < TAIL)
}

/// Where `holds`, which is true for small shares, stops being so.
fn root(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if holds(middle) { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// How probable it is that of `n` draws at most `k` fall to a share of `p`.
fn at_most(k: usize, n: usize, p: f64) -> f64 {
    if p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return if k >= n { 1.0 } else { 0.0 };
    }
    let odds = (p / (1.0 - p)).ln();
    let mut logarithm = n as f64 * (1.0 - p).ln();
    let mut sum = logarithm.exp();
    for i in 0..k {
        logarithm += odds + ((n - i) as f64 / (i + 1) as f64).ln();
        sum += logarithm.exp();
    }
    sum.min(1.0)
}

/// How many more draws would bring the upper bound down to `bound`, if faults go on to be as frequent as they were. `None` where
/// they are too frequent for that.
pub fn more_for(part: usize, whole: usize, bound: f64) -> Option<usize> {
    /// More than anybody looks at.
    const MOST: usize = 1 << 20;
    let expected = |n: usize| (part * n).div_ceil(whole.max(1));
    let reaches = |n: usize| upper(expected(n), n) <= bound;
    if whole > 0 && reaches(whole) {
        return Some(0);
    }
    if whole > 0 && part as f64 / whole as f64 >= bound {
        return None;
    }
    let mut high = whole.max(1);
    while !reaches(high) {
        high = high.checked_mul(2).filter(|n| *n <= MOST)?;
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = (low + high) / 2;
        if reaches(middle) { high = middle } else { low = middle }
    }
    Some(high.saturating_sub(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_tables() {
        // Part, whole, and the interval to four places, as statistical tables have it.
        for (part, whole, low, high) in [
            (0, 10, 0.0, 0.3085),
            (1, 10, 0.0025, 0.4450),
            (5, 10, 0.1871, 0.8129),
            (10, 10, 0.6915, 1.0),
            (0, 300, 0.0, 0.0122),
            (3, 300, 0.0021, 0.0289),
            (7, 100, 0.0286, 0.1389),
        ] {
            let found = exact(part, whole);
            assert!((found.0 - low).abs() < 6e-5 && (found.1 - high).abs() < 6e-5, "{part} of {whole}: {found:?}");
        }
        assert_eq!(exact(0, 0), (0.0, 1.0));
        let (low, high) = exact(60_000, 100_000);
        assert!(low > 0.596 && high < 0.604, "many: {low} {high}");
    }

    #[test]
    fn what_is_still_to_be_looked_at_is_just_enough() {
        assert_eq!(more_for(0, 0, 0.02), Some(183));
        assert_eq!(more_for(0, 100, 0.02), Some(83));
        assert_eq!(more_for(0, 200, 0.02), Some(0));
        assert_eq!(more_for(5, 100, 0.02), None, "more are wrong than that");
        let more = more_for(1, 100, 0.03).unwrap();
        let wrong = |n: usize| n.div_ceil(100);
        assert!(upper(wrong(100 + more), 100 + more) <= 0.03 && more > 100, "{more}");
    }
}
