//! Opening: a session, articles, work of earlier runs. What takes a disk's time is a job.

use std::path::{Path, PathBuf};

use super::{adding, entering, preferring};
use crate::annotation::{Scheme, Session};
use crate::decide::lay;
use crate::store::{self, Leftover, OpenError, Opened, Saved, SourcePaths, place_of};
use crate::workbench::models::{Folder, Offered};
use crate::workbench::parts::{Dialog, Pending, count, is_session, pasted_paths};
use crate::workbench::state::State;

/// The sample session, as `sessions/make` writes it.
const SAMPLE: &[u8] = include_bytes!("../../../sessions/sample.ron");

pub fn new_session(state: &mut State) {
    if asks_first(state, Pending::New) {
        return;
    }
    entering::move_in(state, entering::unsaved(Session::new(Scheme::standard()), state.ports.around.clone()));
}

pub fn open_session(state: &mut State, path: PathBuf) {
    state.stage.dialog = None;
    if is_open(state, &path) {
        return stay_open(state, &path);
    }
    if asks_first(state, Pending::Open(path.clone())) {
        return;
    }
    let (around, intent, places) = (state.ports.around.clone(), state.ports.intent, state.ports.places_file.clone());
    let open = state.work.path().map(Path::to_path_buf);
    state.filing.opening = Some(path.clone());
    state.start("Opening the session", move |reporter| {
        let files = around.files.clone();
        // By another way to the same file.
        if open.is_some() && files.resolve(&path).ok() == open {
            return reporter.send(move |state| stay_open(state, &path));
        }
        let progress = |done, total| reporter.progress(done, total);
        let mut opened = Opened::open_with(&path, intent, around, &progress);
        let kept = places.and_then(|places| place_of(&*files, &places, &path));
        if let (Ok(opened), Some(place)) = (&mut opened, kept) {
            opened.saved.place = Some(place);
        }
        reporter.send(move |state| take_opened(state, opened));
    });
}

/// Looks into a folder, so that what lies in it can be offered.
pub fn look_into(state: &mut State, path: PathBuf) {
    state.dialogs.folder = Folder { path: path.clone(), names: Vec::new() };
    let files = state.ports.around.files.clone();
    state.start("Looking into the folder", move |reporter| {
        let folder = Folder::read(&*files, path);
        reporter.send(move |state| {
            // Another one may have been typed meanwhile.
            if state.dialogs.folder.path == folder.path {
                state.dialogs.folder = folder;
            }
        });
    });
}

fn is_open(state: &State, path: &Path) -> bool {
    state.work.path().is_some_and(|open| std::path::absolute(path).is_ok_and(|path| path == open))
}

/// The session to open is the one that is open.
fn stay_open(state: &mut State, path: &Path) {
    state.filing.opening = None;
    state.filing.discards = false;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    state.say(format!("{name} is open already"));
    let articles = std::mem::take(&mut state.filing.then_add);
    add_articles(state, articles);
}

fn take_opened(state: &mut State, opened: Result<Opened, OpenError>) {
    state.filing.opening = None;
    match opened {
        Ok(opened) => {
            if let Some(path) = opened.home.path() {
                preferring::remember_recent(state, path.to_path_buf());
            }
            entering::move_in(state, opened);
            let articles = std::mem::take(&mut state.filing.then_add);
            adding::add_articles(state, articles);
        }
        Err(error) => {
            state.filing.then_add.clear();
            state.filing.discards = false;
            state.problem(error.to_string());
        }
    }
}

/// Begins where the last run ended. At the first start there is nothing yet: the page shows the ways in.
pub fn begin_as_before(state: &mut State) {
    if let Some(path) = state.settings().recent.first().filter(|path| path.exists()).cloned() {
        open_session(state, path);
    }
}

/// Opens the sample session that the program carries; saving it asks for a name.
pub fn open_sample(state: &mut State) {
    if asks_first(state, Pending::Sample) {
        return;
    }
    let around = state.ports.around.clone();
    match store::read(SAMPLE, &SourcePaths::unsaved()) {
        Ok(reading) => {
            let Saved { session, place, analyst } = reading.saved;
            let opened = entering::unsaved(session, around);
            entering::move_in(state, Opened { saved: Saved { place, analyst, ..opened.saved }, ..opened });
            state.filing.is_sample = true;
        }
        Err(fault) => state.problem(format!("The sample session: {fault}")),
    }
}

/// Begins with what the command line names: `save_path` is opened if it is there, else it is where the first save
/// goes; articles not yet in the session are added.
pub fn begin(state: &mut State, save_path: Option<PathBuf>, mut paths: Vec<PathBuf>) {
    match save_path {
        Some(path) if path.exists() => paths.insert(0, path),
        Some(path) => {
            entering::move_in(state, entering::unsaved(Session::new(Scheme::standard()), state.ports.around.clone()));
            state.filing.save_path = Some(path);
        }
        None if paths.iter().any(|path| !is_session(path)) => {
            entering::move_in(state, entering::unsaved(Session::new(Scheme::standard()), state.ports.around.clone()));
        }
        None => {}
    }
    add_paths(state, paths);
}

/// Opens what is given on the command line: a session, or articles and folders to add.
pub fn add_paths(state: &mut State, paths: Vec<PathBuf>) {
    if let Some(articles) = open_session_of(state, paths) {
        add_articles(state, articles);
    }
}

/// Opens what was dropped, chosen or typed. What would come in is shown before it does, where there is something to choose.
pub fn offer_paths(state: &mut State, paths: Vec<PathBuf>) {
    let Some(articles) = open_session_of(state, paths) else { return };
    if !articles.is_empty() && !leaves_sample(state, Pending::Add(articles.clone())) {
        adding::offer_articles(state, articles);
    }
}

/// Opens the session among some paths, with the articles behind it; answers the articles where there is none.
fn open_session_of(state: &mut State, paths: Vec<PathBuf>) -> Option<Vec<PathBuf>> {
    state.stage.dialog = None;
    let (sessions, articles): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| is_session(path));
    if sessions.len() > 1 {
        state.problem("Only one session can be open; the first one is opened");
    }
    match sessions.into_iter().next() {
        Some(session) => {
            state.filing.then_add = articles;
            open_session(state, session);
            None
        }
        None => Some(articles),
    }
}

/// Adds articles; to the sample none of one's own.
pub fn add_articles(state: &mut State, paths: Vec<PathBuf>) {
    if !paths.is_empty() && !leaves_sample(state, Pending::Add(paths.clone())) {
        adding::add_articles(state, paths);
    }
}

/// Opens the files that a pasted text names, or makes an article of it.
pub fn paste(state: &mut State, text: String) {
    state.stage.dialog = None;
    if text.trim().is_empty() {
        return state.say("The clipboard holds no text");
    }
    match pasted_paths(&text) {
        Some(paths) => offer_paths(state, paths),
        None if leaves_sample(state, Pending::Paste(text.clone())) => {}
        None => adding::add_text(state, text),
    }
}

/// Takes up work that an earlier run left unsaved, or that was discarded.
pub fn restore(state: &mut State, path: &Path) {
    state.stage.dialog = None;
    for list in [&mut state.dialogs.leftovers, &mut state.dialogs.discarded] {
        list.retain(|work| work.path != path);
    }
    match store::take_up(path, state.ports.around.clone()) {
        Ok(opened) => entering::move_in(state, opened),
        Err(error) => state.problem(error.to_string()),
    }
}

pub fn ask_discard(state: &mut State, path: &Path) {
    state.dialogs.discarding = state.dialogs.leftovers.iter().find(|work| work.path == path).cloned();
    if state.dialogs.discarding.is_some() {
        state.stage.dialog = Some(Dialog::Discard);
    }
}

/// Discards the work that was asked about; it can be restored for some time.
pub fn discard(state: &mut State) {
    let Some(work) = state.dialogs.discarding.take() else { return };
    match store::discard(&work.path, &state.ports.around) {
        Ok(path) => {
            state.dialogs.leftovers.retain(|other| other.path != work.path);
            state.dialogs.discarded.push(Leftover { path, ..work });
        }
        Err(error) => state.problem(error.to_string()),
    }
    state.stage.dialog = Some(Dialog::Leftovers).filter(|_| !state.dialogs.leftovers.is_empty());
}

/// Whether something is unsaved, so that the analyst was asked instead.
pub fn asks_first(state: &mut State, pending: Pending) -> bool {
    let asks = state.work.is_unsaved() && !state.filing.gives_up;
    if asks {
        state.filing.pending = Some(pending);
        state.stage.dialog = Some(Dialog::Unsaved);
    }
    asks
}

/// One's own articles are not added to the sample: where that is open, they begin a session of their own. Answers whether
/// the analyst was asked first, because something was done to the sample.
fn leaves_sample(state: &mut State, with: Pending) -> bool {
    let asks = state.filing.is_sample && asks_first(state, with);
    if state.filing.is_sample && !asks {
        let around = state.ports.around.clone();
        entering::move_in(state, entering::unsaved(Session::new(Scheme::standard()), around));
    }
    asks
}

/// Lays over the session what it was offered, as one change.
pub fn take_offered(state: &mut State) {
    state.close_dialog();
    let Some(Offered { changes, kept }) = state.dialogs.offered.take() else { return };
    let name = kept.file_name().unwrap_or_default().to_string_lossy();
    let Some((edit, conflicts)) = lay::edit(state.session(), &changes, &name, &state.stamp()) else {
        return state.say("The session holds all of that already");
    };
    if state.perform(edit) {
        let taken = count(changes.len(), "change");
        let waiting = if conflicts == 0 { String::new() } else { format!("; conflicts to settle: {conflicts}") };
        state.say(format!("Took {taken} from before{waiting}"));
    }
}

/// Offers what earlier runs left unsaved, and tells of those that broke off.
pub fn offer_leftovers(state: &mut State) {
    tell_reports(state, "An earlier run broke off; what had been decided is in its journal, which is read when the session is opened");
    state.dialogs.leftovers = store::leftovers(&state.ports.around);
    state.dialogs.discarded = store::discarded(&state.ports.around);
    if !state.dialogs.leftovers.is_empty() {
        state.stage.dialog = Some(Dialog::Leftovers);
    }
}

/// Says what happened and where its report lies, if there is one that was not told of; answers whether.
fn tell_reports(state: &mut State, what: &str) -> bool {
    let folder = state.ports.reports_folder.as_deref();
    let reports = folder.map(store::take_reports).unwrap_or_default();
    if let Some(last) = reports.last() {
        state.problem(format!("{what}. A report, which holds nothing of any article, is in {}", last.display()));
    }
    !reports.is_empty()
}

/// Says that background work broke off.
pub fn tell_broken_off(state: &mut State, name: &str) {
    let what = format!("{name} broke off; nothing that was decided is lost");
    if !tell_reports(state, &what) {
        state.problem(what);
    }
}
