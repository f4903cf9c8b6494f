//! What the session is called, and what is said of its file.

use std::path::{Path, PathBuf};

use crate::store::{Intent, ReadOnly};
use crate::workbench::state::State;

/// Where saving under another name begins: the session's file, or a free name where that may not be written; else
/// where the first save goes, else a name in the folder that its first article came from.
pub fn path_to_offer(state: &State) -> PathBuf {
    if let (Some(path), Some(why)) = (state.work.path(), state.work.home.read_only().filter(|why| **why != ReadOnly::Asked)) {
        return free_name_for(state, path, matches!(why, ReadOnly::Unlockable(_)));
    }
    if let Some(path) = state.work.path().or(state.filing.save_path.as_deref()) {
        return path.to_path_buf();
    }
    let source = state.session().articles().iter().find_map(|article| article.source.as_ref());
    let folder = source.and_then(|source| Path::new(&source.path).parent()).filter(|folder| folder.is_absolute());
    folder.map_or_else(|| PathBuf::from("session.ron"), |folder| folder.join("session.ron"))
}

/// Where what was learnt is best written: beside the session, under its name.
pub fn learned_path(state: &State) -> PathBuf {
    path_to_offer(state).with_extension("learned.ron")
}

/// A name for a copy: beside the file, or in the analyst's own folder where nothing can be written beside it.
fn free_name_for(state: &State, path: &Path, is_locked_out: bool) -> PathBuf {
    let own = state.ports.own_folder.as_deref().filter(|_| is_locked_out);
    let folder = own.or(path.parent()).unwrap_or(Path::new(""));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut names = (2u32..).map(|n| folder.join(format!("{stem}-{n}.ron")));
    names.find(|name| !state.ports.around.files.exists(name)).unwrap_or_else(|| path.to_path_buf())
}

/// The file that is being opened, before there is anything of it.
pub fn opening(state: &State) -> Option<&Path> {
    state.filing.opening.as_deref().filter(|_| state.session().articles().is_empty())
}

/// What to call the session: its file's name, or what it is.
pub fn session_name(state: &State) -> String {
    let name = opening(state).or(state.work.path()).and_then(Path::file_name);
    let unnamed = if state.filing.is_sample { "Sample session" } else { "Unsaved session" };
    name.map_or_else(|| unnamed.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Why the session cannot be saved under its name, in words. Where reading was all that was wanted, there is nothing
/// to tell.
pub fn read_only(state: &State) -> Option<String> {
    let is_told = state.ports.intent == Intent::Work;
    state.work.home.read_only().filter(|_| is_told).map(ToString::to_string)
}
