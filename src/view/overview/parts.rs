//! Pieces of the overview's cards.

use eframe::egui::{CornerRadius, CursorIcon, Frame, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::super::scene::Scene;
use super::super::widgets;
use crate::annotation::Label;
use crate::quality::figures::Measure;
use crate::workbench::{Command, Names, Screen, View};

pub fn card_ui(ui: &mut Ui, scene: &Scene<'_>, title: &str, add: impl FnOnce(&mut Ui)) {
    let tokens = &scene.tokens;
    let frame = Frame::new().fill(tokens.panel).stroke(Stroke::new(1.0, tokens.line)).corner_radius(CornerRadius::same(8)).inner_margin(16);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        widgets::heading_ui(ui, title, tokens);
        ui.add_space(2.0);
        add(ui);
    });
}

/// Height of a row.
pub const ROW: f32 = 27.0;

/// A row that leads somewhere; the caller paints what stands in it.
pub fn row_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
    let tokens = &scene.tokens;
    let back = rect.expand2(vec2(6.0, 0.0));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(back, 4.0, tokens.hover);
    }
    if response.has_focus() {
        ui.painter().rect_filled(back.with_max_x(back.left() + 2.5), 0.0, tokens.accent);
        response.scroll_to_me(None);
    }
    (rect, response.on_hover_cursor(CursorIcon::PointingHand))
}

/// The labels that have figures, in the order of the scheme, then those that it does not know.
pub fn labels<'s>(scene: &'s Scene<'_>) -> Vec<(&'s Label, &'s Measure)> {
    let figures = scene.state.figures();
    let scheme = scene.state.session().scheme();
    let known = scheme.labels.iter().filter_map(|def| figures.labels.get_key_value(&def.name));
    let strange = figures.labels.iter().filter(|(label, _)| scheme.get(label).is_none());
    known.chain(strange).collect()
}

/// The names of a label.
pub fn open_label(label: &Label, out: &mut Vec<Command>) {
    use crate::decide::names::NameFilter;
    out.push(Command::Screen(Screen::Show(View::Names)));
    out.push(Command::Names(Names::Filter(NameFilter { label: Some(label.clone()), ..NameFilter::default() })));
}
