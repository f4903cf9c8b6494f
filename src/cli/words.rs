//! Words that what is told is made of.

/// `3 mentions`, `1 mention`.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
