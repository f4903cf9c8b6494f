//! What lies over the window. One file per dialog; each keeps what is typed into it until it is sent as a command.

mod card;
mod concordance;
mod conflicts;
mod details;
mod export;
mod help;
mod link;
mod lists;
pub(super) mod paths;
mod questions;
mod scheme;
mod settings;
mod small;
mod sources;
mod unsaved;

use std::path::PathBuf;

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::{Align2, Frame, Id, Key, Margin, Modal, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::fonts;
use super::scene::Scene;
use crate::formats::FORMATS;
use crate::workbench::{Command, Dialog};

/// The drafts of the open dialog.
#[derive(Default)]
pub struct DialogState {
    open: Option<Dialog>,
    /// The main field: a search, a path, a note, a name.
    text: String,
    /// The row that the arrow keys chose.
    row: usize,
    is_new: bool,
    /// The desktop was asked for its chooser and has none.
    lacks_chooser: bool,
    places: super::concordance::ListState,
    export: export::Draft,
    details: details::Draft,
    scheme: scheme::Draft,
    settings: settings::Draft,
    card: card::Draft,
    link: link::Draft,
}

impl DialogState {
    /// A path that the native chooser brought.
    pub fn chose(&mut self, path: PathBuf) {
        self.text = path.display().to_string();
    }

    /// The desktop has no chooser of its own: the field is there, and has the keys.
    pub fn has_no_chooser(&mut self) {
        self.lacks_chooser = true;
        self.is_new = true;
    }

    /// Text that was pasted on the page, for the dialog that makes an article of it.
    pub fn pasted(&mut self, text: String) {
        self.open = Some(Dialog::Paste);
        self.text = text;
        self.is_new = true;
    }
}

/// Draws the open dialog, where there is one that lies over the window.
pub fn dialogs_ui(ui: &Ui, scene: &Scene<'_>, state: &mut DialogState, out: &mut Vec<Command>) {
    let dialog = scene.state.stage.dialog;
    if state.open != dialog {
        *state = DialogState { open: dialog, is_new: true, ..DialogState::default() };
        prefill(scene, state);
    }
    let Some(dialog) = dialog.filter(|dialog| dialog.is_modal()) else { return };
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(if dialog == Dialog::Palette { 10 } else { 20 }));
    let id = Id::unique(("dialog", dialog as u8));
    let mut area = Modal::default_area(id);
    if matches!(dialog, Dialog::Palette | Dialog::GoTo) {
        // What is found changes while it is typed; the field stays where it is.
        area = area.anchor(Align2::CENTER_TOP, vec2(0.0, (ui.ctx().content_rect().height() * 0.12).min(110.0)));
    }
    let modal = Modal::new(id).area(area).frame(frame).show(ui.ctx(), |ui| {
        let room = ui.ctx().content_rect().height() - 2.0 * 20.0 - 24.0;
        ScrollArea::vertical()
            .max_height(room)
            .min_scrolled_height(room)
            .auto_shrink(true)
            .show(ui, |ui| dialog_ui(ui, scene, dialog, state, out));
    });
    state.is_new = false;
    if modal.should_close() {
        out.push(Command::Close);
    }
}

fn dialog_ui(ui: &mut Ui, scene: &Scene<'_>, dialog: Dialog, state: &mut DialogState, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 7.0;
    match dialog {
        Dialog::OpenPath | Dialog::SavePath | Dialog::ImportLabels | Dialog::ExportLabels | Dialog::ExportNames => {
            paths::path_ui(ui, scene, dialog, state, out)
        }
        Dialog::Paste => small::paste_ui(ui, scene, state, out),
        Dialog::Export => export::export_ui(ui, scene, state, out),
        Dialog::Note => small::note_ui(ui, scene, state, out),
        Dialog::TagMatches => small::tag_matches_ui(ui, scene, out),
        Dialog::Link => link::link_ui(ui, scene, state, out),
        Dialog::Card => card::card_ui(ui, scene, state, out),
        Dialog::GoTo => lists::goto_ui(ui, scene, state, out),
        Dialog::Palette => lists::palette_ui(ui, scene, state, out),
        Dialog::Details => details::details_ui(ui, scene, state, out),
        Dialog::Scheme => scheme::scheme_ui(ui, scene, state, out),
        Dialog::Help => help::help_ui(ui, scene, out),
        Dialog::About => small::about_ui(ui, scene, out),
        Dialog::Unsaved => questions::unsaved_ui(ui, scene, state.is_new, out),
        Dialog::OtherVersion => questions::other_version_ui(ui, scene, state.is_new, out),
        Dialog::Leftovers => unsaved::leftovers_ui(ui, scene, state, out),
        Dialog::Discard => unsaved::discard_ui(ui, scene, state.is_new, out),
        Dialog::Retag => questions::retag_ui(ui, scene, state.is_new, out),
        Dialog::Refresh => sources::refresh_ui(ui, scene, state.is_new, out),
        Dialog::Orphans => sources::orphans_ui(ui, scene, state, out),
        Dialog::Conflicts => conflicts::conflicts_ui(ui, scene, state, out),
        Dialog::Concordance => concordance::concordance_ui(ui, scene, state, out),
        Dialog::Faults => questions::faults_ui(ui, scene, state.is_new, out),
        Dialog::Losses => questions::losses_ui(ui, scene, state.is_new, out),
        Dialog::Settings => settings::settings_ui(ui, scene, state, out),
        // A bar, drawn under the page.
        Dialog::Find => {}
    }
}

/// What is typed next takes the place of what was offered.
fn select_all(ui: &Ui, field: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(CharIndex(text.chars().count()));
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    TextEdit::store_state(ui.ctx(), field, state);
}

/// As wide as the dialog would like to be, where the window is.
fn width_ui(ui: &mut Ui, wanted: f32) {
    ui.set_width(wanted.min(ui.ctx().content_rect().width() - 64.0));
}

fn prefill(scene: &Scene<'_>, state: &mut DialogState) {
    match state.open {
        Some(Dialog::Note) => state.text = scene.state.focused().and_then(|mention| mention.note.as_deref()).unwrap_or_default().to_owned(),
        Some(Dialog::ExportNames) => state.text = scene.state.names_path().display().to_string(),
        Some(Dialog::SavePath) => state.text = scene.state.path_to_offer().display().to_string(),
        Some(Dialog::Export) => {
            state.export = export::Draft::of(scene);
            state.text = FORMATS.first().map(|format| state.export.path(format)).unwrap_or_default();
        }
        Some(Dialog::Link) => state.link = link::Draft::of(scene),
        Some(Dialog::Card) => state.card = card::Draft::of(scene),
        Some(Dialog::Details) => state.details = details::Draft::of(scene),
        Some(Dialog::Settings) => state.settings = settings::Draft::of(scene),
        Some(Dialog::Scheme) => state.scheme = scheme::Draft::of(scene),
        _ => {}
    }
}

/// Says that the desktop has no chooser, where it was asked for one in vain.
fn no_chooser_ui(ui: &mut Ui, scene: &Scene<'_>, state: &DialogState) {
    if state.lacks_chooser {
        let words = "This desktop has no file chooser (no portal answers, and zenity is not installed). Write the path into the field, or paste it.";
        ui.label(RichText::new(words).color(scene.tokens.ink).font(fonts::sans_medium(13.0)));
    }
}

fn title_ui(ui: &mut Ui, title: &str) {
    ui.label(RichText::new(title).font(fonts::sans_strong(16.0)));
    ui.add_space(4.0);
}

/// Whether Enter was pressed, alone.
fn entered(ui: &Ui) -> bool {
    ui.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Enter))
}

/// Moves the chosen row by the arrow keys, before a text field can take them.
fn move_row(ui: &Ui, row: &mut usize, n: usize) {
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
