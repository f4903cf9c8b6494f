//! The program's lists: each name that stands in one, with how likely it is meant where it stands.

use std::collections::BTreeSet;

use super::super::gazetteer::{Case, Lexicon, ListMatch, Mark, case_of};
use super::super::names;
use super::super::part::{Part, PartKind};
use super::super::source::{Asked, Candidate, Fault, Source};
use crate::annotation::{Origin, Score};
use crate::text::Span;
use crate::text::tokens::{Token, TokenKind};

/// Candidates below this are not suggested.
const FLOOR: u16 = 450;

/// The lists of the lexicon that the tagger reads every article with.
#[derive(Debug)]
pub struct Lists {
    parts: Vec<Part>,
}

impl Lists {
    pub fn of(lexicon: &Lexicon) -> Self {
        let part = |list: &super::super::gazetteer::ListInfo| Part::new(&list.name, PartKind::List(list.names), list.label.as_str(), "");
        let mut parts: Vec<Part> = lexicon.lists().iter().map(part).collect();
        parts.sort_by(|a, b| a.id.cmp(&b.id));
        Self { parts }
    }
}

impl Source for Lists {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        let mut out = Vec::new();
        // Sept. 11 and Ramadan stand in the list of events; where they are read as a day, they are one.
        let is_date = |one: &&Candidate| one.label.as_str() == "DATE";
        let dates: BTreeSet<Span> = asked.said.iter().filter(is_date).map(|one| one.span).collect();
        for found in &asked.reading.matches {
            if dates.contains(&found.span) && asked.lexicon.label(found).is_some_and(|label| label.as_str() == "EVENT") {
                continue;
            }
            let score = worth(asked.text, &asked.tokens, asked.lexicon, found);
            let (Some(list), Some(score)) = (asked.lexicon.list(found.list), score) else { continue };
            let origin = Origin::Gazetteer { list: list.name.clone(), entry: asked.text[found.span.range()].into() };
            out.push(Candidate { span: found.span, label: list.label.clone(), score, origin, value: None });
        }
        Ok(out)
    }

    fn parts(&self) -> Vec<Part> {
        self.parts.clone()
    }
}

/// How likely a name of a list is meant where it stands.
fn worth(text: &str, tokens: &[Token], lexicon: &Lexicon, found: &ListMatch) -> Option<Score> {
    let label = lexicon.label(found)?.as_str();
    let surface = found.span.of(text)?;
    let mut p: f64 = [0.2, 0.5, 0.78, 0.93][usize::from(found.mark.rank())];
    for (mark, cost) in [(Mark::COMMON, 0.3), (Mark::PERSONAL, 0.2), (Mark::DIVIDED, 0.12)] {
        if found.mark.has(mark) {
            p -= cost;
        }
    }
    if found.mark.has(Mark::SHORT) && found.mark.rank() < 3 {
        p -= 0.2;
    }
    let n_tokens = found.last_token - found.first_token;
    if n_tokens > 1 {
        p += 0.25;
    } else if found.mark.rank() < 3 {
        p -= 0.3 * f64::from(u8::from(touches_a_name(text, tokens, found)));
    }
    let before = found.first_token.checked_sub(1).and_then(|at| tokens[at].span.of(text)).unwrap_or_default();
    match label {
        "GPE" | "LOC" if matches!(before, "in" | "In" | "from" | "near" | "across" | "outside" | "throughout" | "into") => p += 0.2,
        "LANGUAGE" => {
            let after = tokens.get(found.last_token).and_then(|token| token.span.of(text)).unwrap_or_default();
            let is_spoken = matches!(before, "speak" | "speaks" | "spoke" | "speaking" | "into" | "fluent") || after == "language";
            p = if is_spoken || (before == "in" && after != "politics") { 0.94 } else { 0.0 };
        }
        _ => {}
    }
    // A name that has no capital of its own is one by luck.
    if n_tokens == 1 && case_of(surface) == Case::Lower {
        p -= 0.3;
    }
    (p >= f64::from(FLOOR) / 1000.0).then(|| Score::from_ratio(p.min(0.97)))
}

/// Whether a capitalised word stands right before or after, so that the match may be a part of a longer name.
fn touches_a_name(text: &str, tokens: &[Token], found: &ListMatch) -> bool {
    let is_name = |token: &Token, gap: Span| {
        let surface = token.span.of(text).unwrap_or_default();
        let is_beside = gap.of(text).is_some_and(|gap| gap == " " || gap == "\u{a0}");
        is_beside && token.kind == TokenKind::Word && matches!(case_of(surface), Case::Title) && !names::is_no_name(surface)
    };
    let before = found.first_token.checked_sub(1).map(|at| tokens[at]);
    let after = tokens.get(found.last_token);
    before.is_some_and(|token| is_name(&token, Span { start: token.span.end, end: found.span.start }))
        || after.is_some_and(|token| is_name(token, Span { start: found.span.end, end: token.span.start }))
}
