//! Mentions that lost their words when a source changed: listed, given a place, let go.

use super::going;
use crate::annotation::ArticleId;
use crate::decide::anchors::{Orphan, orphan};
use crate::workbench::command::Screen;
use crate::workbench::models::Listed;
use crate::workbench::parts::{Dialog, View};
use crate::workbench::state::State;

/// Gathers the mentions without a place, those of the open article first.
pub fn list(state: &mut State) {
    state.dialogs.orphans = Listed::all(state.session(), state.page.article.as_ref());
    if state.dialogs.orphans.is_empty() {
        state.stage.dialog = None;
        state.say("Every mention has its place");
    }
}

/// Gives a mention of the list its place: the selected words, else where its words stand. Where they stand nowhere,
/// the article is opened so that words can be selected.
pub fn place(state: &mut State, row: usize) {
    let Some(Listed { article, orphan, guess }) = state.dialogs.orphans.get(row).cloned() else { return };
    let selected = state.page.selection.filter(|_| state.page.article.as_ref() == Some(&article));
    let Some(span) = selected.or(guess) else {
        state.close_dialog();
        going::open_mention(state, &article, None);
        state.stage.view = View::Review;
        let key = state.key_of(Screen::Open(Dialog::Orphans));
        return state.say(format!("Select the words for “{}”, then {key} and Enter", orphan.quote));
    };
    match orphan::place(state.session(), &article, &orphan, span, &state.stamp()) {
        Ok(edit) => {
            let target = edit.target.clone();
            if state.perform(edit) {
                going::open_mention(state, &article, target.and_then(|target| target.mention));
                list(state);
            }
        }
        Err(refusal) => state.refuse(&refusal),
    }
}

/// Lets a mention of the list go for good, or with no row all of them.
pub fn let_go(state: &mut State, row: Option<usize>) {
    let chosen: Vec<(ArticleId, Orphan)> = match row {
        Some(row) => state.dialogs.orphans.get(row).into_iter().map(|listed| (listed.article.clone(), listed.orphan.clone())).collect(),
        None => state.dialogs.orphans.iter().map(|listed| (listed.article.clone(), listed.orphan.clone())).collect(),
    };
    match orphan::drop_all(state.session(), &chosen, &state.stamp()) {
        Ok(edit) => {
            if state.perform(edit) {
                list(state);
            }
        }
        Err(refusal) => state.refuse(&refusal),
    }
}
