//! The Check view: what is settled in different ways, a row each; on the right the one in focus, with every place and what
//! would become of it.
//!
//! `Space` mends, `X` says that it is right so, `Enter` goes to the page, `F6` to the right side and back.

mod detail;
mod list;

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::concordance::empty_ui;
use super::panes::{pane_ui, side_pane_ui};
use super::scene::{Scene, grouped};
use super::sides::{Sides, panel_id};
use super::widgets::{chip_ui, soft};
use crate::workbench::{Check, Command, Pane};

/// What the view keeps between frames.
#[derive(Default)]
pub struct CheckState {
    list: list::ListState,
}

pub fn check_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut CheckState, out: &mut Vec<Command>) {
    let width = ui.available_width();
    let side = Frame::new().fill(scene.tokens.panel).inner_margin(Margin { left: 18, right: 16, top: 16, bottom: 10 });
    let detail =
        Panel::right(panel_id(ui, "finding")).default_size((width * 0.4).clamp(300.0, 560.0)).size_range(280.0..=width * 0.6).frame(side);
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
            bar_ui(ui, scene, out);
            ui.add_space(6.0);
            if scene.state.findings.is_empty() {
                return empty_ui(ui, scene, nothing_words(scene));
            }
            pane_ui(ui, scene, Pane::Page, ui.max_rect(), "Findings", out);
            list::list_ui(ui, scene, &mut state.list, out);
        });
}

fn nothing_words(scene: &Scene<'_>) -> &'static str {
    let findings = &scene.state.findings;
    if findings.is_underway() || !findings.is_of(scene.state.version()) {
        "Looking for what is settled in different ways…"
    } else if scene.state.session().articles().iter().all(|article| article.mentions.iter().all(|mention| !mention.is_settled())) {
        "Nothing is settled yet. What is settled in different ways will stand here."
    } else {
        "Nothing is settled in different ways."
    }
}

/// Kinds, and what was found right before.
fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let findings = &scene.state.findings;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        let all = format!("All {}", grouped(findings.count()));
        let chips = findings.kinds().iter().map(|(kind, n)| (format!("{} {}", kind.name, grouped(*n)), Some(kind.id)));
        for (words, kind) in std::iter::once((all, None)).chain(chips) {
            let is_current = findings.kind == kind;
            if chip_ui(ui, &words, is_current, &scene.tokens).clicked() && !is_current {
                out.push(Command::Check(Check::Kind(kind)));
            }
        }
        if findings.dismissed() > 0 {
            ui.label(soft(format!("{} found right", grouped(findings.dismissed())), &scene.tokens))
                .on_hover_text("They come back when they have another place; undoing brings them back too");
        }
        Sides::switch_ui(ui, scene, "the finding", out);
    });
}

fn side_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    side_pane_ui(ui, scene, "Finding");
    Sides::switch_ui(ui, scene, "back to the list", out);
    match scene.state.findings.focused() {
        Some(finding) => detail::detail_ui(ui, scene, finding, out),
        None => empty_ui(ui, scene, "What is found stands here with its places."),
    }
}
