//! Work without a file that its analyst chose not to save. It is not deleted: its journal goes to a folder named after the
//! day, from where it can be restored for thirty days.

use std::io;
use std::path::{Path, PathBuf};

use super::files::Files;
use super::home::{Home, Surroundings};
use super::journal::Journal;
use super::lock::Lock;
use super::names::beside;
use super::open::OpenError;
use super::unsaved::{Leftover, look};
use crate::annotation::Time;

/// How long discarded work is kept.
pub const DAYS_KEPT: u32 = 30;

/// Discards what an earlier run left unsaved, and says where it lies now.
///
/// # Errors
/// [`OpenError`] when another window has it, or when it cannot be moved; then it stays where it is.
pub fn discard(path: &Path, around: &Surroundings) -> Result<PathBuf, OpenError> {
    let _lock =
        Lock::take(&*around.files, &beside(path, ".lock"), &around.owner).map_err(|error| OpenError::Locked(path.to_path_buf(), error))?;
    set_aside(path, around).map_err(|source| OpenError::Disk { path: path.to_path_buf(), source })
}

/// The work discarded in the last [`DAYS_KEPT`] days, the oldest first. What was discarded before that is deleted.
pub fn discarded(around: &Surroundings) -> Vec<Leftover> {
    let Some(folder) = &around.unsaved_folder else {
        return Vec::new();
    };
    let files = &*around.files;
    let oldest = day(Time(around.owner.at.0 - i64::from(DAYS_KEPT) * 24 * 60 * 60));
    let mut kept = Vec::new();
    for dated in files.list(&folder.join(FOLDER)).unwrap_or_default() {
        let Some(day) = dated.file_name().and_then(|name| name.to_str()).filter(|name| is_day(name)) else { continue };
        let journals = files.list(&dated).unwrap_or_default();
        if day < oldest.as_str() {
            delete(files, &dated, &journals);
        } else {
            let journals = journals.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "journal"));
            kept.extend(journals.filter_map(|path| look(path, around)));
        }
    }
    kept
}

/// Beside the journals of unsaved work.
const FOLDER: &str = "discarded";

/// That it cannot be done harms nobody: it is tried again at the next start.
fn delete(files: &dyn Files, dated: &Path, journals: &[PathBuf]) {
    let deleted = journals.iter().try_for_each(|path| files.remove(path)).and_then(|()| files.remove_folder(dated));
    if let Err(error) = deleted {
        log::warn!("{} could not be deleted: {error}", dated.display());
    }
}

fn set_aside(path: &Path, around: &Surroundings) -> io::Result<PathBuf> {
    let dated = path.with_file_name(FOLDER).join(day(around.owner.at));
    around.files.create_folder(&dated)?;
    let to = dated.join(path.file_name().unwrap_or_default());
    around.files.rename(path, &to)?;
    around.files.sync_folder(&dated)?;
    Ok(to)
}

/// `2026-11-27`; such days sort by time.
fn day(at: Time) -> String {
    at.to_string().chars().take(10).collect()
}

fn is_day(name: &str) -> bool {
    name.len() == 10 && name.bytes().enumerate().all(|(i, byte)| if i == 4 || i == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

impl Home {
    /// Ends the work as [`close`](Home::close) does, and discards what has no file of its own. Waits for the disk.
    pub fn discard(self) {
        if let Some(Err(fault)) = self.journal.as_ref().map(Journal::close) {
            log::error!("{fault}");
        }
        let is_without_file = self.path.is_none() || self.read_only.is_some();
        let journal = self.journal_path.as_deref().filter(|path| is_without_file && self.around.files.exists(path));
        if let Some(Err(error)) = journal.map(|path| set_aside(path, &self.around)) {
            log::warn!("unsaved work stays where it is: {error}");
        }
    }
}
