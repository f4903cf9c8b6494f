//! Firms by their line of business, and by what is done to them: Castor Shipping; `bought Chirper`, `shares in Kestrel`.

use std::ops::Range;

use super::super::cues;
use super::super::page::{Case, Page};
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::lines::{LINES, NO_FIRMS};
use super::words::{before, draft, is_name};
use crate::annotation::Origin;

/// How the rules are told.
pub const LINE_RULE: &str = "line-of-business";
pub const DEAL_RULE: &str = "firm-in-a-deal";

/// Names that end in a line of business.
pub fn by_line(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    for run in &page.runs {
        let Some(first) = run.tokens.clone().find(|i| FOREIGN.contains(&page.word_text(*i))) else { continue };
        let tokens = first..run.tokens.end.min(first + 4);
        if tokens.len() < 2 {
            continue;
        }
        // Where the model sees a longer name, or an organisation, that stays.
        let span = page.span(&tokens);
        let is_other = |rival: &Draft| !span.contains(rival.span) || rival.label.as_str() == "ORG";
        if !drafts.overlapping(span).any(is_other) {
            found.push(draft(page, tokens, "ORG", LINE_RULE));
        }
    }
    for sentence in page.sentences.iter().filter(|sentence| !sentence.is_caps && !sentence.is_title) {
        for last in sentence.tokens.clone().filter(|i| LINES.contains(&page.word_text(*i))) {
            let first = (sentence.tokens.start..last).rev().take(2).take_while(|i| is_name(page, *i)).last();
            let Some(mut first) = first else { continue };
            // The first word of a sentence has its capital from there; a people is none of the name.
            if last - first == 2 && (page.words[first].class.is_common() || page.words[first].cues & (cues::TITLE | cues::COMMON) != 0) {
                first += 1;
            }
            let word = page.word_text(first);
            let is_plain = NO_FIRMS.contains(&word)
                || page.words[first].cues & cues::COMMON != 0
                || lists.best(page, &(first..first + 1), &["NORP"]).is_some();
            let goes_on = is_name(page, last + 1) || matches!(page.word_text(last + 1), "&");
            let tokens = first..last + 1;
            let span = page.span(&tokens);
            let is_in_longer = drafts
                .overlapping(span)
                .any(|rival| rival.label.as_str() == "ORG" && rival.span.contains(span) || !span.contains(rival.span));
            if !is_plain && !goes_on && !is_in_longer {
                found.push(draft(page, tokens, "ORG", LINE_RULE));
            }
        }
    }
    found
}

/// Takes out what the model takes for an event, a work or a thing and is a line of business with a plain word: New Media.
pub fn strike(page: &Page<'_>, drafts: &mut Drafts) {
    drafts.retain(|one| {
        let is_line = one.tokens.len() == 2
            && NO_FIRMS.contains(&page.word_text(one.tokens.start))
            && LINES.contains(&page.word_text(one.tokens.start + 1));
        !is_line || !matches!(one.origin, Origin::Model(_)) || one.label.as_str() == "ORG"
    });
}

/// What begins the name of a firm in other languages.
const FOREIGN: &[&str] = &["Banco", "Banca", "Banque", "Grupo", "Groupe", "Gruppo", "Compagnie", "Sociedad"];

/// Names of one word that are dealt in, or that deal.
pub fn by_deal(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for one in drafts
        .all()
        .filter(|one| matches!(one.label.as_str(), "PERSON" | "GPE" | "LOC" | "PRODUCT" | "WORK_OF_ART") && one.tokens.len() == 1)
    {
        if page.span(&one.tokens) == one.span && is_dealt(page, one.tokens.start) && may_be_firm(page, lists, &one.tokens) {
            found.push(one.tokens.clone());
        }
    }
    // What nothing has found yet: eBay, Chirper.
    for sentence in page.sentences.iter().filter(|sentence| !sentence.is_caps && !sentence.is_title) {
        for i in sentence.tokens.clone() {
            let is_free = || drafts.overlapping(page.tokens[i].span).next().is_none();
            let is_inner =
                page.words[i].case == Case::Inner && page.tokens[i].span.len() > 3 && page.word_text(i).starts_with(char::is_lowercase);
            let is_bought = is_name(page, i) && !is_name(page, i + 1) && is_dealt(page, i) && !page.words[i].class.is_mostly_common();
            let is_subject = is_inner
                && matches!(
                    page.word_text(i + 1),
                    "said" | "fell" | "rose" | "will" | "has" | "and" | "shares" | "stock" | "'s" | "’s" | "plans" | "gained" | "lost"
                );
            if (is_bought || is_subject || is_inner && is_dealt(page, i)) && is_free() && may_be_firm(page, lists, &(i..i + 1)) {
                found.push(i..i + 1);
            }
        }
    }
    found.into_iter().map(|tokens| draft(page, tokens, "ORG", DEAL_RULE)).collect()
}

fn may_be_firm(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>) -> bool {
    let is_place = lists.best(page, tokens, &["GPE", "LOC", "NORP"]).is_some_and(|found| found.mark.rank() >= 2);
    let is_made = matches!(
        page.word_text(tokens.start),
        "iPhone" | "iPhones" | "iPad" | "iPads" | "iPod" | "iMac" | "iOS" | "macOS" | "eBook" | "eBooks"
    );
    !is_place && !is_made && page.words[tokens.start].cues & (cues::CALENDAR | cues::COMMON | cues::TITLE) == 0
}

/// Whether a name at a token is bought, sold, held in part, or buys by its next words.
fn is_dealt(page: &Page<'_>, i: usize) -> bool {
    let (one, two) = (before(page, i, 1), before(page, i, 2));
    let is_held = one == "in" && matches!(two, "shares" | "stake" | "stakes" | "Shares" | "Stakes" | "share" | "holding");
    let is_taken =
        one == "of" && matches!(two, "takeover" | "acquisition" | "buyout" | "shareholders" | "subsidiary" | "Shares" | "shares");
    let is_bought = matches!(one, "acquire" | "acquired" | "acquires" | "acquiring")
        || matches!(one, "bought" | "buy" | "buys" | "buying")
            && matches!(page.word_text(i + 1), "." | "," | "for" | "in" | "last" | "from" | "and" | "");
    let (next, after) = (page.word_text(i + 1), page.word_text(i + 2));
    let says = next == "said"
        && (after == "it" || after == "its")
        && matches!(
            page.word_text(i + 3),
            "would"
                | "will"
                | "had"
                | "has"
                | "profit"
                | "revenue"
                | "sales"
                | "plans"
                | "was"
                | "expects"
                | "quarterly"
                | "net"
                | "shares"
                | "board"
        );
    is_held || is_taken || is_bought || says
}
