//! Moving into a session: it takes the place of the one that was open, and work goes on where it stopped.

use std::path::Path;

use super::{going, learning, listing, refreshing};
use crate::annotation::{Edit, History, Session, Target};
use crate::store::{Home, Intent, Notice, Opened, Saved, Surroundings, keep_place};
use crate::workbench::models::{Counted, Offered, Past, Queue, Rulebook};
use crate::workbench::parts::{Dialog, Find, Page, Pane, Troubles, Wanted, sentence};
use crate::workbench::state::State;

/// A session that has no file yet, as if just opened.
pub fn unsaved(session: Session, around: Surroundings) -> Opened {
    let saved = Saved { session, ..Saved::default() };
    Opened { home: Home::unsaved(around, saved.clone()), saved, history: History::default(), notices: Vec::new(), missing: Vec::new() }
}

/// Puts another session in the place of the one that is open, and goes to where work on it stopped.
pub fn move_in(state: &mut State, opened: Opened) {
    let Opened { saved, history, home, notices, missing } = opened;
    leave_place(state, true);
    let old = replace_work(state, saved.session, history, home);
    let discards = std::mem::take(&mut state.filing.discards);
    state.filing.is_sample = false;
    // Waits for the disk, so it ends elsewhere.
    state.ports.spawn.spawn(Box::new(move || if discards { old.discard() } else { drop(old.close()) }));
    if state.work.analyst.is_empty() {
        state.work.analyst = saved.analyst.into();
    }
    offer(state, missing, &notices);
    // What is asked about need not be told as well.
    let is_asked = state.dialogs.offered.is_some();
    for notice in notices.iter().filter(|notice| !(is_asked && matches!(notice, Notice::OtherVersion { .. }))) {
        let told = sentence(&notice.to_string());
        if matches!(notice, Notice::ReadOnly(_)) {
            state.filing.troubles.read_only = Some(told.clone());
        }
        state.problem(told);
    }
    listing::follow_lists(state);
    learning::begin(state);
    going::resume(state, saved.place);
    gather_names(state);
    refreshing::look_at_sources(state);
}

/// Puts other work in the place of this, and returns the disk side of what was there.
fn replace_work(state: &mut State, session: Session, history: History, home: Home) -> Home {
    let old = state.work.replace(session, history, home);
    state.lists.teach(None);
    state.find = Find::default();
    state.stage.pane = Pane::Page;
    state.page = Page::default();
    // In other work a filter of before would hide what nobody knows of yet.
    state.wanted = Wanted::default();
    state.choice.let_go();
    state.queue = Queue::default();
    state.rulebook = Rulebook::default();
    state.counted = Counted::default();
    state.past = Past::default();
    state.refresh_articles();
    forget_troubles(state);
    // The offer of work that was never saved stands, whatever opens behind it.
    let offer = state.stage.dialog.filter(|dialog| *dialog == Dialog::Leftovers);
    state.close_dialog();
    state.stage.dialog = offer;
    old
}

/// Builds the index of names in the background; edits made in the meantime wait and are followed when it arrives.
fn gather_names(state: &mut State) {
    let (generation, gather) = state.work.gather();
    state.start("Indexing names", move |reporter| {
        let index = gather();
        reporter.send(move |state| state.work.take_names(generation, index));
    });
}

/// Keeps at hand what a session that was opened does not hold of what was decided before, and asks.
fn offer(state: &mut State, changes: Vec<Edit>, notices: &[Notice]) {
    let kept = notices.iter().find_map(|notice| match notice {
        Notice::OtherVersion { journal, .. } => Some(journal.clone()),
        _ => None,
    });
    let kept = kept.filter(|_| state.work.home.read_only().is_none());
    state.dialogs.offered = kept.filter(|_| !changes.is_empty()).map(|kept| Offered { changes, kept });
    if state.dialogs.offered.is_some() {
        state.stage.dialog = Some(Dialog::OtherVersion);
    }
}

/// Other work takes the place of this: what was told of its disk holds no more.
fn forget_troubles(state: &mut State) {
    let Troubles { save, journal, read_only } = std::mem::take(&mut state.filing.troubles);
    save.iter().chain(&journal).chain(&read_only).for_each(|text| state.notices.withdraw(text));
}

/// Where in the session the analyst is.
pub fn whereabouts(state: &State) -> Option<Target> {
    state.page.article.clone().map(|article| Target { article, mention: state.page.focus })
}

/// Keeps where work on this session stops, so that it goes on there. That it cannot be kept is no trouble worth telling.
pub fn leave_place(state: &State, elsewhere: bool) {
    let place = whereabouts(state);
    let list = state.ports.places_file.clone().filter(|_| state.ports.intent == Intent::Work);
    let (Some(list), Some(path), Some(place)) = (list, state.work.path().map(Path::to_path_buf), place) else { return };
    let files = state.ports.around.files.clone();
    let keep = move || {
        if let Err(error) = keep_place(&*files, &list, &path, &place) {
            log::warn!("{error}");
        }
    };
    if elsewhere { state.ports.spawn.spawn(Box::new(keep)) } else { keep() }
}
