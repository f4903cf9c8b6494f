//! What lies over the window. One file per dialog; each keeps what is typed into it until it is sent as a command.

mod came;
mod card;
mod coming;
mod concordance;
mod conflicts;
mod copies;
mod corpus;
mod day;
mod details;
mod export;
mod given;
mod help;
mod link;
mod lists;
pub(super) mod pathfield;
pub(super) mod paths;
mod preview;
mod questions;
mod replace;
mod scheme;
mod settings;
mod small;
mod sources;
mod tags;
mod typed;
mod unsaved;
mod which;

use std::path::PathBuf;

use eframe::egui::{Align2, Frame, Id, Margin, Modal, ScrollArea, Ui, vec2};

use super::attention;
use super::scene::Scene;
use crate::workbench::{Command, Dialog, Screen, learned_path, names_path, path_to_offer};
use typed::{Enter, Typed};

/// The drafts of the open dialog.
#[derive(Default)]
pub struct DialogState {
    open: Option<Dialog>,
    typed: Typed,
    export: export::Draft,
    details: details::Draft,
    scheme: scheme::Draft,
    settings: settings::Draft,
    came: came::Draft,
    card: card::Draft,
    corpus: corpus::Draft,
    link: link::Draft,
    tags: tags::Draft,
    which: which::Draft,
}

impl DialogState {
    /// A path that the native chooser brought.
    pub fn chose(&mut self, path: PathBuf) {
        self.typed.text = path.display().to_string();
    }

    /// The desktop has no chooser of its own: the field is there, and has the keys.
    pub fn has_no_chooser(&mut self) {
        self.typed.lacks_chooser = true;
        self.typed.is_new = true;
    }

    /// Text that was pasted on the page, for the dialog that makes an article of it.
    pub fn pasted(&mut self, text: String) {
        self.open = Some(Dialog::Paste);
        self.typed.text = text;
        self.typed.is_new = true;
    }
}

/// Draws the open dialog, where there is one that lies over the window.
pub fn dialogs_ui(ui: &Ui, scene: &Scene<'_>, state: &mut DialogState, out: &mut Vec<Command>) {
    let dialog = scene.state.stage.dialog;
    if state.open != dialog {
        *state = DialogState { open: dialog, ..DialogState::default() };
        state.typed.is_new = true;
        prefill(scene, state);
    }
    let Some(dialog) = dialog.filter(|dialog| dialog.is_modal()) else { return };
    state.typed.enter = Enter::take(ui.ctx(), dialog);
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
    attention::is_at(ui.ctx(), modal.response.rect);
    state.typed.is_new = false;
    if modal.should_close() {
        out.push(Command::Screen(Screen::Close));
    }
}

fn dialog_ui(ui: &mut Ui, scene: &Scene<'_>, dialog: Dialog, state: &mut DialogState, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 7.0;
    match dialog {
        Dialog::OpenPath
        | Dialog::SavePath
        | Dialog::ImportLabels
        | Dialog::ExportLabels
        | Dialog::ExportNames
        | Dialog::SaveLearned
        | Dialog::BringLearned => paths::path_ui(ui, scene, dialog, &mut state.typed, out),
        Dialog::Paste => small::paste_ui(ui, scene, &mut state.typed, out),
        Dialog::Export => export::export_ui(ui, scene, &mut state.typed, &mut state.export, out),
        Dialog::Note => small::note_ui(ui, scene, &mut state.typed, out),
        Dialog::Corpus => corpus::corpus_ui(ui, scene, &mut state.typed, &mut state.corpus, out),
        Dialog::TagMatches => small::tag_matches_ui(ui, scene, &state.typed, out),
        Dialog::Link => link::link_ui(ui, scene, &mut state.typed, &mut state.link, out),
        Dialog::Card => card::card_ui(ui, scene, &mut state.typed, &mut state.card, out),
        Dialog::GoTo => lists::goto_ui(ui, scene, &mut state.typed, out),
        Dialog::Palette => lists::palette_ui(ui, scene, &mut state.typed, out),
        Dialog::Day => day::day_ui(ui, scene, &mut state.typed, out),
        Dialog::Details => details::details_ui(ui, scene, &mut state.typed, &mut state.details, out),
        Dialog::Tags => tags::tags_ui(ui, scene, &mut state.typed, &mut state.tags, out),
        Dialog::Which => which::which_ui(ui, scene, &mut state.typed, &mut state.which, out),
        Dialog::Scheme => scheme::scheme_ui(ui, scene, &state.typed, &mut state.scheme, out),
        Dialog::Help => help::help_ui(ui, scene, &state.typed, out),
        Dialog::About => small::about_ui(ui, scene, &state.typed, out),
        Dialog::Unsaved => questions::unsaved_ui(ui, scene, &state.typed, out),
        Dialog::OtherVersion => questions::other_version_ui(ui, scene, &state.typed, out),
        Dialog::Leftovers => unsaved::leftovers_ui(ui, scene, &mut state.typed, out),
        Dialog::Discard => unsaved::discard_ui(ui, scene, &state.typed, out),
        Dialog::Retag => questions::retag_ui(ui, scene, &state.typed, out),
        Dialog::Renewed => questions::renewed_ui(ui, scene, &state.typed, out),
        Dialog::Copies => copies::copies_ui(ui, scene, &state.typed, out),
        Dialog::Refresh => sources::refresh_ui(ui, scene, &state.typed, out),
        Dialog::Orphans => sources::orphans_ui(ui, scene, &mut state.typed, out),
        Dialog::Conflicts => conflicts::conflicts_ui(ui, scene, &mut state.typed, out),
        Dialog::Replace => replace::replace_ui(ui, scene, &state.typed, out),
        Dialog::Given => given::given_ui(ui, scene, &state.typed, out),
        Dialog::Came => came::came_ui(ui, scene, &state.typed, &mut state.came, out),
        Dialog::Concordance => concordance::concordance_ui(ui, scene, &mut state.typed, out),
        Dialog::Coming => coming::coming_ui(ui, scene, &mut state.typed, out),
        Dialog::Faults => questions::faults_ui(ui, scene, &state.typed, out),
        Dialog::Losses => questions::losses_ui(ui, scene, &state.typed, out),
        Dialog::Settings => settings::settings_ui(ui, scene, &state.typed, &mut state.settings, out),
        // A bar, drawn under the page.
        Dialog::Find => {}
    }
}

fn prefill(scene: &Scene<'_>, state: &mut DialogState) {
    match state.open {
        Some(Dialog::Note) => {
            state.typed.text = scene.state.focused().and_then(|mention| mention.note.as_deref()).unwrap_or_default().to_owned()
        }
        Some(Dialog::Day) => {
            let published = scene.state.open_article().and_then(|article| article.meta.published.as_deref());
            state.typed.text = published.unwrap_or_default().to_owned();
        }
        Some(Dialog::ExportNames) => state.typed.text = names_path(scene.state).display().to_string(),
        Some(Dialog::SaveLearned) => state.typed.text = learned_path(scene.state).display().to_string(),
        Some(Dialog::SavePath) => state.typed.text = path_to_offer(scene.state).display().to_string(),
        Some(Dialog::Export) => {
            let (draft, path) = export::Draft::of(scene);
            state.export = draft;
            state.typed.text = path;
        }
        Some(Dialog::Corpus) => state.corpus = corpus::Draft::of(scene),
        Some(Dialog::Link) => state.link = link::Draft::of(scene),
        Some(Dialog::Came) => state.came = came::Draft::of(scene),
        Some(Dialog::Card) => state.card = card::Draft::of(scene),
        Some(Dialog::Details) => state.details = details::Draft::of(scene),
        Some(Dialog::Tags) => state.tags = tags::Draft::of(scene),
        Some(Dialog::Settings) => state.settings = settings::Draft::of(scene),
        Some(Dialog::Scheme) => state.scheme = scheme::Draft::of(scene),
        _ => {}
    }
}
