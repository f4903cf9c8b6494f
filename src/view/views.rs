//! The views beside Review, with what each keeps between frames.

use eframe::egui::{Rect, Ui};

use super::history::{HistoryState, history_ui};
use super::names::{NamesState, names_ui};
use super::overview::overview_ui;
use super::rules::{RulesState, rules_ui};
use super::scene::Scene;
use crate::workbench::{Command, View};

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
