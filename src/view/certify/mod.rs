//! The Certify view: a question of the sample, blind to what was decided; on the right what the answers come to.
//!
//! A label's letter answers, `X` says that the words are no name, `Shift ←` or `→` that the name has other edges. Of a sentence every
//! name's letter is pressed, then `Space`.

mod figures;
mod question;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use super::panes::{pane_ui, side_pane_ui};
use super::scene::Scene;
use super::sides::{Sides, panel_id};
use crate::workbench::{Command, Pane};

pub fn certify_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let width = ui.available_width();
    let side = Frame::new().fill(scene.tokens.panel).inner_margin(Margin { left: 18, right: 16, top: 16, bottom: 10 });
    let panel = Panel::right(panel_id(ui, "certificate"))
        .default_size((width * 0.42).clamp(320.0, 560.0))
        .size_range(300.0..=width * 0.6)
        .frame(side);
    match Sides::of(ui, scene) {
        Sides::Both => drop(panel.show(ui, |ui| side_ui(ui, scene, out))),
        Sides::Side => {
            CentralPanel::default().frame(side).show(ui, |ui| side_ui(ui, scene, out));
            return;
        }
        Sides::List => {}
    }
    CentralPanel::default().frame(Frame::new().fill(scene.tokens.page).inner_margin(Margin::symmetric(26, 18))).show(ui, |ui| {
        pane_ui(ui, scene, Pane::Page, ui.max_rect(), "Question", out);
        Sides::switch_ui(ui, scene, "the certificate", out);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| question::question_ui(ui, scene, out));
    });
}

fn side_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    side_pane_ui(ui, scene, "Certificate");
    Sides::switch_ui(ui, scene, "back to the question", out);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| figures::figures_ui(ui, scene, out));
}
