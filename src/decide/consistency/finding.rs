//! One finding: what is settled in different ways, where, and what would mend it.

use std::sync::Arc;

use crate::annotation::{Article, ArticleId, EntityId, Label, Mention, MentionId, PlaceMark};
use crate::text::Span;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The id of its kind.
    pub kind: &'static str,
    /// Tells it from all others, today and tomorrow: its kind and what it is about.
    pub key: Arc<str>,
    /// What it is about, as it is written.
    pub name: String,
    /// What was found, in a sentence without a full stop.
    pub words: String,
    /// The places that are out of line; never their counterparts.
    pub places: Vec<Place>,
    /// A few of those that they are held against.
    pub beside: Vec<Place>,
    /// What [`fix`](super::fix) would do, in words; `None` where nothing is sure.
    pub remedy: Option<String>,
    /// Where it is about two entities: the one that would become part of the other.
    pub merge: Option<(EntityId, EntityId)>,
}

/// A place of a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub article: ArticleId,
    /// In bytes.
    pub span: Span,
    /// What is tagged there, if anything is.
    pub mention: Option<MentionId>,
    pub label: Option<Label>,
    pub mark: PlaceMark,
    /// What would be done here.
    pub step: Option<Step>,
}

/// What is done at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    Retype(Label),
    Add(Label),
    Move(Span),
    Link(EntityId),
    Reject,
    Value(Option<Arc<str>>),
}

impl Place {
    pub fn of(article: &Article, mention: &Mention) -> Self {
        Self {
            article: article.id.clone(),
            span: mention.span,
            mention: Some(mention.id),
            label: Some(mention.label.clone()),
            mark: PlaceMark::of(&article.id, &article.text, mention.span, mention.label.as_str()),
            step: None,
        }
    }

    pub fn untagged(article: &Article, span: Span) -> Self {
        let mark = PlaceMark::of(&article.id, &article.text, span, "");
        Self { article: article.id.clone(), span, mention: None, label: None, mark, step: None }
    }

    #[must_use]
    pub fn with(self, step: Step) -> Self {
        Self { step: Some(step), ..self }
    }
}

/// How many counterparts are worth showing.
const SHOWN_BESIDE: usize = 5;

impl Finding {
    /// Without counterparts and remedy.
    pub fn new(kind: &'static str, about: &str, name: &str, words: String, places: Vec<Place>) -> Self {
        let key = format!("{kind}:{about}").into();
        Self { kind, key, name: flat(name), words, places, beside: Vec::new(), remedy: None, merge: None }
    }

    #[must_use]
    pub fn beside(self, beside: impl IntoIterator<Item = Place>) -> Self {
        Self { beside: beside.into_iter().take(SHOWN_BESIDE).collect(), ..self }
    }

    #[must_use]
    pub fn mended_by(self, remedy: Option<String>) -> Self {
        Self { remedy, ..self }
    }
}

/// With single blanks.
pub fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `once`, `3 times`.
pub fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}
