//! An entity with its mentions, as its card shows it; and what a link would be made for.

use crate::annotation::{ArticleId, EntityId, Label, MentionId, Session};
use crate::decide::spread::Concordance;

/// What is to be linked: a mention on the page, or the row in focus of the table of names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkSubject {
    /// The words of the mention, or the name.
    pub words: String,
    pub label: Label,
    pub linked: Option<EntityId>,
    /// The article of the mention; none where a name as such is linked.
    pub article: Option<ArticleId>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub entity: EntityId,
    /// Its mentions, ticked by hand for splitting or unlinking.
    pub places: Concordance,
}

impl Card {
    pub fn of(session: &Session, entity: &EntityId) -> Self {
        Self { entity: entity.clone(), places: Concordance::of_entity(session, entity) }
    }

    /// The mentions that are ticked.
    pub fn ticked(&self) -> Vec<(ArticleId, MentionId)> {
        self.places.rows.iter().filter(|row| row.ticked).filter_map(|row| Some((row.article.clone(), row.mention?))).collect()
    }
}
