//! The program's rules.

use std::sync::Arc;

use super::super::gazetteer::Reading;
use super::super::names;
use super::super::part::{Part, PartKind};
use super::super::rules::{RuleMatch, Rules};
use super::super::source::{Asked, Candidate, Fault, Source};
use crate::annotation::Origin;
use crate::text::Span;
use crate::text::tokens::Token;

/// The rules that are on, and all that there are.
#[derive(Debug)]
pub struct Packed {
    on: Arc<Rules>,
    all: Arc<Rules>,
}

impl Packed {
    pub fn new(all: Arc<Rules>) -> Self {
        Self { on: all.clone(), all }
    }

    /// These rules without those that are switched off, by name.
    pub fn without(&self, off: &std::collections::BTreeSet<String>) -> Self {
        let on = if off.is_empty() { self.all.clone() } else { Arc::new(self.all.without(off)) };
        Self { on, all: self.all.clone() }
    }
}

impl Source for Packed {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        let found = self.on.find(asked.text).into_iter();
        Ok(found.filter_map(|found| trimmed(asked.text, &asked.tokens, &asked.reading, found)).collect())
    }

    fn parts(&self) -> Vec<Part> {
        let of = |rule: &super::super::rules::Rule| Part {
            examples: rule.examples.clone(),
            pattern: rule.pattern.clone(),
            ..Part::new(&rule.id, PartKind::Rule, &rule.label, &rule.reason)
        };
        self.all.all().map(of).collect()
    }

    fn reason(&self, origin: &Origin) -> Option<String> {
        let Origin::Rule(id) = origin else { return None };
        self.all.reason(id).filter(|reason| !reason.is_empty()).map(str::to_owned)
    }
}

/// A rule's match without words that only stand at its ends: the first word of a sentence, a weekday.
fn trimmed(text: &str, tokens: &[Token], reading: &Reading, found: RuleMatch) -> Option<Candidate> {
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
