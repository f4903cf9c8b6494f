//! The help sheet: every key on one screen, from the command table and the scheme.

use eframe::egui::{self, RichText, ScrollArea, Ui, vec2};

use super::super::scene::{Scene, spaced};
use super::super::{fonts, widgets};
use crate::workbench::{Command, Entry, Menu, entries};

/// Menus in each column, balanced by their lengths.
const COLUMNS: [&[Menu]; 3] = [&[Menu::Decide], &[Menu::Go, Menu::Article, Menu::Help], &[Menu::View, Menu::File, Menu::Edit]];

pub fn help_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let screen = ui.ctx().content_rect();
    ui.set_width((screen.width() - 90.0).min(1080.0));
    ui.horizontal(|ui| {
        ui.label(RichText::new("Keys").font(fonts::sans_strong(16.0)));
        super::super::inspector::right_ui(ui, |ui| {
            if ui.button("Close").clicked() {
                out.push(Command::Close);
            }
            ui.label(widgets::soft(
                "Letters decide while the page has the focus; F6 moves between page, list and inspector",
                &scene.tokens,
            ));
        });
    });
    let height = (screen.height() - 150.0).min(620.0);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.spacing_mut().interact_size.y = 17.0;
        ui.columns(COLUMNS.len(), |columns| {
            for (i, (ui, menus)) in columns.iter_mut().zip(COLUMNS).enumerate() {
                for menu in menus {
                    ui.add_space(8.0);
                    widgets::heading_ui(ui, menu.title(), &scene.tokens);
                    for entry in entries().iter().filter(|entry| entry.menu == *menu) {
                        entry_ui(ui, scene, entry);
                    }
                }
                if i == 1 {
                    letters_ui(ui, scene);
                }
            }
        });
    });
}

fn entry_ui(ui: &mut Ui, scene: &Scene<'_>, entry: &Entry) {
    let keys = scene.state.keymap.chords(entry.id);
    if keys.is_empty() {
        return;
    }
    let keys: Vec<String> = keys.iter().map(|chord| spaced(&chord.to_string())).collect();
    line_ui(ui, scene, &keys.join("  or  "), entry.name, entry.help);
}

fn letters_ui(ui: &mut Ui, scene: &Scene<'_>) {
    ui.add_space(8.0);
    widgets::heading_ui(ui, "Labels", &scene.tokens);
    line_ui(ui, scene, "letter", "Retype, or add the selection", "Shift letter: in this article; Ctrl Shift letter: everywhere");
    let defs: Vec<_> = scene.state.session().scheme().in_use().filter_map(|def| def.key.map(|key| (key, def))).collect();
    for pair in defs.chunks(2) {
        ui.horizontal(|ui| {
            for (key, def) in pair {
                ui.allocate_ui(vec2(150.0, 18.0), |ui| {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(key.to_string()).font(fonts::sans_strong(12.0)).color(scene.tags.get(&def.name).line));
                        ui.label(RichText::new(def.name.as_str()).font(fonts::sans(12.0))).on_hover_text(&def.guideline);
                    });
                });
            }
        });
    }
}

fn line_ui(ui: &mut Ui, scene: &Scene<'_>, keys: &str, name: &str, help: &str) {
    ui.horizontal(|ui| {
        let width = 132.0;
        let galley = widgets::elided(ui, keys, fonts::sans(11.5), scene.tokens.soft, width);
        let (rect, response) = ui.allocate_exact_size(vec2(width, 17.0), egui::Sense::hover());
        ui.painter().galley(rect.left_top() + vec2(0.0, 1.0), galley, scene.tokens.soft);
        response.on_hover_text(keys);
        ui.add(egui::Label::new(RichText::new(name).font(fonts::sans(12.0))).truncate()).on_hover_text(help);
    });
}
