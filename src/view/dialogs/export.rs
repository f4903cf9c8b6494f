//! Exporting: a format, which mentions, a path.

use std::path::PathBuf;

use eframe::egui::{ComboBox, Ui};

use super::super::scene::Scene;
use super::super::widgets::{button_ui, buttons_ui, checkbox_ui, field_ui, main_button_ui, radio_ui, soft};
use super::paths;
use super::typed::{Typed, entered, no_chooser_ui, select_all, title_ui, width_ui};
use crate::formats::{FORMATS, Format};
use crate::workbench::{Command, Dialog, ExportAs, ExportStates, File, Screen, path_to_offer};

#[derive(Default)]
pub struct Draft {
    format: usize,
    states: ExportStates,
    is_anonymous: bool,
    /// Beside the session, under its name.
    beside: PathBuf,
}

impl Draft {
    pub fn of(scene: &Scene<'_>) -> Self {
        Self { beside: path_to_offer(scene.state), ..Self::default() }
    }

    /// The path that is offered for a format.
    pub fn path(&self, format: &Format) -> String {
        self.beside.with_extension(format.extension).display().to_string()
    }
}

pub fn export_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    width_ui(ui, 540.0);
    title_ui(ui, "Export");
    let formats: Vec<&Format> = FORMATS.iter().copied().filter(|format| format.writer.is_some()).collect();
    draft.format = draft.format.min(formats.len().saturating_sub(1));
    let Some(format) = formats.get(draft.format).copied() else { return };
    let offered: Vec<String> = formats.iter().map(|format| draft.path(format)).collect();
    ui.horizontal(|ui| {
        ui.label(soft("Format", &scene.tokens));
        let combo = ComboBox::from_id_salt("format").selected_text(format.title).width(260.0).show_ui(ui, |ui| {
            for (i, other) in formats.iter().enumerate() {
                let response = ui.selectable_value(&mut draft.format, i, other.title).on_hover_text(other.what);
                // The path that was offered follows the format; one that was typed stays.
                if response.changed() && offered.contains(&state.text) {
                    state.text.clone_from(&offered[i]);
                }
            }
        });
        combo.response.accessible_name("Format");
    });
    ui.label(soft(format!("{}: {}", format.name, format.what), &scene.tokens));
    ui.horizontal_wrapped(|ui| {
        ui.label(soft("Mentions", &scene.tokens));
        for (states, words) in [
            (ExportStates::Confirmed, "confirmed"),
            (ExportStates::Suggested, "suggested"),
            (ExportStates::All, "all, rejected ones apart"),
        ] {
            radio_ui(ui, &mut draft.states, states, words);
        }
    });
    checkbox_ui(ui, &mut draft.is_anonymous, "anonymous: without names of analysts, times and file paths")
        .on_hover_text("Also without what other tools wrote on mentions. Notes stay: read them before you hand it on.");
    let how = ExportAs { format: format.name.to_owned(), states: draft.states, is_anonymous: draft.is_anonymous };
    let response = field_ui(ui, "File", &mut state.text, &format!("/home/you/export.{}", format.extension), &scene.tokens);
    if state.is_new {
        response.request_focus();
        select_all(ui, response.id, &state.text);
    }
    let typed = state.text.trim().to_owned();
    let is_entered = response.lost_focus() && entered(ui);
    no_chooser_ui(ui, scene, state);
    ui.add_space(2.0);
    buttons_ui(ui, |ui| {
        if main_button_ui(ui, "Export", !typed.is_empty(), &scene.tokens).clicked() || (is_entered && !typed.is_empty()) {
            out.push(Command::Screen(Screen::Close));
            let mut path = paths::home(&typed);
            if path.extension().is_none() {
                path.set_extension(format.extension);
            }
            out.push(Command::File(File::Export(how, path)));
        }
        if button_ui(ui, "Browse…").clicked() {
            out.push(Command::Screen(Screen::Browse(Dialog::Export)));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
    ui.label(soft(
        "A file that is there already is replaced. What was written is read back and compared; what the format cannot carry is listed.",
        &scene.tokens,
    ));
}
