//! Reading lists and rules anew, and telling what is wrong with them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store::{OwnPacks, PACK_FOLDER};
use crate::workbench::parts::{Lists, count};
use crate::workbench::state::State;

/// Where lists and rules of the analyst's own are looked for: beside the session, then with the settings.
pub fn pack_folders(state: &State) -> Vec<PathBuf> {
    let beside = |path: &Path| path.parent().map(|folder| folder.join(PACK_FOLDER));
    let of_session = state.work.home.path().and_then(beside);
    let of_settings = state.settings().pack_folder.clone().or_else(|| state.ports.settings_file.as_deref().and_then(beside));
    let mut folders: Vec<PathBuf> = of_session.into_iter().chain(of_settings).collect();
    folders.dedup();
    folders
}

/// Reads lists and rules anew where session or settings name others now.
pub fn follow_lists(state: &mut State) {
    let (folders, settings) = (pack_folders(state), state.settings());
    if !state.lists.is_of(&folders, settings) {
        read_lists(state);
    }
}

/// Reads lists and rules anew.
pub fn read_lists(state: &mut State) {
    state.lists = Arc::new(state.lists.anew(pack_folders(state), state.settings()));
    state.explained.forget();
    if state.lists.is_made() {
        return;
    }
    let lists = state.lists.clone();
    state.start("Reading lists", move |reporter| {
        lists.wait();
        reporter.send(move |state| take_lists(state, &lists));
    });
}

/// Looks whether another program has changed a file of lists or rules.
pub fn look_at_lists(state: &mut State) {
    let lists = state.lists.clone();
    if !lists.has_folders() || !lists.is_made() {
        return;
    }
    state.start("Looking at the lists", move |reporter| {
        if lists.are_changed() {
            reporter.send(move |state| take_lists_changed(state, &lists));
        }
    });
}

fn take_lists(state: &mut State, lists: &Arc<Lists>) {
    if !Arc::ptr_eq(lists, &state.lists) {
        return;
    }
    let mut told: Vec<String> = lists.packs().into_iter().flat_map(OwnPacks::faults).map(ToString::to_string).collect();
    told.extend(strange_labels(state));
    let more = told.len().saturating_sub(TOLD);
    told.truncate(TOLD);
    for words in told {
        state.problem(words);
    }
    if more > 0 {
        state.problem(format!("{} more with lists and rules; the Rules view shows each", count(more, "fault")));
    }
}

fn take_lists_changed(state: &mut State, lists: &Arc<Lists>) {
    if Arc::ptr_eq(lists, &state.lists) {
        read_lists(state);
    }
}

/// Rules and lists whose label the scheme in force does not have, told with what to do.
fn strange_labels(state: &State) -> Vec<String> {
    let mut told = Vec::new();
    for own in state.lists.packs().into_iter().flat_map(|packs| &packs.packs) {
        let rules = own.sound.rules.iter().map(|rule| (&rule.id, &rule.label));
        let lists = own.sound.lists.iter().filter(|list| !list.never).map(|list| (&list.id, &list.label));
        let strange = rules.chain(lists).filter(|(_, label)| state.session().scheme().by_name(label).is_none());
        told.extend(strange.map(|(id, label)| {
            format!(
                "{}: {id} gives the label {label}, which this session does not have; add it under Labels, or correct the file",
                own.path.display()
            )
        }));
    }
    told
}

/// How many faults are told one by one.
const TOLD: usize = 3;
