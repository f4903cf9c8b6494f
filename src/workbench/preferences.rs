//! Settings: taken over at once, written in the background, so that the next start finds them.

use std::path::PathBuf;

use super::command::Step;
use super::keymap::Keymap;
use super::state::State;
use crate::annotation::Score;
use crate::store::{Settings, Theme};

/// Percent.
const ZOOM: std::ops::RangeInclusive<u16> = 50..=300;

/// Whether the settings are being written, and whether they have changed since that began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Writing {
    #[default]
    No,
    Once,
    Again,
}

impl State {
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Begins with the settings of an earlier run, or tells why they cannot be used.
    pub fn load_settings(&mut self) {
        let Some(path) = &self.ports.settings_file else { return };
        let (settings, fault) = Settings::load(&*self.ports.around.files, path);
        self.settings = settings;
        self.follow_settings();
        if let Some(fault) = fault {
            self.problem(super::deciding::sentence(&fault.to_string()));
        }
    }

    pub(super) fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
        self.settings.zoom = self.settings.zoom.clamp(*ZOOM.start(), *ZOOM.end());
        self.follow_settings();
        self.write_settings();
    }

    fn follow_settings(&mut self) {
        let (keymap, faults) = Keymap::new(&self.settings.keys);
        self.keymap = keymap;
        if !faults.is_empty() {
            self.problem(format!("Keys in the settings: {}", faults.join("; ")));
        }
        self.follow_lists();
        if !self.settings.analyst.is_empty() {
            self.analyst = self.settings.analyst.as_str().into();
        }
    }

    /// Writes the settings, one writing after the other: while one is under way, the next waits for its end and then
    /// writes what holds by then.
    fn write_settings(&mut self) {
        let Some(path) = self.ports.settings_file.clone() else { return };
        if std::mem::replace(&mut self.settings_writing, Writing::Once) != Writing::No {
            self.settings_writing = Writing::Again;
            return;
        }
        let (settings, files) = (self.settings.clone(), self.ports.around.files.clone());
        self.start("Saving settings", move |reporter| {
            let fault = settings.save(&*files, &path).err().map(|error| error.to_string());
            reporter.send(super::state::Message::SettingsWritten(fault));
        });
    }

    pub(super) fn take_settings_written(&mut self, fault: Option<String>) {
        let writing = std::mem::take(&mut self.settings_writing);
        if let Some(fault) = fault {
            self.problem(format!("The settings are not kept: {fault}"));
        } else if writing == Writing::Again {
            self.write_settings();
        }
    }

    pub(super) fn zoom(&mut self, step: Step) {
        let zoom = match step {
            Step::On => self.settings.zoom.saturating_add(10),
            Step::Back => self.settings.zoom.saturating_sub(10),
        };
        self.set_settings(Settings { zoom, ..self.settings.clone() });
        let key = self.keymap.shown(&super::Command::ZoomReset);
        let undone = if self.settings.zoom == 100 { String::new() } else { format!("; {key} makes it normal again") };
        self.say(format!("Everything is drawn at {} percent{undone}", self.settings.zoom));
    }

    pub(super) fn zoom_reset(&mut self) {
        self.set_settings(Settings { zoom: 100, ..self.settings.clone() });
    }

    /// From what is drawn now to the other, whoever chose it.
    pub(super) fn toggle_theme(&mut self) {
        let theme = if self.is_dark { Theme::Light } else { Theme::Dark };
        self.set_settings(Settings { theme, ..self.settings.clone() });
    }

    pub(super) fn remember_recent(&mut self, path: PathBuf) {
        self.settings.remember(&path);
        self.write_settings();
    }

    pub(super) fn forget_recent(&mut self) {
        self.settings.recent.clear();
        self.write_settings();
    }

    /// Under which score a suggestion is to be looked at before the rest is accepted.
    pub(super) fn doubt_threshold(&self) -> Score {
        Score::from_thousandths(self.settings.doubt_threshold)
    }
}
