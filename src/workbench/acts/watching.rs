//! Looking at the files that others may change, and at what the disk says of our own.

use super::{listing, refreshing, saving};
use crate::workbench::state::State;

/// Says when decisions stop reaching the disk, and when they reach it again. Answers whether that was news.
pub fn watch_journal(state: &mut State) -> bool {
    // What other programs did to the files is seen to, and told by itself.
    let fault = state.work.home.durability().fault.filter(|_| state.work.home.disturbance().is_none());
    let told = fault.map(|fault| format!("Decisions are kept in memory only: {fault}"));
    if told == state.filing.troubles.journal {
        return false;
    }
    if let Some(before) = state.filing.troubles.journal.take() {
        state.notices.withdraw(&before);
    }
    match &told {
        Some(text) => state.problem(text),
        None => state.say("Every decision is on the disk again"),
    }
    state.filing.troubles.journal = told;
    true
}

/// Looks whether another program has changed the session's file, the lists or a source; called when the window comes
/// to the front.
pub fn look_outside(state: &mut State) {
    let is_idle = state.jobs.told().next().is_none();
    look_at_file(state);
    listing::look_at_lists(state);
    if is_idle {
        refreshing::look_at_sources(state);
    }
}

fn look_at_file(state: &mut State) {
    if state.work.home.path().is_none() || state.jobs.told().next().is_some() {
        return;
    }
    let is_changed = state.work.home.change_watch();
    state.start("Looking at the file", move |reporter| {
        if is_changed() {
            reporter.send(saving::rejoin);
        }
    });
}
