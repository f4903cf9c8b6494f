//! Places that stand with an organisation: where a firm sits, and the town whose council is meant.

use std::ops::Range;

use super::super::cues;
use super::super::page::{Case, Page};
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::lines::LINES;
use super::words::{draft, is_name};

/// How the rules are told.
pub const SEAT_RULE: &str = "firm-and-its-seat";
pub const COUNCIL_RULE: &str = "town-of-a-council";

/// With these a firm's name is whole: what `of` joins to it is none of it. (A bank, a university, a chamber is not.)
const WHOLE: &[&str] = &["Group", "Holdings", "Industries", "Systems", "Technologies", "Airlines", "Airways", "Motors", "Partners"];

/// Firms and where they sit, where the model takes both for one: Castor Group of Graz.
pub fn firms(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    let may_hold_both = |one: &&Draft| matches!(one.label.as_str(), "ORG" | "GPE" | "LOC" | "FAC" | "PERSON") && one.tokens.len() > 3;
    for one in drafts.all().filter(may_hold_both) {
        let Some(of) = one.tokens.clone().skip(2).find(|i| page.word_text(*i) == "of") else { continue };
        let (firm, seat) = (one.tokens.start..of, of + 1..one.tokens.end);
        let is_whole = LINES.contains(&page.word_text(of - 1))
            || WHOLE.contains(&page.word_text(of - 1))
            || page.words[of - 1].cues & cues::ORG_FORM != 0;
        let is_firm = is_whole && firm.clone().all(|i| is_name(page, i));
        let is_place = lists.best(page, &seat, &["GPE"]).is_some_and(|known| known.mark.rank() >= 2);
        if is_firm && is_place && !lists.has(page, &one.tokens) {
            found.push(draft(page, firm, "ORG", SEAT_RULE));
            found.push(draft(page, seat, "GPE", SEAT_RULE));
        }
    }
    found
}

/// The town in `Oldbridge council`: with a small letter the council is none of the name.
pub fn councils(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let is_council = |i: usize| {
        let next = if matches!(page.word_text(i), "city" | "town" | "county" | "borough" | "district" | "parish") { i + 1 } else { i };
        matches!(page.word_text(next), "council" | "councillor" | "councillors" | "councilman" | "councilwoman")
            || next == i && matches!(page.word_text(i), "mayor" | "residents")
    };
    let is_town = |tokens: &Range<usize>| {
        let word = &page.words[tokens.start];
        let is_plain = word.cues & (cues::ORG_HEAD | cues::ORG_FORM | cues::ROLE | cues::COMMON) == 0;
        let is_other = || word.class.is_common() || lists.best(page, tokens, &["ORG", "NORP", "PERSON"]).is_some();
        word.case == Case::Capital && page.tokens[tokens.start].span.len() > 1 && is_plain && !is_other()
    };
    // What the model takes for an organisation, and what it passes over.
    let may_be = |tokens: &Range<usize>| {
        let span = page.span(tokens);
        drafts.overlapping(span).all(|rival| rival.label.as_str() == "ORG" && rival.span == span)
    };
    let is_in_longer = |i: usize| i > 0 && is_name(page, i - 1) && page.words[i - 1].cues & cues::COMMON == 0;
    let stands = |i: usize| is_council(i + 1) && !is_in_longer(i);
    let prose = page.sentences.iter().filter(|sentence| !sentence.is_caps && !sentence.is_title);
    let towns = prose.flat_map(|sentence| sentence.tokens.clone()).filter(|i| stands(*i)).map(|i| i..i + 1);
    towns.filter(|tokens| is_town(tokens) && may_be(tokens)).map(|tokens| draft(page, tokens, "GPE", COUNCIL_RULE)).collect()
}
