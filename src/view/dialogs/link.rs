//! Linking the mention in focus to a thing in the world.

use eframe::egui::{self, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::fonts;
use super::super::scene::Scene;
use super::super::widgets::{self, button_ui, field_ui, soft};
use super::{DialogState, entered, move_row, title_ui, width_ui};
use crate::annotation::{Entity, EntityId};
use crate::text::name;
use crate::workbench::Command;

const SHOWN: usize = 8;

/// What a row leads to.
enum Choice<'a> {
    Known(&'a Entity),
    New(String),
    Unlink,
}

pub fn link_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut DialogState, out: &mut Vec<Command>) {
    width_ui(ui, 480.0);
    let (Some(article), Some(mention)) = (scene.state.open_article_ref(), scene.state.focused()) else { return };
    let quote = article.quote(mention.span);
    title_ui(ui, &format!("Who or what is “{quote}”?"));
    if state.is_new {
        state.text = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let entities = scene.state.session().entities();
    let typed = state.text.trim().to_owned();
    let mut choices: Vec<Choice<'_>> = best(entities.values(), &typed).into_iter().map(Choice::Known).collect();
    let slug = slug(&typed);
    if !slug.is_empty() && !entities.contains_key(&EntityId::new(&slug)) {
        choices.push(Choice::New(slug));
    }
    if mention.entity.is_some() {
        choices.push(Choice::Unlink);
    }
    move_row(ui, &mut state.row, choices.len());
    let response = field_ui(ui, "Name", &mut state.text, "Angela Merkel", &scene.tokens);
    if response.changed() {
        state.row = 0;
    }
    if !response.has_focus() {
        response.request_focus();
    }
    let mut chosen = entered(ui).then_some(state.row);
    ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (i, choice) in choices.iter().enumerate() {
            if choice_ui(ui, scene, choice, &typed, i == state.row) {
                chosen = Some(i);
            }
        }
    });
    if let Some(choice) = chosen.and_then(|row| choices.get(row)) {
        out.push(Command::Close);
        out.push(Command::LinkTo(match choice {
            Choice::Known(entity) => Some(entity.id.clone()),
            Choice::New(slug) => Some(EntityId::new(slug)),
            Choice::Unlink => None,
        }));
    }
    ui.horizontal(|ui| {
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Close);
        }
        ui.label(soft("↑ ↓ choose, Enter links", &scene.tokens));
    });
}

fn choice_ui(ui: &mut Ui, scene: &Scene<'_>, choice: &Choice<'_>, typed: &str, is_current: bool) -> bool {
    let (name, about) = match choice {
        Choice::Known(entity) => (entity.name.clone(), about(entity)),
        Choice::New(slug) => (format!("New: {typed}"), slug.clone()),
        Choice::Unlink => ("Unlink".to_owned(), "the mention stays".to_owned()),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_current, &name));
    if is_current || response.hovered() {
        ui.painter().rect_filled(rect, 5.0, if is_current { scene.tokens.selection } else { scene.tokens.hover });
    }
    let galley = ui.painter().layout_no_wrap(name.clone(), fonts::serif(15.0), scene.tokens.ink);
    let after = rect.left() + 20.0 + galley.size().x;
    ui.painter().galley(pos2(rect.left() + 9.0, rect.center().y - galley.size().y / 2.0), galley, scene.tokens.ink);
    let about = widgets::elided(ui, &about, fonts::sans(11.5), scene.tokens.soft, (rect.right() - after - 8.0).max(10.0));
    ui.painter().galley(pos2(after, rect.center().y - about.size().y / 2.0), about, scene.tokens.soft);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn about(entity: &Entity) -> String {
    let mut parts = vec![entity.label.to_string()];
    parts.extend(entity.kb.clone());
    parts.extend((!entity.aliases.is_empty()).then(|| format!("also {}", entity.aliases.join(", "))));
    parts.join(" · ")
}

/// Entities whose name or an alias has the words typed, equal ones first.
fn best<'a>(entities: impl Iterator<Item = &'a Entity>, typed: &str) -> Vec<&'a Entity> {
    let key = name::key(typed);
    let words: Vec<&str> = key.split_whitespace().collect();
    let rank = |entity: &Entity| {
        let names = std::iter::once(&entity.name).chain(&entity.aliases).map(|name| name::key(name));
        names
            .filter_map(|name| {
                let hits = words.iter().filter(|word| name.contains(**word)).count();
                if name == key { Some(0) } else { (hits > 0).then(|| 1 + words.len() - hits) }
            })
            .min()
    };
    let mut found: Vec<(usize, &Entity)> = entities.filter_map(|entity| Some((rank(entity)?, entity))).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    found.into_iter().take(SHOWN).map(|(_, entity)| entity).collect()
}

/// `angela-merkel` for `Angela Merkel`.
fn slug(typed: &str) -> String {
    let key = name::key(typed).to_lowercase();
    let parts: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(slug("Dr. Angela  Merkel’s"), "angela-merkel");
    }
}
