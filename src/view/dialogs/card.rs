//! The card of an entity: what it is called and known as, and every mention of it. Mentions that are ticked can be split
//! off as another entity, or unlinked; the whole can become part of another one.

use eframe::egui::{self, Key, Modifiers, RichText, Ui, vec2};

use super::super::concordance::{self, ListState, Place, Purpose, rows_have_keys};
use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{self, button_ui, buttons_ui, field_ui, is_pressed, main_button_ui, mark_entered, soft};
use super::link::best;
use super::typed::{Enter, Typed, move_row};
use crate::annotation::{Entity, EntityId, Label};
use crate::decide::entities;
use crate::workbench::{Card, Command, Link, Screen};

/// What is typed on the card until it is saved.
#[derive(Default)]
pub struct Draft {
    of: Option<EntityId>,
    entity: Option<Entity>,
    /// Aliases in one line, and the knowledge-base id as it was typed.
    aliases: String,
    kb: String,
    mode: Mode,
    text: String,
    row: usize,
    /// A field that is to have the keys in the next frame.
    wants: Option<Field>,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    #[default]
    Card,
    /// The ticked mentions get a name of their own.
    Split,
    /// Another entity is chosen that this one becomes part of.
    Merge,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Sub,
    Places,
}

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        let Some(card) = &scene.state.dialogs.card else { return Self::default() };
        let entity = scene.state.session().entity(&card.entity).cloned();
        Self {
            of: Some(card.entity.clone()),
            aliases: entity.as_ref().map(|entity| entity.aliases.join(", ")).unwrap_or_default(),
            kb: entity.as_ref().and_then(|entity| entity.kb.clone()).unwrap_or_default(),
            entity,
            wants: Some(Field::Places),
            ..Self::default()
        }
    }

    /// The entity as it was typed; why it cannot be saved so.
    fn typed(&self) -> Result<Entity, String> {
        let entity = self.entity.clone().ok_or("there is no entity")?;
        let aliases = self.aliases.split(',').map(|alias| alias.trim().to_owned()).filter(|alias| !alias.is_empty()).collect();
        let kb = match entity.kb.as_deref() == Some(self.kb.trim()) {
            true => entity.kb.clone(),
            false => entities::knowledge_id(&self.kb).map_err(|fault| fault.to_string())?,
        };
        if entity.name.trim().is_empty() {
            return Err("an entity needs a name".to_owned());
        }
        Ok(Entity { aliases, kb, ..entity })
    }
}

pub fn card_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    let Some(card) = &scene.state.dialogs.card else { return };
    if draft.of.as_ref() != Some(&card.entity) {
        *draft = Draft::of(scene);
    }
    let Some(saved) = scene.state.session().entity(&card.entity) else { return };
    let screen = ui.ctx().content_rect();
    let width = (screen.width() - 80.0).min(980.0);
    ui.set_width(width);
    ui.horizontal(|ui| {
        ui.label(RichText::new(&saved.name).font(fonts::serif_bold(20.0)).color(scene.tokens.ink));
        let label = RichText::new(saved.label.as_str()).font(fonts::sans_strong(12.0)).color(scene.tags.get(&saved.label).line);
        ui.label(label);
        widgets::right_ui(ui, |ui| {
            ui.label(soft(saved.id.to_string(), &scene.tokens));
        });
    });
    ui.label(soft(figures(card), &scene.tokens));
    ui.add_space(4.0);
    let height = (screen.height() - 300.0).clamp(140.0, 460.0);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(280.0, height), egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(280.0);
            form_ui(ui, scene, saved, state.enter, draft, out);
        });
        ui.add_space(14.0);
        ui.vertical(|ui| {
            let is_card = draft.mode == Mode::Card;
            if is_card {
                keys_ui(ui, card, draft, out);
            }
            if std::mem::take(&mut state.is_new) || draft.wants == Some(Field::Places) {
                draft.wants = None;
                state.places.take_keys();
            }
            let place = Place { height: height - 40.0, has_keys: is_card, is_dialog: true, purpose: Purpose::Card };
            widgets::heading_ui(ui, "Mentions", &scene.tokens);
            if card.places.rows.is_empty() {
                ui.label(soft("Nothing is linked to it", &scene.tokens));
            } else {
                concordance::rows_ui(ui, scene, &card.places, &mut state.places, place, out);
            }
        });
    });
    ui.add_space(6.0);
    match draft.mode {
        Mode::Card => foot_ui(ui, scene, card, &state.places, draft, out),
        Mode::Split => split_ui(ui, scene, card, state, draft, out),
        Mode::Merge => merge_ui(ui, scene, card, state, draft, out),
    }
}

/// `12 mentions in 4 articles, 3 of them still suggested`.
fn figures(card: &Card) -> String {
    let rows = &card.places.rows;
    let mut articles: Vec<_> = rows.iter().map(|row| &row.article).collect();
    articles.dedup();
    let open = rows.iter().filter(|row| row.state == Some(crate::annotation::State::Suggested)).count();
    let left = if open == 0 { String::new() } else { format!(", {open} of them still suggested") };
    format!("{} in {}{left}", count(rows.len(), "mention"), count(articles.len(), "article"))
}

fn form_ui(ui: &mut Ui, scene: &Scene<'_>, saved: &Entity, enter: Enter, draft: &mut Draft, out: &mut Vec<Command>) {
    let typed = draft.typed();
    let wants_name = draft.wants == Some(Field::Name);
    let Some(entity) = &mut draft.entity else { return };
    let name = field_ui(ui, "Name", &mut entity.name, "", &scene.tokens);
    if wants_name {
        name.request_focus();
        draft.wants = None;
    }
    label_ui(ui, scene, &mut entity.label);
    field_ui(ui, "Also called, between commas", &mut draft.aliases, "", &scene.tokens);
    field_ui(ui, "Wikidata id", &mut draft.kb, "for instance Q567", &scene.tokens);
    field_ui(ui, "Note", &mut entity.note, "", &scene.tokens);
    match typed {
        Ok(entity) => {
            let is_changed = entity != *saved;
            let save = main_button_ui(ui, "Save", is_changed, &scene.tokens);
            let is_free = enter.is_free && draft.mode == Mode::Card && !rows_have_keys(ui.ctx());
            mark_entered(ui, &save, is_free, &scene.tokens);
            let is_entered = is_free && enter.is_struck;
            if save.clicked() || is_entered && is_changed {
                out.push(Command::Link(Link::SetEntity(Box::new(entity))));
                draft.of = None;
            } else if is_entered {
                draft.wants = Some(Field::Places);
            }
        }
        Err(fault) => {
            main_button_ui(ui, "Save", false, &scene.tokens);
            ui.label(RichText::new(fault).color(scene.tokens.accent));
        }
    }
}

fn label_ui(ui: &mut Ui, scene: &Scene<'_>, label: &mut Label) {
    ui.label(RichText::new("Label").font(fonts::sans_medium(12.0)).color(scene.tokens.soft));
    let shown = RichText::new(format!("{label} ↓")).color(scene.tags.get(label).line);
    ui.menu_button(shown, |ui| {
        for def in scene.state.session().scheme().in_use() {
            if ui.button(RichText::new(def.name.as_str()).color(scene.tags.get(&def.name).line)).clicked() {
                *label = def.name.clone();
                ui.close();
            }
        }
    });
}

/// Letters act while the list of mentions has the keys.
fn keys_ui(ui: &Ui, card: &Card, draft: &mut Draft, out: &mut Vec<Command>) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let has_ticked = card.places.ticked_count() > 0;
    for (key, action) in [(Key::S, Action::Split), (Key::U, Action::Unlink), (Key::M, Action::Merge), (Key::E, Action::Edit)] {
        if pressed(key) {
            act(action, has_ticked, draft, out);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Split,
    Unlink,
    Merge,
    Edit,
}

fn act(action: Action, has_ticked: bool, draft: &mut Draft, out: &mut Vec<Command>) {
    match action {
        Action::Split if has_ticked => (draft.mode, draft.wants) = (Mode::Split, Some(Field::Sub)),
        Action::Unlink if has_ticked => out.push(Command::Link(Link::UnlinkTicked)),
        Action::Merge => (draft.mode, draft.wants) = (Mode::Merge, Some(Field::Sub)),
        Action::Edit => draft.wants = Some(Field::Name),
        Action::Split | Action::Unlink => {}
    }
    draft.text.clear();
    draft.row = 0;
}

fn foot_ui(ui: &mut Ui, scene: &Scene<'_>, card: &Card, places: &ListState, draft: &mut Draft, out: &mut Vec<Command>) {
    let ticked = card.places.ticked_count();
    ui.horizontal_wrapped(|ui| {
        let tokens = &scene.tokens;
        widgets::keycap_ui(ui, "Space", tokens);
        ui.label(soft("tick", tokens));
        let has_rows = !card.places.rows.is_empty();
        let go = ui.add_enabled_ui(has_rows, |ui| widgets::keycap_button_ui(ui, "Enter", "go there", tokens)).inner;
        mark_entered(ui, &go, rows_have_keys(ui.ctx()), tokens);
        if go.clicked() {
            out.extend(concordance::go_there(&card.places, places));
        }
        for (key, words, action) in [
            ("S", format!("split off {ticked}…"), Action::Split),
            ("U", format!("unlink {ticked}"), Action::Unlink),
            ("M", "merge into…".to_owned(), Action::Merge),
            ("E", "edit".to_owned(), Action::Edit),
        ] {
            let is_possible = ticked > 0 || matches!(action, Action::Merge | Action::Edit);
            let response = ui.add_enabled_ui(is_possible, |ui| widgets::keycap_button_ui(ui, key, &words, tokens)).inner;
            if is_pressed(&response) {
                act(action, ticked > 0, draft, out);
            }
        }
        let remove = ui.add(egui::Button::new(soft("remove the entity", tokens)).small()).on_hover_text("Its mentions stay, unlinked");
        if is_pressed(&remove) {
            out.push(Command::Link(Link::RemoveEntity(card.entity.clone())));
        }
        widgets::right_ui(ui, |ui| {
            if button_ui(ui, "Close").clicked() {
                out.push(Command::Screen(Screen::Close));
            }
        });
    });
}

fn split_ui(ui: &mut Ui, scene: &Scene<'_>, card: &Card, state: &Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    let ticked = card.places.ticked_count();
    sub_field_ui(ui, scene, &format!("The {} become", count(ticked, "ticked mention")), draft);
    buttons_ui(ui, |ui| {
        let is_named = !draft.text.trim().is_empty();
        if state.main_ui(ui, scene, "Split off", is_named) {
            out.push(Command::Link(Link::SplitTicked(draft.text.trim().to_owned())));
            back(draft);
        }
        back_ui(ui, draft);
    });
}

fn merge_ui(ui: &mut Ui, scene: &Scene<'_>, card: &Card, state: &Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    sub_field_ui(ui, scene, "It becomes part of", draft);
    let session = scene.state.session();
    let others = || session.entities().values().filter(|entity| entity.id != card.entity);
    let found: Vec<&Entity> = match draft.text.trim() {
        "" => others().take(6).collect(),
        typed => best(others(), typed),
    };
    move_row(ui, &mut draft.row, found.len());
    let mut chosen = None;
    for (i, entity) in found.iter().enumerate() {
        let words = format!("{} · {}", entity.name, entity.label);
        if ui.selectable_label(i == draft.row, words).clicked() {
            chosen = Some(i);
        }
    }
    if found.is_empty() {
        ui.label(soft("No other entity is called so", &scene.tokens));
    }
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Merge", !found.is_empty()) {
            chosen = Some(draft.row);
        }
        back_ui(ui, draft);
    });
    if let Some(into) = chosen.and_then(|row| found.get(row)) {
        out.push(Command::Link(Link::Merge(card.entity.clone(), into.id.clone())));
        back(draft);
    }
}

fn sub_field_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str, draft: &mut Draft) {
    let response = field_ui(ui, words, &mut draft.text, "", &scene.tokens);
    if draft.wants == Some(Field::Sub) {
        response.request_focus();
        draft.wants = None;
    }
}

fn back_ui(ui: &mut Ui, draft: &mut Draft) {
    if button_ui(ui, "Back").clicked() {
        back(draft);
    }
}

fn back(draft: &mut Draft) {
    (draft.mode, draft.wants) = (Mode::Card, Some(Field::Places));
    draft.text.clear();
}
