//! Results and standings, as sports pages print them: `Northwich 18 11 5 2`, `EASTPORT 7 Lakeside 3`, `Lakeside at
//! Eastport`. What stands in such lines is a team, also where it goes by the name of its city; a country’s team keeps
//! the name of the country.

mod people;

use std::ops::Range;
use std::sync::LazyLock;

use super::hash;
use super::page::{Case, Page};
use super::refine::Lists;
use super::resolve::{Draft, Drafts};
use crate::annotation::Origin;
use crate::text::Span;
use crate::text::tokens::TokenKind;

/// How the rule is told.
pub const RULE: &str = "team-in-results";

pub use people::RULE as PEOPLE_RULE;

/// How the rule for prose is told.
pub const CITY_RULE: &str = "team-by-its-city";

/// A report is on sports from this many of its words on; a line of results counts for two.
const LEAST_CUES: usize = 6;

/// How sure a team in a table is, in thousandths.
const SCORE: u16 = 800;

/// Makes the places in lines of results teams, and those that play in the prose around them; finds the people of
/// rankings and scorecards. `is_on` says whether a rule is, by its id.
pub fn apply(page: &Page<'_>, lists: &Lists<'_>, drafts: &mut Drafts, is_on: &dyn Fn(&str) -> bool) {
    let lines: Vec<Line> = page.rows.iter().map(|row| line(page, row.clone())).collect();
    let is_row = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| !line.teams.is_empty());
    let mut rows = 0;
    let mut cues = 0;
    let mut settled = Vec::new();
    for (at, (row, line)) in page.rows.iter().zip(&lines).enumerate() {
        cues += row.clone().filter(|i| SPORT_WORDS.binary_search(&page.words[*i].exact).is_ok()).count();
        if is_on(PEOPLE_RULE) {
            let named = people::find(page, lists, row.clone());
            settled.extend(named.people.into_iter().map(|person| draft(page, person, "PERSON", PEOPLE_RULE)));
            settled.extend(named.teams.into_iter().filter(|_| is_on(RULE)).map(|team| draft(page, team, "ORG", RULE)));
        }
        // `Lakeside at Eastport` by itself may say where somebody is.
        let is_alone = line.is_short_fixture && !is_row(at.checked_sub(1)) && !is_row(Some(at + 1));
        if is_on(RULE) && !is_alone {
            rows += usize::from(!line.teams.is_empty());
            settled.extend(line.teams.iter().filter_map(|team| settle(page, lists, drafts, team.clone())));
        }
    }
    let mut spans: Vec<Span> = settled.iter().map(|draft| draft.span).collect();
    spans.sort_unstable();
    // A name never goes from one column of a table into the next.
    drafts.retain(|draft| {
        let from = spans.partition_point(|span| span.end <= draft.span.start);
        let mut near = spans[from..].iter().take_while(|span| span.start < draft.span.end);
        near.all(|span| span.contains(draft.span))
    });
    drafts.put(settled);
    if is_on(CITY_RULE) && rows * 2 + cues >= LEAST_CUES {
        settle_prose(page, lists, drafts);
    }
}

/// Words of which a report on sports has several.
const SPORT: &[&str] = &[
    "league",
    "League",
    "season",
    "goal",
    "goals",
    "coach",
    "match",
    "inning",
    "innings",
    "quarterback",
    "striker",
    "midfielder",
    "wicket",
    "wickets",
    "playoff",
    "playoffs",
    "half-time",
    "halftime",
    "penalty",
    "scored",
    "goalkeeper",
    "defender",
    "touchdown",
    "homer",
    "pitcher",
    "rebounds",
    "semifinal",
    "semi-final",
    "fixtures",
    "Scorers",
    "Standings",
    "standings",
];

/// Their hashes, in order.
static SPORT_WORDS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut hashes: Vec<u32> = SPORT.iter().map(|word| hash::of(word)).collect();
    hashes.sort_unstable();
    hashes
});

/// What only a team does, and whom it does it to.
const DOES: &[&str] = &[
    "beat", "beats", "won", "win", "wins", "lost", "lose", "led", "lead", "leads", "trail", "trailed", "defeated", "drew", "host", "hosts",
    "hosted", "faced", "scored", "edged", "routed", "downed", "clinched", "came", "have", "had", "were",
];
const DONE_TO: &[&str] =
    &["beat", "beating", "against", "over", "defeated", "edged", "vs", "v", "host", "hosted", "visiting", "downed", "routed", "past"];
const MEMBERS: &[&str] = &[
    "manager",
    "striker",
    "midfielder",
    "coach",
    "captain",
    "goalkeeper",
    "defender",
    "forward",
    "winger",
    "bench",
    "side",
    "pitcher",
    "outfielder",
    "quarterback",
    "fans",
    "players",
];

/// In a report on sports, a city that plays is its team.
fn settle_prose(page: &Page<'_>, lists: &Lists<'_>, drafts: &mut Drafts) {
    let text = |i: Option<usize>| i.map_or("", |i| page.word_text(i));
    for draft in drafts.all_mut() {
        if draft.label.as_str() != "GPE" || is_country(page, lists, &draft.tokens) {
            continue;
        }
        let (before, after) = (text(draft.tokens.start.checked_sub(1)), text(Some(draft.tokens.end)));
        if DOES.contains(&after) || DONE_TO.contains(&before) || MEMBERS.contains(&after) {
            draft.label = "ORG".into();
            draft.score = draft.score.min(700);
            draft.origin = Origin::Rule(CITY_RULE.into());
        }
    }
}

fn is_country(page: &Page<'_>, lists: &Lists<'_>, tokens: &Range<usize>) -> bool {
    lists.best(page, tokens, &["GPE"]).is_some_and(|found| lists.name(found).is_some_and(|name| &**name == "countries"))
}

/// A sentence as a line of results or standings.
#[derive(Default)]
struct Line {
    /// None where it is no such line.
    teams: Vec<Range<usize>>,
    /// A fixture of three words, which only others beside it make one.
    is_short_fixture: bool,
}

fn line(page: &Page<'_>, line: Range<usize>) -> Line {
    if line.len() > 24 || line.len() < 3 {
        return Line::default();
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    let (mut numbers, mut others) = (0, 0);
    let mut at = line.start;
    let mut joins = false;
    while at < line.end {
        let end = run_end(page, at, line.end);
        if end > at {
            runs.push(at..end);
            at = end;
            continue;
        }
        match page.tokens[at].kind {
            // 2-1 is two.
            TokenKind::Number => numbers += if page.word_text(at).contains('-') { 2 } else { 1 },
            TokenKind::Mark if page.word_text(at) == ":" => others += 1,
            TokenKind::Mark => {}
            TokenKind::Word if page.word_text(at).eq_ignore_ascii_case("at") => joins = true,
            TokenKind::Word if page.tokens[at].span.len() == 1 => {}
            TokenKind::Word => others += 1,
        }
        at += 1;
    }
    // The leaders of a league are behind nobody: `ATLANTA 83 50 .624 -`.
    let is_leader = numbers == 3 && line.clone().last().is_some_and(|i| matches!(page.word_text(i), "-" | "–" | "—"));
    let is_standing = runs.len() == 1 && (numbers >= 4 || is_leader);
    let is_result = runs.len() == 2 && (2..=6).contains(&numbers);
    let is_fixture = runs.len() == 2 && joins && numbers == 0 && line.len() <= 9 && runs[0].start == line.start;
    let is_row = others == 0 && (is_standing || is_result || is_fixture);
    Line { teams: if is_row { runs } else { Vec::new() }, is_short_fixture: is_fixture && line.len() == 3 }
}

/// The end of the capitalised words that begin here; fixtures say AT in capitals too.
fn run_end(page: &Page<'_>, at: usize, end: usize) -> usize {
    let is_name = |i: usize| {
        let word = &page.words[i];
        page.tokens[i].kind == TokenKind::Word
            && matches!(word.case, Case::Capital | Case::Upper | Case::Inner)
            && page.tokens[i].span.len() > 1
            && page.word_text(i) != "AT"
    };
    (at..end).find(|i| !is_name(*i)).unwrap_or(end)
}

fn settle(page: &Page<'_>, lists: &Lists<'_>, drafts: &Drafts, team: Range<usize>) -> Option<Draft> {
    let span = page.span(&team);
    let is_person = drafts.overlapping(span).any(|draft| draft.label.as_str() == "PERSON" && draft.span == span);
    // Monday 3 4 5 6 is no team, Sheffield Wednesday is.
    let is_measure = |draft: &Draft| matches!(draft.label.as_str(), "DATE" | "TIME" | "MONEY") && draft.span.contains(span);
    if is_country(page, lists, &team) || is_person || drafts.overlapping(span).any(is_measure) || team.len() > 4 {
        return None;
    }
    Some(draft(page, team, "ORG", RULE))
}

fn draft(page: &Page<'_>, tokens: Range<usize>, label: &str, rule: &str) -> Draft {
    Draft { span: page.span(&tokens), tokens, label: label.into(), score: SCORE, origin: Origin::Rule(rule.into()), value: None }
}
