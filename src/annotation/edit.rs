//! Edits: invertible changes to a session. History, journal and audit trail are made of them.
//!
//! An [`Edit`] is what the analyst did, told in words, and a list of [`Op`]s. Every op holds the value before and the
//! value after; turning these round and reversing the list is the inverse. An op whose "before" is not what the session
//! holds is refused, so a stale or damaged edit can never half-apply.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Answer, Article, ArticleId, Certificate, Conflict, Desk, Dismissal, Entity, Extra, Label, Mention, MentionId, Meta, Scheme,
    StandingRule, Time, Zone,
};

/// One change as a person understands it; undone and redone as a whole, however many mentions it touches.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    pub verb: Verb,
    #[serde(default)]
    pub scope: Scope,
    /// The article and mention that it was made on; undo and redo go there.
    #[serde(default)]
    pub target: Option<Target>,
    /// The words or thing it was made on, for people: a quote, a title, a label.
    #[serde(default)]
    pub what: String,
    /// The label that it gave, where it gave one.
    #[serde(default)]
    pub label: Option<Label>,
    /// The analyst's name; empty when none is set.
    #[serde(default)]
    pub by: Arc<str>,
    pub at: Time,
    pub ops: Vec<Op>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub article: ArticleId,
    #[serde(default)]
    pub mention: Option<MentionId>,
}

/// What an edit did, as a word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    Confirm,
    Reject,
    Retype,
    Move,
    Add,
    Delete,
    /// Return a settled mention to suggested.
    Reopen,
    Link,
    Note,
    AcceptRest,
    /// The tagger's suggestions came, or came anew.
    Tag,
    AddArticles,
    RemoveArticle,
    /// Title, date, outlet and the like.
    EditArticle,
    /// Progress, flag, tags or note of an article.
    MarkArticle,
    FlipZone,
    EditScheme,
    EditEntity,
    /// Two entities became one.
    Merge,
    /// Some mentions of an entity became another one.
    Split,
    EditRule,
    /// A changed source file was taken over and mentions carried along.
    Refresh,
    /// A mention whose words had gone was given a place.
    Place,
    /// Such a mention was let go.
    Drop,
    Import,
    /// Decisions and another version of the session, which came from elsewhere, were brought together.
    Join,
    /// The session became what it was after an earlier decision.
    GoBack,
    /// What others had done to the same session came in.
    TakeIn,
    /// What two people had changed differently was settled.
    Settle,
    /// A finding of the consistency check was found right as it stands.
    Dismiss,
    /// What was settled in one copy of a text went to the others.
    Transfer,
    /// A sample for a certificate was drawn, or one of its questions answered.
    Certify,
}

/// How far a decision reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    #[default]
    Mention,
    Article,
    Session,
}

/// One value before and after. `None` means that it was not there, or is gone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Op {
    /// Insert, remove or replace the article at position `at` of the session.
    Article {
        at: usize,
        before: Option<Arc<Article>>,
        after: Option<Arc<Article>>,
    },
    Mention {
        article: ArticleId,
        before: Option<Mention>,
        after: Option<Mention>,
    },
    Meta {
        article: ArticleId,
        before: Meta,
        after: Meta,
    },
    Zones {
        article: ArticleId,
        before: Vec<Zone>,
        after: Vec<Zone>,
    },
    Desk {
        article: ArticleId,
        before: Desk,
        after: Desk,
    },
    Extras {
        article: ArticleId,
        before: Vec<Extra>,
        after: Vec<Extra>,
    },
    Scheme {
        before: Arc<Scheme>,
        after: Arc<Scheme>,
    },
    Entity {
        before: Option<Entity>,
        after: Option<Entity>,
    },
    /// Insert, remove or replace the standing rule at position `at`.
    Rule {
        at: usize,
        before: Option<StandingRule>,
        after: Option<StandingRule>,
    },
    /// List or settle the conflict at position `at`.
    Conflict {
        at: usize,
        before: Option<Conflict>,
        after: Option<Conflict>,
    },
    Dismissal {
        before: Option<Dismissal>,
        after: Option<Dismissal>,
    },
    /// A sample with its answers comes or goes.
    Certificate {
        before: Option<Certificate>,
        after: Option<Certificate>,
    },
    /// The answer to one question of a sample, by the sample's id and the question's place.
    Answer {
        certificate: Arc<str>,
        item: usize,
        before: Option<Answer>,
        after: Option<Answer>,
    },
}

impl Op {
    pub(super) fn inverse(&self) -> Op {
        match self.clone() {
            Op::Article { at, before, after } => Op::Article { at, before: after, after: before },
            Op::Mention { article, before, after } => Op::Mention { article, before: after, after: before },
            Op::Meta { article, before, after } => Op::Meta { article, before: after, after: before },
            Op::Zones { article, before, after } => Op::Zones { article, before: after, after: before },
            Op::Desk { article, before, after } => Op::Desk { article, before: after, after: before },
            Op::Extras { article, before, after } => Op::Extras { article, before: after, after: before },
            Op::Scheme { before, after } => Op::Scheme { before: after, after: before },
            Op::Entity { before, after } => Op::Entity { before: after, after: before },
            Op::Rule { at, before, after } => Op::Rule { at, before: after, after: before },
            Op::Conflict { at, before, after } => Op::Conflict { at, before: after, after: before },
            Op::Dismissal { before, after } => Op::Dismissal { before: after, after: before },
            Op::Certificate { before, after } => Op::Certificate { before: after, after: before },
            Op::Answer { certificate, item, before, after } => Op::Answer { certificate, item, before: after, after: before },
        }
    }
}

impl Edit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Edit {
        Edit { ops: self.ops.iter().rev().map(Op::inverse).collect(), ..self.clone() }
    }

    /// How many mentions it decides on. Suggestions that merely give way to a confirmed mention do not count, unless
    /// nothing else happens.
    pub fn mention_count(&self) -> usize {
        let kept = self.ops.iter().filter(|op| matches!(op, Op::Mention { after: Some(_), .. })).count();
        let gone = self.ops.iter().filter(|op| matches!(op, Op::Mention { after: None, .. })).count();
        if kept > 0 { kept } else { gone }
    }

    /// In words for the status bar and the history: `confirm “Finnish” NORP, 12 mentions`.
    pub fn describe(&self) -> String {
        self.in_words(self.verb.words())
    }

    /// As an answer to what was just done: `Confirmed “Finnish” NORP, 12 mentions`.
    pub fn answer(&self) -> String {
        self.in_words(self.verb.answer())
    }

    fn in_words(&self, verb: &str) -> String {
        let mut words = verb.to_owned();
        if !self.what.is_empty() {
            let short: String = self.what.chars().take(48).collect();
            let ellipsis = if short.len() < self.what.len() { "…" } else { "" };
            words.push_str(&format!(" “{}{ellipsis}”", short.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        if let Some(label) = &self.label {
            words.push_str(&format!(" {label}"));
        }
        match self.scope {
            Scope::Mention => {}
            Scope::Article => words.push_str(" in this article"),
            Scope::Session => words.push_str(" everywhere"),
        }
        match self.mention_count() {
            n if n > 1 => words.push_str(&format!(", {n} mentions")),
            _ => {}
        }
        words
    }
}

impl Verb {
    pub fn words(self) -> &'static str {
        match self {
            Verb::Confirm => "confirm",
            Verb::Reject => "reject",
            Verb::Retype => "retype",
            Verb::Move => "move the edge of",
            Verb::Add => "add",
            Verb::Delete => "delete",
            Verb::Reopen => "return to suggested",
            Verb::Link => "link",
            Verb::Note => "note on",
            Verb::AcceptRest => "accept the rest of",
            Verb::Tag => "tag",
            Verb::AddArticles => "add articles",
            Verb::RemoveArticle => "remove article",
            Verb::EditArticle => "edit article",
            Verb::MarkArticle => "mark article",
            Verb::FlipZone => "change zone",
            Verb::EditScheme => "change labels",
            Verb::EditEntity => "change entity",
            Verb::Merge => "merge",
            Verb::Split => "split off",
            Verb::EditRule => "change rule",
            Verb::Refresh => "refresh source of",
            Verb::Place => "place again",
            Verb::Drop => "let go",
            Verb::Import => "import",
            Verb::Join => "bring together with",
            Verb::GoBack => "go back to after",
            Verb::TakeIn => "take in",
            Verb::Settle => "settle",
            Verb::Dismiss => "find right",
            Verb::Transfer => "settle in copies of",
            Verb::Certify => "certify",
        }
    }

    fn answer(self) -> &'static str {
        match self {
            Verb::Confirm => "Confirmed",
            Verb::Reject => "Rejected",
            Verb::Retype => "Retyped",
            Verb::Move => "Moved the edge of",
            Verb::Add => "Added",
            Verb::Delete => "Deleted",
            Verb::Reopen => "Returned to suggested",
            Verb::Link => "Linked",
            Verb::Note => "Noted on",
            Verb::AcceptRest => "Accepted the rest of",
            Verb::Tag => "Tagged",
            Verb::AddArticles => "Added articles",
            Verb::RemoveArticle => "Removed article",
            Verb::EditArticle => "Edited article",
            Verb::MarkArticle => "Marked article",
            Verb::FlipZone => "Changed zone",
            Verb::EditScheme => "Changed labels",
            Verb::EditEntity => "Changed entity",
            Verb::Merge => "Merged",
            Verb::Split => "Split off",
            Verb::EditRule => "Changed rule",
            Verb::Refresh => "Refreshed source of",
            Verb::Import => "Imported",
            Verb::Join => "Brought together with",
            Verb::Place => "Placed again",
            Verb::Drop => "Let go",
            Verb::GoBack => "Went back to after",
            Verb::TakeIn => "Took in",
            Verb::Settle => "Settled",
            Verb::Dismiss => "Found right",
            Verb::Transfer => "Settled in copies of",
            Verb::Certify => "Certified",
        }
    }
}

/// Why an edit does not fit the session it was applied to. Nothing was changed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Stale {
    #[error("there is no article {0:?}")]
    NoArticle(ArticleId),
    #[error("there is an article {0:?} already")]
    ArticleExists(ArticleId),
    #[error("position {0} lies past the end")]
    Position(usize),
    #[error("the mention {1} of article {0:?} is not what the edit expects")]
    Mention(ArticleId, MentionId),
    #[error("the span {1}..{2} (bytes) does not lie in article {0:?} on character boundaries, or is empty")]
    Span(ArticleId, u32, u32),
    #[error("the {0} is not what the edit expects")]
    Differs(&'static str),
}
