//! Surnames first, as minutes and lists have them: `Present: Boric, Irena (mayor); Reyl, Tomas`. Each is one name over its
//! comma, and stays one where it is said again.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::page::Page;
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::words::{draft, is_name};

/// How the rule is told.
pub const RULE: &str = "surname-first";

/// The names of a page that are written so.
pub fn find(page: &Page<'_>, lists: &Lists<'_>, _: &Drafts) -> Vec<Draft> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for row in &page.rows {
        found.extend(in_row(page, lists, row.clone()));
    }
    if found.is_empty() {
        return Vec::new();
    }
    let key = |tokens: &Range<usize>| -> Vec<u32> { tokens.clone().map(|i| page.words[i].exact).collect() };
    let known: BTreeSet<Vec<u32>> = found.iter().map(key).collect();
    let longest = known.iter().map(Vec::len).max().unwrap_or(0);
    let listed: BTreeSet<usize> = found.iter().map(|tokens| tokens.start).collect();
    for comma in (0..page.tokens.len()).filter(|i| page.word_text(*i) == ",") {
        for start in comma.saturating_sub(longest)..comma {
            let end = (comma + 2..page.tokens.len().min(start + longest) + 1)
                .rev()
                .find(|end| *end <= page.tokens.len() && known.contains(&key(&(start..*end))));
            if let Some(end) = end.filter(|_| !listed.contains(&start)) {
                found.push(start..end);
                break;
            }
        }
    }
    found.into_iter().map(|tokens| draft(page, tokens, "PERSON", RULE)).collect()
}

/// In a row of names each ends with a semicolon, or stands in brackets with what somebody is; two make such a row, or one
/// behind a colon and before a bracket.
fn in_row(page: &Page<'_>, lists: &Lists<'_>, row: Range<usize>) -> Vec<Range<usize>> {
    let text = |i: usize| if i < row.end { page.word_text(i) } else { "" };
    let mut names = Vec::new();
    let mut firm = false;
    for comma in row.clone().filter(|i| text(*i) == ",") {
        let start = (row.start.max(comma.saturating_sub(3))..comma).rev().take_while(|i| is_name(page, *i)).last();
        let Some(start) = start else { continue };
        let end = (comma + 1..row.end.min(comma + 4)).take_while(|i| is_name(page, *i)).last().map_or(comma + 1, |last| last + 1);
        let begins = start == row.start || matches!(text(start - 1), ":" | ";" | ".");
        let ends = end >= row.end || matches!(text(end), ";" | "." | "(");
        let is_given = end > comma + 1 && page.words[comma + 1].class.is_given_name() && !page.words[start].class.is_mostly_common();
        let is_place = lists.best(page, &(comma + 1..end), &["GPE"]).is_some_and(|place| place.mark.rank() >= 3);
        if begins && ends && is_given && !is_place {
            firm |= start > row.start && text(start - 1) != "." && end < row.end && text(end) != ".";
            names.push(start..end);
        }
    }
    let has_list = firm || names.len() > 1 && row.clone().any(|i| text(i) == ";");
    if has_list || names.len() == 1 && names[0].start > row.start && text(names[0].start - 1) == ":" { names } else { Vec::new() }
}
