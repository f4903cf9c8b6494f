//! Questions that files brought up: each waits until no other dialog is open.

use crate::workbench::parts::Dialog;
use crate::workbench::state::State;

/// Asks the next question that waits.
pub fn come_forward(state: &mut State) {
    if state.stage.dialog.is_some() {
        return;
    }
    let came = std::mem::take(&mut state.dialogs.came);
    if came.is_waiting() {
        let came = came.looked_up(state.session());
        if !came.rows.is_empty() {
            state.dialogs.came = came;
            state.stage.dialog = Some(Dialog::Came);
            return;
        }
    }
    if state.dialogs.offering.as_ref().is_some_and(|offering| offering.told.is_some()) {
        state.stage.dialog = Some(Dialog::Given);
    }
}
