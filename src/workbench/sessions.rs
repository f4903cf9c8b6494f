//! The session as a file: new, open, save, save as, quit. What takes a disk's time is a job; its answer comes back
//! through `poll`.

use std::path::{Path, PathBuf};

use super::state::{Message, State};
use super::{Dialog, Effect};
use crate::annotation::{History, Scheme, Session, Target};
use crate::store::{
    Durability, Home, Intent, Leftover, Notice, OpenError, Opened, ReadOnly, Receipt, SaveError, SaveJob, Saved, keep_place, place_of,
};

/// The sample session, as `sessions/make` writes it.
const SAMPLE: &[u8] = include_bytes!("../../sessions/sample.ron");

/// What was asked for while something was unsaved, to be done once that is decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Pending {
    Quit,
    New,
    Sample,
    Open(PathBuf),
    /// Articles to begin a session of one's own with, while the sample is open.
    Add(Vec<PathBuf>),
    Paste(String),
}

/// A session that has no file yet, as if just opened.
pub(super) fn unsaved(session: Session, around: crate::store::Surroundings) -> Opened {
    let saved = Saved { session, ..Saved::default() };
    Opened { home: Home::unsaved(around, saved.clone()), saved, history: History::default(), notices: Vec::new(), missing: Vec::new() }
}

/// What the analyst was told of the disk and what still holds, to be withdrawn once it does not.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    save: Option<String>,
    journal: Option<String>,
    read_only: Option<String>,
}

impl State {
    /// Puts another session in the place of the one that is open, and goes to where work on it stopped.
    pub(super) fn move_in(&mut self, opened: Opened) {
        let Opened { saved, history, home, notices, missing } = opened;
        self.leave_place(true);
        let old = self.replace_work(saved.session, history, home);
        let discards = std::mem::take(&mut self.discards);
        self.is_sample = false;
        // Waits for the disk, so it ends elsewhere.
        self.ports.spawn.spawn(Box::new(move || if discards { old.discard() } else { drop(old.close()) }));
        if self.analyst.is_empty() {
            self.analyst = saved.analyst.into();
        }
        self.offer(missing, &notices);
        // What is asked about need not be told as well.
        let is_asked = self.offered.is_some();
        for notice in notices.iter().filter(|notice| !(is_asked && matches!(notice, Notice::OtherVersion { .. }))) {
            let told = super::deciding::sentence(&notice.to_string());
            if matches!(notice, Notice::ReadOnly(_)) {
                self.troubles.read_only = Some(told.clone());
            }
            self.problem(told);
        }
        self.follow_lists();
        self.resume(saved.place);
        self.start_naming();
        self.look_at_sources();
    }

    /// Goes to the place where work stopped, or to the first article with something to decide.
    pub(super) fn resume(&mut self, place: Option<Target>) {
        self.page.close_article();
        if let Some(place) = place.filter(|place| self.session().article(&place.article).is_some()) {
            return self.open_mention(&place.article, place.mention);
        }
        let articles = self.session().articles();
        let first = articles.iter().find(|article| article.open_count() > 0).or(articles.first());
        if let Some(first) = first.map(|article| article.id.clone()) {
            self.open_article(&first);
        }
    }

    pub(super) fn new_session(&mut self) {
        if self.asks_first(Pending::New) {
            return;
        }
        self.move_in(unsaved(Session::new(Scheme::standard()), self.ports.around.clone()));
    }

    pub(super) fn open_session(&mut self, path: PathBuf) {
        self.stage.dialog = None;
        if self.is_open(&path) {
            return self.stay_open(&path);
        }
        if self.asks_first(Pending::Open(path.clone())) {
            return;
        }
        let (around, intent, places) = (self.ports.around.clone(), self.ports.intent, self.ports.places_file.clone());
        let open = self.path().map(Path::to_path_buf);
        self.opening = Some(path.clone());
        self.start("Opening the session", move |reporter| {
            let files = around.files.clone();
            // By another way to the same file.
            if open.is_some() && files.resolve(&path).ok() == open {
                return reporter.send(Message::OpenAlready(path));
            }
            let progress = |done, total| reporter.progress(done, total);
            let mut opened = Opened::open_with(&path, intent, around, &progress);
            let kept = places.and_then(|places| place_of(&*files, &places, &path));
            if let (Ok(opened), Some(place)) = (&mut opened, kept) {
                opened.saved.place = Some(place);
            }
            reporter.send(Message::Opened(Box::new(opened)));
        });
    }

    fn is_open(&self, path: &Path) -> bool {
        self.path().is_some_and(|open| std::path::absolute(path).is_ok_and(|path| path == open))
    }

    /// The session to open is the one that is open.
    pub(super) fn stay_open(&mut self, path: &Path) {
        self.opening = None;
        self.discards = false;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.say(format!("{name} is open already"));
        let articles = std::mem::take(&mut self.then_add);
        self.add_articles(articles);
    }

    pub(super) fn take_opened(&mut self, opened: Result<Opened, OpenError>) {
        self.opening = None;
        match opened {
            Ok(opened) => {
                if let Some(path) = opened.home.path() {
                    self.remember_recent(path.to_path_buf());
                }
                self.move_in(opened);
                let articles = std::mem::take(&mut self.then_add);
                self.add_articles(articles);
            }
            Err(error) => {
                self.then_add.clear();
                self.discards = false;
                self.problem(error.to_string());
            }
        }
    }

    /// Other work takes the place of this: what was told of its disk holds no more.
    pub(super) fn forget_troubles(&mut self) {
        let Troubles { save, journal, read_only } = std::mem::take(&mut self.troubles);
        save.iter().chain(&journal).chain(&read_only).for_each(|text| self.notices.withdraw(text));
    }

    /// Says when decisions stop reaching the disk, and when they reach it again. Answers whether that was news.
    pub(super) fn watch_journal(&mut self) -> bool {
        // What other programs did to the files is seen to, and told by itself.
        let fault = self.durability().fault.filter(|_| self.home.disturbance().is_none());
        let told = fault.map(|fault| format!("Decisions are kept in memory only: {fault}"));
        if told == self.troubles.journal {
            return false;
        }
        if let Some(before) = self.troubles.journal.take() {
            self.notices.withdraw(&before);
        }
        match &told {
            Some(text) => self.problem(text),
            None => self.say("Every decision is on the disk again"),
        }
        self.troubles.journal = told;
        true
    }

    /// Begins where the last run ended, or with the sample.
    pub fn begin_as_before(&mut self) {
        match self.settings().recent.first().filter(|path| path.exists()).cloned() {
            Some(path) => self.open_session(path),
            None => self.open_sample(),
        }
    }

    /// Opens the sample session that the program carries; saving it asks for a name.
    pub fn open_sample(&mut self) {
        if self.asks_first(Pending::Sample) {
            return;
        }
        let around = self.ports.around.clone();
        match crate::store::read(SAMPLE, &crate::store::SourcePaths::unsaved()) {
            Ok(reading) => {
                let Saved { session, place, analyst } = reading.saved;
                let opened = unsaved(session, around);
                self.move_in(Opened { saved: Saved { place, analyst, ..opened.saved }, ..opened });
                self.is_sample = true;
            }
            Err(fault) => self.problem(format!("The sample session: {fault}")),
        }
    }

    /// Begins with what the command line names: `save_path` is opened if it is there, else it is where the first save
    /// goes; articles not yet in the session are added.
    pub fn begin(&mut self, save_path: Option<PathBuf>, mut paths: Vec<PathBuf>) {
        match save_path {
            Some(path) if path.exists() => paths.insert(0, path),
            Some(path) => {
                self.move_in(unsaved(Session::new(Scheme::standard()), self.ports.around.clone()));
                self.save_path = Some(path);
            }
            None if paths.iter().any(|path| !super::adding::is_session(path)) => {
                self.move_in(unsaved(Session::new(Scheme::standard()), self.ports.around.clone()));
            }
            None => {}
        }
        self.add_paths(paths);
    }

    /// Takes up work that an earlier run left unsaved, or that was discarded.
    pub(super) fn restore(&mut self, path: &Path) {
        self.stage.dialog = None;
        for list in [&mut self.leftovers, &mut self.discarded] {
            list.retain(|work| work.path != path);
        }
        match crate::store::take_up(path, self.ports.around.clone()) {
            Ok(opened) => self.move_in(opened),
            Err(error) => self.problem(error.to_string()),
        }
    }

    pub(super) fn ask_discard(&mut self, path: &Path) {
        self.discarding = self.leftovers.iter().find(|work| work.path == path).cloned();
        if self.discarding.is_some() {
            self.stage.dialog = Some(Dialog::Discard);
        }
    }

    /// Discards the work that was asked about; it can be restored for some time.
    pub(super) fn discard(&mut self) {
        let Some(work) = self.discarding.take() else { return };
        match crate::store::discard(&work.path, &self.ports.around) {
            Ok(path) => {
                self.leftovers.retain(|other| other.path != work.path);
                self.discarded.push(Leftover { path, ..work });
            }
            Err(error) => self.problem(error.to_string()),
        }
        self.stage.dialog = Some(Dialog::Leftovers).filter(|_| !self.leftovers.is_empty());
    }

    pub(super) fn save(&mut self) {
        self.stage.dialog.take_if(|dialog| *dialog == Dialog::Unsaved);
        match self.home.save_job(self.to_save(), self.history.revision(), false) {
            Ok(job) => self.start_save(job),
            Err(SaveError::NoName) if self.save_path.is_some() => {
                self.save_path.clone().into_iter().for_each(|path| self.save_to(path));
            }
            Err(SaveError::NoName | SaveError::ReadOnly(_)) => self.open_dialog(Dialog::SavePath),
            Err(error) => {
                self.pending = None;
                self.problem(error.to_string());
            }
        }
    }

    /// Saves under another name; where that is refused at once, its dialog stays, with what was typed. What waits for this
    /// save goes on after the path is mended, or is called off with the dialog.
    pub(super) fn save_to(&mut self, path: PathBuf) {
        let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
        let (saved, at) = (self.to_save(), self.ports.clock.now());
        match self.home.save_as(&path, saved, &self.history, at) {
            Ok(job) => {
                self.stage.dialog = None;
                self.start_save(job);
            }
            Err(error) => {
                self.open_dialog(Dialog::SavePath);
                self.tell_save_failed(error.to_string());
            }
        }
    }

    /// Says why a save failed, in the place of what was said of the one before, until one succeeds.
    fn tell_save_failed(&mut self, told: String) {
        self.troubles.save.take().into_iter().for_each(|text| self.notices.withdraw(&text));
        self.problem(&*told);
        self.troubles.save = Some(told);
    }

    fn start_save(&mut self, job: SaveJob) {
        self.start("Saving", move |reporter| reporter.send(Message::Saved(Box::new(job.run()))));
    }

    pub(super) fn take_saved(&mut self, saved: Result<Receipt, SaveError>) {
        match saved {
            Ok(receipt) => {
                self.home.saved(&receipt, &self.history, self.ports.clock.now());
                self.save_path = None;
                // Under a name it is a session as any other, to which articles may be added.
                self.is_sample &= matches!(self.pending, Some(Pending::Add(_) | Pending::Paste(_)));
                self.follow_lists();
                let over = [self.troubles.save.take(), self.troubles.read_only.take()];
                over.into_iter().flatten().for_each(|text| self.notices.withdraw(&text));
                self.remember_recent(receipt.path.clone());
                self.leave_place(true);
                let kept = receipt.kept.map(|kept| format!("; the file as it was is kept as {}", kept.display()));
                self.say(format!("Saved as {}{}", receipt.path.display(), kept.unwrap_or_default()));
                self.go_on_after_save();
            }
            Err(error) => {
                self.home.save_failed();
                if matches!(error, SaveError::ChangedOutside(_)) {
                    return self.rejoin_and_save();
                }
                self.pending = None;
                let is_journalled = matches!(error, SaveError::Disk { .. }) && self.durability().fault.is_none();
                let journalled = if is_journalled { " and in its journal" } else { "" };
                self.tell_save_failed(format!("{error}{journalled}"));
            }
        }
    }

    /// Looks whether another program has changed the session's file, the lists or a source; called when the window comes
    /// to the front.
    pub fn look_outside(&mut self) {
        let is_idle = self.jobs.running().is_empty();
        self.look_at_file();
        self.look_at_lists();
        if is_idle {
            self.look_at_sources();
        }
    }

    fn look_at_file(&mut self) {
        if self.home.path().is_none() || !self.jobs.running().is_empty() {
            return;
        }
        let is_changed = self.home.change_watch();
        self.start("Looking at the file", move |reporter| {
            if is_changed() {
                reporter.send(Message::ChangedOutside);
            }
        });
    }

    pub(super) fn quit(&mut self) {
        if !self.asks_first(Pending::Quit) {
            self.effects.push(Effect::Quit);
        }
    }

    /// Goes on with what was asked for. Unsaved changes of a file stay in its journal; work without a file is discarded.
    pub(super) fn go_on_unsaved(&mut self) {
        self.stage.dialog = None;
        self.gives_up = true;
        self.discards = true;
        self.go_on_after_save();
    }

    fn go_on_after_save(&mut self) {
        match self.pending.take() {
            Some(Pending::Quit) => self.effects.push(Effect::Quit),
            Some(Pending::New) => self.new_session(),
            Some(Pending::Sample) => self.open_sample(),
            Some(Pending::Open(path)) => self.open_session(path),
            Some(Pending::Add(paths)) => self.add_articles(paths),
            Some(Pending::Paste(text)) => self.paste_article(text),
            None => {}
        }
        self.gives_up = false;
    }

    /// Whether something is unsaved, so that the analyst was asked instead.
    fn asks_first(&mut self, pending: Pending) -> bool {
        let asks = self.is_unsaved() && !self.gives_up;
        if asks {
            self.pending = Some(pending);
            self.stage.dialog = Some(Dialog::Unsaved);
        }
        asks
    }

    /// One's own articles are not added to the sample: where that is open, they begin a session of their own. Answers whether
    /// the analyst was asked first, because something was done to the sample.
    pub(super) fn leaves_sample(&mut self, with: Pending) -> bool {
        let asks = self.is_sample && self.asks_first(with);
        if self.is_sample && !asks {
            self.move_in(unsaved(Session::new(Scheme::standard()), self.ports.around.clone()));
        }
        asks
    }

    pub(super) fn to_save(&self) -> Saved {
        Saved { session: self.session().clone(), ..Saved::default() }
    }

    /// Where in the session the analyst is.
    pub(super) fn whereabouts(&self) -> Option<Target> {
        self.page.article.clone().map(|article| Target { article, mention: self.page.focus })
    }

    /// Keeps where work on this session stops, so that it goes on there. That it cannot be kept is no trouble worth telling.
    fn leave_place(&self, elsewhere: bool) {
        let place = self.whereabouts();
        let list = self.ports.places_file.clone().filter(|_| self.ports.intent == Intent::Work);
        let (Some(list), Some(path), Some(place)) = (list, self.path().map(Path::to_path_buf), place) else { return };
        let files = self.ports.around.files.clone();
        let keep = move || {
            if let Err(error) = keep_place(&*files, &list, &path, &place) {
                log::warn!("{error}");
            }
        };
        if elsewhere { self.ports.spawn.spawn(Box::new(keep)) } else { keep() }
    }

    /// Whether something was changed since the session was last written to its file.
    pub fn is_unsaved(&self) -> bool {
        self.history.revision() != self.home.saved_revision()
    }

    /// The session's file, where it has one.
    pub fn path(&self) -> Option<&Path> {
        self.home.path()
    }

    /// Where saving under another name begins: the session's file, or a free name where that may not be written; else
    /// where the first save goes, else a name in the folder that its first article came from.
    pub fn path_to_offer(&self) -> PathBuf {
        if let (Some(path), Some(why)) = (self.path(), self.home.read_only().filter(|why| **why != ReadOnly::Asked)) {
            return self.free_name_for(path, matches!(why, ReadOnly::Unlockable(_)));
        }
        if let Some(path) = self.path().or(self.save_path.as_deref()) {
            return path.to_path_buf();
        }
        let source = self.session().articles().iter().find_map(|article| article.source.as_ref());
        let folder = source.and_then(|source| Path::new(&source.path).parent()).filter(|folder| folder.is_absolute());
        folder.map_or_else(|| PathBuf::from("session.ron"), |folder| folder.join("session.ron"))
    }

    /// A name for a copy: beside the file, or in the analyst's own folder where nothing can be written beside it.
    fn free_name_for(&self, path: &Path, is_locked_out: bool) -> PathBuf {
        let own = self.ports.own_folder.as_deref().filter(|_| is_locked_out);
        let folder = own.or(path.parent()).unwrap_or(Path::new(""));
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut names = (2u32..).map(|n| folder.join(format!("{stem}-{n}.ron")));
        names.find(|name| !self.ports.around.files.exists(name)).unwrap_or_else(|| path.to_path_buf())
    }

    /// The file that is being opened, before there is anything of it.
    pub fn opening(&self) -> Option<&Path> {
        self.opening.as_deref().filter(|_| self.session().articles().is_empty())
    }

    /// What to call the session: its file's name.
    pub fn session_name(&self) -> String {
        let name = self.opening().or(self.path()).and_then(Path::file_name);
        name.map_or_else(|| "Unsaved session".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Why the session cannot be saved under its name, in words. Where reading was all that was wanted, there is nothing
    /// to tell.
    pub fn read_only(&self) -> Option<String> {
        let is_told = self.ports.intent == Intent::Work;
        self.home.read_only().filter(|_| is_told).map(ToString::to_string)
    }

    /// Whether every decision is on the disk, or why not.
    pub fn durability(&self) -> Durability {
        self.home.durability()
    }

    /// Ends the work: everything decided is on the disk when this returns. What was never saved stays in its journal and
    /// is offered at the next start, unless its analyst chose to go without saving.
    pub fn close(mut self) {
        self.leave_place(false);
        self.follow_files_to_the_end();
        if self.discards {
            return self.home.discard();
        }
        if let Err(fault) = self.home.close() {
            log::error!("{fault}");
        }
    }
}
