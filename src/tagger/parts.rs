//! What a tagger is made of, as the analyst sees it: lists, rules, grammars, the model, each with its name.

use std::sync::Arc;

use super::{Tagger, dates, symbolic};

/// One thing that suggests mentions and, except the model, can be switched off by its name.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// As origins name it.
    pub id: Arc<str>,
    pub kind: PartKind,
    /// Empty where it suggests several.
    pub label: Arc<str>,
    /// One clause in words: what it finds, or why.
    pub about: String,
    /// What it finds, in square brackets.
    pub examples: Vec<String>,
    /// The regular expression of a rule.
    pub pattern: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PartKind {
    Rule,
    /// How many names it holds.
    List(usize),
    /// A form of the grammars of dates, amounts and personal names.
    Grammar,
    Model,
}

/// What the passes over a whole article find: id, label, reason.
pub(super) const PASSES: &[(&str, &str, &str)] = &[
    ("abbreviation-defined", "ORG", "a full name whose initials the abbreviation in brackets spells"),
    ("team-in-results", "ORG", "a name in a line of results or standings"),
    ("team-by-its-city", "ORG", "a city that plays, in a report on sports"),
];

impl Tagger {
    /// The parts that the program carries, switched off or not: rules, grammars, lists by name, the model.
    pub fn parts(&self) -> Vec<Part> {
        let part = |id: &str, kind, label: &str, about: &str| Part {
            id: id.into(),
            kind,
            label: label.into(),
            about: about.to_owned(),
            examples: Vec::new(),
            pattern: String::new(),
        };
        let mut parts: Vec<Part> = Vec::new();
        parts.extend(self.rules.all().map(|rule| Part {
            examples: rule.examples.clone(),
            pattern: rule.pattern.clone(),
            ..part(&rule.id, PartKind::Rule, &rule.label, &rule.reason)
        }));
        parts.push(part(symbolic::PERSON_GRAMMAR, PartKind::Grammar, "PERSON", "a given name with the names after it"));
        parts.extend(PASSES.iter().map(|(id, label, about)| part(id, PartKind::Grammar, label, about)));
        parts.extend(dates::FORMS.iter().map(|(id, label, about, example)| Part {
            examples: vec![format!("[{example}]")],
            ..part(id, PartKind::Grammar, label, about)
        }));
        let mut lists: Vec<Part> =
            self.lexicon.lists().iter().map(|list| part(&list.name, PartKind::List(list.names), list.label.as_str(), "")).collect();
        lists.sort_by(|a, b| a.id.cmp(&b.id));
        parts.extend(lists);
        parts.push(part(&self.model_name, PartKind::Model, "", "what it learnt from annotated news"));
        parts
    }
}
