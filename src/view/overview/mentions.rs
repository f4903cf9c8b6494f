//! Mentions by label and state. A state is told by form: confirmed solid, suggested an outline, rejected a thin line.

use eframe::egui::{Align2, Color32, Painter, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::super::scene::{Scene, grouped};
use super::super::widgets::soft;
use super::super::{fonts, widgets};
use super::parts::{labels, open_label, row_ui};
use crate::quality::figures::Measure;
use crate::workbench::Command;

pub fn mentions_ui(ui: &mut Ui, scene: &Scene<'_>, takes_keys: bool, out: &mut Vec<Command>) {
    let labels = labels(scene);
    let sum = |count: fn(&Measure) -> usize| labels.iter().map(|(_, measure)| count(measure)).sum::<usize>();
    let parts = [(sum(|m| m.suggested), "to settle"), (sum(|m| m.confirmed), "confirmed"), (sum(|m| m.rejected), "rejected")];
    legend_ui(ui, scene, parts);
    let most = labels.iter().map(|(_, measure)| measure.hits()).max().unwrap_or(0);
    let mut is_first = true;
    for (label, measure) in labels.into_iter().filter(|(_, measure)| measure.hits() > 0) {
        let [s, c, r] = [measure.suggested, measure.confirmed, measure.rejected].map(grouped);
        let (rect, response) = row_ui(ui, scene, &format!("{label}: {s} suggested, {c} confirmed, {r} rejected"));
        if std::mem::take(&mut is_first) && takes_keys {
            response.request_focus();
        }
        let tag = scene.tags.get(label);
        let y = rect.center().y;
        ui.painter().rect_filled(Rect::from_center_size(pos2(rect.left() + 5.0, y), vec2(8.0, 8.0)), 2.0, tag.line);
        let name = widgets::elided(ui, label.as_str(), fonts::sans(12.5), scene.tokens.ink, 104.0);
        ui.painter().galley(pos2(rect.left() + 16.0, y - name.size().y / 2.0), name, scene.tokens.ink);
        let bar = Rect::from_min_max(pos2(rect.left() + 128.0, y - 5.0), pos2(rect.right() - 58.0, y + 5.0));
        bar_ui(ui.painter(), bar, measure, most, tag.line);
        let n = grouped(measure.hits());
        ui.painter().text(pos2(rect.right() - 4.0, y), Align2::RIGHT_CENTER, n, fonts::sans(12.5), scene.tokens.ink);
        if response.on_hover_text(format!("{s} suggested, {c} confirmed, {r} rejected; opens its names")).clicked() {
            open_label(label, out);
        }
    }
}

/// Three parts side by side: confirmed, suggested, rejected.
fn bar_ui(painter: &Painter, rect: Rect, measure: &Measure, most: usize, colour: Color32) {
    let width = |n: usize| rect.width() * n as f32 / most.max(1) as f32;
    let mut left = rect.left();
    for (n, form) in [(measure.confirmed, Form::Solid), (measure.suggested, Form::Outline), (measure.rejected, Form::Line)] {
        if n > 0 {
            let part = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width(n).max(2.0), rect.bottom()));
            form.paint(painter, part, colour);
            left = part.right();
        }
    }
}

#[derive(Clone, Copy)]
enum Form {
    Solid,
    Outline,
    Line,
}

impl Form {
    fn paint(self, painter: &Painter, rect: Rect, colour: Color32) {
        match self {
            Form::Solid => {
                painter.rect_filled(rect, 1.5, colour);
            }
            Form::Outline => {
                painter.rect_stroke(rect, 1.5, Stroke::new(1.0, colour), StrokeKind::Inside);
            }
            Form::Line => {
                painter.hline(rect.x_range(), rect.center().y, Stroke::new(1.5, colour));
            }
        }
    }
}

fn legend_ui(ui: &mut Ui, scene: &Scene<'_>, [suggested, confirmed, rejected]: [(usize, &str); 3]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for ((n, words), form) in [(suggested, Form::Outline), (confirmed, Form::Solid), (rejected, Form::Line)] {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 10.0), Sense::hover());
            form.paint(ui.painter(), rect, scene.tokens.soft);
            ui.label(soft(format!("{} {words}", grouped(n)), &scene.tokens));
            ui.add_space(8.0);
        }
    });
    ui.add_space(2.0);
}
