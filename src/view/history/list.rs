//! The list of decisions.

use eframe::egui::{Rect, Stroke, Ui, vec2};

use super::super::scene::{Scene, grouped, who};
use super::super::table::{self, Cells, Column, Rows, TableState};
use super::super::{fonts, widgets::flat};
use crate::annotation::{Edit, Entry, Fate};
use crate::workbench::{Command, Pane, Recall, Screen, title_of};

const ROW: f32 = 34.0;

pub type ListState = TableState<usize>;

pub fn list_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut ListState, out: &mut Vec<Command>) {
    let past = &scene.state.past;
    let entries = scene.state.history().entries();
    let entry = |row: usize| past.rows.get(row).and_then(|place| Some((*place, entries.get(*place)?)));
    let name = |row: usize| entry(row).map(|(place, entry)| name(scene, place, entry)).unwrap_or_default();
    let paint = |row: usize, cells: &Cells<'_>| {
        if let Some((place, entry)) = entry(row) {
            row_ui(scene, place, entry, cells);
        }
    };
    let rows = Rows { count: past.rows.len(), height: ROW, at: past.row(), name: &name, paint: &paint };
    let told = table::table_ui(ui, scene, "history", &columns(scene), None, &rows, (past.at, state));
    if told.is_clicked {
        out.push(Command::Screen(Screen::Pane(Pane::Page)));
    }
    let gone_to = told.row.and_then(|row| past.rows.get(row));
    out.extend(gone_to.map(|place| Command::Recall(Recall::Entry(*place))));
    if told.is_double_clicked || told.is_entered {
        out.push(Command::Recall(Recall::OpenEntry));
    }
}

/// A history without names drops the analyst; nothing sorts, for the newest stands first.
fn columns(scene: &Scene<'_>) -> Vec<Column<()>> {
    let has_names = scene.state.past.analysts.iter().any(|by| !by.is_empty());
    let who = has_names.then(|| Column::new("Who", 76.0).rank(2));
    let others =
        [Column::new("What", 170.0).grows(3.0), Column::new("Article", 110.0).grows(2.0).rank(1), Column::new("Mentions", 36.0).right()];
    [Column::new("When", 142.0)].into_iter().chain(who).chain(others).collect()
}

/// What a screen reader is told of a row.
fn name(scene: &Scene<'_>, place: usize, entry: &Entry) -> String {
    let Entry { edit, fate } = entry;
    let past = &scene.state.past;
    let fate = if *fate == Fate::Done { String::new() } else { format!(", {}", fate.words()) };
    let told = match past.parts(place).len() {
        1 => edit.describe(),
        _ => format!("{} “{}”", edit.verb.words(), past.what(place, entry)),
    };
    format!("{told}, {}, {}{fate}", who(&edit.by), scene.when(edit.at))
}

fn row_ui(scene: &Scene<'_>, place: usize, entry: &Entry, cells: &Cells<'_>) {
    let tokens = &scene.tokens;
    let Entry { edit, fate } = entry;
    let ink = if *fate == Fate::Done { tokens.ink } else { tokens.soft };
    cells.text("When", &scene.when(edit.at), fonts::sans(12.5), tokens.soft);
    cells.text("Who", who(&edit.by), fonts::sans(12.5), if edit.by.is_empty() { tokens.soft } else { ink });
    if let Some(rect) = cells.rect("What") {
        what_ui(scene, (edit, scene.state.past.what(place, entry)), *fate, cells, rect);
    }
    cells.text("Article", &flat(title_of(entry, scene.state.session())), fonts::sans(12.5), tokens.soft);
    let mentions = edit.mention_count();
    if mentions > 0 {
        cells.text("Mentions", &grouped(mentions), fonts::sans(13.0), ink);
    }
}

/// Verb, words and label; struck through where it is not in force.
fn what_ui(scene: &Scene<'_>, (edit, what): (&Edit, &str), fate: Fate, cells: &Cells<'_>, rect: Rect) {
    let tokens = &scene.tokens;
    let is_in_force = fate == Fate::Done;
    let ink = if is_in_force { tokens.ink } else { tokens.soft };
    let y = rect.center().y;
    let from = |x: f32| rect.with_min_x(x.min(rect.right()));
    let verb_end = cells.text_in(rect, false, edit.verb.words(), fonts::sans_medium(13.0), ink);
    let tail = if edit.label.is_some() { 90.0 } else { 0.0 };
    let words = from(verb_end + 7.0).with_max_x((rect.right() - tail).max(verb_end + 20.0).min(rect.right()));
    let words_end = cells.text_in(words, false, &flat(what), fonts::serif(15.0), ink);
    let mut end = if what.is_empty() { verb_end } else { words_end };
    if let Some(label) = &edit.label {
        let tag = scene.tags.get(label);
        let colour = if is_in_force { tag.line } else { tokens.soft };
        let dot = Rect::from_center_size(from(end + 12.0).left_center(), vec2(8.0, 8.0));
        cells.painter.rect_filled(dot, 2.0, if is_in_force { tag.line } else { tokens.faint });
        end = cells.text_in(from(end + 20.0), false, label.as_str(), fonts::sans(11.5), colour);
    }
    if !is_in_force {
        cells.painter.hline(rect.left()..=end, y + 0.5, Stroke::new(1.0, tokens.soft));
        if end + 90.0 < rect.right() {
            cells.text_in(from(end + 10.0), false, fate.words(), fonts::sans(11.5), tokens.soft);
        }
    }
}
