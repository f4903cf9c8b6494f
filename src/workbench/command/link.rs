//! Entities: linking to them, and their cards.

use super::row::{Row, rows};
use crate::annotation::{Entity, EntityId, Scope};

#[derive(Clone, PartialEq, Debug)]
pub enum Link {
    /// Link the mention in focus to an entity, or unlink it.
    To(Option<EntityId>, Scope),
    /// Link it to an entity that is made for it.
    New(Box<Entity>, Scope),
    /// Show the card of an entity.
    OpenCard(EntityId),
    /// Change an entity, or add one.
    SetEntity(Box<Entity>),
    RemoveEntity(EntityId),
    /// The first becomes part of the second.
    Merge(EntityId, EntityId),
    /// Tick or untick a mention on the card.
    TickCard(usize, bool),
    /// The ticked mentions of the card become another entity, named so.
    SplitTicked(String),
    UnlinkTicked,
}

impl Link {
    pub fn needs_page(&self) -> bool {
        matches!(self, Link::To(..) | Link::New(..))
    }
}

// What asks for an entity, and for a card, is listed with the window's dialogs.
rows! { Link }
