//! Files that hold something are replaced only after a question.

use super::{arranging, exporting, learning, saving, writing};
use crate::workbench::models::{Asked, Replacing};
use crate::workbench::state::State;

/// Does what was asked about.
pub fn replace(state: &mut State) {
    let Some(Asked { replacing, .. }) = state.dialogs.asked.take() else { return };
    match replacing {
        Replacing::Export(how, path) => exporting::export(state, &how, path, true),
        Replacing::Session(path) => saving::save_to(state, path, true),
        Replacing::Labels(path) => arranging::export_scheme(state, path, true),
        Replacing::Names(path) => writing::export_names(state, path, true),
        Replacing::Learned(path) => learning::save(state, path, true),
    }
}
