//! Headlines in title case or capitals: their verbs have capitals too and end a name, and the slugs of the wires are none.

use std::ops::Range;

use super::super::cues;
use super::super::page::{Page, Sentence};
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::lines::{LINES, NO_FIRMS};
use super::words::{draft, is_name};
use crate::annotation::Origin;

/// How the rules are told.
pub const RULE: &str = "headline-verb";
pub const FIRM_RULE: &str = "headline-firm";

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

/// What firms do in headlines, and people and places hardly ever.
const DEEDS: &[&str] = &["joins", "posts", "acquires", "buys", "launches", "unveils", "reports", "appoints", "hires", "sells"];

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
            let verb = one.tokens.clone().skip(1).find(|i| is_verb(page, *i));
            let slug = slug_part(page, one.tokens.start);
            if verb.is_none() && slug == 0 {
                continue;
            }
            let mut left = draft(page, one.tokens.start..verb.unwrap_or(one.tokens.end), one.label.as_str(), RULE);
            left.span.start += slug as u32;
            found.push(left);
            if let Some(verb) = verb.filter(|verb| sentence.is_title && verb + 1 < one.tokens.end) {
                found.push(draft(page, verb + 1..one.tokens.end, one.label.as_str(), RULE));
            }
        }
    }
    found
}

/// Firms in headlines that the model, to which there every word has its capital, has not taken for any: who does something
/// by its first words, and whom it is done to by its last.
pub fn firms(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in page.sentences.iter().filter(|sentence| sentence.is_title || sentence.is_caps) {
        let Some(verb) = sentence.tokens.clone().skip(1).find(|i| is_verb(page, *i)) else { continue };
        let who = after_slug(page, sentence)..verb;
        let does = DEEDS.contains(&page.word_text(verb).to_lowercase().as_str());
        let is_doer = who.len() == 1 && does && may_be_new(page, lists, who.start);
        if is_doer || is_firm(page, lists, &who) {
            found.push(who);
        }
        found.extend((verb + 1..sentence.tokens.end).find_map(|first| {
            let run = first..(first..sentence.tokens.end).take(4).take_while(|i| is_part(page, *i)).last().map_or(first, |last| last + 1);
            run.clone().rev().map(|last| first..last + 1).find(|tokens| is_firm(page, lists, tokens))
        }));
    }
    let told = found.into_iter().map(|tokens| {
        let mut one = draft(page, tokens, "ORG", FIRM_RULE);
        one.span.start += slug_part(page, one.tokens.start) as u32;
        one
    });
    told.filter(|one| {
        // What holds a verb or is doubted is no rival.
        let is_rival = |other: &&Draft| other.score >= UNSURE && !is_sentence(page, other) || other.label.as_str() == "ORG";
        let ends_in_line = is_line(page.word_text(one.tokens.end - 1));
        let yields =
            |other: &Draft| one.span.contains(other.span) && (other.span != one.span || ends_in_line && other.label.as_str() != "ORG");
        drafts.overlapping(one.span).filter(is_rival).all(yields)
    })
    .collect()
}

/// Below it a label in a headline is a guess, in thousandths.
const UNSURE: u16 = 500;

fn is_line(word: &str) -> bool {
    LINES.iter().any(|line| line.eq_ignore_ascii_case(word))
}

/// Whether words of a headline end as firms and offices do and begin with a name: Kestrel Robotics, NORTHGATE BANK.
fn is_firm(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>) -> bool {
    if !(2..=4).contains(&tokens.len()) || !tokens.clone().all(|i| is_part(page, i)) {
        return false;
    }
    let last = tokens.end - 1;
    let ends_in_line = is_line(page.word_text(last));
    let is_plain = NO_FIRMS.iter().any(|word| word.eq_ignore_ascii_case(page.word_text(tokens.start)));
    // Castor is a given name too.
    let begins = may_be_new(page, lists, tokens.start) || ends_in_line && page.words[tokens.start].class.is_given_name();
    let ends = ends_in_line || page.words[last].cues & (cues::ORG_HEAD | cues::ORG_FORM) != 0;
    begins && ends && !is_plain && !lists.has(page, tokens)
}

/// What is taken for one name in a headline and is half of it: `Storm Hits Coast`.
pub fn is_sentence(page: &Page<'_>, one: &Draft) -> bool {
    let joins = |i: usize| matches!(page.word_text(i), "After" | "Amid" | "Despite" | "Into" | "As");
    let inner = (one.tokens.start + 1).min(one.tokens.end)..one.tokens.end;
    let sentence = page.sentences.partition_point(|sentence| sentence.tokens.end <= one.tokens.start);
    matches!(one.origin, Origin::Model(_) | Origin::Rule(_))
        && page.sentences.get(sentence).is_some_and(|sentence| sentence.is_title)
        && (inner.clone().any(joins) || matches!(one.label.as_str(), "LOC" | "FAC" | "EVENT") && inner.clone().any(|i| is_verb(page, i)))
}

/// A word that may stand in a name.
fn is_part(page: &Page<'_>, i: usize) -> bool {
    (is_name(page, i) || slug_part(page, i) > 0) && page.words[i].cues & (cues::COMMON | cues::CALENDAR) == 0
}

/// A word that is neither known as a common one nor as the name of anything else.
fn may_be_new(page: &Page<'_>, lists: &Lists<'_>, i: usize) -> bool {
    let word = &page.words[i];
    let is_known =
        word.class.is_mostly_common() || word.class.is_given_name() || word.cues & (cues::TITLE | cues::PEOPLE | cues::ROLE) != 0;
    is_part(page, i) && !is_known && lists.best(page, &(i..i + 1), &["GPE", "LOC", "NORP", "PERSON"]).is_none()
}

fn is_verb(page: &Page<'_>, i: usize) -> bool {
    VERBS.contains(&page.word_text(i).to_lowercase().as_str())
}

/// The first token of a headline behind the slug of a wire: `RPT-`, `UPDATE 2-`, `EXCLUSIVE:`.
fn after_slug(page: &Page<'_>, sentence: &Sentence) -> usize {
    let mut at = sentence.tokens.start;
    if SLUGS.contains(&page.word_text(at).trim_end_matches('-')) {
        at += 1;
        at += usize::from(matches!(page.word_text(at), ":" | "-" | "–" | "|"));
    }
    at.min(sentence.tokens.end)
}

/// Bytes at the beginning of a token that belong to the slug which hangs on the word: `2-` in `UPDATE 2-NORTHGATE`, `RPT-` in
/// `RPT-KELDAN`.
fn slug_part(page: &Page<'_>, i: usize) -> usize {
    let word = page.word_text(i);
    let Some((head, name)) = word.split_once('-') else { return 0 };
    let is_after_slug = || i.checked_sub(1).is_some_and(|before| SLUGS.contains(&page.word_text(before)));
    let is_number = || head.len() == 1 && head.as_bytes()[0].is_ascii_digit() && is_after_slug();
    if name.is_empty() || !(SLUGS.contains(&head) || is_number()) { 0 } else { head.len() + 1 }
}

/// Whether tokens are the slug of a wire at the beginning of a line: UPDATE, RPT-.
pub fn is_slug(page: &Page<'_>, one: &Draft) -> bool {
    let next = page.word_text(one.tokens.end);
    let is_before_mark = matches!(next, ":" | "-" | "–" | "|") || next.starts_with(|c: char| c.is_ascii_digit());
    let word = one.span.of(page.text).unwrap_or_default().trim_end_matches('-');
    is_before_mark && SLUGS.contains(&word) && page.rows.binary_search_by_key(&one.tokens.start, |row| row.start).is_ok()
}
