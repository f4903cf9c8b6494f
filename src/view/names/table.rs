//! The table of names. Rows are painted, only those on screen; a click on a heading sorts.

use std::sync::Arc;

use eframe::egui::{
    self, Align2, CornerRadius, CursorIcon, FontId, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::super::scene::{Scene, grouped};
use super::super::{fonts, widgets};
use crate::decide::names::{Alias, NameFilter, NameOrder, NameRow, Subject};
use crate::workbench::{Command, Decide, Dialog, Names, Pane, Queue, Screen, Step};

const ROW: f32 = 40.0;
const HEAD: f32 = 26.0;

#[derive(Default)]
pub struct TableState {
    /// The row that the table was last scrolled to, and the order in which it stood there.
    revealed: Option<(Subject, NameOrder, bool)>,
}

/// Where the columns lie, from left to right; a narrow window drops what the places on the right repeat.
struct Columns {
    name: f32,
    mentions: f32,
    articles: Option<f32>,
    labels: f32,
    bar: f32,
    state: Option<f32>,
    score: Option<f32>,
    settles: f32,
    conflict: f32,
    right: f32,
}

impl Columns {
    fn of(rect: Rect) -> Self {
        let width = rect.width();
        let at = |share: f32| rect.left() + width * share;
        let right = rect.right();
        if width > 900.0 {
            let (labels, bar) = (at(0.46), width * 0.12);
            let (state, score) = (Some(at(0.60)), Some(at(0.75)));
            let (name, mentions, articles, settles, conflict) = (at(0.012), at(0.36), at(0.44), at(0.85), at(0.87));
            Self { name, mentions, articles: Some(articles), labels, bar, state, score, settles, conflict, right }
        } else if width > 700.0 {
            let (labels, bar) = (at(0.45), width * 0.13);
            let (name, mentions, articles, settles, conflict) = (at(0.012), at(0.34), at(0.43), at(0.835), at(0.855));
            Self { name, mentions, articles: Some(articles), labels, bar, state: Some(at(0.60)), score: None, settles, conflict, right }
        } else if width > 520.0 {
            let (labels, bar) = (at(0.60), width * 0.12);
            let (name, mentions, articles, settles, conflict) = (at(0.015), at(0.46), at(0.57), at(0.81), at(0.83));
            Self { name, mentions, articles: Some(articles), labels, bar, state: None, score: None, settles, conflict, right }
        } else {
            let (labels, bar) = (at(0.55), width * 0.11);
            let (name, mentions, settles, conflict) = (at(0.015), at(0.52), at(0.825), at(0.845));
            Self { name, mentions, articles: None, labels, bar, state: None, score: None, settles, conflict, right }
        }
    }
}

pub fn table_ui(ui: &mut Ui, scene: &Scene<'_>, queue: &Queue, state: &mut TableState, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    head_ui(ui, scene, queue, out);
    let at = queue.row();
    keys_ui(ui, scene, queue, at, out);
    let mut area = ScrollArea::vertical().id_salt("names").auto_shrink(false);
    let shown = queue.at.clone().map(|at| (at, queue.order, queue.is_reversed));
    if shown != state.revealed {
        state.revealed = shown;
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
                out.push(Command::Screen(Screen::Pane(Pane::Page)));
                out.push(Command::Names(Names::Row(queue.rows[row].subject.clone())));
            }
            if response.double_clicked() {
                out.push(Command::Decide(Decide::AcceptRest));
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
    for (key, filter) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().zip(filters(&queue.filter)) {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            out.push(Command::Names(Names::Filter(filter)));
        }
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
        out.push(Command::Names(Names::Row(row.subject.clone())));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        out.push(Command::Decide(Decide::Apply));
    }
}

/// The filters that a digit chooses: open, conflicting, settled, all; text, label and score stay.
pub fn filters(filter: &NameFilter) -> [NameFilter; 4] {
    let base =
        NameFilter { text: filter.text.clone(), label: filter.label.clone(), score_at_most: filter.score_at_most, ..NameFilter::default() };
    [
        NameFilter { is_open: true, ..base.clone() },
        NameFilter { is_conflicting: true, ..base.clone() },
        NameFilter { is_settled: true, ..base.clone() },
        base,
    ]
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, queue: &Queue, out: &mut Vec<Command>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let columns = Columns::of(rect);
    let heads = [
        ("Name", NameOrder::Name, columns.name, Align2::LEFT_CENTER),
        ("Mentions", NameOrder::Mentions, columns.mentions, Align2::RIGHT_CENTER),
        ("Labels", NameOrder::Label, columns.labels, Align2::LEFT_CENTER),
        ("One key settles", NameOrder::Settles, columns.settles, Align2::RIGHT_CENTER),
        ("Conflict", NameOrder::Conflict, columns.conflict, Align2::LEFT_CENTER),
    ];
    let articles = columns.articles.map(|x| ("Articles", NameOrder::Articles, x, Align2::RIGHT_CENTER));
    let state = columns.state.map(|x| ("State", NameOrder::State, x, Align2::LEFT_CENTER));
    let score = columns.score.map(|x| ("Score", NameOrder::Score, x, Align2::RIGHT_CENTER));
    for (text, order, x, align) in heads.into_iter().chain(articles).chain(state).chain(score) {
        let is_current = queue.order == order;
        let colour = if is_current { scene.tokens.ink } else { scene.tokens.soft };
        let shown = if text == "One key settles" && columns.state.is_none() { "Settles" } else { text };
        let arrow = if queue.is_reversed { " ↑" } else { " ↓" };
        let galley = heading_galley(ui, &format!("{shown}{}", if is_current { arrow } else { "" }), colour);
        let head = align.anchor_size(pos2(x, rect.center().y), galley.size());
        let response = ui.interact(head.expand2(vec2(4.0, 4.0)), ui.unique_id().with(("head", text)), Sense::CLICK);
        let told = if is_current && queue.is_reversed { format!("{text}, turned round") } else { text.to_owned() };
        response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, is_current, told.as_str()));
        ui.painter().galley(head.min, galley, colour);
        if is_current {
            ui.painter().rect_filled(
                Rect::from_min_max(head.left_bottom() + vec2(0.0, 2.0), head.right_bottom() + vec2(0.0, 3.0)),
                0.0,
                scene.tokens.ink,
            );
        }
        if response
            .on_hover_text(format!(
                "Sort by {}; again turns the order round ({}, {})",
                text.to_lowercase(),
                scene.key(&Command::Names(Names::SortStep(Step::On))),
                scene.key(&Command::Names(Names::Reverse))
            ))
            .on_hover_cursor(CursorIcon::PointingHand)
            .clicked()
        {
            out.push(Command::Names(Names::Sort(order)));
        }
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
        let kind = match &row.subject {
            Subject::Name(_) => "",
            Subject::Entity(_) => ", entity",
            Subject::Proposed(_) => ", proposed as one",
        };
        let also: Vec<String> = row.aliases.iter().take(4).map(alias_words).collect();
        let also = if also.is_empty() { String::new() } else { format!(", also {}", also.join(", ")) };
        let words =
            format!("{}{kind}{also}, {} mentions in {} articles, {}, {state}", row.name, row.mentions, row.articles, labels.join(", "));
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
    let left = columns.name + mark_ui(&painter, scene, row, pos2(columns.name, y));
    let room = columns.mentions - left - 44.0;
    let name = widgets::elided(ui, &flat(&row.name), fonts::serif(16.0), tokens.ink, room);
    let after = left + name.size().x + 8.0;
    painter.galley(pos2(left, y - name.size().y / 2.0), name, tokens.ink);
    if !row.aliases.is_empty() && columns.mentions - 44.0 - after > 30.0 {
        let others: Vec<String> = row.aliases.iter().take(4).map(alias_words).collect();
        let others =
            widgets::elided(ui, &format!("· {}", others.join(", ")), fonts::sans(11.5), tokens.soft, columns.mentions - 44.0 - after);
        painter.galley(pos2(after, y - others.size().y / 2.0 + 1.0), others, tokens.soft);
    }
    number(columns.mentions, row.mentions);
    if let Some(x) = columns.articles {
        number(x, row.articles);
    }
    bar_ui(&painter, scene, row, Rect::from_center_size(pos2(columns.labels + columns.bar / 2.0, y), vec2(columns.bar, 7.0)));
    if let Some(x) = columns.state {
        painter.text(pos2(x, y), Align2::LEFT_CENTER, &state, fonts::sans(12.5), tokens.ink);
    }
    if let (Some(x), Some(score)) = (columns.score, row.mean_score) {
        painter.text(pos2(x, y), Align2::RIGHT_CENTER, score.to_string(), fonts::sans(12.5), tokens.soft);
    }
    number(columns.settles, row.settles);
    if let Some(words) = conflict_words(row) {
        let galley = widgets::elided(ui, &words, fonts::sans_strong(11.5), tokens.accent, columns.right - columns.conflict - 4.0);
        painter.galley(pos2(columns.conflict, y - galley.size().y / 2.0), galley, tokens.accent);
    }
}

/// A thing is marked before its name: a filled disc for an entity, a dashed ring for one that is only proposed. Answers
/// with the room that the mark takes.
fn mark_ui(painter: &egui::Painter, scene: &Scene<'_>, row: &NameRow, at: egui::Pos2) -> f32 {
    let centre = at + vec2(4.5, 0.5);
    match &row.subject {
        Subject::Name(_) if scene.state.queue.shows_things => {}
        Subject::Name(_) => return 0.0,
        Subject::Entity(_) => {
            painter.circle_filled(centre, 3.5, scene.tokens.ink);
        }
        Subject::Proposed(_) => {
            let point = |i: u8| centre + 3.5 * egui::Vec2::angled(f32::from(i) * std::f32::consts::TAU / 8.0);
            for i in [0, 2, 4, 6] {
                painter.line_segment([point(i), point(i + 1)], egui::Stroke::new(1.3, scene.tokens.ink));
            }
        }
    }
    15.0
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

/// `Oja`, or `Oja?` where it is only proposed.
fn alias_words(alias: &Alias) -> String {
    format!("{}{}", flat(&alias.name), if alias.reason.is_some() { "?" } else { "" })
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
