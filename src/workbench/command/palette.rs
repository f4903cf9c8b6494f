//! The command palette's search.

use super::all::{Entry, entries};
use crate::text::sought::levelled;

/// Listed commands that fit what was typed, best first: every character of the query in order, at the beginnings of
/// words before anywhere else. An empty query lists all.
pub fn matches(query: &str) -> Vec<&'static Entry> {
    let mut found: Vec<(u32, &Entry)> = entries().iter().filter_map(|entry| Some((cost(query, entry.name)?, entry))).collect();
    found.sort_by_key(|(cost, _)| *cost);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// How far `name` is from `query`; `None` where it does not fit. Characters between matches cost, except up to the
/// beginning of a word.
fn cost(query: &str, name: &str) -> Option<u32> {
    let name: Vec<char> = levelled(name).chars().collect();
    let mut at = 0;
    let mut cost = 0;
    for wanted in levelled(query).chars().filter(|c| !c.is_whitespace()) {
        let begins_word = |i: &usize| *i == 0 || !name[*i - 1].is_alphanumeric();
        let found = |from: usize| (from..name.len()).filter(|i| name[*i] == wanted);
        let next = found(at).next()?;
        let word = found(at).find(begins_word);
        let chosen = if next == at { next } else { word.unwrap_or(next) };
        cost += match chosen - at {
            0 => 0,
            _ if begins_word(&chosen) => 1,
            gap => 4 + u32::try_from(gap).unwrap_or(u32::MAX / 8),
        };
        at = chosen + 1;
    }
    Some(cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, first: &str) {
        assert_eq!(matches(query).first().map(|entry| entry.id), Some(first), "{query}");
    }

    #[test]
    fn the_nearest_command_comes_first() {
        check("conf", "confirm");
        check("mwp", "orphans");
        check("save as", "save-as");
        check("undo", "undo");
        check("show rej", "show-rejected");
        assert!(matches("qqqq").is_empty());
        assert_eq!(matches("").len(), entries().len());
    }
}
