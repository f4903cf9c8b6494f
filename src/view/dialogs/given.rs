//! What becomes of annotations of articles that the session knows: how they compare with what is here, and what they are taken as.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::super::fonts;
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, checkbox_ui, radio_ui, soft};
use super::typed::{Typed, title_ui, width_ui};
use crate::decide::intake::{Comparison, Kind, Taking};
use crate::workbench::{Command, File, Screen};

pub fn given_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 620.0);
    let Some(offering) = &scene.state.dialogs.offering else { return };
    let Some(told) = &offering.told else { return };
    title_ui(ui, &format!("Annotations of {} that the session has", count(told.known_articles, "article")));
    ui.label(soft(format!("From {}. New articles of it are in the session already.", offering.given.from), &scene.tokens));
    let (mut taking, mut adds_labels) = (offering.taking, offering.adds_labels);
    ui.horizontal_wrapped(|ui| {
        ui.label(soft("Take them as", &scene.tokens));
        radio_ui(ui, &mut taking, Taking::Decisions, "decisions, as they were made");
        radio_ui(ui, &mut taking, Taking::Suggestions, "suggestions");
    });
    let strange = told.count(Kind::Unlabelled) > 0 || !told.new_labels.is_empty();
    if strange {
        let names = told.new_labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { String::new() } else { format!(": {names}") };
        checkbox_ui(ui, &mut adds_labels, format!("with labels that the scheme has not{names}"))
            .on_hover_text("Without them, mentions that have them are left out. In Labels… a label can be given another’s place.");
    }
    if (taking, adds_labels) != (offering.taking, offering.adds_labels) {
        out.push(Command::File(File::CompareGiven(taking, adds_labels)));
    }
    kinds_ui(ui, told);
    let stays = match offering.taking {
        Taking::Decisions => {
            "What is settled here stays; a decision that says otherwise stands beside it, to be settled. One undo takes it back."
        }
        Taking::Suggestions => "What is settled here stays, and nothing comes in its place. One undo takes it back.",
    };
    ui.label(soft(stays, &scene.tokens));
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        if state.answer_ui(ui, scene, "Take over") {
            out.push(Command::File(File::TakeGiven));
        }
        if button_ui(ui, "Leave them").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
}

/// How many of each kind, with the first places.
fn kinds_ui(ui: &mut Ui, told: &Comparison) {
    let height = (ui.ctx().content_rect().height() - 360.0).clamp(100.0, 340.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (kind, met) in &told.kinds {
            ui.label(RichText::new(format!("{} {}", met.count, kind.words())).font(fonts::sans_medium(13.0)));
            if *kind != Kind::Agrees {
                met.first.iter().for_each(|place| _ = ui.label(place));
            }
            ui.add_space(3.0);
        }
    });
}
