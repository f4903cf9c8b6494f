//! What a tagger is made of, as the analyst sees it: lists, rules, grammars, the model, each with its name.

use std::sync::Arc;

use super::{Tagger, consistency, dates, symbolic, tables};
use crate::annotation::Origin;

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
    (consistency::ABBREVIATION_RULE, "ORG", "a full name whose initials the abbreviation in brackets spells"),
    (consistency::GROUPS_RULE, "NORP", "two names of a people or faith side by side"),
    (tables::RULE, "ORG", "a name in a line of results or standings"),
    (tables::PEOPLE_RULE, "PERSON", "a name in a ranking or scorecard"),
    (tables::CITY_RULE, "ORG", "a city that plays, in a report on sports"),
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

    /// Why a suggestion was made, in a clause for the analyst.
    pub fn reason(&self, origin: &Origin) -> String {
        match origin {
            Origin::Rule(id) => self.reason_of_rule(id).map_or_else(|| format!("the rule {id}"), str::to_owned),
            Origin::Gazetteer { list, entry } => format!("“{entry}” stands in the list {}", list.replace('-', " ")),
            Origin::Model(name) if *name != self.model_name => format!("the model or command “{name}” suggested it"),
            Origin::Model(_) => "the model knows such names in such places".to_owned(),
            Origin::Alias(of) => format!("it goes with “{of}” in this article"),
            Origin::Import(tool) => format!("it was imported from {tool}"),
            Origin::Analyst => "an analyst marked it".to_owned(),
        }
    }

    fn reason_of_rule(&self, id: &str) -> Option<&str> {
        let told = |parts: &[(&str, &str, &'static str)]| parts.iter().find(|part| part.0 == id).map(|part| part.2);
        let form = || dates::FORMS.iter().find(|form| form.0 == id).map(|form| form.2);
        let grammar = || (id == symbolic::PERSON_GRAMMAR).then_some("a given name with the names after it");
        let rule = || self.rules.reason(id).filter(|reason| !reason.is_empty());
        self.own.reason(id).or_else(rule).or_else(|| told(PASSES)).or_else(form).or_else(grammar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_tells_its_reason_in_words() {
        let tagger = Tagger::standard();
        for part in tagger.parts().iter().filter(|part| matches!(part.kind, PartKind::Rule | PartKind::Grammar)) {
            let reason = tagger.reason(&Origin::Rule(part.id.clone()));
            assert!(reason.contains(' ') && !reason.starts_with("the rule "), "{}: {reason}", part.id);
        }
        let list = Origin::Gazetteer { list: "political-camps".into(), entry: "Greens".into() };
        assert_eq!(tagger.reason(&list), "“Greens” stands in the list political camps");
        let other = tagger.reason(&Origin::Model("python3 other.py".into()));
        assert_eq!(other, "the model or command “python3 other.py” suggested it");
        assert_eq!(tagger.reason(&Origin::Alias("Ada Lark".into())), "it goes with “Ada Lark” in this article");
    }
}
