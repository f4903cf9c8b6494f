//! The table of names: one row a name, painted, with the columns that a narrow window has room for.

use eframe::egui::{self, CornerRadius, Key, Modifiers, Rect, Ui, pos2, vec2};

use super::super::scene::{Scene, grouped};
use super::super::table::{self, Cells, Column, Rows, Sorted};
use super::super::{fonts, widgets::flat};
use crate::decide::names::{Alias, NameFilter, NameOrder, NameRow, Subject};
use crate::workbench::{Command, Decide, Names, Pane, Queue, Screen, Step};

const ROW: f32 = 40.0;

/// The name in focus, and the order in which it stands there.
pub type TableState = table::TableState<(Subject, NameOrder, bool)>;

pub fn table_ui(ui: &mut Ui, scene: &Scene<'_>, queue: &Queue, state: &mut TableState, out: &mut Vec<Command>) {
    filter_keys(ui, scene, queue, out);
    let key = queue.at.clone().map(|at| (at, queue.order, queue.is_reversed));
    let sorted = Sorted { by: queue.order, is_reversed: Some(queue.is_reversed) };
    let name = |row: usize| name(&queue.rows[row]);
    let paint = |row: usize, cells: &Cells<'_>| row_ui(scene, &queue.rows[row], cells);
    let rows = Rows { count: queue.rows.len(), height: ROW, at: queue.row(), name: &name, paint: &paint };
    let told = table::table_ui(ui, scene, "names", &columns(scene), Some(sorted), &rows, (key, state));
    out.extend(told.sorted.map(|order| Command::Names(Names::Sort(order))));
    if told.is_clicked {
        out.push(Command::Screen(Screen::Pane(Pane::Page)));
    }
    let gone_to = told.row.and_then(|row| queue.rows.get(row));
    out.extend(gone_to.map(|row| Command::Names(Names::Row(row.subject.clone()))));
    if told.is_double_clicked {
        out.push(Command::Decide(Decide::AcceptRest));
    }
    if told.is_entered {
        out.push(Command::Decide(Decide::Apply));
    }
}

fn columns(scene: &Scene<'_>) -> [Column<NameOrder>; 8] {
    let (next, turned) = (scene.key(&Command::Names(Names::SortStep(Step::On))), scene.key(&Command::Names(Names::Reverse)));
    let sorting = |column: Column<NameOrder>, order| {
        let hint = format!("Sort by {}; again turns the order round ({next}, {turned})", column.head.to_lowercase());
        column.sorts(order, hint)
    };
    [
        sorting(Column::new("Name", 176.0).grows(4.0), NameOrder::Name),
        sorting(Column::new("Mentions", 40.0).right(), NameOrder::Mentions),
        sorting(Column::new("Articles", 36.0).right().rank(2), NameOrder::Articles),
        sorting(Column::new("Labels", 64.0).grows(1.0), NameOrder::Label),
        sorting(Column::new("State", 92.0).grows(0.4).rank(3), NameOrder::State),
        sorting(Column::new("Score", 40.0).right().rank(4), NameOrder::Score),
        sorting(Column::new("One key settles", 40.0).brief("Settles").right(), NameOrder::Settles),
        sorting(Column::new("Conflict", 70.0).grows(1.0).rank(1), NameOrder::Conflict),
    ]
}

/// Digits choose a filter.
fn filter_keys(ui: &Ui, scene: &Scene<'_>, queue: &Queue, out: &mut Vec<Command>) {
    if !table::has_keys(ui, scene) {
        return;
    }
    for (key, filter) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().zip(filters(&queue.filter)) {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            out.push(Command::Names(Names::Filter(filter)));
        }
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

/// What a screen reader is told of a row.
fn name(row: &NameRow) -> String {
    let labels: Vec<String> = row.labels.iter().map(|(label, n)| format!("{label} {n}")).collect();
    let kind = match &row.subject {
        Subject::Name(_) => "",
        Subject::Entity(_) => ", entity",
        Subject::Proposed(_) => ", proposed as one",
    };
    let also: Vec<String> = row.aliases.iter().take(4).map(alias_words).collect();
    let also = if also.is_empty() { String::new() } else { format!(", also {}", also.join(", ")) };
    let (labels, state) = (labels.join(", "), state_words(row));
    format!("{}{kind}{also}, {} mentions in {} articles, {labels}, {state}", row.name, row.mentions, row.articles)
}

fn row_ui(scene: &Scene<'_>, row: &NameRow, cells: &Cells<'_>) {
    let tokens = &scene.tokens;
    let number = |head: &str, n: u32| {
        cells.text(head, &grouped(n as usize), fonts::sans(13.5), if n == 0 { tokens.soft } else { tokens.ink });
    };
    if let Some(rect) = cells.rect("Name") {
        let left = rect.left() + mark_ui(&cells.painter, scene, row, pos2(rect.left(), rect.center().y));
        let end = cells.text_in(rect.with_min_x(left), false, &flat(&row.name), fonts::serif(16.0), tokens.ink);
        let after = rect.with_min_x(end + 8.0).translate(vec2(0.0, 1.0));
        if !row.aliases.is_empty() && after.width() > 30.0 {
            let others: Vec<String> = row.aliases.iter().take(4).map(alias_words).collect();
            cells.text_in(after, false, &format!("· {}", others.join(", ")), fonts::sans(11.5), tokens.soft);
        }
    }
    number("Mentions", row.mentions);
    number("Articles", row.articles);
    if let Some(rect) = cells.rect("Labels") {
        let bar = Rect::from_min_size(rect.left_center() - vec2(0.0, 3.5), vec2(rect.width().min(140.0), 7.0));
        bar_ui(&cells.painter, scene, row, bar);
    }
    cells.text("State", &state_words(row), fonts::sans(12.5), tokens.ink);
    if let Some(score) = row.mean_score {
        cells.text("Score", &score.to_string(), fonts::sans(12.5), tokens.soft);
    }
    number("One key settles", row.settles);
    if let Some(words) = conflict_words(row) {
        cells.text("Conflict", &words, fonts::sans_strong(11.5), tokens.accent);
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
