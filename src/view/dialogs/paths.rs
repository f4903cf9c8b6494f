//! Opening and saving by path: a field, the native chooser, recent files as equals, since not every desktop has a chooser.

use std::path::{Path, PathBuf};

use eframe::egui::{Button, RichText, ScrollArea, Ui, vec2};

use super::super::fonts;
use super::super::scene::Scene;
use super::super::widgets::{button_ui, buttons_ui, field_ui, heading_ui, main_button_ui, soft};
use super::typed::{Typed, entered, no_chooser_ui, select_all, title_ui, width_ui};
use crate::workbench::{Command, Dialog, File, Rules, Screen, pasted_paths};

/// What a dialog that asks for a path says.
struct Words {
    title: &'static str,
    field: &'static str,
    hint: &'static str,
    verb: &'static str,
    about: &'static str,
}

fn words(dialog: Dialog) -> Words {
    match dialog {
        Dialog::SavePath => Words {
            title: "Save the session as",
            field: "File",
            hint: "/home/you/articles/harbour-talks.ron",
            verb: "Save",
            about: "One RON file; its history lies beside it. A file that is there already is kept as .bak.",
        },
        Dialog::ImportLabels => Words {
            title: "Take over labels from a scheme file",
            field: "Scheme file",
            hint: "/home/you/scheme.ron",
            verb: "Import",
            about: "Mentions keep their labels. A label that the file lacks and mentions have stays known, but is no longer offered.",
        },
        Dialog::ExportLabels => Words {
            title: "Write the labels to a scheme file",
            field: "Scheme file",
            hint: "/home/you/scheme.ron",
            verb: "Export",
            about: "Names, keys, colours and guidelines, as RON; other sessions can import them.",
        },
        Dialog::ExportNames => Words {
            title: "Write settled names as lists",
            field: "List file",
            hint: "/home/you/.config/manicule/lists/settled.ron",
            verb: "Write",
            about: "Names on which decisions agree, by label, and standing decisions. In this folder every session uses them.",
        },
        _ => Words {
            title: "Open a session, or add articles",
            field: "File or folder",
            hint: "/home/you/articles, page.html, work.ron",
            verb: "Open",
            about: "Text, Markdown, HTML and JSONL become articles; a folder is read with everything below it; a .ron file is a session.",
        },
    }
}

pub fn path_ui(ui: &mut Ui, scene: &Scene<'_>, dialog: Dialog, state: &mut Typed, out: &mut Vec<Command>) {
    width_ui(ui, 540.0);
    let Words { title, field, hint, verb, about } = words(dialog);
    title_ui(ui, title);
    let response = field_ui(ui, field, &mut state.text, hint, &scene.tokens);
    if state.is_new {
        response.request_focus();
        select_all(ui, response.id, &state.text);
    }
    let typed = state.text.trim().to_owned();
    let is_entered = response.lost_focus() && entered(ui);
    if is_entered {
        // Should the path be refused, it is mended here.
        response.request_focus();
    }
    no_chooser_ui(ui, scene, state);
    ui.add_space(2.0);
    buttons_ui(ui, |ui| {
        if main_button_ui(ui, verb, !typed.is_empty(), &scene.tokens).clicked() || (is_entered && !typed.is_empty()) {
            out.extend(match pasted_paths(&typed) {
                Some(paths) if dialog == Dialog::OpenPath && paths.len() > 1 => {
                    vec![Command::Screen(Screen::Close), Command::File(File::Add(paths))]
                }
                _ => commands(dialog, &home(&typed)).collect(),
            });
        }
        if button_ui(ui, "Browse…").on_hover_text("The desktop’s own chooser").clicked() {
            out.push(Command::Screen(Screen::Browse(dialog)));
        }
        if dialog == Dialog::OpenPath && button_ui(ui, "Folder…").on_hover_text("Choose a folder of articles").clicked() {
            out.push(Command::Screen(Screen::BrowseFolder));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
    ui.label(soft(about, &scene.tokens));
    if dialog == Dialog::OpenPath {
        recent_ui(ui, scene, out);
    }
}

/// Sessions of before, the last one first.
fn recent_ui(ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<Command>) {
    let recent = &scene.state.settings().recent;
    if recent.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, "Recent sessions", &scene.tokens);
    ScrollArea::vertical().max_height(150.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for path in recent {
            let folder = RichText::new(path.parent().unwrap_or(Path::new("")).display().to_string());
            let folder = folder.font(fonts::sans(11.5)).color(scene.tokens.soft);
            let button = Button::new(file_name(path)).shortcut_text(folder).truncate().min_size(vec2(ui.available_width(), 26.0));
            if ui.add(button.frame_when_inactive(false)).on_hover_text(path.display().to_string()).clicked() {
                out.push(Command::Screen(Screen::Close));
                out.push(Command::File(File::Open(path.clone())));
            }
        }
    });
}

/// The last part of a path, as people call the file.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// What a path that was typed or chosen leads to, its dialog gone. Saving closes its dialog itself: what asked for the
/// save still waits for it.
pub fn commands(dialog: Dialog, path: &Path) -> impl Iterator<Item = Command> {
    let close = (dialog != Dialog::SavePath).then_some(Command::Screen(Screen::Close));
    close.into_iter().chain([command(dialog, path)])
}

fn command(dialog: Dialog, path: &Path) -> Command {
    let path = path.to_path_buf();
    match dialog {
        Dialog::SavePath if path.extension().is_none() => Command::File(File::SaveTo(path.with_extension("ron"))),
        Dialog::SavePath => Command::File(File::SaveTo(path)),
        Dialog::ImportLabels => Command::File(File::ImportLabels(path)),
        Dialog::ExportLabels => Command::File(File::ExportLabels(path)),
        Dialog::ExportNames => Command::Rules(Rules::ExportNames(path)),
        _ if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) => Command::File(File::Open(path)),
        _ => Command::File(File::Add(vec![path])),
    }
}

/// `~/x` as people type it, and `file://` addresses as they paste them.
pub fn home(typed: &str) -> PathBuf {
    if let Some(path) = pasted_paths(typed).and_then(|mut paths| paths.pop()) {
        return path;
    }
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
        let check = |dialog, typed: &str, expect| assert_eq!(command(dialog, Path::new(typed)), expect);
        check(Dialog::OpenPath, "a/work.ron", Command::File(File::Open("a/work.ron".into())));
        check(Dialog::OpenPath, "a/page.html", Command::File(File::Add(vec!["a/page.html".into()])));
        check(Dialog::SavePath, "a/work", Command::File(File::SaveTo("a/work.ron".into())));
        assert_eq!(home("file:///a/caf%C3%A9%20b.txt"), Path::new("/a/café b.txt"));
        check(Dialog::ImportLabels, "a/labels.ron", Command::File(File::ImportLabels("a/labels.ron".into())));
    }
}
