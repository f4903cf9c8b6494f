//! What two people changed differently and no mention can hold.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Desk, Entity, EntityId, Label, LabelDef, Mention, Meta, StandingRule, Zone};

/// One thing that two people changed differently. What stands in the session is kept; a conflict holds what the other
/// side has in its place, `None` where the other side removed it. Two verdicts on one mention are a
/// [`Rival`](super::Rival) of it instead.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Conflict {
    /// Removed on the other side, worked on here.
    Removed(ArticleId),
    /// Both sides took over a changed source, each another text; that of the other side stands in an article of its own.
    Text {
        article: ArticleId,
        other: ArticleId,
    },
    Meta {
        article: ArticleId,
        other: Meta,
    },
    Zones {
        article: ArticleId,
        other: Vec<Zone>,
    },
    Desk {
        article: ArticleId,
        other: Desk,
    },
    /// A suggestion with a person's note or link that gave way to a decision of the other side.
    Mention {
        article: ArticleId,
        other: Mention,
    },
    Label {
        label: Label,
        other: Option<LabelDef>,
    },
    Entity {
        id: EntityId,
        other: Option<Entity>,
    },
    /// `name` as the rule that stands has it.
    Rule {
        name: Arc<str>,
        other: Option<StandingRule>,
    },
}

impl Conflict {
    /// The article that it is about, where it is about one.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Conflict::Removed(article)
            | Conflict::Text { article, .. }
            | Conflict::Meta { article, .. }
            | Conflict::Zones { article, .. }
            | Conflict::Desk { article, .. }
            | Conflict::Mention { article, .. } => Some(article),
            Conflict::Label { .. } | Conflict::Entity { .. } | Conflict::Rule { .. } => None,
        }
    }

    /// Whether it cannot be told without the article.
    pub fn needs(&self, id: &ArticleId) -> bool {
        self.article() == Some(id) || matches!(self, Conflict::Text { other, .. } if other == id)
    }

    /// Whether it holds places of the article's text, which mean nothing in another one.
    pub fn is_of_text(&self, id: &ArticleId) -> bool {
        matches!(self, Conflict::Zones { article, .. } | Conflict::Mention { article, .. } if article == id)
    }
}
