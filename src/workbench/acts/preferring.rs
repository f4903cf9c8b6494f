//! Settings: taken over at once, written in the background, so that the next start finds them.

use std::path::PathBuf;

use super::listing;
use crate::store::{Settings, Theme};
use crate::workbench::command::{Screen, Step};
use crate::workbench::parts::{SettingsWriting as Writing, sentence};
use crate::workbench::state::State;

/// Begins with the settings of an earlier run, or tells why they cannot be used.
pub fn load_settings(state: &mut State) {
    let Some(path) = &state.ports.settings_file else { return };
    let (settings, fault) = Settings::load(&*state.ports.around.files, path);
    follow(state, settings);
    if let Some(fault) = fault {
        state.problem(sentence(&fault.to_string()));
    }
}

pub fn set_settings(state: &mut State, settings: Settings) {
    follow(state, settings);
    write_settings(state);
}

fn follow(state: &mut State, settings: Settings) {
    let faults = state.preferences.set(settings);
    if !faults.is_empty() {
        state.problem(format!("Keys in the settings: {}", faults.join("; ")));
    }
    listing::follow_lists(state);
    if !state.settings().analyst.is_empty() {
        state.work.analyst = state.settings().analyst.as_str().into();
    }
}

/// Writes the settings, one writing after the other: while one is under way, the next waits for its end and then
/// writes what holds by then.
fn write_settings(state: &mut State) {
    let Some(path) = state.ports.settings_file.clone() else { return };
    if std::mem::replace(&mut state.preferences.writing, Writing::Once) != Writing::No {
        state.preferences.writing = Writing::Again;
        return;
    }
    let (settings, files) = (state.settings().clone(), state.ports.around.files.clone());
    state.start("Saving settings", move |reporter| {
        let fault = settings.save(&*files, &path).err().map(|error| error.to_string());
        reporter.send(move |state| take_settings_written(state, fault));
    });
}

fn take_settings_written(state: &mut State, fault: Option<String>) {
    let writing = std::mem::take(&mut state.preferences.writing);
    if let Some(fault) = fault {
        state.problem(format!("The settings are not kept: {fault}"));
    } else if writing == Writing::Again {
        write_settings(state);
    }
}

pub fn zoom(state: &mut State, step: Step) {
    let zoom = match step {
        Step::On => state.settings().zoom.saturating_add(10),
        Step::Back => state.settings().zoom.saturating_sub(10),
    };
    let settings = Settings { zoom, ..state.settings().clone() };
    set_settings(state, settings);
    let key = state.key_of(Screen::ZoomReset);
    let undone = if state.settings().zoom == 100 { String::new() } else { format!("; {key} makes it normal again") };
    state.say(format!("Everything is drawn at {} percent{undone}", state.settings().zoom));
}

pub fn zoom_reset(state: &mut State) {
    let settings = Settings { zoom: 100, ..state.settings().clone() };
    set_settings(state, settings);
}

/// From what is drawn now to the other, whoever chose it.
pub fn toggle_theme(state: &mut State) {
    let theme = if state.preferences.is_dark { Theme::Light } else { Theme::Dark };
    let settings = Settings { theme, ..state.settings().clone() };
    set_settings(state, settings);
}

pub fn remember_recent(state: &mut State, path: PathBuf) {
    state.preferences.remember(&path);
    write_settings(state);
}

pub fn forget_recent(state: &mut State) {
    state.preferences.forget_recent();
    write_settings(state);
}
