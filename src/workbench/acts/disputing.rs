//! What two people decided differently: taking the other's verdict on the page, and settling the list of all that waits.

use super::going;
use crate::decide::Refusal;
use crate::decide::merge::settle;
use crate::workbench::models::{Dispute, Subject};
use crate::workbench::parts::{Dialog, View};
use crate::workbench::state::State;

/// Gives the mention in focus the verdict that stands against its own.
pub fn take_other(state: &mut State) {
    let Some((article, mention)) = state.target() else { return state.say("No mention is in focus") };
    let from = state.place();
    match settle::take_rival(state.session(), &article, mention, 0, &state.stamp()) {
        Ok(edit) => {
            if state.perform_told(edit) {
                going::advance(state, from);
            }
        }
        Err(Refusal::NoMention) => state.say("Nobody decided anything else here"),
        Err(refusal) => state.refuse(&refusal),
    }
}

/// Gathers what waits to be settled, that of the open article first.
pub fn list(state: &mut State) {
    state.dialogs.disputes = Dispute::all(state.session(), state.page.article.as_ref());
    if state.dialogs.disputes.is_empty() {
        state.stage.dialog.take_if(|dialog| *dialog == Dialog::Conflicts);
        state.say("Nothing waits to be settled");
    }
}

/// Settles one thing of the list: what stands stays, or what the other side has takes its place.
pub fn settle(state: &mut State, row: usize, takes_other: bool) {
    let Some(Dispute { subject, .. }) = state.dialogs.disputes.get(row).cloned() else { return };
    let (session, stamp) = (state.session(), state.stamp());
    let edit = match (subject, takes_other) {
        (Subject::Session(at), true) => settle::take(session, at, &stamp),
        (Subject::Session(at), false) => settle::keep(session, at, &stamp),
        (Subject::Mention(article, mention, rival), true) => settle::take_rival(session, &article, mention, rival, &stamp),
        (Subject::Mention(article, mention, _), false) => settle::keep_verdict(session, &article, mention, &stamp),
    };
    match edit {
        Ok(edit) => {
            let from = state.place();
            if state.perform(edit) {
                going::keep_focus_near(state, from);
                list(state);
            }
        }
        Err(refusal) => state.refuse(&refusal),
    }
}

/// Goes to the mention of a row, to see it on its page.
pub fn go(state: &mut State, row: usize) {
    let subject = state.dialogs.disputes.get(row).map(|dispute| dispute.subject.clone());
    let (article, mention) = match subject {
        Some(Subject::Mention(article, mention, _)) => (article, Some(mention)),
        Some(Subject::Session(at)) => match state.session().conflicts().get(at).and_then(|conflict| conflict.article().cloned()) {
            Some(article) => (article, None),
            None => return state.say("It is about no article"),
        },
        None => return,
    };
    state.close_dialog();
    state.stage.view = View::Review;
    going::open_mention(state, &article, mention);
}
