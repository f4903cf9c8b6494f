//! The Overview: what is in the session, how far the work has come, and how good the tagger was where the analyst
//! looked. Every row leads to what it counts: a label to its names, an article to its page, a rule to the Rules view.
//!
//! Tab and the arrow keys go from row to row, Enter follows one.

mod articles;
mod mentions;
mod tagger;

use eframe::egui::{
    CentralPanel, CornerRadius, CursorIcon, Frame, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::scene::Scene;
use super::{concordance, widgets};
use crate::annotation::Label;
use crate::quality::figures::Measure;
use crate::workbench::{Command, View};

/// From this width on the cards stand in two columns.
const WIDE: f32 = 860.0;
const WIDEST: f32 = 1320.0;
const GAP: f32 = 16.0;

pub fn overview_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    CentralPanel::default().frame(Frame::new().fill(scene.tokens.page)).show(ui, |ui| cards_ui(ui, scene, out));
}

fn cards_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    if scene.state.session().articles().is_empty() {
        return concordance::empty_ui(ui, scene, "No articles yet. Ctrl O opens them; what is in them is counted here.");
    }
    // Where nothing has the keys the first row gets them.
    let takes_keys = scene.state.stage.dialog.is_none() && ui.memory(|memory| memory.focused().is_none());
    ScrollArea::vertical().id_salt("overview").auto_shrink(false).show(ui, |ui| {
        let all = ui.available_rect_before_wrap();
        let width = (all.width() - 2.0 * GAP).min(WIDEST);
        let left = (all.center().x - width / 2.0).round();
        let columns = if width >= WIDE { 2 } else { 1 };
        let column = (width - GAP * (columns - 1) as f32) / columns as f32;
        let mut bottom = all.top() + GAP;
        for at in 0..columns {
            let min = pos2(left + at as f32 * (column + GAP), if columns == 1 { bottom } else { all.top() + GAP });
            let rect = Rect::from_min_size(min, vec2(column, 0.0));
            let inner = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
                ui.spacing_mut().item_spacing.y = GAP;
                if at == 0 {
                    card_ui(ui, scene, "Mentions", |ui| mentions::mentions_ui(ui, scene, takes_keys, out));
                    card_ui(ui, scene, "Articles", |ui| articles::articles_ui(ui, scene, out));
                }
                if at + 1 == columns {
                    card_ui(ui, scene, "The tagger, where you looked", |ui| tagger::labels_ui(ui, scene, out));
                    card_ui(ui, scene, "Rules and lists", |ui| tagger::sources_ui(ui, scene, out));
                }
            });
            bottom = bottom.max(inner.response.rect.bottom());
        }
        // What the columns took; the scroll area measures it.
        ui.allocate_rect(Rect::from_min_max(all.min, pos2(all.max.x, bottom + GAP)), Sense::hover());
    });
}

fn card_ui(ui: &mut Ui, scene: &Scene<'_>, title: &str, add: impl FnOnce(&mut Ui)) {
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
const ROW: f32 = 27.0;

/// A row that leads somewhere; the caller paints what stands in it.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str) -> (Rect, Response) {
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
fn labels<'s>(scene: &'s Scene<'_>) -> Vec<(&'s Label, &'s Measure)> {
    let figures = scene.state.figures();
    let scheme = scene.state.session().scheme();
    let known = scheme.labels.iter().filter_map(|def| figures.labels.get_key_value(&def.name));
    let strange = figures.labels.iter().filter(|(label, _)| scheme.get(label).is_none());
    known.chain(strange).collect()
}

/// The names of a label.
fn open_label(label: &Label, out: &mut Vec<Command>) {
    use crate::decide::names::NameFilter;
    out.push(Command::Show(View::Names));
    out.push(Command::FilterNames(NameFilter { label: Some(label.clone()), ..NameFilter::default() }));
}
