//! The grammar of dates, times and amounts.

use super::super::dates;
use super::super::part::{Part, PartKind};
use super::super::source::{Asked, Candidate, Fault, Source};
use crate::annotation::{Label, Origin};

#[derive(Debug)]
pub struct Dates;

impl Source for Dates {
    fn suggest(&self, asked: &Asked<'_>) -> Result<Vec<Candidate>, Fault> {
        let found = dates::find(asked.text, &asked.tokens, asked.published).into_iter();
        let is_left_out = |found: &dates::TimeMatch| {
            let def = asked.scheme.and_then(|scheme| scheme.by_name(found.label));
            def.is_some_and(|def| def.absolute_only) && dates::RELATIVE.contains(&found.form)
        };
        let of = |found: dates::TimeMatch| Candidate {
            span: found.span,
            label: Label::new(found.label),
            score: found.score,
            origin: Origin::Rule(found.form.into()),
            // What is told against a day that nobody knows has no value.
            value: found.value.filter(|value| !value.starts_with("UNDEF")),
        };
        Ok(found.filter(|found| !is_left_out(found)).map(of).collect())
    }

    fn parts(&self) -> Vec<Part> {
        let form = |(id, label, about, example): &(&str, &str, &str, &str)| Part {
            examples: vec![format!("[{example}]")],
            ..Part::new(id, PartKind::Grammar, label, about)
        };
        dates::FORMS.iter().map(form).collect()
    }
}
