//! Tagging again, and reading sources again.

use super::{orphans, refreshing, tagging};
use crate::workbench::command::Renew;
use crate::workbench::state::State;

pub fn run(state: &mut State, command: Renew) {
    match command {
        Renew::Retag => tagging::retag(state, false),
        Renew::RetagAll => tagging::retag(state, true),
        Renew::ApplyRetag => tagging::apply_retag(state),
        Renew::Refresh => refreshing::refresh(state, false),
        Renew::RefreshAll => refreshing::refresh(state, true),
        Renew::ApplyRefresh => refreshing::apply_refresh(state),
        Renew::ReadAgain(encoding) => refreshing::read_again(state, encoding),
        Renew::KeepWhole => refreshing::keep_whole(state),
        Renew::PlaceOrphan(row) => orphans::place(state, row),
        Renew::DropOrphan(row) => orphans::let_go(state, row),
    }
}
