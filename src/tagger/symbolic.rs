//! What lists, rules and grammars propose by themselves, each with a score; the model and the passes after it decide.

use std::sync::Arc;

use super::dates;
use super::gazetteer::{Case, Lexicon, ListMatch, Mark, Reading, case_of};
use super::names::{self, PersonMatch};
use super::rules::{RuleMatch, Rules};
use crate::annotation::{Label, Origin, Score};
use crate::text::Span;
use crate::text::tokens::{Token, TokenKind};

/// One possible mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub span: Span,
    pub label: Label,
    pub score: Score,
    pub origin: Origin,
    pub value: Option<Arc<str>>,
}

/// Candidates below this are not suggested.
const FLOOR: u16 = 450;

/// All that lists, rules and the grammars of names and dates say of a text. `published` is ISO 8601.
pub fn candidates(
    text: &str,
    tokens: &[Token],
    lexicon: &Lexicon,
    reading: &Reading,
    rules: &Rules,
    published: Option<&str>,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    for found in &reading.matches {
        let (Some(list), Some(score)) = (lexicon.list(found.list), worth(text, tokens, lexicon, found)) else { continue };
        let origin = Origin::Gazetteer { list: list.name.clone(), entry: text[found.span.range()].into() };
        out.push(Candidate { span: found.span, label: list.label.clone(), score, origin, value: None });
    }
    out.extend(rules.find(text).into_iter().filter_map(|found| from_rule(text, tokens, reading, found)));
    let person = Label::new("PERSON");
    out.extend(names::people(text, tokens, &reading.words).into_iter().map(|found: PersonMatch| Candidate {
        span: found.span,
        label: person.clone(),
        score: found.score,
        origin: Origin::Rule(PERSON_GRAMMAR.into()),
        value: None,
    }));
    out.extend(dates::find(text, tokens, published).into_iter().map(|found| Candidate {
        span: found.span,
        label: Label::new(found.label),
        score: found.score,
        origin: Origin::Rule(found.form.into()),
        value: found.value,
    }));
    out
}

/// The id by which the grammar of personal names is told.
pub const PERSON_GRAMMAR: &str = "given-name-first";

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

/// A rule's match without words that only stand at its ends: the first word of a sentence, a weekday.
fn from_rule(text: &str, tokens: &[Token], reading: &Reading, found: RuleMatch) -> Option<Candidate> {
    let first = tokens.partition_point(|token| token.span.start < found.span.start);
    let last = tokens.partition_point(|token| token.span.start < found.span.end);
    let (mut from, mut to) = (first, last);
    let surface = |at: usize| tokens[at].span.of(text).unwrap_or_default();
    let keeps_article = matches!(&*found.rule, "told-media");
    while from < to && names::is_no_name(surface(from)) && !(keeps_article && surface(from) == "The") {
        from += 1;
    }
    let is_person = found.label.as_str() == "PERSON";
    while is_person && from < to && names::is_no_name(surface(to - 1)) {
        to -= 1;
    }
    if from == to || (to - from == 1 && (last - first > 1 || is_person) && reading.words[from].is_mostly_common()) {
        return None;
    }
    let span = if (from, to) == (first, last) {
        found.span
    } else {
        Span { start: tokens[from].span.start, end: if to == last { found.span.end } else { tokens[to - 1].span.end } }
    };
    Some(Candidate { span, label: found.label, score: found.score, origin: Origin::Rule(found.rule), value: None })
}
