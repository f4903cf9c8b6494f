//! The two sides of a view: the list, and what stands beside it.

use eframe::egui::{Id, Ui};

use super::scene::Scene;
use super::widgets::keycap_button_ui;
use crate::workbench::{Command, Pane, Screen};

/// Which sides of a view are drawn, the list and what stands beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    Both,
    List,
    Side,
}

/// Below this width list and side do not stand beside each other.
const NARROW: f32 = 760.0;

impl Sides {
    /// Where there is no room for both, the one that has the keys.
    pub fn of(ui: &Ui, scene: &Scene<'_>) -> Self {
        match (ui.ctx().content_rect().width() < NARROW, scene.state.stage.pane) {
            (false, _) => Sides::Both,
            (true, Pane::Inspector) => Sides::Side,
            (true, _) => Sides::List,
        }
    }

    /// The way to the other side, where only one is shown.
    pub fn switch_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str, out: &mut Vec<Command>) {
        let next = Command::Screen(Screen::NextPane);
        if Self::of(ui, scene) != Sides::Both && keycap_button_ui(ui, &scene.key(&next), words, &scene.tokens).clicked() {
            out.push(next);
        }
    }
}

/// Names a panel whose width can be dragged. Its width belongs to a zoom: what there is no room for at another one does not
/// shrink it for good.
pub fn panel_id(ui: &Ui, name: &str) -> Id {
    Id::unique(("panel", name, (100.0 * ui.ctx().zoom_factor()).round() as u32))
}
