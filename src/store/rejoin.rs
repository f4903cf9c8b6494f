//! Bringing the work in memory to files that another program has changed.
//!
//! While a session is open, git, a synchronising program or a person may replace or remove its file or its journal, and
//! where locks do not reach a second program may write to both. The journal's writer notices it before the next group of
//! records and stops. Then the work in memory is brought to what lies there now: what was decided since the last save is
//! laid over the new version, and where both sides decided differently an open conflict stays in the session. Whenever the
//! session file itself was changed, the work as it was is also kept whole in a file beside it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::home::Home;
use super::journal::{Journal, JournalFault, Record, of_history, of_history_since};
use super::lock::Lock;
use super::names::beside;
use super::open::{Notice, Opened};
use super::save::{SaveError, SaveJob, write_whole_like};
use super::watch::{KnownFile, has_folder};
use super::{OpenError, Saved, SourcePaths, Surroundings, write};
use crate::annotation::{Digest, Edit, History, Scope, Session, Time, Verb};
use crate::decide::lay::{Standing, standing};
use crate::decide::merge::{difference, merge};

/// Everything that a worker needs to bring the work to the files as they are now.
#[derive(Debug)]
pub struct RejoinJob {
    around: Surroundings,
    path: PathBuf,
    known: KnownFile,
    lock: Option<Lock>,
    /// The journal that stopped.
    before: Option<Journal>,
    in_file: Session,
    saved_revision: u64,
    saved: Saved,
    history: History,
    at: Time,
}

/// The work after that, to take the place of what was open.
#[derive(Debug)]
pub struct Rejoined {
    pub opened: Opened,
    pub how: HowRejoined,
    /// The history's revision that the job began with. Where the work has gone on since, another job follows.
    pub began_at: u64,
    before: Option<Journal>,
}

/// What had happened, and where the work is now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HowRejoined {
    /// The session file is as it was, and so is the work; the journal was written anew.
    JournalAnew,
    /// Another program works on the same session: its decisions were taken in.
    TakenIn { conflicts: usize },
    /// The changes since the last save were laid over another version; `conflicts` of them wait to be settled.
    LaidOver { rescued: Option<PathBuf>, changes: usize, conflicts: usize },
    /// The file was gone and was written again.
    WrittenAgain(PathBuf),
    /// What lies there is no session that can be read; the work goes on in a file of its own.
    Moved { to: PathBuf, why: String },
}

impl fmt::Display for HowRejoined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HowRejoined::JournalAnew => {
                write!(f, "another program changed or removed the journal; it was written anew with everything that was decided")
            }
            HowRejoined::TakenIn { conflicts } => {
                write!(f, "another program works on this session too; its decisions were taken in")?;
                waiting(f, *conflicts)
            }
            HowRejoined::LaidOver { rescued, changes, conflicts } => {
                write!(f, "another program changed the session file; ")?;
                match changes {
                    0 => write!(f, "the work goes on with its version")?,
                    1 => write!(f, "1 change that was not saved was laid over its version")?,
                    n => write!(f, "{n} changes that were not saved were laid over its version")?,
                }
                waiting(f, *conflicts)?;
                match rescued {
                    Some(path) => write!(f, "; the work as it was is kept as {}", path.display()),
                    None => Ok(()),
                }
            }
            HowRejoined::WrittenAgain(path) => {
                write!(f, "another program removed the session file; the work was written to {} again", path.display())
            }
            HowRejoined::Moved { to, why } => {
                write!(f, "the session file cannot be used any more ({why}); the work goes on in {}", to.display())
            }
        }
    }
}

fn waiting(f: &mut fmt::Formatter<'_>, conflicts: usize) -> fmt::Result {
    match conflicts {
        0 => Ok(()),
        1 => write!(f, ", where 1 conflict waits to be settled"),
        n => write!(f, ", where {n} conflicts wait to be settled"),
    }
}

/// Why the work could not be brought anywhere. It is in memory still.
#[derive(Debug)]
pub struct RejoinError {
    what: SaveError,
    lock: Option<Lock>,
}

impl Home {
    /// The work for a worker when [`Home::disturbance`] says that other programs have been at the files, or a save found
    /// the file changed. `saved` and `history` are as they are now. `None` for work that has no file.
    pub fn rejoin_job(&mut self, saved: Saved, history: &History, at: Time) -> Option<RejoinJob> {
        let path = self.path.clone().filter(|_| self.read_only.is_none())?;
        Some(RejoinJob {
            around: self.around.clone(),
            path,
            known: self.known.clone(),
            lock: self.lock.take(),
            before: self.journal.clone(),
            in_file: self.in_file.clone(),
            saved_revision: self.saved_revision,
            saved,
            history: history.clone(),
            at,
        })
    }

    /// Call where a job failed: what it held comes back, and another may be tried.
    pub fn rejoin_failed(&mut self, error: RejoinError) -> SaveError {
        self.lock = error.lock;
        error.what
    }

    /// Call where no other will be tried: whoever waits for what was not durable is told why it will not be.
    pub fn give_up_journal(&self, why: &SaveError) {
        if let Some(journal) = self.journal.as_ref().filter(|journal| journal.is_disturbed()) {
            let path = self.path.clone().unwrap_or_default();
            journal.resolve(Err(JournalFault { path, what: why.to_string(), remedy: "the work is in memory only" }));
        }
    }
}

impl Rejoined {
    /// Takes the place of the work before, whose revision is `now`; gives back what is needed for another job where that
    /// has gone on since. Ends the journal that stopped: everything in it is kept.
    pub fn settle(self, before: &mut Home, now: u64) -> Option<(Opened, HowRejoined)> {
        let Self { mut opened, how, began_at, before: journal } = self;
        if began_at != now {
            before.lock = opened.home.lock.take();
            before.known = opened.home.known.clone();
            opened.home.close().ok();
            return None;
        }
        if let Some(journal) = journal {
            journal.resolve(Ok(()));
        }
        Some((opened, how))
    }
}

impl RejoinJob {
    /// Takes the time that a disk takes.
    ///
    /// # Errors
    /// [`RejoinError`] where nothing can be written anywhere.
    pub fn run(mut self) -> Result<Rejoined, Box<RejoinError>> {
        let lock = self.lock.take();
        let (before, began_at) = (self.before.clone(), self.history.revision());
        match self.rejoin() {
            Ok((mut opened, how)) => {
                let (lock, notice) = retaken(lock, &opened.home);
                opened.notices.extend(notice);
                opened.home.lock = opened.home.lock.take().or(lock);
                Ok(Rejoined { opened, how, began_at, before })
            }
            Err(what) => Err(Box::new(RejoinError { what, lock })),
        }
    }

    fn rejoin(&self) -> Result<(Opened, HowRejoined), SaveError> {
        let files = &*self.around.files;
        let bytes = match files.read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let is_there = has_folder(files, &self.path);
                return if is_there { self.write_again() } else { self.move_away("its folder is gone") };
            }
            Err(source) => return Err(SaveError::Disk { path: self.path.clone(), doing: "reading what lies there now", source }),
        };
        let is_known = self.known.is(Digest::of(&bytes));
        drop(bytes);
        match Opened::load(&self.path, None, None, self.around.clone(), Some(&self.history), &|_, _| {}) {
            Ok(theirs) if is_known && is_past(&theirs.history, &self.history) => self.journal_anew(theirs),
            Ok(theirs) => {
                let rescued = if is_known || !self.has_more(&theirs.saved.session) { None } else { Some(self.rescue()?) };
                let is_new = !is_known;
                self.lay_over(theirs, rescued, is_new)
            }
            Err(error) => {
                let why = if let OpenError::Fault(_, fault) = &error { fault.to_string() } else { error.to_string() };
                self.move_away(&why)
            }
        }
    }

    /// The session file is as it was, and the journal holds nothing that is not known.
    fn journal_anew(&self, theirs: Opened) -> Result<(Opened, HowRejoined), SaveError> {
        let mut opened = Opened { saved: self.saved.clone(), history: self.history.clone(), ..theirs };
        opened.notices.clear();
        let home = &mut opened.home;
        (home.saved_revision, home.in_file) = (self.saved_revision, self.in_file.clone());
        let file = self.known.digest().unwrap_or(Digest::of(b""));
        let (held, since) = of_history_since(&self.history, self.saved_revision, self.at).unwrap_or_else(|| {
            // What was saved last was undone since: one edit leads from there to here.
            let history = of_history(&self.history, self.at);
            (history, self.one_edit(&self.in_file, &self.saved.session, "the journal").map(Record::Edit).into_iter().collect())
        });
        let last = home.start_journal(beside(&self.path, ".journal"), held, file, since);
        self.wait(home, last)?;
        Ok((opened, HowRejoined::JournalAnew))
    }

    /// Whether this work holds a decision that another version does not: one that was never saved, or one that was and is
    /// not there any more.
    fn has_more(&self, theirs: &Session) -> bool {
        let done: Vec<&Edit> = self.history.done().collect();
        self.history.revision() != self.saved_revision || standing(theirs, &done).contains(&Standing::Missing)
    }

    /// Another version lies there, or another's records are in the journal.
    fn lay_over(&self, theirs: Opened, rescued: Option<PathBuf>, is_new: bool) -> Result<(Opened, HowRejoined), SaveError> {
        let mut opened = theirs;
        // Its own decisions, among them, are no news to whoever made them.
        opened.notices.retain(|notice| !matches!(notice, Notice::Recovered { .. }));
        let merged = merge(&self.in_file, &self.saved.session, &opened.saved.session);
        let (mut last, mut changes) = (0, 0);
        // One by one as far as they fit, so that each can be undone by itself.
        for edit in self.history.done_since(self.saved_revision).into_iter().flatten() {
            changes += 1;
            if opened.history.perform(&mut opened.saved.session, edit.clone()).is_ok() {
                last = opened.home.edited(edit);
            }
        }
        if let Some(edit) = self.one_edit(&opened.saved.session, &merged.session, &self.name())
            && opened.history.perform(&mut opened.saved.session, edit.clone()).is_ok()
        {
            changes = changes.max(1);
            last = opened.home.edited(&edit);
        }
        self.wait(&opened.home, last)?;
        opened.saved.place.clone_from(&self.saved.place);
        let how = match is_new {
            false => HowRejoined::TakenIn { conflicts: merged.conflicts },
            true => HowRejoined::LaidOver { rescued, changes, conflicts: merged.conflicts },
        };
        Ok((opened, how))
    }

    /// Nothing lies at the session's name: it is written there again.
    fn write_again(&self) -> Result<(Opened, HowRejoined), SaveError> {
        Ok((self.written_to(self.path.clone(), None)?, HowRejoined::WrittenAgain(self.path.clone())))
    }

    /// Writes the work elsewhere and goes on there.
    fn move_away(&self, why: &str) -> Result<(Opened, HowRejoined), SaveError> {
        self.move_to(self.rescue()?, why)
    }

    fn move_to(&self, to: PathBuf, why: &str) -> Result<(Opened, HowRejoined), SaveError> {
        let lock = Lock::take(&*self.around.files, &beside(&to, ".lock"), &self.around.owner).ok();
        Ok((self.written_to(to.clone(), lock)?, HowRejoined::Moved { to, why: why.to_owned() }))
    }

    /// The work as a session file at `path`, with its whole history beside it.
    fn written_to(&self, path: PathBuf, lock: Option<Lock>) -> Result<Opened, SaveError> {
        let paths = SourcePaths::beside(&path);
        let known = KnownFile::default();
        let job = SaveJob {
            files: self.around.files.clone(),
            path: path.clone(),
            paths: paths.clone(),
            saved: self.saved.clone(),
            revision: self.history.revision(),
            known: known.clone(),
            is_forced: true,
            keeps_old: false,
            journal: None,
            after: 0,
        };
        let receipt = job.run()?;
        let mut home = Home::unsaved(self.around.clone(), self.saved.clone());
        (home.base, home.path, home.paths, home.known, home.lock) = (None, Some(path.clone()), paths, known, lock);
        home.saved_revision = self.history.revision();
        let last = home.start_journal(beside(&path, ".journal"), of_history(&self.history, self.at), receipt.digest, Vec::new());
        self.wait(&home, last)?;
        Ok(Opened { saved: self.saved.clone(), history: self.history.clone(), home, notices: Vec::new(), missing: Vec::new() })
    }

    /// Keeps the work whole in a file beside the session, or where that cannot be, in the platform's data folder.
    fn rescue(&self) -> Result<PathBuf, SaveError> {
        let files = &*self.around.files;
        let text = |path: &Path| write(&self.saved, &SourcePaths::beside(path));
        let stamp: String =
            self.at.to_string().chars().filter(|c| *c != ':' && *c != 'Z').map(|c| if c == 'T' { '-' } else { c }).collect();
        let journal = beside(&self.path, ".journal");
        let like = if files.exists(&self.path) { &self.path } else { &journal };
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let name = |n: u32| if n == 1 { format!("{stem}.rescued-{stamp}.ron") } else { format!("{stem}.rescued-{stamp}-{n}.ron") };
        let free = |folder: &Path| (1..).map(|n| folder.join(name(n))).find(|path| !files.exists(path)).unwrap_or_default();
        let near = free(self.path.parent().unwrap_or(Path::new(".")));
        let error = match write_whole_like(files, &near, text(&near).as_bytes(), like) {
            Ok(()) => return Ok(near),
            Err(error) => error,
        };
        let Some(folder) = &self.around.unsaved_folder else {
            return Err(error);
        };
        files.create_folder(folder).ok();
        let elsewhere = free(folder);
        write_whole_like(files, &elsewhere, text(&elsewhere).as_bytes(), like)?;
        Ok(elsewhere)
    }

    /// One edit that leads from one session to another; `None` where they are equal.
    fn one_edit(&self, from: &Session, to: &Session, what: &str) -> Option<Edit> {
        let ops = difference(from, to);
        let edit = Edit {
            verb: Verb::Join,
            scope: Scope::Session,
            target: None,
            what: what.to_owned(),
            label: None,
            by: "".into(),
            at: self.at,
            ops,
        };
        (!edit.ops.is_empty()).then_some(edit)
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn wait(&self, home: &Home, last: u64) -> Result<(), SaveError> {
        let waited = home.journal().filter(|_| last > 0).map_or(Ok(()), |journal| journal.wait(last));
        waited.map_err(|fault| SaveError::Disk { path: fault.path, doing: "writing the journal", source: io::Error::other(fault.what) })
    }
}

/// Whether everything in one history is what another began with.
fn is_past(past: &History, of: &History) -> bool {
    let edits = |history: &History| history.entries().iter().map(|entry| entry.edit.clone()).collect::<Vec<Edit>>();
    edits(of).starts_with(&edits(past))
}

/// The lock, where it is met by others; where its file was removed, one taken anew. Where somebody else has that, both
/// go on, for neither writes over the other's records.
fn retaken(lock: Option<Lock>, home: &Home) -> (Option<Lock>, Option<Notice>) {
    let Some(path) = &home.path else {
        return (lock, None);
    };
    if lock.as_ref().is_none_or(|lock| lock.is_in_place()) {
        return (lock, None);
    }
    match Lock::take(&*home.around.files, &beside(path, ".lock"), &home.around.owner) {
        Ok(anew) => (Some(anew), None),
        Err(error) => (lock, Some(Notice::LockLost(error.to_string()))),
    }
}
