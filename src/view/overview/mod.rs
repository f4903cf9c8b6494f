//! The Overview: what is in the session, how far the work has come, and how good the tagger was where the analyst
//! looked. Every row leads to what it counts: a label to its names, an article to its page, a rule to the Rules view.
//!
//! Tab and the arrow keys go from row to row, Enter follows one.

mod articles;
mod mentions;
mod parts;
mod tagger;

use eframe::egui::{CentralPanel, Frame, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::scene::Scene;
use super::{concordance, narrowing};
use crate::workbench::Command;
use parts::card_ui;

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
    if !scene.state.wanted.filter().is_empty() {
        let margin = eframe::egui::Margin { left: GAP as i8, right: GAP as i8, top: 10, bottom: 0 };
        Frame::NONE.inner_margin(margin).show(ui, |ui| narrowing::over_ui(ui, scene, "Only these articles are counted.", out));
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
