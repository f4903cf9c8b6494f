//! The menus: every listed command once, with its key; and the menu of the page.

use eframe::egui::{Button, Response, RichText, Ui};

use super::scene::{Scene, spaced};
use super::{fonts, widgets};
use crate::annotation::{Scope, ZoneKind};
use crate::workbench::{Arrange, Command, Decide, Entry, Menu, entries};

/// Every command, under the menus of the table.
pub fn menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    for menu in Menu::ALL {
        ui.menu_button(menu.title(), |ui| {
            ui.set_min_width(230.0);
            for entry in entries().iter().filter(|entry| entry.menu == menu) {
                entry_ui(ui, scene, entry, out);
            }
        });
    }
}

/// A line of a menu.
pub fn entry_ui(ui: &mut Ui, scene: &Scene<'_>, entry: &Entry, out: &mut Vec<Command>) -> Response {
    let key = scene.state.preferences.keymap().chords(entry.id).first().map(|chord| spaced(&chord.to_string())).unwrap_or_default();
    let text = RichText::new(key).font(fonts::sans(11.5)).color(scene.tokens.soft);
    let response = ui.add(Button::new(entry.name).shortcut_text(text).frame(true)).on_hover_text(entry.help);
    if response.clicked() {
        out.push(entry.command.clone());
        ui.close();
    }
    response
}

fn by_id_ui(ui: &mut Ui, scene: &Scene<'_>, id: &str, out: &mut Vec<Command>) {
    if let Some(entry) = entries().iter().find(|entry| entry.id == id) {
        entry_ui(ui, scene, entry, out);
    }
}

/// What can be done with the mention in focus, or with the selection.
pub fn page_menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    ui.set_min_width(230.0);
    let page = &scene.state.page;
    if let Some(span) = page.selection {
        ui.menu_button("Add as", |ui| labels_ui(ui, scene, Scope::Mention, out));
        by_id_ui(ui, scene, "copy", out);
        ui.separator();
        zones_ui(ui, scene, span, out);
        return;
    }
    if let Some(mention) = scene.state.focused() {
        let quote = scene.state.open_article().map(|article| article.quote(mention.span)).unwrap_or_default();
        let short: String = quote.chars().take(40).collect();
        ui.label(widgets::soft(format!("{} · {short}", mention.label), &scene.tokens));
        for id in ["confirm", "reject"] {
            by_id_ui(ui, scene, id, out);
        }
        ui.menu_button("Retype as", |ui| labels_ui(ui, scene, Scope::Mention, out));
        ui.separator();
        for id in ["confirm-article", "reject-article", "confirm-session", "reject-session"] {
            by_id_ui(ui, scene, id, out);
        }
        ui.menu_button("Retype in this article as", |ui| labels_ui(ui, scene, Scope::Article, out));
        ui.menu_button("Retype everywhere as", |ui| labels_ui(ui, scene, Scope::Session, out));
        ui.separator();
        ui.menu_button("Edges", |ui| {
            for id in ["start-back", "start-on", "end-back", "end-on"] {
                by_id_ui(ui, scene, id, out);
            }
        });
        for id in ["link", "note", "reopen", "copy"] {
            by_id_ui(ui, scene, id, out);
        }
        ui.separator();
    }
    for id in ["flip-zone", "accept-rest", "show-rejected", "undo"] {
        by_id_ui(ui, scene, id, out);
    }
}

/// What can be done with the open article as a whole.
pub fn article_menu_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    ui.set_min_width(230.0);
    for id in ["accept-rest", "done", "set-aside", "flag", "details", "retag"] {
        by_id_ui(ui, scene, id, out);
    }
    ui.separator();
    by_id_ui(ui, scene, "remove-article", out);
}

fn labels_ui(ui: &mut Ui, scene: &Scene<'_>, scope: Scope, out: &mut Vec<Command>) {
    ui.set_min_width(180.0);
    for def in scene.state.session().scheme().in_use() {
        let key = def.key.map(String::from).unwrap_or_default();
        let name = RichText::new(def.name.as_str()).color(scene.tags.get(&def.name).line);
        let key = RichText::new(key).font(fonts::sans(11.5)).color(scene.tokens.soft);
        if ui.add(Button::new(name).shortcut_text(key)).on_hover_text(&def.guideline).clicked() {
            out.push(Command::Decide(Decide::Label(def.name.clone(), scope)));
            ui.close();
        }
    }
}

fn zones_ui(ui: &mut Ui, scene: &Scene<'_>, span: crate::text::Span, out: &mut Vec<Command>) {
    by_id_ui(ui, scene, "flip-zone", out);
    ui.menu_button("Mark as", |ui| {
        for kind in ZoneKind::ALL {
            if ui.button(kind.as_str()).clicked() {
                out.push(Command::Arrange(Arrange::SetZone(span, kind)));
                ui.close();
            }
        }
    });
}
