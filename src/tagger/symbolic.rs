//! Suggestions from lists, rules, grammars and aliases alone: what is known without a statistical model.
//!
//! Every source gives candidates with a score; the best-supported and longest win; then the names found give aliases
//! (a surname after the full name, a company without its suffix, an abbreviation after its definition), and all
//! candidates compete once more.

use std::collections::BTreeMap;
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

/// The winners among candidates, without overlaps, in reading order: each word more counts as a little more support.
pub fn resolve(text: &str, candidates: &[Candidate]) -> Vec<Candidate> {
    let weight = |one: &Candidate| {
        let words = text[one.span.range()].split([' ', '-']).count().min(6) as u32;
        u32::from(one.score.thousandths()) + 120 * (words - 1)
    };
    let mut order: Vec<&Candidate> =
        candidates.iter().filter(|one| one.score.thousandths() >= FLOOR && one.span.of(text).is_some()).collect();
    order.sort_by(|a, b| (weight(b), a.span, &a.label, &a.origin).cmp(&(weight(a), b.span, &b.label, &b.origin)));
    let mut kept: BTreeMap<Span, Candidate> = BTreeMap::new();
    for one in order {
        let before = kept.range(..=Span { start: one.span.end, end: 0 }).next_back();
        if before.is_none_or(|(span, _)| !span.overlaps(one.span)) {
            kept.insert(one.span, one.clone());
        }
    }
    kept.into_values().collect()
}

/// Further mentions of the names in `found`: in full, by surname, without a company's suffix.
pub fn aliases(text: &str, tokens: &[Token], reading: &Reading, found: &[Candidate]) -> Vec<Candidate> {
    let mut by_word: BTreeMap<&str, Vec<(&str, &Candidate)>> = BTreeMap::new();
    for one in found.iter().filter(|one| is_repeated(one)) {
        let full = &text[one.span.range()];
        for alias in [Some(full), short_form(full, &one.label, reading, tokens, one.span)].into_iter().flatten() {
            let Some(word) = first_token(alias) else { continue };
            let known = by_word.entry(word).or_default();
            if known.len() < 16 && !known.iter().any(|(text, _)| *text == alias) {
                known.push((alias, one));
            }
        }
    }
    let mut out = Vec::new();
    for token in tokens {
        let Some(known) = token.span.of(text).and_then(|word| by_word.get(word)) else { continue };
        for (alias, source) in known {
            let start = token.span.start as usize;
            let end = start + alias.len();
            let is_here = text.get(start..end) == Some(*alias) && !text[end..].starts_with(|c: char| c.is_alphanumeric());
            let span = Span::new(start, end);
            if is_here && span != source.span {
                let full = &text[source.span.range()];
                let score = Score::from_thousandths(source.score.thousandths().saturating_sub(30).max(FLOOR));
                out.push(Candidate { span, label: source.label.clone(), score, origin: Origin::Alias(full.into()), value: None });
            }
        }
    }
    out
}

fn is_repeated(one: &Candidate) -> bool {
    matches!(one.label.as_str(), "PERSON" | "ORG" | "GPE" | "LOC" | "FAC" | "NORP" | "PRODUCT" | "EVENT" | "LAW")
}

fn first_token(alias: &str) -> Option<&str> {
    crate::text::tokens::tokens(alias).first().and_then(|token| token.span.of(alias))
}

/// The surname of a person, a company's name without its suffix.
fn short_form<'t>(full: &'t str, label: &Label, reading: &Reading, tokens: &[Token], span: Span) -> Option<&'t str> {
    let (head, last) = full.rsplit_once([' ', '\u{a0}'])?;
    match label.as_str() {
        "PERSON" => {
            let last = if matches!(last, "Jr" | "Jr." | "Sr." | "II" | "III" | "IV") { head.rsplit(' ').next()? } else { last };
            let last_token = tokens.partition_point(|token| token.span.start < span.end).checked_sub(1)?;
            let is_word = reading.words.get(last_token).is_some_and(|class| class.is_mostly_common() && !class.is_surname());
            (!is_word && last.chars().count() > 1 && case_of(last) == Case::Title).then_some(last)
        }
        "ORG" => {
            const SUFFIXES: &[&str] = &[
                "Inc",
                "Inc.",
                "Corp",
                "Corp.",
                "Ltd",
                "Ltd.",
                "Co",
                "Co.",
                "Group",
                "Holdings",
                "Corporation",
                "Limited",
                "PLC",
                "plc",
                "AG",
                "SA",
                "Bhd",
                "LLC",
                "Company",
            ];
            let head = head.trim_end_matches([',', ' ']);
            let head = head.strip_suffix(" Sdn").or_else(|| head.strip_suffix(" Co")).unwrap_or(head);
            (SUFFIXES.contains(&last) && head.len() > 2).then_some(head)
        }
        _ => None,
    }
}
