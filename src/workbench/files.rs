//! Sessions, articles and exports: what is started here runs in the background and comes back through `poll`.

use super::state::State;
use super::{Command, Effect};

impl State {
    pub(super) fn run_files(&mut self, command: Command) {
        match command {
            Command::Quit if self.is_unsaved() => self.open_dialog(super::Dialog::Unsaved),
            Command::Quit | Command::QuitUnsaved => self.effects.push(Effect::Quit),
            Command::CancelJobs => self.jobs.cancel_all(),
            _ => self.say("This command is not there yet"),
        }
    }

    /// Whether something was changed since the session was last written to its file.
    pub fn is_unsaved(&self) -> bool {
        self.history.revision() != self.saved_revision
    }
}
