//! Entities from the window: what a mention or a name is to be linked to, and the card of an entity with all its
//! mentions.

use super::state::State;
use super::{Dialog, View};
use crate::annotation::{ArticleId, Edit, Entity, EntityId, Label, Mention, MentionId, Scope};
use crate::decide::Refusal;
use crate::decide::entities::{self, Proposal};
use crate::decide::names::Subject;
use crate::decide::spread::{Concordance, Decision};

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

/// An entity with its mentions, as the card shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub entity: EntityId,
    /// Its mentions, ticked by hand for splitting or unlinking.
    pub places: Concordance,
}

impl State {
    /// What `Link to an entity` would act on now.
    pub fn link_subject(&self) -> Option<LinkSubject> {
        if self.stage.view == View::Names {
            let row = self.queue.current()?;
            let label = row.labels.first().map_or_else(|| Label::new(""), |(label, _)| label.clone());
            let linked = if let Subject::Entity(id) = &row.subject { Some(id.clone()) } else { None };
            return Some(LinkSubject { words: row.name.to_string(), label, linked, article: None });
        }
        let (article, mention) = (self.open_article_ref()?, self.focused()?);
        let words = article.quote(mention.span).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(LinkSubject { words, label: mention.label.clone(), linked: mention.entity.clone(), article: Some(article.id.clone()) })
    }

    /// Entities and names that a subject may belong to, best first. Nothing while the names are being gathered.
    pub fn proposals(&self, subject: &LinkSubject) -> Vec<Proposal> {
        let Some(index) = self.names() else { return Vec::new() };
        let article = subject.article.as_ref().and_then(|id| self.session().article(id)).map(AsRef::as_ref);
        entities::proposals(self.session(), index, &subject.words, &subject.label, subject.linked.as_ref(), article)
    }

    /// Links the mention in focus, in the scope asked for.
    pub(super) fn link(&mut self, decision: Decision, scope: Scope) {
        if self.target().is_none() {
            return self.say("No mention is in focus");
        }
        let stays = self.page.focus;
        self.decide(decision, scope);
        // A link decides nothing on the mention itself, so the focus stays where it is.
        if let Some(mention) = stays.filter(|_| self.stage.dialog.is_none()) {
            self.focus(mention);
        }
    }

    /// The entity that the card would show: that of the mention or row in focus.
    fn entity_in_focus(&self) -> Option<EntityId> {
        if self.stage.view != View::Names {
            return self.focused()?.entity.clone();
        }
        let row = self.queue.current()?;
        if let Subject::Entity(id) = &row.subject {
            return Some(id.clone());
        }
        let index = self.names()?;
        let linked = row.keys.iter().flat_map(|key| index.mentions(self.session(), key));
        linked.filter_map(|(_, mention)| mention.entity.clone()).next()
    }

    /// Opens the card of the entity in focus; where there is none, asks for one.
    pub(super) fn open_card_in_focus(&mut self) {
        match self.entity_in_focus() {
            Some(entity) => self.open_card(&entity),
            None if self.link_subject().is_some() => self.open_dialog(Dialog::Link),
            None => self.say("Nothing with an entity is in focus"),
        }
    }

    pub(super) fn open_card(&mut self, entity: &EntityId) {
        match self.session().entity(entity) {
            Some(_) => {
                self.card = Some(self.card_of(entity));
                self.stage.dialog = Some(Dialog::Card);
            }
            None => self.refuse(&Refusal::NoEntity(entity.clone())),
        }
    }

    fn card_of(&self, entity: &EntityId) -> Card {
        Card { entity: entity.clone(), places: Concordance::of_entity(self.session(), entity) }
    }

    pub(super) fn tick_card(&mut self, row: usize, ticked: bool) {
        if let Some(card) = &mut self.card {
            card.places.tick(row, ticked);
        }
    }

    pub(super) fn set_entity(&mut self, entity: &Entity) {
        let edit = entities::change::set(self.session(), entity, &self.stamp());
        self.change_entities(edit);
    }

    pub(super) fn remove_entity(&mut self, entity: &EntityId) {
        let edit = entities::change::remove(self.session(), entity, &self.stamp());
        self.change_entities(edit);
    }

    pub(super) fn merge_entities(&mut self, from: &EntityId, into: &EntityId) {
        let edit = entities::change::merge(self.session(), from, into, &self.stamp());
        let has_card = self.stage.dialog == Some(Dialog::Card);
        if self.change_entities(edit) && has_card {
            self.open_card(into);
        }
    }

    /// The ticked mentions of the card become another entity, whose card is then shown.
    pub(super) fn split_ticked(&mut self, name: &str) {
        let Some(card) = &self.card else { return };
        let (entity, chosen) = (card.entity.clone(), ticked(card));
        let edit = entities::change::split(self.session(), &entity, &chosen, name, &self.stamp());
        if self.change_entities(edit)
            && let Some((article, mention)) = chosen.first()
            && let Some(other) = self.session().mention(article, *mention).and_then(|mention: &Mention| mention.entity.clone())
        {
            self.open_card(&other);
        }
    }

    pub(super) fn unlink_ticked(&mut self) {
        let Some(card) = &self.card else { return };
        let edit = entities::change::unlink(self.session(), &card.entity, &ticked(card), &self.stamp());
        self.change_entities(edit);
    }

    /// Does a change of entities; the card follows, and closes where its entity is gone.
    fn change_entities(&mut self, edit: Result<Edit, Refusal>) -> bool {
        let done = match edit {
            Ok(edit) => {
                let words = super::deciding::sentence(&edit.describe());
                let done = self.perform(edit);
                if done {
                    self.say(words);
                }
                done
            }
            Err(refusal) => {
                self.refuse(&refusal);
                false
            }
        };
        self.refresh_card();
        done
    }

    fn refresh_card(&mut self) {
        let Some(entity) = self.card.as_ref().map(|card| card.entity.clone()) else { return };
        if self.session().entity(&entity).is_some() {
            self.card = Some(self.card_of(&entity));
        } else {
            self.card = None;
            if self.stage.dialog == Some(Dialog::Card) {
                self.stage.dialog = None;
            }
        }
    }
}

/// The mentions that are ticked on the card.
fn ticked(card: &Card) -> Vec<(ArticleId, MentionId)> {
    card.places.rows.iter().filter(|row| row.ticked).filter_map(|row| Some((row.article.clone(), row.mention?))).collect()
}
