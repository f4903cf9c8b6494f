//! The concordance that a session-wide decision from the page opens.

use eframe::egui::Ui;

use super::super::concordance::{self, Place, Purpose};
use super::super::scene::Scene;
use super::super::widgets::button_ui;
use super::typed::{Typed, width_ui};
use crate::workbench::{Command, Screen};

pub fn concordance_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    let Some(concordance) = &scene.state.dialogs.concordance else { return };
    let screen = ui.ctx().content_rect();
    width_ui(ui, 940.0);
    if state.is_new {
        state.places.take_keys();
    }
    let place = Place { height: (screen.height() - 320.0).clamp(120.0, 480.0), has_keys: true, purpose: Purpose::Decision };
    concordance::concordance_ui(ui, scene, concordance, &mut state.places, place, out);
    if button_ui(ui, "Cancel").on_hover_text("Nothing is changed (Esc)").clicked() {
        out.push(Command::Screen(Screen::Close));
    }
}
