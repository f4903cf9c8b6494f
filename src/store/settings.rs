//! What belongs to the person at this computer rather than to a session: how the window looks, keys, recent files.
//!
//! A small RON file in the platform's settings folder, meant to be edited by hand too. Settings are never worth refusing
//! to start: where the file cannot be used, the standard ones hold, the fault is told, and the file is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::head::parse_ron;
use super::names::free_beside;
use super::{Fault, Files, SaveError, write_whole};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub theme: Theme,
    /// Percent.
    pub zoom: u16,
    /// Size of the page's text in points.
    pub text_size: u16,
    /// Width of the page in characters.
    pub measure: u16,
    /// The analyst's name; empty when none is set.
    pub analyst: String,
    /// Keys by the name of their command, in place of the standard ones.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Sessions, the last one first.
    pub recent: Vec<PathBuf>,
    /// Tagger lists and rule packs that are switched off, by name.
    pub lists_off: BTreeSet<String>,
    /// Suggestions scored below this many thousandths are stepped to before the rest is accepted.
    pub doubt_threshold: u16,
    /// A folder with lists and rules of the analyst's own.
    pub pack_folder: Option<PathBuf>,
    /// A command that suggests in place of the tagger; empty where none does.
    pub tagger_command: String,
    /// Filters of articles that were kept, as they are typed, by their names.
    pub filters: BTreeMap<String, String>,
    /// Files of what was learnt in other sessions, which every session begins with.
    pub learned: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// What the desktop says.
    #[default]
    System,
    Light,
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            zoom: 100,
            text_size: 18,
            measure: 70,
            analyst: String::new(),
            keys: BTreeMap::new(),
            recent: Vec::new(),
            lists_off: BTreeSet::new(),
            doubt_threshold: 600,
            pack_folder: None,
            tagger_command: String::new(),
            filters: BTreeMap::new(),
            learned: Vec::new(),
        }
    }
}

/// How many sessions are remembered.
const MAX_RECENT: usize = 12;

impl Settings {
    /// Reads a settings file. One that is not there gives the standard settings; one that cannot be used gives them too,
    /// with the fault.
    pub fn load(files: &dyn Files, path: &Path) -> (Self, Option<SettingsFault>) {
        let told = |what: String| (Self::default(), Some(SettingsFault { path: path.to_path_buf(), what }));
        match files.read(path) {
            Ok(bytes) => parse(&bytes).map_or_else(|fault| told(fault.to_string()), |settings| (settings, None)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Self::default(), None),
            Err(error) => told(error.to_string()),
        }
    }

    /// Writes the settings file. One that could not be used is kept under another name.
    ///
    /// # Errors
    /// Where the folder cannot be made or written.
    pub fn save(&self, files: &dyn Files, path: &Path) -> Result<(), SaveError> {
        let disk = |source| SaveError::Disk { path: path.to_path_buf(), doing: "making its folder", source };
        files.create_folder(path.parent().unwrap_or(Path::new("."))).map_err(disk)?;
        if files.read(path).is_ok_and(|bytes| parse(&bytes).is_err()) {
            files.rename(path, &free_beside(files, path, ".unusable")).map_err(disk)?;
        }
        write_whole(files, path, self.text().as_bytes())
    }

    fn text(&self) -> String {
        let layout = PrettyConfig::new().new_line("\n").extensions(Extensions::IMPLICIT_SOME);
        // Words, numbers and lists of them: RON holds every setting.
        ron::ser::to_string_pretty(self, layout).unwrap_or_default() + "\n"
    }

    /// Puts a session at the head of the recent ones.
    pub fn remember(&mut self, session: &Path) {
        self.recent.retain(|path| path != session);
        self.recent.insert(0, session.to_path_buf());
        self.recent.truncate(MAX_RECENT);
    }
}

fn parse(bytes: &[u8]) -> Result<Settings, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::Encoding(error.valid_up_to()))?;
    parse_ron(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// Why the settings file was not used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the settings in {} cannot be used, so the standard ones hold: {what}", path.display())]
pub struct SettingsFault {
    pub path: PathBuf,
    pub what: String,
}

/// The folders that the platform gives a program for its own files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folders {
    /// Holds `settings.ron`.
    pub settings: PathBuf,
    /// Holds the journals of work without a file, and crash reports.
    pub data: PathBuf,
}

impl Folders {
    /// `None` where the platform names none, as for a user without a home.
    pub fn of_platform() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "manicule")?;
        Some(Self { settings: folders.config_dir().to_path_buf(), data: folders.data_local_dir().to_path_buf() })
    }

    pub fn settings_file(&self) -> PathBuf {
        self.settings.join("settings.ron")
    }

    /// Where work on each session stopped.
    pub fn places_file(&self) -> PathBuf {
        self.data.join("places.ron")
    }

    /// For [`report_panics`](super::report_panics).
    pub fn reports(&self) -> PathBuf {
        self.data.join("reports")
    }

    /// For [`Surroundings::unsaved_folder`](super::Surroundings::unsaved_folder).
    pub fn unsaved(&self) -> PathBuf {
        self.data.join("unsaved")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::RealFiles;

    #[test]
    fn settings_survive_their_file_and_a_broken_one_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new").join("settings.ron");
        assert_eq!(Settings::load(&RealFiles, &path), (Settings::default(), None));
        let mut settings =
            Settings { theme: Theme::Dark, analyst: "Änn".to_owned(), pack_folder: Some("/packs".into()), ..Settings::default() };
        settings.keys.insert("confirm".to_owned(), vec!["Space".to_owned()]);
        settings.remember(Path::new("/a.ron"));
        settings.remember(Path::new("/b.ron"));
        settings.remember(Path::new("/a.ron"));
        assert_eq!(settings.recent, [Path::new("/a.ron"), Path::new("/b.ron")]);
        settings.save(&RealFiles, &path).expect("saved");
        assert_eq!(Settings::load(&RealFiles, &path), (settings.clone(), None));
        std::fs::write(&path, "(theme: dark,\n zoom: big)").expect("written");
        let (standard, fault) = Settings::load(&RealFiles, &path);
        assert_eq!(standard, Settings::default());
        assert!(fault.is_some_and(|fault| fault.to_string().contains("line 2, ")));
        settings.save(&RealFiles, &path).expect("saved");
        assert_eq!(Settings::load(&RealFiles, &path), (settings, None));
        assert!(path.with_file_name("settings.ron.unusable-1").exists());
    }

    #[test]
    fn a_few_settings_by_hand_are_enough() {
        assert_eq!(parse(b"(zoom: 150)").map(|settings| (settings.zoom, settings.measure)), Ok((150, 70)));
    }
}
