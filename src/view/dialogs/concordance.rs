//! The concordance that a session-wide decision from the page opens.

use eframe::egui::Ui;

use super::super::concordance::{self, Place, Purpose};
use super::super::narrowing;
use super::super::scene::Scene;
use super::typed::{Typed, width_ui};
use crate::workbench::Command;

pub fn concordance_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    let Some(concordance) = &scene.state.dialogs.concordance else { return };
    let screen = ui.ctx().content_rect();
    width_ui(ui, (screen.width() * 0.82).max(940.0));
    if state.is_new {
        state.places.take_keys();
    }
    narrowing::over_ui(ui, scene, "The filter holds nothing back here: every place of the session is shown.", out);
    let place =
        Place { height: (screen.height() - 320.0).clamp(120.0, 720.0), has_keys: true, is_dialog: true, purpose: Purpose::Decision };
    concordance::concordance_ui(ui, scene, concordance, &mut state.places, place, out);
}
