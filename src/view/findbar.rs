//! The find bar under the page: text or a regular expression, matches counted, stepped through and tagged.

use eframe::egui::{self, RichText, Ui, vec2};

use super::caps::command_cap_ui;
use super::letters::{self, Lines};
use super::scene::Scene;
use super::widgets::soft;
use crate::text::pattern::Query;
use crate::workbench::{Command, Dialog, Screen, Seek, Step};

#[derive(Default)]
pub struct FindState {
    draft: Query,
    is_open: bool,
}

pub fn find_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut FindState, out: &mut Vec<Command>) {
    let find = &scene.state.find;
    let just_opened = !std::mem::replace(&mut state.is_open, true);
    if just_opened {
        state.draft = find.query.clone();
    }
    let before = state.draft.clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 480.0).clamp(110.0, 260.0);
        let hint = RichText::new("Find in this article").color(scene.tokens.soft);
        let mut letters = letters::field(None, Lines::One);
        let edit = egui::TextEdit::singleline(&mut state.draft.text)
            .layouter(&mut letters)
            .hint_text(hint)
            .desired_width(width)
            .margin(vec2(8.0, 5.0));
        let response = ui.add(edit).accessible_name("Find in this article");
        if just_opened {
            response.request_focus();
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            let back = ui.input(|input| input.modifiers.shift);
            out.push(Command::Seek(Seek::Step(if back { Step::Back } else { Step::On })));
            response.request_focus();
        }
        ui.toggle_value(&mut state.draft.regex, ".*").on_hover_text("Regular expression");
        ui.toggle_value(&mut state.draft.whole_words, "ab").on_hover_text("Whole words only");
        ui.toggle_value(&mut state.draft.match_case, "Aa").on_hover_text("Upper and lower case matter");
        match (&find.fault, find.matches.len()) {
            (Some(fault), _) => ui.label(RichText::new(fault).color(scene.tokens.accent)),
            (None, _) if !find.is_on() => ui.label(soft("text or a regular expression", &scene.tokens)),
            (None, n) => match find.at {
                Some(at) => ui.label(soft(format!("{} of {n}", at + 1), &scene.tokens)),
                None => ui.label(soft(super::scene::count(n, "match"), &scene.tokens)),
            },
        };
        command_cap_ui(ui, scene, Command::Seek(Seek::Step(Step::Back)), "previous", out);
        command_cap_ui(ui, scene, Command::Seek(Seek::Step(Step::On)), "next", out);
        if !find.matches.is_empty() {
            command_cap_ui(ui, scene, Command::Screen(Screen::Open(Dialog::TagMatches)), "tag all…", out);
        }
        if ui.button("Close").on_hover_text("Close the find bar (Esc)").clicked() {
            out.push(Command::Screen(Screen::Close));
        }
    });
    if state.draft != before || (just_opened && state.draft != find.query) {
        out.push(Command::Seek(Seek::For(state.draft.clone())));
    }
}

impl FindState {
    pub fn closed(&mut self) {
        self.is_open = false;
    }
}
