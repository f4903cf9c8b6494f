//! Opening and saving by path: a field, the native chooser, recent files as equals, since not every desktop has a chooser.

use std::path::{Path, PathBuf};

use eframe::egui::{ScrollArea, Ui};

use super::super::scene::Scene;
use super::super::widgets::{button_ui, buttons_ui, soft};
use super::pathfield::{Rows, Taken, home, path_field_ui, put, rows_ui};
use super::typed::{Typed, no_chooser_ui, title_ui, width_ui};
use crate::workbench::{Command, Dialog, File, Learn, Rules, Screen, pasted_paths};

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
            hint: "for instance ~/articles/harbour-talks.ron",
            verb: "Save",
            about: "One RON file; its history lies beside it. A file that is there already is kept as .bak.",
        },
        Dialog::ImportLabels => Words {
            title: "Take over labels from a scheme file",
            field: "Scheme file",
            hint: "for instance ~/scheme.ron",
            verb: "Import",
            about: "Mentions keep their labels. A label that the file lacks and mentions have stays known, but is no longer offered.",
        },
        Dialog::ExportLabels => Words {
            title: "Write the labels to a scheme file",
            field: "Scheme file",
            hint: "for instance ~/scheme.ron",
            verb: "Export",
            about: "Names, keys, colours and guidelines, as RON; other sessions can import them.",
        },
        Dialog::ExportNames => Words {
            title: "Write settled names as lists",
            field: "List file",
            hint: "for instance ~/.config/manicule/lists/settled.ron",
            verb: "Write",
            about: "Names on which decisions agree, by label, and standing decisions. In this folder every session uses them.",
        },
        Dialog::SaveLearned => Words {
            title: "Save what was learnt",
            field: "File",
            hint: "for instance ~/harbour.learned.ron",
            verb: "Save",
            about: "Names with their labels, words at their edges, the model’s moved weights: it holds names from your articles. Under which terms others may have it, you say in the file.",
        },
        Dialog::BringLearned => Words {
            title: "Bring in what another session taught",
            field: "File",
            hint: "for instance ~/harbour.learned.ron",
            verb: "Bring in",
            about: "Suggestions begin with it, in this session and others, until you let go of it. What a person settled stays.",
        },
        _ => Words {
            title: "Open a session, or add articles",
            field: "File or folder",
            hint: "for instance ~/articles, page.html or work.ron",
            verb: "Open",
            about: "Text, web pages, PDF, Word, mail and JSONL become articles; a folder is read with everything below it; a .ron file is a session.",
        },
    }
}

pub fn path_ui(ui: &mut Ui, scene: &Scene<'_>, dialog: Dialog, state: &mut Typed, out: &mut Vec<Command>) {
    width_ui(ui, 540.0);
    let Words { title, field, hint, verb, about } = words(dialog);
    title_ui(ui, title);
    let recent: &[PathBuf] = if dialog == Dialog::OpenPath { &scene.state.settings().recent } else { &[] };
    let rows = Rows::of(scene, &state.text, recent);
    path_field_ui(ui, scene, [field, hint], &rows, state, out);
    let typed = state.text.trim().to_owned();
    no_chooser_ui(ui, scene, state);
    ui.add_space(2.0);
    let mut taken = None;
    buttons_ui(ui, |ui| {
        let chosen = rows.taken(state.row);
        if state.main_ui(ui, scene, verb, !typed.is_empty() || chosen.is_some()) {
            taken = Some(chosen.unwrap_or_else(|| Taken::Name(typed.clone())));
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
    let is_typed = taken.as_ref() == Some(&Taken::Name(typed));
    let clicked = ScrollArea::vertical().max_height(230.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        rows_ui(ui, scene, &rows, state)
    });
    match taken.or(clicked.inner) {
        // A folder is gone into, and a file to be written over is shown first; what was typed is meant.
        Some(Taken::Name(name)) if !is_typed && (name.ends_with('/') || dialog != Dialog::OpenPath) => put(state, &name),
        Some(Taken::Name(name)) => out.extend(match pasted_paths(&name) {
            Some(paths) if dialog == Dialog::OpenPath && paths.len() > 1 => {
                vec![Command::Screen(Screen::Close), Command::File(File::Add(paths))]
            }
            _ => commands(dialog, &home(&name)).collect(),
        }),
        Some(Taken::Recent(path)) => out.extend([Command::Screen(Screen::Close), Command::File(File::Open(path))]),
        None => {}
    }
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
        Dialog::SaveLearned => Command::Learn(Learn::Save(path)),
        Dialog::BringLearned => Command::Learn(Learn::Bring(path)),
        _ if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) => Command::File(File::Open(path)),
        _ => Command::File(File::Add(vec![path])),
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
        check(Dialog::ImportLabels, "a/labels.ron", Command::File(File::ImportLabels("a/labels.ron".into())));
    }
}
