//! Sessions, articles and exports as files: each command is a line that leads to where it is done.

use super::{adding, arranging, exporting, opening, preferring, replacing, saving, taking};
use crate::workbench::command::File;
use crate::workbench::state::State;

pub fn run(state: &mut State, command: File) {
    match command {
        File::New => opening::new_session(state),
        File::Sample => opening::open_sample(state),
        File::Open(path) => opening::open_session(state, path),
        File::Add(paths) => opening::offer_paths(state, paths),
        File::Choose(row, is_in) => adding::choose(state, row, is_in),
        File::TakeComing => adding::take_coming(state),
        File::ReadingNotes => adding::show_notes(state),
        File::Paste(text) => opening::paste(state, text),
        File::Restore(path) => opening::restore(state, &path),
        File::AskDiscard(path) => opening::ask_discard(state, &path),
        File::Discard => opening::discard(state),
        File::TakeOffered => opening::take_offered(state),
        File::Save => saving::save(state),
        File::SaveTo(path) => saving::save_to(state, path, false),
        File::Quit => saving::quit(state),
        File::GoOnUnsaved => saving::go_on_unsaved(state),
        File::Export(how, path) => exporting::export(state, &how, path, false),
        File::Preview(how) => exporting::preview(state, how),
        File::Replace => replacing::replace(state),
        File::CompareGiven(how, adds_labels) => taking::choose(state, how, adds_labels),
        File::TakeGiven => taking::take(state),
        File::ImportLabels(path) => arranging::import_scheme(state, path),
        File::ExportLabels(path) => arranging::export_scheme(state, path, false),
        File::LookInto(path) => opening::look_into(state, path),
        File::Cancel => state.jobs.cancel_all(),
        File::ForgetRecent => preferring::forget_recent(state),
    }
}
