//! The question whether a file that holds something is replaced.

use eframe::egui::Ui;

use super::super::scene::Scene;
use super::super::widgets::{button_ui, buttons_ui, soft};
use super::pathfield::file_name;
use super::typed::{Typed, title_ui, width_ui};
use crate::workbench::{Command, Dialog, File, Replacing, Screen};

pub fn replace_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 480.0);
    let Some(asked) = &scene.state.dialogs.asked else { return };
    title_ui(ui, &format!("Replace {}?", asked.there.first().map(|path| file_name(path)).unwrap_or_default()));
    ui.label(match asked.there.len() {
        1 => format!("This file is there already; {} would take its place.", asked.replacing.what()),
        n => format!("These {n} files are there already; {} would take their place.", asked.replacing.what()),
    });
    asked.there.iter().for_each(|path| _ = ui.label(soft(path.display().to_string(), &scene.tokens)));
    ui.add_space(6.0);
    buttons_ui(ui, |ui| {
        // What Enter presses loses nothing.
        if state.answer_ui(ui, scene, "Keep what is there") {
            // An export can be chosen otherwise.
            out.push(Command::Screen(match asked.replacing {
                Replacing::Export(..) => Screen::Open(Dialog::Export),
                _ => Screen::Close,
            }));
        }
        if button_ui(ui, "Replace").clicked() {
            out.push(Command::File(File::Replace));
        }
    });
}
