//! A part of the tagger as the analyst sees it: a list, a rule, a form of a grammar, the model, each with its name.

use std::sync::Arc;

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
    /// A form of the grammars of dates, amounts and personal names, or a pass over a whole article.
    Grammar,
    /// How many names it holds.
    List(usize),
    Model,
}

impl Part {
    /// A part that is told in a clause alone.
    pub fn new(id: &str, kind: PartKind, label: &str, about: &str) -> Self {
        Self { id: id.into(), kind, label: label.into(), about: about.to_owned(), examples: Vec::new(), pattern: String::new() }
    }
}
