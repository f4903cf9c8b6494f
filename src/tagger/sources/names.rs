//! The grammar of people's names.

use super::super::names;
use super::super::part::{Part, PartKind};
use super::super::source::{Asked, Candidate, Fault, Source};
use crate::annotation::{Label, Origin};

/// The id by which it is told.
pub const RULE: &str = "given-name-first";

#[derive(Debug)]
pub struct Names;

impl Source for Names {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        let (label, origin) = (Label::new("PERSON"), Origin::Rule(RULE.into()));
        let found = names::people(asked.text, &asked.tokens, &asked.reading.words).into_iter();
        let of = |found: names::PersonMatch| Candidate {
            span: found.span,
            label: label.clone(),
            score: found.score,
            origin: origin.clone(),
            value: None,
        };
        Ok(found.map(of).collect())
    }

    fn parts(&self) -> Vec<Part> {
        vec![Part::new(RULE, PartKind::Grammar, "PERSON", "a given name with the names after it")]
    }
}
