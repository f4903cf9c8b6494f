//! The table of names. Rows are painted, only those on screen; a click on a heading sorts.

use std::sync::Arc;

use eframe::egui::{
    self, Align2, CornerRadius, CursorIcon, FontId, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::super::scene::{Scene, grouped};
use super::super::{fonts, widgets};
use crate::decide::names::{NameOrder, NameRow};
use crate::workbench::{Command, Dialog, Pane, Queue};

const ROW: f32 = 40.0;
const HEAD: f32 = 26.0;

#[derive(Default)]
pub struct TableState {
    /// The name that the table was last scrolled to.
    revealed: Option<Arc<str>>,
}

/// Where the columns lie, from left to right; a narrow window drops what the places on the right repeat.
struct Columns {
    name: f32,
    mentions: f32,
    articles: f32,
    labels: f32,
    bar: f32,
    state: Option<f32>,
    settles: f32,
    conflict: f32,
    right: f32,
}

impl Columns {
    fn of(rect: Rect) -> Self {
        let width = rect.width();
        let at = |share: f32| rect.left() + width * share;
        if width > 700.0 {
            let (labels, bar) = (at(0.45), width * 0.13);
            Self {
                name: at(0.012),
                mentions: at(0.34),
                articles: at(0.43),
                labels,
                bar,
                state: Some(at(0.60)),
                settles: at(0.835),
                conflict: at(0.855),
                right: rect.right(),
            }
        } else {
            let (labels, bar) = (at(0.60), width * 0.12);
            Self {
                name: at(0.015),
                mentions: at(0.46),
                articles: at(0.57),
                labels,
                bar,
                state: None,
                settles: at(0.81),
                conflict: at(0.83),
                right: rect.right(),
            }
        }
    }
}

pub fn table_ui(ui: &mut Ui, scene: &Scene<'_>, queue: &Queue, state: &mut TableState, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    head_ui(ui, scene, queue, out);
    let at = queue.row();
    keys_ui(ui, scene, queue, at, out);
    let mut area = ScrollArea::vertical().id_salt("names").auto_shrink(false);
    if queue.at != state.revealed {
        state.revealed = queue.at.clone();
        if let Some(row) = at {
            area = keep_in_sight(ui, area, row);
        }
    }
    let has_keys = matches!(scene.state.stage.pane, Pane::Page | Pane::List);
    area.show_rows(ui, ROW, queue.rows.len(), |ui, range| {
        for row in range {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            row_ui(ui, scene, &queue.rows[row], rect, &response, Some(row) == at, has_keys);
            if response.clicked() {
                out.push(Command::FocusPane(Pane::Page));
                out.push(Command::GoName(queue.rows[row].key.clone()));
            }
            if response.double_clicked() {
                out.push(Command::AcceptRest);
            }
        }
    });
}

fn keep_in_sight(ui: &Ui, area: ScrollArea, row: usize) -> ScrollArea {
    let id = ui.make_persistent_id(egui::IdSalt::new("names"));
    let offset = egui::scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
    let height = ui.available_height();
    let top = row as f32 * ROW;
    if top < offset || top + ROW > offset + height { area.vertical_scroll_offset((top - height / 2.0 + ROW / 2.0).max(0.0)) } else { area }
}

/// Arrows and paging; the decision keys come as commands.
fn keys_ui(ui: &Ui, scene: &Scene<'_>, queue: &Queue, at: Option<usize>, out: &mut Vec<Command>) {
    let is_list = matches!(scene.state.stage.pane, Pane::Page | Pane::List);
    if !is_list
        || scene.state.stage.dialog.is_some_and(Dialog::is_modal)
        || ui.ctx().text_edit_focused()
        || egui::Popup::is_any_open(ui.ctx())
    {
        return;
    }
    let last = queue.rows.len().saturating_sub(1);
    let at = at.unwrap_or(0);
    let page = ((ui.available_height() / ROW) as usize).max(1);
    let mut to = at;
    for (key, row) in [
        (Key::ArrowUp, at.saturating_sub(1)),
        (Key::ArrowDown, (at + 1).min(last)),
        (Key::PageUp, at.saturating_sub(page)),
        (Key::PageDown, (at + page).min(last)),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            to = row;
        }
    }
    if to != at
        && let Some(row) = queue.rows.get(to)
    {
        out.push(Command::GoName(row.key.clone()));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        out.push(Command::ApplyConcordance);
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, queue: &Queue, out: &mut Vec<Command>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let columns = Columns::of(rect);
    let heads = [
        ("Name", NameOrder::Name, columns.name, Align2::LEFT_CENTER),
        ("Mentions", NameOrder::Mentions, columns.mentions, Align2::RIGHT_CENTER),
        ("Articles", NameOrder::Articles, columns.articles, Align2::RIGHT_CENTER),
        ("Labels", NameOrder::Label, columns.labels, Align2::LEFT_CENTER),
        ("One key settles", NameOrder::Settles, columns.settles, Align2::RIGHT_CENTER),
        ("Conflict", NameOrder::Conflict, columns.conflict, Align2::LEFT_CENTER),
    ];
    for (text, order, x, align) in heads {
        let is_current = queue.order == order;
        let colour = if is_current { scene.tokens.ink } else { scene.tokens.soft };
        let shown = if text == "One key settles" && columns.state.is_none() { "Settles" } else { text };
        let galley = heading_galley(ui, shown, colour);
        let head = align.anchor_size(pos2(x, rect.center().y), galley.size());
        let response = ui.interact(head.expand2(vec2(4.0, 4.0)), ui.unique_id().with(("head", text)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, is_current, text));
        ui.painter().galley(head.min, galley, colour);
        if is_current {
            ui.painter().rect_filled(
                Rect::from_min_max(head.left_bottom() + vec2(0.0, 2.0), head.right_bottom() + vec2(0.0, 3.0)),
                0.0,
                scene.tokens.ink,
            );
        }
        if response.on_hover_text(format!("Sort by {}", text.to_lowercase())).on_hover_cursor(CursorIcon::PointingHand).clicked() {
            out.push(Command::SortNames(order));
        }
    }
    if let Some(x) = columns.state {
        let galley = heading_galley(ui, "State", scene.tokens.soft);
        ui.painter().galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, scene.tokens.soft);
    }
    widgets::rule_ui(ui, &scene.tokens);
}

fn heading_galley(ui: &Ui, text: &str, colour: egui::Color32) -> Arc<egui::Galley> {
    let mut format = egui::TextFormat::simple(fonts::sans_strong(10.5), colour);
    format.extra_letter_spacing = 0.6;
    let job = egui::text::LayoutJob::single_section(text.to_uppercase(), format);
    ui.painter().layout_job(job)
}

fn row_ui(ui: &Ui, scene: &Scene<'_>, row: &NameRow, rect: Rect, response: &egui::Response, is_current: bool, has_keys: bool) {
    let tokens = &scene.tokens;
    let state = state_words(row);
    response.widget_info(|| {
        let labels: Vec<String> = row.labels.iter().map(|(label, n)| format!("{label} {n}")).collect();
        let words = format!("{}, {} mentions in {} articles, {}, {state}", row.name, row.mentions, row.articles, labels.join(", "));
        WidgetInfo::selected(Role::Row, true, is_current, words)
    });
    let painter = ui.painter_at(rect);
    if is_current || response.hovered() {
        painter.rect_filled(rect, 0.0, if is_current { tokens.panel } else { tokens.hover });
    }
    if is_current {
        let colour = if has_keys { tokens.accent } else { tokens.faint };
        painter.rect_filled(rect.with_max_x(rect.left() + 2.5), 0.0, colour);
    }
    painter.rect_filled(rect.with_min_y(rect.bottom() - 1.0), 0.0, tokens.line);
    let columns = Columns::of(rect);
    let y = rect.center().y;
    let number = |x: f32, n: u32| {
        let font: FontId = fonts::sans(13.5);
        painter.text(pos2(x, y), Align2::RIGHT_CENTER, grouped(n as usize), font, if n == 0 { tokens.soft } else { tokens.ink });
    };
    let room = columns.mentions - columns.name - 44.0;
    let name = widgets::elided(ui, &flat(&row.name), fonts::serif(16.0), tokens.ink, room);
    let after = columns.name + name.size().x + 8.0;
    painter.galley(pos2(columns.name, y - name.size().y / 2.0), name, tokens.ink);
    if !row.aliases.is_empty() && columns.mentions - 44.0 - after > 30.0 {
        let others: Vec<String> = row.aliases.iter().take(3).map(|alias| flat(alias)).collect();
        let others =
            widgets::elided(ui, &format!("· {}", others.join(", ")), fonts::sans(11.5), tokens.soft, columns.mentions - 44.0 - after);
        painter.galley(pos2(after, y - others.size().y / 2.0 + 1.0), others, tokens.soft);
    }
    number(columns.mentions, row.mentions);
    number(columns.articles, row.articles);
    bar_ui(&painter, scene, row, Rect::from_center_size(pos2(columns.labels + columns.bar / 2.0, y), vec2(columns.bar, 7.0)));
    if let Some(x) = columns.state {
        painter.text(pos2(x, y), Align2::LEFT_CENTER, &state, fonts::sans(12.5), tokens.ink);
    }
    number(columns.settles, row.settles);
    if let Some(words) = conflict_words(row) {
        let galley = widgets::elided(ui, &words, fonts::sans_strong(11.5), tokens.accent, columns.right - columns.conflict - 4.0);
        painter.galley(pos2(columns.conflict, y - galley.size().y / 2.0), galley, tokens.accent);
    }
}

/// The labels' shares, side by side.
fn bar_ui(painter: &egui::Painter, scene: &Scene<'_>, row: &NameRow, rect: Rect) {
    let total: u32 = row.labels.iter().map(|(_, n)| n).sum();
    painter.rect_filled(rect, CornerRadius::same(3), scene.tokens.line);
    let mut left = rect.left();
    for (i, (label, n)) in row.labels.iter().enumerate() {
        let right = if i + 1 == row.labels.len() { rect.right() } else { left + rect.width() * *n as f32 / total.max(1) as f32 };
        let part = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
        let (first, last) = (if i == 0 { 3 } else { 0 }, if i + 1 == row.labels.len() { 3 } else { 0 });
        let radius = CornerRadius { nw: first, sw: first, ne: last, se: last };
        painter.rect_filled(part, radius, scene.tags.get(label).line);
        left = right;
    }
}

fn state_words(row: &NameRow) -> String {
    match (row.suggested, row.confirmed, row.rejected) {
        (0, 0, _) => "rejected".to_owned(),
        (0, _, _) => "settled".to_owned(),
        (_, 0, 0) => "suggested".to_owned(),
        (_, 0, rejected) => format!("{} rejected", grouped(rejected as usize)),
        (_, confirmed, _) => format!("{} confirmed", grouped(confirmed as usize)),
    }
}

/// `PERSON 19, ORG 3` where labels differ.
fn conflict_words(row: &NameRow) -> Option<String> {
    let parts: Vec<String> = row.labels.iter().take(3).map(|(label, n)| format!("{label} {n}")).collect();
    row.is_conflicting.then(|| parts.join(", "))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
