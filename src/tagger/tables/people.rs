//! People in rankings and scorecards: `2 Luca Ferri (Italy) Velora same time`, `204 Jerry Kelso 67 70 67`, `A. Perera c Silva
//! b Vaas 12`, `Bowling: Vaas 9-1-35-1`. Alone on their line, such names have none of the words around them that tell a
//! person in prose.

use std::ops::Range;

use super::super::page::{Case, Page};
use super::super::refine::Lists;
use crate::text::tokens::TokenKind;

/// How the rule is told.
pub const RULE: &str = "person-in-results";

/// What a line of a ranking or scorecard names.
#[derive(Default)]
pub struct Named {
    pub people: Vec<Range<usize>>,
    /// Teams that people ride, drive or run for.
    pub teams: Vec<Range<usize>>,
}

/// No such line is longer, in tokens; only the bowling figures of a whole team are.
const LONGEST: usize = 24;

/// The names of a line, if it is one of a ranking or scorecard.
pub fn find(page: &Page<'_>, lists: &Lists<'_>, line: Range<usize>) -> Named {
    let people = figures(page, line.clone());
    if !people.is_empty() || line.len() > LONGEST {
        return Named { people, ..Named::default() };
    }
    let people = innings(page, line.clone());
    if people.is_empty() { place(page, lists, line) } else { Named { people, ..Named::default() } }
}

/// A place in a ranking: number, name, country in brackets and perhaps a team; or number, name and scores.
fn place(page: &Page<'_>, lists: &Lists<'_>, line: Range<usize>) -> Named {
    let mut named = Named::default();
    let mut at = line.start;
    while at < line.end && (is_number(page, at) || matches!(page.word_text(at), "." | "-" | "=")) {
        at += 1;
    }
    let name = at..name_end(page, at, line.end);
    if at == line.start || name.len() < 2 || lists.best(page, &name, &["ORG", "GPE", "LOC", "FAC"]).is_some() {
        return named;
    }
    if let Some(close) = bracketed_place(page, lists, name.end, line.end) {
        let team = close..name_end(page, close, line.end);
        let is_ridden_for = |next: usize| is_number(page, next) || matches!(page.word_text(next), "same" | "one" | "at");
        let has_team = !team.is_empty() && team.end < line.end && is_ridden_for(team.end);
        let has_result = line.clone().skip(close - line.start).any(|i| is_number(page, i));
        if has_team {
            named.teams.push(team);
        }
        if has_team || has_result || is_given_name(page, name.start) {
            named.people.push(name);
        }
    } else if is_given_name(page, name.start) && is_sum(page, at - 1, name.end..line.end) {
        named.people.push(name);
    }
    named
}

/// Whether the number before a name sums up those after it, as at golf; a club's place in a league does not.
fn is_sum(page: &Page<'_>, total: usize, after: Range<usize>) -> bool {
    let value = |i: usize| page.word_text(i).parse::<u32>().ok();
    let rounds: Vec<u32> = after.map_while(value).collect();
    (2..=6).contains(&rounds.len()) && value(total) == Some(rounds.iter().fold(0, |sum: u32, round| sum.saturating_add(*round)))
}

/// The token after a country or city in brackets that begins at `at`.
fn bracketed_place(page: &Page<'_>, lists: &Lists<'_>, at: usize, end: usize) -> Option<usize> {
    let close = (at + 1..end).find(|i| page.word_text(*i) == ")")?;
    let place = at + 1..close;
    let is_place = page.word_text(at) == "(" && lists.best(page, &place, &["GPE"]).is_some();
    is_place.then_some(close + 1)
}

/// A line of an innings at cricket: who was out, caught and bowled.
fn innings(page: &Page<'_>, line: Range<usize>) -> Vec<Range<usize>> {
    let text = |i: usize| if i < line.end { page.word_text(i) } else { "" };
    let is_way_out = |i: usize| {
        matches!(text(i), "c" | "b" | "lbw" | "st") || matches!((text(i), text(i + 1)), ("run" | "not", "out") | ("hit", "wicket"))
    };
    let first = line.start..name_end(page, line.start, line.end);
    let is_word = first.len() == 1 && page.words[first.start].class.is_common();
    if first.is_empty() || is_word || !is_way_out(first.end) || !line.clone().last().is_some_and(|i| is_number(page, i)) {
        return Vec::new();
    }
    let helpers = (first.end..line.end).filter(|i| matches!(text(*i), "c" | "b" | "st")).map(|i| i + 1..name_end(page, i + 1, line.end));
    std::iter::once(first.clone()).chain(helpers.filter(|name| !name.is_empty())).collect()
}

/// The bowlers of `Bowling: Vaas 9-1-35-1, Pushpa 4-0-31-0`, and those of `Did not bat: Perera, Silva`.
fn figures(page: &Page<'_>, line: Range<usize>) -> Vec<Range<usize>> {
    let text = |i: usize| if i < line.end { page.word_text(i) } else { "" };
    let colon = match (text(line.start), text(line.start + 1), text(line.start + 2)) {
        ("Bowling", ..) => (line.start..line.end.min(line.start + 6)).find(|i| text(*i) == ":"),
        ("Did", "not", "bat") => Some(line.start + 3).filter(|i| text(*i) == ":"),
        _ => None,
    };
    let mut people = Vec::new();
    let Some(mut at) = colon.map(|colon| colon + 1) else { return people };
    while at < line.end {
        let end = name_end(page, at, line.end);
        if end > at {
            people.push(at..end);
        }
        at = end.max(at + 1);
    }
    people
}

fn is_number(page: &Page<'_>, i: usize) -> bool {
    page.tokens[i].kind == TokenKind::Number
}

fn is_given_name(page: &Page<'_>, i: usize) -> bool {
    page.words[i].class.is_given_name() || is_initial(page, i)
}

fn is_initial(page: &Page<'_>, i: usize) -> bool {
    page.tokens[i].kind == TokenKind::Word && page.tokens[i].span.len() == 1 && page.words[i].is_capital()
}

/// The end of the name that begins at `at`: capitalised words, initials with their full stops and up to three small words
/// between them; `at` itself where none does.
fn name_end(page: &Page<'_>, at: usize, end: usize) -> usize {
    const SMALL: &[&str] = &["van", "von", "der", "den", "de", "da", "di", "del", "la", "le", "ten", "bin", "al"];
    let mut last = at;
    for i in at..end {
        let word = &page.words[i];
        let is_name = page.tokens[i].kind == TokenKind::Word && matches!(word.case, Case::Capital | Case::Upper | Case::Inner);
        let is_stop = page.word_text(i) == "." && i > at && is_initial(page, i - 1);
        match () {
            () if is_name => last = i + 1,
            () if i < last + 3 && (is_stop || SMALL.contains(&page.word_text(i))) => {}
            () => break,
        }
    }
    last
}
