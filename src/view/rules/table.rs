//! The list of rules. Rows are painted, only those on screen; a click on a heading sorts.

use eframe::egui::{
    self, Align2, Color32, CursorIcon, Key, Modifiers, Painter, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::super::interval::{self, Mark};
use super::super::scene::{Scene, count, grouped};
use super::super::{fonts, widgets};
use crate::annotation::Label;
use crate::workbench::{Command, Decide, Dialog, Pane, RowKey, RuleOrder, RuleRow, Rules, Screen};

const ROW: f32 = 44.0;
const HEAD: f32 = 26.0;

#[derive(Default)]
pub struct TableState {
    /// The row that the list was last scrolled to.
    revealed: Option<RowKey>,
}

/// Where the columns lie; a narrow list drops what the right side repeats.
struct Columns {
    switch: f32,
    name: f32,
    label: Option<f32>,
    hits: f32,
    confirmed: Option<f32>,
    rejected: Option<f32>,
    share: f32,
    bar: Rect,
}

impl Columns {
    fn of(rect: Rect) -> Self {
        let width = rect.width();
        let right = rect.right() - 8.0;
        let bar = Rect::from_min_max(pos2(right - (width * 0.14).clamp(56.0, 130.0), rect.top()), pos2(right, rect.bottom()));
        let share = bar.left() - 12.0;
        let last = share - 52.0;
        let step = if width > 640.0 { 84.0 } else { 74.0 };
        let has_states = width > 480.0;
        let (confirmed, rejected) = (has_states.then_some(last - step), has_states.then_some(last));
        let hits = if has_states { last - 2.0 * step } else { last };
        let label = (width > 700.0).then_some(hits - 150.0);
        Self { switch: rect.left() + 17.0, name: rect.left() + 34.0, label, hits, confirmed, rejected, share, bar }
    }

    fn name_room(&self) -> f32 {
        self.label.unwrap_or(self.hits - 44.0) - self.name - 12.0
    }
}

pub fn table_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut TableState, out: &mut Vec<Command>) {
    let book = &scene.state.rulebook;
    ui.spacing_mut().item_spacing.y = 0.0;
    head_ui(ui, scene, out);
    let at = book.position();
    keys_ui(ui, scene, at, out);
    let mut area = ScrollArea::vertical().id_salt("rules").auto_shrink(false);
    if book.at != state.revealed {
        state.revealed.clone_from(&book.at);
        if let Some(row) = at {
            area = keep_in_sight(ui, area, row);
        }
    }
    let has_keys = matches!(scene.state.stage.pane, Pane::Page | Pane::List);
    area.show_rows(ui, ROW, book.rows.len(), |ui, range| {
        for i in range {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            row_ui(ui, scene, &book.rows[i], rect, &response, Some(i) == at, has_keys);
            if response.clicked() {
                out.push(Command::Screen(Screen::Pane(Pane::Page)));
                out.push(Command::Rules(Rules::Row(book.rows[i].key.clone())));
                let is_switch = response.interact_pointer_pos().is_some_and(|at| at.x < rect.left() + 30.0);
                if is_switch {
                    out.push(Command::Decide(Decide::Confirm(crate::annotation::Scope::Mention)));
                }
            }
            if response.double_clicked() {
                out.push(Command::Decide(Decide::Apply));
            }
        }
    });
}

fn keep_in_sight(ui: &Ui, area: ScrollArea, row: usize) -> ScrollArea {
    let id = ui.make_persistent_id(egui::IdSalt::new("rules"));
    let offset = egui::scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
    let height = ui.available_height();
    let top = row as f32 * ROW;
    if top < offset || top + ROW > offset + height { area.vertical_scroll_offset((top - height / 2.0 + ROW / 2.0).max(0.0)) } else { area }
}

/// Arrows and paging; what switches, edits and removes comes as commands.
fn keys_ui(ui: &Ui, scene: &Scene<'_>, at: Option<usize>, out: &mut Vec<Command>) {
    let is_list = matches!(scene.state.stage.pane, Pane::Page | Pane::List);
    let is_covered = scene.state.stage.dialog.is_some_and(Dialog::is_modal) || egui::Popup::is_any_open(ui.ctx());
    if !is_list || is_covered || ui.ctx().text_edit_focused() {
        return;
    }
    let rows = &scene.state.rulebook.rows;
    let (at, last) = (at.unwrap_or(0), rows.len().saturating_sub(1));
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
    if let Some(row) = rows.get(to).filter(|_| to != at) {
        out.push(Command::Rules(Rules::Row(row.key.clone())));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        out.push(Command::Decide(Decide::Apply));
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let columns = Columns::of(rect);
    let heads = [
        ("Rule or list", Some(RuleOrder::Name), Some(columns.name), Align2::LEFT_CENTER),
        ("Label", None, columns.label, Align2::LEFT_CENTER),
        ("Hits", Some(RuleOrder::Hits), Some(columns.hits), Align2::RIGHT_CENTER),
        ("Confirmed", None, columns.confirmed, Align2::RIGHT_CENTER),
        ("Rejected", Some(RuleOrder::Rejected), columns.rejected, Align2::RIGHT_CENTER),
        ("Precision", Some(RuleOrder::Precision), Some(columns.bar.left()), Align2::LEFT_CENTER),
    ];
    for (text, order, x, align) in heads {
        let Some(x) = x else { continue };
        let is_current = order == Some(scene.state.rulebook.order);
        let colour = if is_current { scene.tokens.ink } else { scene.tokens.soft };
        let mut format = egui::TextFormat::simple(fonts::sans_strong(10.5), colour);
        format.extra_letter_spacing = 0.6;
        let galley = ui.painter().layout_job(egui::text::LayoutJob::single_section(text.to_uppercase(), format));
        let head = align.anchor_size(pos2(x, rect.center().y), galley.size());
        ui.painter().galley(head.min, galley, colour);
        if is_current {
            let line = Rect::from_min_max(head.left_bottom() + vec2(0.0, 2.0), head.right_bottom() + vec2(0.0, 3.0));
            ui.painter().rect_filled(line, 0.0, scene.tokens.ink);
        }
        let Some(order) = order else { continue };
        let response = ui.interact(head.expand2(vec2(4.0, 4.0)), ui.unique_id().with(("head", text)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, is_current, text));
        if response.on_hover_text(head_words(text)).on_hover_cursor(CursorIcon::PointingHand).clicked() {
            out.push(Command::Rules(Rules::Sort(order)));
        }
    }
    widgets::rule_ui(ui, &scene.tokens);
}

fn head_words(text: &str) -> &'static str {
    match text {
        "Hits" => "Mentions that it suggested or settled in this session; sorts",
        "Rejected" => "Rejected, however that came about; sorts",
        "Precision" => "Of its suggestions that were looked at, how many were right; the line is the 95 % interval; sorts",
        _ => "Sort by name",
    }
}

fn row_ui(ui: &Ui, scene: &Scene<'_>, row: &RuleRow, rect: Rect, response: &egui::Response, is_current: bool, has_keys: bool) {
    let tokens = &scene.tokens;
    let measure = &row.measure;
    let second = second_line(row);
    response.widget_info(|| {
        let state = if row.is_on { "on" } else { "off" };
        let counts = format!("{} hits, {} confirmed, {} rejected", measure.hits(), measure.confirmed, measure.rejected);
        let words = format!("{}, {} {state}, {second}, {counts}, precision {}", row.name, row.label, interval::words(measure.precision()));
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
    switch_ui(&painter, pos2(columns.switch, y), row.is_on, scene);
    let ink = if row.is_on { tokens.ink } else { tokens.soft };
    let font = if row.kind == crate::workbench::RowKind::Standing { fonts::serif(15.5) } else { fonts::sans_medium(13.5) };
    let name = widgets::elided(ui, &flat(&row.name), font, ink, columns.name_room());
    painter.galley(pos2(columns.name, y - 9.0 - name.size().y / 2.0), name, ink);
    let colour = if row.fault.is_some() { tokens.accent } else { tokens.soft };
    let second = widgets::elided(ui, &flat(&second), fonts::sans(11.5), colour, columns.name_room());
    painter.galley(pos2(columns.name, y + 10.0 - second.size().y / 2.0), second, colour);
    if let Some(x) = columns.label.filter(|_| !row.label.is_empty()) {
        let tag = scene.tags.get(&Label::new(&row.label));
        painter.rect_filled(Rect::from_center_size(pos2(x + 4.0, y), vec2(8.0, 8.0)), 2.0, tag.line);
        painter.text(pos2(x + 13.0, y), Align2::LEFT_CENTER, &row.label, fonts::sans(12.0), tokens.soft);
    }
    let number = |x: Option<f32>, n: usize| {
        let Some(x) = x else { return };
        painter.text(pos2(x, y), Align2::RIGHT_CENTER, grouped(n), fonts::sans(13.0), if n == 0 { tokens.soft } else { tokens.ink });
    };
    number(Some(columns.hits), measure.hits());
    number(columns.confirmed, measure.confirmed);
    number(columns.rejected, measure.rejected);
    if let Some(share) = measure.precision() {
        let words = interval::percent(share.ratio());
        painter.text(pos2(columns.share, y), Align2::RIGHT_CENTER, words, fonts::sans(12.0), tokens.ink);
        interval::paint(&painter, columns.bar, Some(share), Mark::Disc, tokens);
    }
}

/// What it is, and why it does nothing where that is so.
fn second_line(row: &RuleRow) -> String {
    match &row.fault {
        Some(fault) => format!("{} · {fault}", row.kind.words()),
        // A rule without a reason is told by its pattern.
        None if row.about.is_empty() && !row.pattern.is_empty() => format!("{} · {}", about(row), row.pattern),
        None => about(row),
    }
}

/// `your list · quays of the inner harbour · 12 names · harbours.ron`
pub fn about(row: &RuleRow) -> String {
    let mut parts = vec![row.kind.words().to_owned()];
    parts.extend(Some(row.about.clone()).filter(|about| !about.is_empty()));
    parts.extend(row.names.map(|n| count(n, "name")));
    parts.extend(row.file.as_ref().and_then(|file| file.file_name()).map(|name| name.to_string_lossy().into_owned()));
    parts.join(" · ")
}

/// On is a full disc with a tick, off an empty ring.
fn switch_ui(painter: &Painter, at: egui::Pos2, is_on: bool, scene: &Scene<'_>) {
    let tokens = &scene.tokens;
    if !is_on {
        painter.circle_stroke(at, 6.0, Stroke::new(1.2, tokens.soft));
        return;
    }
    painter.circle_filled(at, 6.5, tokens.good);
    let tick = [at + vec2(-3.0, 0.3), at + vec2(-0.8, 2.5), at + vec2(3.2, -2.4)];
    painter.line(tick.to_vec(), Stroke::new(1.4, if tokens.is_dark { Color32::BLACK } else { Color32::WHITE }));
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
