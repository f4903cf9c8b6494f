//! What dialogs share: the field that is typed into, the row that is chosen, and small pieces.

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::{Context, Id, Key, KeyboardShortcut, Modifiers, Popup, RichText, TextEdit, Ui};

use super::super::concordance::{ListState, rows_have_keys};
use super::super::fonts;
use super::super::scene::Scene;
use super::super::widgets::{has_focused_button, main_button_ui, mark_entered, take_struck};
use crate::workbench::Dialog;

/// What every dialog keeps, whichever is open.
#[derive(Default)]
pub struct Typed {
    /// The main field: a search, a path, a note, a name.
    pub text: String,
    /// The row that the arrow keys chose.
    pub row: usize,
    pub is_new: bool,
    /// The field of a path, and whether its caret is to go to the end.
    pub field: Option<Id>,
    pub wants_end: bool,
    pub enter: Enter,
    /// The desktop was asked for its chooser and has none.
    pub lacks_chooser: bool,
    pub places: ListState,
}

/// What Enter is in a frame. It presses the main button, whatever field, box or list of choices has the focus; only another
/// button that has the focus is pressed itself, and a list that is dropped down is closed.
#[derive(Clone, Copy, Default)]
pub struct Enter {
    /// Whether Enter would press the main button.
    pub is_free: bool,
    pub is_struck: bool,
}

impl Enter {
    pub fn take(ctx: &Context, dialog: Dialog) -> Self {
        let is_free = !has_focused_button(ctx) && !Popup::is_any_open(ctx);
        // Rows that are ticked have keys of their own, Enter among them; a link reaches further with Ctrl.
        let chords: &[Modifiers] = match dialog {
            Dialog::Concordance => &[],
            Dialog::Card if rows_have_keys(ctx) => &[],
            Dialog::Link => &[Modifiers::NONE],
            _ => &[Modifiers::NONE, Modifiers::COMMAND],
        };
        let is_struck = is_free && chords.iter().any(|modifiers| take_struck(ctx, *modifiers, Key::Enter));
        Self { is_free, is_struck }
    }
}

impl Typed {
    /// The main button, which Enter presses. Answers whether it was pressed.
    pub fn main_ui(&self, ui: &mut Ui, scene: &Scene<'_>, words: &str, is_enabled: bool) -> bool {
        let response = main_button_ui(ui, words, is_enabled, &scene.tokens);
        mark_entered(ui, &response, self.enter.is_free, &scene.tokens);
        response.clicked() || is_enabled && self.enter.is_struck
    }

    /// The main button of a dialog without a field: the focus begins there.
    pub fn answer_ui(&self, ui: &mut Ui, scene: &Scene<'_>, words: &str) -> bool {
        let response = main_button_ui(ui, words, true, &scene.tokens);
        if self.is_new {
            response.request_focus();
        }
        mark_entered(ui, &response, self.enter.is_free, &scene.tokens);
        response.clicked() || self.enter.is_struck
    }
}

/// What begins a line where Enter presses the main button.
pub const LINE_BREAK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);

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
