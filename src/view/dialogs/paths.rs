//! Opening and saving by path: a field, the native chooser and a hint as equals, since not every desktop has a chooser.

use std::path::PathBuf;

use eframe::egui::Ui;

use super::super::scene::Scene;
use super::super::widgets::{button_ui, field_ui, main_button_ui, soft};
use super::{DialogState, entered, title_ui};
use crate::workbench::{Command, Dialog};

pub fn path_ui(ui: &mut Ui, scene: &Scene<'_>, dialog: Dialog, state: &mut DialogState, out: &mut Vec<Command>) {
    ui.set_width(540.0);
    let (title, name, hint, verb) = match dialog {
        Dialog::SavePath => ("Save the session as", "File", "/home/you/work/harbour-talks.ron", "Save"),
        _ => ("Open a session, or add articles", "File or folder", "/home/you/articles, page.html, work.ron", "Open"),
    };
    title_ui(ui, title);
    let response = field_ui(ui, name, &mut state.text, hint, &scene.tokens);
    if state.is_new {
        response.request_focus();
    }
    let typed = state.text.trim().to_owned();
    let is_entered = response.lost_focus() && entered(ui);
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        if main_button_ui(ui, verb, !typed.is_empty(), &scene.tokens).clicked() || (is_entered && !typed.is_empty()) {
            out.push(Command::Close);
            out.push(command(dialog, &typed));
        }
        if button_ui(ui, "Browse…").on_hover_text("The desktop’s own chooser").clicked() {
            out.push(Command::Browse(dialog));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Close);
        }
    });
    let words = match dialog {
        Dialog::SavePath => "A session is one RON file; its history lies beside it.",
        _ => "Text, Markdown, HTML and JSONL become articles; a folder is read with everything below it; a .ron file is a session.",
    };
    ui.label(soft(words, &scene.tokens));
}

/// What a path that was typed or chosen leads to.
pub fn command(dialog: Dialog, typed: &str) -> Command {
    let path = home(typed);
    match dialog {
        Dialog::SavePath if path.extension().is_none() => Command::SaveTo(path.with_extension("ron")),
        Dialog::SavePath => Command::SaveTo(path),
        _ if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) => Command::OpenSession(path),
        _ => Command::AddPaths(vec![path]),
    }
}

/// `~/x` as people type it.
pub fn home(typed: &str) -> PathBuf {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    match (typed.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_what_it_names() {
        let ron = PathBuf::from("a/work.ron");
        assert_eq!(command(Dialog::OpenPath, "a/work.ron"), Command::OpenSession(ron.clone()));
        assert_eq!(command(Dialog::OpenPath, "a/page.html"), Command::AddPaths(vec!["a/page.html".into()]));
        assert_eq!(command(Dialog::SavePath, "a/work"), Command::SaveTo(ron));
    }
}
