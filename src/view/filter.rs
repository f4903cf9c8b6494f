//! The field that filters a list: its key goes there from anywhere in the view, Enter and Esc go back to the list.

use eframe::egui::{Align2, Key, Rect, Response, RichText, Stroke, StrokeKind, TextEdit, Ui, vec2};

use super::fonts;
use super::letters::{self, Lines};
use super::scene::Scene;
use crate::workbench::{Command, Pane, Screen};

#[derive(Default)]
pub struct FilterField {
    pub text: String,
    had_focus: bool,
}

impl FilterField {
    /// Draws the field; `name` says what is filtered. Enter and Esc go back to the page.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, name: &str, width: f32, out: &mut Vec<Command>) -> Response {
        self.field_ui(ui, scene, (name, Pane::Page), width, out)
    }

    /// The same where Enter goes to the pane `then`, with the list.
    pub fn field_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, (name, then): (&str, Pane), width: f32, out: &mut Vec<Command>) -> Response {
        let tokens = &scene.tokens;
        let mut letters = letters::field(None, Lines::One);
        let edit = TextEdit::singleline(&mut self.text).layouter(&mut letters).hint_text(RichText::new(name).color(tokens.soft));
        let go = Command::Screen(Screen::Pane(Pane::Filter));
        let response = ui.add(edit.desired_width(width).margin(vec2(9.0, 6.0))).accessible_name(name).on_hover_text(scene.tooltip(&go));
        let is_asked = scene.state.stage.pane == Pane::Filter;
        if self.text.is_empty() && !response.has_focus() && response.rect.width() > 140.0 {
            let cap = Rect::from_center_size(response.rect.right_center() - vec2(16.0, 0.0), vec2(16.0, 18.0));
            ui.painter().rect_stroke(cap, 3.0, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
            ui.painter().text(cap.center(), Align2::CENTER_CENTER, scene.key(&go), fonts::sans(11.0), tokens.soft);
        }
        if is_asked && !self.had_focus && !response.has_focus() {
            response.request_focus();
        }
        if response.gained_focus() && !is_asked {
            out.push(go);
        }
        // With the window's focus the field's goes too, and comes again.
        if response.lost_focus() && is_asked && ui.input(|input| input.focused) {
            let is_entered = ui.input(|input| input.key_pressed(Key::Enter));
            out.push(Command::Screen(Screen::Pane(if is_entered { then } else { Pane::Page })));
        }
        self.had_focus = is_asked && response.has_focus();
        response
    }
}
