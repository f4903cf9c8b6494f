//! The views beside Review, with what each keeps between frames.

use eframe::egui::{Rect, Ui};

use super::history::{HistoryState, history_ui};
use super::names::{NamesState, names_ui};
use super::overview::overview_ui;
use super::rules::{RulesState, rules_ui};
use super::scene::Scene;
use super::widgets::keycap_button_ui;
use crate::workbench::{Command, Pane, View};

#[derive(Default)]
pub struct ViewStates {
    names: NamesState,
    rules: RulesState,
    history: HistoryState,
}

/// Draws the view that is shown; answers where it lies.
pub fn view_ui(ui: &mut Ui, scene: &Scene<'_>, states: &mut ViewStates, out: &mut Vec<Command>) -> Rect {
    let rect = ui.available_rect_before_wrap();
    match scene.state.stage.view {
        View::Names => names_ui(ui, scene, &mut states.names, out),
        View::Overview => overview_ui(ui, scene, out),
        View::Rules => rules_ui(ui, scene, &mut states.rules, out),
        View::History => history_ui(ui, scene, &mut states.history, out),
        _ => super::later::later_ui(ui, scene, out),
    }
    rect
}

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
        let next = Command::NextPane;
        if Self::of(ui, scene) != Sides::Both && keycap_button_ui(ui, &scene.key(&next), words, &scene.tokens).clicked() {
            out.push(next);
        }
    }
}
