//! Other programs at the session's files: the work is brought to what lies there now, without a question, for nothing is
//! lost by it; and changes that a file put back does not hold are offered.

use std::path::PathBuf;

use super::state::{Message, State};
use super::{Dialog, deciding};
use crate::annotation::Edit;
use crate::decide::lay;
use crate::store::{HowRejoined, Notice, RejoinError, Rejoined};

/// Bringing the work to files that other programs have changed.
#[derive(Debug, Default)]
pub(super) struct Rejoining {
    is_running: bool,
    /// Whether the work is saved once that is done.
    then_saves: bool,
    /// Why the last try came to nothing, as it was told; another follows with the next decision.
    told: Option<(u64, String)>,
}

/// Changes that were made on another version of the session and that this one does not hold.
#[derive(Clone, Debug)]
pub struct Offered {
    /// In the order in which they were made.
    pub changes: Vec<Edit>,
    /// The journal that keeps them.
    pub kept: PathBuf,
}

impl State {
    /// Begins to bring the work to the files, where the journal says that others have been at them. Answers whether it did.
    pub(super) fn watch_files(&mut self) -> bool {
        let was_tried = self.rejoining.told.as_ref().is_some_and(|(revision, _)| *revision == self.history.revision());
        let begins = self.home.disturbance().is_some() && !self.rejoining.is_running && !was_tried;
        if begins {
            self.rejoin();
        }
        begins
    }

    /// Saves once the work has been brought to the file that another program put there.
    pub(super) fn rejoin_and_save(&mut self) {
        self.rejoining.then_saves = true;
        self.rejoin();
    }

    pub(super) fn rejoin(&mut self) {
        if self.rejoining.is_running {
            return;
        }
        let (saved, at) = (self.to_save(), self.ports.clock.now());
        let Some(job) = self.home.rejoin_job(saved, &self.history, at) else { return };
        self.rejoining.is_running = true;
        self.start("Bringing the work to the changed file", move |reporter| reporter.send(Message::Rejoined(Box::new(job.run()))));
    }

    pub(super) fn take_rejoined(&mut self, rejoined: Result<Rejoined, Box<RejoinError>>) {
        self.rejoining.is_running = false;
        let told = self.rejoining.told.take();
        told.iter().for_each(|(_, text)| self.notices.withdraw(text));
        let revision = self.history.revision();
        let rejoined = match rejoined {
            Ok(rejoined) => rejoined,
            Err(error) => {
                let why = self.home.rejoin_failed(*error);
                let text = format!("Another program changed the session’s files, and the work could not be kept elsewhere: {why}");
                self.problem(&*text);
                self.rejoining.told = Some((revision, text));
                return;
            }
        };
        let Some((mut opened, how)) = rejoined.settle(&mut self.home, revision) else {
            // Something was decided meanwhile.
            return self.rejoin();
        };
        let text = deciding::sentence(&how.to_string());
        if how == HowRejoined::JournalAnew {
            let old = std::mem::replace(&mut self.home, opened.home);
            self.ports.spawn.spawn(Box::new(move || drop(old.close())));
            opened.notices.iter().for_each(|notice| self.problem(deciding::sentence(&notice.to_string())));
            self.say(text);
        } else {
            opened.saved.place = self.whereabouts();
            let view = self.stage.view;
            self.move_in(opened);
            self.stage.view = view;
            self.problem(text);
        }
        if std::mem::take(&mut self.rejoining.then_saves) {
            self.save();
        }
    }

    /// At the end of the work nothing else will bring it to files that were changed. Waits for the disk.
    pub(super) fn follow_files_to_the_end(&mut self) {
        if let Some(journal) = self.home.journal() {
            // What kept it from the disk is seen to below, or told when it is closed.
            journal.wait(journal.next_number().saturating_sub(1)).ok();
        }
        if self.home.disturbance().is_none() {
            return;
        }
        let (saved, at) = (self.to_save(), self.ports.clock.now());
        let Some(job) = self.home.rejoin_job(saved, &self.history, at) else { return };
        match job.run() {
            Ok(rejoined) => {
                let revision = self.history.revision();
                if let Some((opened, how)) = rejoined.settle(&mut self.home, revision) {
                    log::warn!("{how}");
                    self.home = opened.home;
                }
            }
            Err(error) => log::error!("{}", self.home.rejoin_failed(*error)),
        }
    }

    /// Keeps at hand what a session that was opened does not hold of what was decided before, and asks.
    pub(super) fn offer(&mut self, changes: Vec<Edit>, notices: &[Notice]) {
        let kept = notices.iter().find_map(|notice| match notice {
            Notice::OtherVersion { journal, .. } => Some(journal.clone()),
            _ => None,
        });
        let kept = kept.filter(|_| self.home.read_only().is_none());
        self.offered = kept.filter(|_| !changes.is_empty()).map(|kept| Offered { changes, kept });
        if self.offered.is_some() {
            self.stage.dialog = Some(Dialog::OtherVersion);
        }
    }

    /// Lays over the session what it was offered, as one change.
    pub(super) fn take_offered(&mut self) {
        self.close_dialog();
        let Some(Offered { changes, kept }) = self.offered.take() else { return };
        let name = kept.file_name().unwrap_or_default().to_string_lossy();
        let Some((edit, conflicts)) = lay::edit(self.session(), &changes, &name, &self.stamp()) else {
            return self.say("The session holds all of that already");
        };
        if self.perform(edit) {
            let taken = deciding::count(changes.len(), "change");
            let waiting = if conflicts == 0 { String::new() } else { format!("; conflicts to settle: {conflicts}") };
            self.say(format!("Took {taken} from before{waiting}"));
        }
    }
}
