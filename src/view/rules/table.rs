//! The list of rules: one row a standing decision, rule or list.

use eframe::egui::{self, Color32, Painter, Rect, Stroke, Ui, pos2, vec2};

use super::super::interval::{self, Mark};
use super::super::scene::{Scene, count, grouped};
use super::super::table::{self, Cells, Column, Rows, Sorted};
use super::super::{fonts, widgets::flat};
use crate::annotation::{Label, Scope};
use crate::workbench::{Command, Decide, Pane, RowKey, RowKind, RuleOrder, RuleRow, Rules, Screen};

const ROW: f32 = 44.0;

pub type TableState = table::TableState<RowKey>;

pub fn table_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut TableState, out: &mut Vec<Command>) {
    let book = &scene.state.rulebook;
    let sorted = Sorted { by: book.order, is_reversed: None };
    let name = |row: usize| name(&book.rows[row]);
    let paint = |row: usize, cells: &Cells<'_>| row_ui(scene, &book.rows[row], cells);
    let rows = Rows { count: book.rows.len(), height: ROW, at: book.position(), name: &name, paint: &paint };
    let told = table::table_ui(ui, scene, "rules", &columns(), Some(sorted), &rows, (book.at.clone(), state));
    out.extend(told.sorted.map(|order| Command::Rules(Rules::Sort(order))));
    if told.is_clicked {
        out.push(Command::Screen(Screen::Pane(Pane::Page)));
    }
    let gone_to = told.row.and_then(|row| book.rows.get(row));
    out.extend(gone_to.map(|row| Command::Rules(Rules::Row(row.key.clone()))));
    if told.is_clicked && told.cell == Some(SWITCH) {
        out.push(Command::Decide(Decide::Confirm(Scope::Mention)));
    }
    if told.is_double_clicked || told.is_entered {
        out.push(Command::Decide(Decide::Apply));
    }
}

/// The column of the switch has no heading.
const SWITCH: &str = "";

fn columns() -> [Column<RuleOrder>; 7] {
    [
        Column::new(SWITCH, 18.0),
        Column::new("Rule or list", 150.0).grows(3.0).sorts(RuleOrder::Name, "Sort by name".to_owned()),
        Column::new("Label", 90.0).grows(0.5).rank(3),
        Column::new("Hits", 40.0).right().sorts(RuleOrder::Hits, "Mentions that it suggested or settled in this session; sorts".to_owned()),
        Column::new("Confirmed", 40.0).right().rank(2),
        Column::new("Rejected", 40.0).right().rank(2).sorts(RuleOrder::Rejected, "Rejected, however that came about; sorts".to_owned()),
        Column::new("Precision", 112.0).grows(0.6).sorts(
            RuleOrder::Precision,
            "Of its suggestions that were looked at, how many were right; the line is the 95 % interval; sorts".to_owned(),
        ),
    ]
}

/// What a screen reader is told of a row.
fn name(row: &RuleRow) -> String {
    let (measure, second) = (&row.measure, second_line(row));
    let state = if row.is_on { "on" } else { "off" };
    let counts = format!("{} hits, {} confirmed, {} rejected", measure.hits(), measure.confirmed, measure.rejected);
    format!("{}, {} {state}, {second}, {counts}, precision {}", row.name, row.label, interval::words(measure.precision()))
}

fn row_ui(scene: &Scene<'_>, row: &RuleRow, cells: &Cells<'_>) {
    let (tokens, measure) = (&scene.tokens, &row.measure);
    let ink = if row.is_on { tokens.ink } else { tokens.soft };
    if let Some(rect) = cells.rect(SWITCH) {
        switch_ui(&cells.painter, pos2(rect.left() + 7.0, rect.center().y), row.is_on, scene);
    }
    if let Some(rect) = cells.rect("Rule or list") {
        let font = if row.kind == RowKind::Standing { fonts::serif(15.5) } else { fonts::sans_medium(13.5) };
        cells.text_in(rect.translate(vec2(0.0, -9.0)), false, &flat(&row.name), font, ink);
        let colour = if row.fault.is_some() { tokens.accent } else { tokens.soft };
        cells.text_in(rect.translate(vec2(0.0, 10.0)), false, &flat(&second_line(row)), fonts::sans(11.5), colour);
    }
    if let Some(rect) = cells.rect("Label").filter(|_| !row.label.is_empty()) {
        let tag = scene.tags.get(&Label::new(&row.label));
        let dot = Rect::from_center_size(pos2(rect.left() + 4.0, rect.center().y), vec2(8.0, 8.0));
        cells.painter.rect_filled(dot, 2.0, tag.line);
        cells.text_in(rect.with_min_x(rect.left() + 13.0), false, &row.label, fonts::sans(12.0), tokens.soft);
    }
    for (head, n) in [("Hits", measure.hits()), ("Confirmed", measure.confirmed), ("Rejected", measure.rejected)] {
        cells.text(head, &grouped(n), fonts::sans(13.0), if n == 0 { tokens.soft } else { tokens.ink });
    }
    if let Some((rect, share)) = cells.rect("Precision").zip(measure.precision()) {
        let words = rect.with_max_x(rect.left() + 40.0);
        let (size, ink) = if share.is_of_few() { (10.5, tokens.soft) } else { (12.0, tokens.ink) };
        cells.text_in(words, true, &interval::percent(share), fonts::sans(size), ink);
        interval::paint(&cells.painter, rect.with_min_x(words.right() + 12.0), Some(share), Mark::Disc, tokens);
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
