//! Entities: what a mention or a name is to be linked to, and the card of an entity with all its mentions.

use super::{deciding, going};
use crate::annotation::{Edit, Entity, EntityId, Label, Scope};
use crate::decide::Refusal;
use crate::decide::entities::{self, Proposal};
use crate::decide::names::Subject;
use crate::decide::spread::Decision;
use crate::text::seam::one_line;
use crate::workbench::command::Link;
use crate::workbench::models::{Card, LinkSubject};
use crate::workbench::parts::{Dialog, View, sentence};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Link) {
    match command {
        Link::To(entity, scope) => link(state, Decision::Link(entity), scope),
        Link::New(entity, scope) => link(state, Decision::Create(*entity), scope),
        Link::OpenCard(entity) => open_card(state, &entity),
        Link::SetEntity(entity) => set_entity(state, &entity),
        Link::RemoveEntity(entity) => remove_entity(state, &entity),
        Link::Merge(from, into) => merge_entities(state, &from, &into),
        Link::TickCard(row, ticked) => tick_card(state, row, ticked),
        Link::SplitTicked(name) => split_ticked(state, &name),
        Link::UnlinkTicked => unlink_ticked(state),
    }
}

/// What `Link to an entity` would act on now.
pub fn link_subject(state: &State) -> Option<LinkSubject> {
    if state.stage.view == View::Names {
        let row = state.queue.current()?;
        let label = row.labels.first().map_or_else(|| Label::new(""), |(label, _)| label.clone());
        let linked = if let Subject::Entity(id) = &row.subject { Some(id.clone()) } else { None };
        return Some(LinkSubject { words: row.name.to_string(), label, linked, article: None });
    }
    let (article, mention) = (state.open_article()?, state.focused()?);
    let words = one_line(article.quote(mention.span));
    Some(LinkSubject { words, label: mention.label.clone(), linked: mention.entity.clone(), article: Some(article.id.clone()) })
}

/// Entities and names that a subject may belong to, best first. Nothing while the names are being gathered.
pub fn proposals(state: &State, subject: &LinkSubject) -> Vec<Proposal> {
    let Some(index) = state.names() else { return Vec::new() };
    let article = subject.article.as_ref().and_then(|id| state.session().article(id)).map(AsRef::as_ref);
    entities::proposals(state.session(), index, &subject.words, &subject.label, subject.linked.as_ref(), article)
}

/// Links the mention in focus, in the scope asked for.
fn link(state: &mut State, decision: Decision, scope: Scope) {
    if state.target().is_none() {
        return state.say("No mention is in focus");
    }
    let stays = state.page.focus;
    deciding::decide(state, decision, scope);
    // A link decides nothing on the mention itself, so the focus stays where it is.
    if let Some(mention) = stays.filter(|_| state.stage.dialog.is_none()) {
        going::focus(state, mention);
    }
}

/// The entity that the card would show: that of the mention or row in focus.
fn entity_in_focus(state: &State) -> Option<EntityId> {
    if state.stage.view != View::Names {
        return state.focused()?.entity.clone();
    }
    let row = state.queue.current()?;
    if let Subject::Entity(id) = &row.subject {
        return Some(id.clone());
    }
    let index = state.names()?;
    let linked = row.keys.iter().flat_map(|key| index.mentions(state.session(), key));
    linked.filter_map(|(_, mention)| mention.entity.clone()).next()
}

/// Opens the card of the entity in focus; where there is none, asks for one.
pub fn open_card_in_focus(state: &mut State) {
    match entity_in_focus(state) {
        Some(entity) => open_card(state, &entity),
        None if link_subject(state).is_some() => state.stage.dialog = Some(Dialog::Link),
        None => state.say("Nothing with an entity is in focus"),
    }
}

fn open_card(state: &mut State, entity: &EntityId) {
    match state.session().entity(entity) {
        Some(_) => {
            state.dialogs.card = Some(Card::of(state.session(), entity));
            state.stage.dialog = Some(Dialog::Card);
        }
        None => state.refuse(&Refusal::NoEntity(entity.clone())),
    }
}

fn tick_card(state: &mut State, row: usize, ticked: bool) {
    if let Some(card) = &mut state.dialogs.card {
        card.places.tick(row, ticked);
    }
}

fn set_entity(state: &mut State, entity: &Entity) {
    let edit = entities::change::set(state.session(), entity, &state.stamp());
    change_entities(state, edit);
}

fn remove_entity(state: &mut State, entity: &EntityId) {
    let edit = entities::change::remove(state.session(), entity, &state.stamp());
    change_entities(state, edit);
}

fn merge_entities(state: &mut State, from: &EntityId, into: &EntityId) {
    let edit = entities::change::merge(state.session(), from, into, &state.stamp());
    let has_card = state.stage.dialog == Some(Dialog::Card);
    if change_entities(state, edit) && has_card {
        open_card(state, into);
    }
}

/// The ticked mentions of the card become another entity, whose card is then shown.
fn split_ticked(state: &mut State, name: &str) {
    let Some(card) = &state.dialogs.card else { return };
    let (entity, chosen) = (card.entity.clone(), card.ticked());
    let edit = entities::change::split(state.session(), &entity, &chosen, name, &state.stamp());
    if change_entities(state, edit)
        && let Some((article, mention)) = chosen.first()
        && let Some(other) = state.session().mention(article, *mention).and_then(|mention| mention.entity.clone())
    {
        open_card(state, &other);
    }
}

fn unlink_ticked(state: &mut State) {
    let Some(card) = &state.dialogs.card else { return };
    let edit = entities::change::unlink(state.session(), &card.entity, &card.ticked(), &state.stamp());
    change_entities(state, edit);
}

/// Does a change of entities; the card follows, and closes where its entity is gone.
fn change_entities(state: &mut State, edit: Result<Edit, Refusal>) -> bool {
    let done = match edit {
        Ok(edit) => {
            let words = sentence(&edit.describe());
            let done = state.perform(edit);
            if done {
                state.say(words);
            }
            done
        }
        Err(refusal) => {
            state.refuse(&refusal);
            false
        }
    };
    refresh_card(state);
    done
}

fn refresh_card(state: &mut State) {
    let Some(entity) = state.dialogs.card.as_ref().map(|card| card.entity.clone()) else { return };
    if state.session().entity(&entity).is_some() {
        state.dialogs.card = Some(Card::of(state.session(), &entity));
    } else {
        state.dialogs.card = None;
        if state.stage.dialog == Some(Dialog::Card) {
            state.stage.dialog = None;
        }
    }
}
