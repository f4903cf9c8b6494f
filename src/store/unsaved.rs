//! Work that has no file of its own: it is journalled in the platform's data folder and offered at the next start.
//!
//! Such a journal begins with the session as it was before its first edit. It goes away when the work is saved under a
//! name or discarded (`discarded.rs`); what is left over in the folder, and locked by nobody, was cut short.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::home::{Home, Surroundings};
use super::journal::{Fit, Head, Record, Replay, Start};
use super::lock::Lock;
use super::names::beside;
use super::open::{Notice, OpenError, Opened};
use super::watch::KnownFile;
use super::{Saved, SourcePaths, read, write};
use crate::annotation::Time;

/// Work of an earlier run that was never saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leftover {
    /// Its journal.
    pub path: PathBuf,
    pub articles: usize,
    /// The title of the first of them.
    pub title: String,
    /// Edits, undos and redos.
    pub edits: usize,
    /// When the last edit was made.
    pub at: Time,
}

/// The work that earlier runs left in the data folder, oldest first. What another window is at work on is not listed.
pub fn leftovers(around: &Surroundings) -> Vec<Leftover> {
    let Some(folder) = &around.unsaved_folder else {
        return Vec::new();
    };
    let files = around.files.list(folder).unwrap_or_default();
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "journal"))
        .filter_map(|path| look(path, around))
        .collect()
}

/// What a journal of unsaved work holds; `None` where that is nothing, or where another window has it.
pub(super) fn look(path: PathBuf, around: &Surroundings) -> Option<Leftover> {
    let _lock = Lock::take(&*around.files, &beside(&path, ".lock"), &around.owner).ok()?;
    let replay = replayed(&path, around).ok()?;
    let articles = replay.session.articles();
    (replay.recovered > 0).then(|| Leftover {
        path,
        articles: articles.len(),
        title: articles.first().map_or_else(String::new, |article| article.title().to_owned()),
        edits: replay.recovered,
        at: replay.history.entries().last().map_or(Time(0), |entry| entry.edit.at),
    })
}

fn replayed(path: &Path, around: &Surroundings) -> Result<Replay, OpenError> {
    let bytes = around.files.read(path).map_err(|source| OpenError::Disk { path: path.to_path_buf(), source })?;
    let parse = |text: &str| read(text.as_bytes(), &SourcePaths::unsaved()).ok().map(|reading| reading.saved.session);
    Replay::of_unsaved(&bytes, parse, &SourcePaths::unsaved()).map_err(|_| OpenError::NoWork(path.to_path_buf()))
}

/// Takes up work that an earlier run left.
///
/// # Errors
/// [`OpenError`] when the journal cannot be read or another window has it.
pub fn take_up(path: &Path, around: Surroundings) -> Result<Opened, OpenError> {
    let lock = Lock::take(&*around.files, &beside(path, ".lock"), &around.owner);
    let lock = lock.map_err(|error| OpenError::Locked(path.to_path_buf(), error))?;
    let replay = replayed(path, &around)?;
    let mut notices = vec![Notice::Recovered { edits: replay.recovered }];
    let start = match replay.fit {
        Fit::Whole { .. } => Start::Append { tail: replay.tail, first: Vec::new(), at_once: false },
        Fit::Older { records } => Start::FreshNow(Head::of(records)),
        _ => {
            let aside = super::open::set_copy_aside(&*around.files, path, None)?;
            notices.push(Notice::JournalDamaged { aside: Some(aside), lost: 0 });
            let saved = Saved { session: replay.session.clone(), ..Saved::default() };
            Start::FreshNow(session_head(saved))
        }
    };
    let mut home = Home::unsaved(around, Saved::default());
    home.base = None;
    home.lock = Some(lock);
    home.journal = Some(home.writer(path, start));
    home.journal_path = Some(path.to_path_buf());
    home.known = KnownFile::default();
    let saved = Saved { session: replay.session, ..Saved::default() };
    Ok(Opened { saved, history: replay.history, home, notices, missing: Vec::new() })
}

fn session_head(base: Saved) -> Head {
    Head::new(1, move || vec![Record::Session { text: write(&base, &SourcePaths::unsaved()) }])
}

/// Tells journals of one process and second apart.
static COUNT: AtomicU32 = AtomicU32::new(0);

impl Home {
    /// Starts the journal of work that has no file. Where that cannot be, the work is in memory only, and
    /// [`Home::durability`] says so by the journal's own fault.
    pub(super) fn begin_unsaved(&mut self, base: Saved) {
        let Some(folder) = self.around.unsaved_folder.clone() else {
            return;
        };
        let owner = &self.around.owner;
        let name = format!("{}-{}-{}.journal", owner.at.0, owner.pid, COUNT.fetch_add(1, Ordering::Relaxed));
        let path = folder.join(name);
        self.around.files.create_folder(&folder).ok();
        self.lock = Lock::take(&*self.around.files, &beside(&path, ".lock"), owner).ok().or(self.lock.take());
        self.paths = SourcePaths::unsaved();
        self.journal = Some(self.writer(&path, Start::Fresh(session_head(base), 0)));
        self.journal_path = Some(path);
    }
}
