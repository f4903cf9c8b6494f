//! Commands that reach beyond the open session: each is a line here that leads to its room.

use super::state::State;
use super::{Command, Dialog};

impl State {
    pub(super) fn run_files(&mut self, command: Command) {
        match command {
            Command::New => self.new_session(),
            Command::OpenSample => self.open_sample(),
            Command::OpenSession(path) => self.open_session(path),
            Command::Restore(path) => self.restore(&path),
            Command::AskDiscard(path) => self.ask_discard(&path),
            Command::Discard => self.discard(),
            Command::AddPaths(paths) => self.add_paths(paths),
            Command::PasteArticle(text) => self.paste_article(text),
            Command::ExportTo(how, path) => self.export(&how, path),
            Command::Save => self.save(),
            Command::SaveTo(path) => self.save_to(path),
            Command::TakeOffered => self.take_offered(),
            Command::ImportScheme(path) => self.import_scheme(path),
            Command::ExportScheme(path) => self.export_scheme(path),
            Command::Quit => self.quit(),
            Command::GoOnUnsaved => self.go_on_unsaved(),
            Command::CancelJobs => self.jobs.cancel_all(),
            Command::BrowseFolder => self.effects.push(super::Effect::BrowseFolder),
            Command::Browse(dialog) => self.effects.push(super::Effect::Browse(dialog)),
            _ => self.say("This command is not there yet"),
        }
    }

    /// Offers what earlier runs left unsaved, and tells of those that broke off.
    pub fn offer_leftovers(&mut self) {
        self.tell_reports("An earlier run broke off; what had been decided is in its journal, which is read when the session is opened");
        self.leftovers = crate::store::leftovers(&self.ports.around);
        self.discarded = crate::store::discarded(&self.ports.around);
        if !self.leftovers.is_empty() {
            self.stage.dialog = Some(Dialog::Leftovers);
        }
    }

    /// Says what happened and where its report lies, if there is one that was not told of; answers whether.
    pub(super) fn tell_reports(&mut self, what: &str) -> bool {
        let folder = self.ports.reports_folder.as_deref();
        let reports = folder.map(crate::store::take_reports).unwrap_or_default();
        if let Some(last) = reports.last() {
            self.problem(format!("{what}. A report, which holds nothing of any article, is in {}", last.display()));
        }
        !reports.is_empty()
    }
}
