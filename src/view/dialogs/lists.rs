//! Choosing from a list by typing: the command palette, and going to an article.

use std::sync::Arc;

use eframe::egui::{self, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::letters::{self, Lines};
use super::super::scene::{Scene, spaced};
use super::super::{fonts, widgets};
use super::typed::{Typed, move_row, width_ui};
use crate::annotation::Article;
use crate::text::sought::Sought;
use crate::workbench::{Command, Go, Screen, palette_matches};

const ROW: f32 = 31.0;
const WIDTH: f32 = 560.0;

pub fn palette_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    let found = palette_matches(&state.text);
    search_ui(ui, state, "Find a command", found.len(), scene);
    let rows = found.iter().map(|entry| {
        let key = scene.state.preferences.keymap().chords(entry.id).first().map(|chord| spaced(&chord.to_string())).unwrap_or_default();
        (entry.name.to_owned(), entry.help.to_owned(), key)
    });
    if let Some(row) = rows_ui(ui, scene, state, &rows.collect::<Vec<_>>()) {
        out.push(Command::Screen(Screen::Close));
        out.push(found[row].command.clone());
    }
}

pub fn goto_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    let words = Sought::words(&state.text);
    let articles = scene.state.session().articles();
    let fits = |article: &&Arc<Article>| words.is_in(article.title()) || words.is_in(article.id.as_str());
    let found: Vec<_> = articles.iter().filter(fits).take(200).collect();
    search_ui(ui, state, "Find an article by its title", found.len(), scene);
    let rows = found.iter().map(|article| {
        let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
        (title, article.meta.outlet.clone().unwrap_or_default(), format!("{} open", article.open_count()))
    });
    if let Some(row) = rows_ui(ui, scene, state, &rows.collect::<Vec<_>>()) {
        out.push(Command::Screen(Screen::Close));
        out.push(Command::Go(Go::ToArticle(found[row].id.clone())));
    }
}

fn search_ui(ui: &mut Ui, state: &mut Typed, hint: &str, n: usize, scene: &Scene<'_>) {
    width_ui(ui, WIDTH);
    move_row(ui, &mut state.row, n);
    let hint_text = RichText::new(hint).color(scene.tokens.soft);
    let mut letters = letters::field(Some(fonts::sans(15.0)), Lines::One);
    let edit = egui::TextEdit::singleline(&mut state.text).layouter(&mut letters).hint_text(hint_text).desired_width(f32::INFINITY);
    let response = ui.add(edit.font(fonts::sans(15.0)).margin(vec2(10.0, 8.0))).accessible_name(hint);
    if response.changed() {
        state.row = 0;
    }
    if !response.has_focus() {
        response.request_focus();
    }
}

/// Rows of name, explanation and key; answers the one that was chosen.
fn rows_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, rows: &[(String, String, String)]) -> Option<usize> {
    let mut chosen = state.enter.is_struck.then_some(state.row).filter(|row| *row < rows.len());
    if rows.is_empty() {
        ui.add_space(6.0);
        ui.label(widgets::soft("Nothing fits.", &scene.tokens));
        return None;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = (ui.ctx().content_rect().height() * 0.6).min(ROW * 13.0);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        rows.len(),
        |ui, range| {
            for i in range {
                let (name, help, key) = &rows[i];
                let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
                response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, i == state.row, name));
                if i == state.row {
                    ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut("Enter"));
                }
                if i == state.row || response.hovered() {
                    ui.painter().rect_filled(rect, 5.0, if i == state.row { scene.tokens.selection } else { scene.tokens.hover });
                }
                let key = widgets::elided(ui, key, fonts::sans(11.5), scene.tokens.soft, 150.0);
                let right = rect.right() - key.size().x - 10.0;
                let y = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
                ui.painter().galley(pos2(right, y(&key)), key, scene.tokens.ink);
                let name = widgets::elided(ui, name, fonts::sans_medium(13.0), scene.tokens.ink, right - rect.left() - 20.0);
                let after = rect.left() + 22.0 + name.size().x;
                ui.painter().galley(pos2(rect.left() + 10.0, y(&name)), name, scene.tokens.ink);
                if right - after > 40.0 {
                    let help = widgets::elided(ui, help, fonts::sans(11.5), scene.tokens.soft, right - after - 12.0);
                    ui.painter().galley(pos2(after, y(&help)), help, scene.tokens.soft);
                }
                if response.clicked() {
                    chosen = Some(i);
                }
            }
        },
    );
    chosen
}
