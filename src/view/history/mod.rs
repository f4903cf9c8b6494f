//! The History view: every decision, newest first; on the right the one in focus and its line as it stood then.
//!
//! Arrows and paging move, `Enter` goes to the mention, `/` goes to the filter. Nothing here is ever erased: going back is
//! a decision too.

mod detail;
mod list;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::filter::FilterField;
use super::panes::{pane_ui, side_pane_ui};
use super::scene::{Scene, grouped, who};
use super::sides::{Sides, panel_id};
use super::{concordance, widgets};
use crate::workbench::{Command, Pane, PastFilter, Recall};

/// What the view keeps between frames.
#[derive(Default)]
pub struct HistoryState {
    list: list::ListState,
    filter: FilterField,
}

pub fn history_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut HistoryState, out: &mut Vec<Command>) {
    let width = ui.available_width();
    let side = Frame::new().fill(scene.tokens.panel).inner_margin(Margin { left: 18, right: 16, top: 16, bottom: 10 });
    let detail =
        Panel::right(panel_id(ui, "decision")).default_size((width * 0.32).clamp(280.0, 420.0)).size_range(260.0..=width * 0.5).frame(side);
    match Sides::of(ui, scene) {
        Sides::Both => drop(detail.show(ui, |ui| side_ui(ui, scene, out))),
        Sides::Side => {
            CentralPanel::default().frame(side).show(ui, |ui| side_ui(ui, scene, out));
            return;
        }
        Sides::List => {}
    }
    CentralPanel::default()
        .frame(Frame::new().fill(scene.tokens.page).inner_margin(Margin { left: 18, right: 18, top: 12, bottom: 4 }))
        .show(ui, |ui| {
            let past = &scene.state.past;
            if scene.state.history().entries().is_empty() {
                return concordance::empty_ui(ui, scene, "Nothing was decided yet. Every decision will stand here, also what is undone.");
            }
            bar_ui(ui, scene, state, out);
            ui.add_space(6.0);
            if past.rows.is_empty() {
                return concordance::empty_ui(ui, scene, "No decision passes the filter.");
            }
            pane_ui(ui, scene, Pane::Page, ui.max_rect(), "History", out);
            list::list_ui(ui, scene, &mut state.list, out);
        });
}

fn side_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    side_pane_ui(ui, scene, "Decision");
    detail::detail_ui(ui, scene, out);
}

/// Filter, verbs, analysts, what was taken back.
fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut HistoryState, out: &mut Vec<Command>) {
    let past = &scene.state.past;
    let filter = &past.filter;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        let width = if ui.available_width() < 800.0 { 130.0 } else { 200.0 };
        state.filter.ui(ui, scene, "Filter decisions", width, out);
        if state.filter.text != filter.text {
            out.push(Command::Recall(Recall::Filter(PastFilter { text: state.filter.text.clone(), ..filter.clone() })));
        }
        let is_all = !filter.only_taken_back;
        let [all, taken_back] = past.totals.map(grouped);
        for (name, is_current, only_taken_back) in
            [(format!("All {all}"), is_all, false), (format!("Only taken back {taken_back}"), !is_all, true)]
        {
            if widgets::chip_ui(ui, &name, is_current, &scene.tokens).clicked() && !is_current {
                out.push(Command::Recall(Recall::Filter(PastFilter { only_taken_back, ..filter.clone() })));
            }
        }
        let verb = filter.verb.map_or("any decision", |verb| verb.words());
        menu_ui(
            ui,
            scene,
            verb,
            "Only decisions of one kind",
            |ui, choose| {
                choose(ui, "any decision", PastFilter { verb: None, ..filter.clone() });
                for verb in &past.verbs {
                    choose(ui, verb.words(), PastFilter { verb: Some(*verb), ..filter.clone() });
                }
            },
            out,
        );
        Sides::switch_ui(ui, scene, "the decision", out);
        if past.analysts.len() > 1 {
            let by = filter.by.as_ref().map_or("anybody", |by| who(by));
            menu_ui(
                ui,
                scene,
                by,
                "Only decisions of one analyst",
                |ui, choose| {
                    choose(ui, "anybody", PastFilter { by: None, ..filter.clone() });
                    for by in &past.analysts {
                        choose(ui, who(by), PastFilter { by: Some(by.clone()), ..filter.clone() });
                    }
                },
                out,
            );
        }
    });
}

/// A menu of filters, shown by the one that holds.
fn menu_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    shown: &str,
    help: &str,
    entries: impl FnOnce(&mut Ui, &mut dyn FnMut(&mut Ui, &str, PastFilter)),
    out: &mut Vec<Command>,
) {
    let menu = ui.menu_button(widgets::soft(format!("{shown} ↓"), &scene.tokens), |ui| {
        entries(ui, &mut |ui, words, filter| {
            if ui.button(words).clicked() {
                out.push(Command::Recall(Recall::Filter(filter)));
                ui.close();
            }
        });
    });
    menu.response.on_hover_text(help);
}
