//! Linking the mention or name in focus to a thing in the world: what is proposed comes first, each with its reason;
//! typing finds or makes another.

use std::sync::Arc;

use eframe::egui::{self, Key, Modifiers, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{self, button_ui, buttons_ui, field_ui, soft};
use super::typed::{Typed, move_row, title_ui, width_ui};
use crate::annotation::{Entity, Scope};
use crate::decide::entities::{self, Proposal, ProposedFor};
use crate::text::name;
use crate::text::sought::Sought;
use crate::workbench::{Command, Link, LinkSubject, Screen, link_subject, proposals};

const SHOWN: usize = 8;

/// What a row leads to.
enum Choice<'a> {
    Known(&'a Entity, String),
    /// A name that becomes an entity, together with the one in focus.
    Joined(Arc<str>, String),
    New(String),
    Unlink,
}

/// What is kept while the dialog is open: proposals are looked up once.
#[derive(Default)]
pub struct Draft {
    subject: Option<LinkSubject>,
    proposals: Vec<Proposal>,
}

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        let subject = link_subject(scene.state);
        let proposals = subject.as_ref().map(|subject| proposals(scene.state, subject)).unwrap_or_default();
        Self { subject, proposals }
    }
}

pub fn link_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    width_ui(ui, 520.0);
    let Some(subject) = draft.subject.clone() else { return };
    title_ui(ui, &format!("Who or what is “{}”?", subject.words));
    let typed = state.text.trim().to_owned();
    let choices = choices(scene, draft, &subject, &typed);
    move_row(ui, &mut state.row, choices.len());
    let response = field_ui(ui, "Find or make an entity", &mut state.text, "", &scene.tokens);
    if response.changed() {
        state.row = 0;
    }
    if !response.has_focus() {
        response.request_focus();
    }
    let mut chosen = asked_scope(ui).map(|scope| (state.row, scope));
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (i, choice) in choices.iter().enumerate() {
            if choice_ui(ui, scene, &subject, choice, i == state.row) {
                chosen = Some((i, Scope::Mention));
            }
        }
    });
    ui.add_space(4.0);
    let keys: &[(&str, &str)] = match subject.article {
        Some(_) => &[("Shift Enter", "in this article"), ("Ctrl Enter", "everywhere…")],
        None => &[],
    };
    buttons_ui(ui, |ui| {
        let words = match choices.get(state.row) {
            _ if subject.article.is_none() => "Show the link",
            Some(Choice::Unlink) => "Unlink",
            Some(Choice::New(_) | Choice::Joined(..)) => "Make and link",
            _ => "Link",
        };
        if state.main_ui(ui, scene, words, !choices.is_empty()) {
            chosen = Some((state.row, Scope::Mention));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        for (key, words) in keys {
            widgets::keycap_ui(ui, key, &scene.tokens);
            ui.label(soft(*words, &scene.tokens));
        }
    });
    if let Some((choice, scope)) = chosen.and_then(|(row, scope)| Some((choices.get(row)?, scope))) {
        out.push(Command::Screen(Screen::Close));
        out.push(command(scene, choice, &subject, scope));
    }
}

/// How far the link is to reach, where Enter was pressed with other keys.
fn asked_scope(ui: &Ui) -> Option<Scope> {
    let pressed = |modifiers: Modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::Enter));
    if pressed(Modifiers::COMMAND | Modifiers::SHIFT) || pressed(Modifiers::COMMAND) {
        return Some(Scope::Session);
    }
    pressed(Modifiers::SHIFT).then_some(Scope::Article)
}

fn choices<'a>(scene: &Scene<'a>, draft: &Draft, subject: &LinkSubject, typed: &str) -> Vec<Choice<'a>> {
    let session = scene.state.session();
    let mut choices: Vec<Choice<'a>> = Vec::new();
    if typed.is_empty() {
        let offered = |proposal: &Proposal| {
            let about = about_proposal(proposal, subject);
            match &proposal.what {
                ProposedFor::Entity(id) => session.entity(id).map(|entity| Choice::Known(entity, about)),
                ProposedFor::Name(_) => Some(Choice::Joined(proposal.name.clone(), about)),
            }
        };
        let (likely, rest): (Vec<&Proposal>, Vec<&Proposal>) = draft.proposals.iter().partition(|proposal| proposal.is_likely);
        choices.extend(likely.into_iter().filter_map(offered));
        choices.push(Choice::New(subject.words.clone()));
        choices.extend(rest.into_iter().filter_map(offered));
    } else {
        let known = best(session.entities().values().filter(|entity| Some(&entity.id) != subject.linked.as_ref()), typed);
        choices.extend(known.into_iter().map(|entity| Choice::Known(entity, about(entity))));
        choices.push(Choice::New(typed.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    if subject.linked.is_some() && subject.article.is_some() {
        choices.push(Choice::Unlink);
    }
    choices
}

fn command(scene: &Scene<'_>, choice: &Choice<'_>, subject: &LinkSubject, scope: Scope) -> Command {
    let new = |name: &str| entities::change::new(scene.state.session(), name, &subject.label);
    match choice {
        Choice::Known(entity, _) => Command::Link(Link::To(Some(entity.id.clone()), scope)),
        Choice::Joined(name, _) => {
            let (long, short) = longer_first(&subject.words, name);
            let aliases = if name::key(long) == name::key(short) { Vec::new() } else { vec![short.to_owned()] };
            Command::Link(Link::New(Box::new(Entity { aliases, ..new(long) }), scope))
        }
        Choice::New(name) => Command::Link(Link::New(Box::new(new(name)), scope)),
        Choice::Unlink => Command::Link(Link::To(None, scope)),
    }
}

/// Of two names of one thing, the longer one names it.
fn longer_first<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    if one.chars().count() > other.chars().count() { (one, other) } else { (other, one) }
}

fn choice_ui(ui: &mut Ui, scene: &Scene<'_>, subject: &LinkSubject, choice: &Choice<'_>, is_current: bool) -> bool {
    let (name, about) = match choice {
        Choice::Known(entity, about) => (entity.name.clone(), about.clone()),
        Choice::Joined(name, about) => {
            let (long, short) = longer_first(&subject.words, name);
            (format!("New: {long}, with “{short}”"), about.clone())
        }
        Choice::New(name) => (format!("New: {name}"), entities::fresh(scene.state.session(), name).to_string()),
        Choice::Unlink => ("Unlink".to_owned(), "the mention stays".to_owned()),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_current, format!("{name}, {about}")));
    if is_current || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, if is_current { scene.tokens.selection } else { scene.tokens.hover });
    }
    let galley = widgets::elided(ui, &name, fonts::serif(15.0), scene.tokens.ink, rect.width() * 0.6);
    let after = rect.left() + 20.0 + galley.size().x;
    ui.painter().galley(pos2(rect.left() + 9.0, rect.center().y - galley.size().y / 2.0), galley, scene.tokens.ink);
    let about = widgets::elided(ui, &about, fonts::sans(11.5), scene.tokens.soft, (rect.right() - after - 8.0).max(10.0));
    ui.painter().galley(pos2(after, rect.center().y - about.size().y / 2.0), about, scene.tokens.soft);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// `same name · in this article · 12 mentions`; with its label where that is another one, for the link leaves labels as they are.
fn about_proposal(proposal: &Proposal, subject: &LinkSubject) -> String {
    let label = if proposal.label == subject.label { String::new() } else { format!("{} · ", proposal.label) };
    let place = if proposal.is_here { " · in this article" } else { "" };
    format!("{label}{}{place} · {}", proposal.reason, count(proposal.mentions as usize, "mention"))
}

fn about(entity: &Entity) -> String {
    let mut parts = vec![entity.label.to_string()];
    parts.extend(entity.kb.clone());
    parts.extend((!entity.aliases.is_empty()).then(|| format!("also {}", entity.aliases.join(", "))));
    parts.join(" · ")
}

/// Entities whose name or an alias has the words typed, equal ones first.
pub fn best<'a>(entities: impl Iterator<Item = &'a Entity>, typed: &str) -> Vec<&'a Entity> {
    let key = name::key(typed);
    let words = Sought::words(&key);
    let rank = |entity: &Entity| {
        let names = std::iter::once(&entity.name).chain(&entity.aliases).map(|name| name::key(name));
        names
            .filter_map(|name| {
                let hits = words.count_in(&name);
                if name == key { Some(0) } else { (hits > 0).then(|| 1 + words.len() - hits) }
            })
            .min()
    };
    let mut found: Vec<(usize, &Entity)> = entities.filter_map(|entity| Some((rank(entity)?, entity))).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    found.into_iter().take(SHOWN).map(|(_, entity)| entity).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::EntityId;

    fn entity(id: &str, name: &str, alias: &str) -> Entity {
        Entity {
            id: EntityId::new(id),
            name: name.into(),
            label: "PERSON".into(),
            aliases: vec![alias.into()],
            kb: None,
            note: String::new(),
        }
    }

    #[test]
    fn the_nearest_entity_comes_first() {
        let list = [entity("a", "Maarika Oja", "Oja"), entity("b", "Oja", "x"), entity("c", "Jonas Brandt", "Brandt")];
        let found: Vec<&str> = best(list.iter(), "Oja").into_iter().map(|entity| entity.id.as_str()).collect();
        assert_eq!(found, ["a", "b"]);
    }
}
