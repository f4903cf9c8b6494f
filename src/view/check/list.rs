//! The list of findings.

use eframe::egui::{Ui, vec2};

use super::super::scene::{Scene, count, grouped};
use super::super::table::{self, Cells, Column, Rows, TableState};
use super::super::{fonts, widgets::flat};
use crate::decide::consistency::{Finding, kind};
use crate::workbench::{Check, Command, Pane, Screen};

const ROW: f32 = 44.0;

pub type ListState = TableState<usize>;

pub fn list_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut ListState, out: &mut Vec<Command>) {
    let findings = &scene.state.findings;
    let name = |row: usize| findings.get(row).map(name).unwrap_or_default();
    let paint = |row: usize, cells: &Cells<'_>| {
        if let Some(finding) = findings.get(row) {
            row_ui(scene, finding, cells);
        }
    };
    let rows = Rows { count: findings.len(), height: ROW, at: findings.row(), name: &name, paint: &paint };
    let columns: [Column<()>; 2] = [Column::new("Settled in different ways", 200.0).grows(1.0), Column::new("Places", 40.0).right()];
    let told = table::table_ui(ui, scene, "findings", &columns, None, &rows, (findings.row(), state));
    if told.is_clicked {
        out.push(Command::Screen(Screen::Pane(Pane::Page)));
    }
    out.extend(told.row.map(|row| Command::Check(Check::Row(row))));
    if told.is_double_clicked || told.is_entered {
        out.push(Command::Check(Check::Open(0)));
    }
}

/// What a screen reader is told of a row.
fn name(finding: &Finding) -> String {
    format!("{}, {}, {}", finding.words, second_line(finding), count(finding.places.len(), "place"))
}

fn row_ui(scene: &Scene<'_>, finding: &Finding, cells: &Cells<'_>) {
    let tokens = &scene.tokens;
    if let Some(rect) = cells.rect("Settled in different ways") {
        cells.text_in(rect.translate(vec2(0.0, -9.0)), false, &flat(&finding.words), fonts::serif(15.0), tokens.ink);
        cells.text_in(rect.translate(vec2(0.0, 10.0)), false, &second_line(finding), fonts::sans(11.5), tokens.soft);
    }
    cells.text("Places", &grouped(finding.places.len()), fonts::sans(13.0), tokens.ink);
}

/// `Left untagged · tag it ORG`.
fn second_line(finding: &Finding) -> String {
    let kind = kind(finding.kind).map_or("", |kind| kind.name);
    match &finding.remedy {
        Some(remedy) => format!("{kind} · {}", flat(remedy)),
        None => format!("{kind} · to be seen on the page"),
    }
}
