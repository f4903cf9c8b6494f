//! Settings: how the window looks, which keys do what, who works, when a suggestion counts as doubtful.

use std::collections::BTreeMap;

use eframe::egui::{self, DragValue, Grid, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, field_ui, heading_ui, is_pressed, radio_ui, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::store::{Settings, Theme};
use crate::text::sought::Sought;
use crate::workbench::{Command, File, Keymap, Screen, entries};

#[derive(Default)]
pub struct Draft {
    settings: Settings,
    page: Page,
    filter: String,
    /// Keys being typed, by command.
    keys: BTreeMap<&'static str, String>,
    faults: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Look,
    Keys,
    Work,
}

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        Self { settings: scene.state.settings().clone(), ..Self::default() }
    }
}

pub fn settings_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    let screen = ui.ctx().content_rect();
    width_ui(ui, 560.0);
    title_ui(ui, "Settings");
    ui.horizontal(|ui| {
        for (page, name) in [(Page::Look, "Look"), (Page::Keys, "Keys"), (Page::Work, "Work")] {
            ui.selectable_value(&mut draft.page, page, name);
        }
    });
    ui.add_space(4.0);
    let height = (screen.height() - 260.0).clamp(120.0, 380.0);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| match draft.page {
        Page::Look => look_ui(ui, scene, &mut draft.settings),
        Page::Keys => keys_ui(ui, scene, draft),
        Page::Work => work_ui(ui, scene, &mut draft.settings, out),
    });
    for fault in draft.faults.iter().take(2) {
        ui.label(RichText::new(fault).color(scene.tokens.accent));
    }
    ui.add_space(4.0);
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Keep", draft.faults.is_empty()) {
            out.push(Command::Screen(Screen::Close));
            out.push(Command::Screen(Screen::Set(Box::new(draft.settings.clone()))));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        ui.label(soft("Settings belong to you at this computer, not to the session", &scene.tokens));
    });
}

fn look_ui(ui: &mut Ui, scene: &Scene<'_>, settings: &mut Settings) {
    heading_ui(ui, "Theme", &scene.tokens);
    ui.horizontal_wrapped(|ui| {
        for (theme, words) in [(Theme::System, "as the desktop"), (Theme::Light, "light"), (Theme::Dark, "dark")] {
            radio_ui(ui, &mut settings.theme, theme, words);
        }
    });
    ui.add_space(8.0);
    heading_ui(ui, "Sizes", &scene.tokens);
    Grid::new("sizes").num_columns(3).spacing(vec2(14.0, 8.0)).show(ui, |ui| {
        let rows: [(&str, &mut u16, std::ops::RangeInclusive<u16>, &str); 3] = [
            ("Everything", &mut settings.zoom, 50..=300, "percent; Ctrl + and Ctrl - change it at any time"),
            ("Article text", &mut settings.text_size, 12..=32, "points"),
            ("Width of the page", &mut settings.measure, 40..=110, "characters; about 70 read best"),
        ];
        for (name, value, range, unit) in rows {
            let label = ui.label(name);
            ui.add(DragValue::new(value).range(range).speed(0.5)).labelled_by(label.id);
            ui.label(soft(unit, &scene.tokens));
            ui.end_row();
        }
    });
}

fn work_ui(ui: &mut Ui, scene: &Scene<'_>, settings: &mut Settings, out: &mut Vec<Command>) {
    field_ui(ui, "Your name, as it stands in decisions", &mut settings.analyst, "for instance Liis Tamme", &scene.tokens);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let label = ui.label("Look first at suggestions scored under");
        let mut percent = settings.doubt_threshold / 10;
        if ui.add(DragValue::new(&mut percent).range(0..=100).suffix(" %")).labelled_by(label.id).changed() {
            settings.doubt_threshold = percent * 10;
        }
    });
    ui.label(soft("Accepting the rest of an article steps to these, and to what was never on screen, before it accepts.", &scene.tokens));
    ui.add_space(8.0);
    let hint = "for instance python3 tag-with-spacy.py";
    field_ui(ui, "A command that suggests in place of the tagger; empty: none", &mut settings.tagger_command, hint, &scene.tokens);
    let warning = "The command gets the text of every article that is tagged, and may do with it what it likes, the network included.";
    let colour = if settings.tagger_command.trim().is_empty() { scene.tokens.soft } else { scene.tokens.accent };
    ui.label(RichText::new(warning).color(colour));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let n = settings.recent.len();
        ui.label(soft(format!("{} remembered", count(n, "recent session")), &scene.tokens));
        let forget = ui.add_enabled(n > 0, egui::Button::new("Forget them"));
        if is_pressed(&forget) {
            settings.recent.clear();
            out.push(Command::File(File::ForgetRecent));
        }
    });
}

/// Every command with its keys, separated by blanks. An empty field leaves the command without one.
fn keys_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft) {
    field_ui(ui, "Find a command", &mut draft.filter, "for instance confirm", &scene.tokens);
    let wanted = Sought::phrase(&draft.filter);
    let mut changed = false;
    Grid::new("keys").num_columns(3).spacing(vec2(12.0, 4.0)).show(ui, |ui| {
        for entry in entries().iter().filter(|entry| wanted.is_in(entry.name)) {
            let own = draft.settings.keys.get(entry.id).cloned();
            let standard = || entry.keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
            let text = draft.keys.entry(entry.id).or_insert_with(|| own.clone().unwrap_or_else(standard).join("   "));
            let label = ui.label(entry.name).on_hover_text(entry.help);
            let field = TextEdit::singleline(text).font(fonts::sans(12.5));
            if ui.add_sized([220.0, 24.0], field).labelled_by(label.id).changed() {
                let keys: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
                if keys == standard() {
                    draft.settings.keys.remove(entry.id);
                } else {
                    draft.settings.keys.insert(entry.id.to_owned(), keys);
                }
                changed = true;
            }
            if own.is_some() && is_pressed(&ui.small_button("standard")) {
                draft.settings.keys.remove(entry.id);
                draft.keys.remove(entry.id);
                changed = true;
            }
            ui.end_row();
        }
    });
    if changed {
        draft.faults = Keymap::new(&draft.settings.keys).1;
    }
}
