//! The settings in force, and the keys that follow from them.

use std::path::Path;

use super::keymap::Keymap;
use crate::annotation::Score;
use crate::store::Settings;

/// Percent.
const ZOOM: std::ops::RangeInclusive<u16> = 50..=300;

#[derive(Debug, Default)]
pub struct Preferences {
    settings: Settings,
    keymap: Keymap,
    pub writing: Writing,
    /// Whether the window is drawn dark now; where the desktop decides, only the window knows.
    pub is_dark: bool,
}

/// Whether the settings are being written, and whether they have changed since that began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Writing {
    #[default]
    No,
    Once,
    Again,
}

impl Preferences {
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Takes settings over; answers with the keys among them that cannot be used, in words.
    pub fn set(&mut self, settings: Settings) -> Vec<String> {
        self.settings = settings;
        self.settings.zoom = self.settings.zoom.clamp(*ZOOM.start(), *ZOOM.end());
        let (keymap, faults) = Keymap::new(&self.settings.keys);
        self.keymap = keymap;
        faults
    }

    /// Puts a session first among those last worked on.
    pub fn remember(&mut self, session: &Path) {
        self.settings.remember(session);
    }

    pub fn forget_recent(&mut self) {
        self.settings.recent.clear();
    }

    /// Under which score a suggestion is to be looked at before the rest is accepted.
    pub fn doubt_threshold(&self) -> Score {
        Score::from_thousandths(self.settings.doubt_threshold)
    }
}
