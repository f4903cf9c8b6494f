//! What stands in a view that has nothing to show in this session.

use eframe::egui::{RichText, Ui};

use super::fonts;
use super::scene::Scene;
use super::widgets::soft;
use crate::workbench::{Command, Screen, View};

pub fn later_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let height = ui.available_height();
    ui.vertical_centered(|ui| {
        ui.add_space(height * 0.4);
        ui.label(RichText::new(scene.state.stage.view.name()).font(fonts::serif_bold(24.0)));
        ui.label(soft("There is nothing to show here yet.", &scene.tokens));
        if ui.button("Back to the article").clicked() {
            out.push(Command::Screen(Screen::Show(View::Review)));
        }
    });
}
