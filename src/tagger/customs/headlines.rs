//! Headlines in title case or capitals: their verbs have capitals too and end a name, and the slugs of the wires are none.

use super::super::page::Page;
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::words::draft;

/// How the rule is told.
pub const RULE: &str = "headline-verb";

/// Verbs of headlines, in lower case.
const VERBS: &[&str] = &[
    "joins",
    "withdraws",
    "posts",
    "buys",
    "wins",
    "sues",
    "says",
    "hits",
    "cuts",
    "names",
    "launches",
    "acquires",
    "reports",
    "signs",
    "opens",
    "closes",
    "beats",
    "rejects",
    "urges",
    "warns",
    "backs",
    "seeks",
    "faces",
    "plans",
    "sees",
    "raises",
    "slashes",
    "denies",
    "unveils",
    "meets",
    "visits",
    "vows",
    "slams",
    "approves",
    "blames",
    "agrees",
    "announces",
    "appoints",
    "stumbles",
    "sells",
    "halts",
    "resumes",
    "declares",
    "threatens",
    "praises",
    "condemns",
    "arrests",
    "kills",
    "defends",
    "probes",
    "fines",
    "bans",
    "hires",
    "quits",
    "leads",
    "tops",
    "misses",
];

const SLUGS: &[&str] =
    &["UPDATE", "RPT", "WRAPUP", "EXCLUSIVE", "LIVE", "BREAKING", "CORRECTED", "REFILE", "FACTBOX", "URGENT", "ALERT", "SNAP"];

/// Names that hold a verb, cut at it: Veridian and Kestrel in `Veridian Joins Kestrel`.
pub fn cut(page: &Page<'_>, _: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in page.sentences.iter().filter(|sentence| sentence.is_title || sentence.is_caps) {
        let span = page.span(&sentence.tokens);
        for one in drafts
            .overlapping(span)
            .filter(|one| matches!(one.label.as_str(), "ORG" | "PERSON" | "GPE" | "PRODUCT") && one.tokens.len() > 1)
        {
            let is_verb = |i: &usize| VERBS.contains(&page.word_text(*i).to_lowercase().as_str());
            let verb = one.tokens.clone().skip(1).find(is_verb);
            // The number of an update hangs on the word after it: `UPDATE 2-NORTHGATE`.
            let head = page.word_text(one.tokens.start);
            let number = if is_slug_number(page, one.tokens.start) { head.find('-').map_or(0, |at| at + 1) } else { 0 };
            if verb.is_none() && number == 0 {
                continue;
            }
            let mut left = draft(page, one.tokens.start..verb.unwrap_or(one.tokens.end), one.label.as_str(), RULE);
            left.span.start += number as u32;
            found.push(left);
            if let Some(verb) = verb.filter(|verb| sentence.is_title && verb + 1 < one.tokens.end) {
                found.push(draft(page, verb + 1..one.tokens.end, one.label.as_str(), RULE));
            }
        }
    }
    found
}

fn is_slug_number(page: &Page<'_>, i: usize) -> bool {
    let word = page.word_text(i);
    let is_number = word.len() > 2 && word.as_bytes()[0].is_ascii_digit() && word.as_bytes()[1] == b'-';
    is_number && i.checked_sub(1).is_some_and(|before| SLUGS.contains(&page.word_text(before)))
}

/// Whether tokens are the slug of a wire at the beginning of a line: UPDATE, RPT-.
pub fn is_slug(page: &Page<'_>, one: &Draft) -> bool {
    let next = page.word_text(one.tokens.end);
    let is_before_mark = matches!(next, ":" | "-" | "–" | "|") || next.starts_with(|c: char| c.is_ascii_digit());
    let word = one.span.of(page.text).unwrap_or_default().trim_end_matches('-');
    is_before_mark && SLUGS.contains(&word) && page.rows.binary_search_by_key(&one.tokens.start, |row| row.start).is_ok()
}
