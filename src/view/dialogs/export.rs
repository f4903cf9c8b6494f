//! Exporting: a format, which mentions, a path.

use std::path::PathBuf;

use eframe::egui::Ui;

use super::super::narrowing;
use super::super::scene::Scene;
use super::super::widgets::{button_ui, buttons_ui, checkbox_ui, drop_down_ui, field_ui, radio_ui, soft};
use super::pathfield::{Rows, Taken, home, path_field_ui, put, rows_ui};
use super::preview::preview_ui;
use super::typed::{Typed, no_chooser_ui, title_ui, width_ui};
use crate::decide::articles::Filter;
use crate::formats::{FORMATS, Format};
use crate::workbench::{Command, Dialog, ExportAs, ExportLabels, ExportStates, File, Screen, View, path_to_offer, told_of_findings};

#[derive(Default)]
pub struct Draft {
    format: usize,
    states: ExportStates,
    /// Which of [`LABELS`], and what is typed where they are listed.
    labels: usize,
    list: String,
    is_anonymous: bool,
    /// Beside the session, under its name.
    beside: PathBuf,
}

impl Draft {
    /// What is offered: what was chosen before and not written, or the usual; and its path.
    pub fn of(scene: &Scene<'_>) -> (Self, String) {
        let mut draft = Self { beside: path_to_offer(scene.state), ..Self::default() };
        let Some((how, path)) = &scene.state.dialogs.kept else {
            let path = formats().first().map(|format| draft.path(format)).unwrap_or_default();
            return (draft, path);
        };
        draft.format = formats().iter().position(|format| format.name == how.format).unwrap_or_default();
        (draft.states, draft.is_anonymous) = (how.states, how.is_anonymous);
        (draft.labels, draft.list) = match &how.labels {
            ExportLabels::AsHere => (0, String::new()),
            ExportLabels::Conll => (1, String::new()),
            ExportLabels::Listed(list) => (2, list.clone()),
        };
        (draft, path.display().to_string())
    }

    /// What is chosen.
    fn asked(&self, format: &Format, articles: Filter) -> ExportAs {
        let labels = match self.labels {
            0 => ExportLabels::AsHere,
            1 => ExportLabels::Conll,
            _ => ExportLabels::Listed(self.list.clone()),
        };
        ExportAs { format: format.name.to_owned(), states: self.states, labels, is_anonymous: self.is_anonymous, articles }
    }

    /// The path that is offered for a format.
    pub fn path(&self, format: &Format) -> String {
        self.beside.with_extension(format.extension).display().to_string()
    }
}

/// What labels may be called, as [`ExportLabels`] has it.
const LABELS: [&str; 3] = ["as they are", "CoNLL’s types, by the scheme", "by a list"];

fn formats() -> Vec<&'static Format> {
    FORMATS.iter().copied().filter(|format| format.writer.is_some()).collect()
}

pub fn export_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, draft: &mut Draft, out: &mut Vec<Command>) {
    width_ui(ui, 540.0);
    title_ui(ui, "Export");
    let formats = formats();
    draft.format = draft.format.min(formats.len().saturating_sub(1));
    let Some(format) = formats.get(draft.format).copied() else { return };
    let offered: Vec<String> = formats.iter().map(|format| draft.path(format)).collect();
    ui.horizontal(|ui| {
        ui.label(soft("Format", &scene.tokens));
        let titles: Vec<(&str, &str)> = formats.iter().map(|format| (format.title, format.name)).collect();
        // The path that was offered follows the format; one that was typed stays.
        if drop_down_ui(ui, "Format", &mut draft.format, &titles, 300.0, &scene.tokens) && offered.contains(&state.text) {
            state.text.clone_from(&offered[draft.format]);
        }
    });
    ui.label(soft(format.what, &scene.tokens));
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
    labels_ui(ui, scene, draft);
    checkbox_ui(ui, &mut draft.is_anonymous, "anonymous: without names of analysts, times and file paths")
        .on_hover_text("Also without what other tools wrote on mentions. Notes stay: read them before you hand it on.");
    narrowing::over_ui(ui, scene, "Only these articles are written.", out);
    let how = draft.asked(format, scene.state.wanted.filter().clone());
    preview_ui(ui, scene, &how, out);
    findings_ui(ui, scene, out);
    let rows = Rows::of(scene, &state.text, &[]);
    path_field_ui(ui, scene, ["File", &format!("for instance ~/export.{}", format.extension)], &rows, state, out);
    let typed = state.text.trim().to_owned();
    no_chooser_ui(ui, scene, state);
    ui.add_space(2.0);
    buttons_ui(ui, |ui| {
        let chosen = rows.taken(state.row);
        let is_pressed = state.main_ui(ui, scene, "Export", !typed.is_empty());
        if let (true, Some(Taken::Name(name))) = (is_pressed, chosen) {
            // A file to be written over is shown first.
            put(state, &name);
        } else if is_pressed {
            out.push(Command::Screen(Screen::Close));
            let mut path = home(&typed);
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
    if let Some(Taken::Name(name)) = rows_ui(ui, scene, &rows, state) {
        put(state, &name);
    }
    ui.label(soft(
        "A file that is there already is replaced only after a question. What was written is read back and compared; what the format cannot carry is listed.",
        &scene.tokens,
    ));
}

/// What labels are called in the file; a list is typed, as a file of `--map` has it on its lines.
fn labels_ui(ui: &mut Ui, scene: &Scene<'_>, draft: &mut Draft) {
    ui.horizontal(|ui| {
        ui.label(soft("Labels", &scene.tokens));
        drop_down_ui(ui, "Labels", &mut draft.labels, &LABELS.map(|words| (words, "")), 300.0, &scene.tokens);
    });
    if draft.labels == 2 {
        field_ui(ui, "Each with its name in the file, or - to leave it out", &mut draft.list, "PERSON PER, GPE LOC, DATE -", &scene.tokens);
    }
}

/// What is settled in different ways, and the way there; nothing where nothing is.
fn findings_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let findings = &scene.state.findings;
    let told = told_of_findings(findings.count()).filter(|_| findings.is_of(scene.state.version()));
    let Some(told) = told else { return };
    ui.horizontal_wrapped(|ui| {
        ui.label(soft(format!("{told}."), &scene.tokens));
        if button_ui(ui, "Look").on_hover_text(scene.tooltip(&Command::Screen(Screen::Show(View::Check)))).clicked() {
            out.push(Command::Screen(Screen::Show(View::Check)));
        }
    });
}
