//! What dialogs share: the field that is typed into, the row that is chosen, and small pieces.

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::{Id, Key, Modifiers, RichText, TextEdit, Ui};

use super::super::concordance::ListState;
use super::super::fonts;
use super::super::scene::Scene;

/// What every dialog keeps, whichever is open.
#[derive(Default)]
pub struct Typed {
    /// The main field: a search, a path, a note, a name.
    pub text: String,
    /// The row that the arrow keys chose.
    pub row: usize,
    pub is_new: bool,
    /// The desktop was asked for its chooser and has none.
    pub lacks_chooser: bool,
    pub places: ListState,
}

/// What is typed next takes the place of what was offered.
pub fn select_all(ui: &Ui, field: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(CharIndex(text.chars().count()));
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    TextEdit::store_state(ui.ctx(), field, state);
}

/// As wide as the dialog would like to be, where the window is.
pub fn width_ui(ui: &mut Ui, wanted: f32) {
    ui.set_width(wanted.min(ui.ctx().content_rect().width() - 64.0));
}

/// Says that the desktop has no chooser, where it was asked for one in vain.
pub fn no_chooser_ui(ui: &mut Ui, scene: &Scene<'_>, typed: &Typed) {
    if typed.lacks_chooser {
        let words = "This desktop has no file chooser (no portal answers, and zenity is not installed). Write the path into the field, or paste it.";
        ui.label(RichText::new(words).color(scene.tokens.ink).font(fonts::sans_medium(13.0)));
    }
}

pub fn title_ui(ui: &mut Ui, title: &str) {
    ui.label(RichText::new(title).font(fonts::sans_strong(16.0)));
    ui.add_space(4.0);
}

/// Whether Enter was pressed, alone.
pub fn entered(ui: &Ui) -> bool {
    ui.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Enter))
}

/// Moves the chosen row by the arrow keys, before a text field can take them.
pub fn move_row(ui: &Ui, row: &mut usize, n: usize) {
    let (up, down) =
        ui.input_mut(|input| (input.consume_key(Modifiers::NONE, Key::ArrowUp), input.consume_key(Modifiers::NONE, Key::ArrowDown)));
    if up {
        *row = row.checked_sub(1).unwrap_or(n.saturating_sub(1));
    }
    if down {
        *row = if *row + 1 < n { *row + 1 } else { 0 };
    }
    *row = (*row).min(n.saturating_sub(1));
}
