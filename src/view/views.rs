//! The views beside Review, a row each.

use eframe::egui::{Rect, Ui};

use super::certify::certify_ui;
use super::check::{CheckState, check_ui};
use super::history::{HistoryState, history_ui};
use super::names::{NamesState, names_ui};
use super::overview::overview_ui;
use super::rules::{RulesState, rules_ui};
use super::scene::Scene;
use crate::workbench::{Command, View};

/// Draws a view into what is left of the window; it has with it what it keeps between frames.
type Draw = Box<dyn FnMut(&mut Ui, &Scene<'_>, &mut Vec<Command>)>;

/// What makes each of them.
const VIEWS: [(View, fn() -> Draw); 6] = [
    (View::Names, || {
        let mut state = NamesState::default();
        Box::new(move |ui, scene, out| names_ui(ui, scene, &mut state, out))
    }),
    (View::Overview, || Box::new(overview_ui)),
    (View::Rules, || {
        let mut state = RulesState::default();
        Box::new(move |ui, scene, out| rules_ui(ui, scene, &mut state, out))
    }),
    (View::History, || {
        let mut state = HistoryState::default();
        Box::new(move |ui, scene, out| history_ui(ui, scene, &mut state, out))
    }),
    (View::Check, || {
        let mut state = CheckState::default();
        Box::new(move |ui, scene, out| check_ui(ui, scene, &mut state, out))
    }),
    (View::Certify, || Box::new(certify_ui)),
];

pub struct Views {
    made: [(View, Draw); VIEWS.len()],
}

impl Default for Views {
    fn default() -> Self {
        Self { made: VIEWS.map(|(view, make)| (view, make())) }
    }
}

impl Views {
    /// Draws the view that is shown; answers where it lies.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) -> Rect {
        let rect = ui.available_rect_before_wrap();
        if let Some((_, draw)) = self.made.iter_mut().find(|(view, _)| *view == scene.state.stage.view) {
            draw(ui, scene, out);
        }
        rect
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_but_review_has_its_row() {
        let rows: Vec<View> = std::iter::once(View::Review).chain(VIEWS.map(|(view, _)| view)).collect();
        assert_eq!(rows, View::ALL);
    }
}
