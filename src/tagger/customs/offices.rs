//! Ministries and committees: with commas and `and` in their names one, and two where each has its own head.

use super::super::cues;
use super::super::page::Page;
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::words::{draft, is_name};

/// How the rules are told.
pub const RULE: &str = "office-with-commas";
pub const AND_RULE: &str = "two-offices";

const HEADS: &[&str] = &[
    "Ministry",
    "Department",
    "Committee",
    "Council",
    "Bureau",
    "Board",
    "Commission",
    "Secretariat",
    "Directorate",
    "Office",
    "Institute",
    "Subcommittee",
];

/// Offices whose names go on over commas: Ministry of Trade, Industry and Energy.
pub fn whole(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    for one in drafts.all().filter(|one| one.label.as_str() == "ORG" && one.tokens.len() > 2) {
        let (head, of) = (one.tokens.start, page.word_text(one.tokens.start + 1));
        if !HEADS.contains(&page.word_text(head)) || !matches!(of, "of" | "on" | "for") {
            continue;
        }
        let item = |from: usize| (from..page.tokens.len().min(from + 4)).take_while(|i| is_name(page, *i)).last().map(|last| last + 1);
        let is_other = |from: usize, to: usize| {
            let is_name_of_its_own = |rival: &Draft| matches!(rival.label.as_str(), "PERSON" | "GPE" | "NORP");
            lists.best(page, &(from..to), &["GPE", "NORP"]).is_some_and(|known| known.mark.rank() >= 2)
                || drafts.overlapping(page.span(&(from..to))).any(is_name_of_its_own)
        };
        let mut end = one.tokens.end;
        let mut commas = 0;
        let whole = loop {
            let mark = page.word_text(end);
            let from = match (mark, page.word_text(end + 1)) {
                (",", "and") => end + 2,
                (",", _) => end + 1,
                ("and", _) if commas > 0 => end + 1,
                _ => break None,
            };
            let Some(to) = item(from).filter(|to| !is_other(from, *to)) else { break None };
            commas += 1;
            end = to;
            if from > 0 && page.word_text(from - 1) == "and" {
                break Some(one.tokens.start..end);
            }
            if commas > 5 {
                break None;
            }
        };
        found.extend(whole.filter(|_| commas > 1).map(|tokens| draft(page, tokens, "ORG", RULE)));
    }
    found
}

/// Two that `and` joins, each with a head of its own: Department of Energy and Bank of America.
pub fn parted(page: &Page<'_>, _: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    let is_head = |i: usize| page.words.get(i).is_some_and(|word| word.cues & cues::ORG_HEAD != 0) && page.word_text(i + 1) == "of";
    for one in drafts.all().filter(|one| one.label.as_str() == "ORG" && one.tokens.len() > 6) {
        let and = one.tokens.clone().skip(3).find(|i| page.word_text(*i) == "and" && is_head(*i + 1));
        if let Some(and) = and.filter(|_| is_head(one.tokens.start)) {
            found.push(draft(page, one.tokens.start..and, "ORG", AND_RULE));
            found.push(draft(page, and + 1..one.tokens.end, "ORG", AND_RULE));
        }
    }
    found
}
