//! People: ranks before them, degrees behind them, particles in them, and whom they work for.

use std::ops::Range;

use super::super::cues;
use super::super::page::{Case, Page};
use super::super::refine::Lists;
use super::super::resolve::{Draft, Drafts};
use super::words::{before, draft, is_name};
use crate::text::tokens::TokenKind;

/// How the rules are told.
pub const PARTICLE_RULE: &str = "name-with-particles";
pub const TITLE_RULE: &str = "title-decides";
pub const OF_RULE: &str = "person-of-organisation";
pub const CELL_RULE: &str = "name-in-a-cell";

/// Ranks and titles that are shortened, small.
const RANKS: &[&str] = &[
    "gen", "lt", "col", "maj", "capt", "cmdr", "cdr", "adm", "sgt", "cpl", "brig", "gov", "sen", "rep", "rev", "hon", "prof", "dr", "mr",
    "mrs", "ms", "pvt", "pfc", "supt", "insp", "det", "cmdt", "vadm", "radm", "amb",
];

/// Titles in full that stand before nothing but people.
const TITLES: &[&str] = &[
    "Judge",
    "Justice",
    "Senator",
    "Sergeant",
    "Corporal",
    "Lieutenant",
    "Colonel",
    "Dame",
    "Congressman",
    "Congresswoman",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
];

const DEGREES: &[&str] = &[
    "M.D", "M.D.", "MD", "M.S", "M.S.", "M.A", "M.A.", "Ph.D", "Ph.D.", "PhD", "D.Phil", "DPhil", "J.D", "J.D.", "M.B.A", "M.B.A.", "MBA",
    "LL.B", "LLB", "LL.M", "LLM", "BSc", "MSc", "B.A", "B.A.", "B.S", "B.S.", "R.N", "R.N.", "D.D.S", "D.D.S.", "DDS", "D.V.M", "DVM",
    "CPA", "DBE", "OBE", "MBE", "CBE", "KBE", "CMG", "KCMG", "GBE", "KC", "QC", "MP", "MEP", "MSP", "MSt", "FRS", "FRCS", "FBA", "Esq",
    "DSO", "VC",
];

/// Where a small particle may begin the name of a person: van der, de la, al-.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "la", "las", "los", "le", "da", "das", "dos", "do", "du", "di", "ten", "ter", "bin",
    "ibn", "abu", "af", "av", "zu",
];

fn is_rank(word: &str) -> bool {
    word.len() < 6 && RANKS.iter().any(|rank| word.eq_ignore_ascii_case(rank))
}

/// Takes out ranks that stand for names, degrees and honours behind a name, and the state of a member of Congress.
pub fn strike(page: &Page<'_>, drafts: &mut Drafts) {
    let mut people: Vec<u32> = drafts.all().filter(|draft| draft.label.as_str() == "PERSON").map(|draft| draft.span.end).collect();
    people.sort_unstable();
    drafts.retain(|draft| !is_bare_rank(page, &draft.tokens) && !is_degree(page, draft, &people) && !is_party_and_state(page, draft));
}

/// `Gen` and `Gov.`: nothing but ranks, each with its full stop.
fn is_bare_rank(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let is_stop = |i: usize| {
        page.word_text(i) == "." && page.tokens.get(i).is_some_and(|stop| i > 0 && page.tokens[i - 1].span.end == stop.span.start)
    };
    !tokens.is_empty()
        && tokens.len() < 6
        && tokens.clone().all(|i| is_rank(page.word_text(i)) && is_stop(i + 1) || i > tokens.start && is_stop(i))
}

/// A degree right behind a person, or behind another degree.
fn is_degree(page: &Page<'_>, draft: &Draft, people: &[u32]) -> bool {
    let is_one = |text: &str| DEGREES.contains(&text.trim_end_matches('.')) || DEGREES.contains(&text);
    let text = draft.span.of(page.text).unwrap_or_default();
    if text.len() > 8 || !is_one(text) {
        return false;
    }
    let mut at = draft.tokens.start;
    for _ in 0..8 {
        let Some(end) = at.checked_sub(1).map(|before| page.tokens[before].span.end) else { return false };
        if people.binary_search(&end).is_ok() {
            return true;
        }
        let mark = page.word_text(at - 1);
        if !matches!(mark, "," | ".") && !is_one(mark) {
            return false;
        }
        at -= 1;
    }
    false
}

/// R-Texas and D-Maine, whole or in part. A shortened state, as in D-Calif., keeps its place.
fn is_party_and_state(page: &Page<'_>, draft: &Draft) -> bool {
    let token = page.word_text(draft.tokens.start);
    let state = ["R-", "D-", "I-"].iter().find_map(|party| token.strip_prefix(party));
    draft.tokens.len() < 4
        && state.is_some_and(|state| state.len() > 3 && state.starts_with(char::is_uppercase))
        && page.word_text(draft.tokens.start + 1) != "."
        && matches!(before(page, draft.tokens.start, 1), "," | "(" | "/")
}

/// Cuts what leads into a name off it: `Equalities` in `Women and Equalities Nora Hale`; and the Hague is a city, and
/// what one is at may be an event.
pub fn cut(page: &Page<'_>, drafts: &mut Drafts) {
    for draft in drafts.all_mut().filter(|draft| draft.label.as_str() == "ORG" && draft.tokens.len() > 1) {
        let is_event = matches!(page.word_text(draft.tokens.end - 1), "Conference" | "Summit" | "Expo" | "Festival" | "Championships");
        if is_event && matches!(before(page, draft.tokens.start, 1), "at" | "At") {
            draft.label = "EVENT".into();
        }
    }
    for draft in drafts.all_mut().filter(|draft| draft.tokens.len() == 1 && page.word_text(draft.tokens.start) == "Hague") {
        if matches!(before(page, draft.tokens.start, 1), "the" | "The") {
            draft.label = "GPE".into();
        }
    }
    for draft in drafts.all_mut().filter(|draft| draft.label.as_str() == "PERSON" && draft.tokens.len() > 2) {
        let first = &page.words[draft.tokens.start];
        let is_plain = !first.class.is_given_name() && !first.class.is_surname() && first.case == Case::Capital;
        let is_name_after = page.words[draft.tokens.start + 1].class.is_given_name() && is_name(page, draft.tokens.start + 1);
        let is_joined = before(page, draft.tokens.start, 1) == "and" && is_name(page, draft.tokens.start.saturating_sub(2));
        if is_plain && is_name_after && is_joined {
            draft.tokens.start += 1;
            draft.span.start = page.tokens[draft.tokens.start].span.start;
        }
    }
}

/// A small run of particles that begins at a token: where it ends.
fn particles_end(page: &Page<'_>, at: usize) -> usize {
    (at..page.tokens.len().min(at + 3)).find(|i| !PARTICLES.contains(&page.word_text(*i))).unwrap_or(at)
}

/// Names that a particle begins or joins: Van der Meer, De la Cruz, Ludwig van der Meer.
pub fn with_particles(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in &page.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match with_particles_at(page, lists, drafts, at, sentence.tokens.end) {
                Some(tokens) => {
                    at = tokens.end;
                    found.push(draft(page, tokens, "PERSON", PARTICLE_RULE));
                }
                None => at += 1,
            }
        }
    }
    found
}

fn with_particles_at(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts, at: usize, end: usize) -> Option<Range<usize>> {
    let text = page.word_text(at);
    let is_particle = matches!(text, "Van" | "Von" | "De" | "Di" | "Da" | "Del" | "Della" | "Dos" | "Du");
    let is_initials =
        text.len() < 8 && text.contains('.') && page.words[at].case != Case::Lower && text.chars().all(|c| c == '.' || c.is_uppercase());
    let joins_two = matches!((page.word_text(at + 1), page.word_text(at + 2)), ("van" | "von", "der" | "den" | "de"))
        && !page.words[at].class.is_common();
    let is_given = (page.words[at].class.is_given_name() || joins_two) && page.words[at].case == Case::Capital;
    if !(is_particle || is_initials || is_given) || page.tokens[at].kind != TokenKind::Word {
        return None;
    }
    let mut from = at + 1;
    from += usize::from(is_initials && page.word_text(from) == ".");
    let name = particles_end(page, from);
    // De Boer is no surprise to the model; of one small word alone `la` and `el` are no part of a name of a person.
    let n_small = name - from;
    let is_enough = if is_particle {
        n_small > 0
    } else {
        n_small > 1 || n_small == 1 && matches!(page.word_text(from), "van" | "von" | "bin" | "ibn")
    };
    let last = (name..end.min(name + 3)).take_while(|i| is_name(page, *i) && page.words[*i].cues & cues::ORG_HEAD == 0).last()? + 1;
    let tokens = at..last;
    let span = page.span(&tokens);
    let is_other = |rival: &Draft| {
        let is_longer = !span.contains(rival.span);
        is_longer || matches!(rival.label.as_str(), "ORG" | "LOC" | "FAC") && rival.tokens.len() > 1 && rival.tokens.contains(&at)
    };
    let is_known = lists.best(page, &tokens, &["GPE", "LOC", "FAC", "ORG"]).is_some();
    (is_enough && !is_known && !drafts.overlapping(span).any(is_other)).then_some(tokens)
}

/// Whether a title that only people have stands right before a token.
fn is_after_title(page: &Page<'_>, i: usize) -> bool {
    match before(page, i, 1) {
        "." => is_rank(before(page, i, 2)) && before(page, i, 2).starts_with(char::is_uppercase) && before(page, i, 2) != "Hon",
        title => TITLES.contains(&title),
    }
}

/// A title decides: Sen. Houston and Dr. Vienna are people.
pub fn by_title(page: &Page<'_>, _: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let is_place = |one: &&Draft| {
        let is_short = one.tokens.len() <= 2 && page.span(&one.tokens) == one.span;
        let is_organisation = one.tokens.clone().any(|i| page.words[i].cues & (cues::ORG_HEAD | cues::ORG_FORM | cues::FACILITY_HEAD) != 0);
        is_short && !is_organisation && matches!(one.label.as_str(), "GPE" | "LOC" | "FAC" | "NORP" | "ORG" | "PRODUCT")
    };
    let is_titled = |one: &&Draft| is_after_title(page, one.tokens.start) && page.words[one.tokens.start].is_capital();
    drafts.all().filter(is_place).filter(is_titled).map(|one| draft(page, one.tokens.clone(), "PERSON", TITLE_RULE)).collect()
}

/// Somebody and whom they work for, where the model takes both for one: Kerrigan of Northgate Bank.
pub fn of_organisations(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    for one in drafts.all().filter(|one| matches!(one.label.as_str(), "ORG" | "PERSON" | "FAC") && one.tokens.len() > 2) {
        let Some(of) = one.tokens.clone().skip(1).find(|i| page.word_text(*i) == "of") else { continue };
        let who = one.tokens.start..of;
        let mut whom = of + 1..one.tokens.end;
        whom.start += usize::from(page.word_text(whom.start) == "the");
        let is_person = |i: usize| {
            is_name(page, i) && page.words[i].cues & (cues::ORG_HEAD | cues::ORG_FORM | cues::FACILITY_HEAD | cues::PLACE_HEAD) == 0
        };
        let has_given = who.len() > 1 && page.words[who.start].class.is_given_name() && page.words[who.end - 1].class.is_surname();
        let is_unknown = who.len() > 1 && page.words[who.start].class.is_given_name() && !page.words[who.end - 1].class.is_common();
        let is_titled = who.len() < 3 && is_after_title(page, who.start);
        let is_somebody = who.len() < 4 && who.clone().all(is_person) && (has_given || is_unknown || is_titled);
        if !is_somebody || whom.is_empty() || !is_name(page, whom.start) || lists.has(page, &one.tokens) {
            continue;
        }
        let place = lists.best(page, &whom, &["GPE", "LOC"]).is_some();
        found.push(draft(page, who, "PERSON", OF_RULE));
        found.push(draft(page, whom, if place { "GPE" } else { "ORG" }, OF_RULE));
    }
    found
}

/// Names alone in the cell of a table: Will Kerrigan.
pub fn in_cells(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in &page.sentences {
        let tokens = sentence.tokens.clone();
        let row = page.rows.partition_point(|row| row.end <= tokens.start);
        let is_cell = page.rows.get(row).is_some_and(|row| *row != tokens);
        let is_person = || {
            let last = &page.words[tokens.end - 1];
            page.words[tokens.start].class.is_given_name() && last.case == Case::Capital && last.cues == 0 && !last.class.is_common()
        };
        let span = page.span(&tokens);
        let is_part = |rival: &Draft| rival.label.as_str() == "PERSON" && span.contains(rival.span);
        let is_free = || drafts.overlapping(span).all(is_part) && !lists.has(page, &tokens);
        if is_cell && (2..=3).contains(&tokens.len()) && tokens.clone().all(|i| is_name(page, i)) && is_person() && is_free() {
            found.push(draft(page, tokens, "PERSON", CELL_RULE));
        }
    }
    found
}
