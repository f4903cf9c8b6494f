//! Three-way merging of single values and of lists of keys.

use std::collections::{BTreeMap, BTreeSet};

/// The value that one side has changed, or both alike; `None` where they changed it differently.
pub fn changed<T: PartialEq>(base: T, ours: T, theirs: T) -> Option<T> {
    if ours == theirs || base == theirs {
        Some(ours)
    } else if base == ours {
        Some(theirs)
    } else {
        None
    }
}

/// Whether something is there after both sides have added and removed: what one removed is gone, what one added is there.
pub fn is_there(base: bool, ours: bool, theirs: bool) -> bool {
    if base { ours && theirs } else { ours || theirs }
}

/// A list without repetitions in which each side may have added, removed and moved: an alias, a tag.
pub fn set<T: Ord + Clone>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    if let Some(one) = changed(base, ours, theirs) {
        return one.to_vec();
    }
    let [was, in_ours, in_theirs] = [base, ours, theirs].map(|list| list.iter().collect::<BTreeSet<&T>>());
    in_order(base, ours, theirs, |item| is_there(was.contains(item), in_ours.contains(item), in_theirs.contains(item)))
}

/// The order of what stays. Where one side alone changed the list, it has that side's order. Otherwise what was there
/// keeps its order, or the one that a side gave it, and what is new follows in the order of its keys.
pub fn in_order<T: Ord + Clone>(base: &[T], ours: &[T], theirs: &[T], stays: impl Fn(&T) -> bool) -> Vec<T> {
    if ours == theirs && ours.iter().all(&stays) && base.iter().all(|item| ours.contains(item) || !stays(item)) {
        return ours.to_vec();
    }
    let was: BTreeSet<&T> = base.iter().collect();
    let only_one = if base == ours {
        Some(theirs)
    } else if base == theirs {
        Some(ours)
    } else {
        None
    };
    let mut out = Vec::with_capacity(ours.len().max(theirs.len()));
    let lead = only_one.unwrap_or_else(|| if keeps_order(base, ours) { theirs } else { ours });
    let mut here: BTreeSet<&T> = BTreeSet::new();
    let lead: Vec<&T> = lead.iter().filter(|item| (only_one.is_some() || was.contains(item)) && stays(item) && here.insert(item)).collect();
    // What the leading side has removed and what stays all the same follows what it followed before.
    let mut followers: BTreeMap<Option<&T>, Vec<&T>> = BTreeMap::new();
    let mut last = None;
    for item in base.iter().filter(|item| stays(item)) {
        if here.contains(item) {
            last = Some(item);
        } else if here.insert(item) {
            followers.entry(last).or_default().push(item);
        }
    }
    let mut push = |item: Option<&T>| {
        out.extend(item.cloned());
        out.extend(followers.get(&item).into_iter().flatten().map(|item| (*item).clone()));
    };
    push(None);
    lead.into_iter().for_each(|item| push(Some(item)));
    let mut new: Vec<&T> = ours.iter().chain(theirs).filter(|item| !here.contains(item) && stays(item)).collect();
    new.sort();
    new.dedup();
    out.extend(new.into_iter().cloned());
    out
}

/// Whether the items that both lists have stand in the same order.
fn keeps_order<T: Ord>(base: &[T], side: &[T]) -> bool {
    let place: BTreeMap<&T, usize> = base.iter().enumerate().map(|(at, item)| (item, at)).collect();
    side.iter().filter_map(|item| place.get(item)).is_sorted()
}

/// Two notes that two people wrote: both, unless one says what the other says.
pub fn joined(ours: &str, theirs: &str) -> String {
    match (ours.contains(theirs), theirs.contains(ours)) {
        (true, _) => ours.to_owned(),
        (_, true) => theirs.to_owned(),
        _ => format!("{ours}; {theirs}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: &str, ours: &str, theirs: &str, expect: &str) {
        let [base, ours, theirs] = [base, ours, theirs].map(|list| list.chars().collect::<Vec<char>>());
        assert_eq!(set(&base, &ours, &theirs).iter().collect::<String>(), expect);
    }

    #[test]
    fn lists_are_united_and_keep_their_order() {
        check("abc", "abc", "abc", "abc");
        check("abc", "abc", "xcab", "xcab");
        check("abc", "bacz", "abc", "bacz");
        check("abc", "ac", "abcd", "acd");
        check("abc", "abcz", "abcd", "abcdz");
        check("abc", "cbaz", "abcd", "cbadz");
        check("", "b", "a", "ab");
        check("abc", "", "abc", "");
    }

    #[test]
    fn what_stays_against_a_removal_stands_where_it_stood() {
        let [base, ours, theirs] = ["abcd", "abcd", "ad"].map(|list| list.chars().collect::<Vec<char>>());
        assert_eq!(in_order(&base, &ours, &theirs, |item| *item != 'c').iter().collect::<String>(), "abd");
    }
}
