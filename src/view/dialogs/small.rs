//! Small dialogs: a note, a pasted article, unsaved work, what this program is.

use eframe::egui::{self, Key, RichText, TextEdit, Ui, vec2};

use super::super::letters::{self, Lines};
use super::super::scene::{Scene, count};
use super::super::widgets::{button_ui, buttons_ui, is_struck, label_chip_ui, soft};
use super::super::{fonts, icon};
use super::typed::{LINE_BREAK, Typed, title_ui, width_ui};
use crate::workbench::{Command, Decide, File, Screen, Seek};

pub fn note_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    width_ui(ui, 470.0);
    let quote = scene.state.focused().zip(scene.state.open_article()).map(|(mention, article)| article.quote(mention.span));
    title_ui(ui, &format!("Note on “{}”", quote.unwrap_or_default()));
    let mut letters = letters::field(None, Lines::Many);
    let edit = TextEdit::multiline(&mut state.text).layouter(&mut letters).desired_rows(4).desired_width(f32::INFINITY);
    let hint = RichText::new("Enter keeps it, Shift Enter begins a line").color(scene.tokens.soft);
    let edit = edit.margin(vec2(9.0, 7.0)).return_key(LINE_BREAK).hint_text(hint);
    let response = ui.add(edit).accessible_name("Note");
    if state.is_new {
        response.request_focus();
    }
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Keep", true) {
            out.push(Command::Decide(Decide::SetNote(state.text.clone())));
            out.push(Command::Screen(Screen::Close));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
    ui.label(soft("Shift Enter begins a line; an empty note is removed", &scene.tokens));
}

/// Which label every match of the find bar gets: its letter, or a click.
pub fn tag_matches_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 520.0);
    let find = &scene.state.find;
    title_ui(ui, &format!("Tag {} of “{}” as", count(find.matches.len(), "match"), find.query.text));
    let defs: Vec<_> = scene.state.session().scheme().in_use().collect();
    let width = (ui.available_width() - 2.0 * 8.0) / 3.0;
    for row in defs.chunks(3) {
        ui.horizontal(|ui| {
            for def in row {
                let tag = scene.tags.get(&def.name);
                let chip = label_chip_ui(ui, def.name.as_str(), def.key, tag, false, width, &scene.tokens).on_hover_text(&def.guideline);
                let key = def.key.and_then(|letter| Key::from_name(&letter.to_string()));
                let is_pressed = key.is_some_and(|key| is_struck(ui, key));
                if chip.clicked() || is_pressed {
                    out.extend([Command::Screen(Screen::Close), Command::Seek(Seek::Tag(def.name.clone()))]);
                }
            }
        });
    }
    ui.label(soft("A label’s letter tags them all. What is settled and what lies in boilerplate stays as it is.", &scene.tokens));
    // Without a letter nothing is tagged, so Enter leaves too.
    if state.answer_ui(ui, scene, "Cancel") {
        out.push(Command::Screen(Screen::Close));
    }
}

pub fn paste_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut Typed, out: &mut Vec<Command>) {
    width_ui(ui, 560.0);
    title_ui(ui, "Paste the text of an article");
    egui::ScrollArea::vertical().max_height(330.0).show(ui, |ui| {
        let mut letters = letters::field(Some(fonts::serif(15.0)), Lines::Many);
        let edit = TextEdit::multiline(&mut state.text).layouter(&mut letters).desired_rows(12).desired_width(f32::INFINITY);
        let edit = edit.margin(vec2(9.0, 7.0)).return_key(LINE_BREAK);
        let response = ui.add(edit.font(fonts::serif(15.0))).accessible_name("Text of the article");
        if state.is_new {
            response.request_focus();
        }
    });
    let has_text = !state.text.trim().is_empty();
    buttons_ui(ui, |ui| {
        if state.main_ui(ui, scene, "Add article", has_text) {
            out.push(Command::Screen(Screen::Close));
            out.push(Command::File(File::Paste(state.text.clone())));
        }
        if button_ui(ui, "Cancel").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
        ui.label(soft("The first line becomes the headline. Shift Enter begins a line", &scene.tokens));
    });
}

pub fn about_ui(ui: &mut Ui, scene: &Scene<'_>, state: &Typed, out: &mut Vec<Command>) {
    width_ui(ui, 460.0);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(54.0, 36.0), egui::Sense::hover());
        icon::paint(ui.painter(), rect, scene.tokens.accent);
        ui.label(RichText::new(format!("Manicule {}", env!("CARGO_PKG_VERSION"))).font(fonts::serif_bold(22.0)));
    });
    ui.label("A workbench for correcting the named entities in news articles. MIT or Apache-2.0.");
    ui.label(soft(
        "Set in Charis SIL, © 1997-2022 SIL International, and Inter, © 2016-2022 The Inter Project Authors, both under the SIL Open Font License 1.1. The lists and the model have licences of their own: manicule licences prints them all.",
        &scene.tokens,
    ));
    ui.add_space(4.0);
    if state.answer_ui(ui, scene, "Close") {
        out.push(Command::Screen(Screen::Close));
    }
}
