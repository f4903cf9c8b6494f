//! A decision in the whole session: every place that it would reach is shown first, and what is ticked is applied.

use super::going;
use crate::annotation::{Edit, Verb};
use crate::decide::Refusal;
use crate::decide::spread::{self, Concordance, Decision, Doubt, Focus, Reach};
use crate::workbench::parts::Dialog;
use crate::workbench::state::State;

/// What is said where names are asked for too early.
pub const GATHERING: &str = "The names are still being gathered; try again in a moment";

/// Shows every place of the name that a decision would reach.
pub fn preview(state: &mut State, focus: &Focus, decision: &Decision) {
    let stamp = state.stamp();
    let Some(index) = state.names() else { return state.say(GATHERING) };
    let rows = spread::preview(state.session(), Reach::Session(index), focus, decision, &stamp);
    show_concordance(state, rows);
}

pub fn preview_widened(state: &mut State, last: &Edit) {
    let stamp = state.stamp();
    let Some(index) = state.names() else { return state.say(GATHERING) };
    let rows = spread::widen(state.session(), Reach::Session(index), last, &stamp);
    show_concordance(state, rows);
}

fn show_concordance(state: &mut State, rows: Result<Concordance, Refusal>) {
    match rows {
        Ok(rows) if rows.rows.is_empty() => state.say("This name stands nowhere else in the session"),
        Ok(rows) if rows.rows.iter().all(|row| row.doubt == Some(Doubt::Already)) => {
            state.say("Every mention of this name is so already");
        }
        Ok(rows) => {
            state.dialogs.concordance = Some(rows);
            state.stage.dialog = Some(Dialog::Concordance);
        }
        Err(refusal) => state.refuse(&refusal),
    }
}

pub fn tick_row(state: &mut State, row: usize, ticked: bool) {
    if let Some(concordance) = &mut state.dialogs.concordance {
        concordance.tick(row, ticked);
    }
}

/// Applies the ticked rows: one edit, one undo.
pub fn apply_concordance(state: &mut State) {
    let Some(concordance) = state.dialogs.concordance.take() else { return };
    state.stage.dialog = None;
    match spread::apply(state.session(), &concordance) {
        Ok(edit) => {
            let from = state.place();
            // An addition stays in focus for its edges to be moved; a link decides nothing that one goes on from.
            let stays = state.page.selection.is_some() || edit.verb == Verb::Link;
            if state.perform_told(edit) && !stays {
                going::advance(state, from);
            }
            state.page.drop_selection();
        }
        Err(refusal) => state.refuse(&refusal),
    }
}
