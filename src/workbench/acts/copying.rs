//! Articles that say the same: going from copy to copy, and settling in all of them what is settled in one.

use super::{going, waiting};
use crate::decide::copies::{self, Groups};
use crate::workbench::command::Copies;
use crate::workbench::parts::{Dialog, Reporter, count};
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Copies) {
    match command {
        Copies::Next => go_on(state),
        Copies::Offer => offer(state),
        Copies::Settle => settle(state),
    }
}

/// Looks for copies in the background where the texts have changed, and tells of those that came.
pub fn follow(state: &mut State) {
    let version = state.version();
    let is_first = state.copies.revision() == 0;
    if !state.copies.begin(version, state.work.session().articles()) {
        return;
    }
    let session = state.session().clone();
    if session.articles().len() < 2 {
        state.copies.take(Some(Groups::default()));
        return;
    }
    state.start_unseen("Looking for copies", move |reporter| {
        let groups = Groups::find(&session, reporter.cancel_flag(), &|done, total| reporter.progress(done, total));
        reporter.send(move |state| {
            let came = state.copies.take(groups);
            if came > 0 && !is_first {
                let key = state.key_of(Copies::Offer);
                state.say(format!("{} what another says; {key} settles copies alike", say_count(came)));
            }
        });
    });
}

/// `1 article says`, `3 articles say`.
fn say_count(n: usize) -> String {
    format!("{} {}", count(n, "article"), if n == 1 { "says" } else { "say" })
}

fn go_on(state: &mut State) {
    let Some(open) = state.page.article.clone() else { return state.say("No article is open") };
    let copies = state.copies.groups().of(&open);
    let Some(at) = copies.iter().position(|id| *id == open) else { return state.say("This article has no copies here") };
    let next = copies[(at + 1) % copies.len()].clone();
    going::open_article(state, &next);
}

/// Lays what is settled in the open article, then what is settled in its copies, over all of them, and shows what would come.
fn offer(state: &mut State) {
    let Some(open) = state.page.article.clone() else { return state.say("No article is open") };
    let copies = state.copies.groups().of(&open).to_vec();
    if copies.is_empty() {
        return state.say("This article has no copies here");
    }
    let (session, is_long) = (state.session().clone(), copies.len() > AT_ONCE);
    let work = move |reporter: &Reporter<State>| {
        let plan = copies::plan(&session, &copies::sources(&session, Some(&open), &copies), &copies, reporter.cancel_flag());
        if reporter.is_cancelled() {
            return;
        }
        reporter.send(move |state| match plan {
            Ok(plan) if plan.places.is_empty() => state.say("Nothing is settled in this article or its copies yet"),
            Ok(plan) => {
                state.copies.plan = Some(plan);
                state.stage.dialog = Some(Dialog::Copies);
            }
            Err(refusal) => state.refuse(&refusal),
        });
    };
    match is_long {
        true => state.start("Comparing copies", work),
        false => state.start_unseen("Comparing copies", work),
    }
}

/// So many copies are compared before anybody could read that it is done.
const AT_ONCE: usize = 50;

fn settle(state: &mut State) {
    let Some(plan) = state.copies.plan.take() else { return };
    state.close_dialog();
    waiting::come_forward(state);
    let edit = copies::edit(state.session(), &plan, &state.stamp());
    let Some(edit) = state.accepted(edit) else { return };
    let (from, n) = (state.place(), edit.mention_count());
    if state.perform(edit) {
        going::keep_focus_near(state, from);
        state.say(format!("Settled {} as in another copy. One undo takes all of it back", count(n, "mention")));
    }
}
