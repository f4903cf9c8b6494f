//! What every decision is told in: who makes it and when, why it changes nothing, the edit that it is.

use std::sync::Arc;

use super::entities::BadKnowledgeId;
use crate::annotation::{Article, ArticleId, Edit, EntityId, Label, Op, Scope, Session, Time, Verb};
use crate::text::Span;
use crate::text::seam::as_read;

/// Who decides, and when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stamp {
    pub by: Arc<str>,
    pub at: Time,
}

/// Why a decision changes nothing.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no article {0:?}")]
    NoArticle(ArticleId),
    #[error("there is no such mention any more")]
    NoMention,
    #[error("it is so already")]
    Already,
    #[error("there is a {0} mention with exactly these words already")]
    Exists(Label),
    #[error("these words do not lie in the article’s text")]
    Span,
    #[error("the scheme has no label {0}")]
    Label(Label),
    #[error("nothing was decided here that could reach further")]
    Undecided,
    #[error("there is nothing left to accept here")]
    NothingLeft,
    #[error("two people decided differently here: settle what is contested first ({0})")]
    Contested(usize),
    #[error("this decision was taken back itself; choose one that is in force")]
    TakenBack,
    #[error("since this decision another version of the file came in; choose a later one")]
    OtherVersion,
    #[error("there is no entity {0} any more")]
    NoEntity(EntityId),
    #[error("an entity needs a name")]
    Nameless,
    #[error("these mentions are all that the entity has; rename it instead")]
    NothingStays,
    #[error(transparent)]
    KnowledgeId(#[from] BadKnowledgeId),
}

pub fn edit_of(verb: Verb, what: &str, label: Option<Label>, stamp: &Stamp, ops: Vec<Op>) -> Edit {
    Edit { verb, scope: Scope::Mention, target: None, what: as_read(what).into_owned(), label, by: stamp.by.clone(), at: stamp.at, ops }
}

pub fn find_article<'s>(session: &'s Session, id: &ArticleId) -> Result<&'s Article, Refusal> {
    session.article(id).map(AsRef::as_ref).ok_or_else(|| Refusal::NoArticle(id.clone()))
}

pub fn check_span(article: &Article, span: Span) -> Result<(), Refusal> {
    match span.of(&article.text) {
        Some(quote) if !quote.trim().is_empty() => Ok(()),
        _ => Err(Refusal::Span),
    }
}

pub fn check_label(session: &Session, label: &Label) -> Result<(), Refusal> {
    if session.scheme().is_in_use(label.as_str()) { Ok(()) } else { Err(Refusal::Label(label.clone())) }
}
