//! The rule in focus: what it says, what it came to in this session, its mentions.

use eframe::egui::{Label, RichText, Ui, vec2};

use super::super::interval::{self, Mark};
use super::super::lines::lines_ui;
use super::super::scene::{Scene, count, grouped};
use super::super::widgets::{checkbox_ui, heading_ui, soft};
use super::super::{fonts, widgets};
use crate::annotation::Scope;
use crate::workbench::{Command, Decide, Renew, RowKey, RowKind, RuleRow, Rules};

pub fn detail_ui(ui: &mut Ui, scene: &Scene<'_>, row: &RuleRow, takes_keys: bool, out: &mut Vec<Command>) {
    heading_ui(ui, row.kind.words(), &scene.tokens);
    let name = row.name.split_whitespace().collect::<Vec<_>>().join(" ");
    ui.add(Label::new(RichText::new(name).font(fonts::serif_bold(20.0)).color(scene.tokens.ink)).wrap());
    let about = super::table::about(row);
    let about = ui.label(soft(about.split_once(" · ").map_or("", |(_, rest)| rest), &scene.tokens));
    if let Some(file) = &row.file {
        about.on_hover_text(file.display().to_string());
    }
    if let Some(fault) = &row.fault {
        ui.label(RichText::new(fault).color(scene.tokens.accent));
    }
    ui.add_space(4.0);
    let mut is_on = row.is_on;
    ui.horizontal_wrapped(|ui| {
        if row.kind != RowKind::Model {
            let switch = checkbox_ui(ui, &mut is_on, "on");
            if takes_keys {
                switch.request_focus();
            }
            if switch.on_hover_text("Switched off, it suggests nothing more; mentions stay until tagging again").changed() {
                out.push(Command::Decide(Decide::Confirm(Scope::Mention)));
            }
        }
        actions_ui(ui, scene, row, out);
    });
    ui.add_space(8.0);
    figures_ui(ui, scene, row);
    said_ui(ui, scene, row);
    ui.add_space(8.0);
    hits_ui(ui, scene, row, out);
}

fn actions_ui(ui: &mut Ui, scene: &Scene<'_>, row: &RuleRow, out: &mut Vec<Command>) {
    match (&row.key, row.kind) {
        (RowKey::Standing(key), _) => {
            let act = ui.button("Act now").on_hover_text("Settles what it speaks of in the articles that are there, as one edit");
            if act.clicked() {
                out.push(Command::Rules(Rules::Act(key.clone())));
            }
            let n = row.measure.hits();
            let back = ui.add_enabled(n > 0, eframe::egui::Button::new("Take back"));
            if back.on_hover_text("What it settled is suggested again, what it put there goes; one undo brings it back").clicked() {
                out.push(Command::Rules(Rules::TakeBack(key.clone())));
            }
        }
        (RowKey::Part(_), RowKind::OwnRule | RowKind::OwnList) => {
            if ui.button("Edit").on_hover_text("Enter in the list").clicked() {
                out.push(Command::Decide(Decide::Apply));
            }
        }
        (RowKey::Part(_), _) => {}
    }
    if row.kind.is_own() {
        let words = if scene.state.rulebook.removing.as_ref() == Some(&row.key) { "Remove for good" } else { "Remove" };
        if ui.button(words).clicked() {
            out.push(Command::Decide(Decide::Reject(Scope::Mention)));
        }
    }
    if row.kind != RowKind::Standing && ui.button("Tag all again…").on_hover_text(scene.tooltip(&Command::Renew(Renew::RetagAll))).clicked()
    {
        out.push(Command::Renew(Renew::RetagAll));
    }
}

fn figures_ui(ui: &mut Ui, scene: &Scene<'_>, row: &RuleRow) {
    let measure = &row.measure;
    heading_ui(ui, "In this session", &scene.tokens);
    if row.kind == RowKind::Standing {
        let words = format!("It settles what comes later; {} so far.", count(measure.hits(), "mention"));
        ui.label(soft(words, &scene.tokens));
        return;
    }
    let parts = [(measure.suggested, "suggested"), (measure.confirmed, "confirmed"), (measure.rejected, "rejected")];
    let words: Vec<String> = parts.iter().map(|(n, words)| format!("{} {words}", grouped(*n))).collect();
    ui.label(soft(format!("{}: {}.", count(measure.hits(), "mention"), words.join(", ")), &scene.tokens));
    for (name, share, mark) in [("Precision", measure.precision(), Mark::Disc), ("Share of all", measure.recall(), Mark::Diamond)] {
        if share.is_none() {
            continue;
        }
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(92.0, 18.0), eframe::egui::Sense::hover());
            let at = rect.left_center();
            ui.painter().text(at, eframe::egui::Align2::LEFT_CENTER, name, fonts::sans(12.5), scene.tokens.ink);
            let (bar, _) = ui.allocate_exact_size(vec2(130.0, 18.0), eframe::egui::Sense::hover());
            interval::paint(ui.painter(), bar, share, mark, &scene.tokens);
            ui.label(soft(interval::words(share), &scene.tokens)).on_hover_text(hover_words(mark));
        });
    }
    if measure.precision().is_none() {
        ui.label(soft("None of them was looked at yet.", &scene.tokens));
    }
}

fn hover_words(mark: Mark) -> &'static str {
    match mark {
        Mark::Disc => "Of its suggestions that were looked at, how many were right as they stood; in brackets the 95 % interval",
        Mark::Diamond => "Of the true names of its labels that were looked at, how many it had suggested; in brackets the 95 % interval",
    }
}

/// Pattern and examples.
fn said_ui(ui: &mut Ui, scene: &Scene<'_>, row: &RuleRow) {
    if row.pattern.is_empty() && row.examples.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, if row.pattern.is_empty() { "Finds" } else { "Pattern" }, &scene.tokens);
    if !row.pattern.is_empty() {
        let pattern: String = row.pattern.chars().take(400).collect();
        let shown = if pattern.len() < row.pattern.len() { format!("{pattern}…") } else { pattern };
        let galley = widgets::elided_rows(ui, &shown, eframe::egui::FontId::monospace(11.5), scene.tokens.soft, ui.available_width(), 4);
        ui.label(galley);
    }
    for example in row.examples.iter().take(3) {
        ui.add(Label::new(RichText::new(example).font(fonts::serif(13.5)).color(scene.tokens.soft)).truncate());
    }
}

fn hits_ui(ui: &mut Ui, scene: &Scene<'_>, row: &RuleRow, out: &mut Vec<Command>) {
    let hits = &scene.state.rulebook.hits;
    heading_ui(ui, "Mentions", &scene.tokens);
    if hits.is_empty() {
        ui.label(soft("None in this session.", &scene.tokens));
    }
    let height = (ui.available_height() - 40.0).clamp(60.0, 900.0);
    lines_ui(ui, scene, hits, height, out);
    ui.add_space(6.0);
    keys_ui(ui, scene, row.kind.is_own(), row.kind == RowKind::Model, out);
}

/// The keys of the list, each a button.
fn keys_ui(ui: &mut Ui, scene: &Scene<'_>, is_own: bool, is_model: bool, out: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let mut caps = Vec::new();
        if !is_model {
            caps.push((Command::Decide(Decide::Confirm(Scope::Mention)), "on or off"));
        }
        if is_own {
            caps.push((Command::Decide(Decide::Reject(Scope::Mention)), "remove"));
        }
        caps.push((Command::Decide(Decide::AcceptRest), "open the first mention"));
        for (command, words) in caps {
            if widgets::keycap_button_ui(ui, &scene.key(&command), words, &scene.tokens).clicked() {
                out.push(command);
            }
        }
    });
}
